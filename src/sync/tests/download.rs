use std::path::Path;

use media_manifest::catalogue::FileRef;
use sha2::{Digest, Sha256};
use tempfile::TempDir;
use url::Url;

use crate::fixtures::server::{Reply, Request, Server};
use crate::http::{Fault, Http};
use crate::store::{Cache, Media, PartError};
use crate::sync::download::{DownloadError, Downloads};

/// Larger than a socket's buffers, so that a cut is in the middle.
fn content() -> Vec<u8> {
    (0..300_000_u32).flat_map(u32::to_le_bytes).collect()
}

pub(super) fn file(content: &[u8]) -> FileRef {
    FileRef {
        sha256: hex::encode(Sha256::digest(content)),
        length: content.len() as u64,
        urls: Vec::new(),
    }
}

pub(super) async fn fetch(data: &Path, file: &FileRef, urls: &[Url]) -> Result<(), DownloadError> {
    let (http, media) = (Http::new(None).unwrap(), Media::new(data));
    let cache = Cache::open(data).unwrap();
    let downloads = Downloads {
        http: &http,
        media: &media,
        cache: &cache,
        bandwidth_kb_s: 0,
        open: &|| true,
        dead: std::cell::RefCell::default(),
    };
    downloads.fetch(file, urls).await
}

fn stored(data: &Path, file: &FileRef) -> Option<Vec<u8>> {
    let path = Media::new(data).path(file)?;
    Some(std::fs::read(path).unwrap())
}

/// A server whose first answer breaks off after 100,000 bytes; `then` makes the others.
fn breaking_off(mut then: impl FnMut(&Request) -> Reply + Send + 'static) -> Server {
    let mut first = true;
    Server::start(move |request| {
        if std::mem::take(&mut first) {
            return Reply::file(request, &content(), "a").cut_after(100_000);
        }
        then(request)
    })
}

#[tokio::test]
async fn a_download_that_breaks_off_goes_on_where_it_was() {
    let data = TempDir::new().unwrap();
    let server = breaking_off(|request| Reply::file(request, &content(), "a"));
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
    let second = &server.requests()[1];
    assert_eq!(second.header("range"), Some("bytes=100000-"));
    assert_eq!(second.header("if-range"), Some("\"a\""));
    assert_eq!(second.header("accept-encoding"), Some("identity"));
}

#[tokio::test]
async fn a_server_that_ignores_ranges_starts_over() {
    let data = TempDir::new().unwrap();
    let server = breaking_off(|_| Reply::new(200, content()));
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn a_range_from_another_offset_is_not_taken() {
    let data = TempDir::new().unwrap();
    let server = breaking_off(|request| match request.range_start() {
        Some(_) => {
            let range = format!("bytes 7-{}/{}", content().len() - 1, content().len());
            Reply::new(206, &content()[7..]).with("Content-Range", range)
        }
        None => Reply::new(200, content()),
    });
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn a_range_that_the_server_refuses_starts_over() {
    let data = TempDir::new().unwrap();
    let server = breaking_off(|request| match request.range_start() {
        Some(_) => Reply::new(416, ""),
        None => Reply::new(200, content()),
    });
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn a_file_that_changed_midway_is_fetched_whole() {
    let data = TempDir::new().unwrap();
    let old = vec![7; content().len()];
    let mut first = true;
    let server = Server::start(move |request| {
        if std::mem::take(&mut first) {
            return Reply::file(request, &old, "old").cut_after(100_000);
        }
        Reply::file(request, &content(), "new")
    });
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn without_a_strong_etag_a_prefix_of_another_file_is_found_by_its_hash() {
    let data = TempDir::new().unwrap();
    let old = vec![7; content().len()];
    let mut first = true;
    let server = Server::start(move |request| {
        if std::mem::take(&mut first) {
            let reply = Reply::new(200, old.clone()).with("ETag", "W/\"weak\"");
            return reply.cut_after(100_000);
        }
        Reply::file(request, &content(), "a")
    });
    let file = file(&content());
    fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn content_with_another_hash_never_has_the_name() {
    let data = TempDir::new().unwrap();
    let mut wrong = content();
    wrong[500] ^= 1;
    let server = Server::start(move |_| Reply::new(200, wrong.clone()));
    let file = file(&content());
    let error = fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Part(PartError::WrongHash { .. })),
        "{error}"
    );
    assert!(error.is_wrong_content());
    assert_eq!(stored(data.path(), &file), None);
}

#[tokio::test]
async fn a_mirror_serves_what_the_first_source_serves_wrongly() {
    let data = TempDir::new().unwrap();
    let wrong = Server::start(|_| Reply::new(200, vec![0; content().len()]));
    let right = Server::start(|request| Reply::file(request, &content(), "a"));
    let file = file(&content());
    let urls = [wrong.url.clone(), right.url.clone()];
    fetch(data.path(), &file, &urls).await.unwrap();
    assert_eq!(stored(data.path(), &file).unwrap(), content());
}

#[tokio::test]
async fn a_body_longer_than_signed_is_cut_off() {
    let data = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::new(200, content()).endless());
    let short = file(&content()[..1_000]);
    let error = fetch(data.path(), &short, std::slice::from_ref(&server.url))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Part(PartError::TooLong { .. })),
        "{error}"
    );
    assert_eq!(stored(data.path(), &short), None);
}

#[tokio::test]
async fn compressed_media_are_refused() {
    let data = TempDir::new().unwrap();
    let server = Server::start(|_| Reply::new(200, content()).with("Content-Encoding", "gzip"));
    let file = file(&content());
    let error = fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap_err();
    assert!(matches!(error, DownloadError::Encoded(_)), "{error}");
}

#[tokio::test]
async fn a_redirection_to_another_host_is_not_followed() {
    let data = TempDir::new().unwrap();
    let elsewhere = Server::start(|request| Reply::file(request, &content(), "a"));
    let target = elsewhere.url.to_string();
    let server = Server::start(move |_| Reply::new(302, "").with("Location", target.clone()));
    let file = file(&content());
    let error = fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Fault(Fault::Redirected)),
        "{error}"
    );
    assert!(elsewhere.requests().is_empty());
}

#[tokio::test]
async fn a_page_in_place_of_a_video_is_a_portal() {
    let data = TempDir::new().unwrap();
    let server = Server::start(|_| {
        Reply::new(200, "<html>").with("Content-Type", "text/html; charset=utf-8")
    });
    let file = file(&content());
    let error = fetch(data.path(), &file, std::slice::from_ref(&server.url))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Fault(Fault::Portal)),
        "{error}"
    );
}

#[tokio::test]
async fn a_server_that_is_gone_is_asked_once_in_a_look() {
    let data = TempDir::new().unwrap();
    let gone = Server::start(|_| Reply::new(200, "")).stop();
    let (http, media) = (Http::new(None).unwrap(), Media::new(data.path()));
    let cache = Cache::open(data.path()).unwrap();
    let downloads = Downloads {
        http: &http,
        media: &media,
        cache: &cache,
        bandwidth_kb_s: 0,
        open: &|| true,
        dead: std::cell::RefCell::default(),
    };
    let error = downloads
        .fetch(&file(b"x"), std::slice::from_ref(&gone))
        .await
        .unwrap_err();
    assert!(
        matches!(error, DownloadError::Fault(Fault::Offline(_))),
        "{error}"
    );
    assert!(matches!(downloads.dead(&gone), Some(Fault::Offline(_))));
}
