use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use gst::prelude::*;

use crate::playback::{Cue, Precision};

use super::bounds;
use super::graphics::Graphics;
use super::orders::Orders;
use super::picture::{PictureSink, Target, absent, part};
use super::policy::MAX_GAIN;
use super::sound::Sound;
use super::watch::Watch;

/// Where the pictures and the sound of a pipeline go.
pub(super) struct Ends {
    /// Size of the pictures, where the processor scales them.
    pub(super) target: Target,
    /// Whose textures the pictures become; without one they stay in memory.
    pub(super) graphics: Option<Graphics>,
    pub(super) sound: Sound,
}

/// The pipeline of one playback.
pub(super) struct Pipeline {
    playbin: gst::Pipeline,
    orders: Orders,
    picture: PictureSink,
    sound: Option<gst::Bin>,
}

impl Pipeline {
    /// Makes it, without opening anything. `handler` gets every message of the bus.
    pub(super) fn new(
        cue: &Cue,
        ends: &Ends,
        watch: &Arc<Watch>,
        handler: impl Fn(gst::Message) + Send + Sync + 'static,
    ) -> Result<Self, gst::glib::Error> {
        let playbin = gst::ElementFactory::make("playbin")
            .property("uri", uri(&cue.path)?)
            .build()
            .map_err(|_| absent("playbin"))?
            .downcast::<gst::Pipeline>()
            .map_err(|_| absent("playbin"))?;
        bounds::keep(&playbin, cue.picture, watch);
        let picture = PictureSink::new(ends.target, ends.graphics.is_some(), watch)?;
        if let Some(graphics) = &ends.graphics {
            graphics.lend(&playbin);
            // It is asked what it takes before it is in the pipeline: by itself it would open a display
            // of its own, and where there is none, nothing would be taken.
            graphics.lend(&picture.bin);
        }
        playbin.set_property("video-sink", &picture.bin);
        let sound = if cue.muted {
            None
        } else {
            Some(attach_sound(&playbin, &ends.sound, watch)?)
        };
        playbin.set_property_from_str("flags", flags(sound.is_some()));
        listen(&playbin, handler);
        let refused = Arc::clone(watch);
        let orders = Orders::start(playbin.clone(), move |jump| refused.refused(jump));
        Ok(Self {
            playbin,
            orders: orders.map_err(|error| no_thread(&error))?,
            picture,
            sound,
        })
    }

    pub(super) fn go(&self, playing: bool) {
        self.orders.go(if playing {
            gst::State::Playing
        } else {
            gst::State::Paused
        });
    }

    /// Whether there are pictures in it; known once it is open.
    pub(super) fn has_pictures(&self) -> bool {
        self.playbin.property::<i32>("n-video") > 0
    }

    pub(super) fn duration_ms(&self) -> Option<u64> {
        self.playbin
            .query_duration::<gst::ClockTime>()
            .map(gst::ClockTime::mseconds)
    }

    pub(super) fn position_ms(&self) -> Option<u64> {
        self.playbin
            .query_position::<gst::ClockTime>()
            .map(gst::ClockTime::mseconds)
    }

    /// Jumps; the number of the jump.
    pub(super) fn seek(&self, ms: u64, rate: f64, precision: Precision) -> gst::Seqnum {
        let landing = match precision {
            Precision::Exact => gst::SeekFlags::ACCURATE,
            Precision::KeyFrame => gst::SeekFlags::KEY_UNIT | gst::SeekFlags::SNAP_BEFORE,
        };
        let number = gst::Seqnum::next();
        let event = gst::event::Seek::builder(
            rate,
            gst::SeekFlags::FLUSH | landing,
            gst::SeekType::Set,
            gst::ClockTime::from_mseconds(ms),
            gst::SeekType::None,
            gst::ClockTime::NONE,
        )
        .seqnum(number)
        .build();
        self.orders.jump(event);
        number
    }

    pub(super) fn set_volume(&self, volume: f64, gain_db: f64) {
        let element = self.sound.as_ref().and_then(|bin| bin.by_name("volume"));
        if let Some(element) = element {
            element.set_property("volume", linear(volume, gain_db));
        }
    }

    pub(super) fn set_target(&self, target: Target) {
        self.picture.set_target(target);
    }

