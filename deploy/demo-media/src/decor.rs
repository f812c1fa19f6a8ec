use serde::{Deserialize, Serialize};

use crate::{
    layer::{HEIGHT, Layer, WIDTH},
    palette::{ACCENT, Colour, WHITE},
    svg::{disc, document},
};

/// The moving ground of a film.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Decor {
    /// A sun travels behind a hill.
    Soleil,
    /// Two swells and a buoy.
    Vagues,
    /// Slanted bands pass by.
    Diagonales,
    /// Discs rise.
    Bulles,
    /// Planets turn on rings.
    Orbites,
}

/// The shapes of a ground, back to front.
pub fn layers(decor: Decor, second: Colour, length: f64) -> Vec<Layer> {
    match decor {
        Decor::Soleil => sun(second, length),
        Decor::Vagues => swell(second),
        Decor::Diagonales => bands(second),
        Decor::Bulles => bubbles(second),
        Decor::Orbites => orbits(second),
    }
}

fn sun(second: Colour, length: f64) -> Vec<Layer> {
    let sun = ball(100, ACCENT.mix(WHITE, 25), 1.0);
    let hill = document(1200, 600, &disc(600, 600, 600, second, 1.0));
    let slope = document(1100, 550, &disc(550, 550, 550, second.mix(WHITE, 14), 1.0));
    vec![
        Layer::always(
            sun,
            format!("330+520*t/{length:.2}"),
            format!("600-130*sin(PI*t/{length:.2})+10*sin(2*PI*t/4)"),
        ),
        Layer::always(slope, "-420+50*sin(2*PI*t/11)", "500+10*cos(2*PI*t/7)"),
        Layer::always(hill, "330+60*sin(2*PI*t/13)", "520+14*cos(2*PI*t/9)"),
    ]
}

fn swell(second: Colour) -> Vec<Layer> {
    let buoy = ball(75, ACCENT.mix(WHITE, 25), 1.0);
    let far = wave(640, 44, second.mix(WHITE, 16));
    let near = wave(1280, 60, second);
    vec![
        Layer::always(far, "-mod(t*44,640)", "500+8*sin(2*PI*t/5)"),
        Layer::always(buoy, "560+40*sin(2*PI*t/9)", "520+26*sin(2*PI*t/4)"),
        Layer::always(near, "mod(t*70,1280)-1280", "540+10*cos(2*PI*t/6)"),
    ]
}

/// A wave that repeats every `period` px, two screens wide.
fn wave(period: u32, height: u32, fill: Colour) -> String {
    let (half, quarter) = (period / 2, period / 4);
    let crests: String = (0..=2 * WIDTH / period)
        .map(|_| format!("q{quarter} -{height} {half} 0 t{half} 0 "))
        .collect();
    let body = format!("<path fill=\"{fill}\" d=\"M0 {height} {crests}V300H0Z\"/>");
    document(2 * WIDTH, 300, &body)
}

fn bands(second: Colour) -> Vec<Layer> {
    let band = |width: u32, fill: Colour, opacity: f64| {
        let body = format!(
            "<path fill=\"{fill}\" fill-opacity=\"{opacity}\" d=\"M260 0H{}L{width} {HEIGHT}H0Z\"/>",
            260 + width
        );
        document(260 + width, HEIGHT, &body)
    };
    let travel = |speed: u32, ahead: u32, width: u32| {
        format!(
            "mod({ahead}+t*{speed},{0})-{1}",
            WIDTH + 260 + width,
            260 + width
        )
    };
    let sun = ball(60, ACCENT.mix(WHITE, 25), 1.0);
    vec![
        Layer::always(band(420, second, 0.75), travel(46, 900, 420), "0"),
        Layer::always(band(160, WHITE, 0.10), travel(80, 500, 160), "0"),
        Layer::always(band(70, WHITE, 0.14), travel(120, 1300, 70), "0"),
        Layer::always(sun, "600+260*sin(2*PI*t/12)", "540+34*cos(2*PI*t/6)"),
    ]
}

fn bubbles(second: Colour) -> Vec<Layer> {
    // The bright one keeps to the right edge, clear of type and icons.
    let kinds: [(u32, u32, u32, u32, Colour, f64); 6] = [
        (250, 790, 22, 640, second, 0.85),
        (150, 250, 36, 250, second, 0.85),
        (90, 1120, 52, 820, WHITE, 0.12),
        (50, 1160, 44, 30, ACCENT.mix(WHITE, 25), 1.0),
        (110, 40, 30, 900, WHITE, 0.10),
        (36, 560, 66, 520, WHITE, 0.18),
    ];
    kinds
        .into_iter()
        .map(|(radius, x, speed, ahead, fill, opacity)| {
            Layer::always(
                ball(radius, fill, opacity),
                format!("{x}+20*sin(2*PI*(t+{ahead})/7)"),
                format!("{HEIGHT}-mod({ahead}+t*{speed},{})", HEIGHT + 2 * radius),
            )
        })
        .collect()
}

fn orbits(second: Colour) -> Vec<Layer> {
    let ring = |radius: u32, opacity: f64| {
        format!(
            "<circle cx=\"620\" cy=\"620\" r=\"{radius}\" fill=\"none\" stroke=\"{WHITE}\" \
             stroke-opacity=\"{opacity}\" stroke-width=\"4\"/>"
        )
    };
    let world = disc(620, 620, 230, second, 1.0);
    let body = [world, ring(340, 0.3), ring(470, 0.2), ring(610, 0.12)].concat();
    let sway = "30*sin(2*PI*t/15)";
    let planet = |radius: u32, fill: Colour, orbit: u32, period: u32, ahead: f64| {
        let angle = format!("(2*PI*t/{period}+{ahead})");
        Layer::always(
            ball(radius, fill, 1.0),
            format!("640+{sway}-{radius}+{orbit}*cos{angle}"),
            format!("880-{radius}+{orbit}*sin{angle}"),
        )
    };
    // The bright ones keep to the inner ring, below type and icons.
    let bright = ACCENT.mix(WHITE, 25);
    vec![
        Layer::always(document(1240, 1240, &body), format!("20+{sway}"), "260"),
        planet(28, second.mix(WHITE, 30), 610, 24, 3.9),
        planet(40, second.mix(WHITE, 22), 470, 17, 5.0),
        planet(56, bright, 340, 12, 3.4),
        planet(30, bright, 340, 12, 0.4),
    ]
}

fn ball(radius: u32, fill: Colour, opacity: f64) -> String {
    document(
        2 * radius,
        2 * radius,
        &disc(radius, radius, radius, fill, opacity),
    )
}
