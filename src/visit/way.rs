//! The way through the screens: on, back, home, and what leaving a place entails.

use central_protocol::event::End;

use super::action::Effect;
use super::place::{Place, Trial};
use super::reducer::Visit;

/// Steps that `Back` remembers: more than anybody retraces, few enough to stay bounded.
const MAX_STEPS: usize = 24;

impl Visit {
    /// Goes on to a place; a video that is open is closed, and the same screen is not entered twice.
    pub(super) fn go(&mut self, place: Place) -> Vec<Effect> {
        let effects = self.depart(false);
        self.path
            .retain(|step| !matches!(step, Place::Lecteur { .. }));
        if place != Place::Confort {
            // A passphrase that is being typed does not wait under other screens.
            self.path.retain(|step| !matches!(step, Place::Reseau(_)));
        }
        let same_screen = std::mem::discriminant(self.place()) == std::mem::discriminant(&place);
        if same_screen && !matches!(place, Place::Liste { .. } | Place::Essai(_)) {
            return effects;
        }
        self.push(place);
        effects
    }

    fn push(&mut self, place: Place) {
        self.path.push(place);
        if self.path.len() > MAX_STEPS {
            // The home screen stays at the foot of the path, and a group with its animator.
            let forgotten = (1..).zip(self.path.iter().skip(1));
            let forgotten = forgotten
                .filter(|(_, step)| !matches!(step, Place::Groupe(_) | Place::Lecteur { .. }))
                .map(|(at, _)| at)
                .next();
            if let Some(at) = forgotten {
                self.path.remove(at);
            }
        }
    }

    pub(super) fn turn(&mut self, by: isize, pages: usize) -> Vec<Effect> {
        if let Some(Place::Installation(setup) | Place::Reseau(setup)) = self.path.last_mut() {
            setup.turn(by, pages);
        }
        if let Some(Place::Liste { page, .. } | Place::Agenda { page, .. }) = self.path.last_mut() {
            *page = page.saturating_add_signed(by).min(pages.saturating_sub(1));
        }
        Vec::new()
    }

    pub(super) fn choose_audience(&mut self, chosen: Option<String>) -> Vec<Effect> {
        if let Some(Place::Agenda { audience, page }) = self.path.last_mut() {
            (*audience, *page) = (chosen, 0);
        }
        Vec::new()
    }

    pub(super) fn play(&mut self, key: String, start_ms: u64) -> Vec<Effect> {
        let entry = match self.session() {
            Some(_) => central_protocol::event::Entry::Group,
            None => self.place().entry(),
        };
        let mut effects = self.depart(true);
        self.path
            .retain(|step| !matches!(step, Place::Lecteur { .. }));
        if matches!(self.place(), Place::Maintenant { .. } | Place::Fiche { .. }) {
            self.path.pop();
        }
        self.push(Place::Lecteur { key: key.clone() });
        self.tally.plays += 1;
        effects.push(Effect::Open {
            key,
            start_ms,
            entry,
        });
        effects
    }

    /// The text of a video: over the video that is open, which is held meanwhile, else by itself.
    pub(super) fn read(&mut self, key: String) -> Vec<Effect> {
        if matches!(self.place(), Place::Lecteur { key: open } if *open == key) {
            self.push(Place::Fiche { key });
            return vec![Effect::Hold];
        }
        self.go(Place::Fiche { key })
    }

    /// A sentence is touched: the video goes on, or begins, there.
    pub(super) fn read_at(&mut self, ms: u64) -> Vec<Effect> {
        let Place::Fiche { key } = self.place() else {
            return Vec::new();
        };
        if !self.is_open() {
            return self.play(key.clone(), ms);
        }
        self.path.pop();
        vec![Effect::GoOn(Some(ms))]
    }

    /// The video is over: what may follow is shown in its place.
    pub(super) fn close_with(&mut self, end: End, failed: bool) -> Vec<Effect> {
        let Some(at) = self.open_at() else {
            return Vec::new();
        };
        let Some(Place::Lecteur { key }) = self.path.get(at).cloned() else {
            return Vec::new();
        };
        self.path.truncate(at);
        if !self.shown_to_group(failed) {
            self.push(Place::Maintenant { key, failed });
        }
        self.touch();
        vec![Effect::Close(end)]
    }

    pub(super) fn try_out(&mut self, trial: Trial) -> Vec<Effect> {
        if *self.place() != Place::Maintenance {
            return Vec::new();
        }
        self.go(Place::Essai(trial))
    }

    pub(super) fn home(&mut self) -> Vec<Effect> {
        let mut effects = self.depart(false);
        effects.extend(self.end_session());
        self.path.truncate(1);
        effects
    }

    pub(super) fn back(&mut self) -> Vec<Effect> {
        if self.step_back() || (self.is_held() && self.path.len() < 2) {
            return Vec::new();
        }
        if self.path.len() < 2 {
            return self.leave(End::Back);
        }
        if matches!(self.place(), Place::Fiche { .. }) && self.is_open() {
            self.path.pop();
            return vec![Effect::GoOn(None)];
        }
        let mut effects = self.depart(false);
        if matches!(self.place(), Place::Groupe(_)) {
            effects.extend(self.end_session());
        }
        self.path.pop();
        effects
    }

    /// What leaving the place at hand entails.
    fn depart(&mut self, clicked: bool) -> Vec<Effect> {
        let mut effects = self.end_search(clicked);
        if self.is_open() {
            effects.push(Effect::Close(End::Back));
        }
        effects
    }

    /// A video is open, be it held under its text.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open_at().is_some()
    }

    fn open_at(&self) -> Option<usize> {
        self.path
            .iter()
            .position(|step| matches!(step, Place::Lecteur { .. }))
    }
}
