//! Limits of the backend, each with its reason.

use std::time::Duration;

use gst::ClockTime;

/// Positions are reported when the picture has moved by this much: a bar and a caption need no more.
pub(super) const REPORT_EVERY: ClockTime = ClockTime::from_mseconds(100);

/// When the picture is this far behind the sound (a still picture, a picture track that ends first),
/// the sound tells the position.
pub(super) const PICTURE_REST: ClockTime = ClockTime::from_mseconds(500);

/// A picture that is later than this is not drawn, in nanoseconds: one frame at 25 per second.
pub(super) const MAX_LATENESS_NS: i64 = 40_000_000;

/// How long a new playback waits for the last one to close, so that the sound device is free; after
/// that the last one is left to itself.
pub(super) const CLOSE_LIMIT: Duration = Duration::from_secs(1);

/// How long a pipeline that is closed while it opens may take to open: many times what a file takes,
/// and less than [`CLOSE_LIMIT`].
pub(super) const OPENING_LIMIT: ClockTime = ClockTime::from_mseconds(800);

/// How many playbacks go without sound before a device is looked for again: looking takes a tenth of
/// a second, and a device that was missing seldom comes back.
pub(super) const PROBE_AGAIN_AFTER: u32 = 20;

/// Largest width and height asked of the scaler, in pixels: an 8K screen; bounds memory.
pub(super) const MAX_SIDE: u32 = 8_192;

/// Largest gain on top of the volume, linear: the +20 dB that a publication gives at most, which keeps
/// under the film's true peak.
pub(super) const MAX_GAIN: f64 = 10.0;

/// Coded pictures are made of blocks of so many pixels a side, and may be written as whole blocks.
pub(super) const BLOCK: u32 = 16;

/// Rates in files are rough: fields are counted for frames, time bases for rates. What is this many
/// times faster than announced is a lie.
pub(super) const RATE_SLACK: u32 = 4;

/// Pictures a second that are never too many: twice the fastest screen of a borne.
pub(super) const MAX_RATE: u32 = 240;

/// The only demuxers, parsers and decoders that may be picked by themselves: a file that needs
/// another is refused, and a flaw in another cannot be reached by a file.
pub(super) const ALLOWED: &[&str] = &[
    "qtdemux",
    "matroskademux",
    "h264parse",
    "vp9parse",
    "av1parse",
    "aacparse",
    "mpegaudioparse",
    "opusparse",
    // Of graphics processors: they rank above the others where they are.
    "vah264dec",
    "vavp8dec",
    "vavp9dec",
    "vaav1dec",
    "v4l2slh264dec",
    "v4l2slvp8dec",
    "v4l2slvp9dec",
    "v4l2slav1dec",
    "avdec_h264",
    "openh264dec",
    "vp8dec",
    "vp9dec",
    "dav1ddec",
    "av1dec",
    "avdec_aac",
    "fdkaacdec",
    "faad",
    "opusdec",
    "avdec_opus",
    "vorbisdec",
    "mpg123audiodec",
    "avdec_mp3",
];
