//! Those that are compared, each on a screen of its own.

use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Result, bail};
use borne::clock::Monotonic;
use end_to_end::borne::Borne;
use end_to_end::display::{Display, Point};
use end_to_end::process::Running;
use end_to_end::targets;

use crate::stock::{SCREEN, Stock};

/// Longest wait for anything that is measured.
const PATIENCE: Duration = Duration::from_secs(60);

/// The middle of the screen, where films carry their mark.
pub const MIDDLE: Point = Point { x: 0.5, y: 0.5 };

/// A program on a screen.
pub struct Kiosk {
    pub display: Display,
    pub running: Running,
}

impl Kiosk {
    pub fn start(name: &str, mut command: Command, stock: &Stock) -> Result<Self> {
        let display = Display::start(SCREEN.0, SCREEN.1, stock.folder())?;
        command.env("DISPLAY", display.name());
        let running = Running::start(name, command, stock.folder())?;
        Ok(Self { display, running })
    }

    /// How long until a place has a colour, s; looked at without a pause, as a camera would.
    pub fn until(&self, at: Point, is: impl Fn([u8; 3]) -> bool) -> Result<f64> {
        let start = Monotonic::start();
        while start.elapsed() < PATIENCE {
            if is(self.display.pixel(at)?) {
                return Ok(start.elapsed().as_secs_f64());
            }
            pause(Duration::from_millis(1));
        }
        bail!("rien sur l'écran après {PATIENCE:?}")
    }

    pub fn pid(&self) -> u32 {
        self.running.pid()
    }

    /// Waits until anything is drawn.
    pub fn until_drawn(&self) -> Result<()> {
        self.until(MIDDLE, |colour| colour != [0; 3]).map(drop)
    }

    /// A visitor of the borne comes and goes to the list of the univers that has all films.
    pub fn to_the_list(&self, borne: &Borne) -> Result<()> {
        on(borne, "veille")?;
        for (at, screen) in [
            (targets::MIDDLE, "accueil"),
            (targets::DOOR_TRADES, "univers"),
            (targets::univers(10), "liste"),
        ] {
            self.display.touch(at)?;
            on(borne, screen)?;
        }
        Ok(())
    }
}

/// Waits for a screen of the borne.
pub fn on(borne: &Borne, screen: &'static str) -> Result<()> {
    borne
        .await_status(screen, |status| status.screen == screen)
        .map(drop)
}

/// Time passes: for a hand, or for what is measured over a length of time.
#[expect(
    clippy::disallowed_methods,
    reason = "a length of time is what is measured"
)]
pub fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// The borne of the stock.
pub fn borne(stock: &Stock) -> Command {
    played(&stock.place.borne)
}

/// A borne, with as many heaps as its unit gives it.
pub fn played(borne: &Borne) -> Command {
    let mut command = borne.command("play");
    command.arg("--fullscreen");
    command
        .env("BORNE_SOUND", "none")
        .env("MALLOC_ARENA_MAX", "2");
    command
}

/// The page in a browser, as kiosks run one.
pub fn chromium(stock: &Stock) -> Result<Command> {
    let profile = tempfile::tempdir_in(stock.folder())?.keep();
    let mut command = Command::new("chromium");
    command
        .args([
            "--kiosk",
            "--no-sandbox",
            "--no-first-run",
            "--disable-gpu",
            "--mute-audio",
        ])
        .args([
            "--autoplay-policy=no-user-gesture-required",
            "--disable-background-networking",
        ])
        .args([
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ])
        .arg(format!("--window-size={},{}", SCREEN.0, SCREEN.1))
        .arg("--window-position=0,0")
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("file://{}", stock.page.display()));
    Ok(command)
}

/// A film in mpv, by the way that is lightest without a GPU.
pub fn mpv(stock: &Stock) -> Command {
    let mut command = Command::new("mpv");
    command
        .args([
            "--no-config",
            "--fs",
            "--no-osc",
            "--really-quiet",
            "--ao=null",
            "--loop",
        ])
        .args(["--profile=sw-fast", "--vo=x11"])
        .arg(&stock.film)
        .stdin(Stdio::null());
    command
}
