//! The machine under the borne.

use crate::host::{Answer, Refusal, Request, State};

use super::super::*;
use super::{SOUND, after, at, nobody};

fn at_machine() -> Visit {
    let mut visit = after([
        Action::Wake,
        Action::OpenCode(Area::Maintenance),
        Action::CodeJudged(Verdict::Accepted),
        Action::Order(Order::Open),
    ]);
    let state = Box::new(State {
        turned: 90,
        ..State::default()
    });
    visit.update(at(5), Action::Answered(Asked::State, Answer::State(state)));
    visit
}

fn orders(visit: &mut Visit, order: Order) -> Vec<Effect> {
    visit.update(at(6), Action::Order(order))
}

fn tick(visit: &mut Visit, second: u64) -> Vec<Effect> {
    visit.update(at(second), Action::Tick(Activity::Waiting))
}

#[test]
fn the_machine_is_set_from_maintenance_only() {
    let all = [
        Order::Open,
        Order::OpenNetwork,
        Order::OpenScreen,
        Order::OpenHalt(Halt::Reset),
        Order::Turn(0),
        Order::Confirm,
        Order::Keep,
        Order::Save,
    ];
    for order in all {
        let mut visit = after([Action::Wake, Action::Help]);
        assert_eq!(orders(&mut visit, order), [], "{order:?}");
        assert_eq!(visit.place(), &Place::Aide, "{order:?}");
    }
}

#[test]
fn a_turned_picture_is_noted_with_the_one_before() {
    let mut visit = at_machine();
    orders(&mut visit, Order::OpenScreen);
    assert_eq!(orders(&mut visit, Order::Turn(90)), [], "as it stands");
    assert_eq!(orders(&mut visit, Order::Turn(45)), []);
    let turns = Effect::TryTurn {
        before: 90,
        degrees: 180,
    };
    assert_eq!(orders(&mut visit, Order::Turn(180)), [turns]);
    assert_eq!(orders(&mut visit, Order::Turn(0)), [], "one at a time");
    let refused = Answer::Refused(Refusal::Service);
    let effects = visit.update(at(7), Action::Answered(Asked::Turn, refused));
    assert_eq!(effects, [Effect::KeepTurn], "the note goes");
    assert_eq!(
        visit.place(),
        &Place::Ecran(Told::Refused(Refusal::Service))
    );
}

#[test]
fn a_turned_picture_turns_back_after_fifteen_seconds() {
    let mut visit = nobody();
    visit.ask_to_keep(90);
    assert_eq!(tick(&mut visit, 10), []);
    assert_eq!(visit.keep_s(), Some(15));
    assert_eq!(tick(&mut visit, 24), []);
    assert_eq!(visit.keep_s(), Some(1));
    let back = [Effect::KeepTurn, Effect::Ask(Request::Turn(90))];
    assert_eq!(tick(&mut visit, 25), back);
    assert_eq!(tick(&mut visit, 26), [], "once");
}

#[test]
fn a_turned_picture_that_is_kept_begins_with_nobody_there() {
    let mut visit = nobody();
    visit.ask_to_keep(90);
    for action in [Action::Wake, Action::Home, Action::Back, Action::Leave] {
        visit.update(at(1), action);
        assert_eq!(visit.place().name(), "garder");
    }
    assert_eq!(orders(&mut visit, Order::Keep), [Effect::KeepTurn]);
    assert_eq!(visit.place(), &Place::Veille);
}

#[test]
fn a_picture_that_cannot_be_turned_back_keeps_nobody_away() {
    let mut visit = nobody();
    visit.ask_to_keep(90);
    orders(&mut visit, Order::TurnBack);
    let refused = Answer::Refused(Refusal::Service);
    visit.update(at(7), Action::Answered(Asked::Turn, refused));
    assert_eq!(visit.place(), &Place::Veille);
}

#[test]
fn the_start_is_never_louder_than_the_loudest() {
    let mut visit = at_machine();
    orders(&mut visit, Order::OpenSound);
    for _ in 0..20 {
        orders(&mut visit, Order::Ceiling(-1));
        orders(&mut visit, Order::Default(1));
        let Place::Volume { sound, .. } = visit.place() else {
            panic!("{:?}", visit.place());
        };
        assert!(sound.default <= sound.ceiling, "{sound:?}");
    }
}

#[test]
fn loudness_holds_once_the_machine_has_taken_it() {
    let mut visit = at_machine();
    orders(&mut visit, Order::OpenSound);
    orders(&mut visit, Order::Default(-1));
    let sound = SoundPolicy {
        default: SOUND.default - 5,
        ..SOUND
    };
    let (default, ceiling) = (sound.default, sound.ceiling);
    let asked = Effect::Ask(Request::Loudness { default, ceiling });
    assert_eq!(orders(&mut visit, Order::Save), [asked]);
    let effects = visit.update(at(7), Action::Answered(Asked::Loudness, Answer::Done));
    assert_eq!(effects, [Effect::Loudness(sound)]);
}

#[test]
fn restarting_and_turning_off_are_confirmed_once() {
    for (halt, request) in [
        (Halt::Restart, Request::Restart),
        (Halt::PowerOff, Request::PowerOff),
    ] {
        let mut visit = at_machine();
        assert_eq!(orders(&mut visit, Order::OpenHalt(halt)), []);
        assert_eq!(orders(&mut visit, Order::Confirm), [Effect::Ask(request)]);
        assert_eq!(orders(&mut visit, Order::Confirm), [], "once");
    }
}

#[test]
fn everything_is_erased_after_a_confirmation_and_the_code() {
    let mut visit = at_machine();
    orders(&mut visit, Order::OpenHalt(Halt::Reset));
    assert_eq!(orders(&mut visit, Order::Confirm), []);
    assert!(matches!(
        visit.place(),
        Place::Code {
            area: Area::Reset,
            ..
        }
    ));
    let wrong = visit.update(at(7), Action::CodeJudged(Verdict::Refused));
    assert_eq!(wrong, []);
    let right = visit.update(at(8), Action::CodeJudged(Verdict::Accepted));
    assert_eq!(right, [Effect::Ask(Request::Reset)]);
}

#[test]
fn a_code_alone_erases_nothing() {
    let mut visit = after([Action::Wake, Action::OpenCode(Area::Reset)]);
    let effects = visit.update(at(8), Action::CodeJudged(Verdict::Accepted));
    assert_eq!(effects, []);
}

#[test]
fn a_machine_that_is_not_ours_says_so() {
    let mut visit = at_machine();
    let nobody = Answer::Refused(Refusal::Nobody);
    visit.update(at(6), Action::Answered(Asked::State, nobody));
    assert!(visit.machine().nobody);
}
