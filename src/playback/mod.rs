//! One video at a time, from the touch that opens it to the summary of how it was watched.
//!
//! [`Playback`] decides and [`Player`] obeys: the reducer turns actions into effects, a backend
//! carries them out and answers with [`BackendEvent`]s. Nothing here draws, decodes or reads a clock.
//!
//! ```text
//!             Open                 FirstFrame               EndOfStream
//!   Idle ───────────▶ Loading ──────────────▶ Playing ──────────────────▶ Ended
//!    ▲                 │  ▲  │                 │ ▲ │ │                      │
//!    │      Tick: late, │  │  │ Failed,   Pause │ │ │ │ Failed,              │
//!    │      first time  └──┘  │ late twice      ▼ │ │ │ late twice           │
//!    │                        ▼            Paused ┘ │ ▼                      │
//!    │                      Failed ◀────────────────┴─ (late once: Loading)  │
//!    │                        │                                             │
//!    └──────────── Stop ──────┴──────────────── Stop ───────────────────────┘
//! ```
//!
//! `Stop` and `Open` are allowed everywhere; `Open` first closes what is open, as left by the
//! visitor. `SeekTo` and `SeekBy` are allowed in Playing and Paused and change no state; `Switch`
//! opens another file of the same video and is Loading again. `Pause` while Loading, and `Switch` while
//! Paused, hold what opens: its first picture leads to Paused.

mod action;
mod backend;
mod drive;
mod fault;
mod player;
pub mod policy;
mod ranges;
mod reducer;
mod run;
mod state;
mod summary;
mod tally;
#[cfg(test)]
mod tests;

pub use action::{Action, BackendEvent, Effect};
pub use drive::drive;
pub use fault::Fault;
pub use player::{Cue, Media, Picture, Player, Precision, Rendition};
pub use reducer::{IllegalTransition, Playback};
pub use run::{Counters, Run};
pub use state::State;
