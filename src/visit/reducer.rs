use std::collections::BTreeSet;
use std::time::Duration;

use central_protocol::event::End;

use super::action::{Action, Effect, SoundPolicy};
use super::comfort::{Comfort, ComfortOption};
use super::idle::{Activity, IdlePolicy};
use super::place::Place;
use super::summary::{Search, Tally};

/// Steps that `Back` remembers: more than anybody retraces, few enough to stay bounded.
const MAX_STEPS: usize = 24;

/// Characters of a query: longer than the longest title worth typing.
const MAX_QUERY: usize = 40;

/// One touch on "Moins fort" or "Plus fort", percent.
const VOLUME_STEP: u8 = 10;

/// One visitor after the other.
#[derive(Clone, Debug)]
pub struct Visit {
    idle: IdlePolicy,
    sound: SoundPolicy,
    /// Language in which every visit starts.
    first_language: String,
    language: String,
    /// The way here; empty when nobody is there.
    path: Vec<Place>,
    comfort: Comfort,
    volume: u8,
    touched: Duration,
    asked: Option<Duration>,
    now: Duration,
    tally: Tally,
    search: Option<Search>,
}

impl Visit {
    /// Nobody is there.
    #[must_use]
    pub fn new(idle: IdlePolicy, sound: SoundPolicy, language: &str) -> Self {
        Self {
            idle,
            sound,
            first_language: language.to_owned(),
            language: language.to_owned(),
            path: Vec::new(),
            comfort: Comfort::default(),
            volume: sound.default.min(sound.ceiling),
            touched: Duration::ZERO,
            asked: None,
            now: Duration::ZERO,
            tally: Tally::default(),
            search: None,
        }
    }

    /// Where the visitor is.
    #[must_use]
    pub fn place(&self) -> &Place {
        self.path.last().unwrap_or(&Place::Veille)
    }

    /// The options as they stand.
    #[must_use]
    pub const fn comfort(&self) -> &Comfort {
        &self.comfort
    }

    /// Language of the interface, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Volume, percent.
    #[must_use]
    pub const fn volume(&self) -> u8 {
        self.volume
    }

    /// Whole seconds left to answer "Êtes-vous encore là ?", when it is asked.
    #[must_use]
    pub fn countdown_s(&self) -> Option<u64> {
        let left = (self.asked? + self.idle.countdown).saturating_sub(self.now);
        Some(
            left.as_millis()
                .div_ceil(1000)
                .try_into()
                .unwrap_or(u64::MAX),
        )
    }

    /// Takes what happened at `now`, on a clock that never steps back, and says what is to be done.
    pub fn update(&mut self, now: Duration, action: Action) -> Vec<Effect> {
        self.now = self.now.max(now);
        match action {
            Action::Tick(activity) => return self.tick(activity),
            Action::Ended => return self.close_with(End::Ended, false),
            Action::Failed => return self.close_with(End::Error, true),
            Action::Found { results, term } => {
                self.search = self.query().map(|_| Search { results, term });
                return Vec::new();
            }
            Action::Leave => return self.leave(End::Back),
            _ => self.touch(),
        }
        let wakes = matches!(action, Action::Wake | Action::Speak(_));
        if *self.place() == Place::Veille && !wakes {
            return Vec::new();
        }
        self.act(action)
    }

