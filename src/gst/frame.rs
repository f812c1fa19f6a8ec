use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use gst_video::{VideoColorMatrix, VideoColorRange, VideoFrameExt};
use yuv::{YuvPlanarImage, YuvRange, YuvStandardMatrix, yuv420_to_rgb};

/// One picture as it was decoded, at the target size: it costs nothing until it is painted.
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

    /// Writes it as opaque RGB, 3 bytes a pixel, line by line without padding, into
    /// `3 × width × height` bytes; into any other number of bytes nothing.
    pub fn paint(&self, rgb: &mut [u8]) {
        if let Some(planes) = self.planes().filter(|_| rgb.len() == self.bytes()) {
            let (range, matrix) = self.colours();
            if let Err(error) = yuv420_to_rgb(&planes, rgb, self.width() * 3, range, matrix) {
                tracing::error!(%error, "a picture cannot be painted");
            }
        }
    }

    fn bytes(&self) -> usize {
        self.width() as usize * self.height() as usize * 3
    }

    fn planes(&self) -> Option<YuvPlanarImage<'_, u8>> {
        let stride = |plane: usize| {
            let stride = self.picture.plane_stride().get(plane).copied()?;
            u32::try_from(stride).ok()
        };
        let plane = |plane| self.picture.plane_data(plane).ok();
        Some(YuvPlanarImage {
            y_plane: plane(0)?,
            y_stride: stride(0)?,
            u_plane: plane(1)?,
            u_stride: stride(1)?,
            v_plane: plane(2)?,
            v_stride: stride(2)?,
            width: self.width(),
            height: self.height(),
        })
    }

    fn colours(&self) -> (YuvRange, YuvStandardMatrix) {
        let colours = self.picture.info().colorimetry();
        let range = match colours.range() {
            VideoColorRange::Range0_255 => YuvRange::Full,
            _ => YuvRange::Limited,
        };
        let matrix = match colours.matrix() {
            VideoColorMatrix::Bt709 => YuvStandardMatrix::Bt709,
            VideoColorMatrix::Bt2020 => YuvStandardMatrix::Bt2020,
            VideoColorMatrix::Smpte240m => YuvStandardMatrix::Smpte240,
            VideoColorMatrix::Fcc => YuvStandardMatrix::Fcc,
            _ => YuvStandardMatrix::Bt601,
        };
        (range, matrix)
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
