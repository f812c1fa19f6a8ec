//! "Lecture à voix haute": what is touched and what appears, said.

use std::time::Duration;

use crate::speech::{Availability, Speech};

/// What appears this soon after a touch is said together with what was touched; it would cut it
/// short otherwise.
const TOGETHER: Duration = Duration::from_millis(1_500);

/// Whoever speaks, and what was last touched.
#[derive(Default)]
pub struct Voice {
    speech: Option<Speech>,
    /// Something would be heard.
    ready: bool,
    touched: Option<(Duration, String)>,
}

impl Voice {
    /// A voice that nothing was heard of yet.
    pub fn new(speech: Option<Speech>) -> Self {
        Self {
            speech,
            ..Self::default()
        }
    }

    /// Whether something would be heard.
    pub const fn is_ready(&self) -> bool {
        self.ready
    }

    /// The service of the system comes or goes.
    pub fn changed(&mut self, availability: &Availability) {
        self.ready = *availability == Availability::Ready;
    }

    /// Something was touched.
    pub fn touched(&mut self, now: Duration, text: &str, language: &str) {
        self.touched = Some((now, text.to_owned()));
        self.say(text, language);
    }

    /// Something appears.
    pub fn appeared(&mut self, now: Duration, text: &str, language: &str) {
        let before = self
            .touched
            .take()
            .filter(|(at, before)| now < *at + TOGETHER && before != text);
        match before {
            Some((_, before)) => self.say(&format!("{before}. {text}"), language),
            None => self.say(text, language),
        }
    }

    /// Falls silent.
    pub fn stop(&mut self) {
        self.touched = None;
        if let Some(speech) = &self.speech {
            speech.stop();
        }
    }

    fn say(&self, text: &str, language: &str) {
        if let Some(speech) = &self.speech {
            speech.say(text, language);
        }
    }
}
