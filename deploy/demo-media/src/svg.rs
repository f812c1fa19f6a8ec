use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{command, face::FAMILY, palette::Colour};

/// A drawing of a given size, px.
pub fn document(width: u32, height: u32, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">{body}</svg>"
    )
}

/// A disc.
pub fn disc(x: u32, y: u32, radius: u32, fill: Colour, opacity: f64) -> String {
    format!(
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"{fill}\" fill-opacity=\"{opacity}\"/>"
    )
}

/// An icon of the set, square, in one colour.
pub fn icon(source: &str, (x, y): (u32, u32), size: u32, colour: Colour) -> String {
    let inner = source
        .find('>')
        .and_then(|start| Some(&source[start + 1..source.rfind("</svg>")?]))
        .unwrap_or_default();
    format!(
        "<svg x=\"{x}\" y=\"{y}\" width=\"{size}\" height=\"{size}\" viewBox=\"0 0 256 256\" \
         fill=\"{colour}\">{inner}</svg>"
    )
}

/// Lines of type, the first on the baseline `y`.
pub fn text(lines: &[String], (x, y): (u32, u32), size: u32, weight: u32, fill: Colour) -> String {
    let step = size * 108 / 100;
    let spans: String = lines
        .iter()
        .zip(0..)
        .map(|(line, index): (_, u32)| {
            format!(
                "<tspan x=\"{x}\" y=\"{}\">{}</tspan>",
                y + index * step,
                escape(line)
            )
        })
        .collect();
    format!(
        "<text font-family=\"{FAMILY}\" font-weight=\"{weight}\" font-size=\"{size}\" \
         fill=\"{fill}\">{spans}</text>"
    )
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Renders drawings to PNG with the private font configuration; equal drawings are rendered once.
pub struct Renderer<'a> {
    /// The font configuration.
    pub fonts: &'a Path,
    /// Where pictures go.
    pub folder: &'a Path,
}

impl Renderer<'_> {
    /// Renders a drawing and returns the picture's path.
    ///
    /// # Errors
    /// The tool is missing or refuses the drawing, or a file cannot be written.
    pub fn render(&self, svg: &str) -> Result<PathBuf> {
        let name = &crate::recipe::digest([svg.as_bytes()])[..16];
        let picture = self.folder.join(format!("{name}.png"));
        if picture.exists() {
            return Ok(picture);
        }
        let drawing = self.folder.join(format!("{name}.svg"));
        fs::write(&drawing, svg).with_context(|| format!("écriture de {}", drawing.display()))?;
        let mut convert = Command::new("rsvg-convert");
        convert
            .env("FONTCONFIG_FILE", self.fonts)
            .arg("--output")
            .arg(&picture)
            .arg(&drawing);
        command::run(&mut convert)?;
        Ok(picture)
    }
}
