use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::{TempDir, tempdir};

use super::{EXAMPLE, H264, PICTURE, SOUND, VP9, add, expect, film, run, source, text};

#[test]
fn what_bornes_play_is_added_and_published_with_what_it_is() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let whole = format!("{PICTURE} {SOUND} {H264} -c:a aac");
    let whole = film(folder.path(), "entier.mp4", &whole);
    let turned = format!("-i {} -c copy -metadata:s:v rotate=90", text(&whole));
    let web = format!("{PICTURE} {SOUND} {VP9} -c:a libopus");
    for (name, arguments) in [
        ("tourne.mp4", turned),
        ("muet.mp4", format!("{PICTURE} {H264}")),
        (
            "soixante.mp4",
            format!("-f lavfi -i testsrc2=s=320x240:r=60:d=2 {H264}"),
        ),
        (
            "portrait.mp4",
            format!("-f lavfi -i testsrc2=s=180x320:r=25:d=2 {H264}"),
        ),
        ("web.webm", web),
    ] {
        add(0, &film(folder.path(), name, &arguments), &source);
    }
    expect(0, &["check", "--source", &source]);
    let depot = Depot::new(&folder, "essai");
    assert_eq!(depot.publish(&source)["outcome"]["videos"][0][1], 5);
    depot.verify(0);
    assert_eq!(depot.publish(&source)["outcome"]["signed"], json!([]));
    let videos = depot.videos("essai");
    let facts: Vec<_> = videos.iter().map(facts).collect();
    assert_eq!(
        facts,
        [
            (180, 320, 25, true),
            (320, 180, 25, false),
            (320, 240, 60, false),
            (180, 320, 25, false),
            (320, 180, 25, true)
        ]
    );
}

#[test]
fn renditions_are_added_with_the_video_when_they_are_as_long() {
    let folder = tempdir().unwrap();
    let source = source(&folder);
    let of = |name: &str, rate: u32, seconds: u32| {
        let picture = format!("-f lavfi -i testsrc2=s=320x180:r={rate}:d={seconds} {H264}");
        film(folder.path(), name, &picture)
    };
    let (main, mute) = (of("film.mp4", 25, 2), of("muet.mp4", 24, 2));
    let spoken = "-f lavfi -i testsrc2=s=320x180:r=24:d=2 -f lavfi -i sine=d=2";
    let described = film(
        folder.path(),
        "decrit.mp4",
        &format!("{spoken} {H264} -c:a aac"),
    );
    let (signed, long) = (of("signe.mp4", 30, 3), of("long.mp4", 25, 6));
    let with = |code: i32, described: &Path| {
        let mut arguments = vec!["add", text(&main), "--source", &source, "--title", "Mur"];
        arguments.extend(["--kind", "metier", "--univers", "construire"]);
        arguments.extend(["--audio-description", text(described)]);
        arguments.extend(["--sign-language", text(&signed)]);
        expect(code, &arguments)
    };
    let refused = with(1, &long);
    assert!(refused.contains("long.mp4"), "{refused}");
    assert!(refused.contains("6,0 s"), "{refused}");
    let refused = with(1, &mute);
    assert!(refused.contains("pas de son"), "{refused}");
    with(0, &described);
    let manifest = fs::read_to_string(Path::new(&source).join("manifest.toml")).unwrap();
    for line in [
        "audio_description = \"mur.ad.mp4\"",
        "sign_language = \"mur.lsfb.mp4\"",
    ] {
        assert!(manifest.contains(line), "{manifest}");
    }
    let depot = Depot::new(&folder, "essai");
    depot.publish(&source);
    let video = &depot.videos("essai")[0];
    assert_eq!(video["audio_description"]["fps"], 24);
    assert_eq!(video["sign_language"]["fps"], 30);
}

fn facts(video: &Value) -> (u64, u64, u64, bool) {
    let media = &video["media"];
    let number = |name: &str| media[name].as_u64().unwrap();
    (
        number("width"),
        number("height"),
        number("fps"),
        media["sound"] == true,
    )
}

#[test]
fn a_published_file_that_changes_or_goes_is_noticed() {
    let folder = tempdir().unwrap();
    let example = folder.path().join("exemple");
    fs::create_dir(&example).unwrap();
    for entry in fs::read_dir(EXAMPLE).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, example.join(path.file_name().unwrap())).unwrap();
    }
    let depot = Depot::new(&folder, "demonstration");
    depot.publish(text(&example));
    depot.verify(0);
    let videos = depot.videos("demonstration");
    let url = videos[0]["media"]["file"]["urls"][0].as_str().unwrap();
    let video = depot.repository.join(url);
    let mut bytes = fs::read(&video).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&video, bytes).unwrap();
    assert!(depot.verify(1).contains("a été modifié"));
    fs::remove_file(&video).unwrap();
    assert!(depot.verify(1).contains("ne peut pas être lu"));
}

/// Keys and a repository.
pub struct Depot {
    keys: PathBuf,
    repository: PathBuf,
}

impl Depot {
    pub fn new(folder: &TempDir, partner: &str) -> Self {
        let keys = folder.path().join("cles");
        expect(
            0,
            &["keys", "new", "--keys", text(&keys), "--partner", partner],
        );
        let repository = folder.path().join("depot");
        Self { keys, repository }
    }

    pub fn publish(&self, source: &str) -> Value {
        let said = run(&[
            "publish",
            "--source",
            source,
            "--keys",
            text(&self.keys),
            "--repository",
            text(&self.repository),
            "--json",
        ]);
        serde_json::from_slice(&said.stdout).unwrap()
    }

    pub fn verify(&self, code: i32) -> String {
        let root = self.repository.join("metadata/1.root.json");
        let repository = text(&self.repository);
        expect(
            code,
            &["verify", "--repository", repository, "--root", text(&root)],
        )
    }

    pub fn videos(&self, partner: &str) -> Vec<Value> {
        let folder = self.repository.join("targets").join(partner);
        let mut entries = fs::read_dir(folder).unwrap();
        let path = entries.next().unwrap().unwrap().path();
        let catalogue: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        catalogue["videos"].as_array().unwrap().clone()
    }
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
    let web = film(folder.path(), "whole.webm", &format!("{PICTURE} {VP9}"));
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
    let depot = Depot::new(&folder, "essai");
    let said = depot.publish(&source);
    assert_eq!(said["ok"], false);
    assert_eq!(said["problems"][0]["entry"], "vidéo « video-film »");
    assert_eq!(said["problems"][0]["field"], "file");
    assert!(!depot.repository.join("metadata").exists());
}
