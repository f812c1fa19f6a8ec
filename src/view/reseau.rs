//! The network: what it is now, and the ways to it.

use slint::ComponentHandle;

use crate::host::{Address, Card, Kind, Reach, State, Via};
use crate::visit::{Action, Deed, Field, Joining, Purpose, Setup, Step};

use super::cards::refill;
use super::handle::Handle;
use super::markup::{App, Link, Near, ReseauAdapter, Turnoff};
use super::paging::{leaf, turn};
use super::shell::{act, signs};
use super::stage::Stage;
use super::trouble;

pub fn bind(ui: &App, handle: &Handle) {
    let adapter = ui.global::<ReseauAdapter>();
    let deed = |deed| Action::SetUp(deed);
    act(handle, deed(Deed::Cable), |act| adapter.on_cable(act));
    act(handle, deed(Deed::Scan), |act| adapter.on_scan(act));
    act(handle, deed(Deed::Reveal), |act| adapter.on_reveal(act));
    act(handle, deed(Deed::Apply), |act| adapter.on_apply(act));
    act(handle, deed(Deed::Go(Step::Identity)), |act| {
        adapter.on_next(act);
    });
    act(handle, Action::Erase, |act| adapter.on_erase(act));
    let to = handle.clone();
    adapter.on_go(move |at| to.visit(Action::SetUp(Deed::Go(step(at)))));
    let to = handle.clone();
    adapter.on_focus(move |name| to.visit(Action::SetUp(Deed::Focus(trouble::field(name)))));
    signs(handle, |signs| adapter.on_type(signs));
    let to = handle.clone();
    adapter.on_join(move |row| to.with(|stage| join(stage, row)));
    let (to, weak) = (handle.clone(), ui.as_weak());
    adapter.on_turn(move |by| {
        if let Some(ui) = weak.upgrade() {
            to.visit(turn(by, ui.global::<ReseauAdapter>().get_pages()));
        }
    });
}

/// The row that was touched, of the page at hand.
fn join(stage: &mut Stage, row: i32) {
    let Some(ui) = stage.ui() else { return };
    let per_page = ui.global::<ReseauAdapter>().get_per_page();
    let Some(setup) = stage.visit.setup() else {
        return;
    };
    let page = leaf(in_reach(setup), setup.page, per_page);
    let chosen = usize::try_from(row)
        .ok()
        .and_then(|row| page.items.get(row));
    if let Some(reach) = chosen {
        let (name, secured) = (reach.name.clone(), reach.secured);
        stage.visit(Action::SetUp(Deed::Join(Joining { name, secured })));
    }
}

fn in_reach(setup: &Setup) -> Vec<Reach> {
    setup.reach.clone().unwrap_or_default()
}

pub fn show(stage: &Stage, setup: &Setup) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<ReseauAdapter>();
    adapter.set_first(setup.purpose == Purpose::First);
    let state = stage.visit.machine().state.as_ref();
    adapter.set_known(state.is_some());
    show_now(&adapter, state);
    if let Some(at) = turnoff(setup.step()) {
        adapter.set_at(at);
    }
    let lines = trouble::lines(setup, setup.fields(setup.step(), false));
    refill(&adapter.get_lines(), lines, |lines| {
        adapter.set_lines(lines);
    });
    adapter.set_revealed(setup.revealed);
    adapter.set_possible(is_possible(setup));
    let joining = setup.joining.as_ref();
    adapter.set_joining(joining.map_or("", |joining| joining.name.as_str()).into());
    adapter.set_secured(joining.is_some_and(|joining| joining.secured));
    let (told, why, sentence) = trouble::told(&setup.told);
    adapter.set_told(told);
    adapter.set_trouble(why);
    adapter.set_sentence(sentence);
    let page = leaf(in_reach(setup), setup.page, adapter.get_per_page());
    adapter.set_searching(setup.reach.is_none());
    adapter.set_page(page.page);
    adapter.set_pages(page.pages);
    let rows = page.items.iter().map(near).collect();
    refill(&adapter.get_near(), rows, |rows| adapter.set_near(rows));
}

/// What must be typed is: a hidden network has a name, and one that asks for a passphrase gets one.
fn is_possible(setup: &Setup) -> bool {
    let typed = |field| !setup.typed.text(field).is_empty();
    match setup.step() {
        Step::Hidden => typed(Field::Name),
        Step::Passphrase => {
            let secured = setup
                .joining
                .as_ref()
                .is_some_and(|joining| joining.secured);
            !secured || typed(Field::Passphrase)
        }
        _ => true,
    }
}

fn show_now(adapter: &ReseauAdapter<'_>, state: Option<&State>) {
    let cards = state.map_or(&[][..], |state| &state.cards);
    let link = |card: &Card| Link {
        wireless: card.kind == Kind::Wireless,
        linked: card.linked,
        address: address(card).into(),
    };
    let links = cards.iter().map(link).collect();
    refill(&adapter.get_links(), links, |links| {
        adapter.set_links(links);
    });
    adapter.set_wireless(state.is_none() || cards.iter().any(|card| card.kind == Kind::Wireless));
    let network = state.and_then(|state| state.network.as_ref());
    let joined = match network.map(|network| &network.via) {
        Some(Via::Wireless { name, .. }) => name.as_str(),
        Some(Via::Cable) | None => "",
    };
    adapter.set_joined(joined.into());
    adapter.set_fixed(network.is_some_and(|network| network.address != Address::Automatic));
    let proxy = network.and_then(|network| network.proxy.as_ref());
    adapter.set_proxy(proxy.map(ToString::to_string).unwrap_or_default().into());
}

/// The first address of a card, without its prefix; an IPv4 address first, as people know it.
pub fn address(card: &Card) -> String {
    let addresses = || card.addresses.iter();
    let known = addresses().find(|address| address.contains('.'));
    let shown = known.or_else(|| addresses().next());
    let bare = shown.and_then(|address| address.split('/').next());
    bare.unwrap_or_default().to_owned()
}

fn near(reach: &Reach) -> Near {
    Near {
        name: reach.name.as_str().into(),
        strength: i32::from(reach.strength),
        secured: reach.secured,
        enterprise: reach.enterprise,
    }
}

const fn step(at: Turnoff) -> Step {
    match at {
        Turnoff::Overview => Step::Network,
        Turnoff::Fixed => Step::Fixed,
        Turnoff::Wireless => Step::Wireless,
        Turnoff::Hidden => Step::Hidden,
        Turnoff::Passphrase => Step::Passphrase,
        Turnoff::Proxy => Step::Proxy,
    }
}

const fn turnoff(step: Step) -> Option<Turnoff> {
    match step {
        Step::Network => Some(Turnoff::Overview),
        Step::Fixed => Some(Turnoff::Fixed),
        Step::Wireless => Some(Turnoff::Wireless),
        Step::Hidden => Some(Turnoff::Hidden),
        Step::Passphrase => Some(Turnoff::Passphrase),
        Step::Proxy => Some(Turnoff::Proxy),
        Step::Language | Step::Identity | Step::Code | Step::Check | Step::Settled => None,
    }
}
