/// Parts of a video, in milliseconds: sorted, apart, never empty.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Ranges(Vec<(u64, u64)>);

impl Ranges {
    /// Adds `start..end`, merged with what it touches.
    pub(super) fn add(&mut self, mut start: u64, mut end: u64) {
        if start >= end {
            return;
        }
        self.0.retain(|&(from, to)| {
            let apart = to < start || from > end;
            if !apart {
                start = start.min(from);
                end = end.max(to);
            }
            apart
        });
        let place = self.0.partition_point(|&(from, _)| from < start);
        self.0.insert(place, (start, end));
    }

    /// Length of what lies before `limit`, ms.
    pub(super) fn length(&self, limit: u64) -> u64 {
        self.0
            .iter()
            .map(|&(from, to)| to.min(limit).saturating_sub(from))
            .sum()
    }

    /// One bit for each of `parts` equal parts of `whole` that is touched, lowest first.
    pub(super) fn coverage(&self, whole: u64, parts: u64) -> u32 {
        (0..parts)
            .filter(|part| self.touches(whole * part, whole * (part + 1), parts))
            .fold(0, |bits, part| bits | 1 << part)
    }

    // Both ends are given times `scale`, so that no part is rounded away.
    fn touches(&self, start: u64, end: u64, scale: u64) -> bool {
        self.0
            .iter()
            .any(|&(from, to)| from * scale < end && to * scale > start)
    }
}
