//! The screen: one Rust file per Slint adapter, and the loop that owns them.

#[allow(
    clippy::all,
    clippy::pedantic,
    clippy::nursery,
    missing_docs,
    unsafe_code,
    unused_qualifications,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::todo,
    clippy::too_many_lines,
    clippy::cognitive_complexity,
    reason = "generated from ui/"
)]
mod markup {
    slint::include_modules!();
}
