//! A service that is missing, dies, comes back, or talks nonsense.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::Duration;

use super::fake::{Fake, well};
use super::{Heard, patient};
use crate::speech::launch::Launcher;
use crate::speech::policy::Limits;

/// A connection counts as well from its beginning: its end is a restart of the service.
fn at_once() -> Limits {
    Limits {
        settled: Duration::ZERO,
        ..patient()
    }
}

#[test]
fn a_missing_service_is_told_once_and_found_when_it_comes() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("speechd.sock");
    let heard = Heard::start(&socket, &["fr"], patient());
    let reason = heard.reason();
    assert!(reason.contains("speechd.sock: nothing listens"), "{reason}");
    heard.speech.say("Trop tôt", "fr");
    let fake = Fake::start(&[well]);
    std::os::unix::fs::symlink(&fake.socket, &socket).unwrap();
    fake.expect_opening();
    heard.ready();
    // What was wished in the meantime is no longer on the screen.
    heard.speech.say("Maintenant", "fr");
    fake.expect(&[
        "CANCEL self",
        "SET self LANGUAGE fr",
        "SPEAK",
        "=Maintenant",
    ]);
    drop(heard);
}

#[test]
fn a_service_that_restarts_is_found_again_without_a_word() {
    fn until_text(request: &str) -> Option<&'static str> {
        well(request).filter(|_| !request.starts_with('='))
    }
    let fake = Fake::start(&[until_text, well]);
    let heard = Heard::start(&fake.socket, &["fr"], at_once());
    heard.ready();
    fake.expect_opening();
    heard.speech.say("Bonjour", "fr");
    let spoken = ["CANCEL self", "SET self LANGUAGE fr", "SPEAK", "=Bonjour"];
    fake.expect(&spoken);
    fake.expect(&["gone"]);
    // The text that the service died over is spoken by the new one.
    fake.expect_opening();
    fake.expect(&spoken);
    assert!(heard.changes.try_recv().is_err());
}

#[test]
fn a_service_that_dies_while_nothing_is_said_is_noticed() {
    fn until_stop(request: &str) -> Option<&'static str> {
        well(request).filter(|_| request != "LIST SYNTHESIS_VOICES")
    }
    fn unasked(request: &str) -> Option<&'static str> {
        match request {
            "LIST SYNTHESIS_VOICES" => {
                Some("249-French\tfr\tnone\r\n249 OK VOICE LIST SENT\r\n500 ERR DYING\r\n")
            }
            _ => well(request),
        }
    }
    let fake = Fake::start(&[until_stop, unasked, well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    let reason = heard.reason();
    assert!(
        reason.starts_with("wrong answer or lost connection"),
        "{reason}"
    );
    heard.ready();
    let reason = heard.reason();
    assert!(reason.contains("500 DYING"), "{reason}");
    heard.ready();
}

#[test]
fn a_service_that_dies_over_every_text_does_not_get_the_same_text_again() {
    fn until_text(request: &str) -> Option<&'static str> {
        well(request).filter(|_| request != "SPEAK")
    }
    let fake = Fake::start(&[until_text, well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    heard.ready();
    fake.expect_opening();
    heard.speech.say("Bonjour", "fr");
    fake.expect(&["CANCEL self", "SET self LANGUAGE fr", "SPEAK", "gone"]);
    heard.reason();
    heard.ready();
    fake.expect_opening();
    heard.speech.stop();
    fake.expect(&["CANCEL self"]);
}

#[test]
fn wrong_answers_are_a_reason_and_never_an_end() {
    fn refuses(_: &str) -> Option<&'static str> {
        Some("403 ERR NOT ALLOWED\r\n")
    }
    fn other_code(_: &str) -> Option<&'static str> {
        Some("299 OK SOMETHING\r\n")
    }
    fn nonsense(_: &str) -> Option<&'static str> {
        Some("HTTP/1.1 400 Bad Request\r\n")
    }
    fn split_letters(_: &str) -> Option<&'static str> {
        Some("12é x\r\n")
    }
    fn short(_: &str) -> Option<&'static str> {
        Some("\r\n")
    }
    fn no_id(request: &str) -> Option<&'static str> {
        if request.starts_with('=') {
            return Some("225 OK MESSAGE QUEUED\r\n");
        }
        well(request)
    }
    let fake = Fake::start(&[
        refuses,
        other_code,
        nonsense,
        split_letters,
        short,
        no_id,
        well,
    ]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    let mut reasons = vec![];
    for _ in 0..5 {
        reasons.push(heard.reason());
    }
    heard.ready();
    heard.speech.say("Bonjour", "fr");
    reasons.push(heard.reason());
    heard.ready();
    let expected = [
        "403 NOT ALLOWED",
        "299",
        "expecting space or dash",
        "not SSIP",
        "line too short",
        "Too few lines",
    ];
    for (reason, part) in reasons.iter().zip(expected) {
        assert!(reason.contains(part), "{reason}, not {part}");
    }
}