    fn act(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::Wake => self.wake(),
            Action::OpenDoor(door) => self.go(door.leads_to()),
            Action::OpenShelf(shelf) => self.go(Place::first_page(shelf)),
            Action::Turn { by, pages } => self.turn(by, pages),
            Action::Play { key, start_ms } => self.play(key, start_ms),
            Action::Home => self.home(),
            Action::Back => self.back(),
            Action::Search => self.go(Place::Chercher {
                query: String::new(),
            }),
            Action::Type(letter) => self.edit(|query| {
                if query.chars().count() < MAX_QUERY && !(letter == ' ' && query.is_empty()) {
                    query.push(letter);
                }
            }),
            Action::Erase => self.edit(|query| {
                query.pop();
            }),
            Action::Clear => self.edit(String::clear),
            Action::Help => self.go(Place::Aide),
            Action::OpenComfort => self.go(Place::Confort),
            Action::Toggle(option) => self.toggle(option),
            Action::Louder(steps) => self.louder(steps),
            Action::Speak(language) => self.speak(language),
            Action::Touch
            | Action::Stay
            | Action::Leave
            | Action::Tick(_)
            | Action::Ended
            | Action::Failed
            | Action::Found { .. } => Vec::new(),
        }
    }

    fn touch(&mut self) {
        self.touched = self.now;
        self.asked = None;
    }

    fn wake(&mut self) -> Vec<Effect> {
        if *self.place() == Place::Veille {
            self.path.push(Place::Accueil);
            self.tally = Tally {
                begun: self.now,
                plays: 0,
                languages: BTreeSet::from([self.language.clone()]),
            };
        }
        Vec::new()
    }

    /// A language chosen in the attract loop wakes: it is a touch like another.
    fn speak(&mut self, language: String) -> Vec<Effect> {
        if *self.place() == Place::Veille {
            self.language = language;
            return self.wake();
        }
        self.tally.languages.insert(language.clone());
        self.language = language;
        Vec::new()
    }

    /// Goes on to a place; what was open is closed, and the same place is not entered twice.
    fn go(&mut self, place: Place) -> Vec<Effect> {
        let effects = self.depart(false);
        if self.is_playing() {
            self.path.pop();
        }
        let same_screen = std::mem::discriminant(self.place()) == std::mem::discriminant(&place);
        if same_screen && !matches!(place, Place::Liste { .. }) {
            return effects;
        }
        self.path.push(place);
        if self.path.len() > MAX_STEPS {
            // The home screen stays at the foot of the path.
            self.path.remove(1);
        }
        effects
    }

    fn turn(&mut self, by: isize, pages: usize) -> Vec<Effect> {
        if let Some(Place::Liste { page, .. }) = self.path.last_mut() {
            *page = page.saturating_add_signed(by).min(pages.saturating_sub(1));
        }
        Vec::new()
    }

    fn play(&mut self, key: String, start_ms: u64) -> Vec<Effect> {
        let entry = self.place().entry();
        let mut effects = self.depart(true);
        if matches!(
            self.place(),
            Place::Lecteur { .. } | Place::Maintenant { .. }
        ) {
            self.path.pop();
        }
        self.path.push(Place::Lecteur { key: key.clone() });
        self.tally.plays += 1;
        effects.push(Effect::Open {
            key,
            start_ms,
            entry,
        });
        effects
    }

    /// The video is over: what may follow is shown in its place.
    fn close_with(&mut self, end: End, failed: bool) -> Vec<Effect> {
        let Some(Place::Lecteur { key }) = self.path.last() else {
            return Vec::new();
        };
        let key = key.clone();
        self.path.pop();
        self.path.push(Place::Maintenant { key, failed });
        self.touched = self.now;
        vec![Effect::Close(end)]
    }

    fn home(&mut self) -> Vec<Effect> {
        let effects = self.depart(false);
        self.path.truncate(1);
        effects
    }

    fn back(&mut self) -> Vec<Effect> {
        if self.path.len() < 2 {
            return self.leave(End::Back);
        }
        let effects = self.depart(false);
        self.path.pop();
        effects
    }

    /// What leaving the place at hand entails.
    fn depart(&mut self, clicked: bool) -> Vec<Effect> {
        let mut effects = self.end_search(clicked);
        if self.is_playing() {
            effects.push(Effect::Close(End::Back));
        }
        effects
    }

    fn end_search(&mut self, clicked: bool) -> Vec<Effect> {
        self.search
            .take()
            .map(|search| Effect::Record(search.event(clicked)))
            .into_iter()
            .collect()
    }

    fn query(&self) -> Option<&str> {
        match self.place() {
            Place::Chercher { query } if !query.trim().is_empty() => Some(query),
            _ => None,
        }
    }

    fn edit(&mut self, change: impl FnOnce(&mut String)) -> Vec<Effect> {
        if let Some(Place::Chercher { query }) = self.path.last_mut() {
            change(query);
        }
        if self.query().is_none() {
            self.search = None;
        }
        Vec::new()
    }

    fn toggle(&mut self, option: ComfortOption) -> Vec<Effect> {
        self.comfort.toggle(option);
        if option == ComfortOption::Captions {
            return vec![Effect::Captions(self.comfort.is_on(option))];
        }
        Vec::new()
    }

    fn louder(&mut self, steps: i8) -> Vec<Effect> {
        let change = VOLUME_STEP.saturating_mul(steps.unsigned_abs());
        let wanted = if steps < 0 {
            self.volume.saturating_sub(change)
        } else {
            self.volume.saturating_add(change)
        };
        self.volume = wanted.min(self.sound.ceiling);
        vec![Effect::Volume(self.volume)]
    }

    fn tick(&mut self, activity: Activity) -> Vec<Effect> {
        if *self.place() == Place::Veille {
            return Vec::new();
        }
        let more_time = self.comfort.is_on(ComfortOption::MoreTime);
        let Some(patience) = self.idle.patience(activity, more_time) else {
            self.touch();
            return Vec::new();
        };
        match self.asked {
            None if self.now >= self.touched + patience => self.asked = Some(self.now),
            Some(asked) if self.now >= asked + self.idle.countdown => {
                return self.leave(End::Idle);
            }
            _ => {}
        }
        Vec::new()
    }

    /// Ends the visit: nothing of it stays.
    fn leave(&mut self, end: End) -> Vec<Effect> {
        if *self.place() == Place::Veille {
            return Vec::new();
        }
        let mut effects = self.end_search(false);
        if self.is_playing() {
            effects.push(Effect::Close(end));
        }
        effects.push(Effect::Record(self.tally.event(
            self.now,
            &self.comfort,
            end,
        )));
        let now = self.now;
        *self = Self::new(self.idle, self.sound, &self.first_language);
        self.now = now;
        effects.push(Effect::Captions(true));
        effects.push(Effect::Volume(self.volume));
        effects
    }

    fn is_playing(&self) -> bool {
        matches!(self.place(), Place::Lecteur { .. })
    }
}
