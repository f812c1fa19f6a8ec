//! Media as they come: every one plays to its end, or is given up without holding the next.

use super::*;
use crate::gst::decoders;
use media::Folder;

/// What is awkward about it, the source of pictures, and how it is coded.
const KINDS: [(&str, &str, &str); 10] = [
    (
        "high profile with B-frames",
        "testsrc2=size=320x180:rate=25:duration=1",
        "-c:v libx264 -preset medium -profile:v high -bf 3 -pix_fmt yuv420p -c:a aac",
    ),
    (
        "a rate that varies",
        "testsrc2=size=320x180:rate=30:duration=1,select=not(mod(n\\,3))+lt(n\\,9)",
        "-vsync vfr -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac",
    ),
    (
        "sixty pictures a second",
        "testsrc2=size=320x180:rate=60:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac",
    ),
    (
        "4:3",
        "testsrc2=size=640x480:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac",
    ),
    (
        "portrait",
        "testsrc2=size=180x320:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac",
    ),
    (
        "sound in one channel",
        "testsrc2=size=320x180:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 1 -ar 22050",
    ),
    (
        "sound in six channels",
        "testsrc2=size=320x180:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -ac 6",
    ),
    (
        "few key frames",
        "testsrc2=size=320x180:rate=25:duration=2",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 9999 -c:a aac",
    ),
    (
        "the index at the end",
        "testsrc2=size=320x180:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags -faststart",
    ),
    (
        "fragments",
        "testsrc2=size=320x180:rate=25:duration=1",
        "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -movflags frag_keyframe+empty_moov",
    ),
];

/// Plays it to its end as playback does: opened again when an opening says nothing.
fn plays(bench: &mut Bench, session: u64, path: &Path, what: &str) {
    bench.open_stubbornly(session, path);
    bench.until(session, |event| match event {
        BackendEvent::Failed { fault, detail } => panic!("{what}: {fault} {detail}"),
        BackendEvent::EndOfStream => Some(()),
        _ => None,
    });
}

#[test]
fn every_awkward_kind_plays_to_its_end() {
    let folder = Folder::new();
    let mut bench = Bench::new();
    for (session, (what, source, coding)) in (1..).zip(KINDS) {
        let path = folder.of(&format!("{session}.mp4"), source, coding);
        plays(&mut bench, session, &path, what);
    }
}

#[test]
fn a_picture_of_four_thousand_pixels_plays_when_it_is_announced() {
    let folder = Folder::new();
    let source = "testsrc2=size=3840x2160:rate=10:duration=0.5";
    let coding = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac";
    let large = folder.of("4k.mp4", source, coding);
    let mut bench = Bench::new();
    bench.load(1, &large);
    bench.player.play();
    assert_eq!(bench.fault(1), Fault::Corrupt, "announced as 1920x1080");
    let announced = Picture {
        width: 3840,
        height: 2160,
        fps: 10,
    };
    bench.player.load(
        2,
        &Cue {
            picture: announced,
            ..cue(&large, 0)
        },
    );
    bench.player.play();
    bench.until_end(2);
}

#[test]
fn av1_plays_to_its_end_where_something_decodes_it() {
    let able = decoders(&[]).expect("GStreamer starts");
    if able
        .iter()
        .any(|one| one.format == "AV1" && !one.elements.is_empty())
    {
        let folder = Folder::new();
        let source = "testsrc2=size=160x90:rate=10:duration=0.5";
        let path = folder.of(
            "av1.mp4",
            source,
            "-c:v libaom-av1 -cpu-used 8 -pix_fmt yuv420p -c:a aac",
        );
        plays(&mut Bench::new(), 1, &path, "AV1");
    }
}

#[test]
fn an_edit_list_hides_the_beginning_and_the_rest_plays() {
    let folder = Folder::new();
    let path = folder.cut_by_edit_list(&folder.mp4(2));
    plays(&mut Bench::new(), 1, &path, "edit list");
}

#[test]
fn bits_flipped_all_over_neither_stop_the_player_nor_the_next_video() {
    let folder = Folder::new();
    let whole = folder.mp4(2);
    let mut bench = Bench::new();
    for (session, offset) in [(1, 100), (3, 5_000), (5, 9_999)] {
        let flipped = folder.flipped(&whole, offset);
        bench.load(session, &flipped);
        bench.player.play();
        // Whatever it comes to, for as long as playback would wait.
        while let Ok((_, event)) = bench.events.recv_timeout(STALL_LIMIT) {
            if matches!(
                event,
                BackendEvent::EndOfStream | BackendEvent::Failed { .. }
            ) {
                break;
            }
        }
        plays(&mut bench, session + 1, &whole, "after flipped bits");
    }
}

#[test]
fn nothing_but_zeros_is_corrupt() {
    let folder = Folder::new();
    let path = folder.path("zeros.mp4");
    std::fs::write(&path, vec![0; 200_000]).expect("a file");
    let mut bench = Bench::new();
    bench.load(1, &path);
    bench.player.play();
    assert_eq!(bench.fault(1), Fault::Corrupt);
}
