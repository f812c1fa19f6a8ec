//! A borne with a screen, before a repository whose media nobody has looked at: any bytes are
//! published as a video of half a minute.

use std::fs;
use std::path::Path;
use std::time::Duration;

use anyhow::Result;
use resilience::reply::{Reply, Request};
use resilience::repository::Videos;
use resilience::scene::Scene;

use crate::borne::{Borne, Status, await_status, program};
use crate::display::{Display, Point};
use crate::film::Film;
use crate::picture::{self, Ink};
use crate::process::Running;
use crate::{targets, wait, words};

/// Enough for several openings that are given up one after the other, on a busy machine.
const PATIENCE: Duration = Duration::from_secs(100);

/// Pictures of a video that moves.
const MOVING: u64 = 10;

/// Seconds of a film as the repository announces every video.
pub const SECONDS: u32 = 30;

/// The screen, pixels.
const SIZE: (u16, u16) = (1280, 720);

/// A borne with a screen.
pub struct Stand {
    /// The repository, its server and the data of the borne.
    pub scene: Scene,
    /// The borne as a program with a screen.
    pub borne: Borne,
    /// The screen.
    pub display: Display,
}

impl Stand {
    /// A borne that has synced these videos.
    ///
    /// # Errors
    /// A program is missing.
    pub fn synced(videos: Videos<'_>) -> Result<Self> {
        let stand = Self::with(videos, |_, _| None)?;
        stand.scene.sync().must(0);
        Ok(stand)
    }

    /// A borne that has not synced yet, before a server that may answer something else.
    ///
    /// # Errors
    /// A program is missing.
    pub fn with(
        videos: Videos<'_>,
        fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Result<Self> {
        Self::of(Scene::with(videos, fault))
    }

    /// A screen for a borne that is there already.
    ///
    /// # Errors
    /// A program is missing.
    pub fn of(scene: Scene) -> Result<Self> {
        scene
            .borne
            .set("screen", "[screen]\nrenderer = \"software\"\n");
        scene.borne.set("idle", "[idle]\nask_after_s = 600\n");
        Ok(Self {
            borne: Borne {
                program: program("borne")?,
                config: scene.borne.settings().to_owned(),
                data: scene.borne.data.clone(),
            },
            display: Display::start(SIZE.0, SIZE.1, scene.folder())?,
            scene,
        })
    }

    /// Starts the screen, and waits for a clip in Veille: the catalogue has been read then.
    ///
    /// # Errors
    /// It ends by itself, or says nothing.
    pub fn play(&self) -> Result<Running> {
        let playing = self.borne.play(&self.display, self.scene.folder())?;
        self.must("veille", |status| {
            status.screen == "veille" && status.video.is_some()
        })?;
        Ok(playing)
    }

    /// Starts a command of the borne that shows something, with a library loaded before all others
    /// when one is named. Waits for nothing.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&self, command: &str, library: Option<&Path>) -> Result<Running> {
        let mut command = self.borne.command(command);
        command.env("DISPLAY", self.display.name());
        command.envs(library.map(|library| ("LD_PRELOAD", library)));
        Running::start("borne", command, self.scene.folder())
    }

    /// Waits until the status is as wished.
    ///
    /// # Errors
    /// It does not come in time.
    pub fn must(&self, what: &str, wished: impl Fn(&Status) -> bool) -> Result<Status> {
        await_status(&self.borne.data, what, PATIENCE, wished)
    }

    /// Waits until a video moves on the screen that plays it.
    ///
    /// # Errors
    /// It does not.
    pub fn must_play(&self, key: &str) -> Result<Status> {
        let before = self.must("un état", |_| true)?.frames_shown;
        self.must(key, |status| {
            let shows = status.video.as_deref() == Some(key) && status.plays();
            shows && status.frames_shown > before + MOVING
        })
    }

    /// From Accueil: touches a place until it opens this video; the screen notices within a second
    /// what the store holds again.
    ///
    /// # Errors
    /// It never does.
    pub fn must_offer(&self, key: &str, at: Point) -> Result<()> {
        wait::until(key, PATIENCE, || {
            self.touch(at, "lecteur")?;
            let opened = self.must("une vidéo", |status| status.video.is_some())?;
            if opened.video.as_deref() == Some(key) {
                return Ok(Some(()));
            }
            self.touch(targets::LEAVE, "accueil")?;
            Ok(None)
        })
    }

    /// Touches a place, which leads to a screen.
    ///
    /// # Errors
    /// It leads elsewhere.
    pub fn touch(&self, at: Point, screen: &str) -> Result<()> {
        self.display.touch(at)?;
        self.must(screen, |status| status.screen == screen)
            .map(drop)
    }

    /// Waits until the screen says that the video cannot be played.
    ///
    /// # Errors
    /// It does not say so.
    pub fn must_say_unavailable(&self) -> Result<()> {
        self.must("maintenant", |status| status.screen == "maintenant")?;
        wait::until("« Cette vidéo ne peut pas être lue »", PATIENCE, || {
            let read = picture::text(&self.display.shot()?, targets::HEADING, Ink::Dark)?;
            Ok((words::found("Cette vidéo ne peut pas être lue", &read) > 0.7).then_some(()))
        })
    }
}

/// A good film of the length that the repository announces.
///
/// # Errors
/// ffmpeg is missing or fails.
pub fn good_film(folder: &Path, name: &str) -> Result<Vec<u8>> {
    let film = Film {
        seconds: SECONDS,
        ..Film::usual(name)
    };
    Ok(fs::read(film.make(folder)?)?)
}

/// Most memory that a process has held at once so far, bytes.
///
/// # Errors
/// There is no such process.
pub fn peak_memory(process: u32) -> Result<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/status"))?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let words = line.unwrap_or_default().split_whitespace().next();
    Ok(words.unwrap_or_default().parse::<u64>()? * 1_024)
}
