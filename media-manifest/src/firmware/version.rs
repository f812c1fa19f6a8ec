use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::check::limits;

/// Version of a system, after Semantic Versioning 2.0.0 and without a build part, which says nothing
/// of what is newer. It is part of file names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Version(semver::Version);

/// A text is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a version has the form 1.2.3 or 1.2.3-rc.1, with at most {} signs",
    limits::VERSION_CHARS
)]
pub struct VersionError;

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        if text.len() > limits::VERSION_CHARS {
            return Err(VersionError);
        }
        let version = semver::Version::parse(text).map_err(|_| VersionError)?;
        if !version.build.is_empty() {
            return Err(VersionError);
        }
        Ok(Self(version))
    }
}

impl TryFrom<String> for Version {
    type Error = VersionError;

    fn try_from(text: String) -> Result<Self, VersionError> {
        text.parse()
    }
}

impl From<Version> for String {
    fn from(version: Version) -> Self {
        version.to_string()
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
