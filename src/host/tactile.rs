//! What is set on the screen, as settings: `tactile.toml`. Pure.

use serde::{Deserialize, Serialize};
use url::Url;

use super::Site;

/// The keys that the screen sets; those that it has not set are absent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Tactile {
    #[serde(skip_serializing_if = "Option::is_none")]
    languages: Option<Vec<String>>,
    #[serde(skip_serializing_if = "is_default")]
    borne: Borne,
    #[serde(skip_serializing_if = "is_default")]
    sync: Sync,
    #[serde(skip_serializing_if = "is_default")]
    screen: Screen,
    #[serde(skip_serializing_if = "is_default")]
    sound: Sound,
    #[serde(skip_serializing_if = "is_default")]
    access: Access,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Borne {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sync {
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<Url>,
    #[serde(skip_serializing_if = "Option::is_none")]
    proxy: Option<Url>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Screen {
    #[serde(skip_serializing_if = "Option::is_none")]
    turned: Option<u16>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sound {
    #[serde(skip_serializing_if = "Option::is_none")]
    default_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ceiling_percent: Option<u8>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quiet_ceiling_percent: Option<u8>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Access {
    #[serde(skip_serializing_if = "Option::is_none")]
    maintenance_pin_hash: Option<String>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Tactile {
    /// Reads the file.
    ///
    /// # Errors
    /// What is not as this module writes it, with its line.
    pub fn parse(text: &str) -> Result<Self, toml::de::Error> {
        toml::from_str(text)
    }

    /// The file.
    ///
    /// # Errors
    /// None that is known: all that is held can be said in TOML.
    pub fn render(&self) -> Result<String, toml::ser::Error> {
        let keys = toml::to_string(self)?;
        Ok(format!(
            "# Réglé sur l'écran de la borne, qui réécrit ce fichier.\n{keys}"
        ))
    }

    /// Who the borne is, and the hash of the code that opens Maintenance, unless the machine brings one.
    #[must_use]
    pub fn settled(mut self, site: &Site, hash: Option<String>) -> Self {
        self.borne = Borne {
            id: Some(site.id.clone()),
            site: Some(site.site.clone()),
        };
        self.sync.url.clone_from(&site.url);
        self.languages = Some(site.languages.clone());
        self.access.maintenance_pin_hash = hash;
        self
    }

    /// The proxy of the place.
    #[must_use]
    pub fn through(mut self, proxy: Option<&Url>) -> Self {
        self.sync.proxy = proxy.cloned();
        self
    }

    /// How the picture is turned, degrees clockwise.
    #[must_use]
    pub fn turned(mut self, degrees: u16) -> Self {
        self.screen.turned = Some(degrees);
        self
    }

    /// Loudness at the start of a visit, at most, and at most in quiet hours where that is lowered too,
    /// percent.
    #[must_use]
    pub fn loud(mut self, default: u8, ceiling: u8, quiet: Option<u8>) -> Self {
        self.sound = Sound {
            default_percent: Some(default),
            ceiling_percent: Some(ceiling),
            quiet_ceiling_percent: quiet,
        };
        self
    }
}
