//! What the tour saw: numbered pictures and `tour.json`.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use serde::Serialize;

/// A step of the visit and what was checked in it.
#[derive(Clone, Debug, Serialize)]
pub struct Step {
    /// Its name, after its number.
    pub step: String,
    /// How long it took.
    pub seconds: f32,
    /// Its picture, in the same folder; empty when none could be taken.
    pub picture: String,
    /// What held.
    pub checked: Vec<String>,
    /// Everything in it held.
    pub held: bool,
    /// What was measured, and what failed.
    pub detail: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    steps: &'a [Step],
    total: f32,
    held: bool,
}

/// The steps so far.
#[derive(Debug)]
pub struct Report {
    folder: PathBuf,
    started: Instant,
    steps: Vec<Step>,
}

impl Report {
    /// Starts an empty report in a folder, without pictures of an earlier tour.
    ///
    /// # Errors
    /// The folder cannot be made or cleared.
    pub fn new(folder: &Path) -> Result<Self> {
        fs::create_dir_all(folder).with_context(|| format!("{}", folder.display()))?;
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if is_ours(&path) {
                fs::remove_file(&path)?;
            }
        }
        Ok(Self {
            folder: folder.to_owned(),
            started: Instant::now(),
            steps: Vec::new(),
        })
    }

    /// Adds a step that started `since`, with its picture if one could be taken.
    ///
    /// # Errors
    /// The picture cannot be written.
    pub fn add(
        &mut self,
        name: &str,
        since: Instant,
        picture: Option<Vec<u8>>,
        told: Told,
    ) -> Result<()> {
        let picture = match picture {
            Some(png) => self.picture(name, &png)?,
            None => String::new(),
        };
        let step = Step {
            step: name.to_owned(),
            seconds: tenths(since.elapsed()),
            picture,
            held: told.failure.is_none(),
            checked: told.checked,
            detail: told
                .details
                .into_iter()
                .chain(told.failure)
                .collect::<Vec<_>>()
                .join(" ; "),
        };
        println!(
            "{} {:>5.1} s  {}",
            if step.held { "✓" } else { "✗" },
            step.seconds,
            step.step
        );
        self.steps.push(step);
        Ok(())
    }

    fn picture(&self, name: &str, png: &[u8]) -> Result<String> {
        let file = format!("{:02}-{name}.png", self.steps.len() + 1);
        fs::write(self.folder.join(&file), png).with_context(|| format!("image {file}"))?;
        Ok(file)
    }

    /// Writes `tour.json`.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn write(&self) -> Result<()> {
        let whole = Whole {
            steps: &self.steps,
            total: tenths(self.started.elapsed()),
            held: self.steps.iter().all(|step| step.held),
        };
        fs::write(
            self.folder.join("tour.json"),
            serde_json::to_vec_pretty(&whole)?,
        )?;
        Ok(())
    }

    /// Says in French how it went.
    pub fn print(&self, outcome: &Result<()>) {
        let checks: usize = self.steps.iter().map(|step| step.checked.len()).sum();
        let seconds = tenths(self.started.elapsed());
        match outcome {
            Ok(()) => println!(
                "Visite réussie : {} étapes, {checks} vérifications, {seconds} s. Images : {}",
                self.steps.len(),
                self.folder.display()
            ),
            Err(error) => {
                eprintln!("Visite interrompue : {error:#}");
                let picture = self.steps.last().map(|step| step.picture.as_str());
                eprintln!(
                    "Image : {}",
                    self.folder.join(picture.unwrap_or_default()).display()
                );
            }
        }
    }
}

/// What a step tells while it runs.
#[derive(Debug, Default)]
pub struct Told {
    /// What held.
    pub checked: Vec<String>,
    /// What was measured.
    pub details: Vec<String>,
    /// What did not hold.
    pub failure: Option<String>,
}

fn tenths(duration: Duration) -> f32 {
    (duration.as_secs_f32() * 10.0).round() / 10.0
}

/// `tour.json` and pictures whose name starts with a number.
fn is_ours(path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let numbered = name.starts_with(|c: char| c.is_ascii_digit()) && name.contains('-');
    name == "tour.json" || (numbered && name.ends_with(".png"))
}
