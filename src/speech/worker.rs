//! What the speech thread runs: finds the service, speaks the latest wish, finds it again.

use std::io;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;

use futures_util::FutureExt as _;
use tokio::sync::watch;
use tokio::time::Instant;

use super::address::{self, Environment};
use super::launch::Launcher;
use super::policy::Limits;
use super::session::Session;
use super::{Availability, Options, SpeechError};

/// What shall be heard; a new wish takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// Nothing.
    Silence,
    /// A text, as it stands on the screen.
    Say {
        /// The text.
        text: String,
        /// Its language, BCP 47.
        language: String,
    },
}

impl Wish {
    pub(super) fn say(text: &str, language: &str) -> Self {
        Self::Say {
            text: text.to_owned(),
            language: language.to_owned(),
        }
    }
}

/// Where the service is, and how it is reached.
pub(super) struct Reach {
    options: Options,
    launcher: Option<Launcher>,
    limits: Limits,
}

impl Reach {
    pub(super) fn new(options: Options, launcher: Option<Launcher>, limits: Limits) -> Self {
        Self {
            options,
            launcher,
            limits,
        }
    }

    /// Connects; starts the service when nothing listens and it is ours to start.
    pub(super) async fn open(&self) -> Result<Session, SpeechError> {
        let socket = self.socket()?;
        let open = || Session::open(&socket, &self.options.languages, self.limits);
        match (open().await, &self.launcher) {
            (Err(SpeechError::Connect { .. }), Some(launcher)) => {
                launcher.launch(&socket, self.limits.launch).await?;
                open().await
            }
            (result, _) => result,
        }
    }

    fn socket(&self) -> Result<PathBuf, SpeechError> {
        match &self.options.socket {
            Some(given) => Ok(given.clone()),
            None => address::socket(&Environment::read()),
        }
    }
}

type Changed = Box<dyn Fn(Availability) + Send>;

pub(super) struct Worker {
    reach: Reach,
    wishes: watch::Receiver<Wish>,
    changed: Changed,
    told: Availability,
}

impl Worker {
    pub(super) fn new(
        options: Options,
        launcher: Option<Launcher>,
        limits: Limits,
        wishes: watch::Receiver<Wish>,
        changed: Changed,
    ) -> Self {
        Self {
            reach: Reach::new(options, launcher, limits),
            wishes,
            changed,
            told: Availability::Starting,
        }
    }

    /// Serves until nobody can wish any more; whatever it waits for then is given up.
    pub(super) async fn run(mut self) {
        let mut end = self.wishes.clone();
        let mut session = None;
        tokio::select! {
            biased;
            () = async { while end.changed().await.is_ok() {} } => {}
            () = self.serve(&mut session) => {}
        }
        if let Some(session) = session {
            session.farewell().await;
        }
    }

    async fn serve(&mut self, held: &mut Option<Session>) {
        let mut failures = 0;
        loop {
            match unpanicked(self.reach.open()).await.and_then(|it| it) {
                Ok(session) => {
                    self.ready();
                    let since = Instant::now();
                    let error = self.converse(held.insert(session)).await;
                    *held = None;
                    if since.elapsed() >= self.reach.limits.settled {
                        tracing::info!(%error, "the speech service has gone; looking for it");
                        failures = 0;
                        continue;
                    }
                    self.tell(Availability::Unavailable(error.to_string()));
                }
                Err(error) => self.tell(Availability::Unavailable(error.to_string())),
            }
            failures += 1;
            tokio::time::sleep(self.reach.limits.pause(failures)).await;
        }
    }

    fn ready(&mut self) {
        if matches!(self.told, Availability::Unavailable(_)) {
            // What was wished while nothing could be heard is no longer on the screen.
            self.wishes.mark_unchanged();
        }
        self.tell(Availability::Ready);
    }

    /// Carries out wishes until the connection is lost; the wish that it is lost over is kept.
    async fn converse(&mut self, session: &mut Session) -> SpeechError {
        loop {
            let wish = tokio::select! {
                changed = self.wishes.changed() => match changed {
                    Ok(()) => self.wishes.borrow_and_update().clone(),
                    // The end: `run` takes the session.
                    Err(_) => std::future::pending().await,
                },
                error = unpanicked(session.lost()) => return error.unwrap_or_else(|it| it),
            };
            let done = match &wish {
                Wish::Silence => unpanicked(session.silence()).await,
                Wish::Say { text, language } => unpanicked(session.say(text, language)).await,
            };
            if let Err(error) = done.and_then(|it| it) {
                self.wishes.mark_changed();
                return error;
            }
        }
    }

    fn tell(&mut self, now: Availability) {
        if self.told == now {
            return;
        }
        match &now {
            Availability::Unavailable(reason) => self.told.log_loss(reason),
            _ => tracing::info!("texts can be read aloud"),
        }
        self.told = now.clone();
        (self.changed)(now);
    }
}

impl Availability {
    /// Nothing is read aloud any more, or still nothing, for this reason.
    fn log_loss(&self, reason: &str) {
        if matches!(self, Self::Unavailable(_)) {
            tracing::info!(reason, "nothing can be read aloud, for another reason");
        } else {
            tracing::warn!(
                reason,
                "nothing can be read aloud; looking again from time to time"
            );
        }
    }
}

/// The library panics on some answers that are not SSIP; to us they are a broken connection.
pub(super) async fn unpanicked<T>(exchange: impl Future<Output = T>) -> Result<T, SpeechError> {
    let caught = AssertUnwindSafe(exchange).catch_unwind().await;
    caught.map_err(|_| SpeechError::Gibberish)
}

pub(super) fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a wish waits, of one made before the service is found.
    fn waits_after(told: Availability) -> bool {
        let (sender, wishes) = watch::channel(Wish::Silence);
        let changed = Box::new(|_| ());
        let limits = Limits::default();
        let mut worker = Worker::new(Options::default(), None, limits, wishes, changed);
        worker.told = told;
        sender.send_replace(Wish::say("Bonjour", "fr"));
        worker.ready();
        worker.wishes.has_changed().unwrap()
    }

    #[test]
    fn a_wish_made_while_the_service_is_looked_for_waits_and_one_made_in_vain_does_not() {
        assert!(waits_after(Availability::Starting));
        assert!(waits_after(Availability::Ready));
        assert!(!waits_after(Availability::Unavailable("gone".to_owned())));
    }
}
