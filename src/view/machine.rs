//! The machine under the borne: who is asked, and the page that leads to its parts.

use std::sync::Arc;

use slint::ComponentHandle;

use crate::host::{Answer, Client, Kind, Refusal, Request, State};
use crate::visit::{Action, Asked, Halt, Order};

use super::handle::Handle;
use super::inbox::{Inbox, Message};
use super::markup::{App, MachineAdapter, Part};
use super::reseau;
use super::stage::Stage;

/// Who can be asked. It may take its time: it is asked on a thread of its own.
pub trait Machine: Send + Sync {
    /// Asks, and waits for the answer.
    fn ask(&self, request: &Request) -> Answer;
}

/// A machine whose system is not ours.
pub struct Nobody;

impl Machine for Nobody {
    fn ask(&self, _request: &Request) -> Answer {
        Answer::Refused(Refusal::Nobody)
    }
}

impl Machine for Client {
    fn ask(&self, request: &Request) -> Answer {
        Self::ask(self, request)
    }
}

/// Asks the machine beside the screen.
pub struct Desk {
    machine: Arc<dyn Machine>,
    inbox: Inbox,
}

impl Desk {
    pub fn new(machine: Arc<dyn Machine>, inbox: Inbox) -> Self {
        Self { machine, inbox }
    }

    /// The answer follows as [`Message::Answered`].
    fn ask(&self, request: Request) {
        let asked = Asked::from(&request);
        let (machine, inbox) = (Arc::clone(&self.machine), self.inbox.clone());
        let promise = self.inbox.promise();
        let asking = std::thread::Builder::new()
            .name("machine".to_owned())
            .spawn(move || {
                inbox.put(Message::Answered(asked, machine.ask(&request)));
                drop(promise);
            });
        if let Err(error) = asking {
            tracing::error!(%error, "no thread to ask the machine");
            let refusal = Answer::Refused(Refusal::Service);
            self.inbox.put(Message::Answered(asked, refusal));
        }
    }
}

impl Stage {
    pub(super) fn ask(&self, request: Request) {
        self.machine.ask(request);
    }
}

pub fn bind(ui: &App, handle: &Handle) {
    let to = handle.clone();
    ui.global::<MachineAdapter>()
        .on_open(move |part| to.visit(Action::Order(order(part))));
}

const fn order(part: Part) -> Order {
    match part {
        Part::Network => Order::OpenNetwork,
        Part::Screen => Order::OpenScreen,
        Part::Sound => Order::OpenSound,
        Part::Restart => Order::OpenHalt(Halt::Restart),
        Part::PowerOff => Order::OpenHalt(Halt::PowerOff),
        Part::Reset => Order::OpenHalt(Halt::Reset),
    }
}

pub fn show(stage: &Stage) {
    let Some(ui) = stage.ui() else { return };
    let adapter = ui.global::<MachineAdapter>();
    let machine = stage.visit.machine();
    adapter.set_nobody(machine.nobody);
    adapter.set_known(machine.state.is_some());
    let state = machine.state.as_ref();
    let card = state.and_then(in_use);
    adapter.set_wireless(card.is_some_and(|card| card.kind == Kind::Wireless));
    adapter.set_address(card.map(reseau::address).unwrap_or_default().into());
    adapter.set_turned(state.map_or(0, |state| i32::from(state.turned)));
    adapter.set_loudness(i32::from(stage.sound.default_percent));
}

/// The card through which the network is reached.
pub fn in_use(state: &State) -> Option<&crate::host::Card> {
    let linked = |card: &&crate::host::Card| card.linked && !card.addresses.is_empty();
    state.cards.iter().find(linked)
}
