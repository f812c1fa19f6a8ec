use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::{Args, Subcommand};
use media_manifest::check::is_id;
use media_manifest::publish::{self, NewKeys, PublicKey, fingerprint};

use super::{Ending, say};

/// Crée et montre les clés qui signent un dépôt.
#[derive(Debug, Args)]
pub struct Keys {
    #[command(subcommand)]
    command: KeysCommand,
}

#[derive(Debug, Subcommand)]
enum KeysCommand {
    /// Crée les clés qui manquent ; n'en remplace jamais aucune.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    New {
        /// Dossier des clés ; gardez-le secret et sauvegardé.
        #[arg(long, value_name = "DOSSIER")]
        keys: PathBuf,
        /// Identifiant d'un partenaire ; peut être répété. Crée aussi toutes les clés du dépôt.
        #[arg(long = "partner", value_name = "ID", required_unless_present = "names")]
        partners: Vec<String>,
        /// Crée cette seule clé, comme « root-2 » ou « partner-mon-organisme » ; peut être répété.
        #[arg(long = "name", value_name = "NOM", conflicts_with = "partners")]
        names: Vec<String>,
    },
    /// Montre les empreintes des clés d'un dossier, et écrit les clés publiques qui manquent.
    #[command(help_template = super::TEMPLATE, after_help = super::EXIT_CODES)]
    Show {
        /// Dossier des clés ou des clés publiques.
        #[arg(long, value_name = "DOSSIER")]
        keys: PathBuf,
    },
}

impl Keys {
    pub fn run(&self) -> Result<Ending> {
        match &self.command {
            KeysCommand::New {
                keys,
                partners,
                names,
            } => new(keys, partners, names),
            KeysCommand::Show { keys } => show(keys),
        }
    }
}

fn new(folder: &Path, partners: &[String], names: &[String]) -> Result<Ending> {
    for id in partners.iter().chain(names) {
        ensure!(
            is_id(id),
            "« {id} » n'est pas un identifiant. Que faire : employez des minuscules sans \
             accent, des chiffres et des tirets, comme « mon-organisme »."
        );
    }
    let mut seed = |bytes: &mut [u8; 32]| getrandom::fill(bytes).map_err(std::io::Error::other);
    let new = if names.is_empty() {
        publish::Keys::create(folder, partners, &mut seed)
    } else {
        publish::Keys::create_named(folder, names, &mut seed)
    };
    report(folder, &say::said(new)?)?;
    Ok(Ending::Done)
}

fn report(folder: &Path, new: &NewKeys) -> Result<()> {
    if !new.made.is_empty() {
        say::line(&format!(
            "Clés créées dans {} : {}.",
            folder.display(),
            new.made.join(", ")
        ));
        for name in &new.made {
            let public = say::said(PublicKey::read(&folder.join(format!("{name}.pub"))))?;
            say_fingerprint(&public);
        }
    }
    if new.made.iter().any(|name| name.starts_with("root-")) {
        say::line(
            "Gardez les clés root hors ligne, chacune dans un autre lieu : deux des trois suffisent \
             pour remplacer toutes les autres. Notez leurs empreintes sur papier.",
        );
    }
    if !new.kept.is_empty() {
        say::line(&format!(
            "Déjà là, gardées telles quelles : {}.",
            new.kept.join(", ")
        ));
    }
    Ok(())
}

fn show(folder: &Path) -> Result<Ending> {
    let mut publics = publics(folder)?;
    for key in say::said(publish::Keys::read(folder))?.publics() {
        match publics.get(&key.name) {
            Some(public) => ensure!(
                public.id() == key.id(),
                "{name}.pem et {name}.pub ne vont pas ensemble. Que faire : retrouvez d'où vient \
                 chaque fichier, et ne donnez cette clé publique à personne.",
                name = key.name
            ),
            None => say::said(key.write(&folder.join(format!("{}.pub", key.name))))?,
        }
        publics.insert(key.name.clone(), key);
    }
    ensure!(
        !publics.is_empty(),
        "{} ne contient aucune clé. Que faire : vérifiez le dossier.",
        folder.display()
    );
    publics.values().for_each(say_fingerprint);
    Ok(Ending::Done)
}

/// The public keys of a folder, by name.
pub fn publics(folder: &Path) -> Result<BTreeMap<String, PublicKey>> {
    let failed = || {
        let folder = folder.display();
        format!("{folder} ne peut pas être lu. Que faire : vérifiez le dossier et vos droits")
    };
    let mut publics = BTreeMap::new();
    for entry in std::fs::read_dir(folder).with_context(failed)? {
        let path = entry.with_context(failed)?.path();
        if path.extension().is_some_and(|extension| extension == "pub") {
            let key = say::said(PublicKey::read(&path))?;
            publics.insert(key.name.clone(), key);
        }
    }
    Ok(publics)
}

fn say_fingerprint(key: &PublicKey) {
    say::line(&format!("  {:<24} {}", key.name, fingerprint(&key.id())));
}
