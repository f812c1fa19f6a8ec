//! The monthly reading of the media store: what has rotted is found before a visitor sees it.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::policy::{NOTE_PASS_EVERY, PASS_EVERY};
use crate::clock;
use crate::store::cache::Pass;
use crate::store::check::{Check, Piece};
use crate::store::{Cache, Media, StoreError};

/// Reads the store in small steps. It can be put down after each: it goes on from there, also in
/// another process.
#[derive(Debug, Default)]
pub struct Scrub {
    reading: Option<Reading>,
}

#[derive(Debug)]
struct Reading {
    pass: Pass,
    waiting: VecDeque<String>,
    check: Option<Check>,
    /// Bytes read since the pass was noted.
    unnoted: u64,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// Nothing is due.
    Idle,
    /// So many bytes were read; zero between two objects.
    Read(u64),
    /// This object is rotten and has been set aside.
    Rotten(String),
    /// The whole store has been read.
    Finished,
}

impl Scrub {
    /// Takes one step.
    ///
    /// # Errors
    /// The store or the cache refuses.
    pub fn step(
        &mut self,
        media: &Media,
        cache: &Cache,
        now: Timestamp,
    ) -> Result<Step, StoreError> {
        if self.reading.is_none() {
            self.reading = due(cache, now)?
                .map(|pass| Reading::new(pass, media))
                .transpose()?;
        }
        let Some(reading) = &mut self.reading else {
            return Ok(Step::Idle);
        };
        let step = reading.step(media, cache)?;
        if step == Step::Finished {
            reading.pass.finished = Some(now);
            cache.note_pass(&reading.pass)?;
            self.reading = None;
        }
        Ok(step)
    }

    /// Notes how far it came.
    ///
    /// # Errors
    /// Nothing was noted.
    pub fn rest(&mut self, cache: &Cache) -> Result<(), StoreError> {
        match &mut self.reading {
            Some(reading) => reading.note(cache),
            None => Ok(()),
        }
    }
}

impl Reading {
    fn new(pass: Pass, media: &Media) -> Result<Self, StoreError> {
        let names = media.names()?.into_iter();
        Ok(Self {
            waiting: names.filter(|name| *name > pass.position).collect(),
            pass,
            check: None,
            unnoted: 0,
        })
    }

    fn step(&mut self, media: &Media, cache: &Cache) -> Result<Step, StoreError> {
        let Some(check) = &mut self.check else {
            return self.open_next(media);
        };
        match check.piece() {
            Piece::Read(bytes) => {
                self.unnoted += bytes;
                Ok(Step::Read(bytes))
            }
            Piece::Sound => {
                self.pass.position = check.sha256().to_owned();
                self.check = None;
                if self.unnoted >= NOTE_PASS_EVERY {
                    self.note(cache)?;
                }
                Ok(Step::Read(0))
            }
            Piece::Rotten => {
                let sha256 = check.sha256().to_owned();
                self.check = None;
                media.set_aside(&sha256)?;
                self.pass.position.clone_from(&sha256);
                self.pass.rotten += 1;
                self.note(cache)?;
                Ok(Step::Rotten(sha256))
            }
        }
    }

    fn open_next(&mut self, media: &Media) -> Result<Step, StoreError> {
        let Some(name) = self.waiting.pop_front() else {
            return Ok(Step::Finished);
        };
        match media.check(&name) {
            Ok(check) => self.check = Some(check),
            // Evicted since the pass began.
            Err(error) if error.is_absent() => {}
            Err(error) => return Err(error),
        }
        Ok(Step::Read(0))
    }

    fn note(&mut self, cache: &Cache) -> Result<(), StoreError> {
        self.unnoted = 0;
        cache.note_pass(&self.pass)
    }
}

/// The pass to go on with or to begin. What a new borne holds has just been verified: its first
/// pass begins a month later.
fn due(cache: &Cache, now: Timestamp) -> Result<Option<Pass>, StoreError> {
    match cache.pass()? {
        Some(pass) if pass.finished.is_none() => Ok(Some(pass)),
        // A clock that is off by little in either direction begins no pass.
        Some(pass) if now.duration_since(pass.started).unsigned_abs() < PASS_EVERY => Ok(None),
        _ if !clock::is_believable(now) => Ok(None),
        Some(_) => Ok(Some(Pass::begin(now))),
        None => {
            let finished = Some(now);
            cache.note_pass(&Pass {
                finished,
                ..Pass::begin(now)
            })?;
            Ok(None)
        }
    }
}
