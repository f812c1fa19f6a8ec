use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    captions,
    collection::{Collection, Video},
    description,
    face::{self, Face},
    film::{self, Film},
    palette::{self, Colour, Group},
    picture::{Picture, poster_moment},
    recipe,
    sound::Sound,
    speech::Speech,
    svg::Renderer,
    timeline::{PAUSE, Timeline},
    typography::words,
};

/// Everything a video is made with.
pub struct Studio {
    out: PathBuf,
    work: PathBuf,
    fonts: PathBuf,
    face: Face,
    icons: HashMap<String, String>,
    groups: HashMap<String, Group>,
}

/// Where the materials are.
pub struct Materials<'a> {
    /// Folder of texts and icons.
    pub source: &'a Path,
    /// Folder of fonts.
    pub fonts: &'a Path,
    /// The network's classification.
    pub classification: &'a Path,
}

/// What making a video came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was there, made from the same inputs.
    Kept,
    /// It was made.
    Made,
}

impl Studio {
    /// Reads what all videos share.
    ///
    /// # Errors
    /// A font, an icon or the classification is missing, or the folder cannot be made.
    pub fn open(from: &Materials<'_>, out: &Path, collection: &Collection) -> Result<Self> {
        let work = out.join(".work");
        fs::create_dir_all(&work).with_context(|| format!("dossier {}", work.display()))?;
        let work = fs::canonicalize(&work)?;
        Ok(Self {
            out: out.to_owned(),
            fonts: face::configuration(from.fonts, &work)?,
            work,
            face: Face::open(from.fonts)?,
            icons: icons(from.source, collection)?,
            groups: palette::groups(from.classification)?,
        })
    }

    /// Makes the files of a video unless they are there.
    ///
    /// # Errors
    /// A tool is missing or fails, or a file cannot be written.
    pub fn make(&self, video: &Video) -> Result<Outcome> {
        let folder = self.out.join(&video.id);
        let key = self.key(video)?;
        if recipe::is_made(&folder, &video.id, is_described(video), &key) {
            return Ok(Outcome::Kept);
        }
        fs::create_dir_all(&folder).with_context(|| format!("dossier {}", folder.display()))?;
        recipe::forget(&folder)?;
        let work = self.work.join(&video.id);
        fs::create_dir_all(&work).with_context(|| format!("dossier {}", work.display()))?;
        self.produce(video, &work, &folder.join(&video.id))?;
        fs::remove_dir_all(&work).with_context(|| format!("dossier {}", work.display()))?;
        recipe::note(&folder, &key)?;
        Ok(Outcome::Made)
    }

    /// Says, draws and writes; `stem` is the path of the files without their extension.
    fn produce(&self, video: &Video, work: &Path, stem: &Path) -> Result<()> {
        let speech = Speech::say(video.spoken(), turn(&video.id), work)?;
        let timeline = Timeline::new(&speech.lengths(), video.pause.unwrap_or(PAUSE));
        let track = work.join("voice.wav");
        speech.write(&timeline.spoken, timeline.length, &track)?;
        let sound = Sound::level(track)?;
        let picture = self.picture(video)?;
        let film = Film {
            ground: picture.ground(),
            layers: picture.layers(&timeline),
            sound: &sound,
            length: timeline.length as f64 / 1000.0,
        };
        let path = stem.with_extension("mp4");
        film.make(
            &Renderer {
                fonts: &self.fonts,
                folder: work,
            },
            &path,
        )?;
        film::poster(
            &path,
            poster_moment(&timeline, video.poster),
            &stem.with_extension("jpg"),
        )?;
        texts(video, &timeline, stem)?;
        if is_described(video) {
            description::make(video, speech, &timeline, work, stem)?;
        }
        Ok(())
    }

    fn picture<'a>(&'a self, video: &'a Video) -> Result<Picture<'a>> {
        let group = self.group(video)?;
        Ok(Picture {
            video,
            group: &group.name,
            colour: Colour::parse(&group.colour)?,
            second: Colour::parse(&video.second)?,
            icons: &self.icons,
            face: &self.face,
        })
    }

    fn group(&self, video: &Video) -> Result<&Group> {
        let id = video.group();
        self.groups
            .get(id)
            .with_context(|| format!("« {id} » n’est pas dans le classement"))
    }

    /// Digest of everything the files of a video depend on.
    fn key(&self, video: &Video) -> Result<String> {
        let group = self.group(video)?;
        let text = serde_json::to_string(video).context("lecture de la vidéo")?;
        let scenes = video.scenes.iter().map(|scene| &scene.icon);
        let icons = scenes
            .chain(std::iter::once(&video.icon))
            .filter_map(|name| self.icons.get(name));
        let parts = [recipe::VERSION, &text, &group.name, &group.colour]
            .into_iter()
            .chain(icons.map(String::as_str))
            .chain(video.descriptions().map(|(_, text)| text))
            .map(str::as_bytes)
            .chain(std::iter::once(self.face.bytes()));
        Ok(recipe::digest(parts))
    }
}

fn is_described(video: &Video) -> bool {
    video.descriptions().next().is_some()
}

/// Captions and transcript.
fn texts(video: &Video, timeline: &Timeline, stem: &Path) -> Result<()> {
    let cues = captions::cues(video.sentences(), &timeline.spoken);
    let transcript: String = video
        .sentences()
        .map(|sentence| format!("{}\n", words(sentence).join(" ")))
        .collect();
    for (ending, text) in [("vtt", captions::webvtt(&cues)), ("txt", transcript)] {
        let path = stem.with_extension(ending);
        fs::write(&path, text).with_context(|| format!("écriture de {}", path.display()))?;
    }
    Ok(())
}

/// The turn of the voice: stable for an identifier.
pub fn turn(id: &str) -> usize {
    id.bytes().map(usize::from).sum()
}

/// Reads every icon of the collection.
fn icons(source: &Path, collection: &Collection) -> Result<HashMap<String, String>> {
    let scenes = collection.videos.iter().flat_map(|video| &video.scenes);
    let names = scenes
        .map(|scene| &scene.icon)
        .chain(collection.videos.iter().map(|video| &video.icon));
    let mut icons = HashMap::new();
    for name in names {
        let path = source
            .join("assets/icons")
            .join(format!("{name}-duotone.svg"));
        let icon =
            fs::read_to_string(&path).with_context(|| format!("lecture de {}", path.display()))?;
        icons.insert(name.clone(), icon);
    }
    Ok(icons)
}
