use super::*;
use media::Folder;

fn plays_to_its_end(path: &Path, sound: bool) {
    let mut bench = Bench::new();
    bench.load(7, path);
    bench.player.play();
    bench.until_first_frame(7);
    let heard = bench.until(7, |event| match event {
        BackendEvent::Position {
            ms,
            sound_buffers,
            frames,
            ..
        } if *ms >= 1_000 => {
            assert!(*frames > 5, "{frames} pictures");
            Some(*sound_buffers)
        }
        _ => None,
    });
    assert_eq!(heard > 10, sound, "{heard} buffers of sound");
    bench.until_end(7);
}

#[test]
fn what_decodes_the_pictures_is_told() {
    let folder = Folder::new();
    for (session, film, format) in [(1, folder.mp4(1), "264"), (2, folder.webm(1), "vp9")] {
        let mut bench = Bench::new();
        bench.load(session, &film);
        let decoder = bench.until(session, |event| match event {
            BackendEvent::Decoder { name } => Some(name.clone()),
            _ => None,
        });
        assert!(decoder.contains(format), "{decoder}");
    }
}

#[test]
fn h264_and_aac_play_to_the_end() {
    plays_to_its_end(&Folder::new().mp4(2), true);
}

#[test]
fn vp9_and_opus_play_to_the_end() {
    plays_to_its_end(&Folder::new().webm(2), true);
}

#[test]
fn a_video_without_sound_plays_to_the_end() {
    plays_to_its_end(&Folder::new().silent(2), false);
}

#[test]
fn a_preview_makes_no_sound() {
    let folder = Folder::new();
    let cue = Cue {
        path: folder.mp4(2),
        start_ms: 0,
        muted: true,
        gain_db: 0.0,
        picture: FULL_HD,
    };
    let mut bench = Bench::new();
    bench.player.load(1, &cue);
    bench.player.play();
    let heard = bench.until(1, |event| match event {
        BackendEvent::Position {
            ms, sound_buffers, ..
        } => (*ms > 500).then_some(*sound_buffers),
        _ => None,
    });
    assert_eq!(heard, 0);
    bench.until_end(1);
}

#[test]
fn the_length_is_told() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(3));
    let length = bench.until(1, |event| match event {
        BackendEvent::Prerolled { duration_ms } => Some(*duration_ms),
        _ => None,
    });
    assert!(
        length.is_some_and(|ms| ms.abs_diff(3_000) < 100),
        "{length:?}"
    );
}

#[test]
fn an_exact_seek_lands_on_its_frame_and_a_quick_one_on_a_key_frame() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(10));
    bench.player.play();
    bench.until_first_frame(1);

    bench.player.seek(1, 6_700, Precision::Exact);
    bench.until_seeked(1, 1);
    let landed = bench.until_position(1, |_| true);
    assert!((6_640..7_500).contains(&landed), "{landed}");

    bench.player.pause();
    bench.player.seek(2, 3_700, Precision::KeyFrame);
    bench.until_seeked(1, 2);
    bench.until_picture_at(3_000); // one key frame a second
}

#[test]
fn a_seek_during_a_pause_shows_its_picture_and_is_answered() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(10));
    bench.player.play();
    bench.until_first_frame(1);
    for serial in 1..=8 {
        bench.player.pause();
        bench.player.seek(serial, serial * 1_000, Precision::Exact);
        bench.until_seeked(1, serial);
        bench.until_picture_at(serial * 1_000);
        bench.player.play();
        bench.until_position(1, |ms| ms > serial * 1_000);
    }
}

#[test]
fn a_video_that_is_held_while_it_opens_shows_the_picture_where_it_stands() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load_at(1, &folder.mp4(10), 4_000);
    bench.player.pause();
    bench.until_first_frame(1);
    bench.until_picture_at(4_000);
    bench.player.play();
    bench.until_position(1, |ms| ms > 4_000);
}

#[test]
fn seeks_in_a_row_are_answered_with_the_last() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(10));
    bench.player.play();
    bench.until_first_frame(1);
    for serial in 1..=20 {
        bench.player.seek(serial, serial * 400, Precision::Exact);
    }
    bench.until_seeked(1, 20);
    assert!(bench.until_position(1, |_| true) >= 7_900);
}

#[test]
fn a_start_in_the_middle_shows_nothing_of_the_beginning() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load_at(1, &folder.mp4(10), 8_000);
    bench.player.play();
    let first = bench.until_position(1, |_| true);
    assert!(first >= 7_950, "{first}");
    bench.until_end(1);
}

#[test]
fn at_double_speed_the_end_comes_after_a_jump_is_done_too() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(6));
    bench.player.set_rate(2.0);
    bench.player.play();
    bench.until_position(1, |ms| ms > 500);
    bench.player.seek(1, 4_500, Precision::Exact);
    bench.until_seeked(1, 1);
    bench.until_position(1, |ms| ms > 5_000);
    bench.until_end(1);
}

#[test]
fn after_the_end_a_seek_goes_back_into_the_video() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    bench.load(1, &folder.mp4(1));
    bench.player.play();
    bench.until_end(1);
    bench.player.seek(1, 0, Precision::Exact);
    bench.until_seeked(1, 1);
    bench.until_end(1);
}

#[test]
fn a_sound_device_that_is_missing_costs_the_sound_only() {
    let folder = Folder::new();
    let path = folder.mp4(2);
    for sound in ["alsasink device=hw:99", "no-such-sink", "auto"] {
        let Ok(sound) = sound.parse();
        let mut bench = Bench::with(sound);
        bench.load(1, &path);
        bench.player.play();
        bench.until_first_frame(1);
        bench.until_position(1, |ms| ms > 1_000);
        bench.until_end(1);
    }
}

#[test]
fn a_sound_device_that_is_unplugged_costs_the_sound_only() {
    let folder = Folder::new();
    let Ok(sound) = "identity error-after=50 ! fakesink sync=true".parse();
    let mut bench = Bench::with(sound);
    bench.load(1, &folder.mp4(4));
    bench.player.play();
    bench.until_first_frame(1);
    bench.until_position(1, |ms| ms > 2_500);
    bench.until_end(1);
}

#[test]
fn thirty_videos_opened_and_closed_in_a_row_leave_nothing_behind() {
    let folder = Folder::new();
    let path = folder.mp4(2);
    let storm = |videos| {
        let mut bench = Bench::new();
        for session in 1..=videos {
            if session % 3 == 0 {
                bench.open_stubbornly(session, &path);
            } else {
                bench.load(session, &path);
                bench.player.play();
            }
            match session % 3 {
                1 => bench.player.seek(1, 1_000, Precision::Exact),
                2 => bench.player.set_rate(1.5),
                _ => {}
            }
            bench.player.stop();
        }
        bench.open_stubbornly(99, &path);
        bench.until_end(99);
    };
    storm(2);
    let before = threads();
    storm(30);
    let after = threads();
    assert!(after <= before + 3, "{before} threads, then {after}");
}

// Of this process, which is the test's own under nextest; read from the kernel, which knows of the threads that libraries start.
pub(super) fn threads() -> u32 {
    let status = std::fs::read_to_string("/proc/self/status").expect("procfs");
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("Threads:"));
    line.and_then(|number| number.trim().parse().ok())
        .expect("a number")
}
