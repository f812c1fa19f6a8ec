use std::collections::BTreeSet;

/// What a visitor may change for the length of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ComfortOption {
    /// Larger letters.
    LargeText,
    /// Light on black.
    Contrast,
    /// Every control within the reach of somebody seated.
    LowReach,
    /// What is touched and what appears is spoken.
    ReadAloud,
    /// Captions; on unless turned off.
    Captions,
    /// Larger captions.
    LargeCaptions,
    /// Captions on plain black.
    SolidCaptions,
    /// The sound that also tells what is seen.
    AudioDescription,
    /// The picture with an interpreter in sign language (LSFB).
    SignLanguage,
    /// No moving transitions.
    Still,
    /// Ten minutes before the borne asks.
    MoreTime,
}

/// The options as they stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comfort {
    /// Those that differ from how every visit starts.
    changed: BTreeSet<ComfortOption>,
    /// Those touched at least once in this visit, for statistics.
    used: BTreeSet<ComfortOption>,
}

impl ComfortOption {
    /// All of them, in the order shown.
    pub const ALL: [Self; 11] = [
        Self::LargeText,
        Self::Contrast,
        Self::LowReach,
        Self::ReadAloud,
        Self::Captions,
        Self::LargeCaptions,
        Self::SolidCaptions,
        Self::AudioDescription,
        Self::SignLanguage,
        Self::Still,
        Self::MoreTime,
    ];

    /// Name in statistics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LargeText => "large_text",
            Self::Contrast => "contrast",
            Self::LowReach => "low_screen",
            Self::ReadAloud => "voice",
            Self::Captions => "captions",
            Self::LargeCaptions => "large_captions",
            Self::SolidCaptions => "solid_captions",
            Self::AudioDescription => "audio_description",
            Self::SignLanguage => "sign_language",
            Self::Still => "still",
            Self::MoreTime => "more_time",
        }
    }

    const fn on_at_first(self) -> bool {
        matches!(self, Self::Captions)
    }
}

impl Comfort {
    /// Whether an option is on.
    #[must_use]
    pub fn is_on(&self, option: ComfortOption) -> bool {
        option.on_at_first() != self.changed.contains(&option)
    }

    /// Turns an option over.
    pub fn toggle(&mut self, option: ComfortOption) {
        self.used.insert(option);
        if !self.changed.remove(&option) {
            self.changed.insert(option);
        }
    }

    /// Names of the options touched in this visit.
    #[must_use]
    pub fn used(&self) -> Vec<String> {
        self.used
            .iter()
            .map(|option| option.name().to_owned())
            .collect()
    }
}
