//! What an administrator sees of both processes: volatile files under `run/` of the data folder.

pub mod player;
pub mod sync;

pub use player::PlayerStatus;
pub use sync::SyncStatus;
