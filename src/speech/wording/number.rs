//! Durations, hours and quantities.

use super::tongue::{Tongue, Unit};

/// `0:34`, `1:02:03`: a duration. `12h30`, `9u`: an hour.
pub(super) fn clock(word: &str, tongue: &Tongue) -> Option<String> {
    duration(word, tongue).or_else(|| hour(word, tongue))
}

fn duration(word: &str, tongue: &Tongue) -> Option<String> {
    let (first, rest) = word.split_once(':')?;
    let mut parts = vec![digits(first, 1..=3)?];
    for part in rest.split(':') {
        parts.push(digits(part, 2..=2).filter(|&number| number < 60)?);
    }
    let units = [&tongue.hours, &tongue.minutes, &tongue.seconds];
    let units = units.get(units.len().checked_sub(parts.len())?..)?;
    let told: Vec<_> = parts
        .iter()
        .zip(units)
        .filter(|(number, _)| **number > 0)
        .map(|(number, unit)| quantity(&number.to_string(), unit, tongue))
        .collect();
    if told.is_empty() {
        return Some(quantity("0", &tongue.seconds, tongue));
    }
    Some(told.join(" "))
}

fn hour(word: &str, tongue: &Tongue) -> Option<String> {
    let (hours, minutes) = word.split_once(tongue.hours.sign)?;
    let hours = digits(hours, 1..=2)?;
    let told = quantity(&hours.to_string(), &tongue.hours, tongue);
    if minutes.is_empty() {
        return Some(told);
    }
    match digits(minutes, 2..=2).filter(|&number| number < 60)? {
        0 => Some(told),
        minutes => Some(format!("{told} {minutes}")),
    }
}

/// A number with its sign and its unit, in one word or two: `−10 s`, `12km`, `50 %,`; with the words
/// that follow.
pub(super) fn measure<'a, 'w>(
    word: &str,
    after: &'a [&'w str],
    tongue: &Tongue,
) -> Option<(String, &'a [&'w str])> {
    let begin = word.trim_start_matches('(');
    let before = &word[..word.len() - begin.len()];
    let (sign, number, rest) = parts(begin, tongue)?;
    let told = |unit: &Unit, tail: &str| {
        let quantity = quantity(number, unit, tongue);
        format!("{before}{sign}{quantity}{tail}")
    };
    if let Some((unit, tail)) = unit(rest, tongue) {
        return Some((told(unit, tail), after));
    }
    if !rest.is_empty() {
        return None;
    }
    if let [next, left @ ..] = after
        && let Some((unit, tail)) = unit(next, tongue)
    {
        return Some((told(unit, tail), left));
    }
    (!sign.is_empty()).then(|| (format!("{before}{sign}{number}"), after))
}

/// The sign in words, the number, and what follows it.
fn parts<'w>(word: &'w str, tongue: &Tongue) -> Option<(String, &'w str, &'w str)> {
    let (sign, unsigned) = match word.chars().next()? {
        '−' | '-' => (tongue.minus, &word[word.chars().next()?.len_utf8()..]),
        '+' => (tongue.plus, &word[1..]),
        _ => ("", word),
    };
    let is_inside = |letter: char| letter.is_ascii_digit() || letter == ',' || letter == '.';
    let end = unsigned.find(|letter| !is_inside(letter));
    let (number, rest) = unsigned.split_at(end.unwrap_or(unsigned.len()));
    let whole = number.starts_with(|it: char| it.is_ascii_digit())
        && number.ends_with(|it: char| it.is_ascii_digit());
    let space = if sign.is_empty() { "" } else { " " };
    whole.then(|| (format!("{sign}{space}"), number, rest))
}

/// The unit that a word is, and the punctuation after it.
fn unit<'t, 'w>(word: &'w str, tongue: &'t Tongue) -> Option<(&'t Unit, &'w str)> {
    let sign = word.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '…']);
    Some((tongue.unit(sign)?, &word[sign.len()..]))
}

fn quantity(number: &str, unit: &Unit, tongue: &Tongue) -> String {
    let value: f64 = number.replace(',', ".").parse().unwrap_or(f64::MAX);
    // Below two, French counts one.
    let one = if tongue.one_below_two {
        value < 2.0
    } else {
        number == "1"
    };
    let name = if one { unit.one } else { unit.many };
    format!("{number} {name}")
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<u32> {
    let only = text.bytes().all(|byte| byte.is_ascii_digit());
    (only && length.contains(&text.len())).then(|| text.parse().ok())?
}
