//! Events of the screen to the outbox, without making the screen wait.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread::JoinHandle;

use central_protocol::Event;
use central_protocol::event::Ops;

use super::policy::{GROUP, QUEUE, WRITE_AGAIN};
use crate::clock::{Clock, Reading};
use crate::store::outbox::{Outbox, Reset};

type Stamped = (Reading, Event);

/// Takes events at once and writes them on a thread of its own. Dropped: writes what it holds, then
/// ends.
pub struct Recorder {
    sender: Option<SyncSender<Stamped>>,
    dropped: Arc<AtomicU64>,
    clock: Arc<dyn Clock>,
    thread: Option<JoinHandle<()>>,
}

impl Recorder {
    /// Starts recording into the outbox of a data folder.
    ///
    /// # Errors
    /// The thread cannot start. A file that cannot be opened is no error: it is tried again.
    pub fn start(data: &Path, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let (sender, receiver) = sync_channel(QUEUE);
        let dropped = Arc::new(AtomicU64::new(0));
        let writer = Writer {
            data: data.to_owned(),
            outbox: None,
            clock: Arc::clone(&clock),
            waiting: Vec::new(),
            dropped: Arc::clone(&dropped),
        };
        let thread = std::thread::Builder::new()
            .name("recorder".to_owned())
            .spawn(move || writer.run(&receiver))?;
        Ok(Self {
            sender: Some(sender),
            dropped,
            clock,
            thread: Some(thread),
        })
    }

    /// Takes an event, stamped with this moment; never waits. When the disk has refused for long the
    /// event is counted as dropped.
    pub fn record(&self, event: Event) {
        let stamped = (self.clock.read(), event);
        let taken = self
            .sender
            .as_ref()
            .is_some_and(|sender| sender.try_send(stamped).is_ok());
        if !taken {
            self.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the recorder's thread has panicked");
        }
    }
}

struct Writer {
    data: PathBuf,
    outbox: Option<Outbox>,
    clock: Arc<dyn Clock>,
    waiting: Vec<Stamped>,
    dropped: Arc<AtomicU64>,
}

impl Writer {
    fn run(mut self, receiver: &Receiver<Stamped>) {
        self.open();
        loop {
            let first = receiver.recv_timeout(WRITE_AGAIN);
            let ended = matches!(first, Err(RecvTimeoutError::Disconnected));
            let more = receiver.try_iter().take(GROUP);
            self.waiting.extend(first.into_iter().chain(more));
            self.keep_bounded();
            self.flush();
            if ended {
                return;
            }
        }
    }

    /// Writes what waits; keeps it when the disk refuses. How many were lost is told beside what is
    /// written, and forgotten only then: on a full disk the count would else be dropped itself.
    fn flush(&mut self) {
        let lost = self.dropped.load(Ordering::Relaxed);
        if self.waiting.is_empty() && lost == 0 {
            return;
        }
        if self.outbox.is_none() {
            self.open();
        }
        let Some(outbox) = self.outbox.as_mut() else {
            return;
        };
        let told = (lost > 0).then(|| {
            let event = ops("events_dropped", i64::try_from(lost).ok(), None);
            (self.clock.read(), event)
        });
        let waiting = self.waiting.len();
        self.waiting.extend(told);
        match outbox.append(&self.waiting) {
            Ok(()) => {
                self.waiting.clear();
                self.dropped.fetch_sub(lost, Ordering::Relaxed);
            }
            Err(error) => {
                tracing::error!(%error, "events cannot be written");
                self.waiting.truncate(waiting);
                // A damaged file is found and replaced when it is opened again.
                self.outbox = None;
            }
        }
    }

    fn open(&mut self) {
        match Outbox::open(&self.data) {
            Ok((outbox, reset)) => {
                self.outbox = Some(outbox);
                if let Some(reset) = reset {
                    self.waiting
                        .insert(0, (self.clock.read(), reset_event(&reset)));
                }
            }
            Err(error) => tracing::error!(%error, "the event database cannot be opened"),
        }
    }

    fn keep_bounded(&mut self) {
        let excess = self.waiting.len().saturating_sub(QUEUE);
        self.waiting.drain(..excess);
        self.dropped.fetch_add(excess as u64, Ordering::Relaxed);
    }
}

/// What central is told when the outbox started afresh.
pub(super) fn reset_event(reset: &Reset) -> Event {
    let salvaged = i64::try_from(reset.salvaged).ok();
    ops("db_reset", salvaged, Some("events.db"))
}

fn ops(what: &str, value: Option<i64>, detail: Option<&str>) -> Event {
    Event::Ops(Ops {
        what: what.to_owned(),
        value,
        detail: detail.map(str::to_owned),
    })
}
