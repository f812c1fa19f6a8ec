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
//!
//!  Lecteur ◀─ ReadAt, Back ─ Fiche (the video is held under it)
//!  Code ── CodeJudged(Accepted) ─▶ Playlists ─ BeginPlaylist ─▶ Groupe ⇄ Lecteur
//!                               └▶ Maintenance ─ Try ─▶ Essai
//!                                      └─ Order ─▶ Machine (its diagram stands in `machine`)
//!
//!  Installation, while the borne does not know who it is (its diagram stands in `setup`)
//! ```
//!
//! `Back` undoes one step; from Accueil it ends the visit. `Telephone`, `Conseiller`, `Agenda`,
//! `Seance`, `Aide` and `Confort` are entered from where they are offered, and left by `Back`.

mod access;
mod action;
mod comfort;
mod group;
mod idle;
mod installing;
mod leading;
mod loudness;
mod machine;
mod outlook;
mod place;
mod reducer;
mod setup;
mod speed;
mod summary;
#[cfg(test)]
mod tests;
mod typing;
mod way;

pub use access::{Area, MAX_DIGITS, Verdict};
pub use action::{Action, Effect, SoundPolicy};
pub use comfort::{Comfort, ComfortOption};
pub use group::{MAX_ANSWERS, Session};
pub use idle::{Activity, IdlePolicy};
pub use machine::{Halt, Order};
pub use outlook::{Asked, Outlook};
pub use place::{Door, Groups, Place, Shelf, Trial};
pub use reducer::Visit;
pub use setup::{Deed, Field, Joining, Purpose, Setup, Step, Told};
