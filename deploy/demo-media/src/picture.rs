use std::collections::HashMap;

use crate::{
    collection::Video,
    decor,
    face::Face,
    layer::{HEIGHT, Layer, WIDTH, glide},
    palette::{ACCENT, Colour, INK, WHITE},
    svg::{disc, document, icon, text},
    timeline::{Span, Timeline},
    typography::even_lines,
};

/// Left margin of type, px.
const MARGIN: u32 = 80;
/// Side of the large icon, px.
const ICON: u32 = 340;
/// The icon stays in the middle for so long before it makes room for the key phrase, seconds.
const SHOWN: f64 = 0.95;
/// Fading in and out, seconds.
const FADE: f64 = 0.35;
/// From one dot of the progress to the next, px.
const STEP: u32 = 32;

/// What a film is drawn from.
pub struct Picture<'a> {
    /// The video.
    pub video: &'a Video,
    /// Name of its univers or rubrique.
    pub group: &'a str,
    /// Colour of its univers or rubrique.
    pub colour: Colour,
    /// Colour of the large shapes.
    pub second: Colour,
    /// Icons by name.
    pub icons: &'a HashMap<String, String>,
    /// The face.
    pub face: &'a Face,
}

impl Picture<'_> {
    /// The ground under everything.
    pub fn ground(&self) -> String {
        let bright = self.colour.mix(WHITE, 22);
        let deep = self.colour.mix(INK, 72);
        let body = format!(
            "<defs><linearGradient id=\"g\" x1=\"0\" y1=\"0\" x2=\"1\" y2=\"1\">\
             <stop offset=\"0.05\" stop-color=\"{bright}\"/><stop offset=\"0.5\" stop-color=\"{}\"/>\
             <stop offset=\"1\" stop-color=\"{deep}\"/></linearGradient></defs>\
             <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"url(#g)\"/>",
            self.colour.mix(INK, 18)
        );
        document(WIDTH, HEIGHT, &body)
    }

    /// All layers, back to front.
    pub fn layers(&self, timeline: &Timeline) -> Vec<Layer> {
        let length = seconds(timeline.length);
        let mut layers = decor::layers(self.video.decor, self.second, length);
        let mut spans = timeline.scenes.iter();
        layers.extend(spans.next().into_iter().flat_map(|span| self.card(*span)));
        for (scene, span) in self.video.scenes.iter().zip(spans) {
            layers.extend(self.scene(&scene.key, &scene.icon, *span));
        }
        layers.extend(frame(timeline));
        layers
    }

    /// The title card: group, title, icon.
    fn card(&self, span: Span) -> Vec<Layer> {
        let end = seconds(span.end);
        let (size, lines) = self.fit(&self.video.title, (740, 330), &[100, 92, 84, 76, 68]);
        let height = line_count(&lines) * size * 108 / 100;
        let top = 325 - height / 2;
        let title = document(
            760,
            height + size / 3,
            &text(&lines, (0, size), size, 800, WHITE),
        );
        let label = self.label();
        let x = |late: f64| glide(0.1 + late, 0.6, f64::from(MARGIN) - 50.0, f64::from(MARGIN));
        vec![
            Layer::always(
                self.large_icon(&self.video.icon),
                "860+16*sin(2*PI*t/5)",
                "150+14*cos(2*PI*t/4)",
            )
            .during(0.0, end, FADE),
            Layer::always(label, x(0.0), (top - 70).to_string()).during(0.0, end, FADE),
            Layer::always(title, x(0.12), top.to_string()).during(0.1, end, FADE),
        ]
    }

    /// Name of the univers or rubrique on a light pill.
    fn label(&self) -> String {
        let width = self.face.width(self.group, 30.0) as u32 + 60;
        let body = format!(
            "<rect width=\"{width}\" height=\"56\" rx=\"28\" fill=\"{WHITE}\"/>{}",
            text(&[self.group.to_owned()], (30, 39), 30, 800, self.colour)
        );
        document(width, 56, &body)
    }

    /// A sentence: its icon in the middle, then at the right beside the key phrase.
    fn scene(&self, key: &str, name: &str, span: Span) -> Vec<Layer> {
        let (start, end) = (seconds(span.start), seconds(span.end));
        let move_at = start + SHOWN;
        let centre = glide(move_at, 0.7, f64::from(WIDTH / 2), 970.0);
        let bob = format!("305+12*sin(2*PI*(t-{start:.3})/3.4)");
        let rise = glide(start, 0.5, 50.0, 0.0);
        let icon = Layer::always(
            self.large_icon(name),
            format!("{centre}-{}", ICON / 2),
            format!("{bob}+{rise}-{}", ICON / 2),
        );
        let mut layers: Vec<Layer> = [(13, ACCENT, 0.0), (9, WHITE, 3.3)]
            .into_iter()
            .map(|(radius, fill, ahead)| {
                let dot = document(
                    2 * radius,
                    2 * radius,
                    &disc(radius, radius, radius, fill, 1.0),
                );
                let angle = format!("(2*PI*(t-{start:.3})/5+{ahead})");
                Layer::always(
                    dot,
                    format!("{centre}-{radius}+222*cos{angle}"),
                    format!("{bob}+{rise}-{radius}+222*sin{angle}"),
                )
                .during(start, end, FADE)
            })
            .collect();
        layers.push(icon.during(start, end, FADE));
        layers.push(self.phrase(key, move_at + 0.15, end));
        layers
    }

    /// The key phrase under a short accent.
    fn phrase(&self, key: &str, start: f64, end: f64) -> Layer {
        let (size, lines) = self.fit(key, (600, 360), &[88, 80, 72, 64]);
        let height = line_count(&lines) * size * 108 / 100 + 44;
        let body = format!(
            "<rect width=\"96\" height=\"12\" rx=\"6\" fill=\"{ACCENT}\"/>{}",
            text(&lines, (0, size + 34), size, 800, WHITE)
        );
        let x = glide(start, 0.6, f64::from(MARGIN) - 60.0, f64::from(MARGIN));
        let y = (305 - height / 2).to_string();
        Layer::always(document(640, height + size / 3, &body), x, y).during(start, end, FADE)
    }

    fn large_icon(&self, name: &str) -> String {
        let source = self.icons.get(name).map_or("", String::as_str);
        document(ICON, ICON, &icon(source, (0, 0), ICON, WHITE))
    }

    /// The largest of `sizes` at which a text fits in a box, px, with its lines.
    fn fit(&self, text: &str, (wide, tall): (u32, u32), sizes: &[u32]) -> (u32, Vec<String>) {
        let width = |line: &str, size: u32| self.face.width(line, f64::from(size));
        let broken = |size: u32| {
            (
                size,
                even_lines(text, f64::from(wide), |line| width(line, size)),
            )
        };
        let fits = |(size, lines): &(u32, Vec<String>)| {
            line_count(lines) * size * 108 / 100 <= tall
                && lines
                    .iter()
                    .all(|line| width(line, *size) <= f64::from(wide))
        };
        let least = sizes.last().copied().unwrap_or(64);
        let mut tried = sizes.iter().map(|&size| broken(size));
        tried.find(fits).unwrap_or_else(|| broken(least))
    }
}

