//! What other threads have to say, until the main loop takes it.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalogue::Catalogue;
use crate::gst::Graphics;
use crate::host::Answer;
use crate::playback::BackendEvent;
use crate::speech::Availability;
use crate::store::Generation;
use crate::visit::Asked;

use super::markup::{App, Shell};
use slint::ComponentHandle;

/// A message for the main loop.
pub enum Message {
    /// The player says something about a playback.
    Player {
        /// Number of the playback.
        session: u64,
        /// What it says.
        event: BackendEvent,
    },
    /// A picture waits.
    Picture,
    /// A catalogue is ready: to be browsed, or with search and captions.
    Catalogue(Arc<Generation>, Box<Catalogue>),
    /// No generation could be read.
    Unreadable,
    /// The graphics processor is there, to be shared.
    Graphics(Graphics),
    /// A still is ready.
    Still,
    /// A code was looked at: whether it is the right one.
    Judged(bool),
    /// The machine has answered.
    Answered(Asked, Answer),
    /// The tone of the sound trial is over: whether a device took it.
    ToneOver(bool),
    /// The voice that reads aloud comes or goes.
    Voice(Availability),
    /// Somebody asks the borne to end.
    Quit,
}

/// A queue that wakes the main loop once for all that waits in it.
#[derive(Clone)]
pub struct Inbox {
    queue: Arc<Mutex<VecDeque<Message>>>,
    promised: Arc<AtomicUsize>,
    ui: slint::Weak<App>,
}

/// Work of another thread that ends with a message; dropped when the message has been put.
pub struct Promise(Arc<AtomicUsize>);

impl Drop for Promise {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Inbox {
    pub fn new(ui: slint::Weak<App>) -> Self {
        Self {
            queue: Arc::default(),
            promised: Arc::default(),
            ui,
        }
    }

    /// Puts a message; never blocks for longer than another thread needs to do the same.
    pub fn put(&self, message: Message) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let asleep = queue.is_empty();
        queue.push_back(message);
        drop(queue);
        if asleep {
            let woken = self
                .ui
                .upgrade_in_event_loop(|ui| ui.global::<Shell>().invoke_arrived());
            if let Err(error) = woken {
                tracing::debug!(%error, "the event loop has ended");
            }
        }
    }

    /// Takes all that waits.
    pub fn take(&self) -> VecDeque<Message> {
        std::mem::take(&mut *self.queue.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Says that work has begun which ends with a message.
    pub fn promise(&self) -> Promise {
        self.promised.fetch_add(1, Ordering::SeqCst);
        Promise(Arc::clone(&self.promised))
    }

    /// Nothing waits but what a video that plays says all the time, and nothing is promised.
    pub fn is_quiet(&self) -> bool {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        let passing = |message| matches!(message, &Message::Picture | &Message::Player { .. });
        // Looked at together: what was promised is put before the promise ends.
        self.promised.load(Ordering::SeqCst) == 0 && queue.iter().all(passing)
    }
}
