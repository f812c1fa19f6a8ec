//! One connection to the speech service.

use std::path::Path;
use std::time::Duration;

use ssip_client_async::fifo::asynchronous_tokio::{Builder, OwnedReadHalf, OwnedWriteHalf};
use ssip_client_async::tokio::AsyncClient;
use ssip_client_async::{
    ClientError, ClientName, ClientResult, ClientScope, MessageScope, OK_CANCELED, OK_LANGUAGE_SET,
    OK_PUNCTUATION_SET, OK_VOICES_LIST_SENT, PunctuationMode,
};
use tokio::io::{BufReader, BufWriter};
use tokio::time::timeout;

use super::policy::Limits;
use super::voices::{self, Voice};
use super::{SpeechError, text, wording};

type Client = AsyncClient<BufReader<OwnedReadHalf>, BufWriter<OwnedWriteHalf>>;

/// One connection to the speech service, with a voice.
pub(super) struct Session {
    client: Client,
    voices: Vec<Voice>,
    /// As set last; every connection starts with the service's own.
    language: Option<String>,
    limits: Limits,
}

impl Session {
    /// Connects to a service that listens on `socket`, and finds a voice for each language.
    pub(super) async fn open(
        socket: &Path,
        languages: &[String],
        limits: Limits,
    ) -> Result<Self, SpeechError> {
        let mut builder = Builder::default();
        // Not waiting: a service that takes no more connections is an error at once.
        let connected = builder.path(socket).build().await;
        let mut client = connected.map_err(|source| SpeechError::Connect {
            path: socket.to_owned(),
            source,
        })?;
        within(limits.answer, introduce(&mut client)).await?;
        let listed = within(limits.voices, async {
            client.list_synthesis_voices().await?;
            let lines = client.receive_lines(OK_VOICES_LIST_SENT).await?;
            lines.iter().map(|line| line.parse()).collect()
        });
        let listed: Vec<_> = listed.await?;
        let choose = |language: &String| voices::choose(&listed, language);
        let voices: Vec<_> = languages.iter().filter_map(choose).collect();
        if voices.is_empty() {
            return Err(SpeechError::NoVoice(languages.to_vec()));
        }
        Ok(Self {
            client,
            voices,
            language: None,
            limits,
        })
    }

    /// The voices found, in the order of the languages wanted.
    pub(super) fn voices(&self) -> &[Voice] {
        &self.voices
    }

    /// Stops what is being said, then speaks what stands on the screen.
    pub(super) async fn say(&mut self, shown: &str, language: &str) -> Result<(), SpeechError> {
        self.silence().await?;
        if !self.can_speak(language) {
            // Another language's voice would be understood by nobody.
            tracing::warn!(language, "no voice: not spoken");
            return Ok(());
        }
        let spoken = text::escaped(&wording::spoken(&text::one_line(shown), language));
        if spoken.trim().is_empty() {
            return Ok(());
        }
        within(self.limits.answer, async {
            if self.language.as_deref() != Some(language) {
                self.client
                    .set_language(ClientScope::Current, language)
                    .await?;
                self.client.check_status(OK_LANGUAGE_SET).await?;
                self.language = Some(language.to_owned());
            }
            self.client.speak().await?.check_receiving_data().await?;
            // Not `send_line`, which in 0.19 forgets the dot that ends the text.
            self.client.send_lines(&[spoken]).await?;
            self.client.receive_message_id().await.map(drop)
        })
        .await
    }

    /// Stops what is being said and forgets what waits in the service.
    pub(super) async fn silence(&mut self) -> Result<(), SpeechError> {
        within(self.limits.answer, cancel(&mut self.client)).await
    }

    /// Waits until the service goes away, or says something that nobody asked for. Giving up the
    /// waiting loses nothing: until then nothing has come.
    pub(super) async fn lost(&mut self) -> SpeechError {
        match self.client.receive_lines(OK_CANCELED).await {
            Ok(_) => SpeechError::Gibberish,
            Err(error) => error.into(),
        }
    }

    /// Falls silent at the end of the program: the service would speak on without us. An exchange
    /// may have been given up half-way, so what is answered is not looked at; the service hangs up.
    pub(super) async fn farewell(mut self) {
        let last = async {
            self.client.cancel(MessageScope::Last).await?;
            self.client.quit().await?;
            while !matches!(
                self.client.receive_lines(OK_CANCELED).await,
                Err(ClientError::Io(_))
            ) {}
            Ok(())
        };
        if let Err(error) = within(self.limits.farewell, last).await {
            tracing::debug!(%error, "the speech service has not heard the end");
        }
    }

    fn can_speak(&self, language: &str) -> bool {
        let same = |voice: &Voice| voices::primary(&voice.language) == voices::primary(language);
        voices::is_tag(language) && self.voices.iter().any(same)
    }
}

async fn introduce(client: &mut Client) -> ClientResult<()> {
    let name = ClientName::new("borne", "borne");
    client.set_client_name(name).await?;
    client.check_client_name_set().await?;
    // Signs that mean something are put into words before they are sent.
    client
        .set_punctuation_mode(ClientScope::Current, PunctuationMode::None)
        .await?;
    client.check_status(OK_PUNCTUATION_SET).await.map(drop)
}

async fn cancel(client: &mut Client) -> ClientResult<()> {
    client.cancel(MessageScope::Last).await?;
    client.check_status(OK_CANCELED).await.map(drop)
}

async fn within<T>(
    limit: Duration,
    exchange: impl Future<Output = ClientResult<T>>,
) -> Result<T, SpeechError> {
    match timeout(limit, exchange).await {
        Ok(answer) => Ok(answer?),
        Err(_) => Err(SpeechError::Mute(limit)),
    }
}
