use std::time::Duration;

use central_protocol::Event;
use central_protocol::event::{End, Handover, Onward};

use super::action::{Action, Effect, SoundPolicy};
use super::comfort::{Comfort, ComfortOption};
use super::idle::{Activity, IdlePolicy};
use super::outlook::Outlook;
use super::place::Place;
use super::speed::Speed;
use super::summary::{Search, Tally};

/// One visitor after the other.
#[derive(Clone, Debug)]
pub struct Visit {
    idle: IdlePolicy,
    pub(super) sound: SoundPolicy,
    /// Language in which every visit starts.
    first_language: String,
    pub(super) language: String,
    /// The way here; empty when nobody is there.
    pub(super) path: Vec<Place>,
    comfort: Comfort,
    pub(super) volume: u8,
    speed: Speed,
    touched: Duration,
    asked: Option<Duration>,
    pub(super) now: Duration,
    pub(super) tally: Tally,
    pub(super) search: Option<Search>,
    pub(super) machine: Outlook,
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
            speed: Speed::default(),
            touched: Duration::ZERO,
            asked: None,
            now: Duration::ZERO,
            tally: Tally::default(),
            search: None,
            machine: Outlook::default(),
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

    /// What "Prenez votre temps" promises, minutes.
    #[must_use]
    pub fn promised_min(&self) -> u64 {
        self.idle.promised_min()
    }

    /// Language of the interface, BCP 47.
    #[must_use]
    pub fn language(&self) -> &str {
        &self.language
    }

    /// Speed of videos, percent.
    #[must_use]
    pub const fn speed_percent(&self) -> u32 {
        self.speed.percent()
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
                self.found(results, term);
                return Vec::new();
            }
            Action::CodeJudged(verdict) => {
                return self.judged(verdict);
            }
            Action::Answered(asked, answer) => return self.answered(asked, answer),
            Action::SoundRules(rules) => return self.set_sound(rules),
            Action::Leave => return self.leave(End::Back),
            _ => self.touch(),
        }
        if !self.lets(&action) {
            return Vec::new();
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
            Action::Speak(language) => self.speak(language),
            Action::Toggle(option) => self.toggle(option),
            Action::Louder(steps) => self.louder(steps),
            Action::Faster => self.faster(),
            Action::Type(_) | Action::Digit(_) | Action::Enter | Action::Erase | Action::Clear => {
                self.type_in(&action)
            }
            Action::BeginPlaylist { .. }
            | Action::NextVideo
            | Action::CountHands { .. }
            | Action::CountHeads(_)
            | Action::EndPlaylist => self.lead(action),
            Action::SetUp(deed) => self.set_up(deed),
            Action::Order(order) => self.order(order),
            _ => self.walk(action),
        }
    }

    /// Actions that change where the visitor is.
    fn walk(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::OpenDoor(door) => self.go(door.leads_to()),
            Action::OpenShelf(shelf) => self.go(Place::first_page(shelf)),
            Action::Turn { by, pages } => self.turn(by, pages),
            Action::Play { key, start_ms } => self.play(key, start_ms),
            Action::OpenFiche(key) => self.read(key),
            Action::ReadAt(ms) => self.read_at(ms),
            Action::OpenPhone { key, at_ms } => {
                let shown = handover(Onward::Phone, Some(key.clone()));
                self.show(Place::Telephone { key, at_ms }, shown)
            }
            Action::OpenAdviser => self.show(Place::Conseiller, handover(Onward::Adviser, None)),
            Action::OpenAgenda => self.go(Place::Agenda {
                audience: None,
                page: 0,
            }),
            Action::ForAudience(audience) => self.choose_audience(audience),
            Action::OpenSession(key) => {
                let shown = handover(Onward::Agenda, Some(key.clone()));
                self.show(Place::Seance { key }, shown)
            }
            Action::OpenCode(area) => self.go(Place::code(area)),
            Action::Try(trial) => self.try_out(trial),
            Action::Home => self.home(),
            Action::Back => self.back(),
            Action::Search => self.go(Place::Chercher {
                query: String::new(),
            }),
            Action::Help => self.go(Place::Aide),
            Action::OpenComfort => self.go(Place::Confort),
            // A touch that hits nothing; whatever else was taken care of before.
            _ => Vec::new(),
        }
    }

    pub(super) fn touch(&mut self) {
        self.touched = self.now;
        self.asked = None;
    }

    fn wake(&mut self) -> Vec<Effect> {
        if *self.place() == Place::Veille {
            self.path.push(Place::Accueil);
            self.tally = Tally::begin(self.now, &self.language);
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

    /// Goes to a place, and counts that it was shown.
    fn show(&mut self, place: Place, event: Event) -> Vec<Effect> {
        let mut effects = self.go(place);
        effects.push(Effect::Record(event));
        effects
    }

    fn toggle(&mut self, option: ComfortOption) -> Vec<Effect> {
        self.comfort.toggle(option);
        match option {
            ComfortOption::Captions => vec![Effect::Captions(self.comfort.is_on(option))],
            ComfortOption::AudioDescription | ComfortOption::SignLanguage => {
                vec![Effect::Rendition]
            }
            _ => Vec::new(),
        }
    }

    fn faster(&mut self) -> Vec<Effect> {
        self.speed = self.speed.next();
        vec![Effect::Speed(self.speed.percent())]
    }

    fn tick(&mut self, activity: Activity) -> Vec<Effect> {
        let looks = self.look_at_machine();
        if !looks.is_empty() {
            return looks;
        }
        if self.is_held() {
            return self.wait_to_keep();
        }
        if *self.place() == Place::Veille {
            return Vec::new();
        }
        let more_time = self.comfort.is_on(ComfortOption::MoreTime);
        let activity = match (activity, self.session()) {
            (Activity::Waiting | Activity::Paused, Some(_)) => Activity::Leading,
            _ => activity,
        };
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

    /// Where no visit has begun there is none to end; what is being set up begins anew.
    fn begin_anew(&mut self) -> Vec<Effect> {
        if self.is_installing() {
            (self.comfort, self.language) = (Comfort::default(), self.first_language.clone());
            self.install();
        }
        Vec::new()
    }

    /// Ends the visit: nothing of it stays.
    pub(super) fn leave(&mut self, end: End) -> Vec<Effect> {
        if *self.place() == Place::Veille || self.is_held() {
            return self.begin_anew();
        }
        let mut effects = self.end_search(false);
        effects.extend(self.end_session());
        if self.is_open() {
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
}

fn handover(to: Onward, about: Option<String>) -> Event {
    Event::Handover(Handover { to, about })
}
