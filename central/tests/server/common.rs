use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use central::app::App;
use central::clock::Clock;
use central::config::Config;
use central::secret::Secret;
use central::store::bornes::{self, HostKind};
use central::store::staff::{self, Member, Role};
use central::store::{Store, StoreError};
use central::{entropy, password, server};
use central_protocol::{Acknowledgement, EVENTS_PATH, SCHEMA};
use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use reqwest::{Client, Response, StatusCode};
use rusqlite::Connection;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

pub const EPOCH: &str = "01900000-0000-7000-8000-00000000000a";
pub const OTHER_EPOCH: &str = "01900000-0000-7000-8000-00000000000b";
pub const PASSWORD: &str = "mot de passe de test";
/// A Saturday, 11:20 in Brussels.
pub const NOW: &str = "2026-11-21T10:20:00Z";

pub struct Server {
    pub app: App,
    pub address: SocketAddr,
    seconds: Arc<AtomicI64>,
    _stop: oneshot::Sender<()>,
    _data: TempDir,
}

impl Server {
    pub async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    pub async fn start_with(change: impl FnOnce(&mut Config)) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut config = config(data.path().to_owned());
        change(&mut config);
        let seconds = Arc::new(AtomicI64::new(
            NOW.parse::<Timestamp>().unwrap().as_second(),
        ));
        let hands = Arc::clone(&seconds);
        let clock: Clock =
            Arc::new(move || Timestamp::from_second(hands.load(Ordering::SeqCst)).unwrap());
        let store = Store::open(data.path()).unwrap();
        let app = App::new(store, clock, entropy::system(), config);
        let listener = TcpListener::bind(app.config.listen).await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = server::serve(app.clone(), listener, async move {
            let _ = stopped.await;
        });
        tokio::spawn(serving);
        Self {
            app,
            address,
            seconds,
            _stop: stop,
            _data: data,
        }
    }

    pub fn later(&self, seconds: i64) {
        self.seconds.fetch_add(seconds, Ordering::SeqCst);
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Connection, Timestamp) -> Result<T, StoreError> + Send + 'static,
    ) -> T {
        let now = (self.app.clock)();
        self.app
            .store
            .write(move |connection| work(connection, now))
            .await
            .unwrap()
    }

    /// Adds a borne and gives its token.
    pub async fn borne(&self, id: &'static str) -> String {
        let token = Secret::generate(&self.app.entropy).unwrap();
        let digest = token.digest();
        self.write(move |connection, now| {
            bornes::add(
                connection,
                id,
                &format!("Site de {id}"),
                HostKind::Cefo,
                &digest,
                now,
            )
        })
        .await;
        token.reveal()
    }

    pub async fn person(&self, name: &'static str) {
        let hash = password::hash(&self.app.entropy, PASSWORD).unwrap();
        self.write(move |connection, now| {
            staff::add(
                connection,
                &Member {
                    name: name.to_owned(),
                    role: Role::Lecture,
                },
                &hash,
                now,
            )
        })
        .await;
    }

    pub async fn send(&self, token: &str, body: Vec<u8>) -> Response {
        client()
            .post(self.url(EVENTS_PATH))
            .bearer_auth(token)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .await
            .unwrap()
    }

    pub async fn deliver(&self, token: &str, batch: &Value) -> Acknowledgement {
        let response = self.send(token, batch.to_string().into_bytes()).await;
        assert_eq!(response.status(), StatusCode::OK);
        response.json().await.unwrap()
    }

    /// Rows of a query, each as one number.
    pub async fn number(&self, sql: &'static str) -> i64 {
        self.app
            .store
            .read(move |connection| Ok(connection.query_row(sql, [], |row| row.get(0))?))
            .await
            .unwrap()
    }

    /// What must not change when a delivery is repeated: events and everything counted.
    pub async fn totals(&self) -> [i64; 4] {
        [
            self.number("SELECT count(*) FROM event").await,
            self.number("SELECT coalesce(sum(plays), 0) FROM video_count WHERE span = 0")
                .await,
            self.number("SELECT coalesce(sum(plays), 0) FROM borne_count WHERE span = 1")
                .await,
            self.number("SELECT coalesce(sum(watched_ms), 0) FROM video_count WHERE span = 0")
                .await,
        ]
    }
}

fn config(data: PathBuf) -> Config {
    Config {
        listen: "127.0.0.1:0".parse().unwrap(),
        https: false,
        behind_proxy: false,
        data,
        catalogue: None,
        name: "Bornes de test".to_owned(),
    }
}

pub fn client() -> Client {
    Client::builder()
        .cookie_store(true)
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap()
}

pub fn play(seq: u64) -> Value {
    play_of(seq, "forem/cv", "2026-11-20T10:00:00Z")
}

pub fn play_of(seq: u64, video: &str, hour: &str) -> Value {
    json!({
        "seq": seq, "hour": hour, "clock": "synced", "type": "play",
        "video": video, "revision": 1, "univers": "cv-et-profil", "language": "fr",
        "captions": true, "audio_description": false, "entry": "home", "duration_ms": 30_000,
        "watched_ms": 30_000, "unique_ms": 30_000, "coverage": 1_048_575, "completed": true,
        "pauses": 0, "seeks": 0, "stall_ms": 0, "first_frame_ms": 120, "end": "ended"
    })
}

pub fn plays(seqs: impl IntoIterator<Item = u64>) -> Vec<Value> {
    seqs.into_iter().map(play).collect()
}

pub fn batch(borne: &str, events: &[Value]) -> Value {
    batch_in(borne, EPOCH, events)
}

pub fn batch_in(borne: &str, epoch: &str, events: &[Value]) -> Value {
    let seqs: Vec<u64> = events
        .iter()
        .filter_map(|event| event["seq"].as_u64())
        .collect();
    json!({
        "schema": SCHEMA, "batch_id": "01900000-0000-7000-8000-000000000001", "borne": borne,
        "epoch": epoch, "seq_first": seqs.iter().min().unwrap_or(&0),
        "seq_last": seqs.iter().max().unwrap_or(&0), "sent_at": NOW, "clock": "synced",
        "uptime_ms": 60_000, "firmware": "0.1.0", "catalogue_version": "forem=3",
        "events": events
    })
}

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}
