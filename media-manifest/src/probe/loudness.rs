//! How loud a sound is, and by how much it is turned up or down.

use ebur128::{Channel, EbuR128, Mode};

use crate::check::limits;

/// Loudness of the whole catalogue, LUFS (EBU R 128).
const TARGET_LUFS: f64 = -23.0;

/// Highest true peak after the gain, dBTP (EBU R 128).
const PEAK_DBTP: f64 = -1.0;

/// Measures a sound while it is decoded.
pub(super) struct Meter {
    meter: EbuR128,
    samples: Vec<f32>,
}

impl Meter {
    /// A meter for a sound of so many channels and samples a second; `None` for one that cannot be
    /// measured.
    pub(super) fn new(channels: u32, rate: u32) -> Option<Self> {
        let mut meter = EbuR128::new(channels, rate, Mode::I | Mode::TRUE_PEAK).ok()?;
        if channels == 1 {
            // A borne plays one channel on both of its loudspeakers.
            meter.set_channel(0, Channel::DualMono).ok()?;
        }
        let samples = Vec::new();
        Some(Self { meter, samples })
    }

    /// Takes decoded sound: 32-bit floats, little-endian, channel after channel.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.samples.clear();
        let (samples, _) = bytes.as_chunks::<4>();
        let samples = samples.iter().map(|bytes| f32::from_le_bytes(*bytes));
        self.samples.extend(samples);
        if let Err(error) = self.meter.add_frames_f32(&self.samples) {
            tracing::warn!(%error, "sound cannot be measured");
        }
    }

    /// The gain that the sound needs, hundredths of a decibel.
    pub(super) fn gain_centidb(&self) -> i16 {
        let channels = 0..self.meter.channels();
        let peaks = channels.filter_map(|channel| self.meter.true_peak(channel).ok());
        let loudness = self.meter.loudness_global().unwrap_or(f64::NEG_INFINITY);
        gain_centidb(loudness, peaks.fold(0.0, f64::max))
    }
}

/// Gain for a loudness, LUFS, and a highest true peak, full scale being 1: up to the target, but no
/// further than the peak allows. None for silence.
fn gain_centidb(loudness: f64, peak: f64) -> i16 {
    let wanted = TARGET_LUFS - loudness;
    let allowed = PEAK_DBTP - 20.0 * peak.log10();
    // Rounded down: the peak is a limit.
    let gain = (wanted.min(allowed) * 100.0).floor();
    if !loudness.is_finite() || !gain.is_finite() {
        return 0;
    }
    let most = f64::from(limits::GAIN_CENTIDB);
    // Within the limits it is a whole number that fits.
    #[allow(clippy::cast_possible_truncation, reason = "clamped just now")]
    let gain = gain.clamp(-most, most) as i16;
    gain
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: u32 = 48_000;

    /// Three seconds of a tone of 1 kHz: at −23 dBFS on two channels it measures −23 LUFS
    /// (EBU Tech 3341, case 1).
    fn tone(channels: u32, dbfs: f64) -> Vec<f32> {
        let peak = 10_f64.powf(dbfs / 20.0);
        let samples = (0..3 * RATE).map(|at| {
            let turn = f64::from(at) * 1_000.0 / f64::from(RATE) * std::f64::consts::TAU;
            (peak * turn.sin()) as f32
        });
        samples
            .flat_map(|sample| std::iter::repeat_n(sample, channels as usize))
            .collect()
    }

    fn measured(channels: u32, samples: &[f32]) -> i16 {
        let mut meter = Meter::new(channels, RATE).unwrap();
        for samples in samples.chunks(4_096) {
            let bytes: Vec<u8> = samples.iter().copied().flat_map(f32::to_le_bytes).collect();
            meter.add(&bytes);
        }
        meter.gain_centidb()
    }

    #[track_caller]
    fn assert_close(gain: i16, expected: i16) {
        assert!((gain - expected).abs() <= 10, "{gain} is not {expected}");
    }

    #[test]
    fn a_tone_is_brought_to_the_target() {
        for (dbfs, gain) in [(-23.0, 0), (-33.0, 1_000), (-13.0, -1_000)] {
            assert_close(measured(2, &tone(2, dbfs)), gain);
        }
    }

    #[test]
    fn one_channel_counts_as_the_two_it_is_played_on() {
        assert_close(measured(1, &tone(1, -33.0)), 1_000);
    }

    #[test]
    fn no_peak_is_brought_above_the_limit() {
        let mut quiet = tone(2, -33.0);
        // One cycle of full strength hardly counts for the loudness.
        for (sample, loud) in quiet.iter_mut().zip(tone(2, -3.0)).take(96) {
            *sample = loud;
        }
        assert_close(measured(2, &quiet), 200);
    }

    #[test]
    fn silence_stays_as_it_is() {
        assert_eq!(measured(2, &vec![0.0; 2 * 3 * 48_000]), 0);
        assert_eq!(measured(2, &tone(2, -90.0)), 0);
        assert_eq!(measured(2, &[]), 0);
    }

    #[test]
    fn a_gain_keeps_within_its_limits() {
        assert_eq!(gain_centidb(-60.0, 0.001), limits::GAIN_CENTIDB);
        assert_eq!(gain_centidb(3.0, 2.0), -limits::GAIN_CENTIDB);
        assert_eq!(gain_centidb(f64::NAN, f64::NAN), 0);
    }
}
