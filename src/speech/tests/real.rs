//! The real speech-dispatcher with espeak-ng and the borne's own configuration, without a sound
//! device. Between speech and the service stands a relay that asks for notifications: they tell
//! what begins, ends and is cancelled.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::Shutdown;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};

use rustix::process::{Pid, Signal, kill_process};

use super::{Heard, PATIENCE, patient};
use crate::speech::launch::Launcher;
use crate::speech::{Availability, Options, check, worker};

/// What a machine needs for these tests.
const NEEDED: &str = "install the Debian packages speech-dispatcher, speech-dispatcher-espeak-ng \
                      and espeak-ng (tests/packages)";

/// What is installed on a borne.
const ROOTFS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/deploy/rootfs/etc/speech-dispatcher"
);

/// The service, in a folder of its own.
struct Service {
    socket: PathBuf,
    pid_file: PathBuf,
    folder: tempfile::TempDir,
}

impl Service {
    /// Starts it as [`Speech`](crate::speech::Speech) does; it listens when this returns.
    fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        let service = Self {
            // Where the service puts its socket by default under the folder given to it.
            socket: at.join("speech-dispatcher/speechd.sock"),
            pid_file: at.join("pid"),
            folder,
        };
        let launcher = service.configure();
        let launch = launcher.launch(&service.socket, PATIENCE);
        let launched = worker::runtime().unwrap().block_on(launch);
        assert!(launched.is_ok(), "{}; {NEEDED}", launched.unwrap_err());
        service
    }

    fn configure(&self) -> Launcher {
        let at = self.folder.path();
        let shown = at.display();
        // The "null" device of ALSA takes sound as fast as it is made.
        let settings = format!(
            "LogLevel 3\nLogDir \"{shown}\"\nAudioOutputMethod \"alsa\"\nAudioALSADevice \"null\"\n\
             AddModule \"espeak-ng\" \"sd_espeak-ng\" \"/etc/speech-dispatcher/modules/espeak-ng.conf\"\n\
             Include \"{ROOTFS}/clients/*.conf\"\n"
        );
        std::fs::write(at.join("speechd.conf"), settings).unwrap();
        // Not the account's own folders.
        let program = at.join("speech-dispatcher.sh");
        let script = format!(
            "#!/bin/sh\nHOME={shown} XDG_RUNTIME_DIR={shown} exec speech-dispatcher \"$@\"\n"
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
        let pid_file = self.pid_file.display().to_string();
        let config = shown.to_string();
        Launcher {
            program,
            arguments: ["-C", &config, "-P", &pid_file].map(str::to_owned).to_vec(),
        }
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let pid = std::fs::read_to_string(&self.pid_file).unwrap_or_default();
        if let Some(pid) = pid.trim().parse().ok().and_then(Pid::from_raw) {
            kill_process(pid, Signal::TERM).unwrap();
        }
    }
}

/// Begins to relay one connection; its notifications.
fn relay(real: &Path, socket: &Path) -> Receiver<String> {
    let listener = UnixListener::bind(socket).unwrap();
    let real = UnixStream::connect(real).unwrap();
    let (sender, notifications) = channel();
    std::thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        let (mut up, mut from_client) = (real.try_clone().unwrap(), client.try_clone().unwrap());
        let mut answers = BufReader::new(real);
        up.write_all(b"SET self NOTIFICATION ALL on\r\n").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert_eq!(answer, "220 OK NOTIFICATION SET\r\n");
        std::thread::spawn(move || {
            let copied = std::io::copy(&mut from_client, &mut up);
            up.shutdown(Shutdown::Write).and(copied.map(drop))
        });
        part(answers, &client, &sender);
    });
    notifications
}

