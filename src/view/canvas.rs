//! What pictures of a video are painted on.

use slint::{Image, Rgb8Pixel, SharedPixelBuffer};

use crate::gst::Frame;

/// Two buffers in turn: while one is shown, the other is painted. Opaque RGB is what the software
/// renderer copies without blending, and under which it draws nothing.
pub struct Canvas {
    shown: SharedPixelBuffer<Rgb8Pixel>,
    spare: SharedPixelBuffer<Rgb8Pixel>,
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            shown: SharedPixelBuffer::new(0, 0),
            spare: SharedPixelBuffer::new(0, 0),
        }
    }
}

impl Canvas {
    /// Paints a picture; one buffer is made anew when the size changes.
    pub fn paint(&mut self, frame: &Frame) -> Image {
        let (width, height) = (frame.width(), frame.height());
        std::mem::swap(&mut self.shown, &mut self.spare);
        if (self.shown.width(), self.shown.height()) != (width, height) {
            self.shown = SharedPixelBuffer::new(width, height);
        }
        frame.paint(self.shown.make_mut_bytes());
        Image::from_rgb8(self.shown.clone())
    }
}
