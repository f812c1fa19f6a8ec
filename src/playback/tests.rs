//! Behaviour of the reducer, with a clock and a player that the tests hold.

mod properties;
mod summary;
mod transitions;
mod watchdog;

use std::time::Duration;

use central_protocol::event::{Entry, Play};

use super::{Action, BackendEvent, Effect, Media, Picture, Playback};

const FULL_HD: Picture = Picture {
    width: 1920,
    height: 1080,
    fps: 25,
};

fn media() -> Media {
    Media {
        key: "cef/soudeur".to_owned(),
        path: "/store/ab/abcd".into(),
        duration_ms: 100_000,
        revision: 3,
        group: "construire".to_owned(),
        language: "fr".to_owned(),
        sound: true,
        audio_description: false,
        gain_db: 0.0,
        picture: FULL_HD,
    }
}

fn open() -> Action {
    Action::Open {
        media: media(),
        start_ms: 0,
        entry: Some(Entry::Home),
        captions: true,
    }
}

fn position(ms: u64) -> BackendEvent {
    BackendEvent::Position {
        ms,
        frames: 1,
        dropped: 0,
        sound_buffers: 1,
    }
}

/// A playback with its clock; every refused action fails the test.
struct Bench {
    playback: Playback,
    now_ms: u64,
}

impl Bench {
    fn new() -> Self {
        Self {
            playback: Playback::new(),
            now_ms: 1_000,
        }
    }

    /// Opened, with a first picture 80 ms later, at position 0.
    fn playing() -> Self {
        let mut bench = Self::new();
        bench.act(open());
        bench.wait(80);
        bench.hear(BackendEvent::FirstFrame);
        bench.hear(position(0));
        bench
    }

    fn at(&self) -> Duration {
        Duration::from_millis(self.now_ms)
    }

    fn wait(&mut self, ms: u64) {
        self.now_ms += ms;
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        self.playback
            .update(self.at(), action)
            .expect("the action is allowed")
    }

    fn session(&self) -> u64 {
        self.playback.state().run().expect("it is open").session()
    }

    fn hear(&mut self, event: BackendEvent) -> Vec<Effect> {
        let session = self.session();
        self.act(Action::Backend { session, event })
    }

    /// Plays `from..to` in steps of 100 ms, at normal speed.
    fn watch(&mut self, from: u64, to: u64) {
        self.hear(position(from));
        for ms in (from..to).step_by(100) {
            self.wait(100);
            assert!(self.act(Action::Tick).is_empty());
            self.hear(position((ms + 100).min(to)));
        }
    }

    /// Jumps, and the player lands there.
    fn jump(&mut self, ms: u64) {
        let effects = self.act(Action::SeekTo(ms));
        let [Effect::Seek { serial, .. }] = effects[..] else {
            panic!("one seek, not {effects:?}");
        };
        self.hear(BackendEvent::Seeked { serial });
    }

    /// Ticks every 250 ms until `ms` have passed; what came of it.
    fn tick_for(&mut self, ms: u64) -> Vec<Effect> {
        let mut effects = Vec::new();
        for _ in 0..ms / 250 {
            self.wait(250);
            effects.extend(self.act(Action::Tick));
        }
        effects
    }
}

fn recorded(effects: &[Effect]) -> &Play {
    let mut plays = effects.iter().filter_map(|effect| match effect {
        Effect::Record(play) => Some(play),
        _ => None,
    });
    let play = plays.next().expect("a playback is recorded");
    assert!(plays.next().is_none(), "only once");
    play
}
