use super::*;
use crate::playback::State;
use central_protocol::Event;
use central_protocol::event::End;

#[test]
fn a_video_seen_whole_is_completed() {
    let mut bench = Bench::playing();
    bench.watch(0, 99_900);
    let effects = bench.hear(BackendEvent::EndOfStream);
    let play = recorded(&effects).clone();
    assert_eq!((play.watched_ms, play.unique_ms), (100_000, 100_000));
    assert_eq!(play.coverage, (1 << 20) - 1);
    assert!(play.completed && play.captions);
    assert_eq!((play.end, play.error.clone()), (End::Ended, None));
    assert_eq!((play.first_frame_ms, play.stall_ms), (80, 0));
    assert_eq!(Event::Play(play).check(), Ok(()));
    assert!(matches!(bench.playback.state(), State::Ended { .. }));
}

#[test]
fn a_pause_is_not_watched_and_is_no_stall() {
    let mut bench = Bench::playing();
    bench.watch(0, 2_000);
    bench.act(Action::Pause);
    bench.tick_for(60_000);
    bench.act(Action::Resume);
    bench.wait(100);
    bench.hear(position(2_100));
    let effects = bench.act(Action::Stop(End::Back));
    let play = recorded(&effects);
    assert_eq!((play.watched_ms, play.pauses, play.stall_ms), (2_100, 1, 0));
}

#[test]
fn a_part_seen_twice_counts_once_as_unique() {
    let mut bench = Bench::playing();
    bench.watch(0, 10_000);
    bench.jump(5_000);
    bench.watch(5_000, 10_000);
    let effects = bench.act(Action::Stop(End::Back));
    let play = recorded(&effects);
    assert_eq!((play.watched_ms, play.unique_ms), (15_000, 10_000));
    assert_eq!((play.coverage, play.seeks), (0b11, 1));
    assert!(!play.completed);
}

#[test]
fn what_a_jump_passes_over_is_not_watched() {
    let mut bench = Bench::playing();
    bench.watch(0, 1_000);
    bench.jump(95_000);
    bench.watch(95_000, 99_900);
    let effects = bench.hear(BackendEvent::EndOfStream);
    let play = recorded(&effects);
    assert_eq!(play.unique_ms, 6_000);
    assert_eq!(play.coverage, 1 | 1 << 19);
    assert!(!play.completed);
}

#[test]
fn a_jump_nobody_asked_for_is_not_watched_either() {
    let mut bench = Bench::playing();
    bench.watch(0, 1_000);
    bench.wait(100);
    bench.hear(position(60_000));
    let effects = bench.act(Action::Stop(End::Back));
    assert_eq!(recorded(&effects).watched_ms, 1_000);
}

#[test]
fn at_double_speed_half_the_time_is_watched() {
    let mut bench = Bench::playing();
    bench.act(Action::SetRate(2.0));
    for ms in (0..10_000).step_by(200) {
        bench.wait(100);
        bench.hear(position(ms + 200));
    }
    let effects = bench.act(Action::Stop(End::Back));
    let play = recorded(&effects);
    assert_eq!((play.watched_ms, play.unique_ms), (5_000, 10_000));
}

#[test]
fn captions_count_when_they_were_shown_for_more_than_half() {
    for (shown_ms, counted) in [(6_000, true), (5_000, false)] {
        let mut bench = Bench::playing();
        bench.watch(0, shown_ms);
        bench.act(Action::SetCaptions(false));
        bench.watch(shown_ms, 10_000);
        let effects = bench.act(Action::Stop(End::Back));
        assert_eq!(recorded(&effects).captions, counted, "{shown_ms}");
    }
}

#[test]
fn a_picture_that_stands_still_unasked_is_a_stall() {
    let mut bench = Bench::playing();
    bench.watch(0, 1_000);
    bench.tick_for(3_000);
    bench.hear(position(1_100));
    let effects = bench.act(Action::Stop(End::Back));
    let play = recorded(&effects);
    assert_eq!((play.stall_ms, play.watched_ms), (2_900, 1_100));
}
