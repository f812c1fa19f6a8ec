use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use jiff::SignedDuration;
use media_manifest::publish::{self, policy};

use super::{Ending, say};

/// Retire du dépôt ce qu'aucun catalogue ne nomme plus depuis longtemps.
#[derive(Debug, Args)]
pub struct Prune {
    /// Dossier du dépôt.
    #[arg(long, value_name = "DOSSIER")]
    repository: PathBuf,
    /// Délai avant de retirer, en jours : des bornes peuvent encore être en train de copier.
    #[arg(long, value_name = "JOURS", default_value_t = policy::GRACE_DAYS, hide_default_value = true)]
    days: u16,
    /// Dit ce qui partirait, sans rien retirer ni noter.
    #[arg(long)]
    dry_run: bool,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

impl Prune {
    pub fn run(&self) -> Result<Ending> {
        let grace = SignedDuration::from_hours(24 * i64::from(self.days));
        let pruned = publish::prune(&self.repository, grace, self.dry_run, say::now());
        let pruned = say::said(pruned)?;
        if self.json {
            say::line(&serde_json::json!({ "ok": true, "pruned": pruned }).to_string());
            return Ok(Ending::Done);
        }
        for name in &pruned.removed {
            say::line(name);
        }
        let verb = if self.dry_run {
            "à retirer"
        } else {
            "retiré(s)"
        };
        say::line(&format!(
            "{} fichier(s) {verb}, {} Mo ; {} attendent la fin de leur délai de {} jours.",
            pruned.removed.len(),
            pruned.bytes / 1_000_000,
            pruned.waiting,
            self.days
        ));
        Ok(Ending::Done)
    }
}
