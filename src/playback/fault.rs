use std::fmt;

/// Why a video cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The file is not there.
    Missing,
    /// No decoder for its sound or picture is installed.
    NoDecoder,
    /// The file is not a video, or is cut or damaged.
    Corrupt,
    /// No picture or no progress came in time, twice.
    Stalled,
    /// The disk or the sound device failed.
    Io,
}

impl Fault {
    /// The short code that is recorded.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoDecoder => "no_decoder",
            Self::Corrupt => "corrupt",
            Self::Stalled => "stalled",
            Self::Io => "io",
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.code())
    }
}
