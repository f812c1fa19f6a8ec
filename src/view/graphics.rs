//! The graphics processor: whether there is one, whether it can be relied on, and what it shares.

use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use slint::{ComponentHandle, GraphicsAPI, RenderingState, SetRenderingNotifierError, Timer};

use crate::gst::Graphics;
use crate::store::files;

use super::inbox::{Inbox, Message};
use super::markup::App;

/// Where the kernel says what may be rendered on.
pub const NODES: &str = "/sys/class/drm";

/// Drivers whose GL is the processor's in disguise: of virtual machines, and of tests. The kernel names
/// the bus of a virtio screen in place of its driver.
const NOT_A_GPU: [&str; 6] = [
    "vgem",
    "vkms",
    "virtio-pci",
    "virtio_gpu",
    "vmwgfx",
    "vboxvideo",
];

/// Where the note of a trial is, in the borne's data.
const NOTE: &str = "play/gl.json";

/// Starts that may end before it has held: one may be chance.
const STARTS: u32 = 2;

/// Whether something under `nodes` renders by itself.
pub fn has_processor(nodes: &Path) -> bool {
    let Ok(entries) = std::fs::read_dir(nodes) else {
        return false;
    };
    entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with("renderD"))
        .filter_map(|entry| std::fs::read_link(entry.path().join("device/driver")).ok())
        .filter_map(|driver| Some(driver.file_name()?.to_string_lossy().into_owned()))
        .any(|driver| !NOT_A_GPU.contains(&driver.as_str()))
}

/// The graphics processor, as this start takes it.
#[derive(Debug)]
pub enum Processor {
    /// There is none, or only one of a virtual machine.
    None,
    /// It may draw and decode, and is on trial.
    Tried(Rc<Trial>),
    /// Too many starts with it have not held: it neither draws nor decodes by itself.
    GivenUp,
}

impl Processor {
    /// What is under `nodes`, [`NODES`] by itself, and what the notes in `data` say of it.
    pub fn find(nodes: &Path, data: &Path) -> Self {
        if !has_processor(nodes) {
            return Self::None;
        }
        Trial::begin(data).map_or(Self::GivenUp, |trial| Self::Tried(Rc::new(trial)))
    }

    pub fn trial(&self) -> Option<Rc<Trial>> {
        match self {
            Self::Tried(trial) => Some(Rc::clone(trial)),
            Self::None | Self::GivenUp => None,
        }
    }
}

/// A start with the graphics processor, on the disk until it has held: a driver with which the screen dies
/// before that is not tried for ever, by no start of the machine either.
#[derive(Debug)]
pub struct Trial(PathBuf);

/// Starts of a version in which it has not held.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Started {
    version: String,
    starts: u32,
}

impl Trial {
    /// Begins one; none when too many have ended before. Another version tries again.
    pub fn begin(data: &Path) -> Option<Self> {
        let file = data.join(NOTE);
        let version = env!("CARGO_PKG_VERSION");
        let before: Started = files::read_json(&file)
            .ok()
            .filter(|started: &Started| started.version == version)
            .unwrap_or_default();
        if before.starts >= STARTS {
            return None;
        }
        let now = Started {
            version: version.to_owned(),
            starts: before.starts + 1,
        };
        // A driver may take the machine with it: the note is on the disk before it is loaded.
        if let Err(error) = files::write_json_durable(&file, &now) {
            tracing::warn!(%error, "the graphics processor is tried without a note of it");
        }
        Some(Self(file))
    }

    /// It has held, or the screen has ended in order: nobody dies of a driver that way, and two restarts in a
    /// row by whoever sets the machine up would give it up.
    pub fn passed(&self) {
        if let Err(error) = files::remove_durable(&self.0) {
            tracing::warn!(%error, "the note of a trial of the graphics processor stays");
        }
    }

    /// Ends it after [`HELD_FOR`], should nothing end it before; wants an event loop.
    pub fn pass_in_time(self: Rc<Self>) {
        Timer::single_shot(HELD_FOR, move || self.passed());
    }
}

