use crate::catalogue::{Playlist, PlaylistItem, Session, SessionKind};
use crate::check::catalogue;

use super::{fields, network, offer, video};

fn session() -> Session {
    Session {
        id: "chantier".into(),
        title: "Visiter un chantier".into(),
        kind: SessionKind::Seance,
        starts: "2026-03-26T14:00".parse().unwrap(),
        ends: Some("2026-03-26T15:30".parse().unwrap()),
        place: "En ligne".into(),
        summary: String::new(),
        audiences: vec!["parents".into()],
        univers: vec!["construire".into()],
        rubrique: Some("entretien".into()),
        videos: vec!["macon".into(), "siep/grutier".into()],
        address: "exemple.be/agenda".into(),
        url: Some("https://exemple.be/agenda".into()),
    }
}

fn playlist() -> Playlist {
    let item = |video: &str| PlaylistItem {
        video: video.into(),
        question: Some("Et vous ?".into()),
        answers: vec!["Oui".into(), "Non".into()],
    };
    Playlist {
        id: "batir".into(),
        title: "Bâtir".into(),
        summary: String::new(),
        audiences: vec!["parents".into()],
        items: vec![item("macon"), item("forem/macon"), item("siep/grutier")],
    }
}

/// Entries and fields of the problems of a catalogue with this session and this playlist.
fn problems(session: Session, playlist: Playlist) -> Vec<(String, String)> {
    let mut offer = offer(vec![video()]);
    offer.sessions = vec![session];
    offer.playlists = vec![playlist];
    catalogue("forem", &offer, &network())
        .into_iter()
        .map(|problem| (problem.entry.unwrap(), problem.field))
        .collect()
}

#[test]
fn a_session_and_a_playlist_in_order_have_no_problem() {
    assert_eq!(problems(session(), playlist()), []);
    let open = Session {
        ends: None,
        url: None,
        rubrique: None,
        audiences: vec![],
        videos: vec![],
        ..session()
    };
    assert_eq!(problems(open, playlist()), []);
}

#[test]
fn each_rule_of_a_session_names_its_field() {
    type Spoil = fn(&mut Session);
    let cases: Vec<(Spoil, &str)> = vec![
        (|session| session.id = "Chantier".into(), "id"),
        (|session| session.title = String::new(), "title"),
        (|session| session.summary = "a".repeat(601), "summary"),
        (|session| session.place = " ".into(), "place"),
        (|session| session.address = String::new(), "address"),
        (|session| session.address = "a".repeat(61), "address"),
        (|session| session.ends = Some(session.starts), "ends"),
        (
            |session| session.audiences = vec!["chats".into()],
            "audiences",
        ),
        (
            |session| session.audiences = vec!["parents".into(); 2],
            "audiences",
        ),
        (|session| session.univers = vec!["lune".into()], "univers"),
        (|session| session.rubrique = Some("lune".into()), "rubrique"),
        (|session| session.videos = vec!["absente".into()], "videos"),
        (
            |session| session.videos = vec!["forem/absente".into()],
            "videos",
        ),
        (|session| session.videos = vec!["siep/".into()], "videos"),
        (|session| session.videos = vec!["macon".into(); 2], "videos"),
        (
            |session| session.videos = (0..13).map(|id| format!("siep/{id}")).collect(),
            "videos",
        ),
        (
            |session| session.url = Some("http://exemple.be".into()),
            "url",
        ),
        (|session| session.url = Some("exemple.be".into()), "url"),
        (
            |session| session.url = Some("https://a:b@exemple.be".into()),
            "url",
        ),
        (
            |session| session.url = Some("https://exemple.be/ a".into()),
            "url",
        ),
    ];
    for (index, (spoil, field)) in cases.into_iter().enumerate() {
        let mut session = session();
        spoil(&mut session);
        let entry = format!("séance « {} »", session.id);
        let expected = [(entry, field.to_owned())];
        assert_eq!(problems(session, playlist()), expected, "case {index}");
    }
}

/// How a playlist is spoilt.
type SpoilPlaylist = fn(&mut Playlist);

#[test]
fn each_rule_of_a_playlist_names_its_field() {
    let cases: Vec<(SpoilPlaylist, &str)> = vec![
        (|playlist| playlist.title = String::new(), "title"),
        (
            |playlist| playlist.audiences = vec!["chats".into()],
            "audiences",
        ),
        (|playlist| playlist.items.clear(), "item"),
        (
            |playlist| playlist.items = vec![playlist.items[0].clone(); 41],
            "item",
        ),
    ];
    assert_each_names("playlist « batir »", cases);
}

#[test]
fn each_rule_of_an_item_names_its_number_and_field() {
    let cases: Vec<(SpoilPlaylist, &str)> = vec![
        (
            |playlist| playlist.items[1].video = "absente".into(),
            "video",
        ),
        (
            |playlist| playlist.items[1].video = "../etc".into(),
            "video",
        ),
        (
            |playlist| playlist.items[1].question = Some(" ".into()),
            "question",
        ),
        (
            |playlist| playlist.items[1].question = Some("a".repeat(161)),
            "question",
        ),
        (|playlist| playlist.items[1].question = None, "answers"),
        (
            |playlist| playlist.items[1].answers = vec!["Oui".into()],
            "answers",
        ),
        (
            |playlist| playlist.items[1].answers = vec!["Oui".into(); 5],
            "answers",
        ),
        (
            |playlist| playlist.items[1].answers[0] = "a".repeat(41),
            "answers",
        ),
    ];
    assert_each_names("playlist « batir », vidéo numéro 2", cases);
}

#[track_caller]
fn assert_each_names(entry: &str, cases: Vec<(SpoilPlaylist, &str)>) {
    for (index, (spoil, field)) in cases.into_iter().enumerate() {
        let mut playlist = playlist();
        spoil(&mut playlist);
        let expected = [(entry.to_owned(), field.to_owned())];
        assert_eq!(problems(session(), playlist), expected, "case {index}");
    }
}

#[test]
fn two_sessions_or_playlists_do_not_share_an_identifier() {
    let mut offer = offer(vec![video()]);
    offer.sessions = vec![session(), session()];
    offer.playlists = vec![playlist(), playlist()];
    let found = catalogue("forem", &offer, &network());
    assert_eq!(fields(&found), ["id", "id"]);
}

#[test]
fn too_many_sessions_are_one_problem() {
    let mut offer = offer(vec![video()]);
    offer.sessions = vec![session(); crate::check::limits::SESSIONS + 1];
    let found = catalogue("forem", &offer, &network());
    assert_eq!(fields(&found), ["sessions"]);
}
