//! The Debian packages, built from the programs at hand: what they hold, and what lintian says.
//! `tests/debian/run` builds them twice and installs them in throwaway systems.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use end_to_end::{borne, process};
use tempfile::TempDir;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");
const NAMES: [&str; 3] = ["borne", "central", "media-manifest"];

/// Most that `systemd-analyze security` may find exposed.
const EXPOSED: f64 = 1.5;

/// Packages, and their files as they lie on a machine.
struct Built {
    folder: TempDir,
}

impl Built {
    /// Builds the packages; the command fails when lintian has something against them.
    fn new() -> Self {
        let folder = tempfile::Builder::new()
            .prefix("borne-debian-")
            .tempdir()
            .unwrap();
        let programs = borne::program("borne").unwrap();
        let mut command = Command::new(Path::new(ROOT).join("deploy/packages"));
        command
            .env("BORNE_BIN_DIR", programs.parent().unwrap())
            .env("PACKAGES_WORK_DIR", folder.path().join("work"))
            .env_remove("DEBEMAIL")
            .arg("--out")
            .arg(folder.path().join("out"));
        process::succeed(&mut command).unwrap();
        Self { folder }
    }

    fn package(&self, name: &str) -> PathBuf {
        let version = concat!(env!("CARGO_PKG_VERSION"), "-1");
        let file = format!("{name}_{version}_{}.deb", architecture());
        self.folder.path().join("out").join(file)
    }

    /// What `dpkg-deb` says of a package.
    fn ask(&self, option: &str, name: &str, field: &str) -> String {
        let mut command = Command::new("dpkg-deb");
        command.arg(option).arg(self.package(name));
        if !field.is_empty() {
            command.arg(field);
        }
        process::succeed(&mut command).unwrap()
    }

    /// The files of a package, unpacked.
    fn unpacked(&self, name: &str) -> PathBuf {
        let tree = self.folder.path().join("tree").join(name);
        fs::create_dir_all(&tree).unwrap();
        let mut command = Command::new("dpkg-deb");
        process::succeed(command.arg("-x").arg(self.package(name)).arg(&tree)).unwrap();
        tree
    }
}

fn architecture() -> String {
    let said = process::succeed(Command::new("dpkg").arg("--print-architecture")).unwrap();
    said.trim().to_owned()
}

/// Names of the pages that a command needs: its own, and one for each command that its help lists.
fn pages_of(command: &[&str]) -> BTreeSet<String> {
    let program = borne::program(command[0]).unwrap();
    let help = process::succeed(Command::new(program).args(&command[1..]).arg("--help")).unwrap();
    let listed = help
        .lines()
        .skip_while(|line| !line.starts_with("Commandes"));
    let names = listed.skip(1).take_while(|line| line.starts_with("  "));
    // What goes on from the line before stands further to the right.
    let names = names.filter(|line| !line.starts_with("   "));
    let mut pages = BTreeSet::from([command.join("-")]);
    for name in names.filter_map(|line| line.split_whitespace().next()) {
        pages.extend(pages_of(&[command, &[name]].concat()));
    }
    pages
}

#[test]
fn a_package_holds_what_a_machine_needs() {
    let built = Built::new();
    control_names_what_is_needed(&built);
    files_belong_to_root_and_lie_where_debian_has_them(&built);
    let trees = NAMES.map(|name| (name, built.unpacked(name)));
    for (name, tree) in &trees {
        every_command_has_its_page(name, tree);
        completions_can_be_read(name, tree);
    }
    nothing_lies_outside_of_debians_folders(&trees[0].1);
    central_is_hardened(&trees[1].1);
}

