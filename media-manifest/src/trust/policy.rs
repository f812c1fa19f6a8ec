//! Limits of the client, each with its reason.

/// New roots followed in one refresh. A root changes about once a year: 64 is a borne's lifetime
/// several times over, and an endless chain is left there until the next refresh.
pub const ROOT_ROTATIONS: u32 = 64;

/// Length of a root, bytes. Ours has three to ten keys in 5 kB; RSA keys and custom fields fit.
pub const ROOT_BYTES: u64 = 512_000;

/// Length of the timestamp, bytes: one entry and a few signatures take under 1 kB.
pub const TIMESTAMP_BYTES: u64 = 16_384;

/// Length of a snapshot that the timestamp gives no length for, bytes: 10,000 partners fit.
pub const SNAPSHOT_BYTES: u64 = 2_000_000;

/// Length of a targets role that the snapshot gives no length for, bytes: 5,000 partners fit.
pub const TARGETS_BYTES: u64 = 5_000_000;

/// Length of a target read into memory, bytes. A catalogue of 30,000 videos with summaries takes
/// about 40 MB.
pub const TARGET_BYTES: u64 = 67_108_864;

/// Length of `firmware.json`, bytes: all its releases with all their addresses take 270 kB at most,
/// and ours takes under 1 kB.
pub const FIRMWARE_BYTES: u64 = 524_288;

/// Nesting of JSON metadata. Delegated keys sit at depth 6; custom fields have room.
pub const JSON_DEPTH: u32 = 32;

/// Delegated roles visited for one target. A partner's target is one step away; the number
/// bounds what a malicious role can make a borne fetch.
pub const DELEGATIONS_VISITED: usize = 64;

/// Signatures looked at in one document. A threshold above this is not in use anywhere.
pub const SIGNATURES: usize = 64;

/// Length of a role's name, bytes: encoded as a file name (three characters a byte) it stays under
/// the 255 that file systems allow.
pub const ROLE_NAME_BYTES: usize = 80;

/// Length of a catalogue's JSON error path and message shown, characters: enough to find the field.
pub const MESSAGE_CHARS: usize = 300;
