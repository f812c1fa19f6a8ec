use std::time::Duration;

use central_protocol::event::Entry;

use super::access::{Area, Verdict};
use super::action::SoundPolicy;
use super::group::Session;
use super::machine::Halt;
use super::setup::{Setup, Told};

/// Where a visitor is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// The attract loop: nobody is there.
    Veille,
    /// The home screen.
    Accueil,
    /// The groups behind a door.
    Univers(Groups),
    /// A page of videos.
    Liste {
        /// Which videos.
        shelf: Shelf,
        /// Page, from 0.
        page: usize,
    },
    /// A video is open.
    Lecteur {
        /// Key of the video.
        key: String,
    },
    /// The text of a video: over it when it is open, else by itself.
    Fiche {
        /// Key of the video.
        key: String,
    },
    /// The video goes on on a phone.
    Telephone {
        /// Key of the video.
        key: String,
        /// Where it goes on, ms.
        at_ms: u64,
    },
    /// An adviser, now or later.
    Conseiller,
    /// A page of dated sessions.
    Agenda {
        /// Only for this audience, by id.
        audience: Option<String>,
        /// Page, from 0.
        page: usize,
    },
    /// A dated session.
    Seance {
        /// Its key.
        key: String,
    },
    /// A code is asked for.
    Code {
        /// What it opens.
        area: Area,
        /// As typed.
        typed: String,
        /// What became of the last one.
        verdict: Verdict,
    },
    /// Playlists to choose from, for an animator.
    Playlists,
    /// Between two videos of a playlist.
    Groupe(Session),
    /// What staff look at.
    Maintenance,
    /// A trial of the machine.
    Essai(Trial),
    /// The borne does not know who it is yet.
    Installation(Box<Setup>),
    /// The machine under the borne.
    Machine,
    /// Its network.
    Reseau(Box<Setup>),
    /// How the picture is turned.
    Ecran(Told),
    /// A turned picture is to be kept.
    Garder {
        /// How it was turned before, degrees clockwise.
        before: u16,
        /// When it turns back, once time has passed.
        until: Option<Duration>,
        /// What became of turning back.
        told: Told,
    },
    /// How loud the borne is.
    Volume {
        /// As it is to be.
        sound: SoundPolicy,
        /// What became of it.
        told: Told,
    },
    /// What ends or begins anew.
    Arret {
        /// What it is.
        halt: Halt,
        /// What became of it.
        told: Told,
    },
    /// What may follow a video.
    Maintenant {
        /// Key of the video that ended.
        key: String,
        /// It could not be shown.
        failed: bool,
    },
    /// Search, with what was typed.
    Chercher {
        /// As typed.
        query: String,
    },
    /// How it works.
    Aide,
    /// What a visitor may change.
    Confort,
}

/// The four doors of the home screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Door {
    /// "Découvrir un métier".
    Trade,
    /// "Trouver un emploi".
    Job,
    /// "Créer mon activité".
    Business,
    /// "Je ne sais pas encore".
    Unsure,
}

/// A family of groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Groups {
    /// Univers of trades.
    Univers,
    /// Rubriques of advice.
    Rubriques,
    /// "Ce que j'aime".
    Likes,
}

/// A trial of the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Trial {
    /// Every part of the screen answers a finger.
    Touch,
    /// Plain colours and a grid.
    Screen,
    /// A tone.
    Sound,
    /// How large the screen is.
    Calibration,
}

/// A set of videos to page through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// A univers, by id.
    Univers(String),
    /// A rubrique, by id.
    Rubrique(String),
    /// Something that is liked, by id.
    Like(String),
    /// A bit of everything, for who does not know yet.
    Suggestions,
}

/// The rubrique behind the door "Créer mon activité", as `classification.toml` names it.
pub const BUSINESS_RUBRIQUE: &str = "creer-activite";

impl Door {
    /// Where a door leads.
    #[must_use]
    pub fn leads_to(self) -> Place {
        match self {
            Self::Trade => Place::Univers(Groups::Univers),
            Self::Job => Place::Univers(Groups::Rubriques),
            Self::Business => Place::first_page(Shelf::Rubrique(BUSINESS_RUBRIQUE.to_owned())),
            Self::Unsure => Place::Univers(Groups::Likes),
        }
    }
}

impl Place {
    /// The code of an area is asked for.
    pub(super) fn code(area: Area) -> Self {
        Self::Code {
            area,
            typed: String::new(),
            verdict: Verdict::Open,
        }
    }

    /// The first page of a shelf.
    #[must_use]
    pub const fn first_page(shelf: Shelf) -> Self {
        Self::Liste { shelf, page: 0 }
    }

    /// A word for logs and status.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Veille => "veille",
            Self::Accueil => "accueil",
            Self::Univers(_) => "univers",
            Self::Liste { .. } => "liste",
            Self::Lecteur { .. } => "lecteur",
            Self::Fiche { .. } => "fiche",
            Self::Telephone { .. } => "telephone",
            Self::Conseiller => "conseiller",
            Self::Agenda { .. } => "agenda",
            Self::Seance { .. } => "seance",
            Self::Code { .. } => "code",
            Self::Playlists => "playlists",
            Self::Groupe(_) => "groupe",
            Self::Maintenance => "maintenance",
            Self::Essai(_) => "essai",
            Self::Installation(_) => "installation",
            Self::Machine => "machine",
            Self::Reseau(_) => "reseau",
            Self::Ecran(_) => "ecran",
            Self::Garder { .. } => "garder",
            Self::Volume { .. } => "volume",
            Self::Arret { .. } => "arret",
            Self::Maintenant { .. } => "maintenant",
            Self::Chercher { .. } => "chercher",
            Self::Aide => "aide",
            Self::Confort => "confort",
        }
    }

    /// How statistics call a playback that is started here.
    #[must_use]
    pub const fn entry(&self) -> Entry {
        match self {
            Self::Veille => Entry::Attract,
            Self::Univers(_) | Self::Liste { .. } => Entry::Univers,
            Self::Maintenant { .. } | Self::Fiche { .. } => Entry::Related,
            Self::Chercher { .. } => Entry::Search,
            Self::Agenda { .. } | Self::Seance { .. } => Entry::Agenda,
            Self::Playlists | Self::Groupe(_) => Entry::Group,
            Self::Accueil
            | Self::Lecteur { .. }
            | Self::Telephone { .. }
            | Self::Conseiller
            | Self::Code { .. }
            | Self::Maintenance
            | Self::Essai(_)
            | Self::Installation(_)
            | Self::Machine
            | Self::Reseau(_)
            | Self::Ecran(_)
            | Self::Garder { .. }
            | Self::Volume { .. }
            | Self::Arret { .. }
            | Self::Aide
            | Self::Confort => Entry::Home,
        }
    }
}
