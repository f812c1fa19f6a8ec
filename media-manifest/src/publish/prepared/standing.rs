use super::{KeyName, Prepared};
use crate::publish::authority::Authority;

/// How far one group of signers has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Keys that have signed.
    pub signed: Vec<KeyName>,
    /// Keys that may still sign.
    pub waiting: Vec<KeyName>,
    /// Signatures needed.
    pub threshold: u64,
}

impl Standing {
    /// Enough keys have signed.
    #[must_use]
    pub fn is_enough(&self) -> bool {
        self.threshold > 0 && self.signed.len() as u64 >= self.threshold
    }
}

impl Prepared {
    /// The groups that must sign: for a root those of the root before and its own.
    #[must_use]
    pub fn standings(&self) -> Vec<Standing> {
        let bytes = self.document();
        let authorities = self.authorities();
        let standing = |authority: &Authority| {
            let signed = authority.signed(&bytes);
            let mut keys: Vec<_> = authority.ids().iter().map(|id| self.name(id)).collect();
            keys.sort();
            let (signed, waiting) = keys.into_iter().partition(|key| signed.contains(&key.id));
            Standing {
                signed,
                waiting,
                threshold: authority.threshold,
            }
        };
        authorities.iter().map(standing).collect()
    }
}
