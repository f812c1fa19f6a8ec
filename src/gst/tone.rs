//! A tone for the trial of the loudspeakers: first on the left, then on the right.

use std::time::Duration;

use gst::prelude::*;

use super::sound::Sound;

/// How long each side sounds, the pause after it included.
pub const SIDE: Duration = Duration::from_millis(1_200);

/// How long of it there is a tone: the rest keeps the sides apart.
const SOUNDING: Duration = Duration::from_millis(1_000);

/// Samples a second, of each side.
const RATE: u32 = 48_000;

/// Pitch, Hz: what every small loudspeaker gives, and nobody takes for speech.
const PITCH: f64 = 1_000.0;

/// Loudest sample, of 1: 12 dB below the loudest, so that nobody is startled.
const PEAK: f64 = 0.25;

/// The tone comes and goes over so long, so that it does not click.
const FADE_S: f64 = 0.02;

/// A device that has not played the tone by then does not play: four times its length.
const LIMIT: gst::ClockTime = gst::ClockTime::from_mseconds(10_000);

/// Plays the tone on a thread of its own, then tells `over` whether a device took it.
///
/// # Errors
/// The system gives no thread.
pub fn play(
    sound: &Sound,
    volume: f64,
    over: impl FnOnce(bool) + Send + 'static,
) -> std::io::Result<()> {
    let sound = sound.clone();
    let playing = std::thread::Builder::new().name("tone".to_owned());
    playing.spawn(move || {
        let heard = to_device(&sound.find(), volume);
        if let Err(error) = &heard {
            tracing::warn!(%error, "the tone cannot be played");
        }
        over(heard.is_ok());
    })?;
    Ok(())
}

/// Why a tone was not played.
#[derive(Debug, thiserror::Error)]
enum ToneError {
    #[error("there is no sound device")]
    NoDevice,
    #[error("no pipeline: {0}")]
    Pipeline(#[from] gst::glib::Error),
    #[error("no pipeline: {0}")]
    Incomplete(#[from] gst::glib::BoolError),
    #[error("no start: {0}")]
    Start(#[from] gst::StateChangeError),
    #[error("the samples are not taken: {0}")]
    Samples(#[from] gst::FlowError),
    #[error("the device fails: {0}")]
    Device(String),
    #[error("the device does not play")]
    Silent,
}

fn to_device(sound: &Sound, volume: f64) -> Result<(), ToneError> {
    if *sound == Sound::Nowhere {
        return Err(ToneError::NoDevice);
    }
    let pipeline = gst::Pipeline::new();
    let source = gst_app::AppSrc::builder()
        .format(gst::Format::Time)
        .caps(&caps())
        .build();
    let output = sound.exact_bin()?;
    if let Some(element) = output.by_name("volume") {
        element.set_property("volume", volume);
    }
    pipeline.add_many([source.upcast_ref::<gst::Element>(), output.upcast_ref()])?;
    source.link(&output)?;
    let played = run(&pipeline, &source);
    pipeline.set_state(gst::State::Null)?;
    played
}

fn run(pipeline: &gst::Pipeline, source: &gst_app::AppSrc) -> Result<(), ToneError> {
    pipeline.set_state(gst::State::Playing)?;
    let bytes: Vec<u8> = samples().flat_map(i16::to_le_bytes).collect();
    let mut buffer = gst::Buffer::from_slice(bytes);
    if let Some(buffer) = buffer.get_mut() {
        buffer.set_pts(gst::ClockTime::ZERO);
    }
    source.push_buffer(buffer)?;
    source.end_of_stream()?;
    let bus = pipeline.bus().ok_or(ToneError::Silent)?;
    let kinds = [gst::MessageType::Eos, gst::MessageType::Error];
    let message = bus.timed_pop_filtered(LIMIT, &kinds);
    match message.as_ref().map(|message| message.view()) {
        Some(gst::MessageView::Eos(_)) => Ok(()),
        Some(gst::MessageView::Error(error)) => Err(ToneError::Device(error.error().to_string())),
        _ => Err(ToneError::Silent),
    }
}

fn caps() -> gst::Caps {
    gst::Caps::builder("audio/x-raw")
        .field("format", "S16LE")
        .field("layout", "interleaved")
        .field("rate", 48_000_i32)
        .field("channels", 2_i32)
        .field("channel-mask", gst::Bitmask::new(0b11))
        .build()
}

/// Left and right in turn, sample by sample.
fn samples() -> impl Iterator<Item = i16> {
    let side = count(SIDE);
    (0..2 * side).flat_map(move |at| {
        let sample = sample(at % side);
        if at < side { [sample, 0] } else { [0, sample] }
    })
}

/// One sample of a side, from its beginning.
#[allow(clippy::cast_possible_truncation, reason = "within the range of i16")]
fn sample(at: u32) -> i16 {
    if at >= count(SOUNDING) {
        return 0;
    }
    let seconds = f64::from(at) / f64::from(RATE);
    let edge = seconds.min(SOUNDING.as_secs_f64() - seconds);
    let loud = PEAK * (edge / FADE_S).min(1.0);
    let wave = (seconds * PITCH * std::f64::consts::TAU).sin();
    (wave * loud * f64::from(i16::MAX)) as i16
}

/// Samples of one side in a time.
fn count(time: Duration) -> u32 {
    u32::try_from(u128::from(RATE) * time.as_millis() / 1_000).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sum of squares of the left and of the right side over some milliseconds.
    fn energy(from_ms: usize, to_ms: usize) -> (u64, u64) {
        let all: Vec<i16> = samples().collect();
        let square = |sample: i16| u64::from(sample.unsigned_abs()).pow(2);
        let frames = all
            .chunks(2)
            .skip(from_ms * 48)
            .take((to_ms - from_ms) * 48);
        frames.fold((0, 0), |(left, right), pair| {
            (left + square(pair[0]), right + square(pair[1]))
        })
    }

    #[test]
    fn the_left_sounds_first_then_the_right_with_a_pause_between() {
        let (left, right) = energy(0, 1_000);
        assert!(left > 0 && right == 0, "{left} {right}");
        assert_eq!(energy(1_000, 1_200), (0, 0));
        let (left, right) = energy(1_200, 2_200);
        assert!(left == 0 && right > 0, "{left} {right}");
        assert_eq!(energy(2_200, 2_400), (0, 0));
    }

    #[test]
    fn the_tone_has_a_thousand_periods_a_second_and_is_never_loud() {
        let left: Vec<i16> = samples().step_by(2).take(48_000).collect();
        let rises = left.windows(2).filter(|pair| pair[0] <= 0 && pair[1] > 0);
        assert_eq!(rises.count(), 1_000);
        let loudest = left.iter().map(|sample| sample.unsigned_abs()).max();
        assert!(loudest.is_some_and(|loudest| (8_000..8_200).contains(&loudest)));
    }

    #[test]
    fn a_machine_without_a_device_says_so_and_one_that_takes_the_tone_too() {
        super::super::registry::start(&[]).unwrap();
        let (told, heard) = std::sync::mpsc::channel();
        for (sound, expected) in [
            (Sound::Nowhere, false),
            (Sound::Element("fakesink".to_owned()), true),
            (Sound::Element("nosuchsink".to_owned()), false),
            (
                Sound::Element("filesink location=/nowhere/at/all".to_owned()),
                false,
            ),
        ] {
            let told = told.clone();
            play(&sound, 0.5, move |it| told.send(it).unwrap()).unwrap();
            assert_eq!(heard.recv().unwrap(), expected, "{sound:?}");
        }
    }
}
