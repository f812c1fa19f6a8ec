use std::ffi::OsStr;
use std::sync::OnceLock;

use gst::prelude::*;

use super::policy::ALLOWED;

/// Decoders that are not used on this machine.
static REFUSED: OnceLock<Vec<String>> = OnceLock::new();

/// Plug-ins whose decoders depend on the graphics processor that is found when they are loaded.
pub const OF_PROCESSORS: [&str; 2] = ["va", "v4l2codecs"];

/// Starts GStreamer, once, with decoders of the allowed formats only, and without those `refused` here.
pub(super) fn start(refused: &[String]) -> Result<(), gst::glib::Error> {
    gst::init()?;
    REFUSED.get_or_init(|| {
        restrict(refused);
        refused.to_vec()
    });
    Ok(())
}

fn restrict(refused: &[String]) {
    gst::ElementFactory::factories_with_type(
        gst::ElementFactoryType::DECODABLE,
        gst::Rank::MARGINAL,
    )
    .into_iter()
    .filter(|factory| {
        let plugin = factory.plugin_name().unwrap_or_default();
        !is_allowed(&factory.name(), &plugin, refused)
    })
    .for_each(|factory| factory.set_rank(gst::Rank::NONE));
}

fn is_allowed(name: &str, plugin: &str, refused: &[String]) -> bool {
    ALLOWED.contains(&name) && !is_refused(name, refused) && !is_refused(plugin, refused)
}

fn is_refused(name: &str, refused: &[String]) -> bool {
    refused.iter().any(|other| other == name)
}

/// A node of the kernel's that leads to a graphics processor, not to a screen alone.
fn is_processor(node: &OsStr) -> bool {
    node.to_str()
        .is_some_and(|name| name.starts_with("renderD"))
}

/// Loads the decoders of the graphics processor that is here: a list of plug-ins that was made on another
/// machine knows none of them. A plug-in that is refused by its name is not loaded.
pub(super) fn find_hardware() {
    if let Ok(mut nodes) = std::fs::read_dir("/dev/dri")
        && nodes.any(|node| node.is_ok_and(|it| is_processor(&it.file_name())))
    {
        load_hardware();
    }
}

fn load_hardware() {
    let refused = REFUSED.get().map_or(&[][..], Vec::as_slice);
    for name in OF_PROCESSORS
        .into_iter()
        .filter(|name| !is_refused(name, refused))
    {
        if let Err(error) = gst::Plugin::load_by_name(name) {
            tracing::debug!(name, %error, "no decoders of a graphics processor");
        }
    }
    restrict(refused);
}

/// Loads the plug-ins of the usual formats ahead of the first video, which would wait for the disk.
pub(super) fn warm() {
    find_hardware();
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

#[cfg(test)]
mod tests {
    use std::sync::LazyLock;

    use gst::glib;
    use gst::subclass::prelude::*;

    use super::*;

    /// A decoder of a format that the catalogue does not have, as a plug-in brings it.
    #[derive(Default)]
    struct Late;

    #[glib::object_subclass]
    impl ObjectSubclass for Late {
        const NAME: &'static str = "BorneLateDecoder";
        type Type = LateDecoder;
        type ParentType = gst::Element;
    }

    glib::wrapper! {
        struct LateDecoder(ObjectSubclass<Late>) @extends gst::Element, gst::Object;
    }

    impl ObjectImpl for Late {}
    impl GstObjectImpl for Late {}

    impl ElementImpl for Late {
        fn metadata() -> Option<&'static gst::subclass::ElementMetadata> {
            static WORDS: LazyLock<gst::subclass::ElementMetadata> = LazyLock::new(|| {
                let (name, class) = ("Late decoder", "Codec/Decoder/Video");
                gst::subclass::ElementMetadata::new(name, class, "Comes late", "Test")
            });
            Some(&WORDS)
        }
    }

    #[test]
    fn a_decoder_that_comes_with_a_graphics_processor_is_judged_as_the_others() {
        start(&[]).unwrap();
        let rank = gst::Rank::PRIMARY;
        gst::Element::register(None, "latedec", rank, LateDecoder::static_type()).unwrap();
        let late = gst::ElementFactory::find("latedec").unwrap();
        assert_eq!(late.rank(), rank);
        load_hardware();
        assert_eq!(late.rank(), gst::Rank::NONE);
    }

    #[test]
    fn a_decoder_is_refused_by_its_name_or_by_that_of_its_plug_in() {
        let refused = ["va".to_owned(), "vp9dec".to_owned()];
        assert!(is_allowed("avdec_h264", "libav", &refused));
        assert!(!is_allowed("vah264dec", "va", &refused));
        assert!(!is_allowed("vp9dec", "vpx", &refused));
        assert!(!is_allowed("theoradec", "theora", &refused));
    }

    #[test]
    fn only_a_node_that_computes_is_a_graphics_processor() {
        assert!(is_processor(OsStr::new("renderD128")));
        assert!(!is_processor(OsStr::new("card0")));
    }
}
