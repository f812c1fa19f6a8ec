//! Drop-ins to validated settings, units in names.
//!
//! `borne.toml` of `deploy/rootfs/etc/borne/` is the commented default file; other `.toml` files of
//! the same folder are read after it, by name, and win. An unknown key is an error, not a warning: a
//! misspelt setting must not be discovered in the field.

mod error;
mod fragment;
mod hours;
mod load;
mod reader;
mod sections;
mod source;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use jiff::civil::Time;
use url::Url;

pub use error::{Place, SettingsError};
pub use hours::Hours;
pub use load::{load, load_or_unsettled, load_or_unsettled_with, load_with, parse};

/// Where settings are looked for when the command line names none.
pub const DEFAULT_PATH: &str = "/etc/borne";

/// All settings of a borne.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Which borne this is.
    pub borne: Borne,
    /// Where it keeps its data.
    pub storage: Storage,
    /// Where catalogues and videos come from.
    pub sync: Sync,
    /// Where statistics go; absent: they stay on the borne.
    pub central: Option<Central>,
    /// The system that this borne replaces by itself; absent: somebody else looks after it.
    pub firmware: Option<Firmware>,
    /// How far the system's clock is believed.
    pub clock: Clock,
    /// The screen.
    pub screen: Screen,
    /// What plays the videos.
    pub playback: Playback,
    /// The loudspeakers.
    pub sound: Sound,
    /// What happens when nobody touches the screen.
    pub idle: Idle,
    /// The codes of the areas for animators and staff.
    pub access: Access,
    /// Languages of the interface, BCP 47, in the order shown; the first is the default.
    pub languages: Vec<String>,
}

impl Settings {
    /// Whether the borne knows who it is; otherwise it waits for somebody to settle it.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        !self.borne.id.is_empty()
    }

    /// Where the catalogue comes from; absent only while the borne is not settled.
    #[must_use]
    pub fn repository(&self) -> Option<&Url> {
        (self.sync.url.as_str() != sections::NOWHERE).then_some(&self.sync.url)
    }
}

/// Which borne this is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Borne {
    /// Identifier, `[a-z0-9-]{1,64}`, as central knows it; empty: nobody has settled the borne yet.
    pub id: String,
    /// Name of the place, shown at the top right; may be empty.
    pub site: String,
    /// Whom to call, shown when the borne is out of order.
    pub phone: Option<String>,
}

/// Where a borne keeps its data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Storage {
    /// The data folder.
    pub data: PathBuf,
    /// Space left free on the disk, MB; absent: 5 % of the disk, at least 1 GB.
    pub reserve_mb: Option<u64>,
}

/// Where catalogues and videos come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sync {
    /// Root of the published repository, with a final `/`.
    pub url: Url,
    /// The root of trust delivered with the borne, a `root.json`.
    pub root: PathBuf,
    /// Time between two looks, s; each is shortened at random by up to a quarter.
    pub interval_s: u64,
    /// Other roots that hold the same tree, asked in order when `url` does not serve.
    pub mirrors: Vec<Url>,
    /// Media are asked of the mirrors before `url`: they are nearer. Metadata never are.
    pub mirrors_first: bool,
    /// Hours in which media are fetched, in the machine's zone; absent: at any hour.
    pub window: Option<Hours>,
    /// Folder in which a repository may appear, for example on a stick: it is imported then.
    pub import: Option<PathBuf>,
    /// HTTP proxy.
    pub proxy: Option<Url>,
    /// Most of the link that downloads may take, kB/s; 0: no limit.
    pub bandwidth_kb_s: u64,
}

/// Where statistics go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Central {
    /// Root of the central endpoint, with a final `/`.
    pub url: Url,
    /// File that holds the borne's token.
    pub token_file: PathBuf,
    /// Time between two deliveries, s.
    pub interval_s: u64,
}

