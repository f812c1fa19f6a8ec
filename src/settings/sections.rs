//! Section by section, what the keys mean.

use crate::pin;

use super::reader::Section;
use super::source::Source;
use super::{
    Access, Borne, Central, Clock, Firmware, Hours, Idle, Orientation, Playback, Renderer, Screen,
    Settings, SettingsError, Sound, Storage, Sync, Synced,
};

/// Where the catalogue of a borne comes from that nobody has settled yet: a name that no network has
/// (RFC 6761).
pub(super) const NOWHERE: &str = "http://depot.invalid/";

const HOUR_S: u64 = 3_600;
const DAY_S: u64 = 24 * HOUR_S;

/// What a span of hours must be.
const SPAN: &str = "une plage d'heures, par exemple \"22:00-06:00\"";

/// How the picture can be turned, degrees clockwise; the first is the default.
const TURNS: [u16; 4] = [0, 90, 180, 270];

/// File in which the image says its version.
const VERSION_FILE: &str = "/etc/borne/version";

/// Whether the settings must say who the borne is and where its catalogue comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    Needed,
    Open,
}

/// Reads all sections.
pub(super) fn settings(mut source: Source, who: Identity) -> Result<Settings, SettingsError> {
    let settings = Settings {
        borne: whole(source.section("borne")?, |it| borne(it, who))?,
        storage: whole(source.section("storage")?, storage)?,
        sync: whole(source.section("sync")?, |it| sync(it, who))?,
        central: optional(source.optional_section("central")?, central)?,
        firmware: optional(source.optional_section("firmware")?, firmware)?,
        clock: whole(source.section("clock")?, clock)?,
        screen: whole(source.section("screen")?, screen)?,
        playback: whole(source.section("playback")?, playback)?,
        sound: whole(source.section("sound")?, sound)?,
        idle: whole(source.section("idle")?, idle)?,
        access: whole(source.section("access")?, access)?,
        languages: whole(source.top(), languages)?,
    };
    source.finish()?;
    Ok(settings)
}

fn optional<T>(
    section: Option<Section>,
    read: impl FnOnce(&mut Section) -> Result<T, SettingsError>,
) -> Result<Option<T>, SettingsError> {
    section.map(|section| whole(section, read)).transpose()
}

fn whole<T>(
    mut section: Section,
    read: impl FnOnce(&mut Section) -> Result<T, SettingsError>,
) -> Result<T, SettingsError> {
    let value = read(&mut section)?;
    section.finish()?;
    Ok(value)
}

fn borne(section: &mut Section, who: Identity) -> Result<Borne, SettingsError> {
    let expected = "un nom de 1 à 64 signes : a-z, 0-9 et -";
    let id = match section.required("id", expected, is_identifier) {
        Err(SettingsError::Missing { .. }) if who == Identity::Open => String::new(),
        read => read?,
    };
    Ok(Borne {
        id,
        site: section.text("site")?.unwrap_or_default(),
        phone: section.text("phone")?,
    })
}

fn storage(section: &mut Section) -> Result<Storage, SettingsError> {
    Ok(Storage {
        data: section.required_path("data")?,
        reserve_mb: section.optional_number("reserve_mb", 0..=10_000_000)?,
    })
}

fn sync(section: &mut Section, who: Identity) -> Result<Sync, SettingsError> {
    Ok(Sync {
        url: match who {
            Identity::Needed => section.required_url("url")?,
            Identity::Open => section.url_or("url", NOWHERE)?,
        },
        root: section.required_path("root")?,
        interval_s: section.number("interval_s", 900, 5..=DAY_S)?,
        mirrors: section.urls("mirrors")?,
        mirrors_first: section.flag("mirrors_first", false)?,
        window: section.parsed("window", SPAN, Hours::parse)?,
        import: section.path("import")?,
        proxy: section.url("proxy")?,
        bandwidth_kb_s: section.number("bandwidth_kb_s", 0, 0..=10_000_000)?,
    })
}

fn central(section: &mut Section) -> Result<Central, SettingsError> {
    Ok(Central {
        url: section.required_url("url")?,
        token_file: section.required_path("token_file")?,
        interval_s: section.number("interval_s", 300, 1..=DAY_S)?,
    })
}

fn firmware(section: &mut Section) -> Result<Firmware, SettingsError> {
    Ok(Firmware {
        product: section.required(
            "product",
            "le produit dont les mises à jour sont prises : a-z, 0-9 et -",
            is_identifier,
        )?,
        version_file: section
            .path("version_file")?
            .unwrap_or_else(|| VERSION_FILE.into()),
        hours: section.parsed("hours", SPAN, Hours::parse)?,
    })
}

