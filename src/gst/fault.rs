use crate::playback::Fault;

/// What an error of the pipeline means for the visitor. `format_known` tells that a decoder was
/// missed for a sound or picture format, not for a file that is no video at all.
pub(super) fn of(error: &gst::glib::Error, format_known: bool) -> Fault {
    if let Some(kind) = error.kind::<gst::ResourceError>() {
        return resource(kind);
    }
    let undecodable = matches!(
        error.kind::<gst::StreamError>(),
        Some(gst::StreamError::CodecNotFound)
    ) || matches!(
        error.kind::<gst::CoreError>(),
        Some(gst::CoreError::MissingPlugin)
    );
    if undecodable && format_known {
        Fault::NoDecoder
    } else {
        Fault::Corrupt
    }
}

fn resource(kind: gst::ResourceError) -> Fault {
    match kind {
        gst::ResourceError::NotFound => Fault::Missing,
        _ => Fault::Io,
    }
}

/// The format that a missing-plug-in message asks for, when it is sound or picture.
pub(super) fn missing_format(message: &gst::message::Element) -> Option<String> {
    let structure = message.structure()?;
    if structure.name() != "missing-plugin" {
        return None;
    }
    let caps = structure.get::<gst::Caps>("detail").ok()?;
    let name = caps.structure(0)?.name().to_string();
    (name.starts_with("video/") || name.starts_with("audio/")).then_some(name)
}
