use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::Path;

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair};
use serde_json::Value;

use super::{PublicKey, PublishError, policy, public};
use crate::trust;

const TAG: &str = "PRIVATE KEY";

/// An Ed25519 key that signs.
#[derive(Debug)]
pub struct SigningKey {
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// The key of a seed of 32 random bytes.
    ///
    /// # Errors
    /// The seed is not 32 bytes long.
    pub fn from_seed(seed: &[u8]) -> Result<Self, PublishError> {
        Ed25519KeyPair::from_seed_unchecked(seed)
            .map(|pair| Self { pair })
            .map_err(|error| unusable("", &error))
    }

    /// The key of a PEM file (PKCS#8).
    fn from_pem(name: &str, text: &str) -> Result<Self, PublishError> {
        let block = pem::parse(text).map_err(|error| unusable(name, &error))?;
        if block.tag() != TAG {
            return Err(unusable(name, &"ce n'est pas une clé privée"));
        }
        Ed25519KeyPair::from_pkcs8_maybe_unchecked(block.contents())
            .map(|pair| Self { pair })
            .map_err(|error| unusable(name, &error))
    }

    fn to_pem(&self, name: &str) -> Result<String, PublishError> {
        let der = self
            .pair
            .to_pkcs8v1()
            .map_err(|error| unusable(name, &error))?;
        Ok(pem::encode(&pem::Pem::new(TAG, der.as_ref())))
    }

    /// The public key as metadata lists it.
    #[must_use]
    pub fn public(&self) -> Value {
        self.named("").key
    }

    /// Its public half under a name.
    pub(super) fn named(&self, name: &str) -> PublicKey {
        PublicKey::new(name, self.pair.public_key().as_ref())
    }

    /// Its identifier: the hash of its canonical form.
    #[must_use]
    pub fn id(&self) -> String {
        public::id_of(&self.public())
    }

    /// Signs bytes.
    #[must_use]
    pub fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        self.pair.sign(bytes).as_ref().to_vec()
    }
}

fn unusable(name: &str, reason: &impl std::fmt::Display) -> PublishError {
    PublishError::Key {
        name: name.to_owned(),
        reason: reason.to_string(),
    }
}

/// The keys at hand, by name: `root-1`, `targets`, `partner-forem`.
#[derive(Debug, Default)]
pub struct Keys(BTreeMap<String, SigningKey>);

/// What [`Keys::create`] did, key by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewKeys {
    /// Names of the keys made.
    pub made: Vec<String>,
    /// Names of those that were there and are left alone.
    pub kept: Vec<String>,
}

impl Keys {
    /// Keys held in memory, by name.
    #[must_use]
    pub fn new(keys: impl IntoIterator<Item = (String, SigningKey)>) -> Self {
        Self(keys.into_iter().collect())
    }

    /// Reads all `NAME.pem` of a folder.
    ///
    /// # Errors
    /// The folder cannot be read, or a file in it is no key.
    pub fn read(folder: &Path) -> Result<Self, PublishError> {
        let mut keys = BTreeMap::new();
        for entry in fs::read_dir(folder).map_err(PublishError::io(folder))? {
            let path = entry.map_err(PublishError::io(folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let Some(name) = name.strip_suffix(".pem") else {
                continue;
            };
            warn_if_shared(&path)?;
            let text = fs::read_to_string(&path).map_err(PublishError::io(&path))?;
            keys.insert(name.to_owned(), SigningKey::from_pem(name, &text)?);
        }
        Ok(Self(keys))
    }

    /// Makes the keys of a repository that its folder does not hold yet: `root-1` to `root-3`,
    /// `targets`, `snapshot`, `timestamp` and `partner-ID` for each partner. As
    /// [`Keys::create_named`] otherwise.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn create(
        folder: &Path,
        partners: &[String],
        seed: &mut dyn FnMut(&mut [u8; 32]) -> std::io::Result<()>,
    ) -> Result<NewKeys, PublishError> {
        let names: Vec<_> = names(partners).collect();
        Self::create_named(folder, &names, seed)
    }

    /// Makes keys that their folder does not hold yet, each with its public half beside it
    /// (`NAME.pub`). Private files are readable by their owner alone. No key is ever overwritten.
    /// `seed` fills 32 bytes from a source fit for keys.
    ///
    /// # Errors
    /// A file cannot be written.
    pub fn create_named(
        folder: &Path,
        names: &[String],
        seed: &mut dyn FnMut(&mut [u8; 32]) -> std::io::Result<()>,
    ) -> Result<NewKeys, PublishError> {
        let mut builder = DirBuilder::new();
        let made = builder.recursive(true).mode(0o700).create(folder);
        made.map_err(PublishError::io(folder))?;
        let mut new = NewKeys::default();
        for name in names {
            let mut bytes = [0; 32];
            seed(&mut bytes).map_err(PublishError::io(folder))?;
            let key = SigningKey::from_seed(&bytes)?;
            if write_new(&folder.join(format!("{name}.pem")), &key.to_pem(name)?)? {
                let public = key.named(name);
                public.write(&folder.join(format!("{name}.pub")))?;
                new.made.push(name.clone());
            } else {
                new.kept.push(name.clone());
            }
        }
        Ok(new)
    }

    /// The public halves of the keys at hand, by name.
    #[must_use]
    pub fn publics(&self) -> Vec<PublicKey> {
        let keys = self.0.iter();
        keys.map(|(name, key)| key.named(name)).collect()
    }

    /// A key by its name.
    pub(super) fn get(&self, name: &str) -> Option<&SigningKey> {
        self.0.get(name)
    }

    /// A key that must be there.
    pub(super) fn need(&self, name: &str) -> Result<&SigningKey, PublishError> {
        self.get(name).ok_or_else(|| missing(name))
    }

    /// The keys at hand among those listed, each once though it lie in two files.
    pub(super) fn of(&self, listed: &trust::Keys) -> Vec<&SigningKey> {
        let mut found = BTreeMap::new();
        for key in self.0.values() {
            let id = key.id();
            if listed.contains_key(&id) {
                found.insert(id, key);
            }
        }
        found.into_values().collect()
    }

    /// Whether some key is named after a role: `timestamp`, or `timestamp-2` that replaced it.
    pub(super) fn named_like(&self, role: &str) -> bool {
        let after = |name: &str| {
            name.strip_prefix(role)
                .and_then(|rest| rest.strip_prefix('-'))
                .is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
        };
        self.0.keys().any(|name| name == role || after(name))
    }
}

/// What to say when no key of a role is at hand.
pub(super) fn missing(name: &str) -> PublishError {
    unusable(name, &"elle manque")
}

fn names(partners: &[String]) -> impl Iterator<Item = String> {
    let roots = (1..=policy::ROOT_KEYS).map(|number| format!("root-{number}"));
    let online = ["targets", "snapshot", "timestamp"].map(str::to_owned);
    let partners = partners.iter().map(|id| format!("partner-{id}"));
    roots.chain(online).chain(partners)
}

/// Writes a private file that must not exist yet; false when it does.
fn write_new(path: &Path, text: &str) -> Result<bool, PublishError> {
    let opened = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path);
    let mut file = match opened {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Ok(false),
        opened => opened.map_err(PublishError::io(path))?,
    };
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(PublishError::io(path))?;
    Ok(true)
}

fn warn_if_shared(path: &Path) -> Result<(), PublishError> {
    let mode = fs::metadata(path)
        .map_err(PublishError::io(path))?
        .permissions()
        .mode();
    if mode & 0o077 != 0 {
        tracing::warn!(path = %path.display(), "other users can read this private key");
    }
    Ok(())
}
