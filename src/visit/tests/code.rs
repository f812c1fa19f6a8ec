//! The code of Maintenance, chosen when a borne is first started.

use crate::host::{Answer, Refusal, Request, State};
use crate::pin::Pin;

use super::super::*;
use super::at;
use super::setup::{does, installing, machine, says, setup, types};

const CODE: &str = "2580";

/// At the code of a borne whose machine brings none.
fn at_code() -> Visit {
    let mut visit = installing();
    let state = State {
        code: false,
        ..machine()
    };
    says(&mut visit, Asked::State, Answer::State(Box::new(state)));
    does(&mut visit, Deed::Go(Step::Network));
    does(&mut visit, Deed::Go(Step::Identity));
    types(&mut visit, Field::Id, "cefo-mons-1");
    does(&mut visit, Deed::Apply);
    visit
}

#[test]
fn a_machine_without_a_code_is_not_settled_before_one_is_chosen() {
    let mut visit = at_code();
    for typed in ["", "258", "1234", "0000"] {
        visit.update(at(4), Action::Clear);
        types(&mut visit, Field::Code, typed);
        does(&mut visit, Deed::Apply);
        assert_eq!(setup(&visit).step(), Step::Code, "{typed}");
        assert_eq!(setup(&visit).told, Told::Refused(Refusal::Code), "{typed}");
        assert_eq!(setup(&visit).typed.text(Field::Code), typed);
    }
    visit.update(at(4), Action::Clear);
    types(&mut visit, Field::Code, CODE);
    does(&mut visit, Deed::Apply);
    assert_eq!(setup(&visit).step(), Step::Check);
    let asked = does(&mut visit, Deed::Settle);
    let [Effect::Ask(Request::Settle(site))] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(site.code, Some(Pin(CODE.to_owned())));
}

#[test]
fn a_code_holds_eight_digits_and_nothing_else() {
    let mut visit = at_code();
    types(&mut visit, Field::Code, "2a5 8.0é3691472");
    assert_eq!(setup(&visit).typed.text(Field::Code), "25803691");
}

#[test]
fn going_back_from_the_last_look_keeps_the_code() {
    let mut visit = at_code();
    types(&mut visit, Field::Code, CODE);
    does(&mut visit, Deed::Apply);
    for step in [Step::Code, Step::Identity] {
        visit.update(at(5), Action::Back);
        assert_eq!(setup(&visit).step(), step);
    }
    does(&mut visit, Deed::Apply);
    assert_eq!(setup(&visit).typed.text(Field::Code), CODE);
}

#[test]
fn nothing_of_a_code_is_logged_or_stays() {
    let mut visit = at_code();
    types(&mut visit, Field::Code, CODE);
    does(&mut visit, Deed::Apply);
    let effects = does(&mut visit, Deed::Settle);
    assert!(!format!("{visit:?} {effects:?}").contains(CODE));
    says(&mut visit, Asked::Settle, Answer::Done);
    assert_eq!(setup(&visit).step(), Step::Settled);
    assert_eq!(setup(&visit).typed.text(Field::Code), "");
}
