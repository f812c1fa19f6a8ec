//! The command as partners run it, on real media.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::{TempDir, tempdir};

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/demonstration");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_media-manifest"))
        .args(arguments)
        .output()
        .unwrap()
}

/// Runs and expects an exit code; gives all that was said.
fn expect(code: i32, arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    said.into_owned()
}

/// Makes a video with ffmpeg.
fn film(folder: &Path, name: &str, arguments: &str) -> PathBuf {
    let path = folder.join(name);
    let made = Command::new("ffmpeg")
        .args(["-v", "error", "-y"])
        .args(arguments.split(' '))
        .arg(&path)
        .status()
        .unwrap();
    assert!(made.success(), "{name}");
    path
}

const PICTURE: &str = "-f lavfi -i testsrc2=s=320x180:r=25:d=4";
const SOUND: &str = "-f lavfi -i sine=d=4";
const H264: &str = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -movflags +faststart";

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A source of one partner, still empty.
fn source(folder: &TempDir) -> String {
    let source = folder.path().join("source");
    let source = text(&source).to_owned();
    expect(
        0,
        &[
            "new",
            "--source",
            &source,
            "--partner",
            "essai",
            "--name",
            "Un essai",
        ],
    );
    source
}

fn add(code: i32, file: &Path, source: &str) -> String {
    let title = format!("Vidéo {}", file.file_stem().unwrap().to_string_lossy());
    let kind = ["--kind", "metier", "--univers", "construire"];
    let mut arguments = vec!["add", text(file), "--source", source, "--title", &title];
    arguments.extend(kind);
    expect(code, &arguments)
}

#[test]
fn what_bornes_play_is_added_published_and_verified() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    for (name, arguments) in [
        ("entier.mp4", format!("{PICTURE} {SOUND} {H264} -c:a aac")),
        ("muet.mp4", format!("{PICTURE} {H264}")),
        (
            "soixante.mp4",
            format!("-f lavfi -i testsrc2=s=320x240:r=60:d=2 {H264}"),
        ),
        (
            "portrait.mp4",
            format!("-f lavfi -i testsrc2=s=180x320:r=25:d=2 {H264}"),
        ),
        (
            "web.webm",
            format!(
                "{PICTURE} {SOUND} -c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus"
            ),
        ),
    ] {
        add(0, &film(folder.path(), name, &arguments), &source);
    }
    expect(0, &["check", "--source", &source]);

    let keys = folder.path().join("cles");
    let repository = folder.path().join("depot");
    let root = repository.join("metadata/1.root.json");
    expect(
        0,
        &["keys", "new", "--keys", text(&keys), "--partner", "essai"],
    );
    let publish = [
        "publish",
        "--source",
        &source,
        "--keys",
        text(&keys),
        "--repository",
        text(&repository),
        "--json",
    ];
    let verify = [
        "verify",
        "--repository",
        text(&repository),
        "--root",
        text(&root),
    ];
    let said: serde_json::Value = serde_json::from_str(&expect(0, &publish)).unwrap();
    assert_eq!(said["outcome"]["videos"][0][1], 5);
    expect(0, &verify);
    let again: serde_json::Value = serde_json::from_str(&expect(0, &publish)).unwrap();
    assert_eq!(again["outcome"]["signed"], serde_json::json!([]));

    let catalogue = only_file(&repository.join("targets/essai"));
    let catalogue: serde_json::Value =
        serde_json::from_slice(&fs::read(catalogue).unwrap()).unwrap();
    let facts: Vec<_> = catalogue["videos"]
        .as_array()
        .unwrap()
        .iter()
        .map(|video| {
            let media = &video["media"];
            let number = |name: &str| media[name].as_u64().unwrap();
            (
                number("width"),
                number("height"),
                number("fps"),
                media["sound"] == true,
            )
        })
        .collect();
    assert_eq!(
        facts,
        [
            (320, 180, 25, true),
            (320, 180, 25, false),
            (320, 240, 60, false),
            (180, 320, 25, false),
            (320, 180, 25, true)
        ]
    );

    // One bit more in a published film.
    let video = catalogue["videos"][0]["media"]["file"]["urls"][0]
        .as_str()
        .unwrap();
    let video = repository.join(video);
    let mut bytes = fs::read(&video).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&video, bytes).unwrap();
    assert!(expect(1, &verify).contains("a été modifié"));
    fs::remove_file(&video).unwrap();
    assert!(expect(1, &verify).contains("ne peut pas être lu"));
}

fn only_file(folder: &Path) -> PathBuf {
    let mut entries = fs::read_dir(folder).unwrap();
    let path = entries.next().unwrap().unwrap().path();
    assert!(entries.next().is_none());
    path
}

