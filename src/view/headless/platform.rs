//! The window system that is none: memory to draw into, a queue to be woken by, a clock led by hand.

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{EventLoopProxy, Platform, WindowAdapter};
use slint::{EventLoopError, PlatformError};

type Job = Box<dyn FnOnce() + Send>;

/// What other threads want done by the one that draws. Slint knows one event loop a process, so
/// there is one queue a process too.
struct Queue {
    jobs: Mutex<VecDeque<Job>>,
    arrived: Condvar,
}

static QUEUE: Queue = Queue {
    jobs: Mutex::new(VecDeque::new()),
    arrived: Condvar::new(),
};

/// Held by whoever draws: the queue serves one at a time.
static TURN: Mutex<()> = Mutex::new(());

/// Slint has been given the queue.
static CONNECTED: AtomicBool = AtomicBool::new(false);

thread_local! {
    static DESK: OnceCell<Rc<Desk>> = const { OnceCell::new() };
}

/// What stands for the window system on this thread.
#[derive(Default)]
pub struct Desk {
    now: Cell<Duration>,
    opened: RefCell<Option<Rc<MinimalSoftwareWindow>>>,
    busy: Cell<bool>,
}

/// The right to draw on this thread; given back when dropped.
pub struct Turn {
    desk: Rc<Desk>,
    _turn: MutexGuard<'static, ()>,
}

impl Turn {
    /// Waits for other threads that draw, and installs the platform where this thread has none.
    ///
    /// # Errors
    /// This thread draws already, or draws with another platform.
    pub fn take() -> Result<Self, PlatformError> {
        let desk = desk()?;
        if desk.busy.replace(true) {
            let reason = "this thread has a screen in memory already";
            return Err(PlatformError::Other(reason.to_owned()));
        }
        Ok(Self {
            desk,
            _turn: TURN.lock().unwrap_or_else(PoisonError::into_inner),
        })
    }

    /// The window that was asked for last.
    pub fn window(&self) -> Result<Rc<MinimalSoftwareWindow>, PlatformError> {
        let opened = self.desk.opened.take();
        opened.ok_or_else(|| PlatformError::Other("no window was asked for".to_owned()))
    }

    /// A clock that shows the time led by hand, from zero.
    pub fn clock(&self) -> impl Fn() -> Duration + use<> {
        let desk = Rc::clone(&self.desk);
        let start = desk.now.get();
        move || desk.now.get().saturating_sub(start)
    }

    /// Lets time pass: timers and animations follow.
    pub fn pass(&self, time: Duration) {
        self.desk.now.set(self.desk.now.get() + time);
        slint::platform::update_timers_and_animations();
    }

    /// Does what waits in the queue, and what comes of it.
    pub fn work(&self) {
        while let Some(job) = next() {
            job();
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.desk.busy.set(false);
    }
}

/// Waits until something is in the queue, for real, at most so long.
pub fn wait(longest: Duration) {
    let empty = |jobs: &mut VecDeque<Job>| jobs.is_empty();
    drop(QUEUE.arrived.wait_timeout_while(jobs(), longest, empty));
}

fn jobs() -> MutexGuard<'static, VecDeque<Job>> {
    QUEUE.jobs.lock().unwrap_or_else(PoisonError::into_inner)
}

/// One job, the queue free again while it runs: jobs bring jobs.
fn next() -> Option<Job> {
    jobs().pop_front()
}

fn desk() -> Result<Rc<Desk>, PlatformError> {
    DESK.with(|kept| {
        if let Some(desk) = kept.get() {
            return Ok(Rc::clone(desk));
        }
        let desk = Rc::new(Desk::default());
        slint::platform::set_platform(Box::new(Memory(Rc::clone(&desk))))
            .map_err(PlatformError::SetPlatformError)?;
        Ok(Rc::clone(kept.get_or_init(|| desk)))
    })
}

struct Memory(Rc<Desk>);

impl Platform for Memory {
    fn create_window_adapter(&self) -> Result<Rc<dyn WindowAdapter>, PlatformError> {
        let window = MinimalSoftwareWindow::new(RepaintBufferType::ReusedBuffer);
        self.0.opened.replace(Some(Rc::clone(&window)));
        Ok(window)
    }

    fn duration_since_start(&self) -> Duration {
        self.0.now.get()
    }

    /// Slint takes a queue once a process, and refuses a second one.
    fn new_event_loop_proxy(&self) -> Option<Box<dyn EventLoopProxy>> {
        let first = !CONNECTED.swap(true, Ordering::SeqCst);
        first.then(|| Box::new(Proxy) as Box<dyn EventLoopProxy>)
    }
}

struct Proxy;

impl EventLoopProxy for Proxy {
    /// Nothing runs on its own here: there is nothing to end.
    fn quit_event_loop(&self) -> Result<(), EventLoopError> {
        Ok(())
    }

    fn invoke_from_event_loop(&self, job: Job) -> Result<(), EventLoopError> {
        jobs().push_back(job);
        QUEUE.arrived.notify_all();
        Ok(())
    }
}
