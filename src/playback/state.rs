use super::fault::Fault;
use super::player::Media;
use super::run::Run;

/// Where a playback stands.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum State {
    /// Nothing is open.
    #[default]
    Idle,
    /// Opening: the poster is shown.
    Loading(Box<Run>),
    /// Pictures follow each other.
    Playing(Box<Run>),
    /// The visitor holds the picture.
    Paused(Box<Run>),
    /// The video was seen to its end.
    Ended {
        /// The video.
        media: Media,
    },
    /// The video cannot be shown.
    Failed {
        /// The video.
        media: Media,
        /// Why.
        fault: Fault,
    },
}

impl State {
    /// What is open, in Loading, Playing and Paused.
    #[must_use]
    pub fn run(&self) -> Option<&Run> {
        match self {
            Self::Loading(run) | Self::Playing(run) | Self::Paused(run) => Some(run),
            Self::Idle | Self::Ended { .. } | Self::Failed { .. } => None,
        }
    }

    pub(super) fn run_mut(&mut self) -> Option<&mut Run> {
        match self {
            Self::Loading(run) | Self::Playing(run) | Self::Paused(run) => Some(run),
            Self::Idle | Self::Ended { .. } | Self::Failed { .. } => None,
        }
    }

    /// The visitor holds what is open; also while it opens.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        match self {
            Self::Loading(run) => run.held,
            Self::Paused(_) => true,
            Self::Idle | Self::Playing(_) | Self::Ended { .. } | Self::Failed { .. } => false,
        }
    }

    /// Something is open, and nobody holds it.
    #[must_use]
    pub fn is_running(&self) -> bool {
        self.run().is_some() && !self.is_held()
    }

    /// The video that is open, has ended or failed.
    #[must_use]
    pub fn media(&self) -> Option<&Media> {
        match self {
            Self::Idle => None,
            Self::Loading(run) | Self::Playing(run) | Self::Paused(run) => Some(&run.media),
            Self::Ended { media } | Self::Failed { media, .. } => Some(media),
        }
    }

    /// A word for logs.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Idle => "idle",
            Self::Loading(_) => "loading",
            Self::Playing(_) => "playing",
            Self::Paused(_) => "paused",
            Self::Ended { .. } => "ended",
            Self::Failed { .. } => "failed",
        }
    }
}
