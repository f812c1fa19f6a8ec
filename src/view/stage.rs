use std::path::PathBuf;
use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::End;

use crate::gst::{Frames, GstPlayer};
use crate::playback::{self, Playback, Player, drive};
use crate::settings::Sound;
use crate::stats::Recorder;
use crate::status::suspects::Suspects;
use crate::visit::{self, Activity, ComfortOption, Outlook, Place, Visit};

use super::ahead::Ahead;
use super::attract::Attract;
use super::calendar::today;
use super::canvas::Canvas;
use super::films::{CONTROLS_STAY, Film};
use super::inbox::Message;
use super::journal::Journal;
use super::library::Library;
use super::machine::Desk;
use super::markup::App;
use super::posters::StillFiles;
use super::staff::Staff;
use super::voice::Voice;
use super::{chercher, show, turn};

/// All that the screen's state is, owned by the main loop.
pub struct Stage {
    pub(super) ui: slint::Weak<App>,
    pub(super) visit: Visit,
    pub(super) playback: Playback,
    pub(super) library: Library,
    pub(super) film: Film,
    pub(super) results: chercher::Results,
    pub(super) alphabetical: bool,
    pub(super) controls_until: Duration,
    pub(super) shown: Option<(Place, Outlook)>,
    pub(super) machine: Desk,
    pub(super) pictured: bool,
    pub(super) data: PathBuf,
    pub(super) journal: Journal,
    pub(super) player: GstPlayer,
    pub(super) frames: Frames,
    pub(super) attract: Attract,
    pub(super) ahead: Ahead,
    pub(super) canvas: Canvas,
    pub(super) quiet: bool,
    pub(super) dark: bool,
    pub(super) staff: Staff,
    pub(super) voice: Voice,
    pub(super) suspects: Suspects,
    pub(super) sound: Sound,
    clock: Clock,
    recorder: Recorder,
    looked: Duration,
    stills: StillFiles,
}

/// What a stage is made of.
pub struct Parts {
    pub ui: slint::Weak<App>,
    pub visit: Visit,
    pub library: Library,
    pub player: GstPlayer,
    pub recorder: Recorder,
    pub journal: Journal,
    pub data: PathBuf,
    pub sound: Sound,
    pub staff: Staff,
    pub machine: Desk,
    pub voice: Voice,
    pub suspects: Suspects,
    pub clock: Clock,
}

/// Time since the screen began; it never steps back.
pub type Clock = Box<dyn Fn() -> Duration>;

/// How often the disk is looked at for a new generation and the state of sync.
pub const LOOK: Duration = Duration::from_secs(1);

impl Stage {
    pub fn new(parts: Parts) -> Self {
        Self {
            stills: StillFiles::new(parts.library.stills().into()),
            frames: parts.player.frames(),
            ui: parts.ui,
            visit: parts.visit,
            playback: Playback::new(),
            library: parts.library,
            film: Film::default(),
            results: chercher::Results::default(),
            alphabetical: false,
            controls_until: Duration::ZERO,
            shown: None,
            machine: parts.machine,
            pictured: false,
            data: parts.data,
            journal: parts.journal,
            clock: parts.clock,
            player: parts.player,
            recorder: parts.recorder,
            attract: Attract::default(),
            ahead: Ahead::default(),
            canvas: Canvas::default(),
            quiet: false,
            dark: false,
            staff: parts.staff,
            voice: parts.voice,
            suspects: parts.suspects,
            sound: parts.sound,
            looked: Duration::ZERO,
        }
    }

    pub fn now(&self) -> Duration {
        (self.clock)()
    }

    /// A visitor does something, or time passes.
    pub fn visit(&mut self, action: visit::Action) {
        let now = self.now();
        if !matches!(action, visit::Action::Tick(_)) {
            self.controls_until = now + CONTROLS_STAY;
        }
        let was_there = *self.visit.place() != Place::Veille;
        for effect in self.visit.update(now, action) {
            self.carry_out(effect);
        }
        let attracting = *self.visit.place() == Place::Veille;
        if attracting && was_there {
            self.voice.stop();
        }
        if !attracting && self.is_preview() {
            self.playback(playback::Action::Stop(End::Back));
        }
        show::all(self);
    }

    /// A visitor or the player does something to the video that is open.
    pub fn playback(&mut self, action: playback::Action) {
        match self.playback.update(self.now(), action) {
            Ok(effects) => {
                self.note_open();
                for event in drive(&mut self.player, effects) {
                    self.record(event);
                }
            }
            Err(illegal) => tracing::debug!(%illegal, "touch without effect"),
        }
        self.follow();
    }

