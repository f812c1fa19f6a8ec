//! What the end-to-end tests share: real servers, a real screen, real touches.
//!
//! Nothing here calls into the program under test: it is started as a process, touched through X
//! and watched through its status file and its screen. Only the pictures of every screen and the
//! touches at random call it, to draw without a window system.

pub mod borne; // the borne as a process, and its status file
pub mod browser; // headless Chromium
pub mod dice; // chance that comes again
pub mod display; // an X screen: pictures of it, touches on it
pub mod film; // real media, made by ffmpeg
pub mod lies; // media that are not what they say
pub mod picture; // what changed, and what is written on a picture
pub mod place; // partner, hosting and borne in a temporary folder
pub mod publisher; // a partner who publishes
pub mod shelf; // what a borne holds
pub mod sickness; // a decoder that falls ill
pub mod stand; // a borne with a screen whose media nobody has looked at
pub mod targets; // where things are on the screen
pub mod webvtt; // captions as published
pub mod words; // comparing what was read with what was meant

// What needs no screen is shared with the tests of bad networks, disks and clocks.
pub use resilience::{central, nginx as server, process, wait};
