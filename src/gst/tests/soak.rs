//! Many plays in a row. Forty by default; a thousand, and memory watched, with `BORNE_LONG=1`.

use super::playing::threads;
use super::*;
use crate::clock::Monotonic;
use media::Folder;

/// Plays of the short and of the long form.
const SHORT: u64 = 40;
const LONG: u64 = 1_000;

/// What memory may grow by after the first tenth: `performance`, P4.
const GROWTH_KB: u64 = 2_000;

/// What a visitor does to a video, at random and the same every time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        // Knuth's MMIX generator
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }
}

/// What the process holds: threads, and open files.
#[derive(Clone, Copy, Debug)]
struct Held {
    threads: u32,
    files: usize,
}

impl Held {
    fn now() -> Self {
        Self {
            threads: threads(),
            files: std::fs::read_dir("/proc/self/fd").expect("Linux").count(),
        }
    }

    /// Waits until no more is held than this; GStreamer keeps some idle threads for later.
    fn until_again(self) {
        let patience = Monotonic::start();
        loop {
            let now = Self::now();
            if now.threads <= self.threads + 3 && now.files <= self.files {
                return;
            }
            assert!(patience.elapsed() < PATIENCE, "{self:?}, then {now:?}");
            std::thread::yield_now();
        }
    }
}

/// Closes what is open; once what comes after it is answered, it is closed.
fn close(bench: &mut Bench) {
    bench.player.stop();
    bench.load(u64::MAX, Path::new("/nowhere"));
    bench.fault(u64::MAX);
}

fn resident_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status.lines().find(|line| line.starts_with("VmRSS:"));
    let kb = line.and_then(|line| line.split_whitespace().nth(1));
    kb.and_then(|kb| kb.parse().ok()).expect("VmRSS")
}

/// How often playback would have opened a video again.
#[derive(Clone, Copy, Debug, Default)]
struct Again {
    /// There was no first picture in time.
    late: u64,
    /// What a jump leads to, or the end, did not come in time.
    still: u64,
}

impl std::ops::AddAssign for Again {
    fn add_assign(&mut self, other: Self) {
        self.late += other.late;
        self.still += other.still;
    }
}

/// Opens it, does what a visitor does, and leaves early or waits for the end.
fn play(bench: &mut Bench, dice: &mut Dice, session: u64, path: &Path) -> Again {
    let late = bench.open_stubbornly(session, path);
    let still = u64::from(!is_watched(bench, dice, session));
    Again { late, still }
}

/// False when something did not come in time.
fn is_watched(bench: &mut Bench, dice: &mut Dice, session: u64) -> bool {
    for _ in 0..dice.below(3) {
        match dice.below(3) {
            0 => {
                bench.player.pause();
                bench.player.play();
            }
            1 => {
                let ms = dice.below(900);
                bench.player.seek(ms + 1, ms, Precision::Exact);
                if !comes(bench, session, &BackendEvent::Seeked { serial: ms + 1 }) {
                    return false;
                }
            }
            _ => bench.player.set_rate(1.5),
        }
    }
    dice.below(4) > 0 || comes(bench, session, &BackendEvent::EndOfStream)
}

/// It is heard before playback would lose patience with a picture that stands still.
fn comes(bench: &Bench, session: u64, wanted: &BackendEvent) -> bool {
    while let Ok((of, event)) = bench.events.recv_timeout(STALL_LIMIT) {
        let failed = matches!(event, BackendEvent::Failed { .. });
        assert!(of != session || !failed, "{event:?}");
        if (of, &event) == (session, wanted) {
            return true;
        }
    }
    false
}

#[test]
fn plays_in_a_row_with_pauses_seeks_and_early_ends_leave_nothing_behind() {
    let long = std::env::var_os("BORNE_LONG").is_some();
    let plays = if long { LONG } else { SHORT };
    let folder = Folder::new();
    let films = [folder.mp4(1), folder.webm(1), folder.silent(1)];
    let (mut bench, mut dice) = (Bench::new(), Dice(20_261_122));
    let (mut early, mut again) = (None, Again::default());
    for session in 1..=plays {
        let film = &films[usize::try_from(dice.below(3)).expect("small")];
        again += play(&mut bench, &mut dice, session, film);
        if session == plays / 10 {
            close(&mut bench);
            early = Some((Held::now(), resident_kb()));
        }
    }
    let (before, kb) = early.expect("a tenth of the plays");
    close(&mut bench);
    before.until_again();
    let grown = resident_kb().saturating_sub(kb);
    println!(
        "{plays} plays: {grown} kB more than after {}; opened again: {} without a first picture in \
         time, {} that stood still later",
        plays / 10,
        again.late,
        again.still
    );
    assert!(
        again.late + again.still <= plays / 20,
        "{again:?} in {plays} plays"
    );
    assert!(!long || grown <= GROWTH_KB, "{grown} kB");
}
