//! Limits of speech, each with its reason.

use std::time::Duration;

/// Longest text spoken, in characters: two minutes of calm speech, more than any screen holds. The
/// rest is left out.
pub(super) const MAX_CHARS: usize = 2_000;

/// How far back from [`MAX_CHARS`] the end of a sentence or of a word is looked for, in characters.
pub(super) const CUT_BACK_CHARS: usize = 200;

/// How long things may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// For the service to answer one request. It takes milliseconds; a machine that starts up or
    /// decodes a film takes a hundred times as long.
    pub(super) answer: Duration,
    /// For the service to list its voices: 13 000 lines with espeak-ng, half a second on a desk's
    /// machine.
    pub(super) voices: Duration,
    /// For the service to start: it loads every synthesiser installed, a third of a second each on
    /// a desk's machine.
    pub(super) launch: Duration,
    /// For the last word at the end of the program: nobody waits for it.
    pub(super) farewell: Duration,
    /// A connection that held this long was well: when it breaks, the service has restarted, and it
    /// is looked for at once and quietly.
    pub(super) settled: Duration,
    /// Pause after the first failure; it doubles with each.
    pub(super) first_pause: Duration,
    /// Longest pause: voices just installed are found while somebody still stands there.
    pub(super) longest_pause: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer: Duration::from_secs(5),
            voices: Duration::from_secs(20),
            launch: Duration::from_secs(20),
            farewell: Duration::from_millis(500),
            settled: Duration::from_secs(10),
            first_pause: Duration::from_secs(1),
            longest_pause: Duration::from_secs(60),
        }
    }
}

impl Limits {
    /// The pause after `failures` failures in a row.
    pub(super) fn pause(&self, failures: u32) -> Duration {
        let doubled = 1_u32 << failures.saturating_sub(1).min(16);
        self.first_pause
            .saturating_mul(doubled)
            .min(self.longest_pause)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let limits = Limits::default();
        let pauses = [1, 2, 3, 6, 7, 8, u32::MAX].map(|failures| limits.pause(failures).as_secs());
        assert_eq!(pauses, [1, 2, 4, 32, 60, 60, 60]);
    }
}
