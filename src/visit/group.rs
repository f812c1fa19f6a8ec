//! "Mode groupe": an animator shows a playlist, asks, counts hands.

use central_protocol::Event;
use central_protocol::event;

/// Answers that hands can be counted for.
pub const MAX_ANSWERS: usize = 4;

/// Most hands or heads: more people do not stand before a borne.
const MAX_PEOPLE: u32 = 200;

/// Where a group is in its playlist.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Key of the playlist.
    pub playlist: String,
    /// Keys of its videos, in order.
    pub videos: Vec<String>,
    /// The video at hand, from 0; as many as there are videos at the end.
    pub at: usize,
    /// Videos that were shown.
    pub shown: u32,
    /// Hands raised for each answer to the question at hand.
    pub hands: [u32; MAX_ANSWERS],
    /// People in the group, as typed; 0 when nobody typed it.
    pub heads: u32,
}

impl Session {
    pub(super) fn new(playlist: String, videos: Vec<String>) -> Self {
        Self {
            playlist,
            videos,
            at: 0,
            shown: 0,
            hands: [0; MAX_ANSWERS],
            heads: 0,
        }
    }

    /// Every video was shown: only the headcount is left.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.at >= self.videos.len()
    }

    /// The video at hand.
    #[must_use]
    pub fn video(&self) -> Option<&str> {
        self.videos.get(self.at).map(String::as_str)
    }

    pub(super) fn go_on(&mut self) {
        self.at = (self.at + 1).min(self.videos.len());
        self.hands = [0; MAX_ANSWERS];
    }

    pub(super) fn count_hands(&mut self, answer: usize, by: i32) {
        if let Some(hands) = self.hands.get_mut(answer) {
            *hands = moved(*hands, by);
        }
    }

    pub(super) fn count_heads(&mut self, by: i32) {
        self.heads = moved(self.heads, by);
    }

    /// What statistics keep; nothing when no video was shown.
    pub(super) fn event(&self) -> Option<Event> {
        (self.shown > 0).then(|| {
            Event::Group(event::Group {
                playlist: self.playlist.clone(),
                videos: self.shown,
                headcount: (self.heads > 0).then_some(self.heads),
            })
        })
    }
}

fn moved(count: u32, by: i32) -> u32 {
    count.saturating_add_signed(by).min(MAX_PEOPLE)
}
