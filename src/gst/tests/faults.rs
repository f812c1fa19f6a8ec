use super::*;
use crate::gst::decoders;
use media::Folder;

fn fault_of(path: &Path) -> Fault {
    let mut bench = Bench::new();
    bench.load(1, path);
    bench.player.play();
    bench.fault(1)
}

#[test]
fn a_file_that_is_not_there_is_missing() {
    assert_eq!(fault_of(Path::new("/nowhere/video.mp4")), Fault::Missing);
}

#[test]
fn text_named_mp4_is_corrupt() {
    let folder = Folder::new();
    let path = folder.path("text.mp4");
    std::fs::write(&path, "Ceci n'est pas une vidéo.\n".repeat(400)).expect("a file");
    assert_eq!(fault_of(&path), Fault::Corrupt);
}

#[test]
fn an_empty_file_is_corrupt() {
    let folder = Folder::new();
    let path = folder.path("empty.mp4");
    std::fs::write(&path, "").expect("a file");
    assert_eq!(fault_of(&path), Fault::Corrupt);
}

#[test]
fn bytes_without_meaning_are_corrupt() {
    let folder = Folder::new();
    let path = folder.path("noise.mp4");
    let noise: Vec<u8> = (0..100_000_u32)
        .map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect();
    std::fs::write(&path, noise).expect("a file");
    assert_eq!(fault_of(&path), Fault::Corrupt);
}

#[test]
fn a_file_without_pictures_is_corrupt() {
    assert_eq!(fault_of(&Folder::new().sound_only()), Fault::Corrupt);
}

#[test]
fn a_format_outside_the_catalogue_has_no_decoder() {
    assert_eq!(fault_of(&Folder::new().mpeg2()), Fault::NoDecoder);
}

// GStreamer 1.22 says nothing about a file without a body, and not always something about a torn
// index: the watchdog of the reducer is there for them.
#[test]
fn a_file_that_never_opens_does_not_hold_the_next() {
    let folder = Folder::new();
    let path = folder.mp4(1);
    let mut bench = Bench::new();
    for (session, broken) in [(1, folder.bodiless(&path)), (3, folder.torn(&path))] {
        bench.load(session, &broken);
        bench.player.play();
        bench.load(session + 1, &path);
        bench.player.play();
        bench.until_end(session + 1);
    }
}

#[test]
fn a_file_cut_in_the_middle_stops_before_its_end() {
    let folder = Folder::new();
    let cut = folder.half(&folder.mp4(4));
    let mut bench = Bench::new();
    bench.load(1, &cut);
    bench.player.play();
    bench.until_first_frame(1);
    let mut last = 0;
    loop {
        match bench.event().1 {
            BackendEvent::Position { ms, .. } => last = ms,
            BackendEvent::EndOfStream => break,
            BackendEvent::Failed { fault, .. } => {
                assert_eq!(fault, Fault::Corrupt);
                break;
            }
            _ => {}
        }
    }
    assert!(last < 3_500, "{last}");
}

#[test]
fn after_a_failure_the_next_video_plays() {
    let folder = Folder::new();
    let path = folder.mp4(1);
    let mut bench = Bench::new();
    bench.load(1, Path::new("/nowhere"));
    bench.fault(1);
    bench.load(2, &folder.sound_only());
    bench.fault(2);
    bench.load(3, &path);
    bench.player.play();
    bench.until_end(3);
}

#[test]
fn the_decoders_of_the_catalogue_are_installed() {
    for decoder in decoders(&[]).expect("GStreamer starts") {
        let there = !decoder.elements.is_empty();
        assert!(there || !decoder.required, "{decoder:?}");
    }
}

/// A device of sound that is full and takes nothing more, and cannot be called off.
fn stuck(folder: &Folder) -> (Sound, std::fs::File) {
    let pipe = folder.path("stuck");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    // Open at both ends, so that neither waits for the other; nobody reads.
    let held = std::fs::File::options().read(true).write(true).open(&pipe);
    let sink = format!(
        "filesink sync=true buffer-mode=unbuffered location={}",
        pipe.display()
    );
    (Sound::Element(sink), held.expect("a pipe"))
}

#[test]
fn a_jump_in_a_video_that_hangs_keeps_the_next_one_from_nothing() {
    let folder = Folder::new();
    let path = folder.mp4(10);
    let (sound, _held) = stuck(&folder);
    let mut bench = Bench::with(sound);
    bench.load(1, &path);
    bench.player.play();
    bench.until_first_frame(1);
    while bench.events.recv_timeout(STALL_LIMIT).is_ok() {}
    bench.player.seek(1, 5_000, Precision::Exact);
    let next = Cue {
        muted: true,
        ..cue(&path, 0)
    };
    bench.player.load(2, &next);
    bench.player.play();
    bench.until_first_frame(2);
    bench.until_position(2, |ms| ms > 500);
}
