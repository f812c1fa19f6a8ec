//! An animator leads a group through a playlist.

use super::action::{Action, Effect};
use super::group::Session;
use super::place::Place;
use super::reducer::Visit;

impl Visit {
    /// The group that is being led.
    #[must_use]
    pub fn session(&self) -> Option<&Session> {
        self.path.iter().find_map(|step| match step {
            Place::Groupe(session) => Some(session),
            _ => None,
        })
    }

    fn session_mut(&mut self) -> Option<&mut Session> {
        self.path.iter_mut().find_map(|step| match step {
            Place::Groupe(session) => Some(session),
            _ => None,
        })
    }

    pub(super) fn lead(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::BeginPlaylist { playlist, videos } => self.begin(playlist, videos),
            Action::NextVideo => self.next_video(),
            Action::EndPlaylist => self.end_playlist(),
            Action::CountHands { answer, by } => {
                if let Some(session) = self.session_mut() {
                    session.count_hands(answer, by);
                }
                Vec::new()
            }
            Action::CountHeads(by) => {
                if let Some(session) = self.session_mut() {
                    session.count_heads(by);
                }
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// Only from the playlists, which stand behind a code.
    fn begin(&mut self, playlist: String, videos: Vec<String>) -> Vec<Effect> {
        if *self.place() != Place::Playlists {
            return Vec::new();
        }
        let effects = self.go(Place::Groupe(Session::new(playlist, videos)));
        self.followed_by_video(effects)
    }

    fn next_video(&mut self) -> Vec<Effect> {
        if let Some(Place::Groupe(session)) = self.path.last_mut() {
            session.go_on();
            return self.followed_by_video(Vec::new());
        }
        Vec::new()
    }

    fn followed_by_video(&mut self, mut effects: Vec<Effect>) -> Vec<Effect> {
        let video = self.session().and_then(Session::video).map(str::to_owned);
        if let Some(key) = video {
            effects.extend(self.play(key, 0));
        }
        effects
    }

    /// A video of the playlist is over: its question follows. Whether there is a group at all.
    pub(super) fn shown_to_group(&mut self, failed: bool) -> bool {
        let Some(session) = self.session_mut() else {
            return false;
        };
        if !failed {
            session.shown += 1;
        }
        true
    }

    fn end_playlist(&mut self) -> Vec<Effect> {
        if !matches!(self.place(), Place::Groupe(_)) {
            return Vec::new();
        }
        let effects = self.end_session();
        self.path.retain(|step| !matches!(step, Place::Groupe(_)));
        effects
    }

    /// Keeps what the session leaves for statistics; once, since its place is left with it.
    pub(super) fn end_session(&mut self) -> Vec<Effect> {
        let event = self.session_mut().and_then(|session| {
            let event = session.event();
            session.shown = 0;
            event
        });
        event.map(Effect::Record).into_iter().collect()
    }
}
