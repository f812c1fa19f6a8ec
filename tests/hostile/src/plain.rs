//! What may be written in a log, a page or a terminal.

/// Longest message, characters: with its limits each part of one is far shorter, and a log of a few
/// hundred stays readable.
const MESSAGE_CHARS: usize = 2_000;

/// A message is short, and does nothing to what it is written on.
///
/// # Panics
/// It is not so.
pub(crate) fn plain(message: &str) {
    let length = message.chars().count();
    assert!(
        length <= MESSAGE_CHARS,
        "{length} characters: {message:.200}"
    );
    assert!(!message.chars().any(char::is_control), "{message:?}");
}