#[test]
fn a_service_without_a_voice_is_unavailable() {
    fn dummy(request: &str) -> Option<&'static str> {
        match request {
            "LIST SYNTHESIS_VOICES" => {
                Some("249-dummy\ten\tnone\r\n249-Dutch\tnl\tnone\r\n249 OK VOICE LIST SENT\r\n")
            }
            _ => well(request),
        }
    }
    let fake = Fake::start(&[dummy, well]);
    let heard = Heard::start(&fake.socket, &["fr", "en"], patient());
    assert_eq!(heard.reason(), "no voice for fr, en");
    heard.ready();
}

/// A program that starts no service, but leaves a trace and ends so.
fn script(folder: &Path, body: &str) -> Launcher {
    let program = folder.join("speech-dispatcher");
    std::fs::write(&program, format!("#!/bin/sh\n{body}\n")).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    Launcher {
        program,
        arguments: vec!["--extra".to_owned()],
    }
}

#[test]
fn a_missing_service_is_started_where_it_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    let fake = Fake::start(&[well]);
    let socket = folder.path().join("speechd.sock");
    let real = fake.socket.display();
    let trace = folder.path().join("arguments");
    let body = format!("echo \"$*\" > {}; ln -s {real} \"$5\"", trace.display());
    let launcher = script(folder.path(), &body);
    let heard = Heard::launching(&socket, &["fr"], patient(), Some(launcher));
    heard.ready();
    let expected = format!(
        "--spawn --communication-method unix_socket --socket-path {} --extra\n",
        socket.display()
    );
    assert_eq!(std::fs::read_to_string(trace).unwrap(), expected);
}

#[test]
fn a_service_that_cannot_be_started_is_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("speechd.sock");
    let refusing = script(folder.path(), "exit 3");
    let heard = Heard::launching(&socket, &["fr"], patient(), Some(refusing));
    let reason = heard.reason();
    assert!(
        reason.ends_with("--spawn ended with exit status: 3"),
        "{reason}"
    );
    drop(heard);
    let missing = Launcher {
        program: folder.path().join("none"),
        arguments: vec![],
    };
    let heard = Heard::launching(&socket, &["fr"], patient(), Some(missing));
    let reason = heard.reason();
    assert!(reason.contains("none cannot be started"), "{reason}");
}

#[test]
fn a_service_that_never_finishes_starting_does_not_hold_up_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("speechd.sock");
    let started = folder.path().join("started");
    rustix::fs::mkfifoat(rustix::fs::CWD, &started, rustix::fs::Mode::RWXU).unwrap();
    let hanging = script(
        folder.path(),
        &format!(
            "echo > {}; exec cat {}",
            started.display(),
            started.display()
        ),
    );
    let heard = Heard::launching(&socket, &["fr"], patient(), Some(hanging));
    // Opening the pipe waits for the program, which then reads from it for ever.
    let _held = std::fs::read(&started).unwrap();
    drop(heard);
}
