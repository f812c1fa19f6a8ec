use std::fs;
use std::path::Path;

use tempfile::tempdir;

use super::{EXAMPLE, expect, run, source};

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
    assert!(expect(0, &["rotate", "--help"]).contains("rotate <COMMANDE>"));
    for arguments in [
        &["envoyer"][..],
        &["rotate"],
        &["status", "--repository", "absent"],
        &["prune", "--repository", "absent"],
        &["sign", "absent"],
        &[
            "rotate",
            "renew",
            "--repository",
            "absent",
            "--keys",
            "absent",
        ],
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