/// A system with two slots, one of which a newer version is written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware {
    /// What the borne is, `[a-z0-9-]{1,64}`: `compatible` of RAUC.
    pub product: String,
    /// File that says the version that runs.
    pub version_file: PathBuf,
    /// Hours in which it is installed, in the machine's zone; absent: those of `sync.window`.
    pub hours: Option<Hours>,
}

/// How far the system's clock is believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clock {
    /// Whether the system's clock is synchronised.
    pub synced: Synced,
}

/// Whether the system's clock is synchronised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Synced {
    /// The kernel knows.
    #[default]
    Auto,
    /// It is kept right by other means, for example by the host of a container.
    Yes,
    /// It is not to be believed.
    No,
}

/// The screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Width of the picture, mm.
    pub width_mm: u32,
    /// Height of the picture, mm.
    pub height_mm: u32,
    /// Height of the picture's lower edge above the floor, mm.
    pub lower_edge_mm: u32,
    /// Distance of the eyes, mm.
    pub reading_distance_mm: u32,
    /// It hangs over a plinth or a shelf, which keeps a wheelchair away.
    pub plinth: bool,
    /// Fills the screen.
    pub fullscreen: bool,
    /// How the picture is drawn.
    pub renderer: Renderer,
    /// How the screen hangs.
    pub orientation: Orientation,
    /// How the picture is turned on the screen, degrees clockwise: 0, 90, 180 or 270.
    pub turned: u16,
    /// Hours in which it is dark while nobody touches it, local time.
    pub off: Vec<Hours>,
}

impl Screen {
    /// Whether it is to be dark at a time of the day. A clock that is not synchronised might keep it
    /// dark for ever: it does not count.
    #[must_use]
    pub fn is_off(&self, synced: bool, time: Time) -> bool {
        synced && self.off.iter().any(|hours| hours.contains(time))
    }
}

/// 21.5 inches, wider than high, on a stand.
impl Default for Screen {
    fn default() -> Self {
        Self {
            width_mm: 476,
            height_mm: 268,
            lower_edge_mm: 800,
            reading_distance_mm: 600,
            plinth: false,
            fullscreen: true,
            renderer: Renderer::default(),
            orientation: Orientation::default(),
            turned: 0,
            off: Vec::new(),
        }
    }
}

/// How the picture is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// GL where there is a GPU, else software.
    #[default]
    Auto,
    /// By the processor.
    Software,
    /// By OpenGL.
    Gl,
}

/// What plays the videos.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Playback {
    /// GStreamer's names of decoders that are not to be used on this machine, such as `vah264dec`.
    pub refused_decoders: Vec<String>,
}

/// How the screen hangs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Orientation {
    /// As the window is: wider than high, or not.
    #[default]
    Auto,
    /// Wider than high.
    Landscape,
    /// Higher than wide.
    Portrait,
}

/// The loudspeakers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// Loudness at the start of a visit, percent.
    pub default_percent: u8,
    /// Loudness a visitor cannot exceed, percent.
    pub ceiling_percent: u8,
    /// Hours of silence, local time: a visit starts without sound.
    pub quiet: Vec<Hours>,
    /// Loudness a visitor cannot exceed in hours of silence, percent: that of a headset.
    pub quiet_ceiling_percent: u8,
}

impl Sound {
    /// Whether silence is asked for at a time of the day.
    #[must_use]
    pub fn is_quiet(&self, time: Time) -> bool {
        self.quiet.iter().any(|quiet| quiet.contains(time))
    }
}

/// What happens when nobody touches the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idle {
    /// Time until "Êtes-vous encore là ?", s.
    pub ask_after_s: u64,
    /// Time to answer it, s.
    pub countdown_s: u64,
    /// Time a paused video waits before it counts as idle, s.
    pub pause_after_s: u64,
    /// Time until the question with "Prenez votre temps", s.
    pub more_time_after_s: u64,
}

/// The codes of the areas for animators and staff, hashed with argon2; an area without a code is not
/// offered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Access {
    /// "Mode groupe".
    pub group_pin_hash: Option<String>,
    /// "Maintenance".
    pub maintenance_pin_hash: Option<String>,
}
