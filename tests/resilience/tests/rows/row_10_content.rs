//! Row 10: bodies that are not what was signed.

use std::fs;

use resilience::reply::{Flow, Reply, Request};
use resilience::repository::{Repository, sha256};
use resilience::scene::Scene;
use resilience::server::Server;

use crate::{OTHER, VIDEO};

/// Whether a request asks for the video that is served wrongly.
fn is_first(request: &Request) -> bool {
    request.path.contains(&sha256(VIDEO))
}

/// Two videos, of which the first is served wrongly; the other must be had all the same.
#[track_caller]
fn refused(reason: &str, mut wrong: impl FnMut(&Request) -> Reply + Send + 'static) -> Scene {
    let scene = Scene::with(&[("un", VIDEO), ("deux", OTHER)], move |request, _| {
        is_first(request).then(|| wrong(request))
    });
    scene.sync().must(3);
    scene.must_show(&["deux"]);
    assert_eq!(scene.stock().missing["essai/un"], reason);
    scene
}

fn flipped() -> Vec<u8> {
    let mut bytes = VIDEO.to_vec();
    bytes[100_000] ^= 1;
    bytes
}

#[test]
fn row_10_a_body_that_ends_early_is_resumed() {
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        let good = || Reply::file(request, VIDEO, "1");
        request.is_video().then(|| match time {
            1 => good().flowing(Flow::Cut(1)),
            2 => good().flowing(Flow::Cut(50_000)),
            3 => good().flowing(Flow::Mute),
            _ => good(),
        })
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_10_a_body_announced_longer_than_signed_is_not_read() {
    let scene = refused("wrong_length", |_| {
        Reply::new(200, [VIDEO, b"more"].concat())
    });
    assert_eq!(scene.stock().wrong.len(), 0);
}

#[test]
fn row_10_a_body_without_end_is_left_at_the_length_signed() {
    let scene = refused("wrong_length", |_| {
        Reply::new(200, VIDEO).flowing(Flow::Endless)
    });
    // What is on the disk of it is bounded by what was signed.
    let part = scene.object(VIDEO).with_extension("part");
    assert!(fs::metadata(part).map_or(0, |found| found.len()) <= VIDEO.len() as u64);
}

#[test]
fn row_10_a_body_announced_shorter_than_signed_is_refused() {
    refused("wrong_length", |_| Reply::new(200, &VIDEO[1..]));
}

#[test]
fn row_10_one_flipped_bit_is_noticed_and_nothing_of_it_stays() {
    let scene = refused("wrong_hash", |_| Reply::new(200, flipped()));
    assert!(!scene.object(VIDEO).exists());
    assert!(!scene.object(VIDEO).with_extension("part").exists());
}

#[test]
fn row_10_a_flipped_bit_at_one_place_is_had_right_from_the_mirror() {
    let repository = Repository::with(&[("un", VIDEO)]);
    let mirror = Server::folder(repository.root(), |_, _| None);
    let scene = Scene::of(repository, |request, _| {
        is_first(request).then(|| Reply::new(200, flipped()))
    });
    let mirrors = format!("mirrors = [\"{}\"]\n", mirror.url());
    scene.borne.look_with(&scene.server.url(), &mirrors);
    scene.sync().must(0);
    scene.must_show(&["un"]);
    assert!(mirror.requests().iter().all(Request::is_video));
}

#[test]
fn row_10_what_is_wrong_everywhere_is_not_asked_again_at_once() {
    let scene = refused("wrong_hash", |_| Reply::new(200, flipped()));
    let asked = |scene: &Scene| {
        let requests = scene.server.requests();
        requests.iter().filter(|request| is_first(request)).count()
    };
    assert_eq!(asked(&scene), 1);
    scene.sync().must(3);
    assert_eq!(asked(&scene), 1);
    assert_eq!(scene.stock().missing["essai/un"], "quarantined");
    scene.must_show(&["deux"]);
}

#[test]
fn row_10_a_repaired_file_is_had_once_the_quarantine_is_over() {
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        (is_first(request) && time == 1).then(|| Reply::new(200, flipped()))
    });
    scene.sync().must(3);
    let later = borne::clock::now() + jiff::SignedDuration::from_hours(2);
    let later = resilience::clock::at(&later.to_string());
    let later: Vec<&str> = later.iter().map(String::as_str).collect();
    scene.borne.run(&later).must(0);
    scene.must_show(&["un"]);
}
