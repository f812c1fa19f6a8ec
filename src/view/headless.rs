//! The screen without a window system: the same stage, adapters and markup, drawn into memory.
//!
//! Time stands still until it is led on: timers and animations follow the caller's clock. Only the
//! player, which decodes on its own threads, keeps real time.

mod platform;
mod survey;

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use slint::platform::software_renderer::{MinimalSoftwareWindow, RepaintBufferType};
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition, PhysicalSize, Rgb8Pixel, SharedPixelBuffer};

use crate::clock::Monotonic;
use crate::ergonomics::{Control, Letters};
use crate::gst::Sound;
use crate::playback::State;
use crate::settings::Settings;
use crate::visit;

use super::beat::BEAT;
use super::inbox::Inbox;
use super::machine::{Machine, Nobody};
use super::markup::App;
use super::session::{Around, PlayError, Session};
use super::show;
use super::stage::LOOK;
use platform::Turn;

/// How long a finger rests: longer than a gesture handler waits before it passes a press on.
const TOUCH: Duration = Duration::from_millis(120);

/// Moves of a finger between the two ends of a drag: enough for a gesture to be recognised.
const MOVES: u8 = 8;

/// Beats that pass while nothing comes before the screen counts as settled: the longest animation,
/// 200 ms, and one beat to follow it.
const QUIET_BEATS: u8 = 3;

/// Longest real wait for what other threads prepare: a player that is started for the first time on
/// a slow and busy machine reads all its plugins, and was seen to take half a minute.
const PATIENCE: Duration = Duration::from_secs(90);

/// One real wait, after which the state is looked at again: some of it changes without a message.
const GLANCE: Duration = Duration::from_millis(20);

/// A screen in memory; one a thread at a time. Others, on other threads, wait for their turn.
pub struct Gallery {
    session: Session,
    window: Rc<MinimalSoftwareWindow>,
    pixels: RefCell<SharedPixelBuffer<Rgb8Pixel>>,
    /// The whole picture is to be drawn anew.
    fresh: Cell<bool>,
    turn: Turn,
}

impl Gallery {
    /// Opens the screen at a size in pixels, on the data folder of the settings, and waits until its
    /// catalogue is read. No sound leaves it.
    ///
    /// # Errors
    /// This thread has a screen already, there is no GStreamer, or the system gives no thread.
    pub fn open(settings: &Settings, width: u32, height: u32) -> Result<Self, PlayError> {
        Self::on(settings, (width, height), Arc::new(Nobody))
    }

