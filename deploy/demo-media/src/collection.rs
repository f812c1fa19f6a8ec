use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde::{Deserialize, Serialize};

use crate::{decor::Decor, typography::typeset};

/// Everything that `videos.toml` says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Collection {
    /// Identifier of the partner.
    pub partner: String,
    /// Name of the partner, as shown.
    pub partner_name: String,
    /// First day in the catalogue.
    pub added: toml::value::Datetime,
    /// The videos.
    #[serde(rename = "video")]
    pub videos: Vec<Video>,
}

/// One video to make.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Video {
    /// Identifier, `[a-z0-9-]{1,64}`.
    pub id: String,
    /// `metier` or `conseil`.
    pub kind: String,
    /// Title as shown.
    pub title: String,
    /// What is said over the title card; the title where it is missing.
    #[serde(default)]
    pub opening: Option<String>,
    /// What the voice says over the title card where the spelling misleads it.
    #[serde(default)]
    pub said: Option<String>,
    /// Other forms of the title.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Univers it belongs to.
    #[serde(default)]
    pub univers: Vec<String>,
    /// Rubrique it belongs to.
    #[serde(default)]
    pub rubrique: Option<String>,
    /// What somebody may like who likes it. No part of the film.
    #[serde(default, skip_serializing)]
    pub likes: Vec<String>,
    /// Typed on a phone to find it again. No part of the film.
    #[serde(skip_serializing)]
    pub code: String,
    /// Icon of the title card.
    pub icon: String,
    /// The moving ground.
    pub decor: Decor,
    /// Colour of the large shapes, `#RRGGBB`.
    pub second: String,
    /// Shown on the home screen.
    #[serde(default)]
    pub featured: bool,
    /// New in the catalogue: its first day is that of its publication.
    #[serde(default)]
    pub recent: bool,
    /// Words that a search finds.
    pub keywords: Vec<String>,
    /// A short sentence or two.
    pub summary: String,
    /// The scene whose opening is the poster; 0 is the title card.
    #[serde(default = "second_scene")]
    pub poster: usize,
    /// Silence between two sentences, ms, where descriptions need room.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pause: Option<u64>,
    /// The scenes after the title card.
    pub scenes: Vec<Scene>,
}

fn second_scene() -> usize {
    2
}

/// One sentence with its picture.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// Key phrase in large type.
    pub key: String,
    /// Icon.
    pub icon: String,
    /// What is seen, for the audio description. No part of the film itself.
    #[serde(default, skip_serializing)]
    pub description: Option<String>,
    /// The sentence, as captioned.
    pub text: String,
    /// The sentence for the voice where the spelling misleads it.
    #[serde(default)]
    pub said: Option<String>,
}

impl Collection {
    /// Reads and checks `videos.toml` in a folder.
    ///
    /// # Errors
    /// The file cannot be read, is not TOML of this form, or breaks a rule.
    pub fn load(source: &Path) -> Result<Self> {
        let path = source.join("videos.toml");
        let text = std::fs::read_to_string(&path)
            .with_context(|| format!("lecture de {}", path.display()))?;
        let mut collection: Self =
            toml::from_str(&text).with_context(|| format!("dans {}", path.display()))?;
        for video in &mut collection.videos {
            video.typeset();
            video.check()?;
        }
        Ok(collection)
    }
}

impl Video {
    /// Sentences in the order said, the one over the title card first.
    pub fn sentences(&self) -> impl Iterator<Item = &str> {
        let opening = self.opening.as_deref().unwrap_or(&self.title);
        std::iter::once(opening).chain(self.scenes.iter().map(|scene| scene.text.as_str()))
    }

    /// The same sentences as the voice reads them.
    pub fn spoken(&self) -> impl Iterator<Item = &str> {
        let replaced = std::iter::once(&self.said)
            .chain(self.scenes.iter().map(|scene| &scene.said))
            .map(Option::as_deref);
        self.sentences()
            .zip(replaced)
            .map(|(text, said)| said.unwrap_or(text))
    }

    /// Descriptions with the number of their scene; 0 is the title card.
    pub fn descriptions(&self) -> impl Iterator<Item = (usize, &str)> {
        let scenes = (1..).zip(&self.scenes);
        scenes.filter_map(|(number, scene)| Some((number, scene.description.as_deref()?)))
    }

    /// The univers or rubrique that gives it its colour.
    pub fn group(&self) -> &str {
        self.univers
            .first()
            .or(self.rubrique.as_ref())
            .map_or("", String::as_str)
    }

    fn typeset(&mut self) {
        let scenes = self.scenes.iter_mut();
        let texts = scenes.flat_map(|scene| [&mut scene.key, &mut scene.text]);
        let own = [&mut self.title, &mut self.summary];
        for text in own.into_iter().chain(&mut self.opening).chain(texts) {
            *text = typeset(text);
        }
    }

    fn check(&self) -> Result<()> {
        let id = &self.id;
        ensure!(
            (3..=7).contains(&self.scenes.len()),
            "vidéo « {id} » : il faut de 3 à 7 phrases"
        );
        ensure!(
            self.poster <= self.scenes.len(),
            "vidéo « {id} », champ poster : la scène {} n’existe pas",
            self.poster
        );
        ensure!(
            !self.group().is_empty(),
            "vidéo « {id} » : il manque un univers ou une rubrique"
        );
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_only_catalogued_or_described_is_no_part_of_the_film() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        for mut video in Collection::load(folder).unwrap().videos {
            let before = serde_json::to_string(&video).unwrap();
            video.likes = vec!["organiser".to_owned()];
            video.code = "autre".to_owned();
            video.scenes[0].description = Some("Une étoile.".to_owned());
            assert_eq!(serde_json::to_string(&video).unwrap(), before);
        }
    }
}
