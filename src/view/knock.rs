//! The hidden way to maintenance: the logo is touched several times in a row.

use std::collections::VecDeque;
use std::time::Duration;

/// Touches of the logo: nobody does that by accident.
const KNOCKS: usize = 5;

/// Within this time.
const WITHIN: Duration = Duration::from_secs(5);

/// Touches of the logo, the last few.
#[derive(Debug, Default)]
pub struct Knocks(VecDeque<Duration>);

impl Knocks {
    /// The logo is touched; whether that opens the way. It begins anew then.
    pub fn knock(&mut self, now: Duration) -> bool {
        self.0.push_back(now);
        self.0.retain(|at| now.saturating_sub(*at) <= WITHIN);
        let opens = self.0.len() >= KNOCKS;
        if opens {
            self.0.clear();
        }
        opens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Which of these touches, given in tenths of a second, open the way.
    fn opening(touches: &[u64]) -> Vec<bool> {
        let mut knocks = Knocks::default();
        let touch = |tenths: &u64| knocks.knock(Duration::from_millis(tenths * 100));
        touches.iter().map(touch).collect()
    }

    #[test]
    fn the_fifth_touch_within_five_seconds_opens_and_the_next_begin_anew() {
        assert_eq!(
            opening(&[0, 10, 20, 30, 50, 51]),
            [false, false, false, false, true, false]
        );
    }

    #[test]
    fn touches_that_are_too_slow_never_open() {
        assert_eq!(opening(&[0, 13, 26, 39, 52, 65, 78]), [false; 7]);
    }
}
