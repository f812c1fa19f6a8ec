//! The whole product with one command: the demonstration, and a visit of it.

use std::path::Path;
use std::process::{Command, Stdio};

use end_to_end::borne;

#[test]
fn a_visit_of_the_demonstration_holds_at_every_step() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    // Beside `release`: pictures stay for people to look at.
    let target = borne::program("borne").unwrap();
    let pictures = target.parent().unwrap().join("../tour");
    let status = Command::new(root.join("deploy/demo"))
        .arg("--tour")
        .arg(&pictures)
        .current_dir(&root)
        .stdin(Stdio::null())
        .status()
        .unwrap();
    assert!(
        status.success(),
        "{status}; images : {}",
        pictures.display()
    );
    assert!(pictures.join("tour.json").is_file());
}
