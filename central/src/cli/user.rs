use anyhow::{Context as _, bail};

use super::{PasswordSource, UserCommand, open};
use crate::app::App;
use crate::limits::{MAX_PASSWORD_BYTES, MIN_PASSWORD_CHARS};
use crate::password::{self, PasswordError};
use crate::store::staff::{self, Member};

pub(super) async fn run(command: UserCommand) -> anyhow::Result<()> {
    match command {
        UserCommand::Add {
            name,
            role,
            password,
            config,
        } => add(&open(&config)?, Member { name, role }, &password).await,
        UserCommand::List { json, config } => list(&open(&config)?, json).await,
        UserCommand::Remove { name, config } => remove(&open(&config)?, name).await,
        UserCommand::Password {
            name,
            password,
            config,
        } => change(&open(&config)?, name, &password).await,
    }
}

async fn add(app: &App, member: Member, source: &PasswordSource) -> anyhow::Result<()> {
    let name = member.name.clone();
    if name.trim().is_empty() || name.chars().count() > 64 || name.chars().any(char::is_control) {
        bail!("le nom doit avoir 1 à 64 caractères");
    }
    let chosen = Chosen::take(app, source)?;
    let (hash, now) = (chosen.hash.clone(), (app.clock)());
    let added = app
        .store
        .write(move |connection| staff::add(connection, &member, &hash, now))
        .await?;
    if !added {
        bail!("le compte « {name} » existe déjà");
    }
    println!("Compte « {name} » ajouté.");
    chosen.say();
    Ok(())
}

async fn change(app: &App, name: String, source: &PasswordSource) -> anyhow::Result<()> {
    let chosen = Chosen::take(app, source)?;
    let (hash, now, named) = (chosen.hash.clone(), (app.clock)(), name.clone());
    let changed = app
        .store
        .write(move |connection| staff::set_password(connection, &named, &hash, now))
        .await?;
    if !changed {
        bail!("aucun compte « {name} »");
    }
    println!("Mot de passe de « {name} » changé ; ses sessions sont fermées.");
    chosen.say();
    Ok(())
}

async fn remove(app: &App, name: String) -> anyhow::Result<()> {
    let (now, named) = ((app.clock)(), name.clone());
    let removed = app
        .store
        .write(move |connection| staff::remove(connection, &named, now))
        .await?;
    if !removed {
        bail!("aucun compte « {name} »");
    }
    println!("Compte « {name} » supprimé.");
    Ok(())
}

async fn list(app: &App, json: bool) -> anyhow::Result<()> {
    let all = app.store.read(staff::list).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    if all.is_empty() {
        println!("Aucun compte. Ajoutez-en un avec « central user add ».");
    }
    for member in all {
        let role = serde_json::to_value(member.role)?;
        println!("{}\t{}", member.name, role.as_str().unwrap_or_default());
    }
    Ok(())
}

struct Chosen {
    hash: String,
    /// Set when it was drawn here and must be told.
    drawn: Option<String>,
}

impl Chosen {
    fn take(app: &App, source: &PasswordSource) -> anyhow::Result<Self> {
        let (password, drawn) = if source.password_stdin {
            let mut line = String::new();
            std::io::stdin()
                .read_line(&mut line)
                .context("l'entrée standard ne peut pas être lue")?;
            (line.trim_end_matches(['\r', '\n']).to_owned(), None)
        } else {
            let drawn = password::generate(&app.entropy)?;
            (drawn.clone(), Some(drawn))
        };
        let hash = password::hash(&app.entropy, &password).map_err(explain)?;
        Ok(Self { hash, drawn })
    }

    fn say(&self) {
        if let Some(password) = &self.drawn {
            println!("Mot de passe, affiché cette seule fois : {password}");
        }
    }
}

fn explain(error: PasswordError) -> anyhow::Error {
    match error {
        PasswordError::TooShort => {
            anyhow::anyhow!("le mot de passe doit avoir au moins {MIN_PASSWORD_CHARS} caractères")
        }
        PasswordError::TooLong => {
            anyhow::anyhow!("le mot de passe dépasse {MAX_PASSWORD_BYTES} octets")
        }
        other => other.into(),
    }
}
