use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Renderer, Settings, SettingsError, load, parse};

const LEAST: &str = "[borne]\nid = \"mons-1\"\n[storage]\ndata = \"d\"\n\
                     [sync]\nurl = \"http://localhost/depot\"\nroot = \"root.json\"\n";

fn read(text: &str) -> Result<Settings, SettingsError> {
    parse(Path::new("borne.toml"), text)
}

#[test]
fn the_default_file_says_the_defaults_and_is_completed_by_another() {
    let folder = TempDir::new().unwrap();
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/rootfs/etc/borne/borne.toml");
    fs::copy(default, folder.path().join("borne.toml")).unwrap();
    let site = "[borne]\nid = \"mons-1\"\n[sync]\nurl = \"http://localhost/depot\"\n";
    fs::write(folder.path().join("a-site.toml"), site).unwrap();
    let settings = load(Some(folder.path())).unwrap();
    let mut least = read(LEAST).unwrap();
    least.storage.data = PathBuf::from("/data/borne");
    least.sync.root = folder.path().join("root.json");
    assert_eq!(settings, least);
}

#[test]
fn the_default_file_alone_says_what_must_be_added() {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("deploy/rootfs/etc/borne/borne.toml");
    let error = load(Some(&default)).unwrap_err();
    assert!(
        matches!(&error, SettingsError::Missing { key, .. } if key == "borne.id"),
        "{error}"
    );
}

#[test]
fn later_files_win_key_by_key() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("borne.toml"), LEAST).unwrap();
    fs::write(
        folder.path().join("10.toml"),
        "[screen]\nwidth_mm = 300\nrenderer = \"gl\"",
    )
    .unwrap();
    fs::write(folder.path().join("20.toml"), "[screen]\nwidth_mm = 700").unwrap();
    fs::write(folder.path().join("ignored.txt"), "[[[").unwrap();
    let settings = load(Some(folder.path())).unwrap();
    assert_eq!(settings.screen.width_mm, 700);
    assert_eq!(settings.screen.renderer, Renderer::Gl);
}

#[test]
fn addresses_of_folders_end_in_a_slash_and_paths_start_at_the_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("borne.toml");
    fs::write(&path, LEAST).unwrap();
    let settings = load(Some(&path)).unwrap();
    assert_eq!(settings.sync.url.as_str(), "http://localhost/depot/");
    assert_eq!(settings.storage.data, folder.path().join("d"));
}

#[test]
fn synchronisation_has_mirrors_hours_and_a_folder_to_import_from() {
    let text = "mirrors = [\"http://relais.local/depot\"]\nmirrors_first = true\n\
                window = \"22:00-06:00\"\nimport = \"usb\"\n";
    let sync = read(&format!("{LEAST}{text}")).unwrap().sync;
    assert_eq!(sync.mirrors[0].as_str(), "http://relais.local/depot/");
    assert!(sync.mirrors_first);
    assert!(sync.window.unwrap().contains("23:00".parse().unwrap()));
    assert!(sync.import.unwrap().ends_with("usb"));
}

#[test]
fn a_borne_replaces_its_system_only_where_the_settings_say_which() {
    assert_eq!(read(LEAST).unwrap().firmware, None);
    let text = format!("{LEAST}[firmware]\nproduct = \"video-borne-amd64\"\n");
    let firmware = read(&text).unwrap().firmware.unwrap();
    assert_eq!(firmware.version_file, Path::new("/etc/borne/version"));
    assert_eq!(firmware.hours, None);
    let text = format!("{text}hours = \"01:00-05:00\"\nversion_file = \"version\"\n");
    let firmware = read(&text).unwrap().firmware.unwrap();
    assert!(firmware.hours.unwrap().contains("02:00".parse().unwrap()));
    assert_eq!(firmware.version_file, Path::new("version"));
    let error = read(&format!("{LEAST}[firmware]\nhours = \"01:00-05:00\"\n")).unwrap_err();
    assert!(matches!(&error, SettingsError::Missing { key, .. } if key == "firmware.product"));
}

#[test]
fn an_unknown_key_is_refused_with_its_place_and_the_nearest_known_one() {
    let error = read(&format!("{LEAST}intervall_s = 9\n")).unwrap_err();
    let SettingsError::Unknown {
        place,
        key,
        nearest,
    } = &error
    else {
        panic!("{error}");
    };
    assert_eq!((place.line, key.as_str()), (8, "sync.intervall_s"));
    assert_eq!(nearest.as_deref(), Some("interval_s"));
    assert!(error.to_string().contains("borne.toml, ligne 8"), "{error}");
}

#[test]
fn a_misspelt_key_that_must_be_there_is_named_instead_of_missing() {
    let error = read(&LEAST.replace("data =", "dta =")).unwrap_err();
    assert!(
        matches!(&error, SettingsError::Unknown { key, .. } if key == "storage.dta"),
        "{error}"
    );
}

#[test]
fn an_unknown_section_is_refused() {
    let error = read(&format!("{LEAST}[scren]\nwidth_mm = 1\n")).unwrap_err();
    let SettingsError::Unknown { key, nearest, .. } = &error else {
        panic!("{error}");
    };
    assert_eq!(
        (key.as_str(), nearest.as_deref()),
        ("[scren]", Some("[screen]"))
    );
}

