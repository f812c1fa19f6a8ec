//! Speech against a scripted service and against the real one.

mod fake;
mod real;
mod reconnecting;
mod speaking;

use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use super::launch::Launcher;
use super::policy::Limits;
use super::{Availability, Options, Speech};

/// Nothing waits this long unless it is broken.
const PATIENCE: Duration = Duration::from_secs(60);

/// Speech on a socket, and what it has told.
struct Heard {
    speech: Speech,
    changes: Receiver<Availability>,
}

impl Heard {
    fn start(socket: &Path, languages: &[&str], limits: Limits) -> Self {
        Self::launching(socket, languages, limits, None)
    }

    fn launching(
        socket: &Path,
        languages: &[&str],
        limits: Limits,
        launcher: Option<Launcher>,
    ) -> Self {
        let options = Options {
            socket: Some(socket.to_owned()),
            languages: languages.iter().map(ToString::to_string).collect(),
        };
        let (sender, changes) = channel();
        let changed = move |now| drop(sender.send(now));
        let speech = Speech::begin(options, launcher, limits, changed).unwrap();
        Self { speech, changes }
    }

    /// The next change.
    fn change(&self) -> Availability {
        self.changes.recv_timeout(PATIENCE).unwrap()
    }

    /// The next change, which is a reason.
    #[track_caller]
    fn reason(&self) -> String {
        match self.change() {
            Availability::Unavailable(reason) => reason,
            other => panic!("{other:?} instead of a reason"),
        }
    }

    #[track_caller]
    fn ready(&self) {
        assert_eq!(self.change(), Availability::Ready);
    }
}

/// Limits that no test waits for: whatever happens sooner happens for another cause.
fn patient() -> Limits {
    let pause = Duration::from_millis(1);
    Limits {
        answer: PATIENCE,
        voices: PATIENCE,
        launch: PATIENCE,
        farewell: PATIENCE,
        settled: PATIENCE,
        first_pause: pause,
        longest_pause: pause,
    }
}
