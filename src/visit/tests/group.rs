//! An animator and a group.

use central_protocol::Event;
use central_protocol::event::{self, Entry};

use super::super::*;
use super::{after, at};

fn begin() -> Action {
    Action::BeginPlaylist {
        playlist: "demo/liste".to_owned(),
        videos: vec!["demo/a".to_owned(), "demo/b".to_owned()],
    }
}

fn led() -> Visit {
    after([
        Action::Wake,
        Action::OpenCode(Area::Group),
        Action::CodeJudged(Verdict::Accepted),
        begin(),
    ])
}

fn groups(effects: &[Effect]) -> Vec<event::Group> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Record(Event::Group(group)) => Some(group.clone()),
            _ => None,
        })
        .collect()
}

#[test]
fn a_playlist_begins_only_behind_its_code() {
    let mut visit = after([Action::Wake]);
    assert_eq!(visit.update(at(5), begin()), vec![]);
    assert_eq!(visit.place(), &Place::Accueil);
}

#[test]
fn videos_and_questions_take_turns_and_heads_are_counted_at_the_end() {
    let mut visit = led();
    assert_eq!(visit.place().name(), "lecteur");
    visit.update(at(10), Action::Ended);
    visit.update(at(11), Action::CountHands { answer: 1, by: 3 });
    assert_eq!(
        visit.session().map(|session| session.hands),
        Some([0, 3, 0, 0])
    );

    let effects = visit.update(at(12), Action::NextVideo);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Open { key, entry: Entry::Group, .. }] if key == "demo/b"
    ));
    assert_eq!(visit.session().map(|session| session.hands), Some([0; 4]));
    visit.update(at(20), Action::Ended);
    assert_eq!(visit.update(at(21), Action::NextVideo), vec![]);
    assert!(visit.session().is_some_and(Session::is_over));

    visit.update(at(22), Action::CountHeads(14));
    let effects = visit.update(at(23), Action::EndPlaylist);
    assert_eq!(
        groups(&effects),
        [event::Group {
            playlist: "demo/liste".to_owned(),
            videos: 2,
            headcount: Some(14),
        }]
    );
    assert_eq!(visit.place(), &Place::Playlists);
}

#[test]
fn a_group_that_walks_away_is_counted_once() {
    let mut visit = led();
    visit.update(at(10), Action::Ended);
    let mut effects = visit.update(at(11), Action::Home);
    effects.extend(visit.update(at(12), Action::Leave));
    assert_eq!(groups(&effects).len(), 1);
}

#[test]
fn a_group_is_not_asked_whether_it_is_there_for_the_length_of_a_lesson() {
    let mut visit = led();
    visit.update(at(10), Action::Ended);
    visit.update(at(3_609), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), None);
    visit.update(at(3_610), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), Some(30));
}

#[test]
fn a_video_that_fails_leaves_the_group_at_its_question() {
    let mut visit = led();
    visit.update(at(10), Action::Failed);
    assert_eq!(visit.place().name(), "groupe");
    assert_eq!(visit.session().map(|session| session.shown), Some(0));
}
