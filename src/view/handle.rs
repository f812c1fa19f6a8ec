use std::cell::RefCell;
use std::rc::Rc;

use crate::playback;
use crate::visit;

use super::stage::Stage;

/// What adapters hold: a way to the stage, for the main thread only.
#[derive(Clone)]
pub struct Handle(Rc<RefCell<Stage>>);

impl Handle {
    pub fn new(stage: Stage) -> Self {
        Self(Rc::new(RefCell::new(stage)))
    }

    /// A visitor does something.
    pub fn visit(&self, action: visit::Action) {
        self.with(|stage| stage.visit(action));
    }

    /// A visitor does something to the video that is open.
    pub fn playback(&self, action: playback::Action) {
        self.with(|stage| {
            stage.visit(visit::Action::Touch);
            stage.playback(action);
        });
    }

    /// Lets `change` at the stage; a call from within another is a fault of the markup and is left out.
    pub fn with(&self, change: impl FnOnce(&mut Stage)) {
        match self.0.try_borrow_mut() {
            Ok(mut stage) => change(&mut stage),
            Err(_) => tracing::error!("an adapter calls back while its state is being set"),
        }
    }

    /// Looks at the stage; `None` from within a change of it.
    pub fn look<T>(&self, look: impl FnOnce(&Stage) -> T) -> Option<T> {
        self.0.try_borrow().ok().map(|stage| look(&stage))
    }
}
