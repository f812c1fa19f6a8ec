//! What pictures of a video are painted on.

use slint::{BorrowedOpenGLTextureBuilder, Image, Rgb8Pixel, SharedPixelBuffer};

use crate::gst::Frame;

/// Two buffers in turn: while one is shown, the other is painted. Opaque RGB is what the software
/// renderer copies without blending, and under which it draws nothing.
pub struct Canvas {
    shown: SharedPixelBuffer<Rgb8Pixel>,
    spare: SharedPixelBuffer<Rgb8Pixel>,
    // Textures that are drawn from: the last is on the screen, the one before may still be on its way.
    textures: [Option<Frame>; 2],
}

impl Default for Canvas {
    fn default() -> Self {
        Self {
            shown: SharedPixelBuffer::new(0, 0),
            spare: SharedPixelBuffer::new(0, 0),
            textures: [None, None],
        }
    }
}

impl Canvas {
    /// Paints a picture; one buffer is made anew when the size changes. A texture is shown as it is.
    pub fn paint(&mut self, frame: Frame) -> Image {
        if let Some(image) = borrow(&frame) {
            self.textures.rotate_left(1);
            self.textures[1] = Some(frame);
            return image;
        }
        let (width, height) = (frame.width(), frame.height());
        std::mem::swap(&mut self.shown, &mut self.spare);
        if (self.shown.width(), self.shown.height()) != (width, height) {
            self.shown = SharedPixelBuffer::new(width, height);
        }
        frame.paint(self.shown.make_mut_bytes());
        Image::from_rgb8(self.shown.clone())
    }
}

#[expect(
    unsafe_code,
    reason = "Slint cannot check what a texture's number stands for"
)]
fn borrow(frame: &Frame) -> Option<Image> {
    let texture = frame.texture()?;
    let size = (frame.width(), frame.height()).into();
    // SAFETY: the texture was made in a context that shares with the only window's; the canvas holds
    // its frame, and with it the texture, until two others have been shown.
    Some(unsafe { BorrowedOpenGLTextureBuilder::new_gl_2d_rgba_texture(texture, size) }.build())
}
