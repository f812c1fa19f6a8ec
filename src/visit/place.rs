use central_protocol::event::Entry;

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
}

/// A set of videos to page through.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// A univers, by id.
    Univers(String),
    /// A rubrique, by id.
    Rubrique(String),
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
            Self::Unsure => Place::first_page(Shelf::Suggestions),
        }
    }
}

impl Place {
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
            Self::Maintenant { .. } => Entry::Related,
            Self::Chercher { .. } => Entry::Search,
            Self::Accueil | Self::Lecteur { .. } | Self::Aide | Self::Confort => Entry::Home,
        }
    }
}
