//! P8: a new catalogue of thirty thousand videos, whose media are there.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};
use resilience::borne::Borne;
use resilience::nginx::Server;
use resilience::repository::Repository;

use resilience::figure::{Figure, ROUNDS, median};

const VIDEOS: usize = 30_000;

pub fn measure() -> Result<Vec<Figure>> {
    let names: Vec<_> = (0..=VIDEOS).map(|video| format!("video-{video}")).collect();
    let videos: Vec<_> = names
        .iter()
        .map(|name| (name.as_str(), b"one".as_slice()))
        .collect();
    let repository = Repository::with(&videos[..VIDEOS]);
    let folder = tempfile::tempdir()?;
    let nginx = Server::start(&repository.root(), folder.path())?;
    let data = folder.path().join("data");
    let url = format!("{}/", nginx.url());
    let borne = Borne::new(folder.path(), &data, &url, &repository.first_root());
    borne.sync().must(0);
    let (mut times, mut peaks) = (Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // One video more, then one less: new each time.
        repository.offer(&videos[..VIDEOS - round % 2]);
        let (seconds, peak) = look(&borne)?;
        times.push(seconds);
        peaks.push(peak);
    }
    let (time, peak) = (median(times), median(peaks));
    Ok(vec![
        Figure::absolute(
            "P8 30,000 videos verified and promoted",
            time,
            "s",
            "below 1.5",
            time < 1.5,
        ),
        Figure::absolute(
            "P8 30,000 videos, peak memory",
            peak,
            "MB",
            "below 100",
            peak < 100.0,
        ),
    ])
}

/// A look's time, s, and peak of resident memory, MB.
fn look(borne: &Borne) -> Result<(f64, f64)> {
    let look = borne.command_under(&["/usr/bin/time", "--format", "%e %M"], &["sync", "--once"]);
    let mut look: Command = look;
    let output = look.stdout(Stdio::null()).output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{said}");
    let last = said.trim_end().lines().last().unwrap_or_default();
    let (seconds, kilobytes) = last.split_once(' ').context("/usr/bin/time says nothing")?;
    Ok((seconds.parse()?, kilobytes.parse::<f64>()? / 1_000.0))
}
