use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;

use crate::playback::{BackendEvent, Cue, Player, Precision};

use super::GstError;
use super::control::{Command, Control, Input};
use super::frame::Frames;
use super::graphics::Graphics;
use super::picture::Target;
use super::registry;
use super::sound::Sound;
use super::watch::Outlet;

/// The [`Player`] that GStreamer is behind. Every call returns at once.
#[derive(Debug)]
pub struct GstPlayer {
    inputs: Sender<Input>,
    frames: Frames,
    thread: Option<JoinHandle<()>>,
}

impl GstPlayer {
    /// Starts GStreamer and the control thread.
    ///
    /// `refused` names decoders that are not to be used; the first to start GStreamer in a process says
    /// it for all. `report` gets every event with the number of its playback, `wake` is called when a picture
    /// waits in [`Self::frames`]; both are called from other threads and must not block.
    ///
    /// # Errors
    /// GStreamer does not start, or no thread can be made.
    pub fn new(
        sound: Sound,
        refused: &[String],
        report: impl Fn(u64, BackendEvent) + Send + Sync + 'static,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Result<Self, GstError> {
        registry::start(refused)?;
        let frames = Frames::default();
        let outlet = Outlet {
            report: Arc::new(report),
            wake: Arc::new(wake),
            frames: frames.clone(),
        };
        let (inputs, received) = mpsc::channel();
        let control = Control::new(sound, outlet, inputs.clone());
        let thread = std::thread::Builder::new()
            .name("playback".to_owned())
            .spawn(move || control.run(&received))?;
        Ok(Self {
            inputs,
            frames,
            thread: Some(thread),
        })
    }

    /// Where the latest picture waits.
    #[must_use]
    pub fn frames(&self) -> Frames {
        self.frames.clone()
    }

    /// Sets the size of the pictures, pixels: the size they are drawn at. 1920 × 1080 at first.
    pub fn set_target_size(&mut self, width: u32, height: u32) {
        self.send(Command::Target(Target::new(width, height)));
    }

    /// Leaves the pictures of all that is opened from now on with the graphics processor, as textures
    /// of this window; should that fail, they come in memory again.
    pub fn set_graphics(&mut self, graphics: Graphics) {
        self.send(Command::Graphics(graphics));
    }

    /// Loads what the usual formats need, ahead of the first video. Meanwhile no other thread loads a
    /// library: not before the window stands, which is made of libraries too.
    pub fn warm(&mut self) {
        self.send(Command::Warm);
    }

    /// Opens a file ahead, at a size in pixels: a load of an equal cue then shows at once. One at a
    /// time; a load of another cue, and [`Self::forget`], close it. The playback is numbered from 1.
    pub fn prepare(&mut self, cue: &Cue, (width, height): (u32, u32)) {
        self.send(Command::Prepare(cue.clone(), Target::new(width, height)));
    }

    /// Closes what was opened ahead.
    pub fn forget(&mut self) {
        self.send(Command::Forget);
    }

    fn send(&self, command: Command) {
        if self.inputs.send(Input::Command(command)).is_err() {
            tracing::error!("the playback thread is gone");
        }
    }
}

impl Player for GstPlayer {
    fn load(&mut self, session: u64, cue: &Cue) {
        self.send(Command::Load(session, cue.clone()));
    }

    fn play(&mut self) {
        self.send(Command::Play(true));
    }

    fn pause(&mut self) {
        self.send(Command::Play(false));
    }

    fn seek(&mut self, serial: u64, ms: u64, precision: Precision) {
        self.send(Command::Seek(serial, ms, precision));
    }

    fn set_rate(&mut self, rate: f64) {
        self.send(Command::Rate(rate));
    }

    fn set_volume(&mut self, volume: f64) {
        self.send(Command::Volume(volume));
    }

    fn stop(&mut self) {
        self.send(Command::Stop);
    }
}

impl Drop for GstPlayer {
    fn drop(&mut self) {
        self.send(Command::Quit);
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the playback thread ended badly");
        }
    }
}
