use std::time::Duration;

use jiff::Timestamp;
use media_manifest::firmware::Version;

use crate::store::firmware::{Step, Tried};
use crate::update::Decision::{Current, Install, Refuse, Restart, Wait};
use crate::update::{Decision, Situation, Why, decide, policy};

/// A borne whose system is to be replaced, and may be: nobody is there.
struct Case {
    running: &'static str,
    offered: Option<&'static str>,
    here: bool,
    tried: Option<Tried>,
    open: bool,
    alone: Duration,
    asked: bool,
}

fn good() -> Case {
    Case {
        running: "1.0.0",
        offered: Some("1.2.0"),
        here: true,
        tried: None,
        open: true,
        alone: policy::ALONE,
        asked: false,
    }
}

fn tried(version: &str, step: Step, boot: &str, attempts: u32) -> Option<Tried> {
    Some(Tried {
        version: version.parse().unwrap(),
        step,
        boot: boot.to_owned(),
        attempts,
        at: Timestamp::UNIX_EPOCH,
        detail: String::new(),
    })
}

fn decided(case: &Case) -> Decision {
    let version = |text: &str| text.parse::<Version>().unwrap();
    let offered = case.offered.map(version);
    decide(&Situation {
        running: &version(case.running),
        offered: offered.as_ref(),
        here: case.here,
        tried: case.tried.as_ref(),
        boot: "this",
        open: case.open,
        alone: case.alone,
        asked: case.asked,
    })
}

type Change = fn(&mut Case);

fn each<const N: usize>(cases: [(&str, Change, Decision); N]) {
    for (what, change, expected) in cases {
        let mut case = good();
        change(&mut case);
        assert_eq!(decided(&case), expected, "{what}");
    }
}

#[test]
fn a_system_is_installed_when_it_is_newer_and_here_and_nobody_is() {
    let almost = policy::ALONE - Duration::from_secs(1);
    assert!(almost < policy::ALONE);
    each([
        ("as it should be", |_| {}, Install),
        ("nothing offered", |it| it.offered = None, Current),
        ("the same", |it| it.offered = Some("1.0.0"), Current),
        ("older", |it| it.offered = Some("0.9.0"), Current),
        (
            "a candidate of what runs",
            |it| it.offered = Some("1.0.0-rc.1"),
            Current,
        ),
        ("not here", |it| it.here = false, Wait(Why::NotHere)),
        (
            "not here, and asked",
            |it| (it.here, it.asked) = (false, true),
            Wait(Why::NotHere),
        ),
        ("not the hour", |it| it.open = false, Wait(Why::Hours)),
        (
            "a visitor",
            |it| it.alone = Duration::ZERO,
            Wait(Why::Visitor),
        ),
        (
            "gone a moment ago",
            |it| it.alone = Duration::from_secs(599),
            Wait(Why::Visitor),
        ),
        (
            "asked",
            |it| (it.open, it.alone, it.asked) = (false, Duration::ZERO, true),
            Install,
        ),
    ]);
}

#[test]
fn what_came_of_the_last_installation_counts_for_its_version() {
    each([
        (
            "installed in this boot",
            |it| it.tried = tried("1.2.0", Step::Installed, "this", 1),
            Restart,
        ),
        (
            "installed in this boot, and a visitor",
            |it| {
                it.tried = tried("1.2.0", Step::Installed, "this", 1);
                it.alone = Duration::ZERO;
            },
            Wait(Why::Visitor),
        ),
        (
            "installed in this boot, and its bundle gone",
            |it| (it.tried, it.here) = (tried("1.2.0", Step::Installed, "this", 1), false),
            Restart,
        ),
        (
            "fell back, even when asked",
            |it| (it.tried, it.asked) = (tried("1.2.0", Step::Installed, "before", 1), true),
            Refuse(Why::FellBack),
        ),
        (
            "another fell back",
            |it| it.tried = tried("1.1.0", Step::Installed, "before", 1),
            Install,
        ),
        (
            "failed once",
            |it| it.tried = tried("1.2.0", Step::Failed, "this", 1),
            Install,
        ),
        (
            "cut short",
            |it| it.tried = tried("1.2.0", Step::Begun, "before", 2),
            Install,
        ),
        (
            "failed as often as it is tried",
            |it| it.tried = tried("1.2.0", Step::Failed, "this", policy::ATTEMPTS),
            Refuse(Why::Rejected),
        ),
        (
            "cut short as often as it is tried",
            |it| it.tried = tried("1.2.0", Step::Begun, "before", policy::ATTEMPTS),
            Refuse(Why::Rejected),
        ),
    ]);
}
