use std::convert::Infallible;
use std::str::FromStr;

use gst::prelude::*;

/// Where sound goes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub enum Sound {
    /// The system's device, or nowhere when there is none.
    #[default]
    Auto,
    /// Nowhere, at the pace of real sound.
    Nowhere,
    /// An element with its properties, as `gst-launch-1.0` writes them: `alsasink device=hw:1`.
    Element(String),
}

impl FromStr for Sound {
    type Err = Infallible;

    /// Reads a setting: `auto`, `none`, or an element.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        Ok(match text.trim() {
            "" | "auto" => Self::Auto,
            "none" => Self::Nowhere,
            element => Self::Element(element.to_owned()),
        })
    }
}

const NOWHERE: &str = "fakesink sync=true";

impl Sound {
    fn element(&self) -> &str {
        match self {
            Self::Auto => "autoaudiosink",
            Self::Nowhere => NOWHERE,
            Self::Element(description) => description,
        }
    }

    /// What [`Sound::Auto`] means on this machine now; the others mean themselves.
    pub(super) fn find(&self) -> Self {
        if *self != Self::Auto {
            return self.clone();
        }
        let found = automatic().map_or(Self::Nowhere, Self::Element);
        tracing::info!(?found, "sound output");
        found
    }

    /// The sound end of a pipeline: keeps the pitch at other speeds, sets the volume.
    pub(super) fn bin(&self) -> Result<gst::Bin, gst::glib::Error> {
        self.exact_bin().or_else(|error| {
            tracing::warn!(%error, "the sound output cannot be made: no sound");
            build(NOWHERE)
        })
    }

    /// The same, with nothing in the place of an output that cannot be made.
    pub(super) fn exact_bin(&self) -> Result<gst::Bin, gst::glib::Error> {
        build(self.element())
    }
}

fn build(element: &str) -> Result<gst::Bin, gst::glib::Error> {
    let tempo = match gst::ElementFactory::find("scaletempo") {
        Some(_) => "scaletempo ! audioconvert ! ",
        None => "",
    };
    let description =
        format!("audioconvert ! {tempo}audioresample ! volume name=volume ! {element}");
    let bin = gst::parse::bin_from_description(&description, true)?;
    bin.set_property("name", "sound");
    Ok(bin)
}

// The element that `autoaudiosink` picks, unless it is the one that stands for "no device".
fn automatic() -> Option<String> {
    let automatic = gst::ElementFactory::make("autoaudiosink").build().ok()?;
    let picked = automatic
        .set_state(gst::State::Ready)
        .ok()
        .and_then(|_| {
            automatic
                .downcast_ref::<gst::Bin>()?
                .children()
                .into_iter()
                .next()
        })
        .and_then(|child| child.factory())
        .map(|factory| factory.name().to_string())
        .filter(|name| name != "fakesink");
    if automatic.set_state(gst::State::Null).is_err() {
        tracing::warn!("the sound output does not close");
    }
    picked
}
