use super::*;
use crate::playback::{Fault, IllegalTransition, Player, Precision, Rendition, State, drive};
use central_protocol::event::End;

#[test]
fn a_touch_loads_the_file_and_plays_it() {
    let mut bench = Bench::new();
    let effects = bench.act(open());
    assert!(matches!(
        &effects[..],
        [Effect::Load { session: 1, cue }, Effect::Play]
            if cue.start_ms == 0 && !cue.muted && cue.path == media().path
    ));
    assert!(matches!(bench.playback.state(), State::Loading(_)));
}

#[test]
fn the_poster_stays_until_the_first_picture() {
    let mut bench = Bench::new();
    bench.act(open());
    bench.hear(BackendEvent::Prerolled {
        duration_ms: Some(99_000),
    });
    assert!(matches!(bench.playback.state(), State::Loading(_)));
    bench.hear(BackendEvent::FirstFrame);
    assert!(matches!(bench.playback.state(), State::Playing(_)));
    assert_eq!(bench.playback.duration_ms(), 99_000);
}

#[test]
fn what_decodes_the_pictures_is_known_until_the_next_video() {
    let mut bench = Bench::new();
    for decoder in ["avdec_h264", "vp9dec"] {
        let name = decoder.to_owned();
        bench.act(open());
        let open = bench.playback.state().run();
        assert!(open.is_some_and(|run| run.decoder().is_none()));
        bench.hear(BackendEvent::Decoder { name });
        let open = bench.playback.state().run();
        assert!(open.is_some_and(|run| run.decoder() == Some(decoder)));
    }
}

#[test]
fn a_preview_is_mute_and_leaves_no_record() {
    let mut bench = Bench::new();
    let effects = bench.act(Action::Open {
        media: media(),
        start_ms: 0,
        entry: None,
        captions: true,
    });
    assert!(matches!(&effects[0], Effect::Load { cue, .. } if cue.muted));
    bench.hear(BackendEvent::FirstFrame);
    assert_eq!(bench.act(Action::Stop(End::Back)), [Effect::Unload]);
}

#[test]
fn opening_another_video_closes_the_first_as_left() {
    let mut bench = Bench::playing();
    let effects = bench.act(open());
    assert_eq!(effects[0], Effect::Unload);
    assert_eq!(recorded(&effects).end, End::Back);
    assert!(matches!(effects[2], Effect::Load { session: 2, .. }));
}

#[test]
fn messages_of_an_earlier_playback_change_nothing() {
    let mut bench = Bench::playing();
    bench.act(open());
    let before = bench.playback.state().clone();
    for event in [
        BackendEvent::FirstFrame,
        BackendEvent::EndOfStream,
        position(5_000),
        BackendEvent::Failed {
            fault: Fault::Io,
            detail: String::new(),
        },
    ] {
        let effects = bench.act(Action::Backend { session: 1, event });
        assert!(effects.is_empty());
    }
    assert_eq!(*bench.playback.state(), before);
}

#[test]
fn what_a_state_does_not_allow_is_refused_and_changes_nothing() {
    let mut idle = Playback::new();
    for action in [
        Action::Pause,
        Action::Resume,
        Action::SeekTo(1),
        Action::SeekBy(1),
        Action::SetRate(1.5),
        Action::SetCaptions(true),
    ] {
        let refused = idle.update(Duration::ZERO, action);
        assert!(matches!(
            refused,
            Err(IllegalTransition { state: "idle", .. })
        ));
    }
    let mut bench = Bench::new();
    bench.act(open());
    let before = bench.playback.state().clone();
    for action in [Action::Resume, Action::SeekTo(1)] {
        let refused = bench.playback.update(bench.at(), action);
        assert!(matches!(
            refused,
            Err(IllegalTransition {
                state: "loading",
                ..
            })
        ));
    }
    assert_eq!(*bench.playback.state(), before);
}

#[test]
fn stopping_twice_is_harmless() {
    let mut bench = Bench::playing();
    assert_eq!(recorded(&bench.act(Action::Stop(End::Idle))).end, End::Idle);
    assert!(bench.act(Action::Stop(End::Idle)).is_empty());
    assert_eq!(*bench.playback.state(), State::Idle);
}

#[test]
fn the_bar_stands_where_a_seek_goes_and_seeks_add_up() {
    let mut bench = Bench::playing();
    bench.watch(0, 1_000);
    bench.act(Action::SeekBy(10_000));
    let effects = bench.act(Action::SeekBy(10_000));
    assert!(matches!(
        effects[..],
        [Effect::Seek {
            serial: 2,
            ms: 21_000,
            precision: Precision::Exact
        }]
    ));
    bench.hear(position(1_100)); // of before the jump
    assert_eq!(bench.playback.position_ms(), 21_000);
    bench.hear(BackendEvent::Seeked { serial: 1 }); // of the first jump
    bench.hear(position(11_000));
    assert_eq!(bench.playback.position_ms(), 21_000);
    bench.hear(BackendEvent::Seeked { serial: 2 });
    bench.hear(position(21_040));
    assert_eq!(bench.playback.position_ms(), 21_040);
}

#[test]
fn a_seek_stays_inside_the_video() {
    let mut bench = Bench::playing();
    bench.act(Action::SeekBy(-10_000));
    assert_eq!(bench.playback.position_ms(), 0);
    bench.act(Action::SeekTo(u64::MAX));
    assert_eq!(bench.playback.position_ms(), 99_500);
}

#[test]
fn an_end_reported_before_a_jump_back_is_no_end() {
    let mut bench = Bench::playing();
    bench.act(Action::SeekTo(5_000));
    assert!(bench.hear(BackendEvent::EndOfStream).is_empty());
    assert!(matches!(bench.playback.state(), State::Playing(_)));
}

