//! What an administrator sees of both processes: volatile files under `run/` of the data folder.

pub mod firmware; // of the system and of what replaces it
pub mod player; // of the screen
pub mod process; // whether one runs
pub mod state; // of both, for an administrator
pub mod summary; // of both, for people and machines
pub mod suspects; // videos open when the screen died
pub mod sync; // of synchronisation
pub mod wording; // codes in French

pub use player::PlayerStatus;
pub use sync::SyncStatus;
