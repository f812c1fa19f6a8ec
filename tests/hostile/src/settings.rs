//! The settings of a borne.

use std::path::Path;

use borne::settings::{Settings, SettingsError, parse};
use url::Url;

use crate::plain::plain;

const FILE: &str = "/etc/borne/borne.toml";

/// Reads settings: a refusal says where in one line, what is accepted is within its ranges.
///
/// # Panics
/// Something does not hold.
pub fn settings(bytes: &[u8]) {
    // A file that is not UTF-8 is refused when it is read.
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    match (read(text), read(text)) {
        (Ok(settings), again) => {
            in_range(&settings);
            assert_eq!(again.expect("accepted once, accepted twice"), settings);
        }
        (Err(error), again) => {
            refused(&error, text);
            let again = again.expect_err("refused once, refused twice");
            assert_eq!(again.to_string(), error.to_string());
        }
    }
}

fn read(text: &str) -> Result<Settings, SettingsError> {
    parse(Path::new(FILE), text)
}

/// The file, and the line unless something lacks.
fn refused(error: &SettingsError, text: &str) {
    let message = error.to_string();
    plain(&message);
    assert!(message.starts_with(FILE), "{message}");
    match error {
        SettingsError::Missing { .. } => {}
        SettingsError::Syntax { place, .. }
        | SettingsError::Unknown { place, .. }
        | SettingsError::Invalid { place, .. } => {
            let lines = 1 + text.matches('\n').count();
            assert!((1..=lines).contains(&place.line), "{lines}: {message}");
            assert!(
                message.contains(&format!("ligne {}", place.line)),
                "{message}"
            );
        }
        SettingsError::Unreadable { .. } | SettingsError::Empty { .. } => {
            panic!("no file was read: {message}")
        }
    }
}

fn in_range(settings: &Settings) {
    let id = |sign: u8| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == b'-';
    assert!((1..=64).contains(&settings.borne.id.len()));
    assert!(settings.borne.id.bytes().all(id), "{:?}", settings.borne);
    assert!(
        settings
            .storage
            .reserve_mb
            .is_none_or(|mb| mb <= 10_000_000)
    );
    let sync = &settings.sync;
    assert!((5..=86_400).contains(&sync.interval_s), "{sync:?}");
    assert!(sync.bandwidth_kb_s <= 10_000_000, "{sync:?}");
    folder(&sync.url);
    sync.mirrors.iter().chain(&sync.proxy).for_each(folder);
    if let Some(central) = &settings.central {
        assert!((1..=86_400).contains(&central.interval_s), "{central:?}");
        folder(&central.url);
    }
    let (screen, sound, idle) = (&settings.screen, &settings.sound, &settings.idle);
    assert!((50..=5_000).contains(&screen.width_mm), "{screen:?}");
    assert!((50..=5_000).contains(&screen.height_mm), "{screen:?}");
    assert!(screen.lower_edge_mm <= 2_500, "{screen:?}");
    assert!(
        (200..=5_000).contains(&screen.reading_distance_mm),
        "{screen:?}"
    );
    assert!(sound.ceiling_percent <= 100, "{sound:?}");
    assert!(sound.default_percent <= sound.ceiling_percent, "{sound:?}");
    assert!(
        sound.quiet_ceiling_percent <= sound.ceiling_percent,
        "{sound:?}"
    );
    assert!(
        sound.quiet.iter().all(|quiet| quiet.from != quiet.to),
        "{sound:?}"
    );
    for seconds in [
        idle.ask_after_s,
        idle.countdown_s,
        idle.pause_after_s,
        idle.more_time_after_s,
    ] {
        assert!((1..=3_600).contains(&seconds), "{idle:?}");
    }
    assert!(!settings.languages.is_empty());
}

/// What is joined to the address stays below it.
fn folder(url: &Url) {
    assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    assert!(url.has_host() && url.path().ends_with('/'), "{url}");
    assert_eq!((url.query(), url.fragment()), (None, None), "{url}");
    let below = url.join("media/x").expect("an address below a folder");
    assert!(below.as_str().starts_with(url.as_str()), "{below}");
}
