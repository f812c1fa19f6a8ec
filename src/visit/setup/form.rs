//! What was typed, as the machine is asked for it. The machine judges it; here it is only read.

use std::net::Ipv4Addr;

use url::Url;

use crate::host::{
    Address, Network, NetworkError, Passphrase, Refusal, Request, Site, State, Via, is_web,
};
use crate::pin::{self, Pin};

use super::{Field, Setup, Step};

/// Languages of the interface; the one that was chosen is offered first.
const LANGUAGES: [&str; 3] = ["fr", "en", "nl"];

/// A wireless network that was chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// Its name.
    pub name: String,
    /// It asks for a passphrase.
    pub secured: bool,
}

impl Setup {
    /// The way to the network that the step at hand describes; `now` is the one in use.
    pub(super) fn network(&self, now: Option<&Network>) -> Result<Network, Refusal> {
        let proxy = self.proxy(now)?;
        let (via, address) = match self.step() {
            Step::Fixed => (Via::Cable, self.fixed()?),
            Step::Proxy => now.map_or((Via::Cable, Address::Automatic), |now| {
                (now.via.clone(), now.address.clone())
            }),
            _ => (self.wireless(), Address::Automatic),
        };
        Ok(Network {
            via,
            address,
            proxy,
        })
    }

    /// A cable and an automatic address.
    pub(super) fn cable(&self, now: Option<&Network>) -> Result<Network, Refusal> {
        Ok(Network {
            via: Via::Cable,
            address: Address::Automatic,
            proxy: self.proxy(now)?,
        })
    }

    fn wireless(&self) -> Via {
        let Some(joining) = &self.joining else {
            return Via::Cable;
        };
        let typed = self.typed.text(Field::Passphrase);
        Via::Wireless {
            name: joining.name.clone(),
            passphrase: (joining.secured || !typed.is_empty())
                .then(|| Passphrase(typed.to_owned())),
        }
    }

    fn fixed(&self) -> Result<Address, Refusal> {
        Ok(Address::Fixed {
            address: self.dotted(Field::Address, NetworkError::Address)?,
            prefix: prefix(self.typed.text(Field::Mask))
                .ok_or(Refusal::Network(NetworkError::Prefix))?,
            gateway: self.dotted(Field::Gateway, NetworkError::Gateway)?,
            dns: vec![self.dotted(Field::Dns, NetworkError::Dns)?],
        })
    }

    fn dotted(&self, field: Field, error: NetworkError) -> Result<Ipv4Addr, Refusal> {
        let typed = self.typed.text(field).parse();
        typed.map_err(|_| Refusal::Network(error))
    }

    /// The proxy as typed; while nothing was, the one in use. From its own step on, nothing is none.
    fn proxy(&self, now: Option<&Network>) -> Result<Option<Url>, Refusal> {
        let typed = self.typed.text(Field::Proxy);
        if typed.is_empty() {
            let kept = now.and_then(|now| now.proxy.clone());
            return Ok(kept.filter(|_| !self.steps.contains(&Step::Proxy)));
        }
        let proxy = web(typed).ok_or(Refusal::Network(NetworkError::Proxy))?;
        Ok(Some(proxy))
    }

    /// Who the borne is, as typed.
    pub(super) fn site(&self, state: Option<&State>, language: &str) -> Result<Site, Refusal> {
        let brought = state.is_some_and(|state| state.repository.is_some());
        let typed = self.typed.text(Field::Repository);
        let url = if brought {
            None
        } else {
            Some(repository(typed)?)
        };
        let has_code = state.is_some_and(|state| state.code);
        let others = LANGUAGES.iter().filter(|other| **other != language);
        Ok(Site {
            id: self.typed.text(Field::Id).to_owned(),
            site: self.typed.text(Field::Site).trim().to_owned(),
            url,
            languages: std::iter::once(&language)
                .chain(others)
                .map(|&code| code.to_owned())
                .collect(),
            code: (!has_code).then(|| Pin(self.typed.text(Field::Code).to_owned())),
        })
    }

    /// Whether the code that was typed can be one.
    pub(super) fn code(&self) -> Result<(), Refusal> {
        let good = pin::can_be_chosen(self.typed.text(Field::Code));
        good.then_some(()).ok_or(Refusal::Code)
    }

    /// What the step at hand asks of the machine.
    pub(super) fn request(
        &self,
        state: Option<&State>,
        language: &str,
    ) -> Result<Request, Refusal> {
        let now = state.and_then(|state| state.network.as_ref());
        match self.step() {
            Step::Check => Ok(Request::Settle(self.site(state, language)?)),
            Step::Network => Ok(Request::Connect(self.cable(now)?)),
            _ => Ok(Request::Connect(self.network(now)?)),
        }
    }
}

/// A mask such as `255.255.255.0`, or the length of the prefix itself.
fn prefix(typed: &str) -> Option<u8> {
    if let Ok(length) = typed.parse() {
        return Some(length);
    }
    let mask = typed.parse::<Ipv4Addr>().ok()?.to_bits();
    let length = mask.leading_ones();
    (mask.count_ones() == length).then(|| u8::try_from(length).ok())?
}

fn repository(typed: &str) -> Result<Url, Refusal> {
    // The screen words it: a sentence of the settings comes from the machine only.
    let refused = || Refusal::Setting {
        key: "sync.url".to_owned(),
        sentence: String::new(),
    };
    web(typed).ok_or_else(refused)
}

/// An address of the web; `http://` need not be typed.
fn web(typed: &str) -> Option<Url> {
    let whole = if typed.contains("://") {
        typed.to_owned()
    } else {
        format!("http://{typed}")
    };
    let url = Url::parse(&whole).ok()?;
    is_web(&url).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mask_is_read_as_dots_or_as_a_length() {
        for (typed, expected) in [
            ("24", Some(24)),
            ("255.255.255.0", Some(24)),
            ("255.255.252.0", Some(22)),
            ("255.255.255.252", Some(30)),
            ("255.0.255.0", None),
            ("255.255.255.255", Some(32)),
            ("256", None),
            ("-1", None),
            ("", None),
            ("255.255.255", None),
        ] {
            assert_eq!(prefix(typed), expected, "{typed}");
        }
    }

    #[test]
    fn an_address_of_the_web_need_not_say_http() {
        let read = |typed| web(typed).map(|url| url.to_string());
        assert_eq!(
            read("proxy.example:3128").as_deref(),
            Some("http://proxy.example:3128/")
        );
        assert_eq!(
            read("https://depot.example/x").as_deref(),
            Some("https://depot.example/x")
        );
        for typed in ["", "ftp://depot.example", "http://", "//"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