#[test]
fn the_speed_stays_within_what_is_offered() {
    for (asked, set) in [(1.5, 1.5), (9.0, 2.0), (-1.0, 0.5), (f64::NAN, 1.0)] {
        let mut bench = Bench::playing();
        assert_eq!(bench.act(Action::SetRate(asked)), [Effect::SetRate(set)]);
    }
}

#[test]
fn a_failure_is_told_and_recorded_with_its_reason() {
    let mut bench = Bench::new();
    bench.act(open());
    let effects = bench.hear(BackendEvent::Failed {
        fault: Fault::NoDecoder,
        detail: "video/x-h265".to_owned(),
    });
    let play = recorded(&effects);
    assert_eq!(
        (play.end, play.error.as_deref()),
        (End::Error, Some("no_decoder"))
    );
    assert!(matches!(&effects[2], Effect::Unavailable(unavailable)
        if unavailable.video == "cef/soudeur" && unavailable.reason == "no_decoder"));
    let failed = bench.playback.state();
    assert!(matches!(
        failed,
        State::Failed {
            fault: Fault::NoDecoder,
            ..
        }
    ));
}

#[test]
fn a_file_that_is_cut_short_is_corrupt() {
    let mut bench = Bench::playing();
    bench.watch(0, 40_000);
    let effects = bench.hear(BackendEvent::EndOfStream);
    assert_eq!(recorded(&effects).error.as_deref(), Some("corrupt"));
}

#[derive(Default)]
struct FakePlayer(Vec<&'static str>);

impl Player for FakePlayer {
    fn load(&mut self, _: u64, _: &crate::playback::Cue) {
        self.0.push("load");
    }
    fn play(&mut self) {
        self.0.push("play");
    }
    fn pause(&mut self) {
        self.0.push("pause");
    }
    fn seek(&mut self, _: u64, _: u64, _: Precision) {
        self.0.push("seek");
    }
    fn set_rate(&mut self, _: f64) {
        self.0.push("rate");
    }
    fn set_volume(&mut self, _: f64) {
        self.0.push("volume");
    }
    fn stop(&mut self) {
        self.0.push("stop");
    }
}

#[test]
fn the_player_carries_out_effects_in_order_and_records_come_back() {
    let mut player = FakePlayer::default();
    let mut bench = Bench::new();
    let mut events = drive(&mut player, bench.act(open()));
    bench.hear(BackendEvent::FirstFrame);
    for action in [
        Action::Pause,
        Action::SeekTo(9),
        Action::Resume,
        Action::SetRate(2.0),
        Action::Stop(End::Power),
    ] {
        events.extend(drive(&mut player, bench.act(action)));
    }
    assert_eq!(
        player.0,
        ["load", "play", "pause", "seek", "play", "rate", "stop"]
    );
    assert!(matches!(&events[..], [central_protocol::Event::Play(play)] if play.end == End::Power));
}

fn described() -> Rendition {
    Rendition {
        path: "/store/cd/cdef".into(),
        audio_description: true,
        gain_db: -3.0,
        picture: FULL_HD,
    }
}

#[test]
fn another_rendition_goes_on_where_the_video_stands_as_the_same_playback() {
    let mut bench = Bench::playing();
    bench.watch(0, 40_000);
    let effects = bench.act(Action::Switch(described()));
    let [Effect::Unload, Effect::Load { cue, .. }, Effect::Play] = effects.as_slice() else {
        panic!("{effects:?}");
    };
    assert_eq!(
        (cue.path.as_path(), cue.start_ms),
        (described().path.as_path(), 40_000)
    );
    bench.wait(80);
    bench.hear(BackendEvent::FirstFrame);
    bench.hear(position(40_000));
    bench.watch(40_000, 60_000);
    let play = recorded(&bench.act(Action::Stop(End::Back))).clone();
    assert!(play.audio_description);
    assert_eq!(play.watched_ms, 60_000);
}

#[test]
fn another_rendition_of_a_video_that_is_held_stands_still_too() {
    let mut bench = Bench::playing();
    bench.watch(0, 40_000);
    bench.act(Action::Pause);
    let effects = bench.act(Action::Switch(described()));
    assert_eq!(effects.last(), Some(&Effect::Pause));
    bench.tick_for(4_250);
    bench.hear(BackendEvent::FirstFrame);
    assert_eq!(bench.playback.state().name(), "paused");
    assert_eq!(bench.playback.state().run().unwrap().stalled_ms(), 0);
    assert_eq!(bench.act(Action::Resume), [Effect::Play]);
}

#[test]
fn a_video_that_opens_can_be_held_and_let_go() {
    let mut bench = Bench::new();
    bench.act(open());
    assert_eq!(bench.act(Action::Pause), [Effect::Pause]);
    assert!(bench.playback.state().is_held());
    assert_eq!(bench.act(Action::Resume), [Effect::Play]);
    bench.act(Action::Pause);
    bench.hear(BackendEvent::FirstFrame);
    assert_eq!(bench.playback.state().name(), "paused");
}

#[test]
fn a_video_that_is_held_while_it_opens_is_held_when_it_is_opened_again() {
    let mut bench = Bench::new();
    bench.act(open());
    bench.act(Action::Pause);
    let late = bench.tick_for(4_250);
    assert_eq!(late.last(), Some(&Effect::Pause));
}

#[test]
fn the_rendition_that_plays_is_not_opened_again() {
    let mut bench = Bench::playing();
    let same = Rendition {
        path: super::media().path,
        audio_description: false,
        gain_db: 0.0,
        picture: FULL_HD,
    };
    assert_eq!(bench.act(Action::Switch(same)), vec![]);
    assert_eq!(bench.playback.state().name(), "playing");
}
