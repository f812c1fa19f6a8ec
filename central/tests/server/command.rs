//! The command line: exit codes, what is printed, and a database that the server uses too.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

fn central(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_central"))
        .args(arguments)
        .output()
        .unwrap()
}

fn configured() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("central.toml");
    write(
        &file,
        "[server]\nlisten = \"127.0.0.1:0\"\n[storage]\ndata = \"data\"\n",
    );
    let config = file.to_str().unwrap().to_owned();
    (folder, config)
}

fn write(file: &Path, text: &str) {
    std::fs::write(file, text).unwrap();
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn a_config_error_names_file_and_key_and_exits_with_2() {
    let (folder, _) = configured();
    let file = folder.path().join("bad.toml");
    write(
        &file,
        "[server]\nlisten = \"127.0.0.1:0\"\n[storage]\ndatta = \"data\"\n",
    );
    let output = central(&["serve", "--config", file.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(2));
    let error = text(&output.stderr);
    assert!(
        error.contains("bad.toml") && error.contains("storage.datta"),
        "{error}"
    );
}

#[test]
fn a_missing_config_and_a_wrong_command_line_exit_with_2() {
    assert_eq!(
        central(&["serve", "--config", "/nonexistent.toml"])
            .status
            .code(),
        Some(2)
    );
    assert_eq!(central(&["dance"]).status.code(), Some(2));
}

#[test]
fn a_token_is_written_to_a_file_for_its_owner_only() {
    let (folder, config) = configured();
    let file = folder.path().join("token");
    let path = file.to_str().unwrap();
    let output = central(&[
        "borne",
        "add",
        "mons",
        "--site",
        "Mons",
        "--json",
        "--token-file",
        path,
        "--config",
        &config,
    ]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    let said: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(
        (said["id"].as_str(), said["token"].as_str()),
        (Some("mons"), None)
    );
    assert_eq!(std::fs::read_to_string(&file).unwrap().trim().len(), 64);
    assert_eq!(
        std::fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[test]
fn a_borne_is_added_once_and_again_after_it_was_revoked() {
    let (_folder, config) = configured();
    let add = [
        "borne", "add", "mons", "--site", "Mons", "--config", &config,
    ];
    assert!(central(&add).status.success());
    assert_eq!(central(&add).status.code(), Some(1));
    assert!(
        central(&["borne", "revoke", "mons", "--config", &config])
            .status
            .success()
    );
    assert_eq!(
        central(&["borne", "revoke", "mons", "--config", &config])
            .status
            .code(),
        Some(1)
    );
    assert!(central(&add).status.success());
    let listed = central(&["borne", "list", "--json", "--config", &config]);
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed.as_array().map(Vec::len), Some(1));
    assert_eq!(listed[0]["active"], true);
}

#[test]
fn an_account_takes_its_password_from_standard_input_and_refuses_a_short_one() {
    let (_folder, config) = configured();
    for (password, code) in [("court\n", 1), ("un mot de passe long\n", 0)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_central"))
            .args([
                "user",
                "add",
                "claire",
                "--role",
                "lecture",
                "--password-stdin",
            ])
            .args(["--config", &config])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(password.as_bytes())
            .unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{password:?}");
    }
    let listed = text(&central(&["user", "list", "--config", &config]).stdout);
    assert_eq!(listed, "claire\tlecture\n");
}
