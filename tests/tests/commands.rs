//! What a command does beside what it is for.

use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use end_to_end::borne::program;
use tempfile::TempDir;

/// The kernel's number of the signal that tells a program that nobody reads what it writes.
const SIGPIPE: i32 = 13;

#[test]
fn a_command_ends_without_a_word_when_nobody_reads_on() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name);
    let config = at("borne.toml");
    let text = format!(
        "[borne]\nid = \"mons-1\"\n[storage]\ndata = {:?}\n[sync]\nurl = \"https://videos.example.be/\"\nroot = {:?}\n",
        at("data"),
        at("root.json")
    );
    std::fs::write(&config, text).unwrap();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = Command::new(program("borne").unwrap());
    command.arg("status").arg("--config").arg(&config);
    let ended = command.stdout(writer).output().unwrap();
    assert_eq!(ended.status.signal(), Some(SIGPIPE), "{:?}", ended.status);
    assert_eq!(String::from_utf8_lossy(&ended.stderr), "");
}
