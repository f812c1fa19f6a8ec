use std::time::Duration;

/// After a clip that cannot play, so that a bad file never loops on black.
const PAUSE_AFTER_FAILURE: Duration = Duration::from_secs(3);

/// Which clip of the attract loop plays.
#[derive(Debug, Default)]
pub struct Attract {
    turn: usize,
    not_before: Duration,
}

impl Attract {
    /// The clip whose turn it is among `count`, when it is time; its turn is over then.
    pub fn next(&mut self, now: Duration, count: usize) -> Option<usize> {
        if now < self.not_before {
            return None;
        }
        let clip = self.peek(count)?;
        self.turn = clip + 1;
        Some(clip)
    }

    /// The clip whose turn is next among `count`.
    pub fn peek(&self, count: usize) -> Option<usize> {
        self.turn.checked_rem(count)
    }

    /// The clip could not play.
    pub fn failed(&mut self, now: Duration) {
        self.not_before = now + PAUSE_AFTER_FAILURE;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clips_take_turns_and_start_again() {
        let mut attract = Attract::default();
        let turns: Vec<_> = (0..4).map(|_| attract.next(Duration::ZERO, 3)).collect();
        assert_eq!(turns, [Some(0), Some(1), Some(2), Some(0)]);
    }

    #[test]
    fn the_clip_foreseen_is_the_one_that_comes() {
        let mut attract = Attract::default();
        for _ in 0..4 {
            let foreseen = attract.peek(3);
            assert_eq!(attract.next(Duration::ZERO, 3), foreseen);
        }
    }

    #[test]
    fn a_clip_that_fails_is_not_retried_at_once() {
        let mut attract = Attract::default();
        attract.failed(Duration::from_secs(10));
        assert_eq!(attract.next(Duration::from_secs(11), 1), None);
        assert_eq!(attract.next(Duration::from_secs(13), 1), Some(0));
    }

    #[test]
    fn an_empty_loop_shows_nothing() {
        assert_eq!(Attract::default().next(Duration::ZERO, 0), None);
    }
}
