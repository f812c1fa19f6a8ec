//! P12: a day of the attract loop with a visit every five minutes, accelerated: each visit follows the
//! one before.

use std::time::Duration;

use anyhow::Result;
use end_to_end::targets;
use resilience::figure::Figure;

use crate::kiosk::{self, Kiosk, on, pause};
use crate::resources::pss_mb;
use crate::stock::Stock;

/// A visit every five minutes of a day.
const VISITS: u16 = 288;

/// Visits after which what is kept for good is there: posters, plugins, buffers.
const WARM: u16 = 30;

/// How long a visitor looks at a film before leaving it.
const LOOK: Duration = Duration::from_millis(400);

/// A visitor who has left is believed gone after seconds: a day is measured in half an hour.
const IDLE: &str = "[idle]\nask_after_s = 2\ncountdown_s = 1\n";

/// A page, and what the allocator keeps.
const GROWTH_MB: f64 = 8.0;

pub fn measure(stock: &Stock) -> Result<Vec<Figure>> {
    stock.place.settings("journee", IDLE)?;
    let mut kiosk = Kiosk::start("borne", kiosk::borne(stock), stock)?;
    kiosk.until_drawn()?;
    let mut at_first = 0.0;
    for visited in 0..VISITS {
        visit(&kiosk, stock, usize::from(visited))?;
        kiosk.running.must_be_alive()?;
        if visited == WARM {
            at_first = pss_mb(kiosk.pid())?;
        }
    }
    let growth = pss_mb(kiosk.pid())? - at_first;
    let errors = stock.place.borne.await_status("fin", |_| true)?.errors;
    Ok(vec![
        Figure::within("P12 memory grown over a day", growth, "MB", GROWTH_MB),
        Figure::absolute(
            "P12 errors of playback",
            f64::from(u32::try_from(errors)?),
            "errors",
            "0",
            errors == 0,
        ),
    ])
}

/// Somebody comes, looks at a film, and leaves the borne to its attract loop.
fn visit(kiosk: &Kiosk, stock: &Stock, visited: usize) -> Result<()> {
    let borne = &stock.place.borne;
    kiosk.to_the_list(borne)?;
    kiosk
        .display
        .touch(targets::card(visited % targets::PER_PAGE))?;
    on(borne, "lecteur")?;
    borne.await_status("film", |status| status.plays() && status.position_ms > 200)?;
    pause(LOOK);
    kiosk.display.touch(targets::LEAVE)?;
    on(borne, "liste")?;
    kiosk.display.touch(targets::HOME)?;
    on(borne, "accueil")?;
    // Nobody answers.
    on(borne, "veille")
}
