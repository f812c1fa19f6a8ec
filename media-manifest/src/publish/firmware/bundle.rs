//! What a RAUC bundle says of itself. Nothing of it is believed: whoever publishes is kept from
//! naming one file and meaning another, and bornes check its signature.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use super::{FirmwareRefusal, PublishError};
use crate::check::{is_id, limits};

/// How a squashfs begins, which is the first part of a bundle.
const SQUASHFS: &[u8] = b"hsqs";

/// Longest signature that RAUC takes, bytes; the manifest of a verity bundle lies in it.
const SIGNATURE_BYTES: u64 = 65_536;

/// Length of the number at the end, which is the length of the signature before it, bytes.
const NUMBER_BYTES: u64 = 8;

/// A bundle by its own words.
#[derive(Debug)]
pub(super) struct Said {
    pub(super) product: String,
    pub(super) version: String,
    /// Length of the file, bytes.
    pub(super) length: u64,
}

/// Reads what a bundle of the verity format says; bornes take no other.
pub(super) fn read(path: &Path) -> Result<Said, PublishError> {
    let not = |reason: &'static str| FirmwareRefusal::NotABundle {
        path: path.to_owned(),
        reason,
    };
    let mut file = File::open(path).map_err(PublishError::io(path))?;
    let length = file.metadata().map_err(PublishError::io(path))?.len();
    if length > limits::BUNDLE_BYTES {
        return Err(not("il est plus grand que la place d'un système").into());
    }
    let mut first = [0; SQUASHFS.len()];
    let begins = file.read_exact(&mut first).is_ok() && first == *SQUASHFS;
    if !begins {
        return Err(not("il ne commence pas comme une mise à jour").into());
    }
    let Some(signature) = signature(&mut file, length) else {
        return Err(not("sa fin manque : il est coupé").into());
    };
    let Some((product, version)) = manifest(&signature) else {
        return Err(not("il n'est pas au format « verity »").into());
    };
    Ok(Said {
        product,
        version,
        length,
    })
}

/// The signature at the end of a bundle.
fn signature(file: &mut File, length: u64) -> Option<Vec<u8>> {
    let end = length.checked_sub(NUMBER_BYTES)?;
    let mut number = [0; 8];
    file.seek(SeekFrom::Start(end)).ok()?;
    file.read_exact(&mut number).ok()?;
    let size = u64::from_be_bytes(number);
    if size == 0 || size > SIGNATURE_BYTES {
        return None;
    }
    file.seek(SeekFrom::Start(end.checked_sub(size)?)).ok()?;
    let mut signature = vec![0; usize::try_from(size).ok()?];
    file.read_exact(&mut signature).ok()?;
    Some(signature)
}

/// Product and version of the manifest, which stands in the signature as text.
fn manifest(signature: &[u8]) -> Option<(String, String)> {
    const UPDATE: &[u8] = b"[update]\n";
    let start = signature
        .windows(UPDATE.len())
        .position(|it| it == UPDATE)?;
    let rest = &signature[start + UPDATE.len()..];
    let plain = |byte: &u8| *byte == b'\n' || (b' '..=b'~').contains(byte);
    let text: Vec<u8> = rest.iter().copied().take_while(plain).collect();
    let text = String::from_utf8(text).ok()?;
    let lines = || text.lines().take_while(|line| !line.starts_with('['));
    let value = |key: &str| {
        let pairs = lines().filter_map(|line| line.split_once('='));
        let mut named = pairs.filter(|(name, _)| *name == key);
        named.next().map(|(_, value)| value.to_owned())
    };
    let product = value("compatible").filter(|product| is_id(product))?;
    Some((product, value("version")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A bundle of 9000 random bytes that RAUC 1.8 made, with a key that nobody has.
    const MADE_BY_RAUC: &[u8] = include_bytes!("tests/essai-1.1.0.raucb");

    #[test]
    fn what_rauc_makes_says_its_product_and_version() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        std::io::Write::write_all(&mut file, MADE_BY_RAUC).unwrap();
        let said = read(file.path()).unwrap();
        assert_eq!(
            (&*said.product, &*said.version),
            ("video-borne-amd64", "1.1.0")
        );
        assert_eq!(said.length, MADE_BY_RAUC.len() as u64);
    }
}
