//! Codes, and what stands behind them.

use super::super::*;
use super::{after, at};

fn typed(digits: &str) -> Visit {
    let mut visit = after([Action::Wake, Action::OpenCode(Area::Maintenance)]);
    for digit in digits.chars() {
        visit.update(at(5), Action::Digit(digit));
    }
    visit
}

fn code(visit: &Visit) -> (&str, Verdict) {
    match visit.place() {
        Place::Code { typed, verdict, .. } => (typed, *verdict),
        other => panic!("{other:?}"),
    }
}

#[test]
fn only_digits_are_typed_and_no_more_than_a_code_has() {
    assert_eq!(code(&typed("12a 34")).0, "1234");
    assert_eq!(code(&typed("1234567890")).0.len(), MAX_DIGITS);
}

#[test]
fn a_code_is_judged_when_it_is_entered_and_forgotten_when_it_is_wrong() {
    let mut visit = typed("1234");
    let effects = visit.update(at(6), Action::Enter);
    assert_eq!(
        effects,
        vec![Effect::Judge {
            area: Area::Maintenance,
            code: "1234".to_owned(),
        }]
    );
    visit.update(at(7), Action::CodeJudged(Verdict::Refused));
    assert_eq!(code(&visit), ("", Verdict::Refused));
    visit.update(at(8), Action::Digit('1'));
    assert_eq!(code(&visit), ("1", Verdict::Open));
}

#[test]
fn an_accepted_code_opens_its_area_and_back_does_not_ask_again() {
    let mut visit = typed("1234");
    visit.update(at(6), Action::CodeJudged(Verdict::Accepted));
    assert_eq!(visit.place(), &Place::Maintenance);
    visit.update(at(7), Action::Try(Trial::Touch));
    assert_eq!(visit.place(), &Place::Essai(Trial::Touch));
    visit.update(at(8), Action::Back);
    visit.update(at(9), Action::Back);
    assert_eq!(visit.place(), &Place::Accueil);
}

#[test]
fn an_answer_that_comes_after_the_visitor_has_left_opens_nothing() {
    let mut visit = typed("1234");
    visit.update(at(6), Action::Home);
    visit.update(at(7), Action::CodeJudged(Verdict::Accepted));
    assert_eq!(visit.place(), &Place::Accueil);
}

#[test]
fn a_trial_is_begun_only_by_who_may() {
    let visit = after([Action::Wake, Action::Try(Trial::Sound)]);
    assert_eq!(visit.place(), &Place::Accueil);
}
