//! P1: from the start of the process to the first whole picture.

use std::process::Command;

use anyhow::Result;
use resilience::figure::{Figure, ROUNDS, median};

use crate::kiosk::{self, Kiosk};
use crate::stock::Stock;
use end_to_end::display::Point;

/// Corners, a little inside: dark on a bare screen, never with a page or the borne on it.
const CORNERS: [Point; 2] = [Point { x: 0.004, y: 0.004 }, Point { x: 0.996, y: 0.996 }];

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(first_picture("borne", kiosk::borne(stock), stock)?);
        theirs.push(first_picture("chromium", kiosk::chromium(stock)?, stock)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let name = "P1 start to first picture, 300 videos";
    Ok(vec![Figure::at_most(
        name,
        ours,
        "s",
        ("Chromium", theirs),
        0.3,
    )])
}

fn first_picture(name: &str, command: Command, stock: &Stock) -> Result<f64> {
    let mut kiosk = Kiosk::start(name, command, stock)?;
    let mut taken = 0.0;
    for corner in CORNERS {
        taken += kiosk.until(corner, |colour| colour != [0; 3])?;
    }
    kiosk.running.stop()?;
    Ok(taken)
}
