//! The graphics processor, shared with the window: pictures stay on it from the decoder to the screen.

use std::ffi::{CStr, c_void};

use gst::prelude::*;
use gst_gl::prelude::*;
use gst_gl::{GLContext, GLDisplay, GLPlatform};

/// The GL context of a window, as pipelines share it.
#[derive(Clone, Debug)]
pub struct Graphics {
    display: GLDisplay,
    context: GLContext,
}

/// The window's GL context cannot be shared.
#[derive(Debug, thiserror::Error)]
pub enum GraphicsError {
    /// No context is current on this thread.
    #[error("no GL context is current")]
    NoContext,
    /// GStreamer does not take it.
    #[error("GStreamer does not take the GL context: {0}")]
    Refused(#[from] gst::glib::BoolError),
    /// GStreamer learns nothing of it.
    #[error("GStreamer learns nothing of the GL context: {0}")]
    Unknown(#[from] gst::glib::Error),
}

/// A function of the windowing library that tells the current display.
type CurrentDisplay = unsafe extern "C" fn() -> *mut c_void;

impl Graphics {
    /// Takes the context that is current on this thread; `address` finds a function of EGL or GLX,
    /// whichever made it. It is to be called on the thread that draws, and used only while the window
    /// stands.
    ///
    /// # Errors
    /// There is none, or GStreamer cannot share it.
    pub fn current(address: &dyn Fn(&CStr) -> *const c_void) -> Result<Self, GraphicsError> {
        let (platform, name) = platform().ok_or(GraphicsError::NoContext)?;
        let display = current_display(address(name)).ok_or(GraphicsError::NoContext)?;
        let (display, context) = wrap(platform, display)?;
        context.activate(true)?;
        context.fill_info()?;
        display.filter_gl_api(context.gl_api());
        Ok(Self { display, context })
    }

    /// Lets an element, and what is in it, draw where the window can see it.
    pub(super) fn lend(&self, element: &impl IsA<gst::Element>) {
        let display = gst::Context::new(gst_gl::GL_DISPLAY_CONTEXT_TYPE, true);
        display.set_gl_display(&self.display);
        element.set_context(&display);
        let mut shared = gst::Context::new(APP_CONTEXT, true);
        if let Some(shared) = shared.get_mut() {
            shared.structure_mut().set("context", &self.context);
        }
        element.set_context(&shared);
    }
}

/// What GStreamer calls the context of the application.
const APP_CONTEXT: &str = "gst.gl.app_context";

/// Which library made the current context, and its function that tells the display.
fn platform() -> Option<(GLPlatform, &'static CStr)> {
    [
        (GLPlatform::EGL, c"eglGetCurrentDisplay"),
        (GLPlatform::GLX, c"glXGetCurrentDisplay"),
    ]
    .into_iter()
    .find(|&(platform, _)| GLContext::current_gl_context(platform) != 0)
}

#[expect(unsafe_code, reason = "the windowing library has C functions only")]
fn current_display(function: *const c_void) -> Option<usize> {
    if function.is_null() {
        return None;
    }
    // SAFETY: the address is that of eglGetCurrentDisplay or glXGetCurrentDisplay, found by name in
    // the library that made the current context; both take nothing and give a pointer.
    let display = unsafe { std::mem::transmute::<*const c_void, CurrentDisplay>(function)() };
    (!display.is_null()).then_some(display as usize)
}

#[expect(unsafe_code, reason = "GStreamer takes handles it cannot check")]
fn wrap(platform: GLPlatform, handle: usize) -> Result<(GLDisplay, GLContext), GraphicsError> {
    let (api, _, _) = GLContext::current_gl_api(platform);
    let current = GLContext::current_gl_context(platform);
    // SAFETY: both handles are those of the context that is current on this thread, of this platform;
    // the window that owns them outlives all pipelines.
    unsafe {
        let display: GLDisplay = if platform == GLPlatform::EGL {
            gst_gl_egl::GLDisplayEGL::with_egl_display(handle)?.upcast()
        } else {
            gst_gl_x11::GLDisplayX11::with_display(handle)?.upcast()
        };
        let context = GLContext::new_wrapped(&display, current, platform, api)
            .ok_or(GraphicsError::NoContext)?;
        Ok((display, context))
    }
}
