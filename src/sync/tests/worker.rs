use std::sync::Arc;
use std::sync::mpsc::channel;

use tempfile::TempDir;

use crate::fixtures::server::{Reply, Server};
use crate::fixtures::{Standing, settings};
use crate::sync::{Command, SyncError, Worker, worker};

fn clock() -> Arc<Standing> {
    Arc::new(Standing::synced("2026-11-21T10:00:00Z"))
}

#[test]
fn two_synchronisations_of_one_data_folder_refuse() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::new(404, ""));
    let settings = settings(folder.path(), &server.url);
    let first = Worker::start(settings.clone(), clock(), || 1.0).unwrap();
    let second = worker::once(settings.clone(), clock(), || 1.0);
    assert!(matches!(second, Err(SyncError::Locked)));
    first.commands().send(Command::Stop).unwrap();
    first.join();
    assert!(worker::once(settings, clock(), || 1.0).is_ok());
}

#[test]
fn a_look_that_is_asked_for_does_not_wait_for_the_pause() {
    let folder = TempDir::new().unwrap();
    let (asked, requests) = channel();
    let server = Server::start(move |request| {
        let _ = asked.send(request.path.clone());
        Reply::new(404, "")
    });
    crate::fixtures::repository::Repository::with(&[("un", b"video")]).trust(folder.path());
    let worker = Worker::start(settings(folder.path(), &server.url), clock(), || 1.0).unwrap();
    let next_root = || requests.iter().find(|path| path.ends_with("2.root.json"));
    assert!(next_root().is_some());
    worker.commands().send(Command::Look).unwrap();
    assert!(next_root().is_some());
    worker.commands().send(Command::Stop).unwrap();
    worker.join();
}

#[test]
fn looking_once_imports_what_lies_in_the_folder_of_the_settings_first() {
    let folder = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::new(404, ""));
    let repository = crate::fixtures::repository::Repository::with(&[("un", b"video")]);
    repository.trust(folder.path());
    let mut settings = settings(folder.path(), &server.url);
    settings.sync.import = Some(folder.path().join("no stick"));
    let without = worker::once(settings.clone(), clock(), || 1.0).unwrap();
    assert!(without.import.is_none());
    settings.sync.import = Some(repository.root());
    let done = worker::once(settings, clock(), || 1.0).unwrap();
    assert!(done.import.unwrap().unwrap().promoted);
    assert!(done.look.is_err());
}
