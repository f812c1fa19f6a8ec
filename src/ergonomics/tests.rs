use super::*;

/// Four pixels a millimetre, lower edge at 800 mm: 480 × 270 mm.
const DESK: Screen = Screen {
    width_mm: 480.0,
    height_mm: 270.0,
    lower_edge_mm: 800.0,
    reading_distance_mm: 600.0,
    width_px: 1920,
    height_px: 1080,
    plinth: false,
};

fn control(name: &str, x: f64, y: f64, width: f64, height: f64) -> Control {
    Control {
        name: name.to_owned(),
        screen: "accueil".to_owned(),
        rect: Rect {
            x,
            y,
            width,
            height,
        },
        leads_low: false,
    }
}

fn letters(font_px: f64) -> Letters {
    Letters {
        text: "Métiers".to_owned(),
        screen: "accueil".to_owned(),
        font_px,
    }
}

fn shortfalls(screen: &Screen, variant: Variant, controls: &[Control]) -> Vec<Shortfall> {
    let findings = check(screen, variant, controls, &[]);
    findings.into_iter().map(|found| found.shortfall).collect()
}

#[test]
fn a_target_has_twenty_millimetres_both_ways() {
    let table = [
        (80.0, 80.0, vec![]),
        (79.0, 80.0, vec![Shortfall::Narrow { mm: 19.75 }]),
        (80.0, 72.0, vec![Shortfall::Flat { mm: 18.0 }]),
        (
            60.0,
            40.0,
            vec![Shortfall::Narrow { mm: 15.0 }, Shortfall::Flat { mm: 10.0 }],
        ),
    ];
    for (width, height, expected) in table {
        let one = [control("Retour", 100.0, 100.0, width, height)];
        assert_eq!(
            shortfalls(&DESK, Variant::Usual, &one),
            expected,
            "{width} × {height}"
        );
    }
}

#[test]
fn what_hangs_over_the_edge_of_the_screen_does_not_count() {
    let one = [control("Retour", 1880.0, 100.0, 120.0, 100.0)];
    assert_eq!(
        shortfalls(&DESK, Variant::Usual, &one),
        [Shortfall::Narrow { mm: 10.0 }]
    );
}

#[test]
fn neighbours_stand_two_millimetres_apart() {
    let a = control("a", 100.0, 100.0, 100.0, 100.0);
    let table = [
        // To the right, below, and across the corner by three and four pixels.
        (208.0, 100.0, None),
        (204.0, 100.0, Some(1.0)),
        (100.0, 207.0, Some(1.75)),
        (203.0, 204.0, Some(1.25)),
        (206.0, 206.0, None),
        // They overlap.
        (150.0, 150.0, Some(0.0)),
    ];
    for (x, y, expected) in table {
        let pair = [a.clone(), control("b", x, y, 100.0, 100.0)];
        let close = expected.map(|mm| Shortfall::Close {
            to: "b".to_owned(),
            mm,
        });
        assert_eq!(
            shortfalls(&DESK, Variant::Usual, &pair),
            Vec::from_iter(close),
            "{x}, {y}"
        );
    }
}

#[test]
fn a_control_within_another_and_one_of_another_screen_are_no_neighbours() {
    let outer = control("a", 100.0, 100.0, 400.0, 400.0);
    let inner = control("b", 100.0, 100.0, 100.0, 100.0);
    let mut elsewhere = control("c", 500.0, 100.0, 100.0, 100.0);
    elsewhere.screen = "aide".to_owned();
    let all = [outer, inner, elsewhere];
    assert_eq!(shortfalls(&DESK, Variant::Usual, &all), []);
}

#[test]
fn capitals_have_the_height_that_the_norm_asks() {
    // 28.74 px × 0.25 mm × 0.668 is 4.8 mm.
    let table = [(28.0, Some(4.676)), (28.74, None), (29.0, None)];
    for (font_px, expected) in table {
        let found = check(&DESK, Variant::Usual, &[], &[letters(font_px)]);
        let measures: Vec<_> = found.iter().map(measure).collect();
        assert_eq!(
            measures,
            Vec::from_iter(expected.map(|mm| (mm, 4.8))),
            "{font_px}"
        );
    }
}

