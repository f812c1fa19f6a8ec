use central_protocol::Event;

use super::action::Effect;
use super::player::Player;

/// Has `player` carry out what is for it, in order, and returns what is to be recorded.
pub fn drive(player: &mut dyn Player, effects: Vec<Effect>) -> Vec<Event> {
    effects
        .into_iter()
        .filter_map(|effect| one(player, effect))
        .collect()
}

fn one(player: &mut dyn Player, effect: Effect) -> Option<Event> {
    match effect {
        Effect::Load { session, cue } => player.load(session, &cue),
        Effect::Play => player.play(),
        Effect::Pause => player.pause(),
        Effect::Seek {
            serial,
            ms,
            precision,
        } => player.seek(serial, ms, precision),
        Effect::SetRate(rate) => player.set_rate(rate),
        Effect::Unload => player.stop(),
        Effect::Record(play) => return Some(Event::Play(play)),
        Effect::Unavailable(unavailable) => return Some(Event::Unavailable(unavailable)),
    }
    None
}
