//! Answers of the fault server: what is said, and how it is sent.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

/// A request as it came; names of headers are in lower case.
#[derive(Clone, Debug)]
pub struct Request {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path, or a whole address when a proxy is asked.
    pub path: String,
    /// Headers.
    pub headers: BTreeMap<String, String>,
    /// Body.
    pub body: Vec<u8>,
}

impl Request {
    /// A header; its name in lower case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// It asks for the file of a video.
    #[must_use]
    pub fn is_video(&self) -> bool {
        self.path.starts_with("/media/") && self.path.ends_with(".mp4")
    }

    /// Where a `Range: bytes=N-` starts.
    #[must_use]
    pub fn range_start(&self) -> Option<usize> {
        let range = self.header("range")?.strip_prefix("bytes=")?;
        range.strip_suffix('-')?.parse().ok()
    }
}

/// How a body is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// All at once, then the connection is closed.
    Whole,
    /// So many bytes, then the connection is closed in order.
    Cut(usize),
    /// So many bytes, then the connection is reset.
    Reset(usize),
    /// So many bytes, then silence until the client has gone.
    Stall(usize),
    /// So many bytes, a pause, and so on.
    Drip(usize, Duration),
    /// All at once, but the connection stays open until the client has gone.
    Hold,
    /// The body again and again until the client has gone.
    Endless,
    /// Nothing at all: the connection is closed without an answer.
    Mute,
    /// Nothing at all, and the connection stays open until the client has gone.
    Silent,
}

/// An answer. `Content-Length` is added, but to one without an end.
#[derive(Clone, Debug)]
pub struct Reply {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
    flow: Flow,
    length: Option<usize>,
}

impl Reply {
    /// An answer sent as a whole.
    #[must_use]
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self {
            status,
            headers: Vec::new(),
            length: Some(body.len()),
            body,
            flow: Flow::Whole,
        }
    }

    /// The status code.
    #[must_use]
    pub const fn status(&self) -> u16 {
        self.status
    }

    /// A page as a captive portal sends.
    #[must_use]
    pub fn page() -> Self {
        Self::new(200, "<html>Acceptez les conditions</html>").with("Content-Type", "text/html")
    }

    /// A redirection.
    #[must_use]
    pub fn elsewhere(to: impl Into<String>) -> Self {
        Self::new(302, "").with("Location", to)
    }

    /// Adds a header, or replaces it.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self.headers.push((name, value.into()));
        self
    }

    /// Takes a header away.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(known, _)| *known != name);
        self
    }

    /// Sends the body in another way.
    #[must_use]
    pub fn flowing(mut self, flow: Flow) -> Self {
        self.flow = flow;
        if flow == Flow::Endless {
            self.length = None;
        }
        self
    }

    /// Tells no length: the end of the connection is the end of the body.
    #[must_use]
    pub fn without_length(mut self) -> Self {
        self.length = None;
        self
    }

    /// A file as a good server answers: with a strong `ETag`, ranges and `If-Range`.
    #[must_use]
    pub fn file(request: &Request, bytes: &[u8], etag: &str) -> Self {
        let tag = format!("\"{etag}\"");
        let same = request.header("if-range").is_none_or(|asked| asked == tag);
        let reply = match request.range_start().filter(|_| same) {
            None => Self::new(200, bytes),
            Some(start) if start >= bytes.len() => Self::new(416, []),
            Some(start) => {
                let range = format!("bytes {start}-{}/{}", bytes.len() - 1, bytes.len());
                Self::new(206, &bytes[start..]).with("Content-Range", range)
            }
        };
        reply.with("ETag", tag)
    }

    /// Sends it; a client that has gone is its own affair. Gives the bytes of the body sent.
    pub(crate) fn send(&self, stream: &mut TcpStream) -> usize {
        match self.flow {
            Flow::Mute => return 0,
            Flow::Silent => {
                until_gone(stream);
                return 0;
            }
            _ => {}
        }
        let head = self.head();
        if stream.write_all(head.as_bytes()).is_err() {
            return 0;
        }
        self.send_body(stream)
    }

    fn head(&self) -> String {
        let mut head = format!("HTTP/1.1 {} Test\r\nConnection: close\r\n", self.status);
        if let Some(length) = self.length {
            head += &format!("Content-Length: {length}\r\n");
        }
        for (name, value) in &self.headers {
            head += &format!("{name}: {value}\r\n");
        }
        head + "\r\n"
    }

    fn send_body(&self, stream: &mut TcpStream) -> usize {
        let body = &self.body[..];
        match self.flow {
            Flow::Mute | Flow::Silent => 0,
            Flow::Whole => put(stream, body),
            Flow::Cut(after) => put(stream, &body[..after.min(body.len())]),
            Flow::Reset(after) => {
                let sent = put(stream, &body[..after.min(body.len())]);
                let _ = rustix::net::sockopt::set_socket_linger(stream, Some(Duration::ZERO));
                sent
            }
            Flow::Stall(after) => {
                let sent = put(stream, &body[..after.min(body.len())]);
                until_gone(stream);
                sent
            }
            Flow::Hold => {
                let sent = put(stream, body);
                until_gone(stream);
                sent
            }
            Flow::Drip(bytes, pause) => drip(stream, body, bytes, pause),
            Flow::Endless => endless(stream, body),
        }
    }
}

fn put(stream: &mut TcpStream, bytes: &[u8]) -> usize {
    stream.write_all(bytes).map_or(0, |()| bytes.len())
}

fn drip(stream: &mut TcpStream, body: &[u8], bytes: usize, pause: Duration) -> usize {
    let mut sent = 0;
    let _ = stream.set_read_timeout(Some(pause));
    for piece in body.chunks(bytes) {
        sent += put(stream, piece);
        // Nothing comes: the read ends with the pause, or when the client has gone.
        if matches!(stream.read(&mut [0]), Ok(0)) {
            break;
        }
    }
    sent
}

fn endless(stream: &mut TcpStream, body: &[u8]) -> usize {
    let mut sent = 0;
    while stream.write_all(body).is_ok() {
        sent += body.len();
    }
    sent
}

fn until_gone(stream: &mut TcpStream) {
    let _ = stream.set_read_timeout(None);
    while stream.read(&mut [0]).is_ok_and(|read| read > 0) {}
}
