//! A machine that answers as it was told to, and what was asked of it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::host::{Answer, Card, Kind, Reach, Refusal, Request, State};
use crate::view::Machine;

/// Answers of a machine that is not there, until others are told.
pub struct Recorded {
    state: Mutex<State>,
    answers: Mutex<VecDeque<Answer>>,
    asked: Mutex<Vec<Request>>,
}

impl Recorded {
    /// A machine with a cable, two wireless networks in reach, a repository and a code.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        let card = |name: &str, kind, address: Option<&str>| Card {
            name: name.to_owned(),
            kind,
            linked: address.is_some(),
            addresses: address.map(str::to_owned).into_iter().collect(),
        };
        Arc::new(Self {
            state: Mutex::new(State {
                cards: vec![
                    card("enp1s0", Kind::Cable, Some("192.168.1.20/24")),
                    card("wlp2s0", Kind::Wireless, None),
                ],
                repository: "https://videos.example/".parse().ok(),
                code: true,
                ..State::default()
            }),
            answers: Mutex::new(answers.into_iter().collect()),
            asked: Mutex::default(),
        })
    }

    /// Something about the machine is different.
    pub fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    /// What was asked of it, looks left out.
    pub fn asked(&self) -> Vec<Request> {
        self.asked.lock().unwrap().clone()
    }
}

impl Machine for Recorded {
    fn ask(&self, request: &Request) -> Answer {
        if *request == Request::State {
            return Answer::State(Box::new(self.state.lock().unwrap().clone()));
        }
        self.asked.lock().unwrap().push(request.clone());
        if *request == Request::Scan {
            let reach = |name: &str, strength, secured| Reach {
                name: name.to_owned(),
                strength,
                secured,
                enterprise: false,
            };
            return Answer::Reach(vec![reach("CEFO", 4, true), reach("Libre", 2, false)]);
        }
        let next = self.answers.lock().unwrap().pop_front();
        next.unwrap_or(Answer::Refused(Refusal::Nobody))
    }
}
