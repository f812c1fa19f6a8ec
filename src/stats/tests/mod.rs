mod delivery;
mod recorder;

use central_protocol::Event;
use central_protocol::event::Unavailable;

fn event(number: usize) -> Event {
    Event::Unavailable(Unavailable {
        video: format!("essai/{number}"),
        reason: "missing".to_owned(),
    })
}