    /// The same, on a machine that answers.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn on(
        settings: &Settings,
        (width, height): (u32, u32),
        machine: Arc<dyn Machine>,
    ) -> Result<Self, PlayError> {
        let turn = Turn::take()?;
        let ui = App::new()?;
        let inbox = Inbox::new(ui.as_weak());
        let around = Around {
            decodes: true,
            renderer: "memory",
            clock: Box::new(turn.clock()),
            sound: Sound::Nowhere,
            speaks: false,
            machine,
        };
        let session = Session::open(ui, inbox, settings, around)?;
        let gallery = Self {
            window: turn.window()?,
            session,
            pixels: RefCell::new(SharedPixelBuffer::new(1, 1)),
            fresh: Cell::new(true),
            turn,
        };
        gallery.session.show()?;
        gallery.resize(width, height);
        gallery.wait(LOOK + BEAT);
        gallery.settle();
        Ok(gallery)
    }

    /// A visitor does something, as an adapter would say it.
    pub fn act(&self, action: visit::Action) {
        self.session.handle.visit(action);
        self.follow();
    }

    /// A finger touches and leaves, at a place in pixels.
    pub fn touch(&self, x: f32, y: f32) {
        self.press(x, y);
        self.release(x, y);
    }

    /// A finger touches, and stays long enough to be taken for more than the start of a gesture.
    pub fn press(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        let button = PointerEventButton::Left;
        self.dispatch(WindowEvent::PointerPressed { position, button });
        self.pass(TOUCH);
    }

    /// The finger leaves.
    pub fn release(&self, x: f32, y: f32) {
        let position = LogicalPosition::new(x, y);
        let button = PointerEventButton::Left;
        self.dispatch(WindowEvent::PointerReleased { position, button });
        self.dispatch(WindowEvent::PointerExited);
        self.follow();
    }

    /// A finger touches, moves in a straight line and leaves.
    pub fn drag(&self, from: (f32, f32), to: (f32, f32)) {
        let position = LogicalPosition::new(from.0, from.1);
        let button = PointerEventButton::Left;
        self.dispatch(WindowEvent::PointerPressed { position, button });
        for step in 1..=MOVES {
            let part = f32::from(step) / f32::from(MOVES);
            let between = |from: f32, to: f32| (to - from).mul_add(part, from);
            let position = LogicalPosition::new(between(from.0, to.0), between(from.1, to.1));
            self.dispatch(WindowEvent::PointerMoved { position });
        }
        self.release(to.0, to.1);
    }

    /// Lets time pass, beat by beat, doing what becomes due.
    pub fn wait(&self, time: Duration) {
        let mut left = time;
        while !left.is_zero() {
            let step = left.min(BEAT);
            left -= step;
            self.pass(step);
        }
    }

    /// Lets what was begun come to an end: animations, stills that are being cut, a catalogue that
    /// is being read, a video that is being opened, a code that is looked at. Ends by itself when something never does.
    pub fn settle(&self) {
        let patience = Monotonic::start();
        let mut quiet = 0;
        while quiet < QUIET_BEATS && patience.elapsed() < PATIENCE {
            if self.is_settled() {
                quiet += 1;
                self.pass(BEAT);
            } else {
                quiet = 0;
                // Time goes on while others work: a video that does not open is given up as usual.
                platform::wait(GLANCE);
                self.pass(GLANCE);
            }
        }
    }

    /// Nothing waits to be shown, and nothing is being prepared for the screen; a video may play.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let loading = |stage: &super::stage::Stage| {
            matches!(stage.playback.state(), State::Loading(_)) || stage.staff.is_waiting()
        };
        self.session.inbox.is_quiet() && self.session.handle.look(loading) == Some(false)
    }

    /// The picture as it is now: red, green and blue, line by line, with its width and height.
    #[must_use]
    pub fn picture(&self) -> (Vec<u8>, u32, u32) {
        self.draw();
        let pixels = self.pixels.borrow();
        (pixels.as_bytes().to_vec(), pixels.width(), pixels.height())
    }

    /// The screen has another size, pixels.
    pub fn resize(&self, width: u32, height: u32) {
        self.pixels.replace(SharedPixelBuffer::new(width, height));
        self.fresh.set(true);
        self.window.set_size(PhysicalSize::new(width, height));
        self.follow();
    }

    /// The word by which status calls the screen at hand.
    #[must_use]
    pub fn screen_name(&self) -> &'static str {
        let name = self.session.handle.look(show::screen_name);
        name.unwrap_or_default()
    }

    /// What can be touched and what can be read on the screen at hand; scale 1, pixels as drawn.
    #[must_use]
    pub fn survey(&self) -> (Vec<Control>, Vec<Letters>) {
        survey::survey(&self.window, self.screen_name())
    }

    fn dispatch(&self, event: WindowEvent) {
        self.window.dispatch_event(event);
    }

    fn pass(&self, time: Duration) {
        self.turn.pass(time);
        self.turn.work();
        self.draw();
    }

    /// No time passes, but what has changed is followed up.
    fn follow(&self) {
        self.pass(Duration::ZERO);
    }

    fn draw(&self) {
        if self.fresh.take() {
            self.window.request_redraw();
            self.draw_with(RepaintBufferType::NewBuffer);
        }
        self.draw_with(RepaintBufferType::ReusedBuffer);
    }

    fn draw_with(&self, buffer: RepaintBufferType) {
        let mut pixels = self.pixels.borrow_mut();
        let width = usize::try_from(pixels.width()).unwrap_or_default();
        self.window.draw_if_needed(|renderer| {
            renderer.set_repaint_buffer_type(buffer);
            renderer.render(pixels.make_mut_slice(), width);
        });
    }
}

impl Drop for Gallery {
    /// What is open is closed, so that it counts, as when a borne ends.
    fn drop(&mut self) {
        if let Err(error) = self.session.close() {
            tracing::warn!(%error, "the screen does not close");
        }
    }
}

#[cfg(test)]
mod areas;
#[cfg(test)]
mod code;
#[cfg(test)]
mod machines;
#[cfg(test)]
mod setup;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod turned;
