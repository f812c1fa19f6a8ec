mod hear;

use std::sync::Arc;
use std::sync::mpsc::Receiver;

use crate::playback::{BackendEvent, Cue, Fault, Precision};

use super::fault;
use super::picture::Target;
use super::pipeline::{Ends, Pipeline};
use super::watch::{Landing, Outlet, Watch};

/// One opening of a file: its pipeline, and what it is in the middle of.
///
/// ```text
///   Opening ── async-done ──▶ Starting ── landed ──▶ Open ◀─┐ seek, landed
///      │   (start or speed)                           ▲ └────┘
///      └───────── async-done (from 0 at speed 1) ─────┘
/// ```
pub(super) struct Projection {
    number: u64,
    session: u64,
    cue: Cue,
    target: Target,
    pipeline: Pipeline,
    watch: Arc<Watch>,
    stage: Stage,
    playing: bool,
    rate: f64,
    under_way: Option<(gst::Seqnum, Jump)>,
    next: Option<Jump>,
    format_missing: bool,
    failed: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Opening,
    Starting,
    Open,
}

#[derive(Clone, Copy, Debug)]
struct Jump {
    serial: Option<u64>,
    ms: u64,
    precision: Precision,
}

/// What a message asks of the control thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    Stay,
    /// Open it again without sound.
    Silence,
    /// Open it again with pictures in memory, and so all that follow.
    Plainly,
    /// Open it again with pictures in memory, it alone.
    Aside,
}

impl Projection {
    /// Opens a file, up to its first picture; reports the failure when that cannot even begin.
    pub(super) fn open(
        (number, session): (u64, u64),
        cue: Cue,
        ends: &Ends,
        outlet: Outlet,
        landing: Landing,
        handler: impl Fn(gst::Message) + Send + Sync + 'static,
    ) -> Option<Self> {
        let watch = Arc::new(Watch::new(session, outlet, landing));
        match Pipeline::new(&cue, ends, &watch, handler) {
            Ok(pipeline) => {
                let names = (number, session);
                Some(Self::start(names, cue, ends.target, pipeline, watch))
            }
            Err(error) => {
                watch.say(BackendEvent::Failed {
                    fault: fault::of(&error, true),
                    detail: error.to_string(),
                });
                None
            }
        }
    }

    fn start(
        (number, session): (u64, u64),
        cue: Cue,
        target: Target,
        pipeline: Pipeline,
        watch: Arc<Watch>,
    ) -> Self {
        watch.set_open(cue.start_ms == 0);
        pipeline.go(false);
        Self {
            number,
            session,
            cue,
            target,
            pipeline,
            watch,
            stage: Stage::Opening,
            playing: false,
            rate: 1.0,
            under_way: None,
            next: None,
            format_missing: false,
            failed: false,
        }
    }

    pub(super) const fn number(&self) -> u64 {
        self.number
    }

    pub(super) const fn cue(&self) -> &Cue {
        &self.cue
    }

    /// It is made ready for a playback that has not begun.
    pub(super) const fn is_ahead(&self) -> bool {
        self.session == 0
    }

    /// What was made ready becomes a playback.
    pub(super) fn begin(&mut self, session: u64) {
        self.session = session;
        self.watch.begin(session);
    }

    /// What it takes to go on where this one stands.
    pub(super) fn resumption(&self) -> (u64, Cue, bool, f64) {
        let mut cue = self.cue.clone();
        if self.stage == Stage::Open {
            cue.start_ms = self.pipeline.position_ms().unwrap_or(cue.start_ms);
        }
        (self.session, cue, self.playing, self.rate)
    }

    /// Closes it; the receiver hears when that is done.
    pub(super) fn close(self) -> Receiver<()> {
        self.watch.set_open(false);
        self.pipeline
            .close(self.stage == Stage::Opening && !self.failed)
    }

    pub(super) fn play(&mut self, playing: bool) {
        self.playing = playing;
        if self.stage == Stage::Open || !self.starts_elsewhere() {
            self.pipeline.go(playing);
        }
    }

    pub(super) fn seek(&mut self, serial: u64, ms: u64, precision: Precision) {
        self.request(Jump {
            serial: Some(serial),
            ms,
            precision,
        });
    }

    /// A speed is set by a jump to where it stands.
    #[allow(clippy::float_cmp, reason = "an equal speed needs no jump")]
    pub(super) fn set_rate(&mut self, rate: f64) {
        if rate == self.rate {
            return;
        }
        self.rate = rate;
        if self.stage == Stage::Opening || self.next.is_some() {
            return;
        }
        let ms = self
            .under_way
            .map(|(_, jump)| jump.ms)
            .or_else(|| self.pipeline.position_ms())
            .unwrap_or(self.cue.start_ms);
        self.request(Jump {
            serial: None,
            ms,
            precision: Precision::Exact,
        });
    }

    pub(super) fn set_volume(&self, volume: f64) {
        self.pipeline.set_volume(volume, self.cue.gain_db);
    }

    pub(super) fn set_target(&mut self, target: Target) {
        if std::mem::replace(&mut self.target, target) != target {
            self.pipeline.set_target(target);
        }
    }

    #[allow(clippy::float_cmp, reason = "1.0 is what it starts with")]
    fn starts_elsewhere(&self) -> bool {
        self.cue.start_ms > 0 || self.rate != 1.0
    }

    fn request(&mut self, jump: Jump) {
        if self.stage == Stage::Open && self.under_way.is_none() {
            self.jump(jump);
        } else {
            self.next = Some(jump);
        }
    }

    fn jump(&mut self, jump: Jump) {
        let number = self.pipeline.seek(jump.ms, self.rate, jump.precision);
        self.under_way = Some((number, jump));
    }

    /// A jump is done, or was refused: answers it, or goes on to the one asked for meanwhile.
    pub(super) fn landed(&mut self, number: gst::Seqnum) {
        let Some((_, jump)) = self.under_way.take_if(|(expected, _)| *expected == number) else {
            return;
        };
        if self.stage == Stage::Starting {
            return self.opened();
        }
        if let Some(mut next) = self.next.take() {
            next.serial = next.serial.or(jump.serial);
            self.jump(next);
        } else if let Some(serial) = jump.serial {
            self.watch.say(BackendEvent::Seeked { serial });
        }
    }

    /// The first picture is decoded.
    fn settled(&mut self) {
        if self.stage != Stage::Opening {
            return;
        }
        if !self.starts_elsewhere() {
            return self.opened();
        }
        self.stage = Stage::Starting;
        self.watch.set_open(true);
        self.jump(Jump {
            serial: None,
            ms: self.cue.start_ms,
            precision: Precision::Exact,
        });
    }

    fn opened(&mut self) {
        self.stage = Stage::Open;
        if !self.pipeline.has_pictures() {
            return self.fail(Fault::Corrupt, "no pictures in it".to_owned());
        }
        self.watch.say(BackendEvent::Prerolled {
            duration_ms: self.pipeline.duration_ms(),
        });
        self.pipeline.go(self.playing);
        if let Some(next) = self.next.take() {
            self.jump(next);
        }
    }
}
