//! Names of roles and targets as file names and paths that cannot lead anywhere else.

use std::fmt::Write;

use super::policy;

/// Percent-encodes all but the unreserved characters of RFC 3986, `/` included.
fn encode(name: &str) -> String {
    let mut encoded = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string does not fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Name of a role's file, without a version.
pub(super) fn file_name(role: &str) -> String {
    format!("{}.json", encode(role))
}

/// Name of a role's file as served: with its version when snapshots are consistent.
pub(super) fn served_name(role: &str, version: Option<u64>) -> String {
    match version {
        Some(version) => format!("{version}.{}", file_name(role)),
        None => file_name(role),
    }
}

/// Path of a target as served: its hash before the file's own name when snapshots are consistent.
/// `None` when the name would leave the folder of targets.
pub(super) fn target_path(name: &str, hash: Option<&str>) -> Option<String> {
    let parts: Vec<&str> = name.split('/').collect();
    if parts.iter().any(|part| matches!(*part, "" | "." | "..")) {
        return None;
    }
    let (file, folders) = parts.split_last()?;
    let mut path: String = folders.iter().map(|part| encode(part) + "/").collect();
    if let Some(hash) = hash {
        path.push_str(hash);
        path.push('.');
    }
    path.push_str(&encode(file));
    Some(path)
}

/// Whether a delegated role may be called so: top-level roles keep their names, and the name fits
/// a file's.
pub(super) fn is_delegable(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= policy::ROLE_NAME_BYTES
        && !["root", "timestamp", "snapshot", "targets", "mirrors"].contains(&name)
}
