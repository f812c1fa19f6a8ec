//! What an administrator sees of both processes: volatile files under `run/` of the data folder.

pub mod player;
