//! The first start, and the network alone.

use proptest::prelude::*;

use crate::host::{
    Address, Answer, Card, Kind, Network, NetworkError, Refusal, Request, State, Stick, Via,
};

use super::super::*;
use super::{at, nobody};

pub(super) fn installing() -> Visit {
    let mut visit = nobody();
    visit.install();
    visit
}

/// A machine that brings a repository and a code.
pub(super) fn machine() -> State {
    State {
        cards: vec![Card {
            name: "enp1s0".to_owned(),
            kind: Kind::Cable,
            linked: true,
            addresses: vec!["192.168.1.20/24".to_owned()],
        }],
        repository: "https://videos.example.be/".parse().ok(),
        code: true,
        ..State::default()
    }
}

pub(super) fn says(visit: &mut Visit, asked: Asked, answer: Answer) {
    visit.update(at(3), Action::Answered(asked, answer));
}

pub(super) fn does(visit: &mut Visit, deed: Deed) -> Vec<Effect> {
    visit.update(at(3), Action::SetUp(deed))
}

pub(super) fn types(visit: &mut Visit, field: Field, text: &str) {
    does(visit, Deed::Focus(field));
    for letter in text.chars() {
        visit.update(at(3), Action::Type(letter));
    }
}

pub(super) fn setup(visit: &Visit) -> &Setup {
    visit.setup().unwrap()
}

pub(super) fn joining(name: &str, secured: bool) -> Deed {
    let name = name.to_owned();
    Deed::Join(Joining { name, secured })
}

pub(super) fn at_network() -> Visit {
    let mut visit = installing();
    says(&mut visit, Asked::State, Answer::State(Box::new(machine())));
    does(&mut visit, Deed::Go(Step::Network));
    visit
}

#[test]
fn a_cable_and_a_name_put_a_borne_into_service() {
    let mut visit = at_network();
    does(&mut visit, Deed::Go(Step::Identity));
    types(&mut visit, Field::Id, "Mons 1é");
    types(&mut visit, Field::Id, "cefo-mons-1");
    types(&mut visit, Field::Site, "CEFO à Mons");
    does(&mut visit, Deed::Apply);
    assert_eq!(setup(&visit).step(), Step::Check);
    let asked = does(&mut visit, Deed::Settle);
    let [Effect::Ask(Request::Settle(site))] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    assert_eq!(site.id, "ons1cefo-mons-1", "only what a name may hold");
    assert_eq!(site.site, "CEFO à Mons");
    assert_eq!(site.url, None, "the image brings it");
    assert_eq!(site.code, None, "the image brings it");
    assert_eq!(site.languages, ["fr", "en", "nl"]);
    says(&mut visit, Asked::Settle, Answer::Done);
    assert_eq!(setup(&visit).step(), Step::Settled);
}

