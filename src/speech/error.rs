//! Why nothing is spoken.

use std::io;
use std::path::PathBuf;
use std::process::ExitStatus;
use std::time::Duration;

use ssip_client_async::ClientError;

/// Why nothing is spoken; all of it may pass, so all of it is tried again.
#[derive(Debug, thiserror::Error)]
pub enum SpeechError {
    /// `$SPEECHD_ADDRESS` names something else than a Unix socket.
    #[error("SPEECHD_ADDRESS is \"{0}\": only unix_socket or unix_socket:PATH is used")]
    Address(String),
    /// Neither `$XDG_RUNTIME_DIR` nor `$HOME` is set.
    #[error("no socket to look for: neither XDG_RUNTIME_DIR nor HOME is set")]
    NoFolder,
    /// Nothing listens.
    #[error("{}: nothing listens ({source})", path.display())]
    Connect {
        /// The socket.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The service cannot be started.
    #[error("{} cannot be started ({source})", program.display())]
    Launch {
        /// The service's program.
        program: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The service refuses to start.
    #[error("{} --spawn ended with {status}", program.display())]
    Refused {
        /// The service's program.
        program: PathBuf,
        /// How it ended.
        status: ExitStatus,
    },
    /// The service does not answer.
    #[error("no answer within {} ms", .0.as_millis())]
    Mute(Duration),
    /// The service says something else than it should, or has gone.
    #[error("wrong answer or lost connection ({0})")]
    Answer(ClientError),
    /// What the service says is no SSIP at all.
    #[error("what the service says is not SSIP")]
    Gibberish,
    /// The service has no voice for any language wanted.
    #[error("no voice for {}", .0.join(", "))]
    NoVoice(Vec<String>),
    /// The runtime cannot be started.
    #[error("the runtime cannot be started ({0})")]
    Runtime(io::Error),
}

impl From<ClientError> for SpeechError {
    fn from(error: ClientError) -> Self {
        Self::Answer(error)
    }
}
