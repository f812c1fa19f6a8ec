use super::{HEAD, VIDEO, folder, places, read};
use crate::catalogue::SessionKind;

/// Begins on line 12: after the head of 3 lines, a video of 7 and two empty lines.
const SESSION: &str = "
[[session]]
id = \"chantier\"
title = \"Visiter un chantier\"
kind = \"seance\"
starts = 2026-03-26T14:00
place = \"En ligne\"
address = \"exemple.be/agenda\"
";

const PLAYLIST: &str = "
[[playlist]]
id = \"batir\"
title = \"Bâtir\"

[[playlist.item]]
video = \"macon\"

[[playlist.item]]
video = \"siep/grutier\"
question = \"Et vous ?\"
answers = [\"Oui\", \"Non\"]
";

#[test]
fn sessions_are_read() {
    let more = "ends = \"2026-03-26 15:30\"\nsummary = \"Casque fourni.\"\n\
                audiences = \"parents\"\nunivers = [\"construire\"]\nrubrique = \"entretien\"\n\
                videos = [\"macon\"]\nurl = \"https://exemple.be\"\n";
    let folder = folder(&format!("{HEAD}{VIDEO}{SESSION}{more}"));
    let source = read(folder.path()).unwrap();
    let session = &source.sessions[0];
    assert_eq!(session.kind, SessionKind::Seance);
    assert_eq!(session.starts, "2026-03-26T14:00".parse().unwrap());
    assert_eq!(session.ends, Some("2026-03-26T15:30".parse().unwrap()));
    assert_eq!(session.audiences, ["parents"]);
    assert_eq!(session.videos, ["macon"]);
    assert_eq!(session.url.as_deref(), Some("https://exemple.be"));
}

#[test]
fn playlists_are_read_in_either_way_of_writing() {
    let folder = folder(&format!("{HEAD}{VIDEO}{PLAYLIST}"));
    let written = read(folder.path()).unwrap().playlists;
    assert_eq!(written[0].items[1].answers, ["Oui", "Non"]);
    let inline = "item = [{ video = \"macon\" }, { video = \"siep/grutier\", \
                  question = \"Et vous ?\", answers = [\"Oui\", \"Non\"] }]";
    let (head, _) = PLAYLIST.split_once("\n\n").unwrap();
    let folder = super::folder(&format!("{HEAD}{VIDEO}{head}\n{inline}\n"));
    assert_eq!(read(folder.path()).unwrap().playlists, written);
}

#[test]
fn every_problem_of_a_session_has_its_line_and_field() {
    let with = |line: &str| format!("{HEAD}{VIDEO}{SESSION}{line}\n");
    let instead = |right: &str, wrong: &str| with("").replace(right, wrong);
    for (manifest, line, field) in [
        (with("ends = 2026-03-26T13:00"), 19, "ends"),
        (with("ends = 2026-03-26"), 19, "ends"),
        (with("ends = 2026-03-26T15:00Z"), 19, "ends"),
        (with("ends = \"demain à 15 h\""), 19, "ends"),
        (with("audiences = [\"chats\"]"), 19, "audiences"),
        (with("videos = [\"absente\"]"), 19, "videos"),
        (with("url = \"http://exemple.be\""), 19, "url"),
        (with("duree = 60"), 19, "duree"),
        (instead("2026-03-26T14:00", "2026-03-26"), 16, "starts"),
        (instead("starts = 2026-03-26T14:00\n", ""), 12, "starts"),
        (instead("place = \"En ligne\"\n", ""), 12, "place"),
        (instead("\"seance\"", "\"fete\""), 15, "kind"),
        (instead("\"exemple.be/agenda\"", "\"\""), 18, "address"),
        (instead("[[session]]", "[session]"), 12, "session"),
        (format!("{}{SESSION}", with("")), 22, "id"),
    ] {
        let places = places(&manifest);
        assert_eq!(places, [(Some(line), field.to_owned())], "{manifest}");
    }
}

#[test]
fn every_problem_of_a_playlist_has_its_line_and_field() {
    let with = |line: &str| format!("{HEAD}{VIDEO}{PLAYLIST}{line}\n");
    let instead = |right: &str, wrong: &str| with("").replace(right, wrong);
    let (head, _) = PLAYLIST.split_once("\n\n").unwrap();
    for (manifest, line, field) in [
        (instead("\"macon\"\n\n[[", "\"absente\"\n\n[["), 17, "video"),
        (instead("video = \"siep/grutier\"\n", ""), 19, "video"),
        (instead("question = \"Et vous ?\"\n", ""), 21, "answers"),
        (instead("[\"Oui\", \"Non\"]", "[\"Oui\"]"), 22, "answers"),
        (with("reponses = []"), 23, "reponses"),
        (instead("title = \"Bâtir\"\n", ""), 12, "title"),
        (format!("{HEAD}{VIDEO}{head}\n"), 12, "item"),
        (format!("{HEAD}{VIDEO}{head}\nitem = 3\n"), 15, "item"),
    ] {
        let places = places(&manifest);
        assert!(
            places.contains(&(Some(line), field.to_owned())),
            "{places:?} {manifest}"
        );
    }
}

#[test]
fn a_video_that_cannot_be_read_is_not_missed_by_what_names_it() {
    let broken = VIDEO.replace("kind = \"metier\"\n", "");
    let session = format!("{SESSION}videos = [\"macon\"]\n");
    let places = places(&format!("{HEAD}{broken}{session}"));
    assert_eq!(places, [(Some(5), "kind".to_owned())]);
}

#[test]
fn two_videos_of_one_code_are_a_problem_with_its_line() {
    let coded = |video: &str| format!("{video}code = \"mur1\"\n");
    let other = VIDEO.replace("\"macon\"", "\"grutier\"");
    let places = places(&format!("{HEAD}{}{}", coded(VIDEO), coded(&other)));
    assert_eq!(places, [(Some(19), "code".to_owned())]);
}
