//! Records events one transaction after the other, and says after each how many are safe:
//! `append-events DATA TRANSACTIONS EVENTS_EACH`.

use std::io::Write as _;
use std::path::PathBuf;

use anyhow::{Context, Result};
use borne::store::Outbox;
use resilience::outbox::{play, reading};

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = || arguments.next().context("DATA TRANSACTIONS EVENTS_EACH");
    let data = PathBuf::from(next()?);
    let (transactions, each): (usize, usize) = (next()?.parse()?, next()?.parse()?);
    let (mut outbox, _) = Outbox::open(&data)?;
    let events = vec![(reading(borne::clock::now()), play("essai/un")); each];
    for done in 1..=transactions {
        outbox.append(&events)?;
        // Said only after the commit: whoever reads it may rely on it.
        println!("{}", done * each);
        std::io::stdout().flush()?;
    }
    Ok(())
}