    /// The message comes from the sound end.
    pub(super) fn is_of_sound(&self, message: &gst::Message) -> bool {
        let (Some(bin), Some(source)) = (&self.sound, message.src()) else {
            return false;
        };
        source.has_as_ancestor(bin)
    }

    /// Pictures become textures in it.
    pub(super) fn makes_textures(&self) -> bool {
        self.picture.makes_textures()
    }

    /// The message comes from where pictures become textures. Told from the kind of element: one that
    /// fails as it is made is in no pipeline yet, and only `playsink`, which makes it, says so.
    pub(super) fn is_of_graphics(&self, message: &gst::Message) -> bool {
        let source = message
            .src()
            .and_then(|source| source.downcast_ref::<gst::Element>());
        let kind = source.and_then(gst::Element::factory);
        let is_of =
            |kind: gst::ElementFactory| kind.name().starts_with("gl") || kind.name() == "playsink";
        self.picture.makes_textures() && kind.is_some_and(is_of)
    }

    /// Closes it; the receiver hears when that is done.
    pub(super) fn close(&self, opening: bool) -> Receiver<()> {
        self.orders.close(opening)
    }
}

/// What samples are multiplied by: the volume from 0 to 1, with the gain of the catalogue on top.
fn linear(volume: f64, gain_db: f64) -> f64 {
    let gain = 10_f64.powf(gain_db / 20.0).clamp(0.0, MAX_GAIN);
    volume.clamp(0.0, 1.0) * gain
}

fn no_thread(error: &std::io::Error) -> gst::glib::Error {
    gst::glib::Error::new(gst::CoreError::Thread, &error.to_string())
}

fn uri(path: &Path) -> Result<gst::glib::GString, gst::glib::Error> {
    let missing = |error: std::io::Error| {
        gst::glib::Error::new(gst::ResourceError::NotFound, &error.to_string())
    };
    let path = std::path::absolute(path).map_err(missing)?;
    path.metadata().map_err(missing)?;
    gst::glib::filename_to_uri(path, None)
}

// "native": no converters of playbin's own, the sink bins bring theirs. No text: captions are drawn
// by the screen.
fn flags(sound: bool) -> &'static str {
    if sound {
        "video+audio+native-video+native-audio"
    } else {
        "video+native-video"
    }
}

fn attach_sound(
    playbin: &gst::Pipeline,
    sound: &Sound,
    watch: &Arc<Watch>,
) -> Result<gst::Bin, gst::glib::Error> {
    let bin = sound.bin()?;
    let pad = part(&bin, "volume")?
        .static_pad("src")
        .ok_or_else(|| absent("volume"))?;
    let watch = Arc::clone(watch);
    pad.add_probe(gst::PadProbeType::BUFFER, move |pad, info| {
        watch.sound(info.buffer().and_then(|buffer| stream_time(pad, buffer)));
        gst::PadProbeReturn::Ok
    });
    playbin.set_property("audio-sink", &bin);
    Ok(bin)
}

fn stream_time(pad: &gst::Pad, buffer: &gst::BufferRef) -> Option<gst::ClockTime> {
    let event = pad.sticky_event::<gst::event::Segment>(0)?;
    let segment = event.segment().downcast_ref::<gst::ClockTime>()?;
    segment.to_stream_time(buffer.pts()?)
}

fn listen(playbin: &gst::Pipeline, handler: impl Fn(gst::Message) + Send + Sync + 'static) {
    if let Some(bus) = playbin.bus() {
        bus.set_sync_handler(move |_, message| {
            handler(message.clone());
            gst::BusSyncReply::Drop
        });
    }
}

#[cfg(test)]
mod tests {
    use super::linear;

    #[test]
    fn the_gain_of_the_catalogue_is_heard_as_it_stands_and_no_further() {
        for (volume, gain_db, expected) in [
            (1.0, 0.0, 1.0),
            (0.5, 6.0, 0.998),
            (0.5, -6.0, 0.251),
            // The most that a publication gives a quiet film.
            (1.0, 20.0, 10.0),
            (1.0, 60.0, 10.0),
            (3.0, 0.0, 1.0),
        ] {
            let found = linear(volume, gain_db);
            assert!(
                (found - expected).abs() < 0.001,
                "{volume}, {gain_db} dB: {found}"
            );
        }
    }
}
