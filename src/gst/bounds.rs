//! No more is decoded than the catalogue announces: a file may call itself larger than memory.

use std::sync::Arc;

use gst::prelude::*;

use crate::playback::{BackendEvent, Picture};

use super::policy::{BLOCK, MAX_RATE, RATE_SLACK};
use super::watch::Watch;

/// Has every picture decoder of a pipeline refuse what is larger or faster than announced; the error
/// comes over the bus as any other. Tells which decoder it is.
pub(super) fn keep(playbin: &gst::Pipeline, announced: Picture, watch: &Arc<Watch>) {
    let watch = Arc::clone(watch);
    playbin.connect_deep_element_added(move |_, _, element| {
        let Some(pad) = element.static_pad("sink") else {
            return;
        };
        if !decodes_pictures(element) {
            return;
        }
        if let Some(factory) = element.factory() {
            let name = factory.name().to_string();
            watch.say(BackendEvent::Decoder { name });
        }
        let decoder = element.downgrade();
        pad.add_probe(
            gst::PadProbeType::EVENT_DOWNSTREAM,
            move |_, info| match info.event().and_then(|event| excess(event, announced)) {
                Some(excess) => {
                    if let Some(decoder) = decoder.upgrade() {
                        gst::element_error!(decoder, gst::StreamError::Decode, ["{excess}"]);
                    }
                    gst::PadProbeReturn::Drop
                }
                None => gst::PadProbeReturn::Ok,
            },
        );
    });
}

fn decodes_pictures(element: &gst::Element) -> bool {
    let class = element.metadata("klass").unwrap_or_default();
    class.contains("Decoder") && class.contains("Video")
}

/// What of the format that follows is more than announced.
fn excess(event: &gst::Event, announced: Picture) -> Option<String> {
    let gst::EventView::Caps(caps) = event.view() else {
        return None;
    };
    let format = caps.caps().structure(0)?;
    let side = |name| format.get::<i32>(name).ok().map(i64::from);
    let (width, height) = (side("width")?, side("height")?);
    if width.saturating_mul(height) > area(announced) {
        return Some(format!("{width}x{height} instead of {announced:?}"));
    }
    let rate = format.get::<gst::Fraction>("framerate").ok()?;
    let rate = rate.numer() / rate.denom().max(1);
    (rate > fastest(announced))
        .then(|| format!("{rate} pictures a second instead of {announced:?}"))
}

fn area(announced: Picture) -> i64 {
    let whole = |side: u32| i64::from(side.next_multiple_of(BLOCK));
    whole(announced.width) * whole(announced.height)
}

fn fastest(announced: Picture) -> i32 {
    let fastest = announced.fps.saturating_mul(RATE_SLACK).max(MAX_RATE);
    i32::try_from(fastest).unwrap_or(i32::MAX)
}
