//! What is shown: 300 videos, thirty of them films in full definition, published, synced, and laid out
//! as a page for the browser.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use end_to_end::place::Place;
use end_to_end::process;

/// Videos of the catalogue.
pub const VIDEOS: usize = 300;

/// Those that are opened while measuring.
pub const FILMS: usize = 30;

/// Size of the screen, pixels.
pub const SCREEN: (u16, u16) = (1920, 1080);

/// Length of the film that is watched, s: longer than anything that is measured on it.
const SECONDS: u32 = 40;

/// What every film shows in its middle, from its first picture on, and no poster does.
pub const MARK: [u8; 3] = [255, 0, 255];

/// A film in full definition at 4 Mbit/s with sound, as `docs/performance.md` has it: something that
/// moves everywhere, and the mark.
const SCENE: &str = "testsrc2=size=1920x1080:rate=30:duration=10";
const TREATMENT: &str = "noise=alls=6:allf=t,drawbox=x=760:y=340:w=400:h=400:color=magenta:t=fill";

/// The stock of one run of measurements.
pub struct Stock {
    pub place: Place,
    pub page: PathBuf,
    pub film: PathBuf,
}

impl Stock {
    pub fn new() -> Result<Self> {
        let place = Place::new()?;
        place.settings("essai", "[screen]\nfullscreen = true\n")?;
        let source = place.publisher.source().to_owned();
        shoot(&source)?;
        let manifest = (0..VIDEOS).try_fold(place.publisher.manifest()?, enter)?;
        place.publisher.write_manifest(&manifest)?;
        place.publisher.must_publish()?;
        place.borne.must_sync()?;
        let page = source.join("page.html");
        fs::write(&page, self::page()?)?;
        Ok(Self {
            film: source.join("film-0.mp4"),
            page,
            place,
        })
    }

    /// The folder for logs.
    pub fn folder(&self) -> &Path {
        self.place.folder()
    }
}

fn enter(mut manifest: String, video: usize) -> Result<String> {
    let file = file(video);
    write!(
        manifest,
        "\n[[video]]\nid = \"video-{video:03}\"\nkind = \"metier\"\ntitle = \"Vidéo numéro {video:03}\"\n\
         univers = [\"informatique\"]\nlanguage = \"fr\"\nadded = 2026-01-15\nfile = \"{file}\"\n\
         poster = \"poster-{video}.jpg\"\n",
    )?;
    Ok(manifest)
}

fn file(video: usize) -> String {
    match video {
        film if film < FILMS => format!("film-{film}.mp4"),
        other => format!("clip-{other}.mp4"),
    }
}

/// How a film is coded.
const CODING: &str = "-pix_fmt yuv420p -c:v libx264 -preset veryfast -b:v 4M -maxrate 5M -bufsize 8M \
     -g 60 -c:a aac scene.mp4";

/// A clip for the videos that nobody opens.
const CLIP: &str = "-f lavfi -i testsrc2=size=320x180:rate=25:duration=2 -pix_fmt yuv420p -c:v libx264 \
     -preset ultrafast clip.mp4";

/// A poster for each video, each another.
const POSTERS: &str = "-f lavfi -i testsrc2=size=1280x720:rate=1:duration=300 -vf \
     hue=h=t*7,drawbox=x=400:y=160:w=480:h=400:color=0x204060:t=fill -start_number 0 poster-%d.jpg";

/// Films, small clips for the other videos, and a poster for each.
fn shoot(folder: &Path) -> Result<()> {
    let tone = "sine=frequency=440:duration=10";
    let scene = format!("-f lavfi -i {SCENE} -f lavfi -i {tone} -vf {TREATMENT} {CODING}");
    for arguments in [scene.as_str(), CLIP, POSTERS] {
        ffmpeg(folder, arguments)?;
    }
    (0..VIDEOS).try_for_each(|video| copy(folder, video))
}

/// Two videos of one picture still differ in content.
fn copy(folder: &Path, video: usize) -> Result<()> {
    let (from, more) = match video {
        0 => ("scene.mp4", 3),
        film if film < FILMS => ("scene.mp4", 0),
        _ => ("clip.mp4", 0),
    };
    let to = file(video);
    let arguments = format!(
        "-stream_loop {more} -i {from} -t {SECONDS} -c copy -metadata title={video} \
         -movflags +faststart {to}"
    );
    ffmpeg(folder, &arguments)
}

/// Runs ffmpeg with these arguments, none of which holds a space.
fn ffmpeg(folder: &Path, arguments: &str) -> Result<()> {
    let mut command = Command::new("ffmpeg");
    command
        .current_dir(folder)
        .args(["-v", "error", "-nostdin", "-y"])
        .args(arguments.split_whitespace());
    process::succeed(&mut command).map(drop).context("ffmpeg")
}

/// The same kiosk as a page: cards in a grid, a touch opens the video over the whole screen, a touch on
/// that closes it. It does what a careful author does: posters as they come into view, one video at a
/// time, nothing else. A card that was opened goes to the end.
fn page() -> Result<String> {
    let mut cards = String::new();
    for video in 0..VIDEOS {
        write!(
            cards,
            "<button data-file='{file}'><img loading=lazy src='poster-{video}.jpg'>\
             <b>Vidéo numéro {video:03}</b></button>",
            file = file(video),
        )?;
    }
    Ok(format!(
        "<!doctype html><meta charset=utf-8><style>{STYLE}</style><main>{cards}</main><script>{SCRIPT}</script>"
    ))
}

const STYLE: &str = "html{background:#f4f1ea;font:600 28px sans-serif}body{margin:0}\
main{display:grid;grid-template-columns:repeat(4,1fr);gap:24px;padding:120px 72px}\
button{background:#fff;border:0;border-radius:24px;padding:0;height:420px;font:inherit;overflow:hidden}\
img{width:100%;height:300px;object-fit:cover}\
video{position:fixed;inset:0;width:100vw;height:100vh;background:#000}";

const SCRIPT: &str = "addEventListener('click',event=>{\
const open=document.querySelector('video');if(open){open.remove();return}\
const card=event.target.closest('button');if(!card)return;\
const video=document.createElement('video');video.src=card.dataset.file;\
video.poster=card.querySelector('img').src;video.autoplay=true;document.body.append(video);\
card.parentNode.append(card)})";
