//! What is said in a video, sentence by sentence, to be read.

use super::captions::Cue;

/// Characters after which a sentence is cut at the end of a cue: captions without full stops stay
/// readable.
const LONG: usize = 220;

/// A sentence and when it begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From where it is said, ms; `None` for a text without times.
    pub start_ms: Option<u64>,
    /// One line.
    pub text: String,
}

/// Sentences of captions: cues are joined until one ends a sentence, or the speaker changes.
pub fn timed(cues: &[Cue]) -> Vec<Sentence> {
    let mut sentences: Vec<Sentence> = Vec::new();
    let mut open = false;
    for cue in cues {
        let text = cue.lines.join(" ");
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        match sentences.last_mut() {
            Some(last) if open && !changes_speaker(text) => {
                last.text.push(' ');
                last.text.push_str(text);
            }
            _ => sentences.push(Sentence {
                start_ms: Some(cue.start_ms),
                text: text.to_owned(),
            }),
        }
        open = sentences.last().is_some_and(|last| !is_over(&last.text));
    }
    sentences
}

/// Paragraphs of a text without times.
pub fn untimed(text: &str) -> Vec<Sentence> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(|line| Sentence {
            start_ms: None,
            text: line.to_owned(),
        })
        .collect()
}

/// A dash opens what somebody else says.
fn changes_speaker(text: &str) -> bool {
    text.starts_with(['–', '—', '-'])
}

fn is_over(text: &str) -> bool {
    let end = text.trim_end_matches(['»', '"', '”', ')', ' ', '\u{a0}']);
    end.ends_with(['.', '!', '?', '…']) || text.chars().count() >= LONG
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cue(start_ms: u64, lines: &[&str]) -> Cue {
        Cue {
            start_ms,
            end_ms: start_ms + 1_000,
            lines: lines.iter().map(|&line| line.to_owned()).collect(),
        }
    }

    fn read(cues: &[Cue]) -> Vec<(u64, String)> {
        timed(cues)
            .into_iter()
            .map(|sentence| (sentence.start_ms.unwrap(), sentence.text))
            .collect()
    }

    #[test]
    fn cues_are_joined_until_the_sentence_ends() {
        let cues = [
            cue(0, &["Vous aimez les chiffres", "et vous voulez comprendre"]),
            cue(2_000, &["une entreprise ?"]),
            cue(4_000, &["« C’est parti ! »"]),
            cue(6_000, &["Bien"]),
        ];
        assert_eq!(
            read(&cues),
            [
                (
                    0,
                    "Vous aimez les chiffres et vous voulez comprendre une entreprise ?".to_owned()
                ),
                (4_000, "« C’est parti ! »".to_owned()),
                (6_000, "Bien".to_owned()),
            ]
        );
    }

    #[test]
    fn another_speaker_begins_another_sentence() {
        let cues = [
            cue(0, &["– Je compte"]),
            cue(1_000, &["– Et moi, je vends."]),
        ];
        assert_eq!(read(&cues).len(), 2);
    }

    #[test]
    fn captions_without_full_stops_are_cut() {
        let cues: Vec<Cue> = (0..20)
            .map(|n| cue(n * 1_000, &["des mots qui ne finissent jamais"]))
            .collect();
        let sentences = read(&cues);
        assert!(sentences.len() > 1);
        assert!(
            sentences
                .iter()
                .all(|(_, text)| text.chars().count() < LONG + 40)
        );
    }
}
