/// A stretch of time, ms from the beginning of the film.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Beginning.
    pub start: u64,
    /// End.
    pub end: u64,
}

/// Silence before the first word, ms: the title card settles.
const LEAD: u64 = 700;
/// Silence between two sentences, ms.
const PAUSE: u64 = 600;
/// Shortest time from one sentence to the next, ms: a key phrase can be read.
const SCENE: u64 = 3600;
/// Silence after the last word, ms.
const TAIL: u64 = 1500;
/// A scene opens before its sentence, ms.
const AHEAD: u64 = 350;

/// When each sentence is said, when each scene is shown.
#[derive(Debug, PartialEq, Eq)]
pub struct Timeline {
    /// One span a sentence, the voice alone.
    pub spoken: Vec<Span>,
    /// One span a scene, without gaps; the first is the title card.
    pub scenes: Vec<Span>,
    /// Whole length, ms.
    pub length: u64,
}

impl Timeline {
    /// Lays out sentences of measured lengths, ms.
    pub fn new(lengths: &[u64]) -> Self {
        let mut spoken: Vec<Span> = Vec::with_capacity(lengths.len());
        let mut start = LEAD;
        for length in lengths {
            let end = start + length;
            spoken.push(Span { start, end });
            start = (end + PAUSE).max(start + SCENE);
        }
        let length = spoken.last().map_or(LEAD, |last| last.end) + TAIL;
        let opens = |span: &Span| span.start.saturating_sub(AHEAD);
        let scenes = (0..spoken.len())
            .map(|index| Span {
                start: if index == 0 { 0 } else { opens(&spoken[index]) },
                end: spoken.get(index + 1).map_or(length, opens),
            })
            .collect();
        Self {
            spoken,
            scenes,
            length,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenes_follow_the_voice_without_gaps() {
        let timeline = Timeline::new(&[2000, 4000, 3000]);
        assert_eq!(
            timeline.spoken[1],
            Span {
                start: 4300,
                end: 8300
            }
        );
        assert_eq!(timeline.spoken[2].start, 8900);
        assert_eq!(timeline.length, 8900 + 3000 + 1500);
        let ends: Vec<u64> = timeline.scenes.iter().map(|scene| scene.end).collect();
        let starts: Vec<u64> = timeline.scenes.iter().map(|scene| scene.start).collect();
        assert_eq!(starts, [0, 3950, 8550]);
        assert_eq!(ends, [3950, 8550, 13400]);
    }
}
