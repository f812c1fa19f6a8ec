//! A speech service with scripted answers on a real socket.

use std::io::{BufRead as _, BufReader, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;

use super::PATIENCE;

/// What a service answers to a request; `None`: it hangs up.
pub(super) type Answers = fn(&str) -> Option<&'static str>;

const VOICES: &str =
    "249-French (France)\tfr-FR\tnone\r\n249-Dutch\tnl\tnone\r\n249 OK VOICE LIST SENT\r\n";

/// As the real service answers.
pub(super) fn well(request: &str) -> Option<&'static str> {
    Some(match request {
        "SPEAK" => "230 OK RECEIVING DATA\r\n",
        "LIST SYNTHESIS_VOICES" => VOICES,
        "CANCEL self" => "213 OK CANCELED\r\n",
        "QUIT" => "231 HAPPY HACKING\r\n",
        _ if request.starts_with("SET self CLIENT_NAME ") => "208 OK CLIENT NAME SET\r\n",
        _ if request.starts_with("SET self LANGUAGE ") => "201 OK LANGUAGE SET\r\n",
        _ if request.starts_with("SET self PUNCTUATION ") => "205 OK PUNCTUATION SET\r\n",
        _ if request.starts_with('=') => "225-7\r\n225 OK MESSAGE QUEUED\r\n",
        _ => "500 ERR INVALID COMMAND\r\n",
    })
}

/// A service for as many connections, one after the other, as it has scripts; then its socket is
/// gone.
pub(super) struct Fake {
    pub(super) socket: PathBuf,
    requests: Receiver<String>,
    gate: Sender<()>,
    thread: Option<JoinHandle<()>>,
    _folder: tempfile::TempDir,
}

impl Fake {
    pub(super) fn start(scripts: &[Answers]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("speechd.sock");
        let listener = UnixListener::bind(&socket).unwrap();
        let (seen, requests) = channel();
        let (gate, passes) = channel();
        let (path, scripts) = (socket.clone(), scripts.to_vec());
        let thread = std::thread::spawn(move || {
            for (index, answers) in scripts.iter().enumerate() {
                let Ok((stream, _)) = listener.accept() else {
                    return;
                };
                if index + 1 == scripts.len() {
                    std::fs::remove_file(&path).unwrap();
                }
                serve(&stream, *answers, &seen, &passes);
                drop(seen.send("gone".to_owned()));
            }
        });
        Self {
            socket,
            requests,
            gate,
            thread: Some(thread),
            _folder: folder,
        }
    }

    /// The next request; a text begins with `=`.
    #[track_caller]
    pub(super) fn request(&self) -> String {
        self.requests.recv_timeout(PATIENCE).unwrap()
    }

    #[track_caller]
    pub(super) fn expect(&self, requests: &[&str]) {
        for expected in requests {
            assert_eq!(self.request(), *expected);
        }
    }

    /// What comes first on every connection.
    #[track_caller]
    pub(super) fn expect_opening(&self) {
        self.expect(&[
            "SET self CLIENT_NAME borne:borne:main",
            "SET self PUNCTUATION none",
            "LIST SYNTHESIS_VOICES",
        ]);
    }

    /// Lets an answer of [`gated`] go.
    pub(super) fn open_gate(&self) {
        self.gate.send(()).unwrap();
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        // A service that still waits for a connection gets one, and finds it closed.
        if self.socket.exists() {
            drop(UnixStream::connect(&self.socket));
        }
        if !std::thread::panicking() {
            self.thread.take().unwrap().join().unwrap();
        }
    }
}

/// As [`well`], but the first answer to `CANCEL self` waits until the gate opens.
pub(super) fn gated(request: &str) -> Option<&'static str> {
    match request {
        "CANCEL self" => Some("gate"),
        _ => well(request),
    }
}

fn serve(stream: &UnixStream, answers: Answers, seen: &Sender<String>, passes: &Receiver<()>) {
    let mut lines = BufReader::new(stream).split(b'\n');
    let mut in_text = false;
    let mut gated = true;
    let mut text = String::from("=");
    while let Some(Ok(line)) = lines.next() {
        let line = String::from_utf8(line).unwrap();
        let line = line.strip_suffix('\r').expect("lines end with CR LF");
        if in_text && line != "." {
            text.push_str(line);
            continue;
        }
        let request = if in_text {
            std::mem::replace(&mut text, "=".to_owned())
        } else {
            line.to_owned()
        };
        drop(seen.send(request.clone()));
        let Some(mut answer) = answers(&request) else {
            return;
        };
        if answer == "gate" {
            if std::mem::take(&mut gated) && passes.recv_timeout(PATIENCE).is_err() {
                return;
            }
            answer = "213 OK CANCELED\r\n";
        }
        in_text = request == "SPEAK" && answer.starts_with("230");
        let mut stream = stream;
        if stream.write_all(answer.as_bytes()).is_err() || request == "QUIT" {
            return;
        }
    }
}

/// A socket that accepts and never answers.
pub(super) fn mute(folder: &Path) -> (PathBuf, UnixListener) {
    let socket = folder.join("mute.sock");
    let listener = UnixListener::bind(&socket).unwrap();
    (socket, listener)
}
