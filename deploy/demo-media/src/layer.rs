/// Width of the film, px.
pub const WIDTH: u32 = 1280;
/// Height of the film, px.
pub const HEIGHT: u32 = 720;

/// A drawing laid over the film, moving by expressions of the time `t` in seconds.
#[derive(Debug, Clone)]
pub struct Layer {
    /// The drawing.
    pub svg: String,
    /// Left edge, px, as an expression.
    pub x: String,
    /// Top edge, px, as an expression.
    pub y: String,
    /// When it is there; always where missing.
    pub window: Option<Window>,
}

/// When a layer is there and how it comes and goes, seconds.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// It begins to appear.
    pub start: f64,
    /// It is gone.
    pub end: f64,
    /// How long it fades, at both ends.
    pub fade: f64,
}

impl Layer {
    /// A layer that is always there.
    pub fn always(svg: String, x: impl Into<String>, y: impl Into<String>) -> Self {
        Self {
            svg,
            x: x.into(),
            y: y.into(),
            window: None,
        }
    }

    /// The same layer, there only for a while.
    pub fn during(self, start: f64, end: f64, fade: f64) -> Self {
        Self {
            window: Some(Window { start, end, fade }),
            ..self
        }
    }
}

/// An expression that goes smoothly from one value to another, `length` seconds from `start`.
pub fn glide(start: f64, length: f64, from: f64, to: f64) -> String {
    let part = format!("clip((t-{start:.3})/{length:.3},0,1)");
    format!("({from:.1}+({:.1})*{part}*{part}*(3-2*{part}))", to - from)
}
