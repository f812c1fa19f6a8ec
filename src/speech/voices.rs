//! Which voice speaks a language.

use ssip_client_async::SynthesisVoice;

/// The module that says, in English, that no synthesiser is installed.
const DUMMY: &str = "dummy";

/// A voice of the speech service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voice {
    /// The language it was looked for by, BCP 47.
    pub language: String,
    /// Its name, as the service tells it.
    pub name: String,
}

/// The plain voice that stands nearest to a language: its very tag, then the language's own country, then
/// the shortest tag. A voice in another language is none.
pub(super) fn choose(listed: &[SynthesisVoice], language: &str) -> Option<Voice> {
    let home = format!("{0}-{0}", primary(language));
    let rank = |voice: &SynthesisVoice| {
        let tag = voice.language.clone().unwrap_or_default();
        let elsewhere = !tag.eq_ignore_ascii_case(language);
        let abroad = !tag.eq_ignore_ascii_case(&home);
        // Variants ("whisper", "robot") of a voice are for play.
        (voice.dialect.is_some(), elsewhere, abroad, tag.len(), tag)
    };
    listed
        .iter()
        .filter(|voice| voice.name != DUMMY && speaks(voice, language))
        .min_by_key(|voice| rank(voice))
        .map(|voice| Voice {
            language: language.to_owned(),
            name: voice.name.clone(),
        })
}

fn speaks(voice: &SynthesisVoice, language: &str) -> bool {
    let tag = voice.language.as_deref().unwrap_or_default();
    primary(tag).eq_ignore_ascii_case(primary(language))
}

/// `fr` of `fr-BE`.
pub(super) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Whether a language may stand in a request: a tag of BCP 47 by its letters.
pub(super) fn is_tag(language: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (2..=35).contains(&language.len()) && language.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed() -> Vec<SynthesisVoice> {
        [
            "dummy\ten\tnone",
            "English (Caribbean)\ten-029\tnone",
            "English (Great Britain)\ten-GB\tnone",
            "English (Great Britain)+whisper\ten\twhisper",
            "French (Belgium)\tfr-BE\tnone",
            "French (France)\tfr-FR\tnone",
            "Frisian\tfy\tnone",
            "Dutch+robot\tnl\trobot",
            "Dutch\tnl\tnone",
            "Nameless",
        ]
        .map(|line| line.parse().unwrap())
        .to_vec()
    }

    #[test]
    fn the_nearest_voice_is_chosen() {
        let table = [
            ("fr", Some("French (France)")),
            ("fr-BE", Some("French (Belgium)")),
            ("fr-CA", Some("French (France)")),
            ("FR-be", Some("French (Belgium)")),
            ("nl", Some("Dutch")),
            ("nl-BE", Some("Dutch")),
            ("f", None),
            ("de", None),
        ];
        for (language, name) in table {
            let chosen = choose(&listed(), language).map(|voice| voice.name);
            assert_eq!(chosen.as_deref(), name, "{language}");
        }
    }

    #[test]
    fn a_whisper_with_the_very_tag_is_taken_only_when_there_is_nothing_plain() {
        let english = |listed: &[SynthesisVoice]| choose(listed, "en").unwrap().name;
        let mut voices = listed();
        assert_eq!(english(&voices), "English (Great Britain)");
        voices.retain(|voice| voice.dialect.is_some());
        assert_eq!(english(&voices), "English (Great Britain)+whisper");
    }

    #[test]
    fn the_module_that_only_excuses_itself_is_no_voice() {
        assert_eq!(choose(&listed()[..1], "en"), None);
    }

    #[test]
    fn only_letters_digits_and_hyphens_make_a_tag() {
        for good in ["fr", "fr-BE", "zh-Hant-TW"] {
            assert!(is_tag(good), "{good}");
        }
        for bad in ["", "f", "fr\r\nQUIT", "fr BE", "français", &"f".repeat(36)] {
            assert!(!is_tag(bad), "{bad:?}");
        }
    }
}
