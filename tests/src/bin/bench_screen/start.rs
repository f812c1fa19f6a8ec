//! P1: from the start of the process to the first whole picture.

use std::process::Command;

use anyhow::Result;
use resilience::figure::{Figure, ROUNDS, median};

use crate::kiosk::{self, Kiosk};
use crate::stock::Stock;
use end_to_end::display::Point;
use end_to_end::stand::Stand;

/// Corners, a little inside: dark on a bare screen, never with a page or the borne on it.
const CORNERS: [Point; 2] = [Point { x: 0.004, y: 0.004 }, Point { x: 0.996, y: 0.996 }];

/// Videos of the catalogues that are compared: `performance`, P1.
const FEW: usize = 300;
const MANY: usize = 10_000;

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(first_picture("borne", kiosk::borne(stock), stock)?);
        theirs.push(first_picture("chromium", kiosk::chromium(stock)?, stock)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let name = "P1 start to first picture, 300 videos";
    let start = Figure::at_most(name, ours, "s", ("Chromium", theirs), 0.3);
    Ok(vec![start, with_many(stock)?])
}

fn first_picture(name: &str, command: Command, stock: &Stock) -> Result<f64> {
    let mut kiosk = Kiosk::start(name, command, stock)?;
    let taken = whole(&kiosk)?;
    kiosk.running.stop()?;
    Ok(taken)
}

fn whole(kiosk: &Kiosk) -> Result<f64> {
    let corners = CORNERS.iter();
    corners
        .map(|corner| kiosk.until(*corner, |colour| colour != [0; 3]))
        .sum()
}

/// The same with a catalogue that is much larger; its media are bytes that nobody opens.
fn with_many(stock: &Stock) -> Result<Figure> {
    let (few, many) = (catalogue(FEW)?, catalogue(MANY)?);
    let (mut with_few, mut with_many) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        with_few.push(started(&few, stock)?);
        with_many.push(started(&many, stock)?);
    }
    let few = ("the borne with 300", median(with_few));
    let name = "P1 start to first picture, 10,000 videos";
    Ok(Figure::at_most(name, median(with_many), "s", few, 1.2))
}

fn catalogue(videos: usize) -> Result<Stand> {
    let names: Vec<_> = (0..videos).map(|video| format!("video-{video}")).collect();
    let videos = names.iter().map(|name| (name.as_str(), b"one".as_slice()));
    Stand::synced(&videos.collect::<Vec<_>>())
}

/// Until its first picture, which is Veille's, s.
fn started(stand: &Stand, stock: &Stock) -> Result<f64> {
    let mut kiosk = Kiosk::start("borne", kiosk::played(&stand.borne), stock)?;
    let picture = whole(&kiosk)?;
    stand.must("veille", |status| {
        status.screen == "veille" && status.pid == kiosk.pid()
    })?;
    kiosk.running.stop()?;
    Ok(picture)
}
