use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::playback::BackendEvent;

use super::frame::{Frame, Frames};
use super::policy::{PICTURE_REST, REPORT_EVERY};

/// Takes what the backend reports, with the number of the playback.
pub(super) type Report = Arc<dyn Fn(u64, BackendEvent) + Send + Sync>;
/// Told that the first picture, or the end, of the jump with this number has come, or never will.
pub(super) type Landing = Box<dyn Fn(gst::Seqnum) + Send + Sync>;
/// Told that a picture waits.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

/// Where pictures and reports go, the same for every playback.
#[derive(Clone)]
pub(super) struct Outlet {
    pub(super) report: Report,
    pub(super) wake: Wake,
    pub(super) frames: Frames,
}

/// What the streaming threads of one playback share: they count, hand over, and report progress.
///
/// Of a pipeline that is only made ready nobody is told: what there is to say is held back until the
/// playback it is for begins.
pub(super) struct Watch {
    // The playback; 0 while there is none.
    session: AtomicU64,
    held: Mutex<Held>,
    outlet: Outlet,
    landing: Landing,
    // The jump whose pictures come next; none when one of them has come.
    jump: Mutex<Option<gst::Seqnum>>,
    open: AtomicBool,
    shown: AtomicBool,
    frames: AtomicU64,
    lost: AtomicU64,
    late: AtomicU64,
    sound_buffers: AtomicU64,
    reported: Mutex<Reported>,
}

/// What is held back: reports, and the latest picture.
#[derive(Default)]
struct Held {
    reports: Vec<BackendEvent>,
    picture: Option<gst::Sample>,
}

#[derive(Default)]
struct Reported {
    picture: Option<gst::ClockTime>,
    position: Option<gst::ClockTime>,
}

impl Watch {
    pub(super) fn new(session: u64, outlet: Outlet, landing: Landing) -> Self {
        Self {
            session: AtomicU64::new(session),
            held: Mutex::default(),
            outlet,
            landing,
            jump: Mutex::default(),
            open: AtomicBool::new(false),
            shown: AtomicBool::new(false),
            frames: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            late: AtomicU64::new(0),
            sound_buffers: AtomicU64::new(0),
            reported: Mutex::default(),
        }
    }

    /// From now on pictures are handed over, or no more.
    pub(super) fn set_open(&self, open: bool) {
        self.open.store(open, Relaxed);
    }

    pub(super) fn say(&self, event: BackendEvent) {
        let mut held = self.held();
        match self.session() {
            0 => held.reports.push(event),
            session => {
                drop(held);
                (self.outlet.report)(session, event);
            }
        }
    }

    /// The playback that all this is for begins: says what was held back.
    pub(super) fn begin(&self, session: u64) {
        let mut held = self.held();
        self.session.store(session, Relaxed);
        let Held { reports, picture } = std::mem::take(&mut *held);
        drop(held);
        for event in reports {
            self.say(event);
        }
        if let Some(sample) = picture {
            self.show(&sample);
        }
    }

    fn session(&self) -> u64 {
        self.session.load(Relaxed)
    }

    fn held(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The pictures that follow are of the jump with this number.
    pub(super) fn jumped(&self, number: gst::Seqnum) {
        *self.jump.lock().unwrap_or_else(PoisonError::into_inner) = Some(number);
    }

    /// What the last jump led to is there.
    pub(super) fn landed(&self) {
        let jump = self
            .jump
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        if let Some(number) = jump {
            (self.landing)(number);
        }
    }

    /// The pipeline does not take the jump with this number: nothing of it will come.
    pub(super) fn refused(&self, number: gst::Seqnum) {
        (self.landing)(number);
    }

    /// A picture is due.
    pub(super) fn picture(&self, sample: gst::Sample) {
        self.landed();
        if !self.open.load(Relaxed) {
            return;
        }
        let mut held = self.held();
        if self.session() == 0 {
            held.picture = Some(sample);
            return;
        }
        drop(held);
        self.show(&sample);
    }

    fn show(&self, sample: &gst::Sample) {
        let Some(frame) = Frame::new(self.session(), sample) else {
            return;
        };
        self.frames.fetch_add(1, Relaxed);
        if self.outlet.frames.put(frame) {
            self.lost.fetch_add(1, Relaxed);
        }
        (self.outlet.wake)();
        if !self.shown.swap(true, Relaxed) {
            self.say(BackendEvent::FirstFrame);
        }
        if let Some(time) = stream_time(sample) {
            self.picture_at(time);
        }
    }

    /// The sink dropped so many pictures as late, in all.
    pub(super) fn set_late(&self, late: u64) {
        self.late.store(late, Relaxed);
    }

    /// A buffer of sound, at its time in the video.
    pub(super) fn sound(&self, time: Option<gst::ClockTime>) {
        self.sound_buffers.fetch_add(1, Relaxed);
        if !self.shown.load(Relaxed) {
            return;
        }
        let Some(time) = time else { return };
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        let rests = reported
            .picture
            .is_some_and(|picture| time > picture + PICTURE_REST);
        if rests && reported.advance(time) {
            drop(reported);
            self.position(time);
        }
    }

    fn picture_at(&self, time: gst::ClockTime) {
        let mut reported = self.reported.lock().unwrap_or_else(PoisonError::into_inner);
        reported.picture = Some(time);
        if reported.advance(time) {
            drop(reported);
            self.position(time);
        }
    }

    fn position(&self, time: gst::ClockTime) {
        self.say(BackendEvent::Position {
            ms: time.mseconds(),
            frames: self.frames.load(Relaxed),
            dropped: self.lost.load(Relaxed) + self.late.load(Relaxed),
            sound_buffers: self.sound_buffers.load(Relaxed),
        });
    }
}

impl Reported {
    /// True when `time` is far enough from the last report.
    fn advance(&mut self, time: gst::ClockTime) -> bool {
        let far = self
            .position
            .is_none_or(|last| last.absdiff(time) >= REPORT_EVERY);
        if far {
            self.position = Some(time);
        }
        far
    }
}

fn stream_time(sample: &gst::Sample) -> Option<gst::ClockTime> {
    let segment = sample.segment()?.downcast_ref::<gst::ClockTime>()?;
    segment.to_stream_time(sample.buffer()?.pts()?)
}
