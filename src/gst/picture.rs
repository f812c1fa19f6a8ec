use std::sync::Arc;

use gst::prelude::*;

use super::policy::{MAX_LATENESS_NS, MAX_SIDE};
use super::watch::Watch;

/// Size that pictures are made for, pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Target {
    width: u32,
    height: u32,
}

impl Target {
    pub(super) fn new(width: u32, height: u32) -> Self {
        Self {
            width: width.clamp(1, MAX_SIDE),
            height: height.clamp(1, MAX_SIDE),
        }
    }

    /// As decoders give it: what is never shown is never converted.
    fn caps(self) -> gst::Caps {
        gst::Caps::builder("video/x-raw")
            .field("format", "I420")
            .field("width", self.width.cast_signed())
            .field("height", self.height.cast_signed())
            .field("pixel-aspect-ratio", gst::Fraction::new(1, 1))
            .build()
    }
}

/// The picture end of a pipeline: upright, square pixels.
pub(super) struct PictureSink {
    pub(super) bin: gst::Bin,
    // Sets the size, where the processor scales.
    size: Option<gst::Element>,
}

// Scaled once, with black borders. The converters do not drop late pictures: on a machine that is too slow they would drop all of them,
// where the decoder skips what it can and the sink still shows one from time to time.
const BY_PROCESSOR: &str = "videoconvert qos=false ! videoflip video-direction=auto qos=false \
     ! videoconvertscale add-borders=true qos=false ! capsfilter name=size ! appsink name=pictures";

// The window scales what it draws. A decoder that leaves its pictures on the graphics processor is not
// copied from.
const BY_GRAPHICS: &str = "glupload ! glcolorconvert ! glvideoflip video-direction=auto ! glcolorscale \
     ! video/x-raw(memory:GLMemory),format=RGBA,texture-target=2D,pixel-aspect-ratio=1/1 \
     ! appsink name=pictures";

impl PictureSink {
    /// `textures` leaves pictures on the graphics processor.
    pub(super) fn new(
        target: Target,
        textures: bool,
        watch: &Arc<Watch>,
    ) -> Result<Self, gst::glib::Error> {
        let description = if textures { BY_GRAPHICS } else { BY_PROCESSOR };
        let bin = gst::parse::bin_from_description(description, true)?;
        let size = bin.by_name("size");
        let sink = part(&bin, "pictures")?
            .downcast::<gst_app::AppSink>()
            .map_err(|_| absent("appsink"))?;
        prepare(&sink, watch);
        let built = Self { bin, size };
        built.set_target(target);
        Ok(built)
    }

    pub(super) const fn makes_textures(&self) -> bool {
        self.size.is_none()
    }

    pub(super) fn set_target(&self, target: Target) {
        if let Some(size) = &self.size {
            size.set_property("caps", target.caps());
        }
    }
}

fn prepare(sink: &gst_app::AppSink, watch: &Arc<Watch>) {
    sink.set_max_buffers(1);
    sink.set_drop(true);
    sink.set_property("enable-last-sample", false);
    sink.set_property("qos", true);
    sink.set_property("max-lateness", MAX_LATENESS_NS);
    if let Some(pad) = sink.static_pad("sink") {
        takes_any_layout(&pad);
        let watch = Arc::clone(watch);
        pad.add_probe(gst::PadProbeType::EVENT_DOWNSTREAM, move |_, info| {
            follow(&watch, info.event());
            gst::PadProbeReturn::Ok
        });
    }
    let (first, next) = (Arc::clone(watch), Arc::clone(watch));
    sink.set_callbacks(
        gst_app::AppSinkCallbacks::builder()
            .new_preroll(move |sink| hand_over(&first, sink.pull_preroll()))
            .new_sample(move |sink| {
                next.set_late(dropped(sink));
                hand_over(&next, sink.pull_sample())
            })
            .build(),
    );
}

// A decoder copies every picture into the plain layout unless told that another does; a picture on the
// graphics processor comes with the mark by which one waits for it.
fn takes_any_layout(pad: &gst::Pad) {
    pad.add_probe(gst::PadProbeType::QUERY_DOWNSTREAM, |_, info| {
        let Some(query) = info.query_mut() else {
            return gst::PadProbeReturn::Ok;
        };
        let gst::QueryViewMut::Allocation(allocation) = query.view_mut() else {
            return gst::PadProbeReturn::Ok;
        };
        allocation.add_allocation_meta::<gst_video::VideoMeta>(None);
        allocation.add_allocation_meta::<gst_gl::GLSyncMeta>(None);
        gst::PadProbeReturn::Handled
    });
}

// Events carry the number of the jump that they come from.
fn follow(watch: &Watch, event: Option<&gst::Event>) {
    let Some(event) = event else { return };
    match event.type_() {
        gst::EventType::Segment => watch.jumped(event.seqnum()),
        gst::EventType::Eos => watch.landed(),
        _ => {}
    }
}

fn hand_over(
    watch: &Watch,
    sample: Result<gst::Sample, gst::glib::BoolError>,
) -> Result<gst::FlowSuccess, gst::FlowError> {
    let sample = sample.map_err(|_| gst::FlowError::Eos)?;
    watch.picture(sample);
    Ok(gst::FlowSuccess::Ok)
}

fn dropped(sink: &gst_app::AppSink) -> u64 {
    sink.property::<gst::Structure>("stats")
        .get("dropped")
        .unwrap_or_default()
}

pub(super) fn part(bin: &gst::Bin, name: &str) -> Result<gst::Element, gst::glib::Error> {
    bin.by_name(name).ok_or_else(|| absent(name))
}

pub(super) fn absent(name: &str) -> gst::glib::Error {
    gst::glib::Error::new(
        gst::CoreError::MissingPlugin,
        &format!("{name} is not there"),
    )
}
