//! A borne that has the next system, and an installer that does as it is told.

use std::cell::RefCell;
use std::path::{Path, PathBuf};

use crate::clock::{Clock, Reading};
use crate::fixtures::{Standing, reading};
use crate::status::firmware::{self, Note};
use crate::status::{PlayerStatus, player};
use crate::store::firmware::{Shelf, Tried};
use crate::sync::tests::scene::{NOW, ONE, Scene};
use crate::update::{How, Installer, Outcome, Update, UpdateError};

/// Says what it is told, and remembers what it was asked.
#[derive(Default)]
pub struct Fake {
    pub refuses: bool,
    /// Somebody comes while it installs.
    pub comes: Option<PathBuf>,
    pub asked: RefCell<Vec<String>>,
}

impl Installer for Fake {
    fn install(&self, bundle: &Path) -> Result<(), String> {
        let name = bundle.file_name().unwrap().to_str().unwrap();
        self.asked.borrow_mut().push(format!("install {name}"));
        if let Some(data) = &self.comes {
            shows(data, "accueil", 1);
        }
        match self.refuses {
            true => Err("rauc: signature".to_owned()),
            false => Ok(()),
        }
    }

    fn restart(&self) -> Result<(), String> {
        self.asked.borrow_mut().push("restart".to_owned());
        Ok(())
    }
}

/// The screen of this very process, so that it runs.
pub fn shows(data: &Path, screen: &str, for_s: u64) {
    let mut status = PlayerStatus::new(std::process::id(), NOW.parse().unwrap(), String::new());
    status.screen = screen.to_owned();
    status.screen_for_s = for_s;
    player::write(data, &status).unwrap();
}

/// A borne that runs 1.0.0, has 1.2.0, and has nobody before it.
pub async fn ready() -> Scene {
    let mut scene = Scene::new(&[ONE]);
    scene.runs("1.0.0");
    scene.repository.offer_system("1.2.0");
    scene.look().await.unwrap();
    shows(scene.data(), "veille", 3_600);
    scene
}

/// Another boot, at the same time.
pub struct Later;

impl Clock for Later {
    fn read(&self) -> Reading {
        Reading {
            boot: "two".to_owned(),
            ..reading(NOW, true)
        }
    }
}

pub fn look_with(scene: &Scene, fake: &Fake, how: How) -> Result<Outcome, UpdateError> {
    look_at(scene, fake, how, &Standing::synced(NOW))
}

pub fn look_at(
    scene: &Scene,
    fake: &Fake,
    how: How,
    clock: &dyn Clock,
) -> Result<Outcome, UpdateError> {
    let update = Update {
        settings: &scene.settings,
        clock,
        installer: fake,
        how,
    };
    update.run()
}

pub fn look(scene: &Scene, fake: &Fake) -> Result<Outcome, UpdateError> {
    look_with(scene, fake, How::default())
}

pub fn tried(scene: &Scene) -> Tried {
    Shelf::new(scene.data()).tried().unwrap()
}

pub fn note(scene: &Scene) -> Note {
    firmware::read(scene.data()).unwrap()
}

pub fn run(test: impl AsyncFnOnce() -> Scene) -> Scene {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(test())
}
