mod access;
mod code;
mod group;
mod machine;
mod properties;
mod reading;
mod setup;
mod touches;
mod wireless;

use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::{End, Entry, ResultBucket};

use super::*;

const SOUND: SoundPolicy = SoundPolicy {
    default: 60,
    ceiling: 80,
};

fn at(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn nobody() -> Visit {
    Visit::new(IdlePolicy::default(), SOUND, "fr")
}

/// A visitor who has done these things, a second apart, the first at second 1.
fn after(actions: impl IntoIterator<Item = Action>) -> Visit {
    let mut visit = nobody();
    for (second, action) in (1..).zip(actions) {
        visit.update(at(second), action);
    }
    visit
}

fn play(key: &str) -> Action {
    Action::Play {
        key: key.to_owned(),
        start_ms: 0,
    }
}

fn found(results: usize) -> Action {
    Action::Found {
        results,
        term: None,
    }
}

fn search_events(effects: &[Effect]) -> Vec<(ResultBucket, bool)> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Record(Event::Search(search)) => Some((search.results, search.clicked)),
            _ => None,
        })
        .collect()
}

#[test]
fn the_first_touch_only_wakes() {
    let mut visit = nobody();
    let effects = visit.update(at(1), play("demo/a"));
    assert_eq!((effects, visit.place()), (vec![], &Place::Veille));

    let effects = visit.update(at(2), Action::Wake);
    assert_eq!((effects, visit.place()), (vec![], &Place::Accueil));
}

#[test]
fn a_featured_video_is_two_touches_away_from_the_attract_loop() {
    let mut visit = nobody();
    visit.update(at(1), Action::Wake);
    let effects = visit.update(at(2), play("demo/a"));
    assert_eq!(
        effects,
        vec![Effect::Open {
            key: "demo/a".to_owned(),
            start_ms: 0,
            entry: Entry::Home
        }]
    );
}

#[test]
fn doors_lead_where_they_say() {
    for (door, place) in [
        (Door::Trade, Place::Univers(Groups::Univers)),
        (Door::Job, Place::Univers(Groups::Rubriques)),
        (Door::Unsure, Place::Univers(Groups::Likes)),
    ] {
        let visit = after([Action::Wake, Action::OpenDoor(door)]);
        assert_eq!(visit.place(), &place);
    }
}

#[test]
fn back_retraces_the_way_and_ends_the_visit_at_its_start() {
    let mut visit = after([
        Action::Wake,
        Action::OpenDoor(Door::Trade),
        Action::OpenShelf(Shelf::Univers("informatique".to_owned())),
        play("demo/a"),
    ]);
    let closing = visit.update(at(10), Action::Back);
    assert_eq!(closing, vec![Effect::Close(End::Back)]);
    assert_eq!(visit.place().name(), "liste");
    visit.update(at(11), Action::Back);
    assert_eq!(visit.place().name(), "univers");
    visit.update(at(12), Action::Back);
    assert_eq!(visit.place(), &Place::Accueil);
    visit.update(at(13), Action::Back);
    assert_eq!(visit.place(), &Place::Veille);
}

#[test]
fn a_video_seen_to_its_end_gives_way_to_what_may_follow_and_back_skips_it() {
    let mut visit = after([Action::Wake, play("demo/a"), Action::Ended]);
    assert_eq!(visit.place().name(), "maintenant");
    let effects = visit.update(at(9), play("demo/b"));
    assert!(matches!(
        effects.as_slice(),
        [Effect::Open {
            entry: Entry::Related,
            ..
        }]
    ));
    visit.update(at(10), Action::Back);
    assert_eq!(visit.place(), &Place::Accueil);
}

#[test]
fn pages_stay_within_the_shelf() {
    let mut visit = after([Action::Wake, Action::OpenShelf(Shelf::Suggestions)]);
    let page = |visit: &Visit| match visit.place() {
        Place::Liste { page, .. } => *page,
        other => panic!("{other:?}"),
    };
    for (by, expected) in [(-1, 0), (1, 1), (5, 2), (-1, 1)] {
        visit.update(at(5), Action::Turn { by, pages: 3 });
        assert_eq!(page(&visit), expected);
    }
}

#[test]
fn a_search_counts_once_when_it_is_left_with_whether_a_result_was_opened() {
    let typed = || {
        after([
            Action::Wake,
            Action::Search,
            Action::Type('c'),
            found(9),
            Action::Type('v'),
            found(3),
        ])
    };
    let mut opened = typed();
    let effects = opened.update(at(10), play("demo/cv"));
    assert_eq!(search_events(&effects), vec![(ResultBucket::Few, true)]);

    let mut given_up = typed();
    let effects = given_up.update(at(10), Action::Home);
    assert_eq!(search_events(&effects), vec![(ResultBucket::Few, false)]);

    let mut erased = typed();
    erased.update(at(9), Action::Clear);
    let effects = erased.update(at(10), Action::Home);
    assert_eq!(search_events(&effects), vec![]);
}

