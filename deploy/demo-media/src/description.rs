use std::{fs, path::Path};

use anyhow::{Context, Result};

use crate::{
    collection::Video, film, recipe, sound::Sound, speech::Speech, studio::turn, timeline::Timeline,
};

/// Makes the rendition of a film in which another voice says what each scene shows, before the
/// sentence about it. It is as long as the film, and its picture is the same.
///
/// # Errors
/// A description does not fit into its pause, or a tool is missing or fails.
pub fn make(
    video: &Video,
    speech: Speech,
    timeline: &Timeline,
    work: &Path,
    stem: &Path,
) -> Result<()> {
    let folder = work.join("description");
    fs::create_dir_all(&folder).with_context(|| format!("dossier {}", folder.display()))?;
    let texts = video.descriptions().map(|(_, text)| text);
    let descriptions = Speech::say(texts, turn(&video.id) + 1, &folder)?;
    let mut spans = timeline.spoken.clone();
    for ((scene, text), length) in video.descriptions().zip(descriptions.lengths()) {
        let span = timeline.described(scene, length).with_context(|| {
            format!("la description « {text} » ({length} ms) est trop longue : augmentez pause")
        })?;
        spans.push(span);
    }
    let track = folder.join("voice.wav");
    let both = speech.with(descriptions)?;
    both.write(&spans, timeline.length, &track)?;
    let sound = Sound::level(track)?;
    film::with_sound(
        &stem.with_extension("mp4"),
        &sound,
        &stem.with_extension(recipe::DESCRIBED),
    )
}
