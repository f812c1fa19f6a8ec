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
/// Silence between two sentences, ms, where nothing asks for more.
pub const PAUSE: u64 = 600;
/// Shortest time from one sentence to the next, ms: a key phrase can be read.
const SCENE: u64 = 3600;
/// Silence after the last word, ms.
const TAIL: u64 = 1500;
/// A scene opens before its sentence, ms.
const AHEAD: u64 = 350;

/// Silence before and after a description, ms.
const BREATH: u64 = 100;

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
    /// Lays out sentences of measured lengths, ms, with a pause between them, ms. A longer pause
    /// belongs to the scene that follows: it is seen, then described, then spoken of.
    pub fn new(lengths: &[u64], pause: u64) -> Self {
        let ahead = AHEAD + pause.saturating_sub(PAUSE);
        let mut spoken: Vec<Span> = Vec::with_capacity(lengths.len());
        let mut start = LEAD;
        for length in lengths {
            let end = start + length;
            spoken.push(Span { start, end });
            start = (end + pause).max(start + SCENE);
        }
        let length = spoken.last().map_or(LEAD, |last| last.end) + TAIL;
        let opens = |span: &Span| span.start.saturating_sub(ahead);
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

    /// When the description of a scene is said; `None` when it is too long, ms, to end before the
    /// sentence begins.
    pub fn described(&self, scene: usize, length: u64) -> Option<Span> {
        let start = self.scenes.get(scene)?.start + BREATH;
        let end = start + length;
        let sentence = self.spoken.get(scene)?;
        (end + BREATH <= sentence.start).then_some(Span { start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scenes_follow_the_voice_without_gaps() {
        let timeline = Timeline::new(&[2000, 4000, 3000], PAUSE);
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

    #[test]
    fn a_description_is_said_while_its_scene_is_seen_and_before_its_sentence() {
        let timeline = Timeline::new(&[2000, 4000, 3000], 2200);
        let (scene, sentence) = (timeline.scenes[2], timeline.spoken[2]);
        let described = timeline.described(2, 1500).unwrap();
        assert!(timeline.spoken[1].end < scene.start);
        assert!(scene.start < described.start && described.end < sentence.start);
        assert_eq!(timeline.described(2, 2000), None);
        let hurried = Timeline::new(&[2000, 4000, 3000], PAUSE);
        assert_eq!(hurried.described(2, 1500), None);
    }
}
