//! A real frame as a poster.

use gst::prelude::*;
use gst_app::AppSink;

use super::refusal;
use crate::publish::Refusal;

/// Longest wait for a frame.
const TIMEOUT: gst::ClockTime = gst::ClockTime::from_seconds(60);

/// The frame shown at a moment, as JPEG, at most 1280 pixels wide: a card on a 4K screen.
pub(super) fn jpeg(uri: &str, at_ms: u64) -> Result<Vec<u8>, Refusal> {
    let pipeline = gst::parse::launch(
        "uridecodebin name=source ! videoflip method=automatic ! videoconvert ! videoscale \
         ! video/x-raw,width=[16,1280],height=[16,1280],pixel-aspect-ratio=1/1 \
         ! jpegenc quality=88 ! appsink name=sink sync=false max-buffers=1",
    )
    .map_err(|error| refusal::from_gst(&error))?;
    let frame = pull(&pipeline, uri, at_ms);
    // A pipeline that cannot stop leaves nothing to do.
    let _ = pipeline.set_state(gst::State::Null);
    frame.ok_or_else(|| refusal::damaged("aucune image pour l'affiche"))
}

fn pull(pipeline: &gst::Element, uri: &str, at_ms: u64) -> Option<Vec<u8>> {
    let bin = pipeline.downcast_ref::<gst::Bin>()?;
    bin.by_name("source")?.set_property("uri", uri);
    let sink = bin.by_name("sink")?.downcast::<AppSink>().ok()?;
    pipeline.set_state(gst::State::Paused).ok()?;
    pipeline.state(TIMEOUT).0.ok()?;
    pipeline
        .seek_simple(
            gst::SeekFlags::FLUSH | gst::SeekFlags::ACCURATE,
            gst::ClockTime::from_mseconds(at_ms),
        )
        .ok()?;
    pipeline.state(TIMEOUT).0.ok()?;
    let sample = sink.try_pull_preroll(TIMEOUT)?;
    let buffer = sample.buffer()?.map_readable().ok()?;
    Some(buffer.as_slice().to_vec())
}
