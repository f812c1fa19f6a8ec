//! Who depends on whom: the rules that keep the parts apart.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::process::Command;

use end_to_end::process;

/// Names of all packages that `package` needs to run, itself included.
fn needs(package: &str) -> BTreeSet<String> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .args([
            "tree",
            "--offline",
            "--locked",
            "-e",
            "normal",
            "--prefix",
            "none",
        ])
        .args(["-p", package]);
    let tree = process::succeed(&mut cargo).unwrap();
    let name = |line: &str| line.split_whitespace().next().map(str::to_owned);
    tree.lines().filter_map(name).collect()
}

fn any(names: &BTreeSet<String>, starts: &[&str]) -> Vec<String> {
    let forbidden = |name: &&String| starts.iter().any(|start| name.starts_with(start));
    names.iter().filter(forbidden).cloned().collect()
}

#[test]
fn central_needs_neither_a_screen_nor_a_decoder() {
    let names = needs("central");
    assert!(names.contains("axum"), "{names:?}");
    assert_eq!(
        any(&names, &["slint", "i-slint", "gstreamer", "borne"]),
        [""; 0]
    );
}

#[test]
fn the_borne_has_no_web_server() {
    let names = needs("borne");
    assert!(names.contains("slint"), "{names:?}");
    assert_eq!(any(&names, &["axum", "end-to-end", "resilience"]), [""; 0]);
    assert!(!names.contains("central"), "{names:?}");
}

#[test]
fn the_formats_lean_on_nothing_of_ours() {
    let ours = [
        "borne",
        "central",
        "media-manifest",
        "demo-media",
        "end-to-end",
        "resilience",
    ];
    for leaf in ["central-protocol", "media-manifest"] {
        let names = needs(leaf);
        let found: Vec<_> = ours
            .iter()
            .filter(|name| **name != leaf && names.contains(**name))
            .collect();
        assert!(found.is_empty(), "{leaf}: {found:?}");
    }
}
