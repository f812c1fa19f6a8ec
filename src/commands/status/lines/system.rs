use borne::status::firmware::FirmwareState;
use borne::status::state::State;
use borne::status::wording;

/// The system, where the borne replaces it by itself.
pub fn line(state: &State) -> Option<String> {
    let firmware = state.firmware.as_ref()?;
    let running = firmware.running.as_deref();
    let running = running.unwrap_or("version inconnue").to_owned();
    let note = &firmware.note;
    let why = match note.reason.as_str() {
        "" => String::new(),
        code => format!(" : {}", wording::explain(code)),
    };
    let offered = note.offered.as_deref().unwrap_or_default();
    Some(match note.state {
        FirmwareState::Unknown if why.is_empty() => running,
        FirmwareState::Unknown => format!("{running}, rien de sûr d'un autre{why}"),
        FirmwareState::Current => format!("{running}, à jour"),
        FirmwareState::Offered => format!("{running}, {offered} n'est pas encore là{why}"),
        FirmwareState::Ready => format!("{running}, {offered} attend d'être installé{why}"),
        FirmwareState::Installing => format!("{running}, {offered} s'installe"),
        FirmwareState::Installed => format!("{running}, {offered} attend un redémarrage{why}"),
        FirmwareState::Refused => format!("{running}, {offered} n'est plus essayé{why}"),
    })
}

#[cfg(test)]
mod tests {
    use borne::status::firmware::{Firmware, Note};

    use super::super::tests::{sound, text};
    use super::*;

    #[test]
    fn the_system_has_its_words_where_the_borne_replaces_it() {
        assert!(!text(&sound()).contains("Système"));
        let told = |state, reason: &str, running: Option<&str>| {
            let mut borne = sound();
            borne.firmware = Some(Firmware {
                running: running.map(str::to_owned),
                note: Note {
                    offered: Some("1.2.0".to_owned()),
                    state,
                    reason: reason.to_owned(),
                    ..Note::default()
                },
            });
            let said = text(&borne);
            let line = said.lines().find(|line| line.starts_with("Système"));
            line.unwrap().to_owned()
        };
        for (state, reason, expected) in [
            (FirmwareState::Unknown, "", "Système: 1.0.0"),
            (FirmwareState::Current, "", "Système: 1.0.0, à jour"),
            (
                FirmwareState::Offered,
                "disk_full",
                "1.2.0 n'est pas encore là : le disque est plein",
            ),
            (
                FirmwareState::Ready,
                "visitor",
                "1.2.0 attend d'être installé : quelqu'un est là",
            ),
            (FirmwareState::Installing, "", "1.2.0 s'installe"),
            (FirmwareState::Installed, "", "1.2.0 attend un redémarrage"),
            (
                FirmwareState::Refused,
                "fell_back",
                "1.2.0 n'est plus essayé : il n'a pas tenu",
            ),
        ] {
            let said = told(state, reason, Some("1.0.0"));
            assert!(said.contains(expected), "{expected} in {said}");
        }
        assert!(told(FirmwareState::Unknown, "no_version", None).contains("version inconnue"));
    }
}
