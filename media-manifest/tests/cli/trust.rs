//! The ceremony of the keys, and publications that are killed.

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::{TempDir, tempdir};

use super::{EXAMPLE, expect, text};

/// A folder in which commands run with short names.
struct Desk(TempDir);

impl Desk {
    fn new() -> Self {
        Self(tempdir().unwrap())
    }

    fn path(&self, name: &str) -> String {
        text(&self.0.path().join(name)).to_owned()
    }

    /// Runs a command; words that begin with `@` are files of this folder.
    fn run(&self, code: i32, command: &str) -> String {
        let words: Vec<_> = command.split(' ').map(|word| self.word(word)).collect();
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        expect(code, &words)
    }

    fn word(&self, word: &str) -> String {
        match word.split_once('@') {
            Some((before, name)) => format!("{before}{}", self.path(name)),
            None => word.to_owned(),
        }
    }

    /// The fingerprint that a file shows, without its spaces.
    fn fingerprint(&self, file: &str) -> String {
        let said = self.run(0, &format!("sign {file}"));
        let line = said.lines().last().unwrap();
        line.rsplit(" : ").next().unwrap().replace(' ', "")
    }

    fn sign(&self, file: &str, keys: &str) -> String {
        let print = self.fingerprint(file);
        self.run(
            0,
            &format!("sign {file} --keys {keys} --fingerprint {print}"),
        )
    }

    /// A published repository whose root was signed in a ceremony.
    fn ceremony(&self) {
        for number in 1..=3 {
            self.run(
                0,
                &format!("keys new --keys @{number} --name root-{number}"),
            );
        }
        let online = "--name targets --name snapshot --name timestamp";
        self.run(0, &format!("keys new --keys @online {online}"));
        self.run(0, "keys new --keys @online --name partner-demonstration");
        fs::create_dir(self.path("public")).unwrap();
        for folder in ["1", "2", "3", "online"] {
            for entry in fs::read_dir(self.path(folder)).unwrap() {
                let path = entry.unwrap().path();
                if path.extension().is_some_and(|extension| extension == "pub") {
                    let name = path.file_name().unwrap();
                    fs::copy(&path, Path::new(&self.path("public")).join(name)).unwrap();
                }
            }
        }
        self.run(0, "rotate first --public @public --out @root.json");
        self.sign("@root.json", "@1");
        let publish = "publish --signed @root.json --keys @online --repository @repository";
        assert!(self.run(1, publish).contains("Il manque 1 signature(s)"));
        assert!(
            self.sign("@root.json", "@3")
                .contains("Toutes les signatures y sont")
        );
        self.run(0, publish);
        copy(Path::new(EXAMPLE), Path::new(&self.path("source")));
        self.run(0, PUBLISH);
        let root = self.path("repository/metadata/1.root.json");
        fs::copy(root, self.path("1.root.json")).unwrap();
    }
}

const PUBLISH: &str = "publish --source @source --keys @online --repository @repository";
const VERIFY: &str = "verify --repository @repository --root @1.root.json";

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let to = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).unwrap();
        }
    }
}

#[test]
fn a_ceremony_with_two_of_three_keys_makes_a_repository_and_replaces_the_third() {
    let desk = Desk::new();
    desk.ceremony();
    assert!(
        desk.run(0, "status --repository @repository")
            .contains("Tout va bien")
    );
    fs::remove_dir_all(desk.path("2")).unwrap();
    desk.run(0, "keys new --keys @4 --name root-4");
    desk.run(
        0,
        "rotate root --repository @repository --replace root-2=@4/root-4.pub --out @root-2.json",
    );
    let said = desk.sign("@root-2.json", "@1");
    assert!(
        said.contains("PART   root-2") && said.contains("ARRIVE root-4"),
        "{said}"
    );
    desk.sign("@root-2.json", "@3");
    desk.run(
        0,
        "publish --signed @root-2.json --keys @online --repository @repository",
    );
    desk.run(0, VERIFY);
    let status = desk.run(0, "status --repository @repository --json");
    let status: serde_json::Value = serde_json::from_str(&status).unwrap();
    assert_eq!(status["status"]["roles"][0]["version"], 2);
    let keys = status["status"]["roles"][0]["keys"].as_array().unwrap();
    let names: Vec<_> = keys.iter().map(|key| &key["name"]).collect();
    assert_eq!(names, ["root-1", "root-3", "root-4"]);
}

