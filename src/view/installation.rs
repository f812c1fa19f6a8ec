//! "Mise en service": what a borne asks when it is first started.

use slint::ComponentHandle;

use crate::host;
use crate::visit::{Action, Deed, Field, Setup, Step};

use super::cards::refill;
use super::handle::Handle;
use super::markup::{App, InstallationAdapter, Signs, Stage as Part};
use super::shell::{self, act};
use super::stage::Stage;
use super::{reseau, trouble};

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<InstallationAdapter>();
    let deed = |deed| Action::SetUp(deed);
    act(handle, deed(Deed::TakeStick), |act| {
        adapter.on_take_stick(act);
    });
    act(handle, deed(Deed::Apply), |act| adapter.on_apply(act));
    act(handle, deed(Deed::Settle), |act| adapter.on_settle(act));
    act(handle, Action::Erase, |act| adapter.on_erase(act));
    let to = handle.clone();
    adapter.on_speak(move |language| {
        to.visit(Action::Speak(language.into()));
        to.visit(Action::SetUp(Deed::Go(Step::Network)));
    });
    let to = handle.clone();
    adapter.on_focus(move |name| to.visit(Action::SetUp(Deed::Focus(trouble::field(name)))));
    shell::signs(handle, |signs| adapter.on_type(signs));
}

pub fn show(stage: &Stage, setup: &Setup) {
    let Some(ui) = stage.ui() else { return };
    reseau::show(stage, setup);
    let machine = stage.visit.machine();
    let state = machine.state.as_ref();
    let adapter = ui.global::<InstallationAdapter>();
    adapter.set_stage(part(setup.step()));
    adapter.set_nobody(machine.nobody);
    show_stick(&adapter, state.and_then(|state| state.stick.as_ref()));
    let brought = state.and_then(|state| state.repository.as_ref());
    let fields = setup.fields(setup.step(), brought.is_none());
    refill(
        &adapter.get_lines(),
        trouble::lines(setup, fields),
        |lines| {
            adapter.set_lines(lines);
        },
    );
    adapter.set_signs(signs(setup.focus));
    adapter.set_language(shell::name(stage.visit.language()).into());
    let id = setup.typed.text(Field::Id);
    let code = setup.typed.text(Field::Code);
    let needed = if setup.step() == Step::Code { code } else { id };
    adapter.set_possible(!needed.is_empty());
    // That there is one, never which.
    adapter.set_coded(!code.is_empty());
    adapter.set_id(id.into());
    adapter.set_site(setup.typed.text(Field::Site).into());
    let typed = setup.typed.text(Field::Repository);
    let repository = brought.map_or_else(|| typed.to_owned(), ToString::to_string);
    adapter.set_repository(repository.into());
    let (told, why, sentence) = trouble::told(&setup.told);
    adapter.set_told(told);
    adapter.set_trouble(why);
    adapter.set_sentence(sentence);
}

fn show_stick(adapter: &InstallationAdapter<'_>, stick: Option<&host::Stick>) {
    adapter.set_stick(stick.is_some());
    let Some(stick) = stick else { return };
    let named = [Some(stick.site.as_str()), stick.id.as_deref()];
    let name = named.into_iter().flatten().find(|name| !name.is_empty());
    adapter.set_stick_name(name.unwrap_or_default().into());
    adapter.set_stick_problem(stick.problem.as_deref().unwrap_or_default().into());
}

const fn signs(field: Field) -> Signs {
    match field {
        Field::Site => Signs::Words,
        Field::Repository | Field::Proxy => Signs::Web,
        Field::Id => Signs::Plain,
        _ => Signs::Ascii,
    }
}

const fn part(step: Step) -> Part {
    match step {
        Step::Language => Part::Language,
        Step::Network
        | Step::Fixed
        | Step::Wireless
        | Step::Hidden
        | Step::Passphrase
        | Step::Proxy => Part::Network,
        Step::Identity => Part::Identity,
        Step::Code => Part::Code,
        Step::Check => Part::Check,
        Step::Settled => Part::Settled,
    }
}
