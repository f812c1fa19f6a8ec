//! What the service is told for what is wished.

use std::time::Duration;

use super::fake::{Fake, gated, mute, well};
use super::{Heard, patient};
use crate::speech::policy::Limits;
use crate::speech::{Options, SpeechError, check};

#[test]
fn a_text_is_worded_and_spoken_after_what_was_said_is_stopped() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    heard.ready();
    fake.expect_opening();
    heard.speech.say("« Durée » :\n0:34", "fr");
    fake.expect(&[
        "CANCEL self",
        "SET self LANGUAGE fr",
        "SPEAK",
        "=Durée : 34 secondes",
    ]);
    heard.speech.say("...", "fr");
    fake.expect(&["CANCEL self", "SPEAK", "=...."]);
}

#[test]
fn the_language_is_set_when_it_changes() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr", "nl"], patient());
    fake.expect_opening();
    for (language, requests) in [
        (
            "nl",
            &["CANCEL self", "SET self LANGUAGE nl", "SPEAK", "=Ja"][..],
        ),
        ("nl", &["CANCEL self", "SPEAK", "=Ja"]),
        (
            "fr-BE",
            &["CANCEL self", "SET self LANGUAGE fr-BE", "SPEAK", "=Ja"],
        ),
    ] {
        heard.speech.say("Ja", language);
        fake.expect(requests);
    }
}

#[test]
fn of_texts_that_come_while_the_service_is_busy_the_last_is_spoken() {
    let fake = Fake::start(&[gated]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    fake.expect_opening();
    heard.speech.say("Un", "fr");
    fake.expect(&["CANCEL self"]);
    for text in ["Deux", "Trois", "Quatre"] {
        heard.speech.say(text, "fr");
    }
    fake.open_gate();
    fake.expect(&[
        "SET self LANGUAGE fr",
        "SPEAK",
        "=Un",
        "CANCEL self",
        "SPEAK",
        "=Quatre",
    ]);
    drop(heard);
    fake.expect(&["CANCEL self", "QUIT"]);
}

#[test]
fn what_is_said_while_the_service_is_looked_for_is_spoken_once_it_is_found() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    heard.speech.say("Bonjour", "fr");
    fake.expect_opening();
    fake.expect(&["CANCEL self", "SET self LANGUAGE fr", "SPEAK", "=Bonjour"]);
}

#[test]
fn stopping_and_an_empty_text_only_stop() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    heard.ready();
    fake.expect_opening();
    heard.speech.stop();
    fake.expect(&["CANCEL self"]);
    for text in ["", " \n\u{200b}", "«»"] {
        heard.speech.say(text, "fr");
        fake.expect(&["CANCEL self"]);
    }
    drop(heard);
    fake.expect(&["CANCEL self", "QUIT"]);
}

#[test]
fn a_language_without_a_voice_is_not_spoken() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr", "en"], patient());
    heard.ready();
    fake.expect_opening();
    for language in ["en", "nl", "fr\r\nQUIT", ""] {
        heard.speech.say("Hello", language);
        fake.expect(&["CANCEL self"]);
    }
    heard.speech.say("Bonjour", "fr");
    fake.expect(&["CANCEL self", "SET self LANGUAGE fr", "SPEAK", "=Bonjour"]);
}

#[test]
fn a_text_cannot_command_the_service() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    fake.expect_opening();
    heard.speech.say("Un\r\n.\r\nQUIT\r\n", "fr");
    fake.expect(&["CANCEL self", "SET self LANGUAGE fr", "SPEAK", "=Un . QUIT"]);
}

#[test]
fn the_end_silences_the_service() {
    let fake = Fake::start(&[well]);
    let heard = Heard::start(&fake.socket, &["fr"], patient());
    heard.ready();
    fake.expect_opening();
    drop(heard);
    fake.expect(&["CANCEL self", "QUIT", "gone"]);
}

#[test]
fn a_service_that_never_answers_holds_up_neither_texts_nor_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (socket, listener) = mute(folder.path());
    let heard = Heard::start(&socket, &["fr"], patient());
    let (_held, _) = listener.accept().unwrap();
    for _ in 0..1_000 {
        heard.speech.say("Bonjour", "fr");
    }
    // With limits that nobody waits for, only giving up at once ends this.
    drop(heard);
}

#[test]
fn a_service_that_never_answers_is_unavailable() {
    let folder = tempfile::tempdir().unwrap();
    let (socket, listener) = mute(folder.path());
    let limits = Limits {
        answer: Duration::from_millis(10),
        ..patient()
    };
    let heard = Heard::start(&socket, &["fr"], limits);
    assert_eq!(heard.reason(), "no answer within 10 ms");
    drop(listener);
}

#[test]
fn the_check_tells_the_voice_of_each_language() {
    let fake = Fake::start(&[well]);
    let found = check(Options {
        socket: Some(fake.socket.clone()),
        languages: ["fr", "en", "nl"].map(str::to_owned).to_vec(),
    });
    let found: Vec<_> = found
        .unwrap()
        .into_iter()
        .map(|voice| (voice.language, voice.name))
        .collect();
    let expected = [("fr", "French (France)"), ("nl", "Dutch")];
    assert_eq!(
        found,
        expected.map(|(tag, name)| (tag.to_owned(), name.to_owned()))
    );
}

#[test]
fn the_check_tells_that_nothing_listens() {
    let folder = tempfile::tempdir().unwrap();
    let socket = folder.path().join("nothing.sock");
    let failed = check(Options {
        socket: Some(socket.clone()),
        languages: vec!["fr".to_owned()],
    });
    assert!(matches!(failed.unwrap_err(), SpeechError::Connect { path, .. } if path == socket));
}
