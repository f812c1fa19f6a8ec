//! The video that plays: opened, held, followed, drawn.

use crate::playback::{self, State};
use crate::visit::{self, Place};
use central_protocol::Event;
use central_protocol::event::{End, Entry, Unavailable};

use super::films::{self, Film};
use super::show;
use super::stage::Stage;

impl Stage {
    pub(super) fn open(&mut self, key: &str, start_ms: u64, entry: Option<Entry>) {
        let item = self.library.catalogue().video(key);
        self.film = item
            .map(|item| Film::of(&self.library, item))
            .unwrap_or_default();
        self.pictured = false;
        self.ahead.over();
        let opening = item.and_then(|item| {
            films::opening(&self.library, item, start_ms, entry, self.visit.comfort())
        });
        self.set_picture_size(entry.is_none());
        match opening {
            Some(action) => {
                self.playback(action);
                let percent = self.visit.speed_percent();
                if percent != 100 {
                    self.set_speed(percent);
                }
            }
            None => self.missing(key, entry),
        }
    }

    /// Says what is open before it is opened: should the process die of it, the next one knows.
    pub(super) fn note_open(&mut self) {
        if let State::Ended { media } = self.playback.state() {
            self.suspects.played_out(&media.path);
        }
        // What was opened last is the likelier cause of a death.
        let run = self.playback.state().run();
        let open = run.map(|run| run.media().path.as_path());
        self.suspects.opened(self.ahead.file().or(open));
    }

    pub(super) fn set_picture_size(&mut self, preview: bool) {
        if let Some((width, height)) = show::picture_size(self, preview) {
            self.player.set_target_size(width, height);
        }
    }

    /// Holds the video under its text.
    pub(super) fn hold(&mut self) {
        if self.playback.state().is_running() {
            self.playback(playback::Action::Pause);
        }
    }

    /// Goes on with the video, from a position when one is given.
    pub(super) fn go_on(&mut self, ms: Option<u64>) {
        if let Some(ms) = ms {
            self.playback(playback::Action::SeekTo(ms));
        }
        if self.playback.state().is_held() {
            self.playback(playback::Action::Resume);
        }
    }

    /// Plays the rendition that the visitor wants now, from where the video stands.
    pub(super) fn change_rendition(&mut self) {
        let item = self.library.catalogue().video(&self.film.key);
        let chosen =
            item.and_then(|item| films::rendition(&self.library, item, self.visit.comfort()));
        if let Some(rendition) = chosen
            && self.playback.state().run().is_some()
        {
            self.playback(playback::Action::Switch(rendition));
        }
    }

    pub(super) fn set_speed(&mut self, percent: u32) {
        if self.playback.state().run().is_some() && !self.is_preview() {
            self.playback(playback::Action::SetRate(f64::from(percent) / 100.0));
        }
    }

    /// The file is not in the store: the visitor is offered others.
    fn missing(&mut self, key: &str, entry: Option<Entry>) {
        self.record(Event::Unavailable(Unavailable {
            video: key.to_owned(),
            reason: "missing".to_owned(),
        }));
        if entry.is_some() {
            self.visit(visit::Action::Failed);
        } else {
            self.attract.failed(self.now());
        }
    }

    /// The attract loop goes on as soon as nothing plays.
    pub(super) fn go_round(&mut self) {
        let attracting = *self.visit.place() == Place::Veille && !self.is_dark();
        if attracting && self.playback.state().run().is_none() {
            self.next_clip();
        }
    }

    fn next_clip(&mut self) {
        let now = self.now();
        let clips = self.library.catalogue().attract();
        let turn = self.attract.next(now, clips.len());
        if let Some(key) = turn
            .and_then(|turn| clips.get(turn))
            .map(|item| item.key.clone())
        {
            self.open(&key, 0, None);
        }
    }

    /// What the state of playback means for the visit.
    pub(super) fn follow(&mut self) {
        let over = match self.playback.state() {
            State::Ended { .. } => Some(visit::Action::Ended),
            State::Failed { media, fault } => {
                tracing::warn!(video = media.key, ?fault, "video cannot be shown");
                self.journal.failed(&media.key, &format!("{fault:?}"));
                Some(visit::Action::Failed)
            }
            _ => None,
        };
        let Some(over) = over else {
            show::playing(self);
            return;
        };
        if self.visit.is_open() {
            self.visit(over);
        } else {
            if over == visit::Action::Failed {
                self.attract.failed(self.now());
            }
            let stands = self.pictured && over == visit::Action::Ended;
            self.playback(playback::Action::Stop(End::Back));
            self.go_round();
            if stands && self.is_preview() {
                self.keep_picture();
            }
        }
    }

    /// The last picture of a clip stands until the next one has its first.
    fn keep_picture(&mut self) {
        self.pictured = true;
        show::playing(self);
    }

    pub(super) fn picture(&mut self) {
        let current = self.playback.state().run().map(playback::Run::session);
        let Some(frame) = self.frames.take() else {
            return;
        };
        if Some(frame.session()) != current {
            return;
        }
        self.pictured = true;
        self.journal.drawn();
        let image = self.canvas.paint(frame);
        show::picture(self, image);
    }

    pub(super) fn is_preview(&self) -> bool {
        self.playback
            .state()
            .run()
            .is_some_and(|run| run.entry().is_none())
    }
}
