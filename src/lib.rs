//! The VIDÉO borne: a touch-screen player that works with no network, for years, unattended.
//!
//! `borne play` draws and decodes, `borne sync` talks to the network; they meet on disk.

pub mod catalogue; // what can be browsed: univers, search, related; pure
pub mod clock; // the only place that reads the time
pub mod ergonomics; // what is touched and read, in millimetres; pure
pub mod host; // the machine itself: network, settings of the place; who may change them
pub mod pin; // codes of the areas for animators and staff
pub mod playback; // player state machine and the `Player` trait; pure
pub mod settings; // drop-ins to validated settings
pub mod speech; // reading aloud through the system's speech service
pub mod stats; // record, outbox, upload outcome
pub mod status; // what an administrator sees of both processes
pub mod store; // rusqlite, generations and the media store
pub mod sync; // fetch, verify, promote, evict
pub mod update; // the next system, installed when nobody is there
pub mod visit; // the visitor's way through the screens; pure

pub mod http; // the only HTTP client constructor

#[cfg(feature = "ui")]
pub mod demonstration; // a small catalogue for where there is none
#[cfg(feature = "ui")]
pub mod gst; // GStreamer backend
#[cfg(feature = "ui")]
pub mod view; // one Slint adapter per file of ui/views

#[cfg(test)]
mod fixtures; // a web server and a signed repository for tests
