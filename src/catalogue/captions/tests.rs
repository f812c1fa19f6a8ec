use proptest::prelude::*;

use super::{CaptionsError, Cue, Parsed, active_at, parse};

fn cue(start_ms: u64, end_ms: u64, lines: &[&str]) -> Cue {
    Cue {
        start_ms,
        end_ms,
        lines: lines.iter().map(|&line| line.to_owned()).collect(),
    }
}

fn read(text: &str) -> Parsed {
    parse(text).expect("captions")
}

/// The lines of one cue with this payload.
fn shown(payload: &str) -> Vec<String> {
    let text = format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{payload}\n");
    let cues = read(&text).cues.into_iter();
    cues.flat_map(|cue| cue.lines).collect()
}

#[test]
fn times_and_lines_are_read() {
    let text = "WEBVTT - métiers\nKind: captions\n\nintro\n00:01.000 --> 00:02.500 line:0 align:start\n\
        Bonjour\nà tous\n\n01:00:00.000 --> 123:00:00.001\nFin";
    assert_eq!(
        read(text),
        Parsed {
            cues: vec![
                cue(1_000, 2_500, &["Bonjour", "à tous"]),
                cue(3_600_000, 442_800_001, &["Fin"]),
            ],
            skipped: 0,
        }
    );
}

#[test]
fn any_line_ending_and_a_byte_order_mark_are_read() {
    let expected = vec![cue(0, 1_000, &["A", "b"]), cue(1_000, 2_000, &["C"])];
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\nA\nb\n\n00:01.000 --> 00:02.000\nC\n";
    for ending in ["\n", "\r\n", "\r"] {
        let text = format!("\u{feff}{}", text.replace('\n', ending));
        assert_eq!(read(&text).cues, expected, "{ending:?}");
    }
}

#[test]
fn notes_styles_and_regions_are_left_out() {
    let text = "WEBVTT\n\nNOTE une note\nsur deux lignes\n\nSTYLE\n::cue { color: red }\n\n\
        REGION\nid:a\n\n00:00.000 --> 00:01.000\nNOTE de musique\n";
    assert_eq!(read(text).cues, [cue(0, 1_000, &["NOTE de musique"])]);
}

#[test]
fn cues_that_cannot_be_shown_are_counted_and_the_others_kept() {
    for bad in [
        "00:02.000 --> 00:01.000\nà rebours",
        "00:01.000 --> 00:01.000\nsans durée",
        "00:61.000 --> 01:02.000\nsoixante secondes",
        "99:99 --> bientôt\nsans nombre",
        "-->",
        "--> 00:01.000\nx",
        "00:01.000 -->\nx",
        "1:2:3:04.000 --> 00:05.000\nx",
        "00:01.0 --> 00:02.000\nx",
        "00:00.000 --> 00:01.000\n<b></b>",
        "00:00.000 --> 00:01.000",
        "99999999999999999999:00:00.000 --> 00:01.000\nx",
    ] {
        let text = format!("WEBVTT\n\n{bad}\n\n00:05.000 --> 00:06.000\nBon\n");
        let expected = Parsed {
            cues: vec![cue(5_000, 6_000, &["Bon"])],
            skipped: 1,
        };
        assert_eq!(read(&text), expected, "{bad:?}");
    }
}

#[test]
fn a_missing_empty_line_ends_a_cue_at_the_next_times() {
    let text = "WEBVTT\n00:00.000 --> 00:01.000\nA\n00:01,500 --> 00:02,000\nB\n";
    assert_eq!(
        read(text).cues,
        [cue(0, 1_000, &["A"]), cue(1_500, 2_000, &["B"])]
    );
}

#[test]
fn what_is_not_webvtt_is_refused() {
    for text in [
        "",
        "WEBVTTX\n",
        "1\n00:00:00,000 --> 00:00:01,000\nA\n",
        "{}",
    ] {
        assert_eq!(parse(text), Err(CaptionsError::NotWebVtt), "{text:?}");
    }
}