#[test]
fn results_stay_reachable_after_a_video_opened_from_search() {
    let mut visit = after([
        Action::Wake,
        Action::Search,
        Action::Type('c'),
        play("demo/cv"),
    ]);
    visit.update(at(9), Action::Back);
    assert_eq!(
        visit.place(),
        &Place::Chercher {
            query: "c".to_owned()
        }
    );
}

#[test]
fn nobody_there_is_asked_after_a_minute_and_gone_thirty_seconds_later() {
    let mut visit = after([Action::Wake]);
    visit.update(at(60), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), None);
    visit.update(at(61), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), Some(30));
    visit.update(at(90), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), Some(1));
    let effects = visit.update(at(91), Action::Tick(Activity::Waiting));
    assert_eq!(visit.place(), &Place::Veille);
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Record(Event::Visit(visit)) if visit.end == End::Idle
    )));
}

#[test]
fn a_touch_during_the_countdown_stays_where_the_visitor_was() {
    let mut visit = after([Action::Wake, Action::OpenDoor(Door::Trade)]);
    visit.update(at(62), Action::Tick(Activity::Waiting));
    assert!(visit.countdown_s().is_some());
    visit.update(at(70), Action::Stay);
    visit.update(at(100), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), None);
    assert_eq!(visit.place().name(), "univers");
}

#[test]
fn watching_is_activity_and_a_held_video_waits_three_minutes() {
    let mut visit = after([Action::Wake, play("demo/a")]);
    visit.update(at(600), Action::Tick(Activity::Playing));
    assert_eq!(visit.countdown_s(), None);
    visit.update(at(779), Action::Tick(Activity::Paused));
    assert_eq!(visit.countdown_s(), None);
    visit.update(at(780), Action::Tick(Activity::Paused));
    assert_eq!(visit.countdown_s(), Some(30));
}

#[test]
fn taking_ones_time_makes_it_ten_minutes() {
    let mut visit = after([Action::Wake, Action::Toggle(ComfortOption::MoreTime)]);
    visit.update(at(601), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), None);
    visit.update(at(602), Action::Tick(Activity::Waiting));
    assert_eq!(visit.countdown_s(), Some(30));
}

#[test]
fn taking_ones_time_promises_what_it_gives_and_never_less_than_a_usual_wait() {
    let promised = |usual, more| {
        let policy = IdlePolicy {
            ask_after: at(usual),
            ask_after_more_time: at(more),
            ..IdlePolicy::default()
        };
        let visit = Visit::new(policy, SOUND, "fr");
        visit.promised_min()
    };
    assert_eq!(promised(60, 600), 10);
    assert_eq!(promised(60, 1_199), 19);
    assert_eq!(promised(900, 600), 15);
    assert_eq!(promised(3, 3), 1);
}

#[test]
fn everything_is_as_before_after_a_visit() {
    let mut visit = after([
        Action::Wake,
        Action::Toggle(ComfortOption::Contrast),
        Action::Toggle(ComfortOption::Captions),
        Action::Louder(1),
    ]);
    assert_eq!(visit.volume(), 70);
    let effects = visit.update(at(9), Action::Leave);
    assert_eq!(visit.comfort(), &Comfort::default());
    assert_eq!(visit.volume(), SOUND.default);
    assert!(effects.contains(&Effect::Captions(true)));
    assert!(effects.contains(&Effect::Volume(SOUND.default)));
}

#[test]
fn a_language_lasts_for_the_visit() {
    let mut visit = nobody();
    visit.update(at(1), Action::Speak("nl".to_owned()));
    assert_eq!((visit.place(), visit.language()), (&Place::Accueil, "nl"));
    visit.update(at(2), Action::Speak("en".to_owned()));
    let effects = visit.update(at(3), Action::Leave);
    assert!(effects.iter().any(|effect| matches!(
        effect,
        Effect::Record(Event::Visit(visit)) if visit.languages == ["en", "nl"]
    )));
    assert_eq!(visit.language(), "fr");
}

#[test]
fn the_volume_stays_under_the_ceiling_of_the_site() {
    let visit = after([Action::Wake, Action::Louder(1), Action::Louder(5)]);
    assert_eq!(visit.volume(), SOUND.ceiling);
}
