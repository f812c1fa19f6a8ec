use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use media_manifest::publish::{self, RoleStatus, State};

use super::{Ending, date, firmware, say};

/// Dit comment va un dépôt : échéances, clés, partenaires, et ce qu'il faut faire.
#[derive(Debug, Args)]
pub struct Status {
    /// Dossier du dépôt.
    #[arg(long, value_name = "DOSSIER")]
    repository: PathBuf,
    /// Répond en JSON, pour les programmes.
    #[arg(long)]
    json: bool,
}

impl Status {
    pub fn run(&self) -> Result<Ending> {
        let status = say::said(publish::status(&self.repository, say::now()))?;
        if self.json {
            let answer = serde_json::json!({ "ok": status.is_good(), "status": status });
            say::line(&answer.to_string());
        } else {
            status.roles.iter().for_each(say_role);
            for release in &status.firmware {
                say::line(&firmware::offered(release));
            }
            if !status.retired.is_empty() {
                say::line(&format!("Partis : {}", status.retired.join(", ")));
            }
            let wanting = status.roles.iter().filter_map(to_do);
            wanting.for_each(|wanting| say::error(&wanting));
            if status.is_good() {
                say::line("Tout va bien : rien à signer.");
            }
        }
        Ok(if status.is_good() {
            Ending::Done
        } else {
            Ending::Refused
        })
    }
}

fn say_role(role: &RoleStatus) {
    let expires = role.expires.map_or_else(
        || "sans échéance lisible".to_owned(),
        |end| format!("expire {}", date::with_distance(end, say::now())),
    );
    let videos = role
        .videos
        .map_or_else(String::new, |count| format!(" · {count} vidéo(s)"));
    say::line(&format!(
        "{:<12} version {}{videos} · {expires}",
        role.name, role.version
    ));
    say::line(&format!(
        "    empreinte {} · {} signature(s), {} demandée(s) :",
        role.fingerprint,
        role.signed.len(),
        role.threshold
    ));
    for key in &role.keys {
        let mark = if role.signed.contains(&key.id) {
            "a signé"
        } else {
            "-"
        };
        let line = format!("      {:<24} {}  {mark}", key.name, key.fingerprint());
        say::line(&line);
    }
}

/// What a role needs, as a sentence.
fn to_do(role: &RoleStatus) -> Option<String> {
    let top_level = ["root", "targets", "snapshot", "timestamp"].contains(&role.name.as_str());
    let sign = match (role.name.as_str(), top_level) {
        ("root", _) => {
            "préparez la suivante avec « media-manifest rotate root », faites-la signer, puis publiez-la"
        }
        (_, true) => "lancez « media-manifest rotate renew » avec sa clé",
        (_, false) => {
            "publiez avec sa clé, ou préparez-la pour le partenaire avec « media-manifest rotate partner »"
        }
    };
    let (problem, remedy) = match role.state {
        State::Good => return None,
        State::Soon => ("expire bientôt", sign),
        State::Expired => (
            "a expiré : les bornes n'en prennent plus rien de nouveau",
            sign,
        ),
        State::Unsigned => ("n'est pas signé par assez de ses clés", sign),
        State::RanAhead => (
            "a une version que personne n'atteint : on l'y a poussée",
            "remplacez ensemble les clés timestamp et snapshot (« media-manifest rotate root »)",
        ),
    };
    Some(format!(
        "« {} » {problem}. Que faire : {remedy}.",
        role.name
    ))
}