#[test]
fn large_letters_follow_the_distance() {
    let table = [
        (500.0, 6.11),
        (600.0, 7.33),
        (700.0, 8.55),
        // Nearer than anybody stands: never below the usual text.
        (300.0, 4.8),
    ];
    for (reading_distance_mm, needed) in table {
        let screen = Screen {
            reading_distance_mm,
            ..DESK
        };
        let least = needed / (0.25 * CAP_HEIGHT_EM);
        let found = check(&screen, Variant::LargeText, &[], &[letters(least - 1.0)]);
        let measures: Vec<_> = found.iter().map(|found| measure(found).1).collect();
        assert_eq!(measures, [needed], "{reading_distance_mm}");
        let enough = check(&screen, Variant::LargeText, &[], &[letters(least + 0.1)]);
        assert_eq!(enough, [], "{reading_distance_mm}");
    }
}

/// Height and height needed, in hundredths but for the first, which has three places.
fn measure(found: &Finding) -> (f64, f64) {
    match found.shortfall {
        Shortfall::Small { mm, needed } => (
            (mm * 1000.0).round() / 1000.0,
            (needed * 100.0).round() / 100.0,
        ),
        _ => (0.0, 0.0),
    }
}

/// An upright screen: 270 × 480 mm, its lower edge where it is told.
fn upright(lower_edge_mm: f64, plinth: bool) -> Screen {
    Screen {
        width_mm: 270.0,
        height_mm: 480.0,
        width_px: 1080,
        height_px: 1920,
        lower_edge_mm,
        plinth,
        ..DESK
    }
}

#[test]
fn a_low_screen_has_every_control_within_reach() {
    let top = control("Français", 100.0, 0.0, 100.0, 100.0);
    let foot = control("Accueil", 100.0, 1820.0, 100.0, 100.0);
    let table = [
        // The upper edge at 1220, at 1280; over a plinth at 1120, at 1125.
        (740.0, false, vec![]),
        (
            800.0,
            false,
            vec![Shortfall::High {
                mm: 1255.0,
                limit: 1220.0,
            }],
        ),
        (640.0, true, vec![]),
        (
            665.0,
            true,
            vec![Shortfall::High {
                mm: 1120.0,
                limit: 1120.0,
            }],
        ),
        // The lower edge at 375: 20 mm of the lower button are still within reach.
        (375.0, false, vec![]),
        (
            370.0,
            false,
            vec![Shortfall::Deep {
                mm: 395.0,
                limit: 380.0,
            }],
        ),
    ];
    for (lower_edge_mm, plinth, expected) in table {
        let screen = upright(lower_edge_mm, plinth);
        let both = [top.clone(), foot.clone()];
        assert_eq!(
            shortfalls(&screen, Variant::LowReach, &both),
            expected,
            "{lower_edge_mm}"
        );
    }
}

#[test]
fn before_the_screen_is_low_only_the_way_there_must_be_within_reach() {
    let screen = upright(900.0, false);
    let mut way = control("Confort", 100.0, 0.0, 100.0, 100.0);
    assert_eq!(shortfalls(&screen, Variant::Usual, &[way.clone()]), []);
    way.leads_low = true;
    assert_eq!(
        shortfalls(&screen, Variant::Usual, &[way]),
        [Shortfall::High {
            mm: 1355.0,
            limit: 1220.0
        }]
    );
}

#[test]
fn the_height_of_capitals_is_that_of_every_weight_of_the_face() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/assets/fonts");
    let mut read = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "ttf") {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let face = ttf_parser::Face::parse(&bytes, 0).unwrap();
        let capital = f64::from(face.capital_height().unwrap());
        let em = f64::from(face.units_per_em());
        assert!(
            (capital / em - CAP_HEIGHT_EM).abs() < 1e-9,
            "{}",
            path.display()
        );
        read += 1;
    }
    assert_eq!(read, 3);
}
