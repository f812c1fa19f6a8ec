//! Whether bornes can play a video, found by decoding it whole with what bornes decode with.

mod decode;
mod discover;
mod frame;
mod loudness;
mod refusal;

use std::path::Path;

use url::Url;

use crate::publish::{Media, Prober, Refusal};

/// Decodes with GStreamer.
#[derive(Clone, Copy, Debug)]
pub struct GstProber(());

impl GstProber {
    /// Starts GStreamer.
    ///
    /// # Errors
    /// It is not installed as it should be.
    pub fn new() -> Result<Self, gst::glib::Error> {
        gst::init().map(Self)
    }
}

impl Prober for GstProber {
    fn probe(&self, file: &Path) -> Result<Media, Refusal> {
        refusal::refuse_at_sight(file)?;
        let uri = uri(file)?;
        let stated = discover::discover(&uri)?;
        let decoded = decode::decode(&uri)?;
        stated.confirmed_by(decoded)
    }

    fn frame(&self, file: &Path, at_ms: u64, image: &Path) -> Result<(), Refusal> {
        let jpeg = frame::jpeg(&uri(file)?, at_ms)?;
        crate::trust::replace(image, &jpeg).map_err(|error| refusal::unreadable(&error))
    }
}

fn uri(file: &Path) -> Result<String, Refusal> {
    let absolute = std::path::absolute(file).map_err(|error| refusal::unreadable(&error))?;
    Url::from_file_path(absolute)
        .map(String::from)
        .map_err(|()| refusal::unreadable(&"chemin inattendu"))
}
