//! A wireless network as iwd reads it (`iwd.network(5)`). Pure.

use std::fmt::Write as _;

use super::Passphrase;

/// Endings of the files of networks that a borne can join.
pub const ENDINGS: [&str; 2] = ["psk", "open"];

/// Name of the file of a network. A name that is not made of plain signs is written as hexadecimal
/// digits, so that no name leads out of the folder.
#[must_use]
pub fn file_name(name: &str, secured: bool) -> String {
    let ending = if secured { "psk" } else { "open" };
    let plain = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_' | ' ');
    if name.chars().all(plain) {
        format!("{name}.{ending}")
    } else {
        format!("={}.{ending}", hex::encode(name))
    }
}

/// The file of a network. One whose name is not told by its stations is asked for by name.
#[must_use]
pub fn file(passphrase: Option<&Passphrase>, hidden: bool) -> String {
    let mut text = String::new();
    if let Some(Passphrase(passphrase)) = passphrase {
        let _ = write!(text, "[Security]\nPassphrase={}\n\n", escaped(passphrase));
    }
    let _ = write!(text, "[Settings]\nAutoConnect=true\nHidden={hidden}\n");
    text
}

/// A text as iwd's files write it: a backslash begins an escape, and spaces at the ends do not count.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(' ', "\\s")
}