#[test]
fn values_that_cannot_be_are_refused_with_what_they_must_be() {
    for (text, name) in [
        ("[idle]\nask_after_s = 0\n", "idle.ask_after_s"),
        ("[idle]\nask_after_s = \"60\"\n", "idle.ask_after_s"),
        (
            "[idle]\nask_after_s = 99999999999999999999\n",
            "idle.ask_after_s",
        ),
        ("window = \"22-06\"\n", "sync.window"),
        ("window = 22\n", "sync.window"),
        ("mirrors = [\"/media/usb\"]\n", "sync.mirrors"),
        ("mirrors_first = \"yes\"\n", "sync.mirrors_first"),
        ("import = 1\n", "sync.import"),
        ("[firmware]\nproduct = \"Video\"\n", "firmware.product"),
        (
            "[firmware]\nproduct = \"p\"\nhours = \"22\"\n",
            "firmware.hours",
        ),
        ("[screen]\nrenderer = \"fast\"\n", "screen.renderer"),
        ("[screen]\nfullscreen = 1\n", "screen.fullscreen"),
        ("[screen]\nturned = 45\n", "screen.turned"),
        ("[screen]\nturned = \"90\"\n", "screen.turned"),
        (
            "[central]\nurl = \"ftp://x\"\ntoken_file = \"t\"\n",
            "central.url",
        ),
        ("[sound]\ndefault_percent = 90\n", "sound.default_percent"),
        (
            "[access]\ngroup_pin_hash = \"2468\"\n",
            "access.group_pin_hash",
        ),
        (
            "[access]\nmaintenance_pin_hash = 2468\n",
            "access.maintenance_pin_hash",
        ),
    ] {
        let error = read(&format!("{LEAST}{text}")).unwrap_err();
        assert!(
            matches!(&error, SettingsError::Invalid { key, .. } if key == name),
            "{error}"
        );
    }
}

#[test]
fn what_is_found_is_quoted_on_one_line_and_in_short() {
    let long = "x".repeat(1_000);
    for text in [
        format!("[screen]\nrenderer = \"\"\"\n{long}\n\"\"\"\n"),
        format!("[screen]\n\"{long}\\n\\u001b\" = 1\n"),
        format!("[\"{long}\\n\"]\nx = 1\n"),
    ] {
        let message = read(&format!("{LEAST}{text}")).unwrap_err().to_string();
        assert!(!message.contains(char::is_control), "{message}");
        assert!(message.len() < 300, "{message}");
    }
}

#[test]
fn the_line_that_borne_pin_prints_is_taken_and_no_code_means_no_area() {
    let hash = crate::pin::hash("2468", &[1; crate::pin::SALT_BYTES]).unwrap();
    let settings = read(&format!("{LEAST}[access]\ngroup_pin_hash = \"{hash}\"\n")).unwrap();
    assert_eq!(settings.access.group_pin_hash, Some(hash));
    assert_eq!(settings.access.maintenance_pin_hash, None);
}

#[test]
fn an_identifier_that_central_would_not_take_is_refused() {
    for id in ["", "Mons", "a b", &"a".repeat(65)] {
        let error = read(&LEAST.replace("mons-1", id)).unwrap_err();
        assert!(
            matches!(&error, SettingsError::Invalid { key, .. } if key == "borne.id"),
            "{error}"
        );
    }
}

#[test]
fn languages_stand_above_the_sections() {
    let settings = read(&format!("languages = [\"fr\", \"nl-BE\"]\n{LEAST}")).unwrap();
    assert_eq!(settings.languages, ["fr", "nl-BE"]);
    let error = read(&format!("languages = []\n{LEAST}")).unwrap_err();
    assert!(matches!(error, SettingsError::Invalid { .. }), "{error}");
}

#[test]
fn what_is_not_toml_names_the_line() {
    let error = read("[borne]\nid = mons\n").unwrap_err();
    assert!(
        matches!(&error, SettingsError::Syntax { place, .. } if place.line == 2),
        "{error}"
    );
}

#[test]
fn a_file_that_is_not_there_and_an_empty_folder_are_told_apart() {
    let folder = TempDir::new().unwrap();
    let error = load(Some(folder.path())).unwrap_err();
    assert!(matches!(error, SettingsError::Empty { .. }), "{error}");
    let error = load(Some(&folder.path().join("absent.toml"))).unwrap_err();
    assert!(matches!(error, SettingsError::Unreadable { .. }), "{error}");
}

#[test]
fn hours_of_the_dark_screen_count_while_the_clock_is_right() {
    let text = format!("{LEAST}[screen]\noff = [\"20:00-07:00\", \"12:00-13:00\"]\n");
    let screen = read(&text).unwrap().screen;
    for (time, off) in [
        ("19:59", false),
        ("20:00", true),
        ("06:59", true),
        ("07:00", false),
        ("12:30", true),
    ] {
        assert_eq!(screen.is_off(true, time.parse().unwrap()), off, "{time}");
        assert!(!screen.is_off(false, time.parse().unwrap()), "{time}");
    }
    let wrong = format!("{LEAST}[screen]\noff = [\"20-7\"]\n");
    assert!(matches!(
        read(&wrong),
        Err(SettingsError::Invalid { key, .. }) if key == "screen.off"
    ));
}
