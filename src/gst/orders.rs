use std::sync::mpsc::{self, Receiver, Sender};

use gst::prelude::*;

use super::policy::OPENING_LIMIT;

/// What a pipeline is told to do.
enum Order {
    Go(gst::State),
    Jump(gst::Event),
    /// The last one. `opening`: it has no first picture yet.
    Close {
        opening: bool,
        done: Sender<()>,
    },
}

/// The orders of one pipeline, carried out one after the other on a thread of their own: each takes
/// as long as the slowest element, and a decoder that hangs must not keep the control thread waiting.
pub(super) struct Orders(Sender<Order>);

impl Orders {
    /// Starts the thread. `refused` hears of a jump that the pipeline does not take.
    pub(super) fn start(
        playbin: gst::Pipeline,
        refused: impl Fn(gst::Seqnum) + Send + 'static,
    ) -> std::io::Result<Self> {
        let (orders, received) = mpsc::channel();
        std::thread::Builder::new()
            .name("pipeline".to_owned())
            .spawn(move || obey(&playbin, &received, refused))?;
        Ok(Self(orders))
    }

    pub(super) fn go(&self, state: gst::State) {
        self.give(Order::Go(state));
    }

    pub(super) fn jump(&self, event: gst::Event) {
        self.give(Order::Jump(event));
    }

    /// The receiver hears when it is closed.
    pub(super) fn close(&self, opening: bool) -> Receiver<()> {
        let (done, closed) = mpsc::channel();
        self.give(Order::Close { opening, done });
        closed
    }

    fn give(&self, order: Order) {
        if self.0.send(order).is_err() {
            tracing::error!("the thread of a pipeline is gone");
        }
    }
}

fn obey(playbin: &gst::Pipeline, received: &Receiver<Order>, refused: impl Fn(gst::Seqnum)) {
    let (opening, done) = loop {
        match received.recv() {
            // A refusal is followed by an error message on the bus, which says more.
            Ok(Order::Go(state)) => {
                if let Err(error) = playbin.set_state(state) {
                    tracing::debug!(%error, ?state, "a state change is refused");
                }
            }
            Ok(Order::Jump(event)) => {
                let number = event.seqnum();
                if !playbin.send_event(event) {
                    tracing::warn!("a seek is refused");
                    refused(number);
                }
            }
            Ok(Order::Close { opening, done }) => break (opening, Some(done)),
            Err(_) => break (false, None),
        }
    };
    shut(playbin, opening);
    if let Some(done) = done {
        // Whoever waited may have given up.
        let _ = done.send(());
    }
}

/// While it opens, waits for the end of that: GStreamer 1.22 locks up when it is closed just as it
/// learns what kind of file it has.
fn shut(playbin: &gst::Pipeline, opening: bool) {
    if opening && playbin.state(OPENING_LIMIT).0.is_err() {
        tracing::debug!("closing a pipeline that does not open");
    }
    if let Some(bus) = playbin.bus() {
        bus.unset_sync_handler();
        bus.set_flushing(true);
    }
    if let Err(error) = playbin.set_state(gst::State::Null) {
        tracing::warn!(%error, "a pipeline does not close");
    }
}
