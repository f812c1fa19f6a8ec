use std::sync::mpsc::{Receiver, Sender};

use crate::playback::{Cue, Precision};

use super::graphics::Graphics;
use super::picture::Target;
use super::pipeline::Ends;
use super::policy::{CLOSE_LIMIT, PROBE_AGAIN_AFTER};
use super::projection::{Projection, Turn};
use super::registry;
use super::sound::Sound;
use super::watch::Outlet;

/// What the player is told to do.
#[derive(Debug)]
pub(super) enum Command {
    Load(u64, Cue),
    /// Opens what is likely to be loaded next, at this size.
    Prepare(Cue, Target),
    /// It is not likely any more.
    Forget,
    Play(bool),
    Seek(u64, u64, Precision),
    Rate(f64),
    Volume(f64),
    Target(Target),
    /// From the next opening on, pictures become textures of this window.
    Graphics(Graphics),
    /// Loads the plug-ins of the usual formats.
    Warm,
    Stop,
    Quit,
}

/// What the control thread waits for.
#[derive(Debug)]
pub(super) enum Input {
    Command(Command),
    /// From the bus of the pipeline with this number.
    Message(u64, gst::Message),
    /// In the pipeline with this number, the jump with that number is done, or was refused.
    Landed(u64, gst::Seqnum),
}

/// Owns the pipeline; runs on a thread of its own.
pub(super) struct Control {
    wanted: Sound,
    found: Option<Sound>,
    graphics: Option<Graphics>,
    silent_loads: u32,
    outlet: Outlet,
    inputs: Sender<Input>,
    target: Target,
    volume: f64,
    pipelines: u64,
    current: Option<Projection>,
    // What is made ready for the next load; at most one, for its memory.
    ready: Option<Projection>,
    closing: Vec<Receiver<()>>,
}

impl Control {
    pub(super) fn new(sound: Sound, outlet: Outlet, inputs: Sender<Input>) -> Self {
        Self {
            wanted: sound,
            found: None,
            graphics: None,
            silent_loads: 0,
            outlet,
            inputs,
            target: Target::new(1920, 1080),
            volume: 1.0,
            pipelines: 0,
            current: None,
            ready: None,
            closing: Vec::new(),
        }
    }

    /// Obeys until told to quit.
    pub(super) fn run(mut self, received: &Receiver<Input>) {
        while let Ok(input) = received.recv() {
            match input {
                Input::Command(Command::Quit) => break,
                Input::Command(command) => self.obey(command),
                Input::Message(number, message) => self.hear(number, &message),
                Input::Landed(number, jump) => {
                    if let Some(current) = self.numbered(number) {
                        current.landed(jump);
                    }
                }
            }
        }
        self.forget();
        self.close();
        self.wait_for_close();
    }

    fn obey(&mut self, command: Command) {
        match (command, &mut self.current) {
            (Command::Load(session, cue), _) => self.load(session, cue),
            (Command::Prepare(cue, target), _) => self.prepare(cue, target),
            (Command::Forget, _) => self.forget(),
            (Command::Stop | Command::Quit, _) => self.close(),
            (Command::Target(target), current) => {
                self.target = target;
                if let Some(current) = current {
                    current.set_target(target);
                }
            }
            (Command::Graphics(graphics), _) => self.graphics = Some(graphics),
            (Command::Warm, _) => registry::warm(),
            (Command::Volume(volume), current) => {
                self.volume = volume;
                if let Some(current) = current {
                    current.set_volume(volume);
                }
            }
            (Command::Play(playing), Some(current)) => current.play(playing),
            (Command::Seek(serial, ms, precision), Some(current)) => {
                current.seek(serial, ms, precision);
            }
            (Command::Rate(rate), Some(current)) => current.set_rate(rate),
            (Command::Play(_) | Command::Seek(..) | Command::Rate(_), None) => {}
        }
    }

