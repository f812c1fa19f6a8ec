use std::path::PathBuf;
use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::{End, Entry, Unavailable};
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::clock;
use crate::gst::{Frame, Frames, GstPlayer};
use crate::playback::{self, Playback, Player, State, drive};
use crate::stats::Recorder;
use crate::visit::{self, Activity, ComfortOption, Place, Visit};

use super::attract::Attract;
use super::films::{self, CONTROLS_STAY, Film};
use super::inbox::Message;
use super::journal::Journal;
use super::library::Library;
use super::markup::App;
use super::posters::StillFiles;
use super::{chercher, show};

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
    pub(super) shown: Option<Place>,
    pub(super) pictured: bool,
    pub(super) data: PathBuf,
    pub(super) journal: Journal,
    clock: Clock,
    player: GstPlayer,
    frames: Frames,
    recorder: Recorder,
    attract: Attract,
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
            pictured: false,
            data: parts.data,
            journal: parts.journal,
            clock: parts.clock,
            player: parts.player,
            recorder: parts.recorder,
            attract: Attract::default(),
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
        for effect in self.visit.update(now, action) {
            self.carry_out(effect);
        }
        let attracting = *self.visit.place() == Place::Veille;
        if !attracting && self.is_preview() {
            self.playback(playback::Action::Stop(End::Back));
        }
        show::all(self);
    }

    /// A visitor or the player does something to the video that is open.
    pub fn playback(&mut self, action: playback::Action) {
        match self.playback.update(self.now(), action) {
            Ok(effects) => {
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
                Message::Catalogue(read) => {
                    let (generation, catalogue) = *read;
                    self.library.replace(generation, catalogue);
                    self.stills.replace(self.library.stills());
                    if let Some(item) = self.library.catalogue().video(&self.film.key) {
                        self.film = Film::of(item);
                    }
                    self.renew();
                }
                Message::Still => show::stills(self),
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
        }
        if self.playback.state().run().is_some() {
            self.playback(playback::Action::Tick);
        }
        self.visit(visit::Action::Tick(self.activity()));
        if *self.visit.place() == Place::Veille && self.playback.state().run().is_none() {
            self.next_clip();
        }
        self.report();
    }

    fn activity(&self) -> Activity {
        match self.playback.state() {
            State::Loading(_) | State::Playing(_) => Activity::Playing,
            State::Paused(_) => Activity::Paused,
            State::Idle | State::Ended { .. } | State::Failed { .. } => Activity::Waiting,
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
            visit::Effect::Volume(percent) => {
                self.player.set_volume(f64::from(percent) / 100.0);
            }
            visit::Effect::Record(event) => self.record(event),
        }
    }

    fn open(&mut self, key: &str, start_ms: u64, entry: Option<Entry>) {
        let captions = self.visit.comfort().is_on(ComfortOption::Captions);
        let item = self.library.catalogue().video(key);
        self.film = item.map(Film::of).unwrap_or_default();
        self.pictured = false;
        let opening =
            item.and_then(|item| films::opening(&self.library, item, start_ms, entry, captions));
        self.set_picture_size(entry.is_none());
        match opening {
            Some(action) => self.playback(action),
            None => self.missing(key, entry),
        }
    }

    fn set_picture_size(&mut self, preview: bool) {
        if let Some((width, height)) = show::picture_size(self, preview) {
            self.player.set_target_size(width, height);
        }
    }

    /// The window has another size.
    pub fn resized(&mut self) {
        self.set_picture_size(self.is_preview());
        self.renew();
    }

    /// The file is not in the store: the visitor is offered others.
    fn missing(&mut self, key: &str, entry: Option<Entry>) {
        self.record(Event::Unavailable(Unavailable {
            video: key.to_owned(),
            reason: "missing".to_owned(),
        }));
        if entry.is_some() {
            self.visit(visit::Action::Failed);
        } else {
            self.attract.failed(self.now());
        }
    }

    fn next_clip(&mut self) {
        let now = self.now();
        let clips = self.library.catalogue().attract();
        let turn = self.attract.next(now, clips.len());
        if let Some(key) = turn
            .and_then(|turn| clips.get(turn))
            .map(|item| item.key.clone())
        {
            self.open(&key, 0, None);
        }
    }

    /// What the state of playback means for the visit.
    fn follow(&mut self) {
        let over = match self.playback.state() {
            State::Ended { .. } => Some(visit::Action::Ended),
            State::Failed { media, fault } => {
                tracing::warn!(video = media.key, ?fault, "video cannot be shown");
                self.journal.failed(&media.key, &format!("{fault:?}"));
                Some(visit::Action::Failed)
            }
            _ => None,
        };
        let Some(over) = over else {
            show::playing(self);
            return;
        };
        if matches!(self.visit.place(), Place::Lecteur { .. }) {
            self.visit(over);
        } else {
            if over == visit::Action::Failed {
                self.attract.failed(self.now());
            }
            self.playback(playback::Action::Stop(End::Back));
        }
    }

    fn picture(&mut self) {
        let current = self.playback.state().run().map(playback::Run::session);
        let Some(frame) = self.frames.take() else {
            return;
        };
        if Some(frame.session()) != current {
            return;
        }
        self.pictured = true;
        self.journal.drawn();
        show::picture(self, image(&frame));
    }

    fn is_preview(&self) -> bool {
        self.playback
            .state()
            .run()
            .is_some_and(|run| run.entry().is_none())
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

    fn report(&mut self) {
        let film = &self.film;
        let caption = film.caption(self.playback.position_ms()).join("\n");
        let shown = self.playback.state().run().is_some() && self.captions_shown();
        self.journal.write(
            (self.clock)(),
            &self.data,
            show::screen_name(self),
            &self.playback,
            shown
                .then_some(caption)
                .filter(|caption| !caption.is_empty()),
        );
    }

    pub fn captions_shown(&self) -> bool {
        self.film.has_captions && self.visit.comfort().is_on(ComfortOption::Captions)
    }

    pub fn ui(&self) -> Option<App> {
        self.ui.upgrade()
    }
}

/// The day at the borne, in its own time zone.
pub fn today() -> jiff::civil::Date {
    clock::now().to_zoned(jiff::tz::TimeZone::system()).date()
}

/// One pass over the pixels where they lie without padding, two where they do not.
fn image(frame: &Frame) -> Image {
    let (width, height) = (frame.width(), frame.height());
    let pixels = frame.packed().map_or_else(
        || {
            let mut pixels = SharedPixelBuffer::<Rgb8Pixel>::new(width, height);
            frame.copy_to(pixels.make_mut_bytes());
            pixels
        },
        |packed| SharedPixelBuffer::clone_from_slice(packed, width, height),
    );
    Image::from_rgb8(pixels)
}
