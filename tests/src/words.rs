//! Comparing what was read from a screen with what was meant: reading makes small mistakes.

use strsim::normalized_levenshtein;

/// Two words this alike are the same word misread.
const SAME_WORD: f64 = 0.7;

/// Words shorter than this are misread too easily to count.
const SHORT: usize = 3;

/// Share of the words of `meant`, 0 to 1, found in `read`; 1 when nothing was meant.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "a count of words as a share")]
pub fn found(meant: &str, read: &str) -> f64 {
    let read = words(read);
    let meant: Vec<String> = words(meant)
        .into_iter()
        .filter(|word| word.chars().count() >= SHORT)
        .collect();
    if meant.is_empty() {
        return 1.0;
    }
    let seen = |word: &&String| {
        read.iter()
            .any(|other| normalized_levenshtein(word, other) >= SAME_WORD)
    };
    meant.iter().filter(seen).count() as f64 / meant.len() as f64
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misread_letter_is_forgiven() {
        let read = "- Je lis les cornptes d'une entreprise";
        assert!(found("– Je lis les comptes d’une entreprise", read) > 0.9);
    }

    #[test]
    fn another_sentence_is_not_found() {
        let read = "comme un médecin lit une radio";
        assert!(found("Rédigez votre CV de manière claire", read) < 0.4);
    }

    #[test]
    fn nothing_read_finds_nothing() {
        assert!(found("Analyste financière", "") < 0.01);
    }
}
