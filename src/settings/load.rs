//! Where settings are read from, and whether they must say who the borne is.

use std::path::Path;

use super::sections::{Identity, settings};
use super::source::Source;
use super::{DEFAULT_PATH, Settings, SettingsError};

/// Loads settings from a file, or from the `.toml` files of a folder; without a path from
/// [`DEFAULT_PATH`].
///
/// # Errors
/// Names the file, the line and the key, in French.
pub fn load(path: Option<&Path>) -> Result<Settings, SettingsError> {
    settings(Source::read(folder(path))?, Identity::Needed)
}

/// Loads settings as [`load`] does, also those of a borne that nobody has settled yet: `borne.id` is
/// missing and nothing else is wrong. [`Settings::is_settled`] tells them apart; the identifier is empty
/// then, and [`Settings::repository`] may be nowhere.
///
/// # Errors
/// As [`load`].
pub fn load_or_unsettled(path: Option<&Path>) -> Result<Settings, SettingsError> {
    either(|| Source::read(folder(path)))
}

/// Loads the settings of a folder as they would be if `name` held `text`: before it does.
///
/// # Errors
/// As [`load`].
pub fn load_with(folder: &Path, name: &str, text: &str) -> Result<Settings, SettingsError> {
    settings(Source::with(folder, name, text)?, Identity::Needed)
}

/// As [`load_with`], also for a borne that nobody has settled yet.
///
/// # Errors
/// As [`load`].
pub fn load_or_unsettled_with(
    folder: &Path,
    name: &str,
    text: &str,
) -> Result<Settings, SettingsError> {
    either(|| Source::with(folder, name, text))
}

fn folder(path: Option<&Path>) -> &Path {
    path.unwrap_or(Path::new(DEFAULT_PATH))
}

/// Settings with who the borne is, or without.
fn either(read: impl Fn() -> Result<Source, SettingsError>) -> Result<Settings, SettingsError> {
    match settings(read()?, Identity::Needed) {
        Err(SettingsError::Missing { key, .. }) if key == "borne.id" => {
            settings(read()?, Identity::Open)
        }
        loaded => loaded,
    }
}

/// Reads the text of a file that is all the settings there are; `file` is what messages name, and
/// relative paths start at its folder.
///
/// # Errors
/// As [`load`].
pub fn parse(file: &Path, text: &str) -> Result<Settings, SettingsError> {
    settings(Source::of(file, text)?, Identity::Needed)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use tempfile::TempDir;

    use super::*;

    /// What an image brings: all but who the borne is.
    const IMAGE: &str = "[storage]\ndata = \"d\"\n[sync]\nroot = \"root.json\"\n";

    fn image(more: &str) -> TempDir {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join("borne.toml"), format!("{IMAGE}{more}")).unwrap();
        folder
    }

    #[test]
    fn a_borne_that_nobody_has_settled_has_settings_and_no_repository() {
        let folder = image("[screen]\nturned = 90\n");
        let settings = load_or_unsettled(Some(folder.path())).unwrap();
        assert!(!settings.is_settled());
        assert_eq!(settings.repository(), None);
        assert_eq!(settings.screen.turned, 90);
        let folder = image("url = \"http://localhost/depot\"\n");
        let settings = load_or_unsettled(Some(folder.path())).unwrap();
        assert_eq!(
            settings.repository().unwrap().as_str(),
            "http://localhost/depot/"
        );
    }

    #[test]
    fn a_settled_borne_is_told_from_one_that_is_not_and_from_a_wrong_one() {
        let folder = image("url = \"http://localhost/depot\"\n[borne]\nid = \"mons-1\"\n");
        assert!(load_or_unsettled(Some(folder.path())).unwrap().is_settled());
        for (more, wrong) in [
            ("[borne]\nid = \"Mons\"\n", "borne.id"),
            ("[borne]\nidd = \"mons-1\"\n", "borne.idd"),
            ("[borne]\nid = \"mons-1\"\n", "sync.url"),
            ("[screen]\nwidth = 3\n", "screen.width"),
        ] {
            let error = load_or_unsettled(Some(image(more).path())).unwrap_err();
            assert_eq!(error.key(), wrong, "{error}");
        }
    }

    #[test]
    fn a_link_to_settings_that_are_not_there_yet_says_nothing() {
        let folder = image("");
        std::os::unix::fs::symlink("/nowhere/site.toml", folder.path().join("site.toml")).unwrap();
        assert!(!load_or_unsettled(Some(folder.path())).unwrap().is_settled());
    }

    #[test]
    fn settings_are_tried_with_a_file_before_it_is_there() {
        let folder = image("url = \"http://localhost/depot\"\n");
        let path = folder.path();
        let id = "[borne]\nid = \"mons-1\"\n";
        fs::write(path.join("site.toml"), format!("{id}site = \"Mons\"\n")).unwrap();
        let text = "[borne]\nid = \"mons-2\"\n";
        let settings = load_with(path, "tactile.toml", text).unwrap();
        assert_eq!(
            (&*settings.borne.id, &*settings.borne.site),
            ("mons-2", "Mons")
        );
        assert_eq!(load_with(path, "a.toml", text).unwrap().borne.id, "mons-1");
        assert_eq!(load_with(path, "site.toml", text).unwrap().borne.site, "");
        let error = load_with(path, "tactile.toml", "[borne]\nid = \"M\"\n").unwrap_err();
        assert!(
            error.to_string().contains("tactile.toml, ligne 2"),
            "{error}"
        );
        let error = load_with(path, "site.toml", "").unwrap_err();
        assert_eq!(error.key(), "borne.id");
        let open = load_or_unsettled_with(path, "site.toml", "").unwrap();
        assert!(!open.is_settled());
        assert!(!path.join("tactile.toml").exists());
    }
}
