//! The visitor's way through the screens: where they are, what they changed, and whether they are
//! still there. Pure: nothing here draws, plays or reads a clock.
//!
//! ```text
//!            Wake                OpenDoor              OpenGroup            Play
//!  Veille ─────────▶ Accueil ─────────────▶ Univers ─────────────▶ Liste ─────────▶ Lecteur
//!    ▲                  │ ▲                                          │                 │ Ended,
//!    │                  │ └── Home, from everywhere                  │                 │ Failed
//!    │                  └── Play ────────────────────────────────────┼──▶              ▼
//!    │                  Search ▶ Chercher   Help ▶ Aide   Comfort ▶ Confort         Maintenant
//!    └── Leave, or nobody touches: Asked ▶ nobody answers; everything is as before the visit
//! ```
//!
//! `Back` undoes one step; from Accueil it ends the visit.

mod action;
mod comfort;
mod idle;
mod place;
mod reducer;
mod summary;
#[cfg(test)]
mod tests;

pub use action::{Action, Effect, SoundPolicy};
pub use comfort::{Comfort, ComfortOption};
pub use idle::{Activity, IdlePolicy};
pub use place::{Door, Groups, Place, Shelf};
pub use reducer::Visit;
