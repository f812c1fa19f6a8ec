//! What the bus says of a projection.

use gst::MessageView;

use super::{Projection, Turn};
use crate::gst::fault;
use crate::playback::{BackendEvent, Fault};

impl Projection {
    /// Takes a message of the bus.
    pub(in crate::gst) fn hear(&mut self, message: &gst::Message) -> Turn {
        match message.view() {
            MessageView::AsyncDone(_) => self.settled(),
            MessageView::Eos(_) => self.watch.say(BackendEvent::EndOfStream),
            MessageView::Error(error) => return self.error(message, error),
            MessageView::Element(element) => return self.element(element),
            MessageView::ClockLost(_) if self.playing => {
                self.pipeline.go(false);
                self.pipeline.go(true);
            }
            MessageView::Warning(warning) => {
                tracing::warn!(error = %warning.error(), debug = ?warning.debug(), "GStreamer warns");
            }
            _ => {}
        }
        Turn::Stay
    }

    fn error(&mut self, message: &gst::Message, error: &gst::message::Error) -> Turn {
        let cause = error.error();
        tracing::debug!(%cause, debug = ?error.debug(), "GStreamer fails");
        if self.pipeline.is_of_sound(message) {
            return Turn::Silence;
        }
        if self.pipeline.is_of_graphics(message) {
            tracing::warn!(%cause, "the graphics processor fails");
            return Turn::Plainly;
        }
        self.fail(fault::of(&cause, self.format_missing), cause.to_string());
        Turn::Stay
    }

    fn element(&mut self, message: &gst::message::Element) -> Turn {
        let Some(format) = fault::missing_format(message) else {
            return Turn::Stay;
        };
        tracing::warn!(format, "no decoder");
        self.format_missing = true;
        if !format.starts_with("video/") {
            return Turn::Stay;
        }
        // A decoder is also missed when the graphics processor takes what none of them gives.
        if self.pipeline.makes_textures() {
            return Turn::Aside;
        }
        self.fail(Fault::NoDecoder, format);
        Turn::Stay
    }

    pub(super) fn fail(&mut self, fault: Fault, detail: String) {
        if !std::mem::replace(&mut self.failed, true) {
            self.watch.say(BackendEvent::Failed { fault, detail });
        }
    }
}
