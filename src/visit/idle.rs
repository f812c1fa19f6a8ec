use std::time::Duration;

/// What goes on without a touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// A video plays: somebody watches.
    Playing,
    /// A video is held.
    Paused,
    /// A screen waits for a touch.
    Waiting,
    /// An animator leads a group: they speak while nobody touches.
    Leading,
}

/// How long the borne waits; the figures are those of `visitor-experience`: 60 s, 30 s, 3 min and
/// 10 min unless the site sets others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdlePolicy {
    /// Without a touch, until it asks.
    pub ask_after: Duration,
    /// With a video held, until it asks.
    pub ask_after_pause: Duration,
    /// With a group between two videos, until it asks: the length of a lesson, so that a group that
    /// forgot to end never keeps the borne from the next visitor.
    pub ask_after_group: Duration,
    /// With "Prenez votre temps", until it asks.
    pub ask_after_more_time: Duration,
    /// From the question to the end of the visit.
    pub countdown: Duration,
}

impl Default for IdlePolicy {
    fn default() -> Self {
        Self {
            ask_after: Duration::from_secs(60),
            ask_after_pause: Duration::from_secs(180),
            ask_after_group: Duration::from_secs(3600),
            ask_after_more_time: Duration::from_secs(600),
            countdown: Duration::from_secs(30),
        }
    }
}

impl IdlePolicy {
    /// How long `activity` may go on before the borne asks; `None` when it may for ever.
    #[must_use]
    pub fn patience(&self, activity: Activity, more_time: bool) -> Option<Duration> {
        let usual = match activity {
            Activity::Playing => return None,
            Activity::Paused => self.ask_after_pause,
            Activity::Waiting => self.ask_after,
            Activity::Leading => self.ask_after_group,
        };
        Some(if more_time {
            usual.max(self.ask_after_more_time)
        } else {
            usual
        })
    }

    /// What "Prenez votre temps" promises on a screen that waits, whole minutes, at least one.
    #[must_use]
    pub fn promised_min(&self) -> u64 {
        let promised = self.ask_after.max(self.ask_after_more_time);
        (promised.as_secs() / 60).max(1)
    }
}
