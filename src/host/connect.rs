//! The way to the network: asked for, tried, kept. What was good stays in use when it fails.

use std::path::{Path, PathBuf};
use std::{fs, io};

use super::machine::{Machine, OPEN, disk, noted, refusal};
use super::places::{self, Readers, absent_or};
use super::services::{Found, Host, ServiceError, Unit};
use super::{Kind, Network, Passphrase, Reach, Refusal, Via, iwd, networkd, reach};
use crate::store::files;

impl<H: Host> Machine<H> {
    pub(super) fn reach(&self) -> Result<Vec<Reach>, Refusal> {
        self.need_card(Kind::Wireless)?;
        let found = self.host.scan().map_err(refusal)?;
        Ok(reach::by_strength(found))
    }

    /// The wireless network first: only it can say no.
    pub(super) fn connect(&self, network: &Network) -> Result<(), Refusal> {
        network.check().map_err(Refusal::Network)?;
        let proxy = network.proxy.as_ref();
        let tactile = self.changed(|tactile| tactile.through(proxy), OPEN)?;
        match &network.via {
            Via::Cable => self.need_card(Kind::Cable)?,
            Via::Wireless { name, passphrase } => {
                self.need_card(Kind::Wireless)?;
                self.let_in(name, passphrase.as_ref())?;
            }
        }
        self.write_tactile(&tactile)?;
        self.keep(network).map_err(disk)?;
        if network.via == Via::Cable {
            self.forget_others(None).map_err(disk)?;
            self.host.leave().map_err(refusal)?;
        }
        self.host.reload_networks().map_err(refusal)?;
        self.begin_again(&[Unit::Sync]);
        Ok(())
    }

    fn need_card(&self, kind: Kind) -> Result<(), Refusal> {
        let cards = self.host.cards().map_err(refusal)?;
        let there = cards.iter().any(|card| card.kind == kind);
        there.then_some(()).ok_or(Refusal::NoCard)
    }

    /// Tries a wireless network. Its file is written before, so that the service that joins finds it; one
    /// that was there before comes back when the network says no.
    fn let_in(&self, name: &str, passphrase: Option<&Passphrase>) -> Result<(), Refusal> {
        let path = self.profile(name, passphrase);
        let before = absent_or(fs::read(&path)).map_err(disk)?;
        let known = passphrase.is_none() && path.extension().is_some_and(|it| it == "psk");
        if !known {
            let text = iwd::file(passphrase, false);
            places::write(&path, text.as_bytes(), Readers::Owner).map_err(disk)?;
        }
        match self.host.join(name, passphrase) {
            Ok(found) => {
                if found == Found::ByName && !known {
                    let text = iwd::file(passphrase, true);
                    places::write(&path, text.as_bytes(), Readers::Owner).map_err(disk)?;
                }
                self.forget_others(Some(&path)).map_err(disk)
            }
            Err(error) => {
                self.back(&path, before.as_deref(), &error);
                Err(refusal(error))
            }
        }
    }

    /// The file of a network; that of its passphrase when it is known and not told again.
    fn profile(&self, name: &str, passphrase: Option<&Passphrase>) -> PathBuf {
        let wireless = &self.places.wireless;
        let secured = wireless.join(iwd::file_name(name, true));
        if passphrase.is_some() || secured.exists() {
            secured
        } else {
            wireless.join(iwd::file_name(name, false))
        }
    }

    /// Everything as before, the wireless network that was in use too.
    fn back(&self, path: &Path, before: Option<&[u8]>, why: &ServiceError) {
        tracing::warn!(%why, "the wireless network stays as it was");
        let restored = match before {
            Some(bytes) => places::write(path, bytes, Readers::Owner),
            None => files::remove_durable(path),
        };
        if let Err(error) = restored {
            noted(&error);
        }
        if let Some(Via::Wireless { name, .. }) = self.network().map(|it| it.via)
            && let Err(error) = self.host.join(&name, None)
        {
            noted(&error);
        }
    }

    /// For this start and the next ones.
    fn keep(&self, network: &Network) -> io::Result<()> {
        let path = self.places.networkd();
        match networkd::file(network) {
            Some(text) => places::write(&path, text.as_bytes(), Readers::All)?,
            None => files::remove_durable(&path)?,
        }
        let mut told = network.clone();
        if let Via::Wireless { passphrase, .. } = &mut told.via {
            *passphrase = None;
        }
        let json = serde_json::to_vec_pretty(&told)?;
        places::write(&self.places.network(), &json, Readers::Owner)
    }

    /// No other wireless network draws the machine back.
    fn forget_others(&self, keep: Option<&Path>) -> io::Result<()> {
        let Some(entries) = absent_or(fs::read_dir(&self.places.wireless))? else {
            return Ok(());
        };
        for entry in entries {
            let path = entry?.path();
            let ending = path.extension().unwrap_or_default();
            let network = iwd::ENDINGS.iter().any(|it| ending == *it);
            if network && Some(&*path) != keep {
                files::remove_durable(&path)?;
            }
        }
        Ok(())
    }
}
