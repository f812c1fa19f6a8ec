use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use crate::{command, timeline::Span, typography::for_voice};

/// Two voices take turns over the collection.
const VOICES: [&str; 2] = ["fr-be+f2", "fr-be+m3"];
/// Words a minute.
const RATE: &str = "150";
/// Pause between words, units of 10 ms at the default rate: each word stands a little clearer.
const GAP: &str = "1";
/// Samples quieter than this are silence around a sentence.
const SILENCE: i16 = 160;
/// What is kept around a sentence, samples.
const ROOM: usize = 400;

/// Sentences as the voice says them.
pub struct Speech {
    sentences: Vec<Vec<i16>>,
    rate: u32,
}

impl Speech {
    /// Has every sentence said; `turn` chooses the voice.
    ///
    /// # Errors
    /// The tool is missing or fails, or a sentence is silent.
    pub fn say<'a>(
        sentences: impl Iterator<Item = &'a str>,
        turn: usize,
        folder: &Path,
    ) -> Result<Self> {
        let mut speech = Self {
            sentences: Vec::new(),
            rate: 0,
        };
        for (index, sentence) in sentences.enumerate() {
            let file = folder.join(format!("{index}.wav"));
            let mut espeak = Command::new("espeak-ng");
            espeak.args([
                "-v",
                VOICES[turn % VOICES.len()],
                "-s",
                RATE,
                "-g",
                GAP,
                "-w",
            ]);
            espeak.arg(&file).arg("--").arg(for_voice(sentence));
            command::run(&mut espeak)?;
            let mut reader = hound::WavReader::open(&file).context("lecture de la voix")?;
            let samples: Vec<i16> = reader
                .samples()
                .collect::<Result<_, _>>()
                .context("lecture de la voix")?;
            let voiced = trim(&samples);
            ensure!(
                !voiced.is_empty(),
                "la voix ne dit rien pour « {sentence} »"
            );
            speech.rate = reader.spec().sample_rate;
            speech.sentences.push(voiced.to_vec());
        }
        Ok(speech)
    }

    /// Length of each sentence, ms.
    pub fn lengths(&self) -> Vec<u64> {
        let rate = u64::from(self.rate.max(1));
        self.sentences
            .iter()
            .map(|samples| samples.len() as u64 * 1000 / rate)
            .collect()
    }

    /// These sentences, then those of another voice.
    ///
    /// # Errors
    /// The voices have different rates.
    pub fn with(mut self, other: Self) -> Result<Self> {
        ensure!(
            self.rate == other.rate,
            "les deux voix n’ont pas la même cadence"
        );
        self.sentences.extend(other.sentences);
        Ok(self)
    }

    /// Writes a track of a length, ms, each sentence in its span.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn write(&self, spans: &[Span], length: u64, file: &Path) -> Result<()> {
        let at = |ms: u64| usize::try_from(ms * u64::from(self.rate) / 1000).unwrap_or(usize::MAX);
        let mut track = vec![0_i16; at(length)];
        for (samples, span) in self.sentences.iter().zip(spans) {
            for (place, sample) in track.iter_mut().skip(at(span.start)).zip(samples) {
                *place = *sample;
            }
        }
        let spec = hound::WavSpec {
            channels: 1,
            sample_rate: self.rate,
            bits_per_sample: 16,
            sample_format: hound::SampleFormat::Int,
        };
        let mut writer = hound::WavWriter::create(file, spec).context("écriture de la voix")?;
        for sample in track {
            writer.write_sample(sample).context("écriture de la voix")?;
        }
        writer.finalize().context("écriture de la voix")
    }
}

/// The samples without the silence around them.
fn trim(samples: &[i16]) -> &[i16] {
    let loud = |sample: &i16| sample.unsigned_abs() > SILENCE.unsigned_abs();
    let Some(first) = samples.iter().position(loud) else {
        return &[];
    };
    let last = samples.iter().rposition(loud).unwrap_or(first);
    &samples[first.saturating_sub(ROOM)..samples.len().min(last + ROOM)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_around_a_sentence_is_not_part_of_its_length() {
        let mut samples = vec![0; 5000];
        samples[2000] = 900;
        samples[3000] = -900;
        assert_eq!(trim(&samples).len(), 1000 + 2 * ROOM);
        assert!(trim(&[0; 10]).is_empty());
    }
}
