//! Media that are not what they say: MP4 files whose index is torn or lies.

/// A file that lies, by name.
pub type Lie = (&'static str, fn(&[u8]) -> Vec<u8>);

/// All of them. Each takes a good MP4 file with its index in front.
pub const LIES: [Lie; 9] = [
    ("index-coupe", |good| good[..body(good) / 2].to_vec()),
    ("sans-images", |good| good[..body(good)].to_vec()),
    ("index-sans-fin", |good| {
        with(good, b"moov", -4, 0xffff_fff0)
    }),
    ("images-de-2-go", |good| with(good, b"stsz", 4, 0x7fff_ffff)),
    ("images-sans-nombre", |good| {
        with(good, b"stsz", 8, u32::MAX)
    }),
    ("groupes-ailleurs", |good| with(good, b"stsc", 8, u32::MAX)),
    ("images-ailleurs", |good| {
        with(good, b"stco", 8, 0xffff_0000)
    }),
    ("sans-reglages", |good| with(good, b"avcC", 0, u32::MAX)),
    ("du-bruit", |good| noise(good.len())),
];

/// Where the pictures begin, after the index.
fn body(file: &[u8]) -> usize {
    find(file, b"mdat")
}

fn find(file: &[u8], name: &[u8; 4]) -> usize {
    let place = file.windows(4).position(|four| four == name);
    place.map_or(file.len(), |place| place + 4)
}

/// Writes a number so many bytes from the end of the name of every such box of the index; before the
/// name with a negative distance.
fn with(good: &[u8], name: &[u8; 4], distance: isize, number: u32) -> Vec<u8> {
    let mut file = good.to_vec();
    let index = body(good).min(good.len());
    let places: Vec<_> = (0..index.saturating_sub(4))
        .filter(|at| &good[*at..at + 4] == name)
        .collect();
    assert!(!places.is_empty(), "no {}", String::from_utf8_lossy(name));
    for place in places {
        let base = if distance < 0 { place } else { place + 4 };
        let at = base
            .checked_add_signed(distance)
            .filter(|at| at + 4 <= file.len());
        if let Some(at) = at {
            file[at..at + 4].copy_from_slice(&number.to_be_bytes());
        }
    }
    file
}

/// Bytes without meaning, always the same.
fn noise(length: usize) -> Vec<u8> {
    let bytes = (0_u32..).map(|at| (at.wrapping_mul(2_654_435_761) >> 24).to_le_bytes()[0]);
    bytes.take(length).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> Vec<u8> {
        let mut file = b"\0\0\0\x10ftypmp42\0\0\0\0".to_vec();
        for name in [b"moov", b"stsz", b"stsc", b"stco", b"avcC"] {
            file.extend_from_slice(&[0, 0, 0, 40]);
            file.extend_from_slice(name);
            file.extend_from_slice(&[1; 32]);
        }
        file.extend_from_slice(b"\0\0\0\x40mdat");
        file.extend_from_slice(&[7; 56]);
        file
    }

    #[test]
    fn every_lie_changes_the_file() {
        for (name, lie) in LIES {
            assert_ne!(lie(&good()), good(), "{name}");
        }
    }

    #[test]
    fn a_number_is_written_at_its_place_in_the_index() {
        let file = with(&good(), b"stsz", 4, 0x0102_0304);
        let place = find(&file, b"stsz");
        assert_eq!(file[place..place + 8], [1, 1, 1, 1, 1, 2, 3, 4]);
        let file = with(&good(), b"moov", -4, 0xffff_fff0);
        let place = find(&file, b"moov") - 4;
        assert_eq!(file[place - 4..place], [0xff, 0xff, 0xff, 0xf0]);
    }
}
