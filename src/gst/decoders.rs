use super::GstError;
use super::registry;

/// A format and what decodes it here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoder {
    /// Name of the format, for people: "H.264".
    pub format: &'static str,
    /// Elements that decode it, best first; empty when none is installed.
    pub elements: Vec<String>,
    /// Videos of the catalogue use it: without it the borne is of no use.
    pub required: bool,
}

const FORMATS: [(&str, &str, bool); 5] = [
    ("H.264", "video/x-h264,stream-format=avc,alignment=au", true),
    ("AAC", "audio/mpeg,mpegversion=4,stream-format=raw", true),
    ("VP9", "video/x-vp9", false),
    ("AV1", "video/x-av1,stream-format=obu-stream", false),
    ("Opus", "audio/x-opus", false),
];

/// Which decoders are installed and allowed, but for those `refused` on this machine.
///
/// # Errors
/// GStreamer does not start.
pub fn decoders(refused: &[String]) -> Result<Vec<Decoder>, GstError> {
    registry::start(refused)?;
    registry::find_hardware();
    Ok(FORMATS
        .iter()
        .map(|&(format, caps, required)| Decoder {
            format,
            elements: elements(caps),
            required,
        })
        .collect())
}

fn elements(caps: &str) -> Vec<String> {
    let Ok(caps) = caps.parse::<gst::Caps>() else {
        return Vec::new();
    };
    let all = gst::ElementFactory::factories_with_type(
        gst::ElementFactoryType::DECODER,
        gst::Rank::MARGINAL,
    );
    let mut able: Vec<_> = all
        .into_iter()
        .filter(|factory| factory.can_sink_any_caps(&caps))
        .collect();
    able.sort_by_key(|factory| {
        std::cmp::Reverse(gst::prelude::PluginFeatureExtManual::rank(factory))
    });
    able.iter()
        .map(|factory| gst::prelude::GstObjectExt::name(factory).to_string())
        .collect()
}
