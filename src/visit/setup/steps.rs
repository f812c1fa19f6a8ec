//! From step to step: on, back, and what the machine is asked on the way.

use crate::host::{Answer, Network, Refusal, Request, State, Via};

use super::super::outlook::Asked;
use super::{Deed, Field, Joining, Purpose, Setup, Step, Told};

/// What setting up looks at besides itself.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// How the machine stands, as far as it has said.
    pub state: Option<&'a State>,
    /// Language of the interface, BCP 47.
    pub language: &'a str,
}

impl Around<'_> {
    fn asks_url(self) -> bool {
        self.state.is_none_or(|state| state.repository.is_none())
    }

    fn asks_code(self) -> bool {
        self.state.is_none_or(|state| !state.code)
    }

    fn network(&self) -> Option<&Network> {
        self.state?.network.as_ref()
    }
}

impl Setup {
    /// Somebody does something; what is to be asked of the machine.
    pub(crate) fn act(&mut self, deed: Deed, around: Around<'_>) -> Option<Request> {
        if self.told == Told::Waiting || self.step() == Step::Settled {
            return None;
        }
        match deed {
            Deed::Go(step) => return self.go(step, around),
            Deed::Focus(field) => self.focus(field, around),
            Deed::Reveal => self.revealed = !self.revealed,
            Deed::Cable if self.step() == Step::Network => {
                self.joining = None;
                return self.ask(around);
            }
            Deed::Join(joining) if self.step() == Step::Wireless => {
                return self.join(joining, around);
            }
            Deed::Scan if self.step() == Step::Wireless => return Some(self.scan()),
            Deed::Apply => return self.apply(around),
            Deed::TakeStick if self.step() == Step::Language => {
                self.told = Told::Waiting;
                return Some(Request::TakeStick);
            }
            Deed::Settle if self.step() == Step::Check => return self.ask(around),
            Deed::Cable | Deed::Join(_) | Deed::Scan | Deed::TakeStick | Deed::Settle => {}
        }
        None
    }

    /// A letter, or one less, for what is typed into.
    pub(crate) fn type_in(&mut self, letter: char, around: Around<'_>) {
        if self.is_typing(around) {
            self.typed.push(self.focus, letter);
            self.told = Told::Nothing;
        }
    }

    /// The last letter goes, or all of them.
    pub(crate) fn erase(&mut self, all: bool, around: Around<'_>) {
        if !self.is_typing(around) {
            return;
        }
        if all {
            self.typed.clear(self.focus);
        } else {
            self.typed.pop(self.focus);
        }
        self.told = Told::Nothing;
    }

    fn is_typing(&self, around: Around<'_>) -> bool {
        let fields = self.fields(self.step(), around.asks_url());
        self.told != Told::Waiting && fields.contains(&self.focus)
    }

    fn focus(&mut self, field: Field, around: Around<'_>) {
        if self.fields(self.step(), around.asks_url()).contains(&field) {
            self.focus = field;
        }
    }

    /// Only where the diagram of the module leads.
    fn go(&mut self, step: Step, around: Around<'_>) -> Option<Request> {
        let first = self.purpose == Purpose::First;
        let leads = match (self.step(), step) {
            (Step::Language, Step::Network) | (Step::Network, Step::Identity) => first,
            (Step::Network, Step::Fixed | Step::Wireless | Step::Proxy)
            | (Step::Wireless, Step::Hidden) => true,
            _ => false,
        };
        if !leads {
            return None;
        }
        self.enter(step, around);
        let proxy = around.network().and_then(|now| now.proxy.as_ref());
        if step == Step::Proxy && self.typed.text(Field::Proxy).is_empty() {
            let letters = proxy.map(ToString::to_string).unwrap_or_default();
            letters
                .chars()
                .for_each(|letter| self.typed.push(Field::Proxy, letter));
        }
        (step == Step::Wireless).then(|| self.scan())
    }

    fn enter(&mut self, step: Step, around: Around<'_>) {
        self.steps.push(step);
        self.told = Told::Nothing;
        self.revealed = false;
        let fields = self.fields(step, around.asks_url());
        if let Some(first) = fields.first() {
            self.focus = *first;
        }
    }

    fn scan(&mut self) -> Request {
        (self.reach, self.page) = (None, 0);
        Request::Scan
    }

    /// A page of the wireless networks forward or back; `pages` bounds it.
    pub(crate) fn turn(&mut self, by: isize, pages: usize) {
        let turned = self.page.saturating_add_signed(by);
        self.page = turned.min(pages.saturating_sub(1));
    }

