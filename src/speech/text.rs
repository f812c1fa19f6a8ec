//! A text as it can be sent: one line, no longer than can be listened to.

use super::policy;

/// One line without control characters or invisible ones, cut to [`policy::MAX_CHARS`].
pub(super) fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let mut line = String::new();
    let mut left = policy::MAX_CHARS;
    for word in words {
        let word: String = word.chars().filter(|&it| !is_invisible(it)).collect();
        if word.is_empty() {
            continue;
        }
        let space = usize::from(!line.is_empty());
        let wanted = word.chars().count() + space;
        line.extend(std::iter::repeat_n(' ', space));
        line.extend(word.chars().take(left.saturating_sub(space)));
        if wanted > left {
            return cut_back(&line).to_owned();
        }
        left -= wanted;
    }
    line
}

/// As SSIP wants it: a line with nothing but a dot would end the text, so a dot at the beginning is
/// doubled, and the service takes one away.
pub(super) fn escaped(line: &str) -> String {
    if line.starts_with('.') {
        format!(".{line}")
    } else {
        line.to_owned()
    }
}

/// Soft hyphens, joiners, marks of direction: nothing to be heard.
const fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Back to the end of a sentence, else of a word, when one is near.
fn cut_back(line: &str) -> &str {
    let back = line.char_indices().rev().nth(policy::CUT_BACK_CHARS);
    let near = back.map_or(0, |(index, _)| index);
    let tail = &line[near..];
    let sentence = tail.rfind(['.', '!', '?']).map(|index| index + 1);
    let end = sentence.or_else(|| tail.rfind(' ')).unwrap_or(tail.len());
    line[..near + end].trim_end()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_text_becomes_one_line_without_what_cannot_be_heard() {
        let table = [
            ("Découvrir\nun métier", "Découvrir un métier"),
            ("  deux\r\n\r\n.\r\nlignes ", "deux . lignes"),
            ("a\u{7}b\u{1b}[31mc", "a b [31mc"),
            ("fi\u{ad}nan\u{200b}cier", "financier"),
            ("Chercher\u{a0}?", "Chercher ?"),
            ("\n\t\u{feff}", ""),
        ];
        for (text, line) in table {
            assert_eq!(one_line(text), line);
        }
    }

    #[test]
    fn only_a_dot_at_the_beginning_is_doubled() {
        let table = [(".", ".."), ("...", "...."), ("a.", "a."), ("", "")];
        for (line, sent) in table {
            assert_eq!(escaped(line), sent);
        }
    }

    #[test]
    fn a_long_text_is_cut_at_the_end_of_a_sentence() {
        let sentence = "Voici une phrase. ";
        let cut = one_line(&sentence.repeat(500));
        let whole = policy::MAX_CHARS / sentence.len();
        assert_eq!(cut, sentence.repeat(whole).trim_end());
    }

    #[test]
    fn a_long_text_without_sentences_is_cut_between_words() {
        let cut = one_line(&"mot ".repeat(2_000));
        assert_eq!(cut, "mot ".repeat(policy::MAX_CHARS / 4).trim_end());
    }

    #[test]
    fn one_endless_word_is_cut_at_the_limit() {
        let cut = one_line(&"é".repeat(policy::MAX_CHARS * 3));
        assert_eq!(cut.chars().count(), policy::MAX_CHARS);
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_line_or_the_limit(text in "(?s).{0,40}", times in 1..200_usize) {
            let line = escaped(&one_line(&text.repeat(times)));
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            prop_assert!(line != ".");
            prop_assert!(line.chars().count() <= policy::MAX_CHARS + 1);
        }
    }
}
