//! Where things lie that are set from the screen.

use std::io;
use std::path::{Path, PathBuf};

use crate::store::files;

/// Where things lie. All but the settings folder and the stick is on the data disk and lasts.
#[derive(Clone, Debug)]
pub struct Places {
    /// Folder of all settings; two of its files are links into `own`.
    pub settings: PathBuf,
    /// Folder of the settings of this machine.
    pub own: PathBuf,
    /// Folder of networks for systemd-networkd.
    pub networks: PathBuf,
    /// Folder of wireless networks for iwd.
    pub wireless: PathBuf,
    /// Folder in which a stick appears.
    pub stick: PathBuf,
    /// File that says, when it is not empty, that the next start begins as new.
    pub reset: PathBuf,
}

/// Those of a PC whose system is ours.
impl Default for Places {
    fn default() -> Self {
        Self {
            settings: "/etc/borne".into(),
            own: "/data/etc/borne".into(),
            networks: "/data/etc/systemd/network".into(),
            wireless: "/data/etc/iwd".into(),
            stick: "/run/borne/usb".into(),
            reset: "/data/.reset".into(),
        }
    }
}

/// Name of the file with what is set on the screen: it is read after `site.toml` and wins.
pub const TACTILE: &str = "tactile.toml";

/// Name of the file with the settings that a stick or the boot partition brought.
pub const SITE: &str = "site.toml";

/// Name of the file that keeps the way to the network, without its passphrase.
const NETWORK: &str = "network.json";

/// Name of the file for systemd-networkd: before the one that the image brings for any cable.
const NETWORKD: &str = "70-borne.network";

impl Places {
    /// The same places in another folder: for trying them.
    #[must_use]
    pub fn under(root: &Path) -> Self {
        let usual = Self::default();
        let moved = |path: PathBuf| root.join(path.strip_prefix("/").unwrap_or(&path));
        Self {
            settings: moved(usual.settings),
            own: moved(usual.own),
            networks: moved(usual.networks),
            wireless: moved(usual.wireless),
            stick: moved(usual.stick),
            reset: moved(usual.reset),
        }
    }

    /// What is set on the screen.
    #[must_use]
    pub fn tactile(&self) -> PathBuf {
        self.own.join(TACTILE)
    }

    /// What a stick brought.
    #[must_use]
    pub fn site(&self) -> PathBuf {
        self.own.join(SITE)
    }

    /// The way to the network, as it was asked for.
    #[must_use]
    pub fn network(&self) -> PathBuf {
        self.own.join(NETWORK)
    }

    /// The way to the network, as systemd-networkd reads it.
    #[must_use]
    pub fn networkd(&self) -> PathBuf {
        self.networks.join(NETWORKD)
    }
}

/// Who may read a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// The owner alone: secrets.
    Owner = 0o600,
    /// The owner and the group of the borne.
    Group = 0o640,
    /// Services of the system, which have accounts of their own.
    All = 0o644,
}

/// Writes a file that is whole or as before, also after a power cut.
///
/// # Errors
/// As the file system.
pub fn write(path: &Path, bytes: &[u8], readers: Readers) -> io::Result<()> {
    files::replace_durable_for(path, bytes, readers as u32)
}

/// What was read of something that may be absent.
///
/// # Errors
/// As the file system, other than that it is not there.
pub fn absent_or<T>(read: io::Result<T>) -> io::Result<Option<T>> {
    match read {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}
