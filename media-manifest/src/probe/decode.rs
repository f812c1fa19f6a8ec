//! Decoding a file from its first to its last byte.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use gst::MessageView;
use gst::prelude::*;

use super::loudness::Meter;
use super::refusal;
use crate::publish::Refusal;

/// Seconds without a new frame after which decoding is given up: a decoder that needs so long for
/// one frame cannot play.
const STALL_S: u32 = 30;

/// What decoding brought to light.
#[derive(Clone, Copy, Debug)]
pub(super) struct Decoded {
    /// Pictures.
    pub(super) frames: u64,
    /// End of the last picture or sound, ms.
    pub(super) end_ms: u64,
    /// Gain that the first sound needs, hundredths of a decibel; 0 without sound.
    pub(super) gain_centidb: i16,
}

/// Counters that streaming threads raise.
#[derive(Default)]
struct Tally {
    frames: AtomicU64,
    end_ns: AtomicU64,
    /// A sound is measured: of several the first, which is the one played.
    hears: AtomicBool,
    meter: Mutex<Option<Meter>>,
}

/// Decodes picture and sound as fast as possible.
pub(super) fn decode(uri: &str) -> Result<Decoded, Refusal> {
    let tally = Arc::new(Tally::default());
    let pipeline = pipeline(uri, &tally)
        .map_err(|error| refusal::unreadable(&format!("GStreamer : {error}")))?;
    let finished = run(&pipeline, &tally);
    // A pipeline that cannot stop leaves nothing to do.
    let _ = pipeline.set_state(gst::State::Null);
    finished?;
    Ok(Decoded {
        frames: tally.frames.load(Ordering::Relaxed),
        end_ms: tally.end_ns.load(Ordering::Relaxed) / 1_000_000,
        gain_centidb: tally.gain_centidb(),
    })
}

fn pipeline(uri: &str, tally: &Arc<Tally>) -> Result<gst::Pipeline, gst::glib::BoolError> {
    let pipeline = gst::Pipeline::new();
    let source = gst::ElementFactory::make("uridecodebin")
        .property("uri", uri)
        .build()?;
    pipeline.add(&source)?;
    let bin = pipeline.downgrade();
    let tally = Arc::clone(tally);
    source.connect_pad_added(move |_, pad| {
        if let Some(pipeline) = bin.upgrade()
            && let Err(error) = drain(&pipeline, pad, &tally)
        {
            tracing::warn!(%error, "a stream cannot be decoded");
        }
    });
    Ok(pipeline)
}

/// Leads a decoded stream into a sink that counts and drops it.
fn drain(
    pipeline: &gst::Pipeline,
    pad: &gst::Pad,
    tally: &Arc<Tally>,
) -> Result<(), gst::glib::BoolError> {
    let queue = gst::ElementFactory::make("queue").build()?;
    let sink = gst::ElementFactory::make("fakesink")
        .property("sync", false)
        .build()?;
    let kind = kind(pad);
    let mut chain = vec![queue.clone()];
    if kind == Kind::Sound && !tally.hears.swap(true, Ordering::Relaxed) {
        chain.extend(floats()?);
        listen(&sink, tally)?;
    }
    chain.push(sink);
    pipeline.add_many(&chain)?;
    gst::Element::link_many(&chain)?;
    for element in &chain {
        element.sync_state_with_parent()?;
    }
    let entry = entry(&queue)?;
    let tally = Arc::clone(tally);
    entry.add_probe(gst::PadProbeType::BUFFER, move |_, info| {
        if let Some(buffer) = info.buffer() {
            tally.count(buffer, kind);
        }
        gst::PadProbeReturn::Ok
    });
    pad.link(&entry)
        .map(|_| ())
        .map_err(|error| gst::glib::bool_error!("{error}"))
}

/// What a decoded stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Picture,
    Sound,
    Other,
}

fn kind(pad: &gst::Pad) -> Kind {
    let caps = pad.current_caps();
    let name = caps
        .as_ref()
        .and_then(|caps| Some(caps.structure(0)?.name().as_str()));
    match name {
        Some(name) if name.starts_with("video/") => Kind::Picture,
        Some(name) if name.starts_with("audio/") => Kind::Sound,
        _ => Kind::Other,
    }
}

