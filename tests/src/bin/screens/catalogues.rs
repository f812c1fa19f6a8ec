//! The catalogues whose screens are taken: one as it should be, and two that make it hard.

use std::path::Path;

use anyhow::{Context, Result};
use borne::demonstration::{self, Piece, Shelf, Stop};
use borne::store::generation;
use media_manifest::catalogue::merged::Merged;
use media_manifest::catalogue::{self as format, Video};

/// A catalogue to take pictures of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Catalogue {
    /// The demonstration's.
    Demonstration,
    /// One video, its title as long as a title may be.
    One,
    /// Five hundred videos with awkward titles, one of them without a poster.
    Many,
}

/// As long as a title may be: 120 characters.
const LONGEST: &str = "Technicienne de maintenance / Technicien de maintenance en systèmes \
     industriels automatisés et robotique collaborative !";

/// Half as long: 60 characters.
const LONG: &str = "Ouvrière polyvalente / Ouvrier polyvalent de l’hôtellerie XL";

/// Written from right to left, alone and among French.
const RIGHT_TO_LEFT: [&str; 2] = [
    "كيف أختار مهنتي؟",
    "Travailler en Belgique – العمل في بلجيكا !",
];

/// One word that no line holds.
const UNBREAKABLE: &str = "Antikonstitutionnellementinterministérialisationnellement";

/// Videos of [`Catalogue::Many`].
const MANY: usize = 500;

/// Screens that a catalogue changes; the others are as in the demonstration.
const CHANGED: [&str; 15] = [
    "accueil",
    "univers",
    "rubriques",
    "gouts",
    "liste",
    "liste-longue",
    "liste-vide",
    "chercher-trouve",
    "lecteur",
    "fiche",
    "maintenant",
    "telephone",
    "playlists",
    "groupe",
    "seance",
];

impl Catalogue {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Demonstration, Self::One, Self::Many];

    /// Folder of its pictures; the demonstration's stand at the top.
    pub const fn folder(self) -> &'static str {
        match self {
            Self::Demonstration => "",
            Self::One => "une-video",
            Self::Many => "cinq-cents",
        }
    }

    /// Screens that are worth a picture.
    pub fn stops(self) -> Vec<Stop> {
        let mut stops = demonstration::stops();
        if self != Self::Demonstration {
            stops.retain(|stop| CHANGED.contains(&stop.name));
        }
        stops
    }

    /// Sets it up in a data folder, with the files of the demonstration where they are.
    pub fn set_up(self, data: &Path, media: &Path) -> Result<()> {
        std::fs::create_dir_all(data).with_context(|| format!("{}", data.display()))?;
        let today = borne::clock::local().date();
        let find = |id: &str, piece: Piece| found(media, id, piece);
        match self {
            Self::Demonstration => {
                demonstration::set_up(data, today, &find)?;
            }
            Self::One | Self::Many => {
                let mut catalogue = demonstration::catalogue(today)?;
                if self == Self::One {
                    catalogue.videos.truncate(1);
                    retitle(&mut catalogue.videos, &[LONGEST]);
                } else {
                    multiply(&mut catalogue);
                    let awkward = [
                        LONGEST,
                        LONG,
                        RIGHT_TO_LEFT[0],
                        UNBREAKABLE,
                        RIGHT_TO_LEFT[1],
                        "CV",
                    ];
                    retitle(&mut catalogue.videos, &awkward);
                }
                furnish(&mut catalogue, data, &find)?;
            }
        }
        Ok(())
    }
}

/// Gives the titles in turn; every seventh video keeps its own.
fn retitle(videos: &mut [Video], titles: &[&str]) {
    let mut turn = titles.iter().cycle();
    for (at, video) in videos.iter_mut().enumerate() {
        if at % 7 != 6 {
            video.title = turn.next().copied().unwrap_or_default().to_owned();
        }
    }
}

/// The same videos over and over, under other identifiers.
fn multiply(catalogue: &mut format::Catalogue) {
    let videos = catalogue.videos.clone();
    let more = videos.iter().cycle().zip(0..).map(|(video, number)| {
        let mut video = video.clone();
        if number >= videos.len() {
            video.id = format!("{}-{number}", video.id);
            video.code = None;
        }
        video
    });
    catalogue.videos = more.take(MANY).collect();
}

/// All videos share the stand-in files, but the second has no poster in the store.
fn furnish(
    catalogue: &mut format::Catalogue,
    data: &Path,
    find: &dyn Fn(&str, Piece) -> Option<Vec<u8>>,
) -> Result<()> {
    let shelf = Shelf::new(data);
    for video in &mut catalogue.videos {
        shelf.furnish(video, find)?;
    }
    if let Some(video) = catalogue.videos.get_mut(1) {
        video.poster.sha256 = "0".repeat(64);
    }
    let merged = Merged::new(demonstration::classification()?, [(1, catalogue.clone())]);
    generation::promote(data, merged, Vec::new(), jiff::Timestamp::UNIX_EPOCH)?;
    Ok(())
}

fn found(media: &Path, id: &str, piece: Piece) -> Option<Vec<u8>> {
    let ending = match piece {
        Piece::Film => "mp4",
        Piece::Poster => "jpg",
        Piece::Captions => "vtt",
    };
    std::fs::read(media.join(id).join(format!("{id}.{ending}"))).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn awkward_titles_are_as_long_as_they_say() {
        assert_eq!(LONGEST.chars().count(), 120);
        assert_eq!(LONG.chars().count(), 60);
    }

    #[test]
    fn every_changed_screen_is_one_that_is_visited() {
        let stops = demonstration::stops();
        for name in CHANGED {
            assert!(stops.iter().any(|stop| stop.name == name), "{name}");
        }
    }
}
