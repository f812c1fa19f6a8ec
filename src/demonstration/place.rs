use std::path::Path;

use jiff::civil::Date;

use super::{DemonstrationError, set_up};
use crate::settings::{self, Settings, SettingsError};

/// Settings for a data folder that belongs to no borne: as installed, with every language of the
/// interface, since their row takes the most room. Written into `folder`.
///
/// # Errors
/// The folder refuses the file.
pub fn settings(folder: &Path, data: &Path) -> Result<Settings, SettingsError> {
    let path = folder.join("borne.toml");
    let data = data.display();
    let text = format!(
        "languages = [\"fr\", \"en\", \"nl\"]\n\
         [borne]\nid = \"demonstration\"\nsite = \"Borne de démonstration\"\n\
         [storage]\ndata = '''{data}'''\n\
         [sync]\nurl = \"http://localhost/\"\nroot = \"root.json\"\n"
    );
    // A file that cannot be written cannot be read: `load` names it.
    if let Err(error) = std::fs::write(&path, text) {
        tracing::error!(file = %path.display(), %error, "settings cannot be written");
    }
    settings::load(Some(&path))
}

/// A borne with the demonstration and nothing but stand-in files, in a folder of its own.
///
/// # Errors
/// The folder refuses.
pub fn borne(folder: &Path, today: Date) -> Result<Settings, DemonstrationError> {
    let data = folder.join("data");
    std::fs::create_dir_all(&data).map_err(crate::store::StoreError::io(&data))?;
    set_up(&data, today, &|_, _| None)?;
    Ok(settings(folder, &data)?)
}
