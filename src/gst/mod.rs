//! GStreamer backend of [`crate::playback`]: hands over pictures at the size they are drawn, or as
//! textures of the window that draws them.
//!
//! ```text
//!  caller ──commands──▶ control thread ──owns──▶ playbin ─▶ picture sink ─▶ latest Frame ─▶ wake()
//!                            ▲                      │    └─▶ sound sink (counts buffers)
//!                            └──── bus messages ────┘
//! ```
//!
//! The caller's thread never waits for GStreamer, nor does the control thread; GStreamer's threads only
//! send. Each playback has a pipeline of its own, which is started, sent elsewhere and closed on a
//! thread of its own, so that a decoder that hangs takes nothing with it.

mod bounds;
mod control;
mod decoders;
mod fault;
mod frame;
mod graphics;
mod orders; // what a pipeline is told, in order
mod picture;
mod pipeline;
mod player;
mod policy;
mod projection;
mod registry;
mod sound;
#[cfg(test)]
mod tests;
pub mod tone; // for the trial of the loudspeakers
mod watch;

pub use decoders::{Decoder, decoders};
pub use frame::{Frame, Frames};
pub use graphics::{Graphics, GraphicsError};
pub use player::GstPlayer;
pub use registry::OF_PROCESSORS;
pub use sound::Sound;

/// GStreamer cannot be used on this machine.
#[derive(Debug, thiserror::Error)]
pub enum GstError {
    /// The library does not start.
    #[error("GStreamer does not start: {0}")]
    Init(#[from] gst::glib::Error),
    /// The control thread cannot be started.
    #[error("no thread for playback: {0}")]
    Thread(#[from] std::io::Error),
}
