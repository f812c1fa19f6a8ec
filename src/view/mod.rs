//! The screen: one Rust file per adapter of `ui/views`, and the one loop that owns their state.
//!
//! ```text
//!  touch ─▶ adapter ─▶ Stage ─▶ visit, playback (reducers) ─▶ effects ─▶ player, recorder
//!                        ▲  └─▶ the place at hand ─▶ its adapter ─▶ picture
//!  other threads ─▶ Inbox┘
//! ```

mod accueil;
mod attract;
mod cards;
mod chercher;
mod confort;
mod demarrage;
mod fiche;
mod films;
mod handle;
mod headless;
mod icons;
mod inbox;
mod journal;
mod lecteur;
mod library;
mod liste;
mod maintenant;
mod posters;
mod session;
mod shell;
mod show;
mod stage;
mod text;
mod univers;
mod veille;
mod watching;
mod window;

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::restriction,
    clippy::too_many_lines,
    clippy::cognitive_complexity,
    clippy::redundant_clone,
    missing_docs,
    unsafe_code,
    reason = "generated from ui/"
)]
mod markup {
    slint::include_modules!();
}

pub use headless::Gallery;
pub use session::{PlayError, play};
