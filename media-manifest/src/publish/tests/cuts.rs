//! Publications that are cut before each file they write.

use std::cell::Cell;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::Path;

use super::borne::Borne;
use super::{Network, keys};
use crate::publish::{Outcome, PublicKey, Publication, PublishError, publish, publish_signed};
use crate::source::{Source, default_classification};
use crate::trust::TrustError;

/// Cuts the work at its `at`th step; says whether it was cut.
fn cut(at: usize, work: impl FnOnce(&mut dyn FnMut(&str))) -> bool {
    let step = Cell::new(0);
    let mut count = |_: &str| {
        if step.get() == at {
            resume_unwind(Box::new(()));
        }
        step.set(step.get() + 1);
    };
    catch_unwind(AssertUnwindSafe(|| work(&mut count))).is_err()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (from, to) = (
            entry.as_ref().unwrap().path(),
            to.join(entry.unwrap().file_name()),
        );
        if from.is_dir() {
            copy(&from, &to);
        } else {
            fs::copy(&from, &to).unwrap();
        }
    }
}

/// Restores the repository between cuts.
struct Saved<'a> {
    network: &'a Network,
}

impl<'a> Saved<'a> {
    fn of(network: &'a Network) -> Self {
        copy(&network.repository(), &network.folder.path().join("saved"));
        Self { network }
    }

    fn restore(&self) {
        fs::remove_dir_all(self.network.repository()).unwrap();
        let saved = self.network.folder.path().join("saved");
        copy(&saved, &self.network.repository());
    }
}

fn publish_in_steps(
    network: &Network,
    step: &mut dyn FnMut(&str),
) -> Result<Outcome, PublishError> {
    let classification = default_classification().unwrap();
    let source = Source::read(&network.source("forem"), &classification).unwrap();
    let publication = Publication {
        sources: &[source],
        classification: &classification,
        keys: &network.keys(),
        elsewhere: None,
        now: network.time(),
    };
    publish(&publication, &network.repository(), &network.fake, step)
}

#[test]
fn whenever_a_publication_is_cut_bornes_read_the_old_or_the_new_and_it_can_be_finished() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let saved = Saved::of(&network);
    network.offer("forem", &["un", "deux"]);
    let mut cuts = 0;
    loop {
        saved.restore();
        let knowing = Borne::of(&network);
        knowing.look(&network).unwrap();
        let was_cut = cut(cuts, |step| drop(publish_in_steps(&network, step).unwrap()));
        for borne in [&knowing, &Borne::of(&network)] {
            let seen = borne.look(&network).unwrap();
            assert!(seen.failures.is_empty(), "cut {cuts}: {:?}", seen.failures);
            let expected: &[&str] = match was_cut {
                true => &["forem/un"],
                false => &["forem/deux", "forem/un"],
            };
            assert_eq!(keys(&seen), expected, "cut {cuts}");
            all_media_are_there(&network, &seen);
        }
        if !was_cut {
            break;
        }
        network.publish(&["forem"]).unwrap();
        let seen = knowing.look(&network).unwrap();
        assert_eq!(keys(&seen), ["forem/deux", "forem/un"]);
        all_media_are_there(&network, &seen);
        cuts += 1;
    }
    // Two files read, a video copied, a catalogue and three roles written.
    assert_eq!(cuts, 7);
}

fn all_media_are_there(network: &Network, seen: &crate::trust::Update) {
    for file in seen
        .merged
        .videos
        .iter()
        .flat_map(|entry| entry.video.files())
    {
        let path = network.repository().join(&file.urls[0]);
        assert_eq!(fs::metadata(path).unwrap().len(), file.length);
    }
}

#[test]
fn whenever_a_rotation_is_cut_bornes_read_the_repository_while_the_old_keys_are_at_hand() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let new = [
        ("targets", &network.new_key("targets-2", 40)),
        ("snapshot", &network.new_key("snapshot-2", 41)),
        ("timestamp", &network.new_key("timestamp-2", 42)),
        ("root-1", &network.new_key("root-4", 43)),
    ];
    let cuts = rotate_with_cuts(&network, &new, |seen, cuts| {
        assert_eq!(keys(&seen.unwrap()), ["forem/un"], "cut {cuts}");
    });
    // Targets, snapshot, timestamp, root.
    assert_eq!(cuts, 4);
}

#[test]
fn with_an_old_key_lost_a_cut_rotation_is_refused_until_it_is_finished_and_never_misread() {
    let network = Network::new(&["forem"]);
    network.publish(&["forem"]).unwrap();
    let new = [("timestamp", &network.new_key("timestamp-2", 40))];
    network.lose(&["timestamp"]);
    let cuts = rotate_with_cuts(&network, &new, |seen, cuts| match (cuts, seen) {
        (1, seen) => assert!(
            matches!(seen, Err(TrustError::Signature { .. })),
            "{seen:?}"
        ),
        (_, seen) => assert_eq!(keys(&seen.unwrap()), ["forem/un"]),
    });
    // The root, then the timestamp at once.
    assert_eq!(cuts, 2);
}

/// Cuts a rotation at each step, lets bornes look, and finishes it each time.
fn rotate_with_cuts(
    network: &Network,
    replaced: &[(&str, &PublicKey)],
    check: impl Fn(Result<crate::trust::Update, TrustError>, usize),
) -> usize {
    let saved = Saved::of(network);
    let root = network.next_root(replaced);
    let mut cuts = 0;
    loop {
        saved.restore();
        let knowing = Borne::of(network);
        knowing.look(network).unwrap();
        let was_cut = cut(cuts, |step| {
            let (keys, repository) = (network.keys(), network.repository());
            publish_signed(&root, None, &keys, &repository, network.time(), step).unwrap();
        });
        check(
            knowing.look(network),
            if was_cut { cuts } else { usize::MAX },
        );
        check(
            Borne::of(network).look(network),
            if was_cut { cuts } else { usize::MAX },
        );
        network.publish_signed(&root).unwrap();
        assert_eq!(keys(&knowing.look(network).unwrap()), ["forem/un"]);
        assert_eq!(knowing.trusts("root"), 2);
        if !was_cut {
            return cuts;
        }
        cuts += 1;
    }
}
