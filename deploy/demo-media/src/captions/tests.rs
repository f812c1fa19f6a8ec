use super::*;

const LONG: &str =
    "Écrivez un objet précis, par exemple\u{a0}: candidature au poste d’aide-comptable.";

fn span(start: u64, end: u64) -> Span {
    Span { start, end }
}

#[test]
fn a_short_sentence_is_one_line_for_as_long_as_it_is_said() {
    let cues = cues(
        ["Regardez l’objectif et souriez."].into_iter(),
        &[span(500, 2500)],
    );
    assert_eq!(
        cues,
        [Cue {
            span: span(500, 2650),
            lines: vec!["Regardez l’objectif et souriez.".into()]
        }]
    );
}

#[test]
fn a_long_sentence_breaks_where_the_phrase_breathes() {
    let pieces = split(LONG);
    assert_eq!(
        pieces,
        [
            vec!["Écrivez un objet précis,".to_owned()],
            vec![
                "par exemple\u{a0}: candidature".to_owned(),
                "au poste d’aide-comptable.".to_owned()
            ],
        ]
    );
}

#[test]
fn no_caption_passes_two_lines_or_the_length_of_a_line_and_no_word_is_lost() {
    let sentence = [LONG; 6].join(" ");
    let pieces = split(&sentence);
    assert!(pieces.iter().all(|lines| lines.len() <= 2));
    assert!(
        pieces
            .iter()
            .flatten()
            .all(|line| line.chars().count() <= LINE)
    );
    assert_eq!(pieces.concat().join(" "), sentence);
}

#[test]
fn captions_of_a_sentence_share_its_time_by_length_without_a_gap() {
    let cues = cues([LONG].into_iter(), &[span(1000, 5000)]);
    assert_eq!(cues.len(), 2);
    assert_eq!(cues[0].span.start, 1000);
    assert_eq!(cues[0].span.end, cues[1].span.start);
    assert!(cues[0].span.end - cues[0].span.start < cues[1].span.end - cues[1].span.start);
}

#[test]
fn a_caption_never_reaches_into_the_next_sentence() {
    let cues = cues(
        ["Un.", "Deux."].into_iter(),
        &[span(0, 1000), span(1050, 2000)],
    );
    assert_eq!(cues[0].span.end, 1050);
}

#[test]
fn webvtt_writes_hours_minutes_seconds_and_thousandths() {
    let cue = Cue {
        span: span(1500, 3_661_007),
        lines: vec!["Un".into(), "deux".into()],
    };
    assert_eq!(
        webvtt(&[cue]),
        "WEBVTT\n\n00:00:01.500 --> 01:01:01.007\nUn\ndeux\n"
    );
}
