//! Rows 15 and 17, as far as they need no screen: objects that rot or go, and videos that a partner
//! removes.

use std::fs;

use resilience::scene::Scene;

use crate::{OTHER, VIDEO};

#[test]
fn row_15_an_object_cut_to_nothing_or_gone_is_fetched_again() {
    for damage in [
        (|path| fs::write(path, "").unwrap()) as fn(&std::path::Path),
        |path| fs::write(path, &VIDEO[1..]).unwrap(),
        |path| fs::remove_file(path).unwrap(),
    ] {
        let scene = Scene::new(&[("un", VIDEO), ("deux", OTHER)]);
        scene.sync().must(0);
        damage(&scene.object(VIDEO));
        scene.sync().must(0);
        scene.must_show(&["un", "deux"]);
    }
}

#[test]
fn row_15_a_rotten_part_is_not_gone_on_with() {
    use resilience::reply::{Flow, Reply};
    let scene = Scene::with(&[("un", VIDEO)], |request, time| {
        let good = Reply::file(request, VIDEO, "1");
        // Breaks off for good in the first look.
        (request.is_video() && time <= 4).then(|| match time {
            1 => good.flowing(Flow::Cut(90_000)),
            _ => good.flowing(Flow::Mute),
        })
    });
    scene.sync();
    let part = scene.object(VIDEO).with_extension("part");
    let mut bytes = fs::read(&part).unwrap();
    assert_eq!(bytes.len(), 90_000);
    bytes[1_000] ^= 1;
    fs::write(&part, bytes).unwrap();
    scene.sync().must(0);
    scene.must_show(&["un"]);
}

#[test]
fn row_15_a_catalogue_that_rots_gives_way_to_the_one_before_and_is_made_again() {
    for rot in ["", "{", "{\"number\":2}"] {
        let scene = Scene::new(&[("un", VIDEO)]);
        scene.sync().must(0);
        scene.repository.offer(&[("un", VIDEO), ("deux", OTHER)]);
        scene.sync().must(0);
        fs::write(
            scene.borne.data.join("catalogue/current/catalogue.json"),
            rot,
        )
        .unwrap();
        assert_eq!(scene.borne.status()["catalogue"]["videos"], 1);
        scene.sync().must(0);
        scene.must_show(&["un", "deux"]);
    }
}

#[test]
fn row_17_the_file_of_a_video_that_is_removed_stays_until_the_next_catalogue_but_one() {
    let scene = Scene::new(&[("un", VIDEO), ("deux", OTHER)]);
    scene.sync().must(0);
    scene.repository.offer(&[("deux", OTHER)]);
    scene.sync().must(0);
    scene.must_show(&["deux"]);
    // Who plays it now can play it to its end.
    assert_eq!(fs::read(scene.object(VIDEO)).unwrap(), VIDEO);
    scene
        .repository
        .offer(&[("deux", OTHER), ("trois", b"third")]);
    scene.sync().must(0);
    assert!(!scene.object(VIDEO).exists());
}
