//! Reading aloud ("Lecture à voix haute") through the system's speech service, offline.
//!
//! The service is speech-dispatcher; it is spoken to in SSIP over its Unix socket. One thread holds
//! the connection and opens it again when the service has died. What is to be said lies in one
//! place that the next text overwrites: the latest wins, and nothing ever queues.
//!
//! ```text
//! Starting ── voice found ──▶ Ready ── connection lost, and not back at once ──▶ Unavailable
//!     └────── none ─────────────▶ Unavailable ── looks again, ever less often ──▶ Ready
//! ```

mod address;
mod check;
mod error;
mod launch;
mod policy;
mod session;
mod text;
mod voices;
mod wording;
mod worker;

#[cfg(test)]
mod tests;

use std::io;
use std::path::PathBuf;
use std::thread::JoinHandle;

use tokio::sync::watch;

pub use check::check;
pub use error::SpeechError;
pub use voices::Voice;

use launch::Launcher;
use policy::Limits;
use worker::{Wish, Worker};

/// What reading aloud is started with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Socket of a service that somebody else runs; `None`: the system's usual place, where the
    /// service is started when nothing listens.
    pub socket: Option<PathBuf>,
    /// Languages that will be spoken, BCP 47. One of them needs a voice for speech to be ready.
    pub languages: Vec<String>,
}

/// Whether something said would be heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// The service is being looked for; what is said now is spoken once it is found.
    Starting,
    /// The service answers and has a voice.
    Ready,
    /// Nothing is spoken; the reason, in English, for logs and status.
    Unavailable(String),
}

/// Speaks until dropped; then falls silent and joins its thread.
pub struct Speech {
    /// Taken at the end: without a sender the worker ends.
    wishes: Option<watch::Sender<Wish>>,
    thread: Option<JoinHandle<()>>,
}

impl Speech {
    /// Starts, as [`Availability::Starting`]; `changed` is told every change after that, on the
    /// speaking thread.
    ///
    /// # Errors
    /// The thread or its runtime cannot be started. A missing service is no error: it is told to
    /// `changed`.
    pub fn start(
        options: Options,
        changed: impl Fn(Availability) + Send + 'static,
    ) -> io::Result<Self> {
        let launcher = options.socket.is_none().then(Launcher::of_the_system);
        Self::begin(options, launcher, Limits::default(), changed)
    }

    fn begin(
        options: Options,
        launcher: Option<Launcher>,
        limits: Limits,
        changed: impl Fn(Availability) + Send + 'static,
    ) -> io::Result<Self> {
        let runtime = worker::runtime()?;
        let (wishes, received) = watch::channel(Wish::Silence);
        let worker = Worker::new(options, launcher, limits, received, Box::new(changed));
        let thread = std::thread::Builder::new()
            .name("speech".to_owned())
            .spawn(move || runtime.block_on(worker.run()))?;
        Ok(Self {
            wishes: Some(wishes),
            thread: Some(thread),
        })
    }

    /// Stops what is being said, then speaks `text` as it stands on the screen; an empty text only
    /// stops. `language` is BCP 47. Never blocks; of several texts in a row the last is spoken.
    pub fn say(&self, text: &str, language: &str) {
        self.wish(Wish::say(text, language));
    }

    /// Stops what is being said.
    pub fn stop(&self) {
        self.wish(Wish::Silence);
    }

    fn wish(&self, wish: Wish) {
        if let Some(wishes) = &self.wishes {
            wishes.send_replace(wish);
        }
    }
}

impl Drop for Speech {
    fn drop(&mut self) {
        self.wishes = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the speech thread has panicked");
        }
    }
}
