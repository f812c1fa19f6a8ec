//! What the screen looks like: generated from the `.slint` files beside this one.
//!
//! A crate of its own because it is large: a change of what the screen does compiles none of it again.

slint::include_modules!();
