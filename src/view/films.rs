//! The video that is open: what its screen needs besides the picture.

use std::time::Duration;

use central_protocol::event::Entry;

use crate::catalogue::Item;
use crate::catalogue::captions::{Cue, active_at};
use crate::playback::{Action, Media, Picture, Rendition};
use crate::visit::{Comfort, ComfortOption};
use media_manifest::catalogue::VideoFile;

use super::library::Library;

/// How long the controls stay after a touch: `visitor-experience`, screen 5.
pub const CONTROLS_STAY: Duration = Duration::from_secs(4);

/// The video that is open.
#[derive(Clone, Debug, Default)]
pub struct Film {
    pub key: String,
    pub title: String,
    pub cues: Vec<Cue>,
    pub has_captions: bool,
    pub has_sound: bool,
    pub has_description: bool,
    pub has_signs: bool,
    pub has_text: bool,
    pub has_phone: bool,
}

impl Film {
    pub fn of(library: &Library, item: &Item) -> Self {
        let held =
            |file: Option<&VideoFile>| file.is_some_and(|file| library.path(&file.file).is_some());
        Self {
            has_description: held(item.video.audio_description.as_ref()),
            has_signs: held(item.video.sign_language.as_ref()),
            has_text: !item.spoken_text().is_empty(),
            has_phone: library.catalogue().handover(&item.key, 0).is_some(),
            key: item.key.clone(),
            title: item.title().to_owned(),
            cues: item.cues(),
            has_captions: item.has_captions(),
            has_sound: item.video.media.sound,
        }
    }

    /// Lines to show at a position.
    pub fn caption(&self, ms: u64) -> &[String] {
        active_at(&self.cues, ms).map_or(&[], |cue| &cue.lines)
    }
}

/// What opens a video; `None` when its file is not in the store.
pub fn opening(
    library: &Library,
    item: &Item,
    start_ms: u64,
    entry: Option<Entry>,
    comfort: &Comfort,
) -> Option<Action> {
    Some(Action::Open {
        media: media(library, item, comfort)?,
        start_ms,
        entry,
        captions: comfort.is_on(ComfortOption::Captions),
    })
}

/// The video as the player takes it; `None` when its file is not in the store.
pub fn media(library: &Library, item: &Item, comfort: &Comfort) -> Option<Media> {
    let video = &item.video;
    let rendition = rendition(library, item, comfort)?;
    Some(Media {
        key: item.key.clone(),
        path: rendition.path,
        duration_ms: video.duration_ms,
        revision: video.revision,
        group: video.group().to_owned(),
        language: video.language.clone(),
        sound: video.media.sound,
        audio_description: rendition.audio_description,
        gain_db: rendition.gain_db,
        picture: rendition.picture,
    })
}

/// The file that suits the visitor best: with an interpreter, with audio description, or the usual
/// one where those are not in the store.
pub fn rendition(library: &Library, item: &Item, comfort: &Comfort) -> Option<Rendition> {
    let video = &item.video;
    let wanted = |option, file: &Option<VideoFile>, described| {
        let file = file.as_ref().filter(|_| comfort.is_on(option))?;
        rendition_of(library, file, described)
    };
    wanted(ComfortOption::SignLanguage, &video.sign_language, false)
        .or_else(|| {
            wanted(
                ComfortOption::AudioDescription,
                &video.audio_description,
                true,
            )
        })
        .or_else(|| rendition_of(library, &video.media, false))
}

fn rendition_of(library: &Library, file: &VideoFile, audio_description: bool) -> Option<Rendition> {
    Some(Rendition {
        path: library.path(&file.file)?,
        audio_description,
        gain_db: f64::from(file.gain_centidb) / 100.0,
        picture: Picture {
            width: file.width,
            height: file.height,
            fps: file.fps,
        },
    })
}
