//! What is laid on the boot partition for a borne: the script that takes it at the start, on folders that
//! stand for the disks, with the borne itself as the judge.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use end_to_end::borne::program;
use end_to_end::process;
use tempfile::TempDir;

const ROOTFS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy");

/// Settings of a place, and the same with a typing error.
const GOOD: &str = "[borne]\nid = \"mons-1\"\n[sync]\nurl = \"https://videos.example.be/\"\n";
const WRONG: &str = "[borne]\nidd = \"mons-1\"\n[sync]\nurl = \"https://videos.example.be/\"\n";

/// What all bornes of a network share: who this one is, its screen asks.
const SHARED: &str = "[borne]\nphone = \"065 00 00 00\"\n";

/// A token as central shows it.
const TOKEN: &str = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

/// The disks of a borne as the image has them.
struct Machine {
    folder: TempDir,
}

impl Machine {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let machine = Self { folder };
        for folder in [
            "etc/borne",
            "data/etc/borne",
            "data/borne",
            "efi",
            "programs",
        ] {
            fs::create_dir_all(machine.at(folder)).unwrap();
        }
        for (file, from) in [
            ("etc/borne/borne.toml", "rootfs/etc/borne/borne.toml"),
            ("etc/borne/image.toml", "image/rootfs/etc/borne/image.toml"),
        ] {
            fs::copy(Path::new(ROOTFS).join(from), machine.at(file)).unwrap();
        }
        for name in ["site.toml", "tactile.toml"] {
            let target = machine.at("data/etc/borne").join(name);
            symlink(target, machine.at("etc/borne").join(name)).unwrap();
        }
        // As tmpfiles leaves it.
        machine.write("data/etc/borne/site.toml", "");
        machine.stand_ins();
        machine
    }

    /// The borne under its name; owners that this machine does not have are noted only.
    fn stand_ins(&self) {
        let programs = self.at("programs");
        symlink(program("borne").unwrap(), programs.join("borne")).unwrap();
        let chown = programs.join("chown");
        let owners = self.at("owners");
        fs::write(
            &chown,
            format!("#!/bin/sh\necho \"$1\" >>{}\n", owners.display()),
        )
        .unwrap();
        fs::set_permissions(&chown, fs::Permissions::from_mode(0o755)).unwrap();
    }

    fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, text: &str) {
        fs::write(self.at(path), text).unwrap();
    }

    /// What a file holds; empty when it is not there.
    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.at(path)).unwrap_or_default()
    }

    fn mode(&self, path: &str) -> u32 {
        fs::metadata(self.at(path)).unwrap().permissions().mode() & 0o777
    }

    /// Starts the machine, which must go well whatever it finds; what was said.
    fn start(&self) -> String {
        let script = Path::new(ROOTFS).join("image/rootfs/usr/lib/borne/storage");
        let path = format!(
            "{}:{}",
            self.at("programs").display(),
            std::env::var("PATH").unwrap()
        );
        let mut command = Command::new(script);
        let output = command.arg(self.folder.path()).env("PATH", path).output();
        let output = output.unwrap();
        let (out, err) = process::texts(&output);
        assert!(output.status.success(), "{out}{err}");
        out + &err
    }

    fn settings(&self) -> String {
        self.read("data/etc/borne/site.toml")
    }
}

#[test]
fn settings_on_the_boot_partition_are_taken_once() {
    let machine = Machine::new();
    machine.write("efi/borne.toml", GOOD);
    let said = machine.start();
    assert!(said.contains("settings taken"), "{said}");
    assert_eq!(machine.settings(), GOOD);
    assert_eq!(machine.mode("data/etc/borne/site.toml"), 0o640);
    assert_eq!(machine.read("owners"), "root:borne\n");
    machine.write("efi/borne.toml", SHARED);
    machine.start();
    assert_eq!(machine.settings(), GOOD);
}

#[test]
fn settings_that_cannot_be_used_are_left_with_the_line_that_is_wrong_and_taken_once_mended() {
    let machine = Machine::new();
    for (wrong, told) in [
        (WRONG, "borne.toml, ligne 2"),
        ("[borne\n", "borne.toml, ligne 1"),
    ] {
        machine.write("efi/borne.toml", wrong);
        let said = machine.start();
        assert!(
            said.contains(told) && said.contains("cannot be used"),
            "{said}"
        );
        assert_eq!(machine.settings(), "");
    }
    machine.write("efi/borne.toml", GOOD);
    machine.start();
    assert_eq!(machine.settings(), GOOD);
}

#[test]
fn settings_that_do_not_say_who_the_borne_is_are_taken_and_the_screen_asks_for_the_rest() {
    let machine = Machine::new();
    machine.write("efi/borne.toml", SHARED);
    machine.start();
    assert_eq!(machine.settings(), SHARED);
}

#[test]
fn settings_are_judged_with_those_of_the_screen() {
    let machine = Machine::new();
    machine.write("data/etc/borne/tactile.toml", "[screen]\nturned = 45\n");
    machine.write("efi/borne.toml", GOOD);
    let said = machine.start();
    assert!(said.starts_with("tactile.toml, ligne 2"), "{said}");
    assert_eq!(machine.settings(), "");
}

#[test]
fn a_token_on_the_boot_partition_is_for_synchronisation_alone_and_taken_once() {
    let machine = Machine::new();
    machine.write("efi/jeton", &format!("{TOKEN}\r\n"));
    let said = machine.start();
    assert!(
        said.contains("token taken") && !said.contains(TOKEN),
        "{said}"
    );
    assert_eq!(machine.read("data/borne/token").trim(), TOKEN);
    assert_eq!(machine.mode("data/borne/token"), 0o400);
    assert_eq!(machine.read("owners"), "borne-sync:borne\n");
    machine.write("efi/jeton", &TOKEN.replace('0', "f"));
    machine.start();
    assert_eq!(machine.read("data/borne/token").trim(), TOKEN);
}

#[test]
fn what_is_no_token_is_left() {
    let machine = Machine::new();
    for wrong in ["", "secret\n", &TOKEN[1..], &TOKEN.repeat(2)] {
        machine.write("efi/jeton", wrong);
        machine.start();
        assert!(!machine.at("data/borne/token").exists(), "{wrong}");
    }
}
