//! French typography and numbers, as the screens show them.

/// Length or position: `0:34`, `12:05`, `1:02:03`.
pub fn clock(ms: u64) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

/// Keeps a sign of punctuation, and the words between quotes, from starting a line of their own.
pub fn unbroken(text: &str) -> String {
    let mut out = text.replace("« ", "«\u{a0}");
    for sign in ["?", "!", ":", ";", "»", "/"] {
        out = out.replace(&format!(" {sign}"), &format!("\u{a0}{sign}"));
    }
    out
}

/// Lets an address that is too long for its line go on after a point or a slash.
pub fn foldable(address: &str) -> String {
    address.replace('.', ".\u{200b}").replace('/', "/\u{200b}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_hours_only_when_needed() {
        assert_eq!(clock(0), "0:00");
        assert_eq!(clock(34_900), "0:34");
        assert_eq!(clock(725_000), "12:05");
        assert_eq!(clock(3_723_000), "1:02:03");
    }

    #[test]
    fn punctuation_stays_with_its_word() {
        assert_eq!(
            unbroken("Un entretien ? « Oui »"),
            "Un entretien\u{a0}? «\u{a0}Oui\u{a0}»"
        );
    }

    #[test]
    fn an_address_folds_only_after_a_point_or_a_slash() {
        assert_eq!(foldable("cdm.be/ab"), "cdm.\u{200b}be/\u{200b}ab");
        assert_eq!(foldable("cdm.be/ab").replace('\u{200b}', ""), "cdm.be/ab");
    }
}
