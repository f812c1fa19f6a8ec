use std::fmt;
use std::num::NonZeroU32;
use std::sync::{Arc, Mutex, PoisonError};

use gst_gl::{GLBaseMemory, GLSyncMeta, GLVideoFrame, GLVideoFrameExt};
use gst_video::video_frame::Readable;
use gst_video::{VideoColorMatrix, VideoColorRange, VideoFrame, VideoFrameExt};
use yuv::{YuvPlanarImage, YuvRange, YuvStandardMatrix, yuv420_to_rgb};

/// One picture: it costs nothing until it is painted.
pub struct Frame {
    session: u64,
    picture: Picture,
}

/// Where a picture is.
enum Picture {
    /// In memory, as it was decoded, at the target size.
    Planes(VideoFrame<Readable>),
    /// On the graphics processor, at the size of the video.
    Texture(GLVideoFrame<gst_gl::gl_video_frame::Readable>),
}

impl Frame {
    pub(super) fn new(session: u64, sample: &gst::Sample) -> Option<Self> {
        let info = gst_video::VideoInfo::from_caps(sample.caps()?).ok()?;
        let buffer = sample.buffer_owned()?;
        let picture = if wait_for_texture(&buffer) {
            Picture::Texture(GLVideoFrame::from_buffer_readable(buffer, &info).ok()?)
        } else {
            Picture::Planes(VideoFrame::from_buffer_readable(buffer, &info).ok()?)
        };
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
        match &self.picture {
            Picture::Planes(planes) => planes.width(),
            Picture::Texture(texture) => texture.width(),
        }
    }

    /// Height, pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        match &self.picture {
            Picture::Planes(planes) => planes.height(),
            Picture::Texture(texture) => texture.height(),
        }
    }

    /// The texture it is, opaque RGBA, origin at the top left; none when it is in memory. The texture
    /// is drawn over once the frame is dropped.
    #[must_use]
    pub fn texture(&self) -> Option<NonZeroU32> {
        let Picture::Texture(texture) = &self.picture else {
            return None;
        };
        NonZeroU32::new(texture.texture_id(0).ok()?)
    }

    /// Writes it as opaque RGB, 3 bytes a pixel, line by line without padding, into
    /// `3 × width × height` bytes; into any other number of bytes, and of a texture, nothing.
    pub fn paint(&self, rgb: &mut [u8]) {
        let Picture::Planes(picture) = &self.picture else {
            return;
        };
        if let Some(planes) = planes(picture).filter(|_| rgb.len() == self.bytes()) {
            let (range, matrix) = colours(picture);
            if let Err(error) = yuv420_to_rgb(&planes, rgb, self.width() * 3, range, matrix) {
                tracing::error!(%error, "a picture cannot be painted");
            }
        }
    }

    fn bytes(&self) -> usize {
        self.width() as usize * self.height() as usize * 3
    }
}

/// Waits until a picture on the graphics processor is drawn; false when it is in memory.
fn wait_for_texture(buffer: &gst::BufferRef) -> bool {
    let Some(memory) = buffer
        .iter_memories()
        .next()
        .and_then(|memory| memory.downcast_memory_ref::<GLBaseMemory>())
    else {
        return false;
    };
    if let Some(sync) = buffer.meta::<GLSyncMeta>() {
        sync.set_sync_point(memory.context());
        sync.wait_cpu(memory.context());
    }
    true
}

fn planes(picture: &VideoFrame<Readable>) -> Option<YuvPlanarImage<'_, u8>> {
    let stride = |plane: usize| {
        let stride = picture.plane_stride().get(plane).copied()?;
        u32::try_from(stride).ok()
    };
    let plane = |plane| picture.plane_data(plane).ok();
    Some(YuvPlanarImage {
        y_plane: plane(0)?,
        y_stride: stride(0)?,
        u_plane: plane(1)?,
        u_stride: stride(1)?,
        v_plane: plane(2)?,
        v_stride: stride(2)?,
        width: picture.width(),
        height: picture.height(),
    })
}

fn colours(picture: &VideoFrame<Readable>) -> (YuvRange, YuvStandardMatrix) {
    let colours = picture.info().colorimetry();
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
