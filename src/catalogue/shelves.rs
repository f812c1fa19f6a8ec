//! The lists a visitor goes through.

use media_manifest::catalogue::Kind;

use super::{Catalogue, Item, choice, related};

impl Catalogue {
    /// Videos of what somebody likes: featured first, then the newest.
    #[must_use]
    pub fn in_like(&self, id: &str) -> Vec<&Item> {
        self.ordered().filter(|item| item.in_like(id)).collect()
    }

    /// Videos of a univers: featured first, then the newest.
    #[must_use]
    pub fn in_univers(&self, id: &str) -> Vec<&Item> {
        self.ordered().filter(|item| item.in_univers(id)).collect()
    }

    /// Videos of a rubrique: featured first, then the newest.
    #[must_use]
    pub fn in_rubrique(&self, id: &str) -> Vec<&Item> {
        self.ordered().filter(|item| item.in_rubrique(id)).collect()
    }

    /// Videos of a kind: featured first, then the newest.
    #[must_use]
    pub fn of_kind(&self, kind: Kind) -> Vec<&Item> {
        self.ordered().filter(|item| item.kind() == kind).collect()
    }

    /// For the home screen: trades and advice in turn, each featured first, then the newest.
    #[must_use]
    pub fn featured(&self) -> Vec<&Item> {
        choice::featured(self.ordered())
    }

    /// For the attract loop: the featured ones, those with captions first since it plays muted.
    #[must_use]
    pub fn attract(&self) -> Vec<&Item> {
        choice::attract(&self.featured())
    }

    /// Videos close to this one, the nearest first; empty when the key is unknown.
    #[must_use]
    pub fn related(&self, key: &str) -> Vec<&Item> {
        let Some(&at) = self.by_key.get(key) else {
            return Vec::new();
        };
        related::near(&self.items, &self.topics, at)
    }

    fn ordered(&self) -> impl Iterator<Item = &Item> {
        self.order
            .iter()
            .filter_map(|&at| self.items.get(at))
            .filter(|item| item.available)
    }
}
