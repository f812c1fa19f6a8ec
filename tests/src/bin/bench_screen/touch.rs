//! P2: from a touch on a card to the first picture of its video on the screen.

use std::time::Duration;

use anyhow::Result;
use borne::clock::Monotonic;
use end_to_end::display::Point;
use end_to_end::targets;
use resilience::figure::{Figure, median, percentile};

use crate::kiosk::{self, Kiosk, MIDDLE, pause};
use crate::stock::{FILMS, MARK, Stock};

/// How long a finger rests when it taps: between 60 and 120 ms on touch panels.
const TAP: Duration = Duration::from_millis(80);

/// Between two touches: the screen has come to rest.
const REST: Duration = Duration::from_millis(700);

/// The first card of the browser's page.
pub const FIRST_CARD: Point = Point { x: 0.14, y: 0.3 };

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    let (ours, theirs) = (ours(stock)?, theirs(stock)?);
    eprintln!(
        "ms, in turn: borne {}; Chromium {}",
        listed(&ours),
        listed(&theirs)
    );
    let figures = [
        (
            "P2 touch to first picture, median",
            median(ours.clone()),
            median(theirs.clone()),
        ),
        (
            "P2 touch to first picture, p95",
            percentile(ours, 95),
            percentile(theirs, 95),
        ),
    ];
    Ok(figures
        .into_iter()
        .map(|(name, ours, theirs)| {
            let unit = "ms after the finger leaves";
            Figure::at_most(name, ours * 1e3, unit, ("Chromium", theirs * 1e3), 0.5)
        })
        .collect())
}

fn listed(times: &[f64]) -> String {
    let times = times.iter().map(|time| format!("{:.0}", time * 1e3));
    times.collect::<Vec<_>>().join(" ")
}

fn ours(stock: &Stock) -> Result<Vec<f64>> {
    let kiosk = Kiosk::start("borne", kiosk::borne(stock), stock)?;
    let borne = &stock.place.borne;
    kiosk.until_drawn()?;
    kiosk.to_the_list(borne)?;
    let mut times = Vec::new();
    for film in 0..FILMS {
        if film > 0 && film.is_multiple_of(targets::PER_PAGE) {
            kiosk.display.touch(targets::NEXT_PAGE)?;
        }
        pause(REST);
        times.push(tap(&kiosk, targets::card(film % targets::PER_PAGE))?);
        pause(REST);
        kiosk.display.touch(MIDDLE)?;
        kiosk.display.touch(targets::LEAVE)?;
        kiosk::on(borne, "liste")?;
    }
    Ok(times)
}

fn theirs(stock: &Stock) -> Result<Vec<f64>> {
    let kiosk = Kiosk::start("chromium", kiosk::chromium(stock)?, stock)?;
    kiosk.until_drawn()?;
    pause(Duration::from_secs(5));
    let mut times = Vec::new();
    for _ in 0..FILMS {
        pause(REST);
        // Another video each time: the page moves the one that was opened to its end.
        times.push(tap(&kiosk, FIRST_CARD)?);
        pause(REST);
        kiosk.display.touch(MIDDLE)?;
        kiosk.until(MIDDLE, |colour| colour != MARK)?;
    }
    Ok(times)
}

/// Taps a card; how long after the finger has left its video is there, s.
fn tap(kiosk: &Kiosk, at: Point) -> Result<f64> {
    kiosk.display.press(at)?;
    pause(TAP);
    let start = Monotonic::start();
    kiosk.display.lift(at)?;
    kiosk.until(MIDDLE, near_mark)?;
    Ok(start.elapsed().as_secs_f64())
}

/// The mark after it was coded and decoded.
pub fn near_mark(colour: [u8; 3]) -> bool {
    let far = colour
        .iter()
        .zip(MARK)
        .map(|(&is, wanted)| is.abs_diff(wanted));
    far.max() < Some(40)
}
