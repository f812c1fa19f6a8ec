use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::Args;
use media_manifest::publish::{Change, KeyName, Keys, Prepared, PublishError, Standing};

use super::{Ending, date, say};

/// Montre ce qu'un fichier préparé changerait, et le signe si vous le voulez.
#[derive(Debug, Args)]
pub struct Sign {
    /// Fichier préparé par « media-manifest rotate » ou « publish --prepare ».
    #[arg(value_name = "FICHIER")]
    file: PathBuf,
    /// Dossier de votre clé. Sans lui, le fichier est seulement montré.
    #[arg(long, value_name = "DOSSIER")]
    keys: Option<PathBuf>,
    /// Autre copie du même fichier, signée ailleurs, dont reprendre les signatures.
    #[arg(long = "with", value_name = "FICHIER")]
    others: Vec<PathBuf>,
    /// Empreinte de ce que vous signez, lue ailleurs, au lieu de la taper.
    #[arg(long, value_name = "EMPREINTE")]
    fingerprint: Option<String>,
}

/// Characters of a fingerprint to type: enough to have looked at it.
const TYPED: usize = 8;

impl Sign {
    pub fn run(&self) -> Result<Ending> {
        let mut role = say::said(Prepared::read(&self.file))?;
        match self.sign(&mut role) {
            Err(error @ PublishError::Prepared(_)) => {
                say::error(&error.sentences().join("\n"));
                Ok(Ending::Refused)
            }
            ended => say::said(ended),
        }
    }

    fn sign(&self, role: &mut Prepared) -> Result<Ending, PublishError> {
        let changes = role.examine(say::now())?;
        for other in &self.others {
            role.join(&Prepared::read(other)?)?;
        }
        show(role, &changes)?;
        let Some(folder) = &self.keys else {
            if !self.others.is_empty() {
                role.write(&self.file)?;
            }
            return Ok(Ending::Done);
        };
        let keys = Keys::read(folder)?;
        // Found out before anybody is asked to type.
        let mut signed = role.clone();
        let names = signed.sign(&keys)?;
        if let Err(refusal) = self.confirm(&role.fingerprint()?) {
            say::error(&format!("{refusal:#}"));
            return Ok(Ending::Refused);
        }
        signed.write(&self.file)?;
        let names: Vec<_> = names.into_iter().map(|key| key.name).collect();
        say::line(&format!("Signé avec {}.", names.join(", ")));
        say_standings(&signed);
        if signed.standings().iter().all(Standing::is_enough) {
            say::line(
                "Toutes les signatures y sont : publiez avec « media-manifest publish --signed ».",
            );
        }
        Ok(Ending::Done)
    }

    fn confirm(&self, fingerprint: &str) -> Result<()> {
        let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
        let wanted = bare(fingerprint);
        if let Some(given) = &self.fingerprint {
            if bare(given) == wanted {
                return Ok(());
            }
            bail!(
                "L'empreinte donnée n'est pas celle de ce fichier : rien n'est signé. Que faire : \
                 comparez avec qui l'a préparé, par téléphone."
            );
        }
        if !std::io::stdin().is_terminal() {
            bail!(
                "Rien n'est signé sans que quelqu'un regarde. Que faire : lancez la commande dans un \
                 terminal, ou donnez l'empreinte avec --fingerprint."
            );
        }
        say::line(&format!(
            "Pour signer, tapez les {TYPED} premiers caractères de l'empreinte ; pour ne pas signer, \
             Entrée :"
        ));
        let mut typed = String::new();
        std::io::stdin().read_line(&mut typed)?;
        if typed.trim().is_empty()
            || !wanted.starts_with(&bare(&typed))
            || bare(&typed).len() < TYPED
        {
            bail!("Rien n'est signé.");
        }
        Ok(())
    }
}

fn show(role: &Prepared, changes: &[Change]) -> Result<(), PublishError> {
    let version = role.version();
    if role.role() == "root" {
        say::line(&format!("Racine de confiance, version {version}"));
    } else {
        say::line(&format!(
            "Catalogue de « {} », version {version}",
            role.role()
        ));
    }
    match role.fingerprint_before() {
        Some(before) => say::line(&format!("  remplace celle d'empreinte {before}")),
        None => say::line("  rien n'est publié avant elle"),
    }
    for change in changes {
        say::line(&format!("  {}", sentence(change)));
    }
    say_standings(role);
    say::line(&format!(
        "Empreinte de ce qui est signé : {}",
        role.fingerprint()?
    ));
    Ok(())
}

fn sentence(change: &Change) -> String {
    let key =
        |sign: &str, key: &KeyName| format!("  {sign} {:<24} {}", key.name, key.fingerprint());
    match change {
        Change::Threshold {
            role,
            before,
            after,
            keys,
        } => {
            let plural = if *keys == 1 { "clé" } else { "clés" };
            let was = match before {
                Some(before) if before != after => format!(" — AVANT : {before}"),
                _ => String::new(),
            };
            format!("{role} : {after} signature(s) de {keys} {plural}{was}")
        }
        Change::KeyAdded(_, added) => key("+ ARRIVE", added),
        Change::KeyRemoved(_, removed) => key("- PART  ", removed),
        Change::KeyKept(_, kept) => key("  reste ", kept),
        Change::Expiry(before, after) => {
            let now = say::now();
            let was = before.map_or_else(String::new, |before| {
                format!(" — avant : {}", date::with_distance(before, now))
            });
            format!("expire {}{was}", date::with_distance(*after, now))
        }
        Change::VideoAdded(title) => format!("+ vidéo ajoutée   « {title} »"),
        Change::VideoRemoved(title) => format!("- vidéo retirée   « {title} »"),
        Change::VideoChanged(title) => format!("~ vidéo modifiée  « {title} »"),
        Change::VideosKept(count) => format!("  {count} vidéo(s) inchangée(s)"),
        Change::RestChanged => "~ nom, agenda ou playlists modifiés".to_owned(),
    }
}

fn say_standings(role: &Prepared) {
    let standings = role.standings();
    let labels: &[&str] = match standings.len() {
        2 => &["Par la racine publiée", "Par la nouvelle racine"],
        _ => &["Signatures"],
    };
    for (label, standing) in labels.iter().zip(&standings) {
        say::line(&format!(
            "{label} : {} sur {} — ont signé : {} ; peuvent signer : {}",
            standing.signed.len(),
            standing.threshold,
            names(&standing.signed),
            names(&standing.waiting)
        ));
    }
}

fn names(keys: &[KeyName]) -> String {
    if keys.is_empty() {
        return "personne".to_owned();
    }
    let names: Vec<_> = keys.iter().map(|key| key.name.as_str()).collect();
    names.join(", ")
}
