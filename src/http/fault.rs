use std::time::Duration;

/// What went wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// No connection: no network, no name, nobody there.
    #[error("no connection: {0}")]
    Offline(String),
    /// The server went silent or broke off.
    #[error("interrupted: {0}")]
    Interrupted(String),
    /// The server sends metadata too slowly.
    #[error("metadata come too slowly")]
    Slow,
    /// The server's certificate is not accepted.
    #[error("certificate not accepted: {0}")]
    Certificate(String),
    /// The proxy refuses or is not there.
    #[error("proxy: {0}")]
    Proxy(String),
    /// A page came instead of data: a captive portal, as in a hotel.
    #[error("a web page came instead of data")]
    Portal,
    /// The server sends us to another host or scheme, or in circles.
    #[error("redirected elsewhere")]
    Redirected,
    /// The server asks for a pause.
    #[error("the server asks for a pause")]
    Busy {
        /// How long, when it says so.
        pause: Option<Duration>,
    },
    /// There is no such file.
    #[error("not found")]
    NotFound,
    /// Any other answer than success.
    #[error("status {0}")]
    Status(u16),
}

impl Fault {
    /// A short code for status files.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Offline(_) | Self::Interrupted(_) => "offline",
            Self::Slow => "slow",
            Self::Certificate(_) => "certificate",
            Self::Proxy(_) => "proxy",
            Self::Portal => "portal",
            Self::Redirected => "redirected",
            Self::Busy { .. } => "busy",
            Self::NotFound => "not_found",
            Self::Status(_) => "server",
        }
    }

    /// The server's site as a whole cannot be used now: no need to ask it for another file.
    #[must_use]
    pub const fn is_site_wide(&self) -> bool {
        matches!(
            self,
            Self::Offline(_)
                | Self::Certificate(_)
                | Self::Proxy(_)
                | Self::Portal
                | Self::Busy { .. }
        )
    }
}
