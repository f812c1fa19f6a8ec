//! Every screen is drawn, in both orientations and every variant.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use end_to_end::process;
use tempfile::TempDir;

fn pictures(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(pictures(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_screen_is_drawn_at_its_size_and_is_not_blank() {
    let out = TempDir::new().unwrap();
    let mut screens = Command::new(env!("CARGO_BIN_EXE_screens"));
    screens.arg(out.path()).arg("--media").arg("absent");
    process::succeed(&mut screens).unwrap();
    let mut variants: BTreeMap<(String, bool), usize> = BTreeMap::new();
    for path in pictures(out.path()) {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let shown = path.display();
        let picture = image::open(&path).unwrap().into_rgb8();
        let upright = name.contains("-portrait-");
        let size = if upright { (1080, 1920) } else { (1920, 1080) };
        assert_eq!(picture.dimensions(), size, "{shown}");
        let colours: HashSet<_> = picture.pixels().take(2_000_000).collect();
        assert!(colours.len() > 8, "{shown}: {} colours", colours.len());
        let orientation = if upright { "-portrait-" } else { "-paysage-" };
        let screen = name.split(orientation).next().unwrap().to_owned();
        if path.parent() == Some(out.path()) {
            *variants.entry((screen, upright)).or_default() += 1;
        }
    }
    assert!(variants.len() >= 60, "{variants:?}");
    for ((screen, upright), count) in variants {
        let expected = if screen == "veille" { 1 } else { 4 };
        assert_eq!(count, expected, "{screen}, upright: {upright}");
    }
}