/// What stays all along: the mark, and how far the film is.
fn frame(timeline: &Timeline) -> Vec<Layer> {
    let mark = format!(
        "<rect width=\"196\" height=\"44\" rx=\"22\" fill=\"{INK}\" fill-opacity=\"0.72\"/>{}",
        text(&["Démonstration".to_owned()], (22, 30), 23, 600, WHITE)
    );
    let scenes = u32::try_from(timeline.scenes.len()).unwrap_or(1);
    let dots: String = (0..scenes)
        .map(|index| disc(STEP / 2 + index * STEP, 7, 7, WHITE, 0.4))
        .collect();
    let here = format!("<rect width=\"30\" height=\"14\" rx=\"7\" fill=\"{ACCENT}\"/>");
    let steps = timeline.scenes.iter().skip(1);
    let moves: String = steps
        .map(|scene| {
            format!(
                "+{}",
                glide(seconds(scene.start), 0.6, 0.0, f64::from(STEP))
            )
        })
        .collect();
    vec![
        Layer::always(document(scenes * STEP, 14, &dots), MARGIN.to_string(), "43"),
        Layer::always(document(30, 14, &here), format!("{MARGIN}+1{moves}"), "43"),
        Layer::always(
            document(196, 44, &mark),
            (WIDTH - 196 - 32).to_string(),
            "28",
        ),
    ]
}

fn line_count(lines: &[String]) -> u32 {
    u32::try_from(lines.len()).unwrap_or(1)
}

fn seconds(ms: u64) -> f64 {
    ms as f64 / 1000.0
}

/// A moment of a scene when its icon stands alone in the middle, seconds.
pub fn poster_moment(timeline: &Timeline, scene: usize) -> f64 {
    let start = timeline.scenes.get(scene).map_or(0, |span| span.start);
    seconds(start) + SHOWN - 0.1
}
