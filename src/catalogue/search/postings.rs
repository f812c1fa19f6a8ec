//! Lists of videos by word, packed: differences between numbers, seven bits a byte.

/// As many ascending lists as words.
#[derive(Debug, Default)]
pub struct Lists {
    bytes: Box<[u8]>,
    /// Where each list ends.
    ends: Box<[u32]>,
}

impl Lists {
    /// Packs lists whose numbers ascend.
    pub fn pack<I: IntoIterator<Item = u32>>(lists: impl Iterator<Item = I>) -> Self {
        let mut bytes = Vec::new();
        let mut ends = Vec::new();
        for list in lists {
            let mut last = 0;
            for number in list {
                write(number.wrapping_sub(last), &mut bytes);
                last = number;
            }
            ends.push(u32::try_from(bytes.len()).unwrap_or(u32::MAX));
        }
        Self {
            bytes: bytes.into(),
            ends: ends.into(),
        }
    }

    /// The list of a word; empty for an unknown one.
    pub fn of(&self, word: usize) -> impl Iterator<Item = u32> {
        let end = |word| self.ends.get(word).map_or(0, |&end| end as usize);
        let start = word.checked_sub(1).map_or(0, end);
        let mut bytes = self.bytes.get(start..end(word)).unwrap_or_default().iter();
        let mut last: u32 = 0;
        std::iter::from_fn(move || {
            last = last.wrapping_add(read(&mut bytes)?);
            Some(last)
        })
    }
}

fn write(mut number: u32, bytes: &mut Vec<u8>) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

fn read(bytes: &mut std::slice::Iter<u8>) -> Option<u32> {
    let mut number = 0;
    for shift in [0, 7, 14, 21, 28] {
        let byte = *bytes.next()?;
        number |= u32::from(byte & 0x7f) << shift;
        if byte < 0x80 {
            break;
        }
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_come_back_as_they_were(
            lists in prop::collection::vec(prop::collection::btree_set(any::<u32>(), 0..20), 0..20)
        ) {
            let packed = Lists::pack(lists.iter().map(|list| list.iter().copied()));
            for (word, list) in lists.iter().enumerate() {
                prop_assert!(packed.of(word).eq(list.iter().copied()));
            }
            prop_assert_eq!(packed.of(lists.len()).next(), None);
        }
    }
}