    fn load(&mut self, session: u64, cue: Cue) {
        self.close();
        if let Some(mut ready) = self.ready.take_if(|ready| *ready.cue() == cue) {
            ready.set_target(self.target);
            ready.set_volume(self.volume);
            ready.begin(session);
            self.current = Some(ready);
            return;
        }
        self.forget();
        self.wait_for_close();
        self.open(session, cue);
    }

    fn open(&mut self, session: u64, cue: Cue) {
        self.current = self.project(session, cue, self.target);
        if let Some(current) = &mut self.current {
            current.set_volume(self.volume);
        }
    }

    /// Opens a file ahead of its load; not beside one that sounds, which may have the device alone.
    fn prepare(&mut self, cue: Cue, target: Target) {
        if self.ready.as_ref().is_some_and(|ready| *ready.cue() == cue) {
            return;
        }
        self.forget();
        if !cue.muted && self.current.as_ref().is_some_and(|now| !now.cue().muted) {
            return;
        }
        self.wait_for_close();
        self.ready = self.project(0, cue, target);
    }

    fn forget(&mut self) {
        if let Some(ready) = self.ready.take() {
            self.closing.push(ready.close());
        }
    }

    fn project(&mut self, session: u64, cue: Cue, target: Target) -> Option<Projection> {
        let ends = Ends {
            target,
            graphics: self.graphics.clone(),
            sound: self.sound(),
        };
        self.pipelines += 1;
        let number = self.pipelines;
        // The control thread may be gone already: then nobody needs what is sent.
        let (messages, landings) = (self.inputs.clone(), self.inputs.clone());
        let handler = move |message| {
            let _ = messages.send(Input::Message(number, message));
        };
        let landing = Box::new(move |jump| {
            let _ = landings.send(Input::Landed(number, jump));
        });
        let outlet = self.outlet.clone();
        let names = (number, session);
        Projection::open(names, cue, &ends, outlet, landing, handler)
    }

    /// Where sound goes now; looks again from time to time when there was no device.
    fn sound(&mut self) -> Sound {
        let silent = self.found == Some(Sound::Nowhere) && self.wanted != Sound::Nowhere;
        self.silent_loads = if silent { self.silent_loads + 1 } else { 0 };
        if self.silent_loads > PROBE_AGAIN_AFTER {
            self.silent_loads = 0;
            self.found = None;
        }
        self.found.get_or_insert_with(|| self.wanted.find()).clone()
    }

    fn numbered(&mut self, number: u64) -> Option<&mut Projection> {
        let both = [&mut self.current, &mut self.ready];
        both.into_iter()
            .flatten()
            .find(|one| one.number() == number)
    }

    fn hear(&mut self, number: u64, message: &gst::Message) {
        let Some(one) = self.numbered(number) else {
            return;
        };
        match one.hear(message) {
            Turn::Stay => {}
            // Found out again, and gone on without, by the playback itself.
            _ if one.is_ahead() => self.forget(),
            Turn::Silence => {
                tracing::warn!("the sound output failed: going on without sound");
                self.found = Some(Sound::Nowhere);
                self.open_again();
            }
            Turn::Plainly => {
                tracing::warn!("going on with pictures in memory");
                self.graphics = None;
                self.open_again();
            }
            Turn::Aside => {
                let graphics = self.graphics.take();
                self.open_again();
                self.graphics = graphics;
            }
        }
    }

    /// Goes on from where it stands, with what is left.
    fn open_again(&mut self) {
        let Some(current) = self.current.take() else {
            return;
        };
        let (session, cue, playing, rate) = current.resumption();
        self.closing.push(current.close());
        self.wait_for_close();
        self.open(session, cue);
        if let Some(current) = &mut self.current {
            current.set_rate(rate);
            current.play(playing);
        }
    }

    fn close(&mut self) {
        if let Some(current) = self.current.take() {
            self.closing.push(current.close());
            drop(self.outlet.frames.take());
        }
    }

    fn wait_for_close(&mut self) {
        for closing in self.closing.drain(..) {
            if closing.recv_timeout(CLOSE_LIMIT).is_err() {
                tracing::error!("a pipeline does not close: left to itself");
            }
        }
    }
}