#[test]
fn nothing_is_signed_unseen_or_by_a_key_that_may_not() {
    let desk = Desk::new();
    desk.ceremony();
    desk.run(0, "rotate root --repository @repository --out @next.json");
    let before = fs::read(desk.path("next.json")).unwrap();
    for (arguments, expected) in [
        ("--keys @1", "sans que quelqu'un regarde"),
        (
            "--keys @1 --fingerprint 0000",
            "L'empreinte donnée n'est pas celle",
        ),
        ("--keys @online", "Aucune clé du dossier"),
    ] {
        let said = desk.run(1, &format!("sign @next.json {arguments}"));
        assert!(said.contains(expected), "{arguments}: {said}");
    }
    assert_eq!(fs::read(desk.path("next.json")).unwrap(), before);
    fs::write(desk.path("other.json"), "{}").unwrap();
    let said = desk.run(2, "sign @other.json --keys @1");
    assert!(said.contains("ce n'est pas un fichier à signer"), "{said}");
}

#[test]
fn a_timer_without_media_or_partners_keys_renews_and_prunes() {
    let desk = Desk::new();
    desk.ceremony();
    let said = desk.run(0, "rotate renew --repository @repository --keys @online");
    assert!(said.contains("Rien de nouveau"), "{said}");
    let said = desk.run(0, "prune --repository @repository --dry-run --json");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["pruned"]["removed"], serde_json::json!([]));
    let absent = desk.run(
        2,
        "rotate retire --repository @repository --partner x --keys @online",
    );
    assert!(absent.contains("n'est pas un partenaire"), "{absent}");
    let said = desk.run(
        0,
        "rotate retire --repository @repository --partner demonstration --keys @online",
    );
    assert!(said.contains("ne publie plus"), "{said}");
    assert!(
        desk.run(0, "status --repository @repository")
            .contains("Partis : demonstration")
    );
}

/// The system calls that make files appear and last.
const CALLS: &str = "rename,renameat,renameat2,fsync";

/// Runs a publication that is killed at its `at`th such call; says whether it was.
fn killed(desk: &Desk, at: usize) -> bool {
    let mut strace = Command::new("strace");
    strace
        .args(["-qq", "-o", "/dev/null", "-e", &format!("trace={CALLS}")])
        .args(["-e", &format!("inject={CALLS}:signal=KILL:when={at}")])
        .arg(env!("CARGO_BIN_EXE_media-manifest"))
        .args(PUBLISH.split(' ').map(|word| desk.word(word)));
    let ended = strace
        .output()
        .unwrap_or_else(|error| panic!("strace is needed (apt-get install strace): {error}"));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    match ended.status.code() {
        Some(0) => false,
        Some(code) => panic!("code {code}: {said}"),
        None => true,
    }
}

#[test]
fn killed_at_any_call_that_writes_a_publication_leaves_a_repository_that_verifies() {
    let desk = Desk::new();
    desk.ceremony();
    let (repository, saved) = (desk.path("repository"), desk.path("saved"));
    copy(Path::new(&repository), Path::new(&saved));
    let transcript = Path::new(&desk.path("source")).join("boulangere-boulanger.txt");
    fs::write(&transcript, "Un autre texte, pour une autre version.").unwrap();
    // What is known of the new file is kept beside it by the first run, killed or not.
    killed(&desk, 1);
    let mut kills = 0;
    while killed(&desk, kills + 1) {
        kills += 1;
        desk.run(0, VERIFY);
        desk.run(0, PUBLISH);
        desk.run(0, VERIFY);
        fs::remove_dir_all(&repository).unwrap();
        copy(Path::new(&saved), Path::new(&repository));
    }
    desk.run(0, VERIFY);
    // Three calls a file: its fsync, its rename, its folder's fsync; five files at least.
    assert!(kills >= 15, "{kills}");
}
