//! One thread, one runtime, one command enum, joined at its end.

use std::io;
use std::sync::Arc;
use std::thread::JoinHandle;

use tokio::sync::Notify;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::service::Service;
use super::{Folder, Outcome, SyncError};
use crate::clock::Clock;
use crate::settings::Settings;
use crate::stats::delivery::{Delivered, DeliveryError};

/// What the worker can be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    /// Look now.
    Look,
    /// End; a download goes on from where it was at the next start.
    Stop,
}

/// Synchronises until told to stop.
pub struct Worker {
    commands: UnboundedSender<Command>,
    thread: JoinHandle<()>,
}

impl Worker {
    /// Starts; `random` gives numbers from 0 to 1, for pauses.
    ///
    /// # Errors
    /// Another process synchronises the data folder, or it cannot be used.
    pub fn start(
        settings: Settings,
        clock: Arc<dyn Clock>,
        random: fn() -> f64,
    ) -> Result<Self, SyncError> {
        let service = Service::open(settings, clock, random)?;
        let (commands, receiver) = unbounded_channel();
        let thread = std::thread::Builder::new()
            .name("sync".to_owned())
            .spawn(move || match runtime() {
                Ok(runtime) => runtime.block_on(run(&service, receiver)),
                Err(error) => tracing::error!(%error, "the runtime cannot start"),
            })
            .map_err(SyncError::Thread)?;
        Ok(Self { commands, thread })
    }

    /// A handle to tell the worker something from elsewhere.
    #[must_use]
    pub fn commands(&self) -> UnboundedSender<Command> {
        self.commands.clone()
    }

    /// Waits for the worker's end.
    pub fn join(self) {
        drop(self.commands);
        if self.thread.join().is_err() {
            tracing::error!("the worker's thread has panicked");
        }
    }
}

/// What looking once gave.
#[derive(Debug)]
pub struct Once {
    /// The import, when there is a repository in the folder of the settings.
    pub import: Option<Result<Outcome, SyncError>>,
    /// The look at the repository.
    pub look: Result<Outcome, SyncError>,
    /// The delivery, when there is a central endpoint.
    pub delivery: Option<Result<Delivered, DeliveryError>>,
}

/// Imports what lies in the folder of the settings, looks once and delivers once, on the calling
/// thread.
///
/// # Errors
/// Another process synchronises the data folder, or it cannot be used.
pub fn once(
    settings: Settings,
    clock: Arc<dyn Clock>,
    random: fn() -> f64,
) -> Result<Once, SyncError> {
    let service = Service::open(settings, clock, random)?;
    let runtime = runtime().map_err(SyncError::Thread)?;
    let result = runtime.block_on(async {
        Once {
            import: service.import_if_there().await,
            look: service.look().await,
            delivery: service.deliver().await,
        }
    });
    service.stopped();
    Ok(result)
}

/// Imports a repository from a folder, on the calling thread; no network is needed.
///
/// # Errors
/// Another process synchronises the data folder, or the repository is not taken over.
pub fn import(
    settings: Settings,
    clock: Arc<dyn Clock>,
    random: fn() -> f64,
    folder: &Folder,
) -> Result<Outcome, SyncError> {
    let service = Service::open(settings, clock, random)?;
    let runtime = runtime().map_err(SyncError::Thread)?;
    let result = runtime.block_on(service.import(folder));
    service.stopped();
    result
}

fn runtime() -> io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
}

async fn run(service: &Service, commands: UnboundedReceiver<Command>) {
    let wake = Notify::new();
    let work = async { tokio::join!(service.looks(&wake), service.deliveries()) };
    tokio::select! {
        () = obey(commands, &wake) => {}
        _ = work => {}
    }
    service.stopped();
}

/// Ends when told to stop, or when nobody is left to tell.
async fn obey(mut commands: UnboundedReceiver<Command>, wake: &Notify) {
    while let Some(command) = commands.recv().await {
        match command {
            Command::Look => wake.notify_one(),
            Command::Stop => return,
        }
    }
}