    /// Takes what other threads have said.
    pub fn receive(&mut self, messages: impl IntoIterator<Item = Message>) {
        for message in messages {
            match message {
                Message::Player { session, event } => {
                    self.playback(playback::Action::Backend { session, event });
                }
                Message::Picture => self.picture(),
                Message::Graphics(graphics) => {
                    self.player.set_graphics(graphics);
                    self.journal.shares_textures();
                }
                Message::Catalogue(generation, catalogue) => {
                    self.library.replace(generation, *catalogue);
                    self.stills.replace(self.library.stills());
                    if let Some(item) = self.library.catalogue().video(&self.film.key) {
                        self.film = Film::of(&self.library, item);
                    }
                    self.renew();
                }
                Message::Unreadable => {
                    self.library.fail();
                    self.renew();
                }
                Message::Still => show::stills(self),
                Message::Judged(right) => self.judged(right),
                Message::Answered(asked, answer) => {
                    self.visit(visit::Action::Answered(asked, answer));
                }
                Message::ToneOver(heard) => self.tone_over(heard),
                Message::Voice(availability) => {
                    self.voice.changed(&availability);
                    show::all(self);
                }
                Message::Quit => self.quit(),
            }
        }
    }

    /// Time has passed: about ten times a second.
    pub fn tick(&mut self) {
        let now = self.now();
        if now >= self.looked + LOOK {
            self.looked = now;
            self.library.look(today());
            show::sync_state(self);
            self.look_at_the_hour();
        }
        if self.playback.state().run().is_some() {
            self.playback(playback::Action::Tick);
        }
        self.visit(visit::Action::Tick(self.activity()));
        self.go_round();
        self.foresee();
        self.report();
    }

    fn activity(&self) -> Activity {
        let state = self.playback.state();
        if state.is_held() {
            Activity::Paused
        } else if state.is_running() {
            Activity::Playing
        } else {
            Activity::Waiting
        }
    }

    fn carry_out(&mut self, effect: visit::Effect) {
        match effect {
            visit::Effect::Open {
                key,
                start_ms,
                entry,
            } => self.open(&key, start_ms, Some(entry)),
            visit::Effect::Close(end) => self.playback(playback::Action::Stop(end)),
            visit::Effect::Captions(on) => {
                if self.playback.state().run().is_some() {
                    self.playback(playback::Action::SetCaptions(on));
                }
            }
            visit::Effect::Hold => self.hold(),
            visit::Effect::GoOn(ms) => self.go_on(ms),
            visit::Effect::Rendition => self.change_rendition(),
            visit::Effect::Speed(percent) => self.set_speed(percent),
            visit::Effect::Judge { area, code } => self.judge(area, &code),
            visit::Effect::Ask(request) => self.ask(request),
            visit::Effect::TryTurn { before, degrees } => self.try_turn(before, degrees),
            visit::Effect::KeepTurn => turn::forget(&self.data),
            visit::Effect::Loudness(sound) => self.set_loudness(sound),
            visit::Effect::Volume(percent) => {
                self.player.set_volume(f64::from(percent) / 100.0);
            }
            visit::Effect::Record(event) => self.record(event),
        }
    }

    /// The window has another size.
    pub fn resized(&mut self) {
        self.set_picture_size(self.is_preview());
        self.renew();
    }

    /// Draws the place again, with the catalogue as it is now.
    pub fn renew(&mut self) {
        self.shown = None;
        self.results = chercher::Results::default();
        show::all(self);
    }

    pub fn record(&self, event: Event) {
        self.recorder.record(event);
    }

    /// Where the stills of videos are, kept current.
    pub fn stills(&self) -> StillFiles {
        StillFiles::clone(&self.stills)
    }

    /// Closes what is open, so that it counts.
    pub fn close(&mut self) {
        if self.playback.state().run().is_some() {
            self.playback(playback::Action::Stop(End::Power));
        }
    }

    fn quit(&mut self) {
        self.close();
        if let Err(error) = slint::quit_event_loop() {
            tracing::error!(%error, "the event loop does not end");
        }
    }

    pub fn reads_aloud(&self) -> bool {
        self.visit.comfort().is_on(ComfortOption::ReadAloud)
    }

    pub fn captions_shown(&self) -> bool {
        self.film.has_captions && self.visit.comfort().is_on(ComfortOption::Captions)
    }

    pub fn ui(&self) -> Option<App> {
        self.ui.upgrade()
    }
}
