//! Whatever a server does, request by request.

use std::path::Path;

use proptest::prelude::*;
use tempfile::TempDir;
use url::Url;

use crate::fixtures::server::{Reply, Request, Server};
use crate::store::{Audit, Media};
use crate::sync::download::DownloadError;

use super::download::{fetch, file};

/// What is served and what is signed.
const CONTENT: &[u8] = b"a video, as far as this test is concerned: sixty-four bytes, or so";

/// What a server does with one request.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Answers as it should.
    Right,
    /// Breaks off after so many bytes.
    Cut(usize),
    /// Ignores the range asked for.
    Whole,
    /// Turns over one bit of the body.
    Flip(usize),
    /// Sends the range of another place.
    Shift(usize),
    /// Says that there is no such range.
    NoRange,
    /// Sends so many bytes too many, and no length.
    Endless(usize),
    /// Sends so many bytes too few, as if that were all.
    Short(usize),
    /// Another file under the same address, with this tag.
    Other(bool),
    /// Answers with this status.
    Status(u16),
    /// A page in place of the file.
    Page,
    /// Says that it is compressed.
    Packed,
    /// No tag at all.
    NoTag,
}

fn deed() -> impl Strategy<Value = Deed> {
    let place = 0..CONTENT.len();
    prop_oneof![
        3 => Just(Deed::Right),
        // Some bytes at least: without progress the downloader pauses, which only costs time here.
        4 => (1..CONTENT.len()).prop_map(Deed::Cut),
        1 => Just(Deed::Whole),
        2 => place.clone().prop_map(Deed::Flip),
        1 => place.prop_map(Deed::Shift),
        1 => Just(Deed::NoRange),
        1 => (1..40_usize).prop_map(Deed::Endless),
        1 => (1..40_usize).prop_map(Deed::Short),
        2 => any::<bool>().prop_map(Deed::Other),
        1 => prop_oneof![Just(404_u16), Just(500), Just(503), Just(302)].prop_map(Deed::Status),
        1 => Just(Deed::Page),
        1 => Just(Deed::Packed),
        2 => Just(Deed::NoTag),
    ]
}

fn answer(deed: Deed, request: &Request) -> Reply {
    let right = Reply::file(request, CONTENT, "a");
    let whole = Reply::new(200, CONTENT).with("ETag", "\"a\"");
    match deed {
        Deed::Right => right,
        Deed::Cut(after) => right.cut_after(after),
        Deed::Whole => whole,
        Deed::Flip(place) => {
            let mut reply = right;
            if let Some(byte) = reply.body.get_mut(place) {
                *byte ^= 1;
            }
            reply
        }
        Deed::Shift(from) => {
            let range = format!("bytes {from}-{}/{}", CONTENT.len() - 1, CONTENT.len());
            Reply::new(206, &CONTENT[from..]).with("Content-Range", range)
        }
        Deed::NoRange => Reply::new(416, []),
        Deed::Endless(more) => Reply::new(200, [CONTENT, &vec![0; more]].concat()).endless(),
        Deed::Short(fewer) => Reply::new(200, &CONTENT[fewer..]),
        Deed::Other(same_tag) => {
            let tag = if same_tag { "a" } else { "other" };
            Reply::file(request, &vec![7; CONTENT.len()], tag)
        }
        Deed::Status(status) => Reply::new(status, []),
        Deed::Page => Reply::new(200, "<html>").with("Content-Type", "text/html"),
        Deed::Packed => whole.with("Content-Encoding", "gzip"),
        Deed::NoTag => {
            let mut reply = right;
            reply.headers.retain(|(name, _)| *name != "ETag");
            reply
        }
    }
}

/// One look, from a process that remembers only what is on disk.
fn look(data: &Path, url: &Url) -> Result<(), DownloadError> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(fetch(data, &file(CONTENT), std::slice::from_ref(url)))
}

proptest! {
    // Each case is a server, a database and some requests.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_a_server_does_nothing_wrong_is_stored_and_what_can_complete_completes(
        script in prop::collection::vec(deed(), 0..10),
    ) {
        let data = TempDir::new().unwrap();
        let length = script.len();
        let mut left = script.into_iter();
        // Once the script has been played the server is a good one.
        let server = Server::start(move |request| {
            answer(left.next().unwrap_or(Deed::Right), request)
        });
        // Each look takes at least one request of the script.
        let mut done = false;
        for _ in 0..=length {
            done = look(data.path(), &server.url).is_ok();
            let media = Media::new(data.path());
            let audit = Audit::run(&media, None).unwrap();
            prop_assert_eq!(&audit.rotten, &Vec::new());
            prop_assert_eq!(&audit.foreign, &Vec::<std::path::PathBuf>::new());
            prop_assert_eq!(media.path(&file(CONTENT)).is_some(), done);
            if done {
                break;
            }
        }
        prop_assert!(done, "a good server's file was not taken");
    }
}
