use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

/// Family of the face.
pub const FAMILY: &str = "Atkinson Hyperlegible Next";

/// The extra-bold face, for measuring what the renderer will draw.
pub struct Face {
    bytes: Vec<u8>,
}

impl Face {
    /// Reads the face from the folder of fonts.
    ///
    /// # Errors
    /// The file is missing or is no font.
    pub fn open(fonts: &Path) -> Result<Self> {
        let path = fonts.join("AtkinsonHyperlegibleNext_800ExtraBold.ttf");
        let bytes = fs::read(&path).with_context(|| format!("lecture de {}", path.display()))?;
        if ttf_parser::Face::parse(&bytes, 0).is_err() {
            bail!("{} n’est pas une police", path.display());
        }
        Ok(Self { bytes })
    }

    /// The file, as part of what a film depends on.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Width of a line, in the unit of `size`.
    pub fn width(&self, line: &str, size: f64) -> f64 {
        let Ok(face) = ttf_parser::Face::parse(&self.bytes, 0) else {
            return 0.0;
        };
        let units: u32 = line
            .chars()
            .filter_map(|character| face.glyph_index(character))
            .filter_map(|glyph| face.glyph_hor_advance(glyph))
            .map(u32::from)
            .sum();
        f64::from(units) * size / f64::from(face.units_per_em())
    }
}

/// Writes a private font configuration that knows only the folder of fonts, and returns its path.
///
/// # Errors
/// The files cannot be written.
pub fn configuration(fonts: &Path, work: &Path) -> Result<PathBuf> {
    let fonts = fs::canonicalize(fonts)
        .with_context(|| format!("dossier des polices {}", fonts.display()))?;
    let path = work.join("fonts.conf");
    let text = format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"fonts.dtd\">\n<fontconfig>\n  \
         <dir>{}</dir>\n  <cachedir>{}</cachedir>\n</fontconfig>\n",
        fonts.display(),
        work.join("font-cache").display()
    );
    fs::write(&path, text).with_context(|| format!("écriture de {}", path.display()))?;
    Ok(path)
}
