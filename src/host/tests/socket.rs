//! The socket: who may ask, how much, and how long.

use std::io::{Read as _, Write as _};
use std::net::Shutdown;
use std::os::unix::net::{UnixListener, UnixStream};
use std::thread;

use super::*;

/// Says these bytes to a machine that answers an account; what it answers.
fn say(bytes: &[u8], owner: Option<u32>) -> std::io::Result<Answer> {
    let (ours, theirs) = UnixStream::pair().unwrap();
    let bytes = bytes.to_vec();
    let asking = thread::spawn(move || {
        let mut stream = ours;
        // Who is not listened to cannot finish.
        let _ = stream.write_all(&bytes);
        let _ = stream.shutdown(Shutdown::Write);
        let mut said = String::new();
        let _ = stream.read_to_string(&mut said);
        said
    });
    let place = Place::new();
    let conversed = converse(&theirs, owner, &place.machine);
    drop(theirs);
    let said = asking.join().unwrap();
    conversed.map(|()| serde_json::from_str(&said).unwrap())
}

#[test]
fn root_and_the_owner_of_the_socket_may_ask_and_synchronisation_may_not() {
    for (user, owner, may) in [
        (0, None, true),
        (0, Some(951), true),
        (951, Some(951), true),
        (952, Some(951), false),
        (951, None, false),
        (65_534, Some(951), false),
    ] {
        assert_eq!(may_ask(user, owner), may, "{user} {owner:?}");
    }
}

#[test]
fn what_is_no_request_changes_nothing_and_is_said_to_be_none() {
    let long = format!("{{\"ask\":\"turn\",\"with\":{}90}}\n", " ".repeat(70_000));
    for bytes in [
        "",
        "\n",
        "{}",
        "{\"ask\":\"run\",\"with\":\"rm -rf /\"}\n",
        "{\"ask\":\"state\",\"more\":1}\n",
        "{\"ask\":\"turn\",\"with\":\"90\"}\n",
        &long,
    ] {
        let answer = say(bytes.as_bytes(), None).unwrap();
        assert_eq!(
            answer,
            Answer::Refused(Refusal::Malformed),
            "{}",
            &bytes[..bytes.len().min(60)]
        );
    }
}

#[test]
fn a_request_is_answered_with_or_without_the_end_of_its_line() {
    for bytes in ["{\"ask\":\"state\"}\n", "{\"ask\":\"state\"}"] {
        assert!(matches!(
            say(bytes.as_bytes(), None).unwrap(),
            Answer::State(_)
        ));
    }
}

#[test]
fn a_client_and_the_machine_understand_each_other_over_a_real_socket() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("host.sock");
    let listener = UnixListener::bind(&path).unwrap();
    let asking = thread::spawn(move || {
        let client = Client::new(path);
        [
            Request::Settle(site("mons-1")),
            Request::Connect(wireless("voisin", Some("mot de passe"))),
        ]
        .map(|request| client.ask(&request))
    });
    let place = Place::new();
    for _ in 0..2 {
        let (stream, _) = listener.accept().unwrap();
        converse(&stream, None, &place.machine).unwrap();
    }
    let answers = asking.join().unwrap();
    assert_eq!(answers, [Answer::Done, Answer::Refused(Refusal::NotLetIn)]);
    assert!(place.state().settled);
}
