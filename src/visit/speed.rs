/// Speed at which videos play: what `visitor-experience` offers, 0.75 to 1.5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Speed {
    /// As recorded.
    #[default]
    Usual,
    /// A quarter faster.
    Faster,
    /// Half as fast again.
    Fastest,
    /// A quarter slower.
    Slower,
}

impl Speed {
    /// Percent of the speed as recorded.
    #[must_use]
    pub const fn percent(self) -> u32 {
        match self {
            Self::Usual => 100,
            Self::Faster => 125,
            Self::Fastest => 150,
            Self::Slower => 75,
        }
    }

    /// The one that a touch brings.
    #[must_use]
    pub const fn next(self) -> Self {
        match self {
            Self::Usual => Self::Faster,
            Self::Faster => Self::Fastest,
            Self::Fastest => Self::Slower,
            Self::Slower => Self::Usual,
        }
    }
}
