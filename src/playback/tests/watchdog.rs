use super::*;
use crate::playback::{Fault, State};
use central_protocol::event::End;

fn retries(effects: &[Effect]) -> Vec<(u64, u64)> {
    let loads = effects.iter().filter_map(|effect| match effect {
        Effect::Load { session, cue } => Some((*session, cue.start_ms)),
        _ => None,
    });
    loads.collect()
}

#[test]
fn without_a_first_picture_it_is_opened_again_and_then_given_up() {
    let mut bench = Bench::new();
    bench.act(open());
    let first = bench.tick_for(4_000);
    assert_eq!(retries(&first), [(2, 0)]);
    assert_eq!(first[0], Effect::Unload);
    assert!(matches!(bench.playback.state(), State::Loading(_)));

    let second = bench.tick_for(4_000);
    let play = recorded(&second);
    assert_eq!(
        (play.end, play.error.as_deref()),
        (End::Error, Some("stalled"))
    );
    assert!(
        matches!(&second[2], Effect::Unavailable(unavailable) if unavailable.reason == "stalled")
    );
    let stalled = bench.playback.state();
    assert!(matches!(
        stalled,
        State::Failed {
            fault: Fault::Stalled,
            ..
        }
    ));
}

/// Of each opening: from where, and whether without sound.
fn openings(effects: &[Effect]) -> Vec<(u64, bool)> {
    let loads = effects.iter().filter_map(|effect| match effect {
        Effect::Load { cue, .. } => Some((cue.start_ms, cue.muted)),
        _ => None,
    });
    loads.collect()
}

#[test]
fn a_long_film_that_stands_still_now_and_then_is_opened_again_each_time() {
    let mut bench = Bench::playing();
    for from in [0, 40_000] {
        bench.watch(from, from + 40_000);
        let effects = bench.tick_for(4_000);
        assert_eq!(openings(&effects), [(from + 40_000, false)]);
        bench.hear(BackendEvent::FirstFrame);
    }
    bench.watch(80_000, 81_500);
    bench.tick_for(4_000);
    assert_eq!(bench.playback.state().name(), "failed");
}

#[test]
fn when_no_sound_is_taken_it_goes_on_without_and_so_does_what_follows() {
    let mut bench = Bench::playing();
    assert_eq!(openings(&bench.tick_for(4_000)), [(0, false)]);
    bench.hear(BackendEvent::FirstFrame);
    bench.hear(position(200));
    assert_eq!(openings(&bench.tick_for(4_000)), [(200, true)]);
    bench.hear(BackendEvent::FirstFrame);
    bench.watch(200, 5_000);
    bench.act(Action::Stop(End::Back));

    assert_eq!(openings(&bench.act(open())), [(0, true)]);
    bench.act(Action::Stop(End::Back));
    bench.wait(600_000);
    assert_eq!(openings(&bench.act(open())), [(0, false)]);
}

#[test]
fn without_sound_either_it_is_given_up() {
    let mut bench = Bench::playing();
    bench.tick_for(4_000);
    for _ in 0..2 {
        bench.hear(BackendEvent::FirstFrame);
        bench.tick_for(4_000);
    }
    assert_eq!(bench.playback.state().name(), "failed");
}

#[test]
fn a_video_that_goes_on_beyond_its_announced_length_is_ended() {
    let mut bench = Bench::playing();
    bench.hear(BackendEvent::Prerolled {
        duration_ms: Some(36_000_000),
    });
    bench.watch(0, 109_000);
    assert_eq!(bench.playback.state().name(), "playing");
    bench.wait(1_000);
    let ended = bench.hear(BackendEvent::Position {
        ms: 110_000,
        frames: 1,
        dropped: 0,
        sound_buffers: 1,
    });
    assert_eq!(recorded(&ended).end, End::Ended);
}

#[test]
fn just_before_the_limit_nothing_happens() {
    let mut bench = Bench::new();
    bench.act(open());
    assert!(bench.tick_for(3_750).is_empty());
}

#[test]
fn a_playback_that_stands_still_is_opened_again_where_it_stood() {
    let mut bench = Bench::playing();
    bench.act(Action::SetRate(1.5));
    bench.watch(0, 7_000);
    let effects = bench.tick_for(4_000);
    assert_eq!(retries(&effects), [(2, 7_000)]);
    assert_eq!(effects[2..], [Effect::SetRate(1.5), Effect::Play]);

    bench.wait(200);
    bench.hear(BackendEvent::FirstFrame);
    bench.watch(7_000, 9_000);
    let effects = bench.act(Action::Stop(End::Back));
    let play = recorded(&effects);
    assert_eq!((play.unique_ms, play.stall_ms), (9_000, 4_000));
    assert_eq!((play.first_frame_ms, play.error.clone()), (80, None));
}

#[test]
fn progress_keeps_it_alive() {
    let mut bench = Bench::playing();
    for second in 1..60 {
        assert!(bench.tick_for(1_000).is_empty());
        bench.hear(position(second * 1_000));
    }
}

#[test]
fn a_pause_may_last() {
    let mut bench = Bench::playing();
    bench.act(Action::Pause);
    assert!(bench.tick_for(600_000).is_empty());
    bench.act(Action::Resume);
    assert!(bench.tick_for(3_750).is_empty());
}

#[test]
fn a_seek_that_never_lands_is_late_too() {
    let mut bench = Bench::playing();
    bench.watch(0, 1_000);
    bench.act(Action::SeekTo(50_000));
    assert_eq!(retries(&bench.tick_for(4_000)), [(2, 50_000)]);
}

#[test]
fn a_loop_that_slept_does_not_blame_the_player() {
    let mut bench = Bench::playing();
    bench.tick_for(1_000);
    bench.wait(3_600_000); // the machine was suspended
    assert!(bench.act(Action::Tick).is_empty());
    assert!(bench.tick_for(3_750).is_empty());
    bench.hear(position(100));
    let effects = bench.act(Action::Stop(End::Back));
    assert!(recorded(&effects).stall_ms < 4_000);
}
