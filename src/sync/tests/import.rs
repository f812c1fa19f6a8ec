use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::channel;

use rustix::fs::{CWD, FileType, Mode, mknodat};

use super::scene::{NOW, ONE, Scene, TWO};
use crate::clock::{Clock, Reading};
use crate::fixtures::Standing;
use crate::fixtures::server::Reply;
use crate::store::{Cache, Media, generation};
use crate::sync::{Command, Folder, SyncError, Worker, worker};

/// A borne whose server answers nothing, beside a repository in a folder.
fn cut_off(videos: &[(&str, &[u8])]) -> Scene {
    Scene::with(videos, |_| Some(Reply::new(500, "")))
}

fn fifo(path: &Path) {
    mknodat(CWD, path, FileType::Fifo, Mode::RWXU, 0).unwrap();
}

#[tokio::test]
async fn a_repository_in_a_folder_is_taken_over_without_any_request() {
    let scene = cut_off(&[ONE, TWO]);
    let outcome = scene.import().await.unwrap();
    assert!(outcome.promoted && outcome.missing.is_empty());
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
    assert!(scene.server.requests().is_empty());
    assert!(!scene.import().await.unwrap().promoted);
}

#[tokio::test]
async fn what_is_not_signed_or_older_is_refused_and_the_last_good_catalogue_stays() {
    let scene = cut_off(&[ONE]);
    let old = scene.folder.path().join("old");
    scene.copy_repository(&old);
    scene.repository.offer(&[ONE, TWO]);
    scene.import().await.unwrap();
    let error = scene.import_from(&old).await.unwrap_err();
    assert_eq!(error.code(), "refused");
    let timestamp = old.join("metadata/timestamp.json");
    let text = fs::read_to_string(&timestamp).unwrap();
    fs::write(&timestamp, text.replace("\"version\":1", "\"version\":9")).unwrap();
    let error = scene.import_from(&old).await.unwrap_err();
    assert!(matches!(error, SyncError::Refused(_)), "{error}");
    assert_eq!(scene.shown(), ["essai/deux", "essai/un"]);
}

#[tokio::test]
async fn an_altered_file_is_left_out_and_taken_once_the_folder_is_mended() {
    let scene = cut_off(&[ONE, TWO]);
    let path = scene.published(TWO.1);
    fs::write(&path, b"second_video").unwrap();
    let outcome = scene.import().await.unwrap();
    assert_eq!(outcome.missing[0].reason, "wrong_hash");
    assert_eq!(scene.shown(), ["essai/un"]);
    fs::write(&path, TWO.1).unwrap();
    assert!(scene.import().await.unwrap().missing.is_empty());
}

#[tokio::test]
async fn links_pipes_and_folders_in_place_of_files_are_not_opened() {
    let scene = cut_off(&[ONE, TWO]);
    let secret = scene.folder.path().join("secret");
    fs::write(&secret, TWO.1).unwrap();
    let path = scene.published(TWO.1);
    let in_its_place: [&dyn Fn(); 3] = [
        &|| symlink(&secret, &path).unwrap(),
        &|| fifo(&path),
        &|| fs::create_dir(&path).unwrap(),
    ];
    fs::remove_file(&path).unwrap();
    for put in in_its_place {
        put();
        let outcome = scene.import().await.unwrap();
        assert_eq!(outcome.missing[0].reason, "not_found");
        assert_eq!(scene.shown(), ["essai/un"]);
        fs::remove_file(&path)
            .or_else(|_| fs::remove_dir(&path))
            .unwrap();
    }
}

#[test]
fn no_name_and_no_link_leads_out_of_the_folder() {
    let folder = tempfile::TempDir::new().unwrap();
    let base = folder.path().join("stick");
    fs::create_dir_all(base.join("media")).unwrap();
    fs::write(folder.path().join("secret"), b"x").unwrap();
    fs::write(base.join("media/file"), b"x").unwrap();
    symlink(folder.path(), base.join("out")).unwrap();
    symlink("media", base.join("in")).unwrap();
    let stick = Folder::new(&base);
    for path in [
        "../secret",
        "out/secret",
        "in/file",
        "/etc/passwd",
        "media/../media/file",
        "",
    ] {
        assert!(stick.open(path).is_err(), "{path}");
    }
    assert!(stick.open("media/file").is_ok());
}

