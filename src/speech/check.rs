//! Can texts be read aloud, and by which voices?

use super::launch::Launcher;
use super::policy::Limits;
use super::voices::Voice;
use super::worker::{self, Reach};
use super::{Options, SpeechError};

/// Connects once, as [`super::Speech`] does, and tells the voices found, one for each language
/// wanted that has one. Says nothing. Blocks for some seconds at most.
///
/// # Errors
/// Nothing can be read aloud.
pub fn check(options: Options) -> Result<Vec<Voice>, SpeechError> {
    let launcher = options.socket.is_none().then(Launcher::of_the_system);
    let reach = Reach::new(options, launcher, Limits::default());
    let runtime = worker::runtime().map_err(SpeechError::Runtime)?;
    runtime.block_on(async {
        let session = worker::unpanicked(reach.open()).await??;
        Ok(session.voices().to_vec())
    })
}
