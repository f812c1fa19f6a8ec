//! The permanent bar, the languages and the question "Êtes-vous encore là ?".

use slint::{ComponentHandle, SharedString};

use crate::settings::Settings;
use crate::visit::{Action, Area};

use super::cards::rows;
use super::handle::Handle;
use super::markup::{App, Language, Shell, Speech};
use super::stage::Stage;

/// The language in which the markup is written.
const SOURCE: &str = "fr";

/// Languages with their own names.
const NAMES: [(&str, &str, &str); 3] = [
    ("fr", "Français", "FR"),
    ("en", "English", "EN"),
    ("nl", "Nederlands", "NL"),
];

pub fn bind(ui: &App, handle: &Handle, settings: &Settings) {
    let shell = ui.global::<Shell>();
    shell.set_site(settings.borne.site.as_str().into());
    shell.set_phone(settings.borne.phone.as_deref().unwrap_or_default().into());
    let all = NAMES.map(|(code, ..)| code.to_owned());
    let unknown = settings.borne.id.is_empty();
    let offered = if unknown {
        &all[..]
    } else {
        &settings.languages
    };
    shell.set_languages(rows(languages(offered)));
    let to = handle.clone();
    shell.on_choose_language(move |code| to.visit(Action::Speak(code.into())));
    bind_areas(&shell, handle, settings);
    bind_voice(ui, handle);
    act(handle, Action::Touch, |act| shell.on_touched(act));
    act(handle, Action::Home, |act| shell.on_go_home(act));
    act(handle, Action::Back, |act| shell.on_go_back(act));
    act(handle, Action::Search, |act| shell.on_go_search(act));
    act(handle, Action::Help, |act| shell.on_go_help(act));
    act(handle, Action::OpenComfort, |act| shell.on_go_comfort(act));
    act(handle, Action::Stay, |act| shell.on_stay(act));
    act(handle, Action::Leave, |act| shell.on_leave(act));
}

/// The ways to the areas for animators and staff.
fn bind_areas(shell: &Shell, handle: &Handle, settings: &Settings) {
    shell.set_has_group_mode(settings.access.group_pin_hash.is_some());
    act(handle, Action::OpenCode(Area::Group), |act| {
        shell.on_go_group(act);
    });
    let to = handle.clone();
    shell.on_knock(move || to.with(Stage::knock));
}

/// What is touched and what appears is said, when the visitor wants it.
fn bind_voice(ui: &App, handle: &Handle) {
    let speech = ui.global::<Speech>();
    let to = handle.clone();
    speech.on_touched(move |text| {
        to.with(|stage| {
            let (now, language) = (stage.now(), stage.visit.language().to_owned());
            stage.voice.touched(now, &text, &language);
        });
    });
    let to = handle.clone();
    speech.on_appeared(move |text| {
        to.with(|stage| {
            if stage.reads_aloud() {
                let (now, language) = (stage.now(), stage.visit.language().to_owned());
                stage.voice.appeared(now, &text, &language);
            }
        });
    });
}

/// Speaks a language from now on; French is the language of the markup itself.
pub fn speak(ui: &App, language: &str) {
    let shell = ui.global::<Shell>();
    if shell.get_language() == language {
        return;
    }
    let bundled = if language == SOURCE { "" } else { language };
    if let Err(error) = slint::select_bundled_translation(bundled) {
        tracing::error!(%error, language, "no such language");
    }
    shell.set_language(language.into());
}

/// Has a callback without arguments bring `action` to the stage.
pub fn act(handle: &Handle, action: Action, on: impl FnOnce(Box<dyn FnMut()>)) {
    let handle = handle.clone();
    on(Box::new(move || handle.visit(action.clone())));
}

/// Has a callback with typed signs bring each of them to the stage.
pub fn signs(handle: &Handle, on: impl FnOnce(Box<dyn FnMut(SharedString)>)) {
    let handle = handle.clone();
    on(Box::new(move |signs| {
        for sign in signs.chars() {
            handle.visit(Action::Type(sign));
        }
    }));
}

/// A language by its own name.
pub fn name(language: &str) -> &'static str {
    let known = NAMES.iter().find(|(code, ..)| *code == language);
    known.map_or("", |(_, name, _)| name)
}

fn languages(codes: &[String]) -> impl Iterator<Item = Language> {
    codes.iter().filter_map(|code| {
        let (code, name, short) = NAMES.iter().find(|(known, ..)| known == code)?;
        Some(Language {
            code: (*code).into(),
            name: (*name).into(),
            short: (*short).into(),
        })
    })
}
