//! What the machine refuses, as the markup words it; and what is typed, as the markup shows it.

use slint::SharedString;

use crate::host::{NetworkError, Refusal};
use crate::visit::{self, Field, Setup};

use super::markup::{FieldName, Line, Told, Trouble};

/// What became of a request, why it was refused, and the sentence of the settings.
pub fn told(told: &visit::Told) -> (Told, Trouble, SharedString) {
    match told {
        visit::Told::Nothing => (Told::Nothing, Trouble::None, SharedString::default()),
        visit::Told::Waiting => (Told::Waiting, Trouble::None, SharedString::default()),
        visit::Told::Done => (Told::Done, Trouble::None, SharedString::default()),
        visit::Told::Refused(refusal) => (Told::Refused, trouble(refusal), sentence(refusal)),
    }
}

fn trouble(refusal: &Refusal) -> Trouble {
    match refusal {
        Refusal::Malformed => Trouble::Malformed,
        Refusal::Network(error) => wrong(*error),
        Refusal::Setting { key, sentence } if sentence.is_empty() && key == "sync.url" => {
            Trouble::Url
        }
        Refusal::Setting { .. } => Trouble::Setting,
        Refusal::Code => Trouble::Code,
        Refusal::NoCard => Trouble::NoCard,
        Refusal::NotLetIn => Trouble::NotLetIn,
        Refusal::NoStick => Trouble::NoStick,
        Refusal::Disk => Trouble::Disk,
        Refusal::Service => Trouble::Service,
        Refusal::Nobody => Trouble::Nobody,
    }
}

const fn wrong(error: NetworkError) -> Trouble {
    match error {
        NetworkError::Name => Trouble::Name,
        NetworkError::Passphrase => Trouble::Passphrase,
        NetworkError::Address => Trouble::Address,
        NetworkError::Prefix => Trouble::Prefix,
        NetworkError::Gateway => Trouble::Gateway,
        NetworkError::Dns => Trouble::Dns,
        NetworkError::Proxy => Trouble::Proxy,
    }
}

fn sentence(refusal: &Refusal) -> SharedString {
    match refusal {
        Refusal::Setting { sentence, .. } => sentence.as_str().into(),
        _ => SharedString::default(),
    }
}

/// The lines of a step. A secret leaves here as dots, unless somebody asked to read it.
pub fn lines(setup: &Setup, fields: &[Field]) -> Vec<Line> {
    let line = |field: &Field| {
        let typed = setup.typed.text(*field);
        let hidden = *field == Field::Passphrase && !setup.revealed;
        let value = if hidden {
            "•".repeat(typed.chars().count())
        } else {
            typed.to_owned()
        };
        Line {
            field: name(*field),
            value: value.into(),
            focused: *field == setup.focus,
        }
    };
    fields.iter().map(line).collect()
}

const fn name(field: Field) -> FieldName {
    match field {
        Field::Address => FieldName::Address,
        Field::Mask => FieldName::Mask,
        Field::Gateway => FieldName::Gateway,
        Field::Dns => FieldName::Dns,
        Field::Name => FieldName::Name,
        Field::Passphrase => FieldName::Passphrase,
        Field::Proxy => FieldName::Proxy,
        Field::Id => FieldName::Id,
        Field::Site => FieldName::Site,
        Field::Repository => FieldName::Repository,
        Field::Code => FieldName::Code,
    }
}

/// What the markup calls a field.
pub const fn field(name: FieldName) -> Field {
    match name {
        FieldName::Address => Field::Address,
        FieldName::Mask => Field::Mask,
        FieldName::Gateway => Field::Gateway,
        FieldName::Dns => Field::Dns,
        FieldName::Name => Field::Name,
        FieldName::Passphrase => Field::Passphrase,
        FieldName::Proxy => Field::Proxy,
        FieldName::Id => Field::Id,
        FieldName::Site => Field::Site,
        FieldName::Repository => Field::Repository,
        FieldName::Code => Field::Code,
    }
}
