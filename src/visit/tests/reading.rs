//! The text of a video, its speed and its renditions.

use central_protocol::Event;
use central_protocol::event::{End, Entry, Handover, Onward};

use super::super::*;
use super::{after, at, play};

fn reading() -> Visit {
    after([
        Action::Wake,
        play("demo/a"),
        Action::OpenFiche("demo/a".to_owned()),
    ])
}

#[test]
fn the_text_of_a_video_holds_it_and_back_goes_on() {
    let mut visit = after([Action::Wake, play("demo/a")]);
    let effects = visit.update(at(5), Action::OpenFiche("demo/a".to_owned()));
    assert_eq!(effects, vec![Effect::Hold]);
    assert!(visit.is_open());
    let effects = visit.update(at(6), Action::Back);
    assert_eq!(effects, vec![Effect::GoOn(None)]);
    assert_eq!(visit.place().name(), "lecteur");
}

#[test]
fn a_sentence_of_a_held_video_goes_there_without_another_playback() {
    let mut visit = reading();
    let effects = visit.update(at(5), Action::ReadAt(12_000));
    assert_eq!(effects, vec![Effect::GoOn(Some(12_000))]);
    assert_eq!(visit.place().name(), "lecteur");
}

#[test]
fn a_sentence_of_a_video_that_is_not_open_begins_it_there() {
    let mut visit = after([Action::Wake, Action::OpenFiche("demo/a".to_owned())]);
    let effects = visit.update(at(5), Action::ReadAt(12_000));
    assert_eq!(
        effects,
        vec![Effect::Open {
            key: "demo/a".to_owned(),
            start_ms: 12_000,
            entry: Entry::Related,
        }]
    );
}

#[test]
fn a_video_held_under_its_text_is_closed_when_the_visitor_goes_elsewhere() {
    for elsewhere in [
        Action::Home,
        Action::Search,
        Action::Help,
        Action::OpenAdviser,
    ] {
        let mut visit = reading();
        let effects = visit.update(at(5), elsewhere.clone());
        assert!(effects.contains(&Effect::Close(End::Back)), "{elsewhere:?}");
        assert!(!visit.is_open());
    }
}

#[test]
fn a_video_that_ends_under_its_text_gives_way_to_what_may_follow() {
    let mut visit = reading();
    visit.update(at(5), Action::Ended);
    assert_eq!(visit.place().name(), "maintenant");
}

#[test]
fn speeds_take_turns_and_start_as_recorded_for_the_next_visitor() {
    let mut visit = after([Action::Wake, play("demo/a")]);
    let speeds: Vec<_> = (5..9)
        .flat_map(|second| visit.update(at(second), Action::Faster))
        .collect();
    let expected = [125, 150, 75, 100].map(Effect::Speed);
    assert_eq!(speeds, expected);
    visit.update(at(10), Action::Faster);
    visit.update(at(11), Action::Leave);
    assert_eq!(visit.speed_percent(), 100);
}

#[test]
fn a_phone_is_counted_with_its_video_and_an_adviser_without() {
    let mut visit = after([Action::Wake, play("demo/a"), Action::Ended]);
    let phone = Action::OpenPhone {
        key: "demo/a".to_owned(),
        at_ms: 0,
    };
    let about = |to, about: Option<&str>| {
        Effect::Record(Event::Handover(Handover {
            to,
            about: about.map(str::to_owned),
        }))
    };
    assert_eq!(
        visit.update(at(5), phone),
        vec![about(Onward::Phone, Some("demo/a"))]
    );
    assert_eq!(
        visit.update(at(6), Action::OpenAdviser),
        vec![about(Onward::Adviser, None)]
    );
}

#[test]
fn quiet_hours_lower_the_volume_and_their_end_does_not_raise_it_for_who_is_there() {
    let mut visit = after([Action::Wake, Action::Louder(1)]);
    let quiet = SoundPolicy {
        default: 0,
        ceiling: 30,
    };
    visit.update(at(5), Action::SoundRules(quiet));
    assert_eq!(visit.volume(), 30);
    visit.update(at(6), Action::SoundRules(super::SOUND));
    assert_eq!(visit.volume(), 30);
    visit.update(at(7), Action::Leave);
    assert_eq!(visit.volume(), super::SOUND.default);
}