    /// A network was chosen: an open one is joined at once. What was typed for another is not for it.
    fn join(&mut self, joining: Joining, around: Around<'_>) -> Option<Request> {
        if self
            .joining
            .as_ref()
            .is_some_and(|before| *before != joining)
        {
            self.typed.clear(Field::Passphrase);
        }
        let secured = joining.secured;
        self.joining = Some(joining);
        if secured {
            self.enter(Step::Passphrase, around);
            return None;
        }
        self.ask(around)
    }

    fn apply(&mut self, around: Around<'_>) -> Option<Request> {
        match self.step() {
            Step::Fixed | Step::Passphrase => self.ask(around),
            Step::Hidden => {
                let name = self.typed.text(Field::Name).to_owned();
                if !name.is_empty() {
                    let secured = false;
                    self.joining = Some(Joining { name, secured });
                    self.enter(Step::Passphrase, around);
                }
                None
            }
            Step::Proxy => self.use_proxy(around),
            Step::Identity => {
                match self.site(around.state, around.language) {
                    Ok(site) if site.id.is_empty() => self.focus = Field::Id,
                    Ok(_) if around.asks_code() => self.enter(Step::Code, around),
                    Ok(_) => self.enter(Step::Check, around),
                    Err(refusal) => self.told = Told::Refused(refusal),
                }
                None
            }
            Step::Code => {
                match self.code() {
                    Ok(()) => self.enter(Step::Check, around),
                    Err(refusal) => self.told = Told::Refused(refusal),
                }
                None
            }
            Step::Language | Step::Network | Step::Wireless | Step::Check | Step::Settled => None,
        }
    }

    /// A wireless network has to be joined anew to go through a proxy, and its passphrase is never told.
    fn use_proxy(&mut self, around: Around<'_>) -> Option<Request> {
        let Some(Via::Wireless { name, .. }) = around.network().map(|now| &now.via) else {
            return self.ask(around);
        };
        let name = name.clone();
        let proxy = self.network(around.network());
        if let Err(refusal) = proxy {
            self.told = Told::Refused(refusal);
            return None;
        }
        let kept = self.joining.take().filter(|joined| joined.name == name);
        let secured = false;
        self.joining = Some(kept.unwrap_or(Joining { name, secured }));
        self.enter(Step::Passphrase, around);
        None
    }

    fn ask(&mut self, around: Around<'_>) -> Option<Request> {
        match self.request(around.state, around.language) {
            Ok(request) => {
                self.told = Told::Waiting;
                Some(request)
            }
            Err(refusal) => {
                self.told = Told::Refused(refusal);
                None
            }
        }
    }

    /// One step back; whether there was one. What is being asked is waited for.
    pub(crate) fn back(&mut self) -> bool {
        if matches!(self.step(), Step::Settled) || self.told == Told::Waiting {
            return true;
        }
        self.told = Told::Nothing;
        self.revealed = false;
        if self.steps.len() < 2 {
            return false;
        }
        self.steps.pop();
        true
    }

    /// The machine has answered.
    pub(crate) fn answered(&mut self, asked: Asked, answer: &Answer) {
        match (asked, answer) {
            (Asked::Scan, Answer::Reach(reach)) => self.reach = Some(reach.clone()),
            (Asked::Scan, Answer::Refused(refusal)) => {
                self.reach = Some(Vec::new());
                self.told = Told::Refused(refusal.clone());
            }
            (Asked::Connect, Answer::Done) if self.told == Told::Waiting => self.connected(),
            (Asked::Settle | Asked::TakeStick, Answer::Done) if self.told == Told::Waiting => {
                self.settled();
            }
            (Asked::Connect | Asked::Settle | Asked::TakeStick, _)
                if self.told == Told::Waiting =>
            {
                self.told = Told::Refused(match answer {
                    Answer::Refused(refusal) => refusal.clone(),
                    _ => Refusal::Malformed,
                });
            }
            _ => {}
        }
    }

    /// Back to what the network is now.
    fn connected(&mut self) {
        let network = self.steps.iter().position(|step| *step == Step::Network);
        self.steps.truncate(network.map_or(1, |at| at + 1));
        (self.told, self.revealed) = (Told::Done, false);
    }

    /// Nothing leads back, and nothing that was typed stays.
    fn settled(&mut self) {
        *self = Self {
            steps: vec![Step::Settled],
            ..Self::new(self.purpose)
        };
    }
}