#[tokio::test]
async fn metadata_that_are_a_pipe_or_endless_stop_nothing() {
    let scene = cut_off(&[ONE]);
    let next_root = scene.repository.root().join("metadata/2.root.json");
    fifo(&next_root);
    scene.import().await.unwrap();
    fs::remove_file(&next_root).unwrap();
    fs::write(&next_root, vec![b' '; 600_000]).unwrap();
    let error = scene.import().await.unwrap_err();
    assert!(matches!(error, SyncError::Refused(_)), "{error}");
    assert_eq!(scene.shown(), ["essai/un"]);
}

#[tokio::test]
async fn an_import_goes_on_where_it_was() {
    let scene = cut_off(&[ONE]);
    scene.import().await.unwrap();
    let file = scene.current().merged.videos[0].video.media.file.clone();
    let object = Media::new(scene.data()).path(&file).unwrap();
    for (kept, beginning) in [(6, &ONE.1[..6]), (6, b"wrong!")] {
        fs::remove_file(&object).unwrap();
        fs::write(object.with_extension("part"), beginning).unwrap();
        let progress = crate::store::cache::Progress {
            synced: kept,
            ..Default::default()
        };
        let cache = Cache::open(scene.data()).unwrap();
        cache.note_progress(&file.sha256, &progress).unwrap();
        drop(cache);
        assert!(scene.import().await.unwrap().missing.is_empty());
        assert_eq!(fs::read(&object).unwrap(), ONE.1);
    }
}

/// A clock that is read when the metadata have been stored: the stick is pulled out then.
struct Pulled {
    stored: PathBuf,
    stick: PathBuf,
}

impl Clock for Pulled {
    fn read(&self) -> Reading {
        if self.stored.exists() {
            let _ = fs::remove_dir_all(&self.stick);
        }
        Standing::synced(NOW).read()
    }
}

#[tokio::test]
async fn a_stick_that_is_pulled_out_promotes_nothing() {
    let scene = cut_off(&[ONE]);
    let stick = scene.folder.path().join("stick");
    scene.copy_repository(&stick);
    let clock = Pulled {
        stored: scene.data().join("trust/targets.json"),
        stick: stick.clone(),
    };
    let error = scene.import_at(&stick, &clock).await.unwrap_err();
    assert!(matches!(error, SyncError::Folder { .. }), "{error}");
    assert_eq!(generation::current_number(scene.data()), None);
}

#[test]
fn an_import_refuses_while_another_process_synchronises() {
    let scene = cut_off(&[ONE]);
    let clock = || Arc::new(Standing::synced(NOW));
    let service = Worker::start(scene.settings.clone(), clock(), || 1.0).unwrap();
    let folder = Folder::new(scene.repository.root());
    let second = worker::import(scene.settings.clone(), clock(), || 1.0, &folder);
    assert!(matches!(second, Err(SyncError::Locked)));
    service.commands().send(Command::Stop).unwrap();
    service.join();
    assert!(worker::import(scene.settings, clock(), || 1.0, &folder).is_ok());
}

#[test]
fn the_service_imports_a_stick_that_is_plugged_in() {
    let (asked, requests) = channel();
    let mut scene = Scene::with(&[ONE], move |request| {
        let _ = asked.send(request.path.clone());
        Some(Reply::new(500, ""))
    });
    scene.settings.sync.import = Some(scene.repository.root());
    let clock = Arc::new(Standing::synced(NOW));
    let service = Worker::start(scene.settings.clone(), clock, || 1.0).unwrap();
    // The look at the server comes after the import.
    assert!(requests.iter().next().is_some());
    assert_eq!(scene.shown(), ["essai/un"]);
    service.commands().send(Command::Stop).unwrap();
    service.join();
    let status = crate::status::sync::read(scene.data()).unwrap();
    let import = status.import.unwrap();
    assert!(import.promoted && import.error.is_none());
    assert_eq!(status.last_success, None);
}
