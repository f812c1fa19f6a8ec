//! Where the speech service listens, by the rule of libspeechd (`spd_get_default_address`).

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::SpeechError;

/// The variables that say where the service listens.
#[derive(Clone, Debug, Default)]
pub(super) struct Environment {
    /// `$SPEECHD_ADDRESS`, `unix_socket[:PATH]`.
    pub(super) address: Option<OsString>,
    /// `$XDG_RUNTIME_DIR`.
    pub(super) runtime: Option<OsString>,
    /// `$XDG_CACHE_HOME`.
    pub(super) cache: Option<OsString>,
    /// `$HOME`.
    pub(super) home: Option<OsString>,
}

impl Environment {
    /// Those of this process.
    pub(super) fn read() -> Self {
        let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
        Self {
            address: set("SPEECHD_ADDRESS"),
            runtime: set("XDG_RUNTIME_DIR"),
            cache: set("XDG_CACHE_HOME"),
            home: set("HOME"),
        }
    }
}

/// The service's socket.
pub(super) fn socket(environment: &Environment) -> Result<PathBuf, SpeechError> {
    let Some(address) = &environment.address else {
        return usual(environment);
    };
    // Paths that are not UTF-8 do not occur in settings; they are refused with the rest.
    let shown = address.to_string_lossy();
    let mut parts = shown.split(':');
    match (parts.next(), parts.next()) {
        (Some("unix_socket"), Some(path)) if !path.is_empty() => Ok(PathBuf::from(path)),
        (Some("unix_socket"), None) => usual(environment),
        _ => Err(SpeechError::Address(shown.into_owned())),
    }
}

fn usual(environment: &Environment) -> Result<PathBuf, SpeechError> {
    let Environment {
        runtime,
        cache,
        home,
        ..
    } = environment;
    let folder = runtime
        .as_ref()
        .or(cache.as_ref())
        .map(PathBuf::from)
        .or_else(|| Some(Path::new(home.as_ref()?).join(".cache")))
        .ok_or(SpeechError::NoFolder)?;
    Ok(folder.join("speech-dispatcher/speechd.sock"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(pairs: [Option<&str>; 4]) -> Result<PathBuf, SpeechError> {
        let [address, runtime, cache, home] = pairs.map(|value| value.map(OsString::from));
        socket(&Environment {
            address,
            runtime,
            cache,
            home,
        })
    }

    #[test]
    fn the_socket_is_found_as_libspeechd_finds_it() {
        let usual = "speech-dispatcher/speechd.sock";
        let table = [
            (
                [Some("unix_socket:/s"), Some("/r"), None, None],
                "/s".to_owned(),
            ),
            (
                [Some("unix_socket"), Some("/r"), None, None],
                format!("/r/{usual}"),
            ),
            (
                [None, Some("/r"), Some("/c"), Some("/h")],
                format!("/r/{usual}"),
            ),
            ([None, None, Some("/c"), Some("/h")], format!("/c/{usual}")),
            ([None, None, None, Some("/h")], format!("/h/.cache/{usual}")),
        ];
        for (environment, path) in table {
            assert_eq!(found(environment).unwrap(), PathBuf::from(path));
        }
    }

    #[test]
    fn an_address_on_the_network_is_refused() {
        for address in ["inet_socket:10.0.0.1:6560", "unix_socket:", "elsewhere", ""] {
            let refused = found([Some(address), Some("/r"), None, None]).unwrap_err();
            assert!(matches!(refused, SpeechError::Address(it) if it == address));
        }
    }

    #[test]
    fn without_any_folder_there_is_no_address() {
        let refused = found([None, None, None, None]).unwrap_err();
        assert!(matches!(refused, SpeechError::NoFolder));
    }
}
