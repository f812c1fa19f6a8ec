//! P3 and P4: processor and memory, while a film plays over the whole screen and while nothing does.

use std::process::Command;
use std::time::Duration;

use anyhow::Result;
use borne::clock::Monotonic;
use end_to_end::targets;
use resilience::figure::{Figure, ROUNDS, median};

use crate::kiosk::{self, Kiosk, MIDDLE, pause};
use crate::resources::{cpu_s, pss_mb};
use crate::stock::Stock;

/// After this a program has settled: files are read, controls have gone.
const SETTLED: Duration = Duration::from_secs(6);

/// Over this long the processor's time is counted.
const SPAN: Duration = Duration::from_secs(10);

/// What a program uses.
struct Use {
    browsing_mb: f64,
    playing_mb: f64,
    /// Of one core, from 0.
    cpu: f64,
    /// The same, of the X server that shows it.
    server: f64,
    dropped: u64,
}

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    let (mut borne, mut chromium, mut mpv) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        borne.push(borne_plays(stock)?);
        chromium.push(chromium_plays(stock)?);
        mpv.push(mpv_plays(stock)?);
    }
    let of = |uses: &[Use], part: fn(&Use) -> f64| median(uses.iter().map(part).collect());
    let cpu = |uses: &[Use]| of(uses, |one| one.cpu) * 100.0;
    let dropped = borne.iter().map(|one| one.dropped).sum::<u64>();
    let browsing = of(&borne, |one| one.browsing_mb);
    eprintln!(
        "X server beside them, % of a core: borne {:.1}, Chromium {:.1}, mpv {:.1}; Chromium browsing {:.0} MB, mpv playing {:.0} MB",
        of(&borne, |one| one.server) * 100.0,
        of(&chromium, |one| one.server) * 100.0,
        of(&mpv, |one| one.server) * 100.0,
        of(&chromium, |one| one.browsing_mb),
        of(&mpv, |one| one.playing_mb),
    );
    Ok(vec![
        Figure::at_most(
            "P3 processor, 1080p30",
            cpu(&borne),
            "% of a core",
            ("mpv", cpu(&mpv)),
            0.6,
        ),
        Figure::at_most(
            "P3 processor, 1080p30",
            cpu(&borne),
            "% of a core",
            ("Chromium", cpu(&chromium)),
            0.5,
        ),
        Figure::absolute(
            "P3 frames dropped",
            count(dropped),
            "frames",
            "0",
            dropped == 0,
        ),
        Figure::within("P4 memory, browsing 300 videos", browsing, "MB", 60.0),
        Figure::at_most(
            "P4 memory, playing",
            of(&borne, |one| one.playing_mb),
            "MB",
            ("Chromium", of(&chromium, |one| one.playing_mb)),
            0.35,
        ),
    ])
}

#[expect(clippy::cast_precision_loss, reason = "a few frames")]
const fn count(frames: u64) -> f64 {
    frames as f64
}

fn borne_plays(stock: &Stock) -> Result<Use> {
    let mut kiosk = Kiosk::start("borne", kiosk::borne(stock), stock)?;
    let borne = &stock.place.borne;
    kiosk.until_drawn()?;
    kiosk.to_the_list(borne)?;
    pause(SETTLED);
    let browsing_mb = pss_mb(kiosk.pid())?;
    kiosk.display.touch(targets::card(0))?;
    let mut used = plays(&kiosk)?;
    used.dropped = borne
        .await_status("film", |status| status.plays())?
        .frames_dropped;
    // Killed, it would blame the film for its death, and put it in quarantine after the second.
    kiosk.running.stop()?;
    Ok(Use {
        browsing_mb,
        ..used
    })
}

fn chromium_plays(stock: &Stock) -> Result<Use> {
    let kiosk = Kiosk::start("chromium", kiosk::chromium(stock)?, stock)?;
    kiosk.until_drawn()?;
    pause(SETTLED);
    let browsing_mb = pss_mb(kiosk.pid())?;
    kiosk.display.touch(crate::touch::FIRST_CARD)?;
    Ok(Use {
        browsing_mb,
        ..plays(&kiosk)?
    })
}

fn mpv_plays(stock: &Stock) -> Result<Use> {
    let command: Command = kiosk::mpv(stock);
    plays(&Kiosk::start("mpv", command, stock)?)
}

fn plays(kiosk: &Kiosk) -> Result<Use> {
    kiosk.until(MIDDLE, crate::touch::near_mark)?;
    pause(SETTLED);
    let server = kiosk.display.server().unwrap_or_default();
    let (start, before, around) = (Monotonic::start(), cpu_s(kiosk.pid())?, cpu_s(server)?);
    pause(SPAN);
    let span = start.elapsed().as_secs_f64();
    Ok(Use {
        browsing_mb: 0.0,
        playing_mb: pss_mb(kiosk.pid())?,
        cpu: (cpu_s(kiosk.pid())? - before) / span,
        server: (cpu_s(server)? - around) / span,
        dropped: 0,
    })
}
