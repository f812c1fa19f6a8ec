//! `borne host`: what the screen may ask of the machine.

use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::ExitCode;

use borne::host::{Bus, Machine, Places, serve};
use clap::Args;
use listenfd::ListenFd;

pub const HELP: &str = "
Lancé par systemd (borne-host.socket) quand l'écran demande quelque chose à la machine : réseau,
réglages du lieu, orientation de l'image, remise à zéro, arrêt. S'arrête seul quand plus personne ne
demande rien. Seulement sur un PC dont le système est celui de la borne.

Codes de sortie :
  0  plus personne ne demande rien
  1  échec : le message dit lequel
  2  lancé autrement que par systemd";

#[derive(Args)]
pub struct Options {
    /// Dossier où se trouvent /etc, /data et /run, pour les essais
    #[arg(long, value_name = "DOSSIER", default_value = "/", hide = true)]
    root: PathBuf,
}

pub fn run(options: &Options) -> ExitCode {
    let Some(listener) = listener() else {
        eprintln!(
            "borne host attend la prise de systemd (borne-host.socket) : il ne se lance pas à la main."
        );
        return ExitCode::from(super::BAD_SETTINGS);
    };
    match answer(&listener, &Places::under(&options.root)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tracing::error!(%error, "the machine can no longer be asked");
            eprintln!("La machine ne répond plus à l'écran : {error}");
            ExitCode::FAILURE
        }
    }
}

/// The socket that the service manager has opened.
fn listener() -> Option<UnixListener> {
    ListenFd::from_env().take_unix_listener(0).ok().flatten()
}

fn answer(listener: &UnixListener, places: &Places) -> anyhow::Result<()> {
    let machine = Machine::new(places.clone(), Bus::open(None)?, super::salt);
    Ok(serve(listener, &machine)?)
}