fn clock(section: &mut Section) -> Result<Clock, SettingsError> {
    let choices = [
        ("auto", Synced::Auto),
        ("yes", Synced::Yes),
        ("no", Synced::No),
    ];
    Ok(Clock {
        synced: section.choice("synced", &choices)?,
    })
}

fn screen(section: &mut Section) -> Result<Screen, SettingsError> {
    let renderers = [
        ("auto", Renderer::Auto),
        ("software", Renderer::Software),
        ("gl", Renderer::Gl),
    ];
    let orientations = [
        ("auto", Orientation::Auto),
        ("landscape", Orientation::Landscape),
        ("portrait", Orientation::Portrait),
    ];
    let usual = Screen::default();
    Ok(Screen {
        width_mm: section.number("width_mm", usual.width_mm, 50..=5_000)?,
        height_mm: section.number("height_mm", usual.height_mm, 50..=5_000)?,
        lower_edge_mm: section.number("lower_edge_mm", usual.lower_edge_mm, 0..=2_500)?,
        reading_distance_mm: section.number(
            "reading_distance_mm",
            usual.reading_distance_mm,
            200..=5_000,
        )?,
        plinth: section.flag("plinth", usual.plinth)?,
        fullscreen: section.flag("fullscreen", usual.fullscreen)?,
        renderer: section.choice("renderer", &renderers)?,
        orientation: section.choice("orientation", &orientations)?,
        turned: section.one_of("turned", &TURNS)?,
        off: spans(section, "off")?,
    })
}

fn playback(section: &mut Section) -> Result<Playback, SettingsError> {
    let expected = "une liste de noms de décodeurs de GStreamer, par exemple [\"vah264dec\"]";
    let refused = section.list("refused_decoders", expected, 0, decoder)?;
    Ok(Playback {
        refused_decoders: refused.unwrap_or_default(),
    })
}

fn sound(section: &mut Section) -> Result<Sound, SettingsError> {
    let ceiling_percent = section.number("ceiling_percent", 85, 0..=100)?;
    Ok(Sound {
        default_percent: section.number(
            "default_percent",
            ceiling_percent.min(60),
            0..=ceiling_percent,
        )?,
        ceiling_percent,
        quiet: spans(section, "quiet")?,
        quiet_ceiling_percent: section.number(
            "quiet_ceiling_percent",
            ceiling_percent.min(30),
            0..=ceiling_percent,
        )?,
    })
}

/// Spans of hours; none when the key is absent.
fn spans(section: &mut Section, key: &'static str) -> Result<Vec<Hours>, SettingsError> {
    let expected = "une liste d'heures, par exemple [\"12:00-13:30\", \"18:00-08:00\"]";
    let spans = section.list(key, expected, 0, Hours::parse)?;
    Ok(spans.unwrap_or_default())
}

fn idle(section: &mut Section) -> Result<Idle, SettingsError> {
    Ok(Idle {
        ask_after_s: section.number("ask_after_s", 60, 1..=HOUR_S)?,
        countdown_s: section.number("countdown_s", 30, 1..=HOUR_S)?,
        pause_after_s: section.number("pause_after_s", 180, 1..=HOUR_S)?,
        more_time_after_s: section.number("more_time_after_s", 600, 1..=HOUR_S)?,
    })
}

fn access(section: &mut Section) -> Result<Access, SettingsError> {
    let mut hash =
        |key| section.checked_text(key, "une ligne que donne « borne pin »", pin::is_hash);
    Ok(Access {
        group_pin_hash: hash("group_pin_hash")?,
        maintenance_pin_hash: hash("maintenance_pin_hash")?,
    })
}

fn languages(section: &mut Section) -> Result<Vec<String>, SettingsError> {
    let expected = "une liste de langues, par exemple [\"fr\", \"nl\"]";
    let languages = section.list("languages", expected, 1, language)?;
    Ok(languages.unwrap_or_else(|| vec!["fr".to_owned()]))
}

/// A name of an element of GStreamer.
fn decoder(text: &str) -> Option<String> {
    let sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let shaped = (1..=64).contains(&text.len()) && text.chars().all(sign);
    shaped.then(|| text.to_owned())
}

fn is_identifier(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    (1..=64).contains(&text.len()) && text.chars().all(sign)
}

/// A BCP 47 tag in shape: a language of 2 or 3 letters, then sub-tags.
fn language(text: &str) -> Option<String> {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or_default();
    let letters = first.chars().all(|c| c.is_ascii_lowercase());
    let sub_tag = |part: &str| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    };
    let shaped = (2..=3).contains(&first.len()) && letters && parts.all(sub_tag);
    shaped.then(|| text.to_owned())
}
