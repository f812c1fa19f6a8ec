//! Which videos are close to one.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::search::is_stop_word;
use super::{Item, inflection, limits, words};

/// Subjects of every video: the words of its title, aliases and key words that others share.
#[derive(Debug, Default)]
pub struct Topics {
    /// By video, numbers of words, ascending.
    words: Vec<Box<[u32]>>,
    /// By word, how many videos have it.
    uses: Vec<u32>,
}

impl Topics {
    pub fn of(items: &[Item]) -> Self {
        let subjects: Vec<BTreeSet<String>> = items.iter().map(subjects).collect();
        let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
        let mut uses = Vec::new();
        let mut words = Vec::with_capacity(items.len());
        for subjects in &subjects {
            let mut own: Vec<u32> = Vec::with_capacity(subjects.len());
            for word in subjects {
                let next = u32::try_from(uses.len()).unwrap_or(u32::MAX);
                let number = *numbers.entry(word).or_insert_with(|| {
                    uses.push(0);
                    next
                });
                if let Some(uses) = uses.get_mut(number as usize) {
                    *uses += 1;
                }
                own.push(number);
            }
            own.sort_unstable();
            words.push(own.into());
        }
        Self { words, uses }
    }

    /// How much two videos share: each word the more, the fewer videos have it.
    fn shared(&self, a: usize, b: usize) -> u32 {
        let of = |at: usize| self.words.get(at).map(|words| &**words).unwrap_or_default();
        let b = of(b);
        of(a)
            .iter()
            .filter(|word| b.binary_search(word).is_ok())
            .filter_map(|&word| self.uses.get(word as usize))
            .map(|&uses| WEIGHT / uses.max(1))
            .sum()
    }
}

/// Weight of a word that nobody shares: fine enough to tell thousands of uses apart.
const WEIGHT: u32 = 100_000;

/// The videos that can play, the nearest first: those of a same univers or rubrique, then by words
/// shared, then those of the same kind and language, then the newest.
pub fn near<'a>(items: &'a [Item], topics: &Topics, at: usize) -> Vec<&'a Item> {
    let Some(item) = items.get(at) else {
        return Vec::new();
    };
    let mut others: Vec<(usize, &Item)> = items
        .iter()
        .enumerate()
        .filter(|&(other, item)| other != at && item.available)
        .collect();
    others.sort_by_cached_key(|&(position, other)| {
        (
            !share_group(item, other),
            Reverse(topics.shared(at, position)),
            item.kind() != other.kind(),
            item.language() != other.language(),
            Reverse(other.video.added),
            position,
        )
    });
    others.truncate(limits::RELATED);
    others.into_iter().map(|(_, item)| item).collect()
}

fn share_group(a: &Item, b: &Item) -> bool {
    let rubrique = a.video.rubrique.as_deref();
    a.video.univers.iter().any(|univers| b.in_univers(univers))
        || rubrique.is_some_and(|rubrique| b.in_rubrique(rubrique))
}

fn subjects(item: &Item) -> BTreeSet<String> {
    std::iter::once(&item.video.title)
        .chain(&item.video.aliases)
        .chain(&item.video.keywords)
        .flat_map(|text| words::of(text))
        .filter(|word| !is_stop_word(&word.folded))
        .map(|word| inflection::singular(&word.folded).to_owned())
        .collect()
}