fn control_names_what_is_needed(built: &Built) {
    let needs: [(&str, &[&str]); 3] = [
        ("borne", &["libc6 (", "gstreamer1.0-libav", "libgbm1 ("]),
        ("central", &["libc6 (", "systemd"]),
        ("media-manifest", &["libc6 (", "gstreamer1.0-libav"]),
    ];
    for (name, needed) in needs {
        let depends = built.ask("-f", name, "Depends");
        for package in needed {
            assert!(depends.contains(package), "{name} : {package} : {depends}");
        }
    }
    let conffiles = |name| built.ask("-I", name, "conffiles");
    assert_eq!(
        conffiles("borne"),
        "/etc/borne/borne.toml\n/etc/speech-dispatcher/clients/borne.conf\n"
    );
    assert_eq!(conffiles("central"), "/etc/central/central.toml\n");
}

fn files_belong_to_root_and_lie_where_debian_has_them(built: &Built) {
    for name in NAMES {
        let listed = built.ask("-c", name, "");
        for line in listed.lines() {
            assert_eq!(line.split_whitespace().nth(1), Some("0/0"), "{line}");
        }
        for file in [
            format!("./usr/bin/{name}\n"),
            format!("./usr/share/doc/{name}/copyright\n"),
            format!("./usr/share/doc/{name}/changelog.Debian.gz\n"),
        ] {
            assert!(listed.contains(&file), "{name} : {file} : {listed}");
        }
    }
    let borne = built.ask("-c", "borne", "");
    for file in [
        "system/borne-play.service\n",
        "system/borne-play.service.d/debian.conf\n",
        "system/borne-sync.service\n",
        "sysusers.d/borne.conf\n",
        "tmpfiles.d/borne.conf\n",
    ] {
        assert!(borne.contains(file), "{file} : {borne}");
    }
}

fn every_command_has_its_page(name: &str, tree: &Path) {
    let pages = pages_of(&[name]);
    assert!(pages.len() > 3, "{pages:?}");
    for page in pages {
        for folder in ["fr/man1", "man1"] {
            let file = tree.join(format!("usr/share/man/{folder}/{page}.1.gz"));
            let mut man = Command::new("man");
            man.args(["--warnings", "-E", "UTF-8", "-l"]).arg(&file);
            let output = process::run(man.env("MANWIDTH", "80")).unwrap();
            let (said, warned) = process::texts(&output);
            assert!(output.status.success(), "{page} : {warned}");
            assert_eq!(warned, "", "{}", file.display());
            for title in ["NOM", "SYNOPSIS", "DESCRIPTION", "CODES DE SORTIE"] {
                assert!(said.contains(title), "{page} : {title} : {said}");
            }
        }
    }
}

fn completions_can_be_read(name: &str, tree: &Path) {
    for (shell, option, file) in [
        ("bash", "-n", format!("bash-completion/completions/{name}")),
        ("zsh", "-n", format!("zsh/vendor-completions/_{name}")),
        (
            "fish",
            "--no-execute",
            format!("fish/vendor_completions.d/{name}.fish"),
        ),
    ] {
        let file = tree.join("usr/share").join(file);
        process::succeed(Command::new(shell).arg(option).arg(file)).unwrap();
    }
}

/// `/data` is a partition of the borne's own system.
fn nothing_lies_outside_of_debians_folders(tree: &Path) {
    let mut command = Command::new("grep");
    command
        .args(["-rIlE", r"(^|[^[:alnum:]/])/data\b"])
        .arg(tree.join("etc"))
        .arg(tree.join("usr/lib"));
    let (found, _) = process::texts(&process::run(&mut command).unwrap());
    assert_eq!(found, "");
    let settings = fs::read_to_string(tree.join("etc/borne/borne.toml")).unwrap();
    assert!(settings.contains("data = \"/var/lib/borne\""), "{settings}");
}

fn central_is_hardened(tree: &Path) {
    let unit = tree.join("usr/lib/systemd/system/central.service");
    let mut command = Command::new("systemd-analyze");
    let said = process::succeed(
        command
            .args(["security", "--offline=yes", "--no-pager"])
            .arg(unit),
    )
    .unwrap();
    let last = said
        .lines()
        .rfind(|line| line.contains("exposure level"))
        .unwrap();
    let exposed: f64 = last
        .split_whitespace()
        .find_map(|word| word.parse().ok())
        .unwrap();
    assert!(exposed <= EXPOSED, "{said}");
}
