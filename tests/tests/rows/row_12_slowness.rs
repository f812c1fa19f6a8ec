//! Row 12: a network that stands still is not felt on the screen.

use end_to_end::borne::SOON;
use end_to_end::stand::{Stand, good_film};
use end_to_end::{targets, wait};
use resilience::reply::{Flow, Reply};
use resilience::repository::sha256;

#[test]
fn row_12_while_a_download_stands_still_a_visitor_watches_and_finds_their_way() {
    let folder = tempfile::tempdir().unwrap();
    let film = good_film(folder.path(), "un").unwrap();
    let coming = vec![7; 1_000_000];
    let (name, served) = (sha256(&coming), coming.clone());
    let stand = Stand::with(&[("a-premier", &film)], move |request, _| {
        let stalled = || Reply::file(request, &served, "1").flowing(Flow::Stall(10_000));
        request.path.contains(&name).then(stalled)
    })
    .unwrap();
    stand.scene.sync().must(0);
    let _playing = stand.play().unwrap();
    stand
        .scene
        .repository
        .offer(&[("a-premier", &film), ("b-second", &coming)]);
    let _syncing = stand.borne.sync(stand.scene.folder()).unwrap();
    let stands_still = || stand.scene.borne.status()["activity"] == "downloading";
    wait::until("le téléchargement", SOON, || {
        Ok(stands_still().then_some(()))
    })
    .unwrap();

    stand.touch(targets::MIDDLE, "accueil").unwrap();
    stand.display.touch(targets::featured(0)).unwrap();
    stand.must_play("essai/a-premier").unwrap();
    stand.touch(targets::MIDDLE, "lecteur").unwrap();
    stand.display.touch(targets::LEAVE).unwrap();
    stand
        .must("maintenant", |status| status.screen != "lecteur")
        .unwrap();
    stand.touch(targets::HOME, "accueil").unwrap();
    stand.touch(targets::DOOR_TRADES, "univers").unwrap();
    stand.touch(targets::SEARCH, "chercher").unwrap();
    let last = stand.must("un état", |_| true).unwrap();
    assert_eq!(last.errors, 0, "{last:?}");
    assert!(stands_still(), "the download did not stand still meanwhile");
}