fn entry(element: &gst::Element) -> Result<gst::Pad, gst::glib::BoolError> {
    let pad = element.static_pad("sink");
    pad.ok_or_else(|| gst::glib::bool_error!("an element without an entry"))
}

/// Brings any sound into the form that is measured.
fn floats() -> Result<[gst::Element; 2], gst::glib::BoolError> {
    let caps = gst::Caps::builder("audio/x-raw")
        .field("format", "F32LE")
        .field("layout", "interleaved")
        .build();
    let filter = gst::ElementFactory::make("capsfilter").property("caps", caps);
    let convert = gst::ElementFactory::make("audioconvert").build()?;
    Ok([convert, filter.build()?])
}

/// Measures the sound that reaches an element.
fn listen(sink: &gst::Element, tally: &Arc<Tally>) -> Result<(), gst::glib::BoolError> {
    let tally = Arc::clone(tally);
    entry(sink)?.add_probe(gst::PadProbeType::BUFFER, move |pad, info| {
        if let Some(buffer) = info.buffer() {
            tally.measure(pad, buffer);
        }
        gst::PadProbeReturn::Ok
    });
    Ok(())
}

impl Tally {
    fn count(&self, buffer: &gst::BufferRef, kind: Kind) {
        if kind == Kind::Picture {
            self.frames.fetch_add(1, Ordering::Relaxed);
        }
        if let Some(start) = buffer.pts() {
            let end = start + buffer.duration().unwrap_or(gst::ClockTime::ZERO);
            self.end_ns.fetch_max(end.nseconds(), Ordering::Relaxed);
        }
    }

    fn measure(&self, pad: &gst::Pad, buffer: &gst::BufferRef) {
        let mut meter = self.meter.lock().unwrap_or_else(PoisonError::into_inner);
        if meter.is_none() {
            *meter = meter_for(pad);
        }
        if let Some(meter) = meter.as_mut()
            && let Ok(bytes) = buffer.map_readable()
        {
            meter.add(&bytes);
        }
    }

    fn gain_centidb(&self) -> i16 {
        let meter = self.meter.lock().unwrap_or_else(PoisonError::into_inner);
        meter.as_ref().map_or(0, Meter::gain_centidb)
    }
}

fn meter_for(pad: &gst::Pad) -> Option<Meter> {
    let caps = pad.current_caps()?;
    let sound = caps.structure(0)?;
    let number = |name: &str| u32::try_from(sound.get::<i32>(name).ok()?).ok();
    Meter::new(number("channels")?, number("rate")?)
}

/// Runs until the end, an error, or a standstill.
fn run(pipeline: &gst::Pipeline, tally: &Tally) -> Result<(), Refusal> {
    let bus = pipeline
        .bus()
        .ok_or_else(|| refusal::unreadable(&"GStreamer"))?;
    if pipeline.set_state(gst::State::Playing).is_err() {
        let error = bus.pop_filtered(&[gst::MessageType::Error]);
        return Err(error.map_or_else(refusal::not_a_video, |message| refused(&message)));
    }
    let (mut reached, mut still_s) = (0, 0);
    let wanted = [
        gst::MessageType::Eos,
        gst::MessageType::Error,
        gst::MessageType::Warning,
    ];
    loop {
        let message = bus.timed_pop_filtered(gst::ClockTime::SECOND, &wanted);
        match message.as_ref().map(|message| message.view()) {
            Some(MessageView::Eos(_)) => return Ok(()),
            Some(MessageView::Error(error)) => return Err(refusal::from_gst(&error.error())),
            Some(MessageView::Warning(warning)) if is_about_data(&warning.error()) => {
                return Err(refusal::from_gst(&warning.error()));
            }
            Some(_) => {}
            None => {
                let end = tally.end_ns.load(Ordering::Relaxed);
                still_s = if end > reached { 0 } else { still_s + 1 };
                reached = end;
            }
        }
        if still_s > STALL_S {
            return Err(refusal::damaged("le décodage n'avance plus"));
        }
    }
}

fn refused(message: &gst::Message) -> Refusal {
    match message.view() {
        MessageView::Error(error) => refusal::from_gst(&error.error()),
        _ => refusal::not_a_video(),
    }
}

/// Warnings about the stream itself: the data are damaged. Others are about this machine.
fn is_about_data(error: &gst::glib::Error) -> bool {
    error.is::<gst::StreamError>()
}
