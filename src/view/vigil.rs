//! What the service manager is told: that the screen works, and that its loop still turns.
//!
//! Where the loop hangs, no word comes and the manager starts the screen anew. A manager that asks
//! for no word (`NOTIFY_SOCKET`) hears none, and nothing is tried.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use sd_notify::NotifyState;
use slint::platform::{PointerEventButton, WindowEvent};
use slint::{ComponentHandle, LogicalPosition};

use super::markup::{App, Shell};

/// Time between two signs of life: often enough for a watchdog of a few seconds.
const SIGN_EVERY: Duration = Duration::from_secs(1);

/// Where the touch of the self-test falls, logical pixels: on the corner that answers to nothing else.
const CORNER: LogicalPosition = LogicalPosition { x: 0.5, y: 0.5 };

/// What is to be done at a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Duty {
    /// Touch the corner: the loop draws between two beats, so something has been drawn by now.
    Touch,
    /// The corner has felt the touch: the screen draws and answers.
    SayReady,
    /// Still here.
    SayAlive,
}

/// The state of the watch.
#[derive(Clone, Copy, Debug, Default)]
enum Watch {
    /// No beat yet.
    #[default]
    Begun,
    /// The loop has turned; nothing has been touched, or not since then.
    Trying(Option<Duration>),
    /// Ready, and last heard of then.
    Ready(Duration),
}

impl Watch {
    /// Time is `now`; whether the corner has `felt` a touch.
    fn beat(&mut self, now: Duration, felt: bool) -> Option<Duty> {
        let due = |last: Duration| now.saturating_sub(last) >= SIGN_EVERY;
        let (next, duty) = match *self {
            Self::Begun => (Self::Trying(None), None),
            Self::Trying(_) if felt => (Self::Ready(now), Some(Duty::SayReady)),
            Self::Trying(last) if last.is_none_or(due) => {
                (Self::Trying(Some(now)), Some(Duty::Touch))
            }
            Self::Ready(last) if due(last) => (Self::Ready(now), Some(Duty::SayAlive)),
            waiting => (waiting, None),
        };
        *self = next;
        duty
    }
}

/// Keeps the watch in a window.
pub struct Vigil {
    ui: slint::Weak<App>,
    felt: Rc<Cell<bool>>,
    watch: Watch,
}

impl Vigil {
    /// A watch over a window; `None` where no manager listens.
    pub fn over(ui: &App) -> Option<Self> {
        std::env::var_os("NOTIFY_SOCKET")?;
        let felt = Rc::new(Cell::new(false));
        let feels = Rc::clone(&felt);
        ui.global::<Shell>()
            .on_corner_touched(move || feels.set(true));
        Some(Self {
            ui: ui.as_weak(),
            felt,
            watch: Watch::default(),
        })
    }

    /// A beat of the main loop.
    pub fn beat(&mut self, now: Duration) {
        match self.watch.beat(now, self.felt.get()) {
            Some(Duty::Touch) => self.touch(),
            Some(Duty::SayReady) => {
                tracing::info!("the screen draws and answers to touch");
                say(&[NotifyState::Ready]);
            }
            Some(Duty::SayAlive) => say(&[NotifyState::Watchdog]),
            None => {}
        }
    }

    fn touch(&self) {
        let Some(ui) = self.ui.upgrade() else { return };
        touch_corner(&ui);
    }
}

/// A finger on the corner, and off again.
pub(super) fn touch_corner(ui: &App) {
    let (position, button) = (CORNER, PointerEventButton::Left);
    for event in [
        WindowEvent::PointerPressed { position, button },
        WindowEvent::PointerReleased { position, button },
        WindowEvent::PointerExited,
    ] {
        if let Err(error) = ui.window().dispatch_event_with_result(event) {
            tracing::warn!(%error, "the screen takes no touch");
        }
    }
}

fn say(words: &[NotifyState]) {
    if let Err(error) = sd_notify::notify(words) {
        tracing::warn!(%error, "the service manager does not listen");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn at(ms: u64) -> Duration {
        Duration::from_millis(ms)
    }

    #[test]
    fn nothing_is_touched_before_something_has_been_drawn() {
        let mut watch = Watch::default();
        assert_eq!(watch.beat(at(100), false), None);
        assert_eq!(watch.beat(at(200), false), Some(Duty::Touch));
    }

    #[test]
    fn a_screen_that_does_not_answer_is_touched_again_and_never_called_ready() {
        let mut watch = Watch::default();
        let duties: Vec<_> = (0..30)
            .filter_map(|beat| watch.beat(at(beat * 100), false))
            .collect();
        assert_eq!(duties, [Duty::Touch; 3]);
    }

    #[test]
    fn a_screen_that_answers_is_ready_once_and_then_alive_each_second() {
        let mut watch = Watch::default();
        let mut duties = Vec::new();
        for beat in 0..35 {
            duties.extend(watch.beat(at(beat * 100), beat > 1));
        }
        let alive = Duty::SayAlive;
        assert_eq!(duties, [Duty::Touch, Duty::SayReady, alive, alive, alive]);
    }
}
