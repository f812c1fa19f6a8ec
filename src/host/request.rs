//! What may be asked of `borne host`, and what it answers: one JSON document a line, one request a
//! connection.

use serde::{Deserialize, Serialize};
use url::Url;

use crate::pin::Pin;

use super::{Network, NetworkError};

/// What may be asked. Nothing else can be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "ask",
    content = "with",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
pub enum Request {
    /// How the machine stands: [`Answer::State`].
    State,
    /// Wireless networks in reach: [`Answer::Reach`].
    Scan,
    /// Uses this way to the network from now on, and after every start: [`Answer::Done`].
    Connect(Network),
    /// Who the borne is and where its catalogue comes from: [`Answer::Done`].
    Settle(Site),
    /// Takes the settings of the stick that is plugged in, while the borne has none of its own:
    /// [`Answer::Done`].
    TakeStick,
    /// How the picture is turned on the screen, degrees clockwise: 0, 90, 180 or 270.
    Turn(u16),
    /// Loudness at the start of a visit, and the one it cannot exceed, percent.
    Loudness {
        /// At the start of a visit.
        default: u8,
        /// At most, not below `default`.
        ceiling: u8,
    },
    /// Erases settings, network, catalogue, videos and statistics, and starts again as new.
    Reset,
    /// Starts the machine again.
    Restart,
    /// Turns the machine off.
    PowerOff,
}

impl Request {
    /// What it asks for, in a word for the log.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::State => "state",
            Self::Scan => "scan",
            Self::Connect(_) => "connect",
            Self::Settle(_) => "settle",
            Self::TakeStick => "take-stick",
            Self::Turn(_) => "turn",
            Self::Loudness { .. } => "loudness",
            Self::Reset => "reset",
            Self::Restart => "restart",
            Self::PowerOff => "power-off",
        }
    }
}

/// Who a borne is, as settled when it is first started.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// `borne.id`: `[a-z0-9-]{1,64}`.
    pub id: String,
    /// `borne.site`, the name of the place; may be empty.
    pub site: String,
    /// `sync.url`, the repository; absent: the one that the image brings.
    pub url: Option<Url>,
    /// `languages`, BCP 47, the default first; at least one.
    pub languages: Vec<String>,
    /// Code of Maintenance, 4 to 8 digits; absent: the one that the machine brings.
    pub code: Option<Pin>,
}

/// What is answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "answer",
    content = "with",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
pub enum Answer {
    /// It is done, and lasts.
    Done,
    /// How the machine stands.
    State(Box<State>),
    /// Wireless networks in reach, the strongest first, one entry a name.
    Reach(Vec<Reach>),
    /// Nothing was changed.
    Refused(Refusal),
}

/// How the machine stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    /// It knows who it is: it has settings of its place.
    pub settled: bool,
    /// The way to the network that was set; absent: a cable and an automatic address.
    pub network: Option<Network>,
    /// Network cards, cables first, by name.
    pub cards: Vec<Card>,
    /// A stick with settings is plugged in.
    pub stick: Option<Stick>,
    /// The image brings the address of a repository.
    pub repository: Option<Url>,
    /// The machine brings a code of Maintenance.
    pub code: bool,
    /// How the picture is turned, degrees clockwise.
    pub turned: u16,
}

/// A network card.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Card {
    /// The kernel's name, such as `enp1s0`.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// A cable is in, or a wireless network has let it in.
    pub linked: bool,
    /// Its addresses with their prefix, such as `192.168.1.20/24`; no link-local ones.
    pub addresses: Vec<String>,
}

/// Kind of a network card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// For a cable.
    Cable,
    /// Without.
    Wireless,
}

/// Settings found on a stick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stick {
    /// `borne.id`, when the settings can be used.
    pub id: Option<String>,
    /// `borne.site`.
    pub site: String,
    /// Why they cannot be used, in French, with file and line; absent: they can.
    pub problem: Option<String>,
}

/// A wireless network in reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// Its name (SSID).
    pub name: String,
    /// Strength, 0 (hardly) to 4 (near).
    pub strength: u8,
    /// It asks for a passphrase.
    pub secured: bool,
    /// It asks for more than a passphrase (802.1X): a borne cannot join it.
    pub enterprise: bool,
}

/// Why something was not done. The screen words it in French, by its kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    tag = "why",
    content = "with",
    rename_all = "kebab-case",
    deny_unknown_fields
)]
pub enum Refusal {
    /// It is no request, or one above 64 kB.
    Malformed,
    /// The way to the network cannot be used.
    Network(NetworkError),
    /// A value of the settings cannot be used: the key, and the sentence of the settings, in French.
    Setting {
        /// Such as `borne.id`.
        key: String,
        /// What is wrong and what to do.
        sentence: String,
    },
    /// The code of Maintenance is not 4 to 8 digits, or a run that everybody tries first.
    Code,
    /// No card for this, or none is ready.
    NoCard,
    /// The wireless network did not let it in: most often the passphrase.
    NotLetIn,
    /// No stick with settings, or the borne already has settings.
    NoStick,
    /// The disk does not take it.
    Disk,
    /// A service of the system did not do its part; its words are in the log.
    Service,
    /// Nobody answers: this machine's system is not ours.
    Nobody,
}
