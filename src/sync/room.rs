//! Which files of a catalogue the disk has room for. Pure.

use std::collections::BTreeSet;

/// A file of a catalogue, in the order of [`super::plan::files`]: what matters most comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It is not there; so many bytes of it are still to come.
    Absent(u64),
    /// It is there, with so many bytes.
    Held(u64),
    /// It is there and plays: it stays.
    Plays,
}

/// The files that go without, by their index. `room` is what the others may take, bytes: what is
/// free beyond the reserve, and what no file of the catalogue needs.
///
/// An absent file goes without when it fits neither into the room nor into the place of held files
/// after it, the last of which give way first. What is held gives way to nothing else: a disk that
/// is fuller than it should be takes no video away.
#[must_use]
pub fn left_out(files: &[Need], mut room: u64) -> BTreeSet<usize> {
    let mut out = BTreeSet::new();
    let mut held: Vec<(usize, u64)> = files
        .iter()
        .enumerate()
        .filter_map(|(index, need)| match need {
            Need::Held(length) => Some((index, *length)),
            Need::Absent(_) | Need::Plays => None,
        })
        .collect();
    for (index, need) in files.iter().enumerate() {
        let Need::Absent(wanted) = *need else {
            continue;
        };
        let (giving, gained) = giving_way(&held, index, wanted.saturating_sub(room));
        if room + gained < wanted {
            out.insert(index);
            continue;
        }
        room = room + gained - wanted;
        let stay = held.len() - giving;
        out.extend(held.drain(stay..).map(|(index, _)| index));
    }
    out
}

/// How many of the last held files after `index` must go for `lacking` bytes, and what they give.
fn giving_way(held: &[(usize, u64)], index: usize, lacking: u64) -> (usize, u64) {
    let after = held.iter().rev().take_while(|(other, _)| *other > index);
    let (mut count, mut gained) = (0, 0);
    for (_, length) in after {
        if gained >= lacking {
            break;
        }
        count += 1;
        gained += length;
    }
    (count, gained)
}
