//! The two cookies: one while logging in, one while logged in.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::secret::Secret;

/// A cookie that holds a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cookie {
    /// Ties the login form to the browser it was shown to.
    Form,
    /// Names the session.
    Session,
}

impl Cookie {
    /// Behind https, the prefix makes browsers refuse the cookie from anywhere else.
    const fn name(self, https: bool) -> &'static str {
        match (self, https) {
            (Self::Form, false) => "formulaire",
            (Self::Form, true) => "__Host-formulaire",
            (Self::Session, false) => "session",
            (Self::Session, true) => "__Host-session",
        }
    }

    /// The secret that a request brings.
    pub(super) fn read(self, headers: &HeaderMap, https: bool) -> Option<Secret> {
        headers
            .get_all(header::COOKIE)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(name, _)| *name == self.name(https))
            .and_then(|(_, value)| Secret::parse(value))
    }

    /// Hands a secret to the browser, for as long as it stays open.
    pub(super) fn give(self, secret: &Secret, https: bool) -> Option<HeaderValue> {
        self.header(&secret.reveal(), "", https)
    }

    /// Makes the browser forget.
    pub(super) fn take(self, https: bool) -> Option<HeaderValue> {
        self.header("", "; Max-Age=0", https)
    }

    fn header(self, value: &str, age: &str, https: bool) -> Option<HeaderValue> {
        let name = self.name(https);
        let secure = if https { "; Secure" } else { "" };
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Strict{secure}{age}")
            .parse()
            .ok()
    }
}