#[test]
fn tags_go_and_entities_become_signs() {
    for (payload, lines) in [
        (
            "<b>Gras</b> et <i.loud>italique</i>",
            &["Gras et italique"][..],
        ),
        ("<c.jaune>Un</c> <00:00:00.500>deux", &["Un deux"]),
        ("R&amp;D &lt;3 l&apos;été&nbsp;!", &["R&D <3 l'été !"]),
        (
            "&#233;t&#xE9; &inconnu; &#0; & fin",
            &["été &inconnu; &#0; & fin"],
        ),
        ("1 < 2 et 3 > 2", &["1 < 2 et 3 > 2"]),
        ("<ruby>métier<rt>note</rt></ruby>", &["métiernote"]),
        ("un\ndeux\ntrois", &["un", "deux trois"]),
        ("  un   deux  ", &["un deux"]),
        (
            "<v Marie>Bonjour</v>\n<v Paul>Salut</v>",
            &["Bonjour", "– Salut"],
        ),
        ("<v Marie>Bonjour <v Paul>Salut", &["Bonjour", "– Salut"]),
        ("مرحبا 🙂", &["مرحبا 🙂"]),
        ("a\u{0}b \u{1b}[2J c\u{7f} \u{1} d", &["ab [2J c d"]),
    ] {
        assert_eq!(shown(payload), lines, "{payload:?}");
    }
}

#[test]
fn a_dash_marks_only_a_change_of_speaker() {
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\n<v Marie>Un\n\n00:01.000 --> 00:02.000\n\
        <v Marie>Deux\n\n00:02.000 --> 00:03.000\n<v.fort Paul>Trois\n";
    let lines: Vec<String> = read(text)
        .cues
        .into_iter()
        .flat_map(|cue| cue.lines)
        .collect();
    assert_eq!(lines, ["Un", "Deux", "– Trois"]);
}

#[test]
fn two_who_speak_at_once_get_a_line_each() {
    let text = "WEBVTT\n\n00:00.000 --> 00:01.000\nOui\nbien sûr\n\n00:00.000 --> 00:01.000\nNon\n";
    assert_eq!(
        read(text).cues,
        [cue(0, 1_000, &["– Oui bien sûr", "– Non"])]
    );
}

#[test]
fn what_a_third_voice_says_is_joined_to_the_second_line() {
    let voices = ["Oui", "Non", "Peut-être"];
    let cues = voices.map(|voice| format!("\n00:00.000 --> 00:01.000\n{voice}\n"));
    let text = format!("WEBVTT\n{}", cues.concat());
    assert_eq!(
        read(&text).cues,
        [cue(0, 1_000, &["– Oui", "– Non – Peut-être"])]
    );
}

#[test]
fn the_cue_shown_is_the_last_begun_that_has_not_ended() {
    let cues = [
        cue(1_000, 9_000, &["long"]),
        cue(2_000, 3_000, &["court"]),
        cue(9_000, 9_500, &["fin"]),
    ];
    for (ms, line) in [
        (0, None),
        (999, None),
        (1_000, Some("long")),
        (2_000, Some("court")),
        (2_999, Some("court")),
        (3_000, Some("long")),
        (9_000, Some("fin")),
        (9_500, None),
        (u64::MAX, None),
    ] {
        let active = active_at(&cues, ms).map(|cue| cue.lines[0].as_str());
        assert_eq!(active, line, "{ms}");
    }
    assert_eq!(active_at(&[], 0), None);
}

#[test]
fn many_a_lone_sign_takes_no_time() {
    let payload = "<&#".repeat(50_000);
    assert_eq!(shown(&payload), [payload]);
}

proptest! {
    #[test]
    fn any_text_gives_cues_in_order_or_is_refused(text in "\\PC{0,200}", head in any::<bool>()) {
        let text = if head { format!("WEBVTT\n\n{text}") } else { text };
        if let Ok(parsed) = parse(&text) {
            prop_assert!(parsed.cues.is_sorted_by_key(|cue| cue.start_ms));
        }
    }

    #[test]
    fn nearly_right_captions_give_lines_that_can_be_shown(
        blocks in prop::collection::vec(
            ("[0-9:.]{0,12}|0[0-9]:[0-5][0-9].000", " ?-->? ?", "0[0-9]:[0-5][0-9].000", "[<>&;#vb/ a-z\n–-]{0,40}"),
            0..10
        )
    ) {
        let mut text = String::from("WEBVTT\n\n");
        for (start, arrow, end, payload) in blocks {
            text += &format!("{start}{arrow}{end}\n{payload}\n\n");
        }
        for cue in parse(&text).unwrap_or_default().cues {
            prop_assert!(cue.start_ms < cue.end_ms);
            prop_assert!((1..=2).contains(&cue.lines.len()));
            prop_assert!(cue.lines.iter().all(|line| !line.trim().is_empty()));
        }
    }
}
