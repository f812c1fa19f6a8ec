use std::sync::Once;

use gst::prelude::*;

use super::policy::ALLOWED;

static RESTRICT: Once = Once::new();

/// Starts GStreamer, once, with decoders of the allowed formats only, and without those `refused` here.
pub(super) fn start(refused: &[String]) -> Result<(), gst::glib::Error> {
    gst::init()?;
    RESTRICT.call_once(|| restrict(refused));
    Ok(())
}

fn restrict(refused: &[String]) {
    gst::ElementFactory::factories_with_type(
        gst::ElementFactoryType::DECODABLE,
        gst::Rank::MARGINAL,
    )
    .into_iter()
    .filter(|factory| !is_allowed(factory.name().as_str(), refused))
    .for_each(|factory| factory.set_rank(gst::Rank::NONE));
}

fn is_allowed(name: &str, refused: &[String]) -> bool {
    ALLOWED.contains(&name) && !refused.iter().any(|other| other == name)
}

/// Loads the plug-ins of the usual formats ahead of the first video, which would wait for the disk.
pub(super) fn warm() {
    for name in [
        "playbin",
        "qtdemux",
        "avdec_h264",
        "avdec_aac",
        "videoconvertscale",
        "videoflip",
    ] {
        let loaded = gst::ElementFactory::find(name).is_some_and(|factory| factory.load().is_ok());
        if !loaded {
            tracing::warn!(name, "a GStreamer element is missing");
        }
    }
}