/// Notifications go one way, as "message BEGIN", answers the other.
fn part(answers: BufReader<UnixStream>, mut client: &UnixStream, notifications: &Sender<String>) {
    let mut ids = vec![];
    for line in answers.lines().map_while(Result::ok) {
        if let Some(id) = line.strip_prefix('7').and_then(|rest| rest.get(2..)) {
            match id.strip_prefix('-') {
                Some(id) => ids.push(id.to_owned()),
                None => {
                    let message = std::mem::take(&mut ids).swap_remove(0);
                    drop(notifications.send(format!("{message}{id}")));
                }
            }
        } else if client.write_all(format!("{line}\r\n").as_bytes()).is_err() {
            break;
        }
    }
    // Where the service hangs up, the relay does.
    drop(client.shutdown(Shutdown::Both));
}

/// Speech through a relay to a service of its own.
fn start() -> (Service, Heard, Receiver<String>) {
    let service = Service::start();
    let socket = service.folder.path().join("relay.sock");
    let notifications = relay(&service.socket, &socket);
    let heard = Heard::start(&socket, &["fr", "en", "nl"], patient());
    let found = heard.change();
    assert_eq!(found, Availability::Ready, "no voice: {NEEDED}");
    (service, heard, notifications)
}

#[track_caller]
fn expect(notifications: &Receiver<String>, expected: &[&str]) {
    for notification in expected {
        let told = notifications.recv_timeout(PATIENCE).unwrap();
        assert_eq!(told, *notification);
    }
}

/// Two minutes of speech: what cancels it comes long before its end.
fn long() -> String {
    "Bonjour, voici une phrase en français. ".repeat(50)
}

#[test]
fn a_french_sentence_is_spoken_to_its_end() {
    let (_service, heard, notifications) = start();
    heard.speech.say("Bienvenue à la borne.", "fr");
    expect(&notifications, &["1 BEGIN", "1 END"]);
}

#[test]
fn another_text_cancels_the_one_that_is_spoken() {
    let (_service, heard, notifications) = start();
    heard.speech.say(&long(), "fr");
    expect(&notifications, &["1 BEGIN"]);
    heard.speech.say("Autre chose.", "fr");
    expect(&notifications, &["1 CANCELED", "2 BEGIN", "2 END"]);
}

#[test]
fn stopping_cancels_what_is_spoken() {
    let (_service, heard, notifications) = start();
    heard.speech.say(&long(), "fr");
    expect(&notifications, &["1 BEGIN"]);
    heard.speech.stop();
    expect(&notifications, &["1 CANCELED"]);
    heard.speech.say("Dag.", "nl");
    expect(&notifications, &["2 BEGIN", "2 END"]);
}

#[test]
fn a_service_that_is_killed_is_started_again() {
    let service = Service::start();
    let launcher = service.configure();
    let heard = Heard::launching(&service.socket, &["fr"], patient(), Some(launcher));
    heard.ready();
    let pid_of = || std::fs::read_to_string(&service.pid_file).unwrap();
    let first = pid_of();
    let pid = Pid::from_raw(first.trim().parse().unwrap()).unwrap();
    kill_process(pid, Signal::KILL).unwrap();
    heard.reason();
    // Until the first is quite dead, there may be other reasons.
    while heard.change() != Availability::Ready {}
    assert_ne!(pid_of(), first);
}

#[test]
fn the_check_names_voices_of_the_three_languages() {
    let service = Service::start();
    let found = check(Options {
        socket: Some(service.socket.clone()),
        languages: ["fr", "en", "nl"].map(str::to_owned).to_vec(),
    });
    let found = found.unwrap_or_else(|error| panic!("{error}; {NEEDED}"));
    let names: Vec<_> = found.iter().map(|voice| voice.name.as_str()).collect();
    assert_eq!(
        names,
        ["French (France)", "English (Great Britain)", "Dutch"]
    );
}

#[test]
fn the_configuration_of_the_borne_is_obeyed() {
    let service = Service::start();
    let mut stream = UnixStream::connect(&service.socket).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines();
    let mut ask = |request: &str| {
        write!(stream, "{request}\r\n").unwrap();
        lines.next().unwrap().unwrap()
    };
    let named = ask("SET self CLIENT_NAME borne:borne:main");
    assert_eq!(named, "208 OK CLIENT NAME SET");
    assert_eq!(ask("GET RATE"), "251--20");
}
