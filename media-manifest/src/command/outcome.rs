//! What a publication did, for people.

use std::path::Path;

use media_manifest::publish::{Outcome, Prepared};

use super::say;

/// Tells what was published and what ages.
pub fn report(outcome: &Outcome, repository: &Path) {
    for (partner, count) in &outcome.videos {
        say::line(&format!("{partner} : {count} vidéo(s)."));
    }
    if outcome.signed.is_empty() {
        say::line("Rien de nouveau : le dépôt est déjà à jour.");
    } else {
        let added = match outcome.media_added {
            0 => String::new(),
            added => format!(" : {added} fichier(s) ajouté(s)"),
        };
        say::line(&format!("Publié dans {}{added}.", repository.display()));
        let signed = outcome.signed.iter();
        let signed: Vec<_> = signed
            .map(|(role, version)| format!("{role} {version}"))
            .collect();
        say::line(&format!("Versions signées : {}.", signed.join(", ")));
    }
    for role in &outcome.expiring {
        say::error(&ageing(role));
    }
}

fn ageing(role: &str) -> String {
    let remedy = match role {
        "root" => "préparez la suivante avec « media-manifest rotate root », et faites-la signer",
        "targets" | "snapshot" | "timestamp" => {
            "lancez « media-manifest rotate renew » avec sa clé dans le dossier des clés"
        }
        _ => {
            "publiez avec sa clé dans le dossier des clés, ou préparez-la pour le partenaire avec \
              « media-manifest rotate partner »"
        }
    };
    format!(
        "Attention : la signature « {role} » vieillit et sa clé n'est pas dans le dossier des clés. \
         Que faire : {remedy}."
    )
}

/// Tells that a file waits for a signature.
pub fn say_prepared(role: &Prepared, file: &Path) {
    let print = role.fingerprint().unwrap_or_default();
    say::line(&format!(
        "{} est prêt à signer : « {} », version {}.",
        file.display(),
        role.role(),
        role.version()
    ));
    say::line(&format!("Empreinte de ce qui est signé : {print}"));
}
