//! Addresses of sites and of mail, as they are dictated.

use super::tongue::Tongue;

/// Ends of names that make a word an address without `www.` before it. Others, such as `es`, are
/// also ends of French words (`étudiant.es`).
const ENDS: &[&str] = &[
    "be",
    "brussels",
    "com",
    "eu",
    "fr",
    "gent",
    "info",
    "net",
    "nl",
    "org",
    "vlaanderen",
];

/// `miti.be`: "miti point be".
pub(super) fn address(word: &str, tongue: &Tongue) -> Option<String> {
    let scheme = ["https://", "http://"];
    let bare = scheme.iter().find_map(|scheme| word.strip_prefix(scheme));
    let name = bare.unwrap_or(word).trim_end_matches('/');
    let known = bare.is_some() || name.starts_with("www.") || is_name(name);
    (known && !name.is_empty()).then(|| dictated(name, tongue))
}

/// Whether the host, after any `@` and before any `/`, ends as an address does.
fn is_name(name: &str) -> bool {
    let host = name.split('/').next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default();
    let mut labels = host.rsplit('.');
    let end = labels.next().unwrap_or_default();
    let mut before = labels.peekable();
    let is_label = |label: &str| {
        let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        !label.is_empty() && label.bytes().all(fits)
    };
    ENDS.contains(&end) && before.peek().is_some() && before.all(is_label)
}

fn dictated(name: &str, tongue: &Tongue) -> String {
    let mut told = String::new();
    for letter in name.chars() {
        match tongue.web.iter().find(|(sign, _)| *sign == letter) {
            Some((_, spoken)) => told.extend([" ", spoken, " "]),
            None => told.push(letter),
        }
    }
    told.trim().replace("  ", " ")
}
