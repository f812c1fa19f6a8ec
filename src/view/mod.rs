//! The screen: one Rust file per adapter of `ui/views`, and the one loop that owns their state.
//!
//! ```text
//!  touch ─▶ adapter ─▶ Stage ─▶ visit, playback (reducers) ─▶ effects ─▶ player, recorder
//!                        ▲  └─▶ the place at hand ─▶ its adapter ─▶ picture
//!  other threads ─▶ Inbox┘
//! ```

mod accueil;
mod agenda;
mod ahead;
mod arret;
mod attract;
mod beat;
mod bindings;
mod calendar;
mod calibration;
mod canvas;
mod cards;
mod chercher;
mod code;
mod confort;
mod conseiller;
mod demarrage;
mod ecran;
mod essai;
mod fiche;
mod films;
mod garder;
mod gate;
mod graphics;
mod groupe;
mod handle;
mod headless;
mod icons;
mod inbox;
mod installation;
mod journal;
mod knock;
mod lecteur;
mod library;
mod liste;
mod machine;
mod maintenance;
mod maintenant;
mod nuit;
mod paging;
mod panel;
mod playlists;
mod posters;
mod qr;
mod reseau;
mod seance;
mod session;
mod shell;
mod show;
mod sound;
mod staff;
mod stage;
mod telephone;
mod text;
mod trouble;
mod turn;
mod univers;
mod veille;
mod vigil;
mod voice;
mod volume;
mod watching;
mod window;

use borne_markup as markup;

pub use headless::Gallery;
pub use machine::Machine;
pub use panel::ROTATION;
pub use session::{PlayError, play};