#[test]
fn the_language_that_was_chosen_is_offered_first() {
    let mut visit = at_network();
    visit.update(at(4), Action::Speak("nl".to_owned()));
    does(&mut visit, Deed::Go(Step::Identity));
    types(&mut visit, Field::Id, "a");
    does(&mut visit, Deed::Apply);
    let asked = does(&mut visit, Deed::Settle);
    let languages = match asked.as_slice() {
        [Effect::Ask(Request::Settle(site))] => site.languages.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(languages, ["nl", "fr", "en"]);
}

#[test]
fn an_image_without_a_repository_asks_for_its_address_and_reads_it() {
    let mut visit = installing();
    let state = State {
        repository: None,
        ..machine()
    };
    says(&mut visit, Asked::State, Answer::State(Box::new(state)));
    does(&mut visit, Deed::Go(Step::Network));
    does(&mut visit, Deed::Go(Step::Identity));
    types(&mut visit, Field::Id, "a");
    types(&mut visit, Field::Repository, "ftp://x");
    does(&mut visit, Deed::Apply);
    assert!(matches!(
        &setup(&visit).told,
        Told::Refused(Refusal::Setting { key, .. }) if key == "sync.url"
    ));
    visit.update(at(4), Action::Clear);
    types(&mut visit, Field::Repository, "https://depot.example/");
    does(&mut visit, Deed::Apply);
    assert_eq!(setup(&visit).step(), Step::Check);
}

#[test]
fn a_fixed_address_says_what_is_wrong_with_it_and_keeps_what_was_typed() {
    let mut visit = at_network();
    does(&mut visit, Deed::Go(Step::Fixed));
    for (field, text) in [
        (Field::Address, "192.168.1.30"),
        (Field::Mask, "255.0.255.0"),
        (Field::Gateway, "192.168.1.1"),
        (Field::Dns, "192.168.1.1"),
    ] {
        types(&mut visit, field, text);
    }
    assert_eq!(does(&mut visit, Deed::Apply), []);
    let refused = |error| Told::Refused(Refusal::Network(error));
    assert_eq!(setup(&visit).told, refused(NetworkError::Prefix));
    does(&mut visit, Deed::Focus(Field::Mask));
    visit.update(at(4), Action::Clear);
    types(&mut visit, Field::Mask, "24");
    let asked = does(&mut visit, Deed::Apply);
    assert!(matches!(
        asked.as_slice(),
        [Effect::Ask(Request::Connect(Network {
            via: Via::Cable,
            address: Address::Fixed { prefix: 24, .. },
            proxy: None,
        }))]
    ));
    let refusal = Refusal::Network(NetworkError::Gateway);
    says(&mut visit, Asked::Connect, Answer::Refused(refusal));
    assert_eq!(setup(&visit).told, refused(NetworkError::Gateway));
    assert_eq!(setup(&visit).typed.text(Field::Address), "192.168.1.30");
}

#[test]
fn a_stick_spares_the_rest_and_says_when_it_is_gone() {
    let mut visit = installing();
    let state = State {
        stick: Some(Stick {
            id: Some("cefo-mons-1".to_owned()),
            site: "CEFO Mons".to_owned(),
            problem: None,
        }),
        ..machine()
    };
    says(&mut visit, Asked::State, Answer::State(Box::new(state)));
    let asked = does(&mut visit, Deed::TakeStick);
    assert_eq!(asked, [Effect::Ask(Request::TakeStick)]);
    says(
        &mut visit,
        Asked::TakeStick,
        Answer::Refused(Refusal::NoStick),
    );
    assert_eq!(setup(&visit).told, Told::Refused(Refusal::NoStick));
    does(&mut visit, Deed::TakeStick);
    says(&mut visit, Asked::TakeStick, Answer::Done);
    assert_eq!(setup(&visit).step(), Step::Settled);
}

#[test]
fn going_back_loses_nothing_that_was_typed() {
    let mut visit = at_network();
    does(&mut visit, Deed::Go(Step::Identity));
    types(&mut visit, Field::Id, "cefo");
    for step in [Step::Network, Step::Language, Step::Language] {
        visit.update(at(5), Action::Back);
        assert_eq!(setup(&visit).step(), step);
    }
    does(&mut visit, Deed::Go(Step::Network));
    does(&mut visit, Deed::Go(Step::Identity));
    assert_eq!(setup(&visit).typed.text(Field::Id), "cefo");
}

#[test]
fn the_machine_is_looked_at_every_few_seconds_and_once_at_a_time() {
    let mut visit = installing();
    let mut looks = |second| visit.update(at(second), Action::Tick(Activity::Waiting));
    assert_eq!(looks(1), [Effect::Ask(Request::State)]);
    assert_eq!(looks(60), []);
    says(&mut visit, Asked::State, Answer::State(Box::default()));
    let looks = visit.update(at(61), Action::Tick(Activity::Waiting));
    assert_eq!(looks, [Effect::Ask(Request::State)]);
}

fn any_deed() -> impl Strategy<Value = Action> {
    let steps = [
        Step::Language,
        Step::Network,
        Step::Fixed,
        Step::Wireless,
        Step::Hidden,
        Step::Passphrase,
        Step::Proxy,
        Step::Identity,
        Step::Code,
        Step::Check,
        Step::Settled,
    ];
    let fields = [
        Field::Id,
        Field::Site,
        Field::Passphrase,
        Field::Address,
        Field::Code,
    ];
    let codeless = State {
        code: false,
        ..machine()
    };
    let answers = [
        (Asked::Connect, Answer::Done),
        (Asked::Connect, Answer::Refused(Refusal::NotLetIn)),
        (Asked::Scan, Answer::Reach(Vec::new())),
        (Asked::State, Answer::State(Box::new(machine()))),
        (Asked::State, Answer::State(Box::new(codeless))),
        (Asked::Settle, Answer::Refused(Refusal::Disk)),
    ];
    prop_oneof![
        proptest::sample::select(steps.to_vec()).prop_map(|step| Action::SetUp(Deed::Go(step))),
        proptest::sample::select(fields.to_vec())
            .prop_map(|field| Action::SetUp(Deed::Focus(field))),
        any::<char>().prop_map(Action::Type),
        Just(Action::Erase),
        Just(Action::SetUp(Deed::Cable)),
        Just(Action::SetUp(Deed::Apply)),
        Just(Action::SetUp(Deed::Reveal)),
        Just(Action::SetUp(joining("CEFO", true))),
        Just(Action::SetUp(joining("Libre", false))),
        Just(Action::Home),
        Just(Action::Search),
        Just(Action::Wake),
        Just(Action::OpenComfort),
        Just(Action::OpenCode(Area::Maintenance)),
        Just(Action::CodeJudged(Verdict::Accepted)),
        Just(Action::Order(Order::Open)),
        Just(Action::Order(Order::OpenNetwork)),
        proptest::sample::select(answers.to_vec())
            .prop_map(|(asked, answer)| Action::Answered(asked, answer)),
        Just(Action::Tick(Activity::Waiting)),
        Just(Action::Leave),
    ]
}

proptest! {
    #[test]
    fn from_every_step_back_leads_to_the_first(
        actions in proptest::collection::vec(any_deed(), 0..60)
    ) {
        let mut visit = installing();
        for action in actions {
            visit.update(at(2), action);
        }
        visit.update(at(3), Action::Answered(Asked::Connect, Answer::Refused(Refusal::NotLetIn)));
        visit.update(at(3), Action::Answered(Asked::Settle, Answer::Refused(Refusal::Disk)));
        for _ in 0..10 {
            visit.update(at(4), Action::Back);
        }
        prop_assert!(visit.is_installing());
        prop_assert_eq!(visit.setup().map(Setup::step), Some(Step::Language));
        visit.update(at(5), Action::Leave);
        prop_assert_eq!(visit.setup(), Some(&Setup::new(Purpose::First)));
    }

    #[test]
    fn a_borne_that_knows_who_it_is_is_never_put_into_service_again(
        actions in proptest::collection::vec(any_deed(), 0..60)
    ) {
        let mut visit = nobody();
        for action in actions {
            visit.update(at(2), action);
            prop_assert!(!visit.is_installing());
        }
    }
}
