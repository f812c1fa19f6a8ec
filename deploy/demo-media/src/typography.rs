/// A space that never ends a line.
const NO_BREAK: char = '\u{a0}';

/// Puts non-breaking spaces where French punctuation asks for them.
pub fn typeset(text: &str) -> String {
    let mut set = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let before_mark = matches!(characters.peek(), Some('!' | '?' | ':' | ';' | '»' | '/'));
        let after_quote = set.ends_with('«');
        set.push(match character {
            ' ' if before_mark || after_quote => NO_BREAK,
            other => other,
        });
    }
    set
}

/// The text for a voice: plain spaces and apostrophes.
pub fn for_voice(text: &str) -> String {
    text.replace(NO_BREAK, " ").replace('’', "'")
}

/// Words, kept whole with the marks that belong to them.
pub fn words(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

/// Breaks a text into the fewest lines that fit, as even as can be.
///
/// `width` measures a line; lines above `limit` are only used for a single word too wide for it.
pub fn even_lines(text: &str, limit: f64, width: impl Fn(&str) -> f64) -> Vec<String> {
    let greedy = break_at(text, limit, &width);
    let mut low = 0.0;
    let mut high = limit;
    // Narrow the measure as long as the number of lines stays the same.
    for _ in 0..12 {
        let middle = f64::midpoint(low, high);
        if break_at(text, middle, &width).len() > greedy.len() {
            low = middle;
        } else {
            high = middle;
        }
    }
    break_at(text, high, &width)
}

fn break_at(text: &str, limit: f64, width: &impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in words(text) {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}")) <= limit => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_marks_stay_with_their_word() {
        assert_eq!(
            typeset("Un entretien ? « Oui » !"),
            "Un entretien\u{a0}? «\u{a0}Oui\u{a0}»\u{a0}!"
        );
    }

    #[test]
    fn lines_are_as_even_as_the_limit_allows() {
        let lines = even_lines("un deux trois quatre", 15.0, |line| {
            line.chars().count() as f64
        });
        assert_eq!(lines, ["un deux", "trois quatre"]);
    }
}
