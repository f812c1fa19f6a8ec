//! The fault server: one request a connection, answers made by a closure.

use std::collections::{BTreeMap, HashMap};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use crate::reply::{Reply, Request};

/// What answers; is told how often this path has been asked, this time included.
type Answer = Box<dyn FnMut(&Request, usize) -> Reply + Send>;

/// A server on a port of its own until dropped.
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    answer: Mutex<(Answer, HashMap<String, usize>)>,
    requests: Mutex<Vec<Request>>,
    media_sent: AtomicUsize,
    stop: AtomicBool,
}

impl Server {
    /// Starts on a free port.
    pub fn start(answer: impl FnMut(&Request, usize) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Self::listen(listener, Box::new(answer))
    }

    fn listen(listener: TcpListener, answer: Answer) -> Self {
        let address = listener.local_addr().unwrap();
        let shared = Arc::new(Shared {
            answer: Mutex::new((answer, HashMap::new())),
            requests: Mutex::default(),
            media_sent: AtomicUsize::new(0),
            stop: AtomicBool::new(false),
        });
        let accepting = Arc::clone(&shared);
        let thread = std::thread::spawn(move || {
            for stream in listener.incoming() {
                if accepting.stop.load(Ordering::SeqCst) {
                    return;
                }
                let shared = Arc::clone(&accepting);
                // On a thread of its own: one that stalls does not hold up the next.
                std::thread::spawn(move || shared.serve(stream.unwrap()));
            }
        });
        Self {
            address,
            shared,
            thread: Some(thread),
        }
    }

    /// Serves the files of a folder; `fault` may answer something else.
    pub fn folder(
        root: PathBuf,
        mut fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        Self::start(move |request, time| {
            fault(request, time).unwrap_or_else(|| {
                match std::fs::read(root.join(request.path.trim_start_matches('/'))) {
                    Ok(bytes) => Reply::file(request, &bytes, "1"),
                    Err(_) => Reply::new(404, "absent"),
                }
            })
        })
    }

    /// Passes requests on to another server; `fault` sees the request and the true answer, and may
    /// answer something else, or send other requests first.
    pub fn before(
        to: SocketAddr,
        mut fault: impl FnMut(&Request, usize) -> Option<Reply> + Send + 'static,
    ) -> Self {
        Self::start(move |request, time| {
            fault(request, time).unwrap_or_else(|| forward(to, request))
        })
    }

    /// Address to put before a path, with a slash at its end.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// The requests so far.
    #[must_use]
    pub fn requests(&self) -> Vec<Request> {
        self.shared.requests.lock().unwrap().clone()
    }

    /// Bytes of media sent so far, whether they arrived or not.
    #[must_use]
    pub fn media_sent(&self) -> usize {
        self.shared.media_sent.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

impl Shared {
    fn serve(&self, mut stream: TcpStream) {
        let Some(request) = read(&stream) else {
            return;
        };
        self.requests.lock().unwrap().push(request.clone());
        let reply = {
            let mut answer = self.answer.lock().unwrap();
            let (answer, asked) = &mut *answer;
            let time = asked.entry(request.path.clone()).or_default();
            *time += 1;
            answer(&request, *time)
        };
        let sent = reply.send(&mut stream);
        if request.path.starts_with("/media/") {
            self.media_sent.fetch_add(sent, Ordering::SeqCst);
        }
    }
}

fn read(stream: &TcpStream) -> Option<Request> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok()?;
    let mut words = first.split(' ').map(str::to_owned);
    let (method, path) = (words.next()?, words.next()?);
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(':') else {
            break;
        };
        headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
    }
    let length = headers.get("content-length").and_then(|it| it.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    Some(Request {
        method,
        path,
        headers,
        body,
    })
}

/// Sends a request to another server and gives its answer; 502 when nobody is there.
#[must_use]
pub fn forward(to: SocketAddr, request: &Request) -> Reply {
    let Ok(mut stream) = TcpStream::connect(to) else {
        return Reply::new(502, "");
    };
    let mut head = format!("{} {} HTTP/1.1\r\n", request.method, request.path);
    for (name, value) in &request.headers {
        if name != "connection" {
            head += &format!("{name}: {value}\r\n");
        }
    }
    head += "connection: close\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&request.body).unwrap();
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n");
    let end = end.unwrap();
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Reply::new(status, &bytes[end + 4..]).with("Content-Type", "application/json")
}
