use super::*;
use crate::playback::{Fault, State};
use central_protocol::Event;
use central_protocol::event::End;
use proptest::prelude::*;

fn any_event() -> impl Strategy<Value = BackendEvent> {
    let ms = prop_oneof![8 => 0..120_000_u64, 1 => any::<u64>()];
    prop_oneof![
        12 => ms.clone().prop_map(position),
        3 => Just(BackendEvent::FirstFrame),
        2 => (0..30_u64).prop_map(|serial| BackendEvent::Seeked { serial }),
        1 => proptest::option::of(ms).prop_map(|duration_ms| BackendEvent::Prerolled { duration_ms }),
        1 => Just(BackendEvent::Decoder { name: "avdec_h264".to_owned() }),
        1 => Just(BackendEvent::EndOfStream),
        1 => Just(BackendEvent::Failed { fault: Fault::Io, detail: String::new() }),
    ]
}

fn any_action(rates: bool) -> impl Strategy<Value = Action> {
    let rate = any::<f64>().prop_map(move |rate| Action::SetRate(if rates { rate } else { 1.0 }));
    let other = Media {
        duration_ms: 0,
        ..media()
    };
    prop_oneof![
        4 => Just(open()),
        1 => any::<u64>().prop_map(move |start_ms| Action::Open {
            media: other.clone(), start_ms, entry: Some(Entry::Search), captions: false,
        }),
        2 => Just(Action::Pause),
        3 => Just(Action::Resume),
        2 => any::<u64>().prop_map(Action::SeekTo),
        2 => (-20_000..20_000_i64).prop_map(Action::SeekBy),
        1 => rate,
        1 => any::<bool>().prop_map(Action::SetCaptions),
        1 => Just(Action::Stop(End::Back)),
        4 => Just(Action::Tick),
        // Mostly about the playback that is open, which the test fills in as 0.
        20 => any_event().prop_map(|event| Action::Backend { session: 0, event }),
        1 => (1..9_u64, any_event()).prop_map(|(session, event)| Action::Backend { session, event }),
    ]
}

fn addressed(playback: &Playback, action: Action) -> Action {
    match (action, playback.state().run()) {
        (Action::Backend { session: 0, event }, Some(run)) => Action::Backend {
            session: run.session(),
            event,
        },
        (action, _) => action,
    }
}

/// Everything recorded while the actions happen, each after its wait; closed at the end.
fn play_all(actions: Vec<(u64, Action)>) -> Vec<Play> {
    let mut playback = Playback::new();
    let mut at = Duration::ZERO;
    let mut plays = Vec::new();
    let last = (0, Action::Stop(End::Power));
    for (wait, action) in actions.into_iter().chain([last]) {
        at += Duration::from_millis(wait);
        let before = playback.state().clone();
        let action = addressed(&playback, action);
        match playback.update(at, action) {
            Ok(effects) => plays.extend(effects.into_iter().filter_map(|effect| match effect {
                Effect::Record(play) => Some(play),
                _ => None,
            })),
            Err(_) => assert_eq!(*playback.state(), before),
        }
    }
    assert_eq!(*playback.state(), State::Idle);
    plays
}

fn actions(rates: bool) -> impl Strategy<Value = Vec<(u64, Action)>> {
    let wait = prop_oneof![8 => 0..300_u64, 1 => 0..10_000_u64];
    proptest::collection::vec((wait, any_action(rates)), 0..80)
}

proptest! {
    #[test]
    fn whatever_happens_every_summary_is_possible(actions in actions(true)) {
        for play in play_all(actions) {
            prop_assert!(play.unique_ms <= play.duration_ms);
            prop_assert_eq!(Event::Play(play).check(), Ok(()));
        }
    }

    #[test]
    fn at_normal_speed_no_more_is_seen_than_watched(actions in actions(false)) {
        for play in play_all(actions) {
            prop_assert!(play.unique_ms <= play.watched_ms.min(play.duration_ms), "{:?}", play);
            let covered = u64::from(play.coverage.count_ones());
            prop_assert!(covered * play.duration_ms >= play.unique_ms * 20, "{:?}", play);
            prop_assert!(!play.completed || play.unique_ms * 10 >= play.duration_ms * 9);
        }
    }

    #[test]
    fn the_union_of_parts_does_not_depend_on_their_order(
        mut parts in proptest::collection::vec((0..500_u64, 0..60_u64), 0..30)
    ) {
        let mut forth = crate::playback::ranges::Ranges::default();
        let mut seen = std::collections::BTreeSet::new();
        for &(start, length) in &parts {
            forth.add(start, start + length);
            seen.extend(start..start + length);
        }
        parts.reverse();
        let mut back = crate::playback::ranges::Ranges::default();
        for (start, length) in parts {
            back.add(start, start + length);
        }
        prop_assert_eq!(&forth, &back);
        prop_assert_eq!(forth.length(u64::MAX), seen.len() as u64);
    }
}
