//! The code of Maintenance, chosen at the first start, through the real screens.

use super::machines::Recorded;
use super::setup::{must_say, says, settled, touch, types, unsettled};
use super::*;
use crate::host::{Answer, Request};
use crate::pin::{self, SALT_BYTES};
use crate::visit::{Action, Area};

/// At the code of a borne whose machine brings none.
fn at_code(gallery: &Gallery) {
    touch(gallery, "Français");
    touch(gallery, "Continuer");
    types(gallery, "cefo-mons-1");
    touch(gallery, "Continuer");
    must_say(gallery, "Un code pour la maintenance");
}

#[test]
fn a_code_is_chosen_with_the_digits_on_the_screen_and_opens_maintenance() {
    let machine = Recorded::new([Answer::Done]);
    machine.change(|state| state.code = false);
    let (_folder, gallery) = unsettled(&machine);
    at_code(&gallery);
    for digit in ["2", "5", "8", "0"] {
        touch(&gallery, digit);
    }
    touch(&gallery, "Continuer");
    must_say(&gallery, "Code choisi");
    assert!(!says(&gallery, "2580"));
    touch(&gallery, "Mettre en service");
    must_say(&gallery, "La borne est en service");
    let asked = machine.asked();
    let [Request::Settle(site)] = asked.as_slice() else {
        panic!("{asked:?}");
    };
    let hash = pin::hash(&site.code.as_ref().unwrap().0, &[3; SALT_BYTES]).unwrap();
    drop(gallery);
    let (_folder, gallery) = settled(&Recorded::new([]), |settings| {
        settings.access.maintenance_pin_hash = Some(hash);
    });
    gallery.act(Action::Wake);
    gallery.act(Action::OpenCode(Area::Maintenance));
    "2580"
        .chars()
        .for_each(|digit| gallery.act(Action::Digit(digit)));
    touch(&gallery, "Valider");
    assert_eq!(gallery.screen_name(), "maintenance");
}

#[test]
fn a_code_that_everybody_tries_first_is_told_and_another_one_asked_for() {
    let machine = Recorded::new([Answer::Done]);
    machine.change(|state| state.code = false);
    let (_folder, gallery) = unsettled(&machine);
    at_code(&gallery);
    types(&gallery, "1234");
    touch(&gallery, "Continuer");
    must_say(&gallery, "Choisissez un autre code");
    assert_eq!(machine.asked(), []);
}
