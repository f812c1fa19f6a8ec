//! Texts and identifiers.

use url::Url;

use super::Report;
use super::limits;

/// Whether this is an identifier: `[a-z0-9-]{1,64}`.
#[must_use]
pub fn is_id(text: &str) -> bool {
    (1..=limits::ID_CHARS).contains(&text.len())
        && text
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'))
}

/// Whether this has the form of a BCP 47 language: `fr`, `nl-BE`, `sgn-BE-FR`.
#[must_use]
pub fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let primary = parts.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_lowercase())
        && text.len() <= 35
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

pub(super) fn id(report: &mut Report, field: &str, text: &str) {
    if !is_id(text) {
        report.add(
            field,
            format!("« {} » n'est pas un identifiant", shown(text)),
            "employez des minuscules sans accent, des chiffres et des tirets, 64 au plus, \
             comme « rediger-son-cv »",
        );
    }
}

pub(super) fn language(report: &mut Report, field: &str, text: &str) {
    if !is_language(text) {
        report.add(
            field,
            format!("« {} » n'est pas un code de langue", shown(text)),
            "écrivez « fr » pour le français, « nl » pour le néerlandais, « de », « en »…",
        );
    }
}

/// A code typed on a telephone.
pub(super) fn code(report: &mut Report, code: &str) {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    if !limits::CODE_CHARS.contains(&code.len()) || !code.bytes().all(plain) {
        let (least, most) = (limits::CODE_CHARS.start(), limits::CODE_CHARS.end());
        report.add(
            "code",
            format!("« {} » n'est pas un code", shown(code)),
            format!(
                "employez de {least} à {most} minuscules sans accent ou chiffres, comme « cv12 »"
            ),
        );
    }
}

/// An address that a phone opens: complete and `https`.
pub(super) fn https(report: &mut Report, field: &str, address: &str) {
    let is_https = Url::parse(address).is_ok_and(|url| {
        url.scheme() == "https"
            && url.has_host()
            && url.username().is_empty()
            && url.password().is_none()
    });
    let is_plain = !address
        .chars()
        .any(|char| char.is_whitespace() || is_forbidden(char));
    if !is_https || !is_plain || address.len() > limits::URL_CHARS {
        report.add(
            field,
            format!("« {} » n'est pas une adresse https", shown(address)),
            "écrivez l'adresse complète, comme « https://www.exemple.be/page »",
        );
    }
}

/// A text that must be there.
pub(super) fn required(report: &mut Report, field: &str, text: &str, most: usize) {
    if text.trim().is_empty() {
        report.add(field, "il est vide", "écrivez un texte");
    } else {
        optional(report, field, text, most);
    }
}

/// A text that may be empty.
pub(super) fn optional(report: &mut Report, field: &str, text: &str, most: usize) {
    let length = text.chars().count();
    if length > most {
        report.add(
            field,
            format!("{length} caractères, au plus {most} sont admis"),
            "raccourcissez le texte",
        );
    }
    if let Some(found) = text.chars().find(|char| is_forbidden(*char)) {
        report.add(
            field,
            format!(
                "il contient le caractère invisible U+{:04X}",
                u32::from(found)
            ),
            "effacez le texte et tapez-le de nouveau, sans le copier d'un autre document",
        );
    }
}

/// Texts of a list, none empty, none too long, not too many.
pub(super) fn list(report: &mut Report, field: &str, texts: &[String], count: usize, most: usize) {
    if texts.len() > count {
        report.add(
            field,
            format!("{} entrées, au plus {count} sont admises", texts.len()),
            "gardez les plus utiles",
        );
        return;
    }
    for text in texts {
        required(report, field, text, most);
    }
}

/// Control characters break lists and logs; marks that turn the direction of writing make a text
/// read other than it is; invisible ones make two equal titles differ.
pub(crate) const fn is_forbidden(char: char) -> bool {
    matches!(char,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}'
        | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{61c}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text as it can be quoted in a message: short, and without the characters refused.
#[must_use]
pub fn shown(text: &str) -> String {
    const CHARS: usize = 40;
    let mut shown: String = text
        .chars()
        .filter(|char| !is_forbidden(*char))
        .take(CHARS)
        .collect();
    if text.chars().nth(CHARS).is_some() {
        shown.push('…');
    }
    shown
}
