use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gst_video::VideoFrameExt;

/// One picture, opaque RGB, 3 bytes a pixel, at the target size.
pub struct Frame {
    session: u64,
    picture: gst_video::VideoFrame<gst_video::video_frame::Readable>,
}

impl Frame {
    pub(super) fn new(session: u64, sample: &gst::Sample) -> Option<Self> {
        let info = gst_video::VideoInfo::from_caps(sample.caps()?).ok()?;
        let buffer = sample.buffer_owned()?;
        let picture = gst_video::VideoFrame::from_buffer_readable(buffer, &info).ok()?;
        Some(Self { session, picture })
    }

    /// Number of the playback it belongs to.
    #[must_use]
    pub const fn session(&self) -> u64 {
        self.session
    }

    /// Width, pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.picture.width()
    }

    /// Height, pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.picture.height()
    }

    /// All pixels in one slice, when no padding stands between the lines: when the width is a
    /// multiple of 4. Saves a copy line by line.
    #[must_use]
    pub fn packed(&self) -> Option<&[u8]> {
        let line = self.line_bytes();
        let data = self.picture.plane_data(0).ok()?;
        let whole = line.checked_mul(self.height() as usize)?;
        (self.stride() == line).then(|| data.get(..whole))?
    }

    /// The lines, top to bottom, each of `3 × width` bytes.
    pub fn lines(&self) -> impl Iterator<Item = &[u8]> {
        let line = self.line_bytes();
        self.picture
            .plane_data(0)
            .unwrap_or_default()
            .chunks(self.stride().max(1))
            .take(self.height() as usize)
            .filter_map(move |bytes| bytes.get(..line))
    }

    /// Copies the pixels into `target`, `3 × width × height` bytes; what does not fit is left out.
    pub fn copy_to(&self, target: &mut [u8]) {
        let line = self.line_bytes().max(1);
        for (to, from) in target.chunks_exact_mut(line).zip(self.lines()) {
            to.copy_from_slice(from);
        }
    }

    fn line_bytes(&self) -> usize {
        self.width() as usize * 3
    }

    fn stride(&self) -> usize {
        self.picture
            .plane_stride()
            .first()
            .and_then(|&stride| usize::try_from(stride).ok())
            .unwrap_or_default()
    }
}

impl fmt::Debug for Frame {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Frame")
            .field("session", &self.session)
            .field("width", &self.width())
            .field("height", &self.height())
            .finish()
    }
}

/// The latest picture, waiting to be drawn.
#[derive(Clone, Debug, Default)]
pub struct Frames(Arc<Mutex<Option<Frame>>>);

impl Frames {
    /// Takes the latest picture, if it was not taken yet.
    #[must_use]
    pub fn take(&self) -> Option<Frame> {
        self.replace(None)
    }

    /// Puts a picture; true when one that nobody took is lost.
    pub(super) fn put(&self, frame: Frame) -> bool {
        self.replace(Some(frame)).is_some()
    }

    fn replace(&self, frame: Option<Frame>) -> Option<Frame> {
        let mut slot = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut slot, frame)
    }
}
