//! Asking `borne host`, over its socket. Waits for the answer: never on the thread that draws.

use std::io::{self, BufRead, BufReader, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::policy;
use super::{Answer, Refusal, Request};

/// Where `borne host` listens, on a PC whose system is ours.
pub const SOCKET: &str = "/run/borne/host.sock";

/// Asks one request a connection.
#[derive(Clone, Debug)]
pub struct Client {
    path: PathBuf,
}

impl Client {
    /// A client of the socket at `path`; usually [`SOCKET`].
    #[must_use]
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into() }
    }

    /// Asks, and waits for as long as the request may take ([`policy::within`]).
    ///
    /// Without a socket the answer is [`Refusal::Nobody`]; without an answer in time, or with one that
    /// is none, [`Refusal::Service`].
    #[must_use]
    pub fn ask(&self, request: &Request) -> Answer {
        let Ok(stream) = connect(&self.path) else {
            return Answer::Refused(Refusal::Nobody);
        };
        let answer = exchange(stream, request, policy::within(request));
        answer.unwrap_or_else(|error| {
            tracing::warn!(%error, "the machine has not answered");
            Answer::Refused(Refusal::Service)
        })
    }
}

fn connect(path: &Path) -> io::Result<UnixStream> {
    let absent = |error: &io::Error| error.kind() == io::ErrorKind::NotFound;
    UnixStream::connect(path).inspect_err(|error| {
        if !absent(error) {
            tracing::warn!(%error, path = %path.display(), "the machine cannot be asked");
        }
    })
}

fn exchange(stream: UnixStream, request: &Request, within: Duration) -> io::Result<Answer> {
    stream.set_write_timeout(Some(policy::SAY))?;
    stream.set_read_timeout(Some(within))?;
    let mut line = serde_json::to_vec(request)?;
    line.push(b'\n');
    (&stream).write_all(&line)?;
    let mut said = Vec::new();
    BufReader::new(stream.take(policy::ANSWER_BYTES)).read_until(b'\n', &mut said)?;
    Ok(serde_json::from_slice(&said)?)
}

#[cfg(test)]
mod tests {
    use std::os::unix::net::UnixListener;
    use std::thread;

    use tempfile::TempDir;

    use super::*;

    /// A machine that answers one request with these bytes, and tells what it was asked.
    fn asked(request: &Request, answer: &[u8]) -> (Answer, String) {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("host.sock");
        let listener = UnixListener::bind(&path).unwrap();
        let answer = answer.to_vec();
        let machine = thread::spawn(move || {
            let (stream, _) = listener.accept().unwrap();
            let mut line = String::new();
            BufReader::new(&stream).read_line(&mut line).unwrap();
            (&stream).write_all(&answer).unwrap();
            line
        });
        let answer = Client::new(&path).ask(request);
        (answer, machine.join().unwrap())
    }

    #[test]
    fn a_request_is_one_line_and_so_is_its_answer() {
        let (answer, line) = asked(&Request::Turn(90), b"{\"answer\":\"done\"}\n");
        assert_eq!(answer, Answer::Done);
        assert_eq!(line, "{\"ask\":\"turn\",\"with\":90}\n");
    }

    #[test]
    fn without_a_socket_there_is_nobody() {
        let folder = TempDir::new().unwrap();
        let answer = Client::new(folder.path().join("host.sock")).ask(&Request::State);
        assert_eq!(answer, Answer::Refused(Refusal::Nobody));
    }

    #[test]
    fn what_is_no_answer_is_a_service_that_failed() {
        let endless = vec![b' '; usize::try_from(policy::ANSWER_BYTES).unwrap() + 1];
        for said in [b"".as_slice(), b"{", b"[]\n", &endless[..]] {
            let (answer, _) = asked(&Request::State, said);
            assert_eq!(answer, Answer::Refused(Refusal::Service));
        }
    }
}
