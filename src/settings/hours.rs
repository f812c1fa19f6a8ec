use jiff::civil::Time;

/// Hours of every day, from a time to another; past midnight when they end before they begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hours {
    /// First moment of them.
    pub from: Time,
    /// First moment after it.
    pub to: Time,
}

impl Hours {
    /// Reads `18:00-08:30`; `None` when it is not of this form, or empty.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (from, to) = text.split_once('-')?;
        let time = |text: &str| {
            let text = text.trim();
            (text.len() == 5).then(|| text.parse::<Time>().ok())?
        };
        let (from, to) = (time(from)?, time(to)?);
        (from != to).then_some(Self { from, to })
    }

    /// Whether a time of the day falls into it.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&time)
        } else {
            time >= self.from || time < self.to
        }
    }

    /// Whether something that keeps to these hours may begin. A clock that is not synchronised might
    /// never come into them: it does not count.
    #[must_use]
    pub fn open(self, synced: bool, time: Time) -> bool {
        !synced || self.contains(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_may_go_past_midnight() {
        let at =
            |hours: &str, time: &str| Hours::parse(hours).unwrap().contains(time.parse().unwrap());
        for (hours, time, within) in [
            ("12:00-13:30", "11:59", false),
            ("12:00-13:30", "12:00", true),
            ("12:00-13:30", "13:30", false),
            ("18:00-08:30", "17:59", false),
            ("18:00-08:30", "23:00", true),
            ("18:00-08:30", "08:29", true),
            ("18:00-08:30", "08:30", false),
        ] {
            assert_eq!(at(hours, time), within, "{hours} at {time}");
        }
    }

    #[test]
    fn what_is_no_span_of_time_is_refused() {
        for text in [
            "",
            "12:00",
            "12-13",
            "12:00-25:00",
            "12:00-12:00",
            "midi-14:00",
        ] {
            assert_eq!(Hours::parse(text), None, "{text}");
        }
    }
}
