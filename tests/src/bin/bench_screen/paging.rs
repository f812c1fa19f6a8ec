//! P6: how long a page takes to be drawn when it is turned.

use std::time::Duration;

use anyhow::{Result, ensure};
use borne::clock::Monotonic;
use borne::settings;
use borne::view::Gallery;
use borne::visit::{Action, Shelf};
use resilience::figure::{Figure, percentile};

use crate::stock::{SCREEN, Stock};

/// Pages turned: there and back over the whole shelf, more than once.
const TURNS: usize = 150;

/// The last page of the shelf, from 0.
const LAST_PAGE: usize = 49;

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    let settings = settings::load(Some(&stock.place.borne.config))?;
    let gallery = Gallery::open(&settings, u32::from(SCREEN.0), u32::from(SCREEN.1))?;
    gallery.act(Action::Wake);
    gallery.act(Action::OpenShelf(Shelf::Univers("informatique".to_owned())));
    gallery.settle();
    ensure!(
        gallery.screen_name() == "liste",
        "{}",
        gallery.screen_name()
    );
    let mut frames = Vec::new();
    for turn in 0..TURNS {
        let by = if (turn / LAST_PAGE).is_multiple_of(2) {
            1
        } else {
            -1
        };
        let pages = LAST_PAGE + 1;
        let start = Monotonic::start();
        gallery.act(Action::Turn { by, pages });
        frames.push(start.elapsed().as_secs_f64() * 1e3);
        // Stills come from their own thread; drawing them is part of what is seen.
        gallery.wait(Duration::from_millis(100));
    }
    let slow = percentile(frames, 95);
    let name = "P6 a page turned, 1080p in software, p95";
    Ok(vec![Figure::within(name, slow, "ms", 16.0)])
}
