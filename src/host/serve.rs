//! One request a connection, read whole within limits; who asks is looked at first.

use std::io::{self, BufRead as _, BufReader, Read, Write as _};
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::net::{UnixListener, UnixStream};
use std::time::Instant;

use rustix::net::sockopt::{self, Timeout};

use super::machine::Machine;
use super::services::Host;
use super::{Answer, Refusal, Request, policy};

/// Answers until nobody has asked for [`policy::IDLE`].
///
/// # Errors
/// The socket itself fails.
pub fn serve<H: Host>(listener: &UnixListener, machine: &Machine<H>) -> io::Result<()> {
    let owner = owner(listener)?;
    listener.set_nonblocking(false)?;
    sockopt::set_socket_timeout(listener, Timeout::Recv, Some(policy::IDLE))?;
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => return Ok(()),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        if let Err(error) = converse(&stream, owner, machine) {
            tracing::warn!(%error, "a request has been left unanswered");
        }
    }
}

/// The account that owns the socket: it may ask.
fn owner(listener: &UnixListener) -> io::Result<Option<u32>> {
    match listener.local_addr()?.as_pathname() {
        Some(path) => Ok(Some(std::fs::metadata(path)?.uid())),
        None => Ok(None),
    }
}

/// Root, and the owner of the socket.
#[must_use]
pub fn may_ask(user: u32, owner: Option<u32>) -> bool {
    user == 0 || Some(user) == owner
}

/// Takes one request and answers it.
///
/// # Errors
/// Who asked is gone, or may not ask.
pub fn converse<H: Host>(
    stream: &UnixStream,
    owner: Option<u32>,
    machine: &Machine<H>,
) -> io::Result<()> {
    let peer = sockopt::socket_peercred(stream)?;
    if !may_ask(peer.uid.as_raw(), owner) {
        return Err(io::ErrorKind::PermissionDenied.into());
    }
    let answer = match request(stream)? {
        Some(request) => told(&request, machine),
        None => Answer::Refused(Refusal::Malformed),
    };
    let mut line = serde_json::to_vec(&answer)?;
    line.push(b'\n');
    stream.set_write_timeout(Some(policy::SAY))?;
    let mut stream = stream;
    stream.write_all(&line)
}

/// What was asked is named, not shown: it holds passphrases and the password of a proxy. So may the sentence
/// of a setting, which quotes what it has found.
fn told<H: Host>(request: &Request, machine: &Machine<H>) -> Answer {
    let answer = machine.answer(request);
    let asked = request.name();
    match refused(&answer) {
        Some(why) => tracing::warn!(asked, why, "refused"),
        // Asked every few seconds while somebody sets the machine up.
        None if matches!(request, Request::State | Request::Scan) => {}
        None => tracing::info!(asked, "done"),
    }
    answer
}

fn refused(answer: &Answer) -> Option<String> {
    match answer {
        Answer::Refused(Refusal::Setting { key, .. }) => Some(format!("setting {key}")),
        Answer::Refused(why) => Some(format!("{why:?}")),
        _ => None,
    }
}

/// The request; `None` when it is none.
fn request(stream: &UnixStream) -> io::Result<Option<Request>> {
    let until = Instant::now() + policy::SAY;
    let mut line = Vec::new();
    let patient = Patient { stream, until };
    BufReader::new(patient.take(policy::REQUEST_BYTES + 1)).read_until(b'\n', &mut line)?;
    if line.len() as u64 > policy::REQUEST_BYTES {
        return Ok(None);
    }
    Ok(serde_json::from_slice(&line).ok())
}

/// Reads until a moment, however little comes at a time.
struct Patient<'a> {
    stream: &'a UnixStream,
    until: Instant,
}

impl Read for Patient<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(io::ErrorKind::TimedOut.into());
        }
        self.stream.set_read_timeout(Some(left))?;
        self.stream.read(buffer)
    }
}
