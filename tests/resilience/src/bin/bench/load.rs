//! P7: a gigabyte in two hundred files, stored, verified, durable.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::Result;
use resilience::borne::Borne;
use resilience::nginx::Server;
use resilience::repository::{Repository, sha256};

use resilience::figure::{Figure, ROUNDS, median, seconds};

const FILES: usize = 200;
const BYTES: usize = 5_000_000;

pub fn measure() -> Result<Vec<Figure>> {
    let contents: Vec<_> = (0..FILES).map(noise).collect();
    let names: Vec<_> = (0..FILES).map(|file| format!("video-{file}")).collect();
    let videos: Vec<_> = names
        .iter()
        .zip(&contents)
        .map(|(name, content)| (name.as_str(), content.as_slice()))
        .collect();
    let repository = Repository::with(&videos);
    let folder = tempfile::tempdir()?;
    let nginx = Server::start(&repository.root(), folder.path())?;
    let lists = lists(&repository, &contents, &nginx.url(), folder.path())?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(with_borne(&repository, &nginx.url())?);
        theirs.push(with_curl(&lists)?);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = theirs / ours;
    Ok(vec![Figure {
        name: "P7 sync of 1 GB in 200 files",
        value: ours,
        unit: "s",
        peer: "curl + sha256sum + sync",
        peer_value: theirs,
        ratio,
        goal: "speed at least 0.8 of the peer's".to_owned(),
        ok: ratio >= 0.8,
    }])
}

/// Bytes that do not compress, other ones for each file.
fn noise(file: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(file as u64 + 1);
    let mut bytes = Vec::with_capacity(BYTES);
    while bytes.len() < BYTES {
        // xorshift64*, Vigna 2016
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        bytes.extend(state.wrapping_mul(0x2545_f491_4f6c_dd1d).to_le_bytes());
    }
    bytes.truncate(BYTES);
    bytes
}

/// What curl fetches, and what sha256sum checks.
struct Lists {
    addresses: String,
    sums: String,
}

fn lists(repository: &Repository, contents: &[Vec<u8>], url: &str, folder: &Path) -> Result<Lists> {
    let (mut addresses, mut sums) = (String::new(), String::new());
    for content in contents {
        let path = repository.media_path(content);
        let name = path.rsplit('/').next().unwrap_or_default();
        writeln!(addresses, "url = \"{url}{path}\"\noutput = \"{name}\"")?;
        writeln!(sums, "{}  {name}", sha256(content))?;
    }
    let lists = Lists {
        addresses: folder.join("addresses").display().to_string(),
        sums: folder.join("sums").display().to_string(),
    };
    fs::write(&lists.addresses, addresses)?;
    fs::write(&lists.sums, sums)?;
    Ok(lists)
}

fn with_borne(repository: &Repository, url: &str) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    let borne = Borne::new(
        folder.path(),
        &data,
        &format!("{url}/"),
        &repository.first_root(),
    );
    settle()?;
    seconds(
        borne
            .command(&["sync", "--once"])
            .stdout(std::process::Stdio::null()),
    )
}

fn with_curl(lists: &Lists) -> Result<f64> {
    let folder = tempfile::tempdir()?;
    settle()?;
    let script = "curl --silent --fail --config \"$0\" && sha256sum --quiet --check \"$1\" && sync --file-system .";
    let mut command = Command::new("sh");
    command.args(["-ec", script, &lists.addresses, &lists.sums]);
    seconds(command.current_dir(folder.path()))
}

/// Nothing that was written before weighs on what is measured.
fn settle() -> Result<()> {
    seconds(&mut Command::new("sync")).map(drop)
}
