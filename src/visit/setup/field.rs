//! What is typed, letter by letter.

use std::collections::BTreeMap;

use crate::host::Passphrase;
use crate::pin::Pin;

use super::super::access::MAX_DIGITS;

/// Something that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// Address of the borne.
    Address,
    /// Mask of its network, or the length of the prefix.
    Mask,
    /// Router.
    Gateway,
    /// Name server.
    Dns,
    /// Name of a wireless network that does not tell it.
    Name,
    /// What it asks.
    Passphrase,
    /// Proxy.
    Proxy,
    /// `borne.id`.
    Id,
    /// `borne.site`.
    Site,
    /// `sync.url`.
    Repository,
    /// Code of Maintenance.
    Code,
}

/// Four numbers of three digits and the dots between them.
const DOTTED: usize = 15;

/// Bytes of the name of a wireless network, IEEE 802.11.
const SSID: usize = 32;

/// Characters of a WPA passphrase.
const PASSPHRASE: usize = 63;

/// Characters of `borne.id`.
const ID: usize = 64;

/// Characters of the name of a place: the header shows no more.
const SITE: usize = 60;

/// Characters of an address: longer ones are not typed standing.
const URL: usize = 120;

impl Field {
    /// Whether a letter may follow what was typed.
    #[must_use]
    fn takes(self, typed: &str, letter: char) -> bool {
        let (fits, longest) = match self {
            Self::Address | Self::Mask | Self::Gateway | Self::Dns => {
                (letter.is_ascii_digit() || letter == '.', DOTTED)
            }
            Self::Name => (!letter.is_control(), SSID),
            Self::Passphrase => (letter.is_ascii_graphic() || letter == ' ', PASSPHRASE),
            Self::Id => {
                let sign = letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
                (sign, ID)
            }
            Self::Site => (!letter.is_control(), SITE),
            Self::Proxy | Self::Repository => (letter.is_ascii_graphic(), URL),
            Self::Code => (letter.is_ascii_digit(), MAX_DIGITS),
        };
        let length = match self {
            Self::Name => typed.len() + letter.len_utf8(),
            _ => typed.chars().count() + 1,
        };
        fits && length <= longest
    }
}

/// What was typed; passphrase and code show in no log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    texts: BTreeMap<Field, String>,
    passphrase: Passphrase,
    code: Pin,
}

impl Default for Typed {
    fn default() -> Self {
        Self {
            texts: BTreeMap::new(),
            passphrase: Passphrase(String::new()),
            code: Pin(String::new()),
        }
    }
}

impl Typed {
    /// As typed.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        match field {
            Field::Passphrase => &self.passphrase.0,
            Field::Code => &self.code.0,
            _ => self.texts.get(&field).map_or("", String::as_str),
        }
    }

    /// One more letter, where it fits.
    pub(super) fn push(&mut self, field: Field, letter: char) {
        if field.takes(self.text(field), letter) {
            self.text_mut(field).push(letter);
        }
    }

    /// The last letter goes.
    pub(super) fn pop(&mut self, field: Field) {
        self.text_mut(field).pop();
    }

    /// All letters go.
    pub(super) fn clear(&mut self, field: Field) {
        self.text_mut(field).clear();
    }

    fn text_mut(&mut self, field: Field) -> &mut String {
        match field {
            Field::Passphrase => &mut self.passphrase.0,
            Field::Code => &mut self.code.0,
            _ => self.texts.entry(field).or_default(),
        }
    }
}
