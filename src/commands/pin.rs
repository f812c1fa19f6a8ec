//! `borne pin`: makes the line of settings that keeps a code.

use std::io::{self, BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use borne::pin;
use clap::{Args, ValueEnum};

pub const HELP: &str = "
Au clavier, le code est demandé deux fois et ne s'affiche pas. Sinon une ligne est lue sur l'entrée
standard. Collez ce qui s'affiche dans un fichier .toml de /etc/borne, puis redémarrez la borne.";

#[derive(Args)]
pub struct Options {
    /// Ce que le code ouvre
    #[arg(value_name = "ESPACE")]
    area: Area,
}

#[derive(Clone, Copy, ValueEnum)]
enum Area {
    /// Le mode groupe, pour les animatrices et les animateurs
    Groupe,
    /// La maintenance, pour le personnel
    Maintenance,
}

/// Why there is no line to paste; the text is French, a person reads it.
#[derive(Debug, thiserror::Error)]
enum Refused {
    #[error("Le code ne peut pas être lu : {0}.")]
    Unreadable(#[from] io::Error),
    #[error(
        "Un code a 4 à 8 chiffres, sans autre signe, et n'est pas une suite comme 1234 ou 0000. Recommencez."
    )]
    Shape,
    #[error("Les deux codes ne sont pas les mêmes. Recommencez.")]
    Different,
    #[error("Le système ne donne pas de hasard : {0}.")]
    Salt(#[from] getrandom::Error),
    #[error("Le code ne peut pas être préparé : {0}.")]
    Hash(#[from] pin::PinError),
}

pub fn run(options: &Options) -> ExitCode {
    match line(options.area) {
        Ok(line) => {
            println!("[access]\n{line}");
            ExitCode::SUCCESS
        }
        Err(refused) => {
            eprintln!("{refused}");
            ExitCode::FAILURE
        }
    }
}

fn line(area: Area) -> Result<String, Refused> {
    let pin = read()?;
    let hash = pin::hash(&pin, &super::salt()?)?;
    Ok(format!("{} = \"{hash}\"", key(area)))
}

const fn key(area: Area) -> &'static str {
    match area {
        Area::Groupe => "group_pin_hash",
        Area::Maintenance => "maintenance_pin_hash",
    }
}

fn read() -> Result<String, Refused> {
    if !io::stdin().is_terminal() {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        return checked(line.trim_end_matches(['\r', '\n']));
    }
    let first = checked(&rpassword::prompt_password("Code (4 à 8 chiffres) : ")?)?;
    let second = rpassword::prompt_password("Le même code encore une fois : ")?;
    if first != second {
        return Err(Refused::Different);
    }
    Ok(first)
}

fn checked(text: &str) -> Result<String, Refused> {
    if !pin::can_be_chosen(text) {
        return Err(Refused::Shape);
    }
    Ok(text.to_owned())
}
