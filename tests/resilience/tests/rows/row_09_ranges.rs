//! Row 9: servers that treat ranges, tags and encodings in their own way.

use resilience::reply::{Flow, Reply, Request};
use resilience::scene::Scene;

use crate::{OTHER, VIDEO};

/// A first answer that breaks off, from where the next must go on.
const BROKEN_AT: usize = 90_000;

/// The video breaks off once, then `then` answers; the borne must end with the right bytes.
#[track_caller]
fn whole_in_the_end(mut then: impl FnMut(&Request) -> Reply + Send + 'static) -> Scene {
    let scene = Scene::with(&[("un", VIDEO)], move |request, time| {
        let broken = || Reply::file(request, VIDEO, "1").flowing(Flow::Cut(BROKEN_AT));
        request
            .is_video()
            .then(|| if time == 1 { broken() } else { then(request) })
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
    scene
}

/// Where the requests for the video started, in order.
fn starts(scene: &Scene) -> Vec<Option<usize>> {
    let requests = scene.server.requests();
    let videos = requests.iter().filter(|request| request.is_video());
    videos.map(Request::range_start).collect()
}

#[test]
fn row_09_a_server_with_ranges_is_asked_only_for_the_rest() {
    let scene = whole_in_the_end(|request| Reply::file(request, VIDEO, "1"));
    assert_eq!(starts(&scene), [None, Some(BROKEN_AT)]);
    let last = scene.server.requests().pop().unwrap();
    assert_eq!(last.header("if-range"), Some("\"1\""));
}

#[test]
fn row_09_a_server_that_ignores_ranges_sends_all_again() {
    let scene = whole_in_the_end(|_| Reply::new(200, VIDEO).with("ETag", "\"1\""));
    assert_eq!(starts(&scene).len(), 2);
}

#[test]
fn row_09_an_answer_from_another_offset_is_not_joined() {
    for range in [
        "bytes 0-199999/200000",
        "bytes 90001-199999/200000",
        "bytes 90000-199999/*",
    ] {
        let scene = whole_in_the_end(move |request| match request.range_start() {
            Some(start) => Reply::new(206, &VIDEO[start..]).with("Content-Range", range),
            None => Reply::new(200, VIDEO),
        });
        assert_eq!(starts(&scene), [None, Some(BROKEN_AT), None], "{range}");
    }
}

#[test]
fn row_09_a_part_of_another_total_is_not_joined() {
    whole_in_the_end(|request| match request.range_start() {
        Some(start) => Reply::new(206, &VIDEO[start..]).with(
            "Content-Range",
            format!("bytes {start}-{}/300000", VIDEO.len() - 1),
        ),
        None => Reply::new(200, VIDEO),
    });
}

#[test]
fn row_09_a_range_that_is_refused_starts_over() {
    let scene = whole_in_the_end(|request| match request.range_start() {
        Some(_) => Reply::new(416, "").with("Content-Range", "bytes */200000"),
        None => Reply::new(200, VIDEO),
    });
    assert_eq!(starts(&scene), [None, Some(BROKEN_AT), None]);
}

#[test]
fn row_09_a_file_that_changed_midway_and_says_so_starts_over() {
    // Before, another file stood under the address: its beginning must not stay.
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        let old = || Reply::file(request, OTHER, "old").flowing(Flow::Cut(BROKEN_AT));
        request.is_video().then(|| match time {
            1 => old(),
            _ => Reply::file(request, VIDEO, "new"),
        })
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_09_a_file_that_changed_midway_unsaid_is_noticed_by_its_content() {
    for tag in ["", "W/\"1\"", "\"same\""] {
        let scene = Scene::with(&[("un", VIDEO)], move |request, time| {
            let content = if time == 1 { OTHER } else { VIDEO };
            let honest = Reply::file(request, content, "same");
            let lying = match tag {
                "" => honest.without("ETag"),
                tag => honest.with("ETag", tag),
            };
            request.is_video().then(|| match time {
                1 => lying.flowing(Flow::Cut(BROKEN_AT)),
                _ => lying,
            })
        });
        scene.sync().must(0);
        scene.must_show(&["un"]);
    }
}

#[test]
fn row_09_without_a_strong_tag_no_condition_is_made() {
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        let weak = Reply::file(request, VIDEO, "1").with("ETag", "W/\"1\"");
        request.is_video().then(|| match time {
            1 => weak.flowing(Flow::Cut(BROKEN_AT)),
            _ => weak,
        })
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
    let last = scene.server.requests().pop().unwrap();
    assert_eq!(last.header("if-range"), None);
}

#[test]
fn row_09_a_compressed_video_is_refused_and_the_rest_goes_on() {
    let scene = Scene::with(&[("un", VIDEO), ("deux", OTHER)], |request, _| {
        let first = request
            .path
            .contains(&resilience::repository::sha256(VIDEO));
        first.then(|| Reply::new(200, VIDEO).with("Content-Encoding", "gzip"))
    });
    scene.sync().must(3);
    scene.must_show(&["deux"]);
    assert_eq!(scene.stock().missing["essai/un"], "encoded");
    let asked = scene.server.requests();
    let video = asked.iter().find(|request| request.is_video()).unwrap();
    assert_eq!(video.header("accept-encoding"), Some("identity"));
}
