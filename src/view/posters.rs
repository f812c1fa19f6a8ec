//! Stills, cut to the size they are drawn at, away from the main loop.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

use image::imageops::FilterType;
use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use super::inbox::{Inbox, Message, Promise};

/// Bytes of stills kept: some pages of a large screen, a fraction of what playing takes.
const MAX_BYTES: usize = 24 << 20;

/// Largest still that is decoded, pixels a side: no screen is larger, and a file may lie.
const MAX_SIDE: u32 = 4096;

/// Where the stills of videos are, by key of the video.
pub type StillFiles = Rc<RefCell<HashMap<String, PathBuf>>>;

/// A still at a size, pixels.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Wanted {
    path: PathBuf,
    width: u32,
    height: u32,
}

type Pixels = SharedPixelBuffer<Rgb8Pixel>;
type Ready = Arc<Mutex<Vec<(Wanted, Option<Pixels>)>>>;

/// Stills by file and size; what is not there yet is being made.
pub struct Posters {
    requests: Sender<(Wanted, Promise)>,
    inbox: Inbox,
    ready: Ready,
    stills: HashMap<Wanted, Still>,
    uses: u64,
}

struct Still {
    image: Image,
    bytes: usize,
    used: u64,
}

impl Posters {
    /// Starts the thread that cuts stills; it ends with the value.
    pub fn start(inbox: Inbox) -> std::io::Result<Self> {
        let (requests, received) = channel();
        let ready = Ready::default();
        let done = Arc::clone(&ready);
        let to = inbox.clone();
        std::thread::Builder::new()
            .name("posters".to_owned())
            .spawn(move || work(&received, &done, &to))?;
        Ok(Self {
            requests,
            inbox,
            ready,
            stills: HashMap::new(),
            uses: 0,
        })
    }

    /// The still; until it is there the largest one of the same file, or an empty image.
    pub fn still(&mut self, path: &Path, width: u32, height: u32) -> Image {
        self.collect();
        self.uses += 1;
        let wanted = Wanted {
            path: path.to_owned(),
            width: width.clamp(1, MAX_SIDE),
            height: height.clamp(1, MAX_SIDE),
        };
        if let Some(still) = self.stills.get_mut(&wanted) {
            still.used = self.uses;
            if still.bytes > 0 {
                return still.image.clone();
            }
        } else {
            self.ask(wanted);
        }
        self.stand_in(path)
    }

    fn ask(&mut self, wanted: Wanted) {
        let request = (wanted.clone(), self.inbox.promise());
        if self.requests.send(request).is_err() {
            tracing::error!("the posters' thread is gone");
        }
        // An empty still stands for one that is being made, so that it is asked for once.
        self.keep(wanted, Image::default(), 0);
    }

    /// What a finger has just touched is there in another size already.
    fn stand_in(&self, path: &Path) -> Image {
        let same = self.stills.iter().filter(|(other, _)| other.path == path);
        same.max_by_key(|(_, still)| still.bytes)
            .map(|(_, still)| still.image.clone())
            .unwrap_or_default()
    }

    fn collect(&mut self) {
        let ready = std::mem::take(&mut *self.ready.lock().unwrap_or_else(PoisonError::into_inner));
        for (wanted, pixels) in ready {
            if let Some(pixels) = pixels {
                let bytes = pixels.as_bytes().len();
                self.keep(wanted, Image::from_rgb8(pixels), bytes);
            }
        }
    }

    fn keep(&mut self, wanted: Wanted, image: Image, bytes: usize) {
        let used = self.uses;
        self.stills.insert(wanted, Still { image, bytes, used });
        while self.stills.values().map(|still| still.bytes).sum::<usize>() > MAX_BYTES {
            let oldest = self
                .stills
                .iter()
                .filter(|(_, still)| still.bytes > 0)
                .min_by_key(|(_, still)| still.used)
                .map(|(wanted, _)| wanted.clone());
            let Some(oldest) = oldest else { return };
            self.stills.remove(&oldest);
        }
    }
}

fn work(requests: &Receiver<(Wanted, Promise)>, ready: &Ready, inbox: &Inbox) {
    for (wanted, promise) in requests {
        let pixels = match cut(&wanted) {
            Ok(pixels) => Some(pixels),
            Err(error) => {
                tracing::warn!(file = %wanted.path.display(), %error, "poster cannot be shown");
                None
            }
        };
        ready
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((wanted, pixels));
        inbox.put(Message::Still);
        drop(promise);
    }
}

/// Fills the size, cutting off what stands out on both sides.
fn cut(wanted: &Wanted) -> Result<Pixels, image::ImageError> {
    let mut reader = image::ImageReader::open(&wanted.path)?.with_guessed_format()?;
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let still = reader
        .decode()?
        .resize_to_fill(wanted.width, wanted.height, FilterType::Triangle)
        .into_rgb8();
    Ok(Pixels::clone_from_slice(
        still.as_raw(),
        still.width(),
        still.height(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn until_a_still_is_cut_the_same_one_in_another_size_stands_for_it() {
        let (requests, asked) = channel();
        let mut posters = Posters {
            requests,
            inbox: Inbox::new(slint::Weak::default()),
            ready: Ready::default(),
            stills: HashMap::new(),
            uses: 0,
        };
        posters.still(Path::new("soudeur.jpg"), 32, 18);
        let (card, _promise) = asked.try_recv().unwrap();
        let cut = (card, Some(Pixels::new(32, 18)));
        posters.ready.lock().unwrap().push(cut);
        for (path, size, expected) in [
            ("soudeur.jpg", (32, 18), 32),
            ("soudeur.jpg", (1_920, 1_080), 32),
            ("soudeur.jpg", (1_920, 1_080), 32),
            ("vigneron.jpg", (32, 18), 0),
        ] {
            let still = posters.still(Path::new(path), size.0, size.1);
            assert_eq!(still.size().width, expected, "{path} {size:?}");
        }
        let asked = asked.try_iter().map(|(wanted, _)| wanted.width);
        assert_eq!(asked.collect::<Vec<_>>(), [1_920, 32]);
    }
}
