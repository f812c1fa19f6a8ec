//! Starts the screen, runs its loop, ends it.

use std::sync::Arc;
use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::Ops;
use signal_hook::consts::{SIGINT, SIGTERM};
use slint::{ComponentHandle, Timer, TimerMode};

use crate::clock::{Clock as _, Monotonic, System};
use crate::gst::{GstError, GstPlayer, OF_PROCESSORS, Sound};
use crate::host::{self, Client};
use crate::playback::Player;
use crate::settings::{Idle, Settings};
use crate::speech::{Options, Speech};
use crate::stats::Recorder;
use crate::status::suspects::{Process, Suspects};
use crate::visit::{IdlePolicy, SoundPolicy, Visit};

use super::beat::{BEAT, Beat};
use super::graphics::{self, Processor};
use super::handle::Handle;
use super::inbox::{Inbox, Message};
use super::journal::Journal;
use super::library::Library;
use super::machine::{Desk, Machine};
use super::markup::App;
use super::posters::Posters;
use super::sound::sound_policy;
use super::staff::Staff;
use super::stage::{Clock, Parts, Stage};
use super::voice::Voice;
use super::{bindings, turn, window};

/// The screen cannot start or go on.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// No window, or no way to draw in it.
    #[error("no screen: {0}")]
    Screen(#[from] slint::PlatformError),
    /// No way to play videos.
    #[error(transparent)]
    Player(#[from] GstError),
    /// A thread, a signal handler or the event database.
    #[error("cannot start: {0}")]
    Start(#[from] std::io::Error),
}

/// Runs the screen until somebody ends it with a signal or closes the window.
///
/// # Errors
/// There is no screen, no GStreamer, or the system gives no thread.
pub fn play(settings: &Settings) -> Result<(), PlayError> {
    let drawing = window::select(&settings.screen, &settings.storage.data)?;
    let ui = App::new()?;
    let inbox = Inbox::new(ui.as_weak());
    quit_on_signal(inbox.clone())?;
    let time = Monotonic::start();
    let around = Around {
        renderer: drawing.renderer,
        decodes: !matches!(drawing.processor, Processor::GivenUp),
        clock: Box::new(move || time.elapsed()),
        sound: sound(settings),
        speaks: true,
        machine: Arc::new(Client::new(host::SOCKET)),
    };
    let session = Session::open(ui, inbox.clone(), settings, around)?;
    let trial = drawing.processor.trial();
    if let Some(trial) = trial.clone() {
        trial.pass_in_time();
    }
    if drawing.is_gl()
        && let Err(error) = graphics::share(&session.ui, inbox, trial.clone())
    {
        tracing::warn!(%error, "videos are copied to the graphics processor");
    }
    session.show()?;
    if settings.screen.fullscreen {
        window::fill_when_open(&session.ui);
    }
    slint::run_event_loop()?;
    if let Some(trial) = trial {
        trial.passed();
    }
    session.close()
}

/// What a screen stands in.
pub struct Around {
    /// How the picture is drawn, for status.
    pub renderer: &'static str,
    /// A graphics processor, if there is one, may decode.
    pub decodes: bool,
    /// Time since the screen began.
    pub clock: Clock,
    /// Where sound goes.
    pub sound: Sound,
    /// The system's voice may be used.
    pub speaks: bool,
    /// What is asked for the network, the picture and the end.
    pub machine: Arc<dyn Machine>,
}

/// The screen, its state and what ties them, in a window or in memory.
pub struct Session {
    pub ui: App,
    pub handle: Handle,
    pub inbox: Inbox,
    beat: Timer,
}

impl Session {
    /// Ties everything to a window that is not shown yet.
    pub fn open(
        ui: App,
        inbox: Inbox,
        settings: &Settings,
        around: Around,
    ) -> Result<Self, PlayError> {
        let stage = stage(&ui, &inbox, settings, around)?;
        bindings::posters(&ui, stage.stills(), Posters::start(inbox.clone())?);
        let handle = Handle::new(stage);
        bindings::all(&ui, &handle, settings, inbox.clone());
        Ok(Self {
            ui,
            handle,
            inbox,
            beat: Timer::default(),
        })
    }

    /// Shows the window; the beat begins.
    pub fn show(&self) -> Result<(), PlayError> {
        let to = self.handle.clone();
        let mut beat = Beat::over(&self.ui);
        self.beat
            .start(TimerMode::Repeated, BEAT, move || beat.fall(&to));
        Ok(self.ui.show()?)
    }

    /// Ends what is open, so that it counts, and hides the window.
    pub fn close(&self) -> Result<(), PlayError> {
        self.beat.stop();
        self.handle.with(Stage::close);
        Ok(self.ui.hide()?)
    }
}

fn stage(ui: &App, inbox: &Inbox, settings: &Settings, around: Around) -> Result<Stage, PlayError> {
    let data = settings.storage.data.clone();
    let (events, pictures) = (inbox.clone(), inbox.clone());
    let mut refused = settings.playback.refused_decoders.clone();
    if !around.decodes {
        refused.extend(OF_PROCESSORS.map(str::to_owned));
    }
    let mut player = GstPlayer::new(
        around.sound.clone(),
        &refused,
        move |session, event| events.put(Message::Player { session, event }),
        move || pictures.put(Message::Picture),
    )?;
    player.set_volume(f64::from(settings.sound.default_percent) / 100.0);
    let policy = sound_policy(&settings.sound, false);
    let language = settings.languages.first().map_or("fr", String::as_str);
    let clock = Arc::new(System::new(settings.clock.synced));
    let recorder = Recorder::start(&data, Arc::<System>::clone(&clock))?;
    recorder.record(started());
    let process = Process {
        pid: std::process::id(),
        boot: clock.read().boot,
    };
    let suspects = Suspects::start(&data, process);
    if let Some(file) = suspects.blamed() {
        recorder.record(crashed(file));
    }
    let quarantined = suspects.quarantined();
    Ok(Stage::new(Parts {
        ui: ui.as_weak(),
        visit: visit(settings, policy, language),
        library: Library::open(data.clone(), quarantined, inbox.clone()),
        player,
        recorder,
        journal: Journal::new(around.renderer),
        data,
        sound: settings.sound.clone(),
        staff: Staff::new(settings.clone(), clock, around.sound, inbox.clone()),
        machine: Desk::new(around.machine, inbox.clone()),
        voice: if around.speaks {
            voice(settings, inbox)
        } else {
            Voice::default()
        },
        suspects,
        clock: around.clock,
    }))
}

/// Nobody is there; but a borne that does not know who it is asks first, and so does a turned picture.
fn visit(settings: &Settings, policy: SoundPolicy, language: &str) -> Visit {
    let mut visit = Visit::new(patience(&settings.idle), policy, language);
    if !settings.is_settled() {
        visit.install();
    } else if let Some(before) = turn::before(&settings.storage.data) {
        visit.ask_to_keep(before);
    }
    visit
}

/// Whoever reads aloud; a machine without a voice shows so in "Confort".
fn voice(settings: &Settings, inbox: &Inbox) -> Voice {
    let options = Options {
        socket: None,
        languages: settings.languages.clone(),
    };
    let told = inbox.clone();
    match Speech::start(options, move |availability| {
        told.put(Message::Voice(availability));
    }) {
        Ok(speech) => Voice::new(Some(speech)),
        Err(error) => {
            tracing::warn!(%error, "nothing is read aloud");
            Voice::default()
        }
    }
}

/// The screen has started, with this version.
fn started() -> Event {
    Event::Ops(Ops {
        what: "start".to_owned(),
        value: None,
        detail: Some(env!("CARGO_PKG_VERSION").to_owned()),
    })
}

/// The screen before this one died with this file open.
fn crashed(file: &str) -> Event {
    Event::Ops(Ops {
        what: "crash".to_owned(),
        value: None,
        detail: Some(file.to_owned()),
    })
}

fn quit_on_signal(inbox: Inbox) -> std::io::Result<()> {
    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::Builder::new()
        .name("signals".to_owned())
        .spawn(move || {
            for _ in signals.forever() {
                inbox.put(Message::Quit);
            }
        })?;
    Ok(())
}

fn patience(idle: &Idle) -> IdlePolicy {
    IdlePolicy {
        ask_after: Duration::from_secs(idle.ask_after_s),
        ask_after_pause: Duration::from_secs(idle.pause_after_s),
        ask_after_more_time: Duration::from_secs(idle.more_time_after_s),
        countdown: Duration::from_secs(idle.countdown_s),
        ..IdlePolicy::default()
    }
}

/// Where sound goes: the system's device unless the environment names another.
fn sound(_settings: &Settings) -> Sound {
    std::env::var("BORNE_SOUND")
        .ok()
        .and_then(|name| name.parse().ok())
        .unwrap_or_default()
}
