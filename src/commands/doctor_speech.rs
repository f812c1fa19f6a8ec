//! `borne doctor`: can the borne read aloud?

use borne::settings::Settings;
use borne::speech::{self, Options, SpeechError, Voice};

use super::doctor::Finding;

/// What gives every language of the screen a voice, offline.
const INSTALL: &str = "Installez speech-dispatcher et speech-dispatcher-espeak-ng.";

/// The voice of each language of the screen.
pub fn voices(settings: &Settings) -> Finding {
    let options = Options {
        socket: None,
        languages: settings.languages.clone(),
    };
    tell(speech::check(options), &settings.languages)
}

fn tell(found: Result<Vec<Voice>, SpeechError>, languages: &[String]) -> Finding {
    let voices = found.map_err(|error| advice(&error))?;
    let has_voice = |language: &&String| voices.iter().any(|voice| voice.language == **language);
    let (_, without): (Vec<_>, Vec<_>) = languages.iter().partition(has_voice);
    if without.is_empty() {
        let named = |voice: &Voice| format!("{} ({})", voice.name, voice.language);
        return Ok(voices.iter().map(named).collect::<Vec<_>>().join(", "));
    }
    let without: Vec<_> = without.into_iter().map(String::as_str).collect();
    Err(format!(
        "pas de voix pour {}. {INSTALL}",
        without.join(", ")
    ))
}

fn advice(error: &SpeechError) -> String {
    match error {
        SpeechError::Address(address) => format!(
            "SPEECHD_ADDRESS vaut « {address} ». Retirez cette variable, ou donnez-lui unix_socket:CHEMIN."
        ),
        SpeechError::NoFolder => {
            "ni XDG_RUNTIME_DIR ni HOME ne sont définis. Définissez l'un des deux.".to_owned()
        }
        SpeechError::NoVoice(languages) => {
            format!("pas de voix pour {}. {INSTALL}", languages.join(", "))
        }
        SpeechError::Launch { program, source } => {
            format!("{} ne démarre pas ({source}). {INSTALL}", program.display())
        }
        SpeechError::Refused { program, status } => format!(
            "{} refuse de démarrer ({status}). Contrôlez DisableAutoSpawn et le journal de speech-dispatcher, puis réinstallez speech-dispatcher.",
            program.display()
        ),
        SpeechError::Connect { .. }
        | SpeechError::Mute(_)
        | SpeechError::Answer(_)
        | SpeechError::Gibberish
        | SpeechError::Runtime(_) => {
            format!("le service de parole ne répond pas bien ({error}). Redémarrez la machine.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn voice(language: &str, name: &str) -> Voice {
        Voice {
            language: language.to_owned(),
            name: name.to_owned(),
        }
    }

    #[test]
    fn voices_are_named_for_each_language() {
        let found = vec![voice("fr", "French (France)"), voice("nl", "Dutch")];
        let told = tell(Ok(found), &["fr".to_owned(), "nl".to_owned()]);
        assert_eq!(told.unwrap(), "French (France) (fr), Dutch (nl)");
    }

    #[test]
    fn what_to_install_is_said_where_a_voice_is_missing() {
        let languages = ["fr".to_owned(), "nl".to_owned()];
        let some = tell(Ok(vec![voice("fr", "French (France)")]), &languages);
        let none = tell(Err(SpeechError::NoVoice(languages.to_vec())), &languages);
        let absent = SpeechError::Launch {
            program: "speech-dispatcher".into(),
            source: std::io::ErrorKind::NotFound.into(),
        };
        let absent = tell(Err(absent), &languages);
        for (told, part) in [
            (some, "pour nl."),
            (none, "pour fr, nl."),
            (absent, "démarre pas"),
        ] {
            let told = told.unwrap_err();
            assert!(told.contains(part) && told.ends_with(INSTALL), "{told}");
        }
    }
}
