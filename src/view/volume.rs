//! How loud the borne is: at the start of a visit, and at most.

use slint::ComponentHandle;

use crate::visit::{Action, Order, Place, SoundPolicy, Told};

use super::essai;
use super::handle::Handle;
use super::markup::{App, VolumeAdapter};
use super::shell::act;
use super::staff::Tone;
use super::stage::Stage;
use super::trouble;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<VolumeAdapter>();
    let steps = |by: i32| i8::try_from(by).unwrap_or_default();
    let to = handle.clone();
    adapter.on_change_start(move |by| to.visit(Action::Order(Order::Default(steps(by)))));
    let to = handle.clone();
    adapter.on_change_ceiling(move |by| to.visit(Action::Order(Order::Ceiling(steps(by)))));
    act(handle, Action::Order(Order::Save), |act| {
        adapter.on_save(act);
    });
    let to = handle.clone();
    adapter.on_play_tone(move || to.with(play_tone));
}

pub fn show(stage: &Stage, sound: SoundPolicy, told: &Told) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<VolumeAdapter>();
    adapter.set_start(i32::from(sound.default));
    adapter.set_ceiling(i32::from(sound.ceiling));
    let (told, why, sentence) = trouble::told(told);
    adapter.set_told(told);
    adapter.set_trouble(why);
    adapter.set_sentence(sentence);
    follow(stage);
}

/// What changes without a touch: the tone ends.
pub fn follow(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<VolumeAdapter>();
    adapter.set_sounding(matches!(stage.staff.tone, Tone::Since(_)));
    adapter.set_mute(stage.staff.tone == Tone::Failed);
}

/// The tone, as loud as a visit would begin.
fn play_tone(stage: &mut Stage) {
    if let Place::Volume { sound, .. } = stage.visit.place() {
        let percent = sound.default;
        essai::play_tone(stage, percent);
        follow(stage);
    }
}

impl Stage {
    /// What was set holds at once, in quiet hours after them.
    pub(super) fn set_loudness(&mut self, sound: SoundPolicy) {
        self.sound.default_percent = sound.default;
        self.sound.ceiling_percent = sound.ceiling;
        let quiet = self.sound.quiet_ceiling_percent.min(sound.ceiling);
        self.sound.quiet_ceiling_percent = quiet;
        let rules = super::sound::sound_policy(&self.sound, self.quiet);
        self.visit(Action::SoundRules(rules));
    }
}