#[test]
fn what_bornes_cannot_play_is_refused_with_a_reason_and_leaves_nothing_behind() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let whole = film(
        folder.path(),
        "whole.mp4",
        &format!("{PICTURE} {SOUND} {H264} -c:a aac"),
    );
    let bytes = fs::read(&whole).unwrap();
    let web = film(
        folder.path(),
        "whole.webm",
        &format!("{PICTURE} -c:v libvpx-vp9 -deadline realtime -cpu-used 8"),
    );
    let web = fs::read(web).unwrap();
    let tail = film(
        folder.path(),
        "tail.mp4",
        &format!("{PICTURE} -c:v libx264 -preset ultrafast -pix_fmt yuv420p"),
    );
    let tail = fs::read(tail).unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    };
    let before = fs::read(Path::new(&source).join("manifest.toml")).unwrap();
    for (path, reason) in [
        (put("coupe.mp4", &bytes[..bytes.len() / 2]), "coupée"),
        (put("coupe.webm", &web[..web.len() / 2]), "coupée"),
        (put("sans-fin.mp4", &tail[..tail.len() / 2]), "coupée"),
        (
            put("texte.mp4", b"Bonjour, je suis un texte.\n"),
            "n'est pas une vidéo",
        ),
        (put("vide.mp4", b""), "vide"),
        (
            film(folder.path(), "film.mkv", &format!("{PICTURE} {H264}")),
            "Matroska",
        ),
        (
            film(folder.path(), "son.mp4", &format!("{SOUND} -c:a aac")),
            "pas d'image",
        ),
        (folder.path().join("absente.mp4"), "ne peut pas être lu"),
    ] {
        let said = add(1, &path, &source);
        assert!(
            said.contains(reason) && said.contains("Que faire"),
            "{said}"
        );
    }
    let left: Vec<_> = fs::read_dir(&source).unwrap().collect();
    assert_eq!(left.len(), 1);
    assert_eq!(
        fs::read(Path::new(&source).join("manifest.toml")).unwrap(),
        before
    );
}

#[test]
fn a_wrong_word_in_an_addition_adds_nothing() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let film = film(folder.path(), "film.mp4", &format!("{PICTURE} {H264}"));
    let said = expect(
        1,
        &[
            "add",
            text(&film),
            "--source",
            &source,
            "--title",
            "Un métier",
            "--kind",
            "metier",
            "--univers",
            "la-lune",
        ],
    );
    assert!(
        said.contains("la-lune") && said.contains("cuisiner-accueillir"),
        "{said}"
    );
    assert_eq!(fs::read_dir(&source).unwrap().count(), 1);
}

#[test]
fn a_file_cut_in_half_after_its_addition_publishes_nothing() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let film = film(folder.path(), "film.mp4", &format!("{PICTURE} {H264}"));
    add(0, &film, &source);
    let copy = Path::new(&source).join("video-film.mp4");
    let bytes = fs::read(&copy).unwrap();
    fs::write(&copy, &bytes[..bytes.len() / 2]).unwrap();
    let keys = folder.path().join("cles");
    let repository = folder.path().join("depot");
    expect(
        0,
        &["keys", "new", "--keys", text(&keys), "--partner", "essai"],
    );
    let said = expect(
        1,
        &[
            "publish",
            "--source",
            &source,
            "--keys",
            text(&keys),
            "--repository",
            text(&repository),
        ],
    );
    assert!(
        said.contains("vidéo « video-film », champ « file »"),
        "{said}"
    );
    assert!(said.contains("Rien n'est publié"));
    assert!(!repository.join("metadata").exists());
}

#[test]
fn the_example_is_in_order() {
    let said = expect(0, &["check", "--source", EXAMPLE, "--json"]);
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said, serde_json::json!({ "ok": true, "videos": 2 }));
}

#[test]
fn problems_are_said_with_file_line_entry_and_field() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let manifest = Path::new(&source).join("manifest.toml");
    let mut written = fs::read_to_string(&manifest).unwrap();
    written += "\n[[video]]\nid = \"rediger-cv\"\ntitle = \"CV\"\nkind = \"conseil\"\n\
                rubrique = \"cv\"\nfile = \"cv.mp4\"\n";
    fs::write(&manifest, written).unwrap();
    let said = expect(1, &["check", "--source", &source]);
    assert!(
        said.contains("manifest.toml, ligne 12, vidéo « rediger-cv », champ « rubrique » : « cv » n'existe pas. Que faire : choisissez parmi cv-profil"),
        "{said}"
    );
    assert!(said.contains("champ « file »") && said.contains("2 problèmes à corriger"));
    let said = run(&["check", "--source", &source, "--json"]).stdout;
    let said: serde_json::Value = serde_json::from_slice(&said).unwrap();
    assert_eq!(said["problems"][0]["line"], 12);
    assert_eq!(said["problems"][0]["field"], "rubrique");
}

#[test]
fn usage_is_explained_in_french_and_ends_with_2() {
    assert!(expect(0, &["--help"]).contains("Codes de sortie"));
    assert!(expect(0, &["add", "--help"]).contains("Codes de sortie"));
    for arguments in [
        &["envoyer"][..],
        &[],
        &["publish"],
        &["check", "--sourse", "x"],
        &["keys", "new", "--keys", "k", "--partner", "É"],
        &["verify", "--repository", "absent", "--root", "absent"],
        &[
            "publish",
            "--source",
            EXAMPLE,
            "--keys",
            "absent",
            "--repository",
            "/nonexistent/x",
        ],
    ] {
        assert!(expect(2, arguments).contains("Que faire"), "{arguments:?}");
    }
}

#[test]
fn a_manifest_that_exists_is_not_overwritten() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let again = [
        "new",
        "--source",
        &source,
        "--partner",
        "autre",
        "--name",
        "Autre",
    ];
    assert!(expect(2, &again).contains("Que faire"));
}
