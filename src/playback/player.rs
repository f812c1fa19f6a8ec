use std::path::PathBuf;

/// A video as the catalogue and the store know it.
#[derive(Clone, Debug, PartialEq)]
pub struct Media {
    /// Key of the video, `partner/id`.
    pub key: String,
    /// The file in the media store.
    pub path: PathBuf,
    /// Length the catalogue announces, ms; the file's own length replaces it once known.
    pub duration_ms: u64,
    /// Revision of the video.
    pub revision: u32,
    /// First univers or rubrique, for statistics.
    pub group: String,
    /// Language of the sound, BCP 47.
    pub language: String,
    /// It has sound.
    pub sound: bool,
    /// The sound is the audio description.
    pub audio_description: bool,
    /// Gain that brings it to −23 LUFS (EBU R128), dB; 0 when unknown.
    pub gain_db: f64,
    /// What its picture is, by the catalogue.
    pub picture: Picture,
}

/// What the catalogue says of a picture: a file that is more than that is not decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Width, pixels.
    pub width: u32,
    /// Height, pixels.
    pub height: u32,
    /// Frames a second, rounded; 0 when it varies.
    pub fps: u32,
}

impl Media {
    /// What a player needs to open it at a position, ms; a preview is mute.
    #[must_use]
    pub fn cue(&self, start_ms: u64, muted: bool) -> Cue {
        Cue {
            path: self.path.clone(),
            start_ms,
            muted,
            gain_db: self.gain_db,
            picture: self.picture,
        }
    }
}

/// One of the files in which a video exists.
#[derive(Clone, Debug, PartialEq)]
pub struct Rendition {
    /// The file in the media store.
    pub path: PathBuf,
    /// Its sound is the audio description.
    pub audio_description: bool,
    /// Gain that brings it to −23 LUFS (EBU R128), dB; 0 when unknown.
    pub gain_db: f64,
    /// What its picture is, by the catalogue.
    pub picture: Picture,
}

/// What a player needs to know to open a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue {
    /// The file.
    pub path: PathBuf,
    /// Where to start, ms.
    pub start_ms: u64,
    /// Without sound, whatever the volume.
    pub muted: bool,
    /// Gain on top of the volume, dB.
    pub gain_db: f64,
    /// More than this is not decoded.
    pub picture: Picture,
}

/// How precisely a seek lands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precision {
    /// On the frame asked for: decodes from the key frame before it.
    Exact,
    /// On the key frame before: at once, for a finger that drags.
    KeyFrame,
}

/// What plays: obeys at once, never blocks, answers later with [`super::BackendEvent`]s that carry
/// the number of the playback they belong to.
pub trait Player {
    /// Opens a file as playback `session`, up to its first picture; closes what was open.
    fn load(&mut self, session: u64, cue: &Cue);
    /// Plays from where it stands; during a load, as soon as it is open.
    fn play(&mut self);
    /// Holds the picture.
    fn pause(&mut self);
    /// Jumps to `ms`; answered by [`super::BackendEvent::Seeked`] with `serial`. Several seeks in a
    /// row may be answered once, with the last serial.
    fn seek(&mut self, serial: u64, ms: u64, precision: Precision);
    /// Sets the speed, 1.0 is as recorded; during a load, as soon as it is open.
    fn set_rate(&mut self, rate: f64);
    /// Sets the volume, 0.0 to 1.0, linear; kept from one playback to the next.
    fn set_volume(&mut self, volume: f64);
    /// Closes what is open and returns at once; no event of it follows that matters.
    fn stop(&mut self);
}