/// Pictures of the window, drawn by GL, after which it has held: some ten seconds of the attract loop, so that
/// videos have gone through it too.
const HELD: u32 = 250;

/// Time after which it has held all the same: a screen that asks for its settings stands still, and nothing
/// counts the pictures that are drawn in software while it decodes. Short, for a power cut before counts as a
/// start that has ended.
const HELD_FOR: Duration = Duration::from_secs(60);

/// Shares the window's context once there is one, and ends the trial when GL has held.
pub fn share(
    ui: &App,
    inbox: Inbox,
    trial: Option<Rc<Trial>>,
) -> Result<(), SetRenderingNotifierError> {
    let drawn = Cell::new(0_u32);
    ui.window()
        .set_rendering_notifier(move |state, api| match (state, api) {
            (RenderingState::RenderingSetup, GraphicsAPI::NativeOpenGL { get_proc_address }) => {
                match Graphics::current(*get_proc_address) {
                    Ok(graphics) => inbox.put(Message::Graphics(graphics)),
                    Err(error) => {
                        tracing::warn!(%error, "pictures are copied to the graphics processor");
                    }
                }
            }
            (RenderingState::AfterRendering, _) => {
                drawn.set(drawn.get().saturating_add(1));
                if drawn.get() == HELD
                    && let Some(trial) = &trial
                {
                    trial.passed();
                }
            }
            _ => {}
        })
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    fn nodes(drivers: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (number, driver) in drivers.iter().enumerate() {
            let device = folder
                .path()
                .join(format!("renderD{}/device", 128 + number));
            std::fs::create_dir_all(&device).unwrap();
            symlink(
                format!("../../../bus/pci/drivers/{driver}"),
                device.join("driver"),
            )
            .unwrap();
        }
        folder
    }

    #[test]
    fn a_graphics_processor_is_told_from_a_virtual_one_by_its_driver() {
        let real = nodes(&["vgem", "i915"]);
        let virtual_only = nodes(&["virtio_gpu", "virtio-pci"]);
        assert!(has_processor(real.path()));
        assert!(!has_processor(virtual_only.path()));
        assert!(!has_processor(nodes(&[]).path()));
        assert!(!has_processor(Path::new("/nowhere")));
    }

    #[test]
    fn a_screen_without_a_node_to_render_on_is_no_graphics_processor() {
        let folder = nodes(&[]);
        let device = folder.path().join("card0/device");
        std::fs::create_dir_all(&device).unwrap();
        symlink("../../../bus/pci/drivers/ast", device.join("driver")).unwrap();
        assert!(!has_processor(folder.path()));
    }

    #[test]
    fn a_processor_is_given_up_after_two_starts_that_have_not_held() {
        let data = tempfile::tempdir().unwrap();
        let nodes = nodes(&["i915"]);
        let find = || Processor::find(nodes.path(), data.path());
        assert!(matches!(find(), Processor::Tried(_)));
        assert!(matches!(find(), Processor::Tried(_)));
        assert!(matches!(find(), Processor::GivenUp));
    }

    #[test]
    fn nothing_is_tried_where_there_is_no_processor() {
        let data = tempfile::tempdir().unwrap();
        let nodes = nodes(&["virtio_gpu"]);
        assert!(matches!(
            Processor::find(nodes.path(), data.path()),
            Processor::None
        ));
        assert!(!data.path().join(NOTE).exists());
    }

    #[test]
    fn a_start_that_holds_wipes_out_what_went_before() {
        let data = tempfile::tempdir().unwrap();
        drop(Trial::begin(data.path()));
        Trial::begin(data.path()).unwrap().passed();
        assert!(Trial::begin(data.path()).is_some());
        assert!(Trial::begin(data.path()).is_some());
    }

    #[test]
    fn another_version_tries_it_again() {
        let data = tempfile::tempdir().unwrap();
        let old = Started {
            version: "0.0.1".to_owned(),
            starts: STARTS,
        };
        files::write_json_durable(&data.path().join(NOTE), &old).unwrap();
        assert!(Trial::begin(data.path()).is_some());
    }
}
