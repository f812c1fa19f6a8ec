//! The backend on real files, made by `ffmpeg` for each test; sound goes nowhere, at its own pace.

mod ahead;
mod awkward;
mod faults;
mod media;
mod pictures;
mod playing;
mod soak;

use std::cell::RefCell;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::{Frame, GstPlayer, Sound};
use crate::playback::policy::STALL_LIMIT;
use crate::playback::{BackendEvent, Cue, Fault, Picture, Player, Precision};

/// Far more than any event needs: only a hang takes as long.
const PATIENCE: Duration = Duration::from_secs(30);

/// The two of playback, and the one of a visitor who tries again.
const OPENINGS: u64 = 3;

/// What the catalogue says of most.
const FULL_HD: Picture = Picture {
    width: 1920,
    height: 1080,
    fps: 30,
};

fn cue(path: &Path, start_ms: u64) -> Cue {
    Cue {
        path: path.to_owned(),
        start_ms,
        muted: false,
        gain_db: 0.0,
        picture: FULL_HD,
    }
}

/// A player whose events the test reads.
struct Bench {
    player: GstPlayer,
    events: Receiver<(u64, BackendEvent)>,
    heard: RefCell<Vec<BackendEvent>>,
}

impl Bench {
    fn new() -> Self {
        Self::with(Sound::Nowhere)
    }

    fn with(sound: Sound) -> Self {
        let (sender, events) = mpsc::channel();
        let report = move |session, event| {
            let _ = sender.send((session, event));
        };
        let mut player = GstPlayer::new(sound, &[], report, || ()).expect("GStreamer starts");
        player.set_target_size(320, 180);
        Self {
            player,
            events,
            heard: RefCell::default(),
        }
    }

    fn load(&mut self, session: u64, path: &Path) {
        self.load_at(session, path, 0);
    }

    fn load_at(&mut self, session: u64, path: &Path, start_ms: u64) {
        self.player.load(session, &cue(path, start_ms));
    }

    fn event(&self) -> (u64, BackendEvent) {
        let event = self.events.recv_timeout(PATIENCE);
        let (session, event) = event.unwrap_or_else(|_| panic!("no event after {:?}", self.heard));
        self.heard.borrow_mut().push(event.clone());
        (session, event)
    }

    /// Waits for an event of this playback that `wanted` makes something of.
    fn until<T>(&self, session: u64, wanted: impl Fn(&BackendEvent) -> Option<T>) -> T {
        loop {
            let (of, event) = self.event();
            if of == session {
                if let Some(found) = wanted(&event) {
                    return found;
                }
                let unexpected = matches!(event, BackendEvent::Failed { .. });
                assert!(!unexpected, "{event:?}");
            }
        }
    }

    /// Opens and plays a file as playback does, which opens again what shows nothing in time: on a busy
    /// machine an opening now and then says nothing. How many openings were in vain.
    fn open_stubbornly(&mut self, session: u64, path: &Path) -> u64 {
        for vain in 0..OPENINGS {
            self.load(session, path);
            self.player.play();
            while let Ok((of, event)) = self.events.recv_timeout(STALL_LIMIT) {
                if (of, &event) == (session, &BackendEvent::FirstFrame) {
                    return vain;
                }
            }
        }
        panic!("no picture after {OPENINGS} openings");
    }

    fn until_first_frame(&self, session: u64) {
        self.until(session, |event| {
            (*event == BackendEvent::FirstFrame).then_some(())
        });
    }

    fn until_end(&self, session: u64) {
        self.until(session, |event| {
            (*event == BackendEvent::EndOfStream).then_some(())
        });
    }

    fn until_position(&self, session: u64, wanted: impl Fn(u64) -> bool) -> u64 {
        self.until(session, |event| match event {
            BackendEvent::Position { ms, .. } => wanted(*ms).then_some(*ms),
            _ => None,
        })
    }

    /// A picture at exactly this position has come, or comes.
    fn until_picture_at(&self, wanted: u64) {
        let here = |event: &BackendEvent| matches!(event, BackendEvent::Position { ms, .. } if *ms == wanted);
        if !self.heard.borrow().iter().any(here) {
            self.until(1, |event| here(event).then_some(()));
        }
    }

    fn until_seeked(&self, session: u64, wanted: u64) {
        self.until(session, |event| match event {
            BackendEvent::Seeked { serial } => (*serial == wanted).then_some(()),
            _ => None,
        });
    }

    fn fault(&self, session: u64) -> Fault {
        self.until(session, |event| match event {
            BackendEvent::Failed { fault, .. } => Some(*fault),
            _ => None,
        })
    }

    fn frame(&self) -> Frame {
        self.player.frames().take().expect("a picture waits")
    }
}
