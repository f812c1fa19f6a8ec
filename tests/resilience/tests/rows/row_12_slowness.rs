//! Row 12: links that are slow, break off or stand still. Time runs faster for the borne where its
//! own patience is what is tried.

use std::time::Duration;

use resilience::reply::{Flow, Reply, Request};
use resilience::scene::Scene;
use resilience::server::Server;

use crate::{OTHER, VIDEO};

const MB: usize = 1_000_000;

/// Bytes of the video asked for again although they had been sent.
fn twice(scene: &Scene, sent_each: usize) -> usize {
    let requests = scene.server.requests();
    let starts = requests.iter().filter(|request| request.is_video());
    let starts: Vec<usize> = starts.map(|it| it.range_start().unwrap_or(0)).collect();
    let ends = starts.iter().map(|start| start + sent_each);
    ends.zip(&starts[1..])
        .map(|(end, next)| end.saturating_sub(*next))
        .sum()
}

#[test]
fn row_12_a_link_that_breaks_off_every_megabyte_gets_there_with_little_fetched_twice() {
    let video = vec![b'x'; 10 * MB];
    let served = video.clone();
    let scene = Scene::with(&[("un", &video)], move |request, _| {
        let piece = || Reply::file(request, &served, "1").flowing(Flow::Cut(MB));
        request.is_video().then(piece)
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
    assert!(
        twice(&scene, MB) < video.len() / 20,
        "{}",
        twice(&scene, MB)
    );
    assert!(scene.server.media_sent() < video.len() + video.len() / 20);
}

#[test]
fn row_12_a_link_that_is_reset_every_megabyte_gets_there() {
    let video = vec![b'x'; 3 * MB];
    let served = video.clone();
    let scene = Scene::with(&[("un", &video)], move |request, _| {
        let piece = || Reply::file(request, &served, "1").flowing(Flow::Reset(MB));
        request.is_video().then(piece)
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_12_a_server_that_falls_silent_is_left_and_asked_for_the_rest() {
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        let good = Reply::file(request, VIDEO, "1");
        (request.is_video() && time == 1).then(|| good.flowing(Flow::Stall(70_000)))
    });
    run_faster(&scene, 10).must(0);
    scene.must_show(&["un"]);
    let last = scene.server.requests().pop().unwrap();
    assert_eq!(last.range_start(), Some(70_000));
}

#[test]
fn row_12_a_server_that_never_answers_is_given_up_and_the_last_catalogue_stays() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    let silent = Server::start(|_, _| Reply::new(200, "").flowing(Flow::Silent));
    scene.borne.look_at(&silent.url());
    run_faster(&scene, 60).must(1);
    assert_eq!(scene.borne.network(), "offline");
    scene.must_show(&["un"]);
}

#[test]
fn row_12_a_kilobyte_a_second_gets_there() {
    // For the borne, to whom a second passes in a tenth.
    let pause = Duration::from_millis(1_000 / 10);
    let content = &VIDEO[..20_000];
    let scene = Scene::with(&[("un", content)], move |request, _| {
        let good = || Reply::file(request, content, "1");
        request
            .is_video()
            .then(|| good().flowing(Flow::Drip(1_000, pause)))
    });
    run_faster(&scene, 10).must(0);
    scene.must_show(&["un"]);
    assert_eq!(scene.server.media_sent(), content.len() + poster(&scene));
}

/// Bytes of the poster, which is served beside the video.
fn poster(scene: &Scene) -> usize {
    let requests = scene.server.requests();
    let poster = requests
        .iter()
        .find(|it| it.path.ends_with(".jpg"))
        .unwrap();
    let file = scene.repository.root().join(&poster.path[1..]);
    usize::try_from(file.metadata().unwrap().len()).unwrap()
}

#[test]
fn row_12_a_server_that_does_not_close_is_not_waited_for() {
    let scene = Scene::with(&[("un", VIDEO)], |request, _| {
        let good = || Reply::file(request, VIDEO, "1");
        request.is_video().then(|| good().flowing(Flow::Hold))
    });
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_12_without_names_the_borne_is_offline_and_keeps_what_it_has() {
    let scene = Scene::new(&[("un", VIDEO)]);
    scene.sync().must(0);
    scene.borne.look_at("http://videos.example/");
    // A network namespace of its own: no link, nobody to ask for a name.
    scene.borne.run(&["unshare", "--net"]).must(1);
    assert_eq!(scene.borne.network(), "offline");
    scene.must_show(&["un"]);
}

#[test]
fn row_12_a_busy_server_is_left_alone_as_long_as_it_asks() {
    for status in [429, 503] {
        let scene = Scene::with(&[("un", VIDEO)], move |_, _| {
            Some(Reply::new(status, "").with("Retry-After", "7200"))
        });
        scene.must_fail_with("busy");
        assert_eq!(scene.server.requests().len(), 1, "asked again at once");
    }
}

#[test]
fn row_12_a_server_busy_with_videos_is_not_asked_for_the_next_one() {
    let scene = Scene::with(&[("un", VIDEO), ("deux", OTHER)], |request, _| {
        let busy = || Reply::new(503, "").with("Retry-After", "60");
        request.is_video().then(busy)
    });
    scene.sync();
    let requests = scene.server.requests();
    assert_eq!(
        requests.iter().filter(|it| Request::is_video(it)).count(),
        1
    );
    scene.stock();
}

fn run_faster(scene: &Scene, times: u32) -> resilience::borne::Ran {
    let wrapper = resilience::clock::faster(times);
    let wrapper: Vec<&str> = wrapper.iter().map(String::as_str).collect();
    scene.borne.run(&wrapper)
}
