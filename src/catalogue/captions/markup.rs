//! The text of a cue without its tags.

use crate::catalogue::limits;

/// Who spoke last, to mark a change.
#[derive(Debug, Default)]
pub struct Speaker(Option<String>);

impl Speaker {
    /// Whether this voice is another one than the last.
    fn changes_to(&mut self, voice: &str) -> bool {
        let changes = self.0.as_deref().is_some_and(|last| last != voice);
        self.0 = Some(voice.to_owned());
        changes
    }
}

/// Lines of a cue as shown: no tags, entities decoded, a dash where the speaker changes, what
/// follows the last line allowed joined to it.
pub fn shown(payload: &[String], speaker: &mut Speaker) -> Vec<String> {
    let lines = plain(&payload.join("\n"), speaker);
    let mut shown: Vec<String> = Vec::new();
    for line in lines.lines().map(tidy).filter(|line| !line.is_empty()) {
        match shown.get_mut(limits::CUE_LINES - 1) {
            Some(last) => {
                last.push(' ');
                last.push_str(&line);
            }
            None => shown.push(line),
        }
    }
    shown
}

/// One space between words, none around, and no control characters: nothing shows them.
fn tidy(line: &str) -> String {
    let unseen = |sign: char| sign.is_control() && !sign.is_whitespace();
    let line = line.replace(unseen, "");
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn plain(payload: &str, speaker: &mut Speaker) -> String {
    let mut plain = String::with_capacity(payload.len());
    let mut rest = payload;
    while let Some(at) = rest.find(['<', '&']) {
        let (before, special) = rest.split_at(at);
        plain.push_str(before);
        rest = if special.starts_with('<') {
            tag(special, speaker, &mut plain)
        } else {
            entity(special, &mut plain)
        };
    }
    plain.push_str(rest);
    plain
}

/// Passes a tag; a voice that changes begins a line with a dash. A `<` that opens no tag is text.
fn tag<'a>(text: &'a str, speaker: &mut Speaker, plain: &mut String) -> &'a str {
    let Some((inner, rest)) = split_tag(text).filter(|(inner, _)| opens_tag(inner)) else {
        plain.push('<');
        return text.get(1..).unwrap_or("");
    };
    if let Some(voice) = voice(inner)
        && speaker.changes_to(voice)
    {
        if !plain.trim_end().is_empty() && !plain.ends_with('\n') {
            plain.push('\n');
        }
        plain.push_str("– ");
    }
    rest
}

/// What stands between the `<` and the `>`, and what follows; a tag has a bounded length, so that
/// many a lone `<` is read in no time.
fn split_tag(text: &str) -> Option<(&str, &str)> {
    let end = text
        .bytes()
        .take(limits::TAG_BYTES)
        .position(|byte| byte == b'>')?;
    Some((text.get(1..end)?, text.get(end + 1..)?))
}

fn opens_tag(inner: &str) -> bool {
    let name = inner.strip_prefix('/').unwrap_or(inner);
    inner.is_empty() || inner == "/" || name.starts_with(|sign: char| sign.is_ascii_alphanumeric())
}

/// The name in `v Marie` or `v.loud Marie`.
fn voice(inner: &str) -> Option<&str> {
    let (tag, name) = inner.split_once(char::is_whitespace)?;
    (tag.split('.').next() == Some("v")).then(|| name.trim())
}

const ENTITIES: &[(&str, &str)] = &[
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", "\u{a0}"),
    ("&lrm;", "\u{200e}"),
    ("&rlm;", "\u{200f}"),
    ("&quot;", "\""),
    ("&apos;", "'"),
];

/// Passes an entity, named or numeric; an unknown one is text.
fn entity<'a>(text: &'a str, plain: &mut String) -> &'a str {
    for (name, sign) in ENTITIES {
        if let Some(rest) = text.strip_prefix(name) {
            plain.push_str(sign);
            return rest;
        }
    }
    if let Some((sign, rest)) = numeric(text) {
        plain.push(sign);
        return rest;
    }
    plain.push('&');
    text.get(1..).unwrap_or("")
}

/// Bytes of a numeric entity after `&#`: `x10FFFF;`, and leading zeros.
const NUMBER_BYTES: usize = 10;

/// `&#233;` or `&#xE9;`; no control character comes out of it.
fn numeric(text: &str) -> Option<(char, &str)> {
    let text = text.strip_prefix("&#")?;
    let end = text
        .bytes()
        .take(NUMBER_BYTES)
        .position(|byte| byte == b';')?;
    let (digits, rest) = (text.get(..end)?, text.get(end + 1..)?);
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    let sign = char::from_u32(code).filter(|sign| !sign.is_control())?;
    Some((sign, rest))
}
