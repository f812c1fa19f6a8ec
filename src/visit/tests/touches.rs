//! How many touches things take: the figures of `visitor-experience`.

use super::super::*;
use super::{after, at, nobody, play};

fn shelf() -> Action {
    Action::OpenShelf(Shelf::Univers("informatique".to_owned()))
}

/// Touches from `start` until `reached`, each of them one action.
fn touches(
    mut visit: Visit,
    way: &[Action],
    reached: impl Fn(&Visit, &[Effect]) -> bool,
) -> Option<usize> {
    let mut effects = Vec::new();
    for (count, action) in (1..).zip(way) {
        effects.extend(visit.update(at(100), action.clone()));
        if reached(&visit, &effects) {
            return Some(count);
        }
    }
    None
}

fn plays(_: &Visit, effects: &[Effect]) -> bool {
    effects
        .iter()
        .any(|effect| matches!(effect, Effect::Open { .. }))
}

#[test]
fn a_video_is_as_near_as_promised() {
    let home = || after([Action::Wake]);
    assert_eq!(touches(home(), &[play("demo/a")], plays), Some(1));
    assert_eq!(
        touches(nobody(), &[Action::Wake, play("demo/a")], plays),
        Some(2)
    );
    // The tiles stand behind the door of the home screen where that is too small for them.
    let way = [Action::OpenDoor(Door::Trade), shelf(), play("demo/a")];
    assert_eq!(touches(home(), &way, plays), Some(3));
}

#[test]
fn captions_and_a_phone_are_one_touch_away() {
    let watching = after([Action::Wake, play("demo/a")]);
    let captions = |_: &Visit, effects: &[Effect]| effects.contains(&Effect::Captions(false));
    let toggle = Action::Toggle(ComfortOption::Captions);
    assert_eq!(touches(watching, &[toggle], captions), Some(1));

    let ended = after([Action::Wake, play("demo/a"), Action::Ended]);
    let phone = Action::OpenPhone {
        key: "demo/a".to_owned(),
        at_ms: 0,
    };
    let shown = |visit: &Visit, _: &[Effect]| visit.place().name() == "telephone";
    assert_eq!(touches(ended, &[phone], shown), Some(1));
}
