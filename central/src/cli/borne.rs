use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use serde_json::json;

use super::{BorneCommand, open};
use crate::app::App;
use crate::report::words;
use crate::secret::Secret;
use crate::store::bornes::{self, Added, Borne, HostKind};

pub(super) async fn run(command: BorneCommand) -> anyhow::Result<()> {
    match command {
        BorneCommand::Add {
            id,
            site,
            host_kind,
            json,
            token_file,
            config,
        } => {
            let request = Request {
                id,
                site,
                host_kind,
            };
            add(&open(&config)?, request, json, token_file.as_deref()).await
        }
        BorneCommand::List { json, config } => list(&open(&config)?, json).await,
        BorneCommand::Revoke { id, config } => revoke(&open(&config)?, id).await,
    }
}

struct Request {
    id: String,
    site: String,
    host_kind: HostKind,
}

async fn add(
    app: &App,
    request: Request,
    json: bool,
    token_file: Option<&Path>,
) -> anyhow::Result<()> {
    check_id(&request.id)?;
    if request.site.trim().is_empty() {
        bail!("le nom du lieu (--site) est vide");
    }
    let token = Secret::generate(&app.entropy)?;
    let (digest, now, id) = (token.digest(), (app.clock)(), request.id.clone());
    // The file comes first: a token that could not be written would be lost for good.
    let file = token_file.map(|path| write_token(path, &token)).transpose();
    let file = file.with_context(|| "le fichier du jeton ne peut pas être écrit".to_owned())?;
    let added = app
        .store
        .write(move |connection| {
            bornes::add(
                connection,
                &request.id,
                &request.site,
                request.host_kind,
                &digest,
                now,
            )
        })
        .await?;
    if added == Added::Already {
        if let Some(path) = token_file {
            std::fs::remove_file(path).context("le fichier du jeton ne peut pas être retiré")?;
        }
        bail!("la borne « {id} » existe déjà ; révoquez-la d'abord pour lui donner un autre jeton");
    }
    say_added(&id, &token, json, file.is_some(), token_file);
    Ok(())
}

fn say_added(id: &str, token: &Secret, json: bool, written: bool, file: Option<&Path>) {
    let shown = if written { None } else { Some(token.reveal()) };
    if json {
        println!(
            "{}",
            json!({ "id": id, "token": shown, "token_file": file })
        );
    } else if let Some(token) = shown {
        println!("Borne « {id} » ajoutée. Son jeton, affiché cette seule fois :\n{token}");
    } else {
        let path = file.unwrap_or(Path::new("")).display();
        println!("Borne « {id} » ajoutée. Son jeton est dans {path}.");
    }
}

fn write_token(path: &Path, token: &Secret) -> std::io::Result<()> {
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    writeln!(file, "{}", token.reveal())?;
    file.sync_all()
}

fn check_id(id: &str) -> anyhow::Result<()> {
    let allowed = |character: char| {
        character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
    };
    if id.is_empty() || id.len() > 64 || !id.chars().all(allowed) {
        bail!("l'identifiant « {id} » doit avoir 1 à 64 lettres minuscules, chiffres ou tirets");
    }
    Ok(())
}

async fn list(app: &App, json: bool) -> anyhow::Result<()> {
    let all = app.store.read(bornes::list).await?;
    if json {
        println!("{}", serde_json::to_string_pretty(&all)?);
        return Ok(());
    }
    if all.is_empty() {
        println!("Aucune borne. Ajoutez-en une avec « central borne add ».");
    }
    for borne in all {
        println!("{}", line(&borne, (app.clock)().as_second()));
    }
    Ok(())
}

fn line(borne: &Borne, now: i64) -> String {
    let contact = match (&borne.contact, borne.active) {
        (_, false) => "révoquée".to_owned(),
        (None, true) => "jamais vue".to_owned(),
        (Some(contact), true) => format!("vue {}", words::ago(now - contact.at)),
    };
    format!("{}\t{}\t{contact}", borne.id, borne.site)
}

async fn revoke(app: &App, id: String) -> anyhow::Result<()> {
    let (named, now) = (id.clone(), (app.clock)());
    let revoked = app
        .store
        .write(move |connection| bornes::revoke(connection, &named, now))
        .await?;
    if !revoked {
        bail!("aucune borne « {id} » n'a de jeton valable");
    }
    println!("Borne « {id} » révoquée : ses envois sont refusés.");
    Ok(())
}
