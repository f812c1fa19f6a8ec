use crate::catalogue::{Adviser, Classification, Hours, Phone, Weekday};
use crate::check::classification;

use super::{fields, network};

fn whole() -> Classification {
    Classification {
        adviser: Some(Adviser {
            name: "Miti".into(),
            url: "https://miti.be".into(),
            address: "miti.be".into(),
            reply_days: 2,
            hours: vec![Hours {
                days: vec![Weekday::Monday, Weekday::Friday],
                from: "09:00".parse().unwrap(),
                to: "12:00".parse().unwrap(),
            }],
            closed: vec!["2026-12-25".parse().unwrap()],
        }),
        phone: Some(Phone {
            url: "https://videobox.example/{code}?t={seconds}".into(),
            address: "videobox.example/{code}".into(),
        }),
        ..network()
    }
}

#[test]
fn a_classification_names_the_class_that_breaks_a_rule() {
    assert_eq!(classification(&network()), []);
    let mut pale = network();
    pale.univers[0].colour = "#FFB84D".into();
    pale.rubriques[0].colour = "rouge".into();
    let found = classification(&pale);
    assert_eq!(fields(&found), ["colour", "colour"]);
    assert_eq!(found[0].entry.as_deref(), Some("univers « construire »"));
    let mut double = network();
    double.univers.push(double.univers[0].clone());
    assert_eq!(fields(&classification(&double)), ["id"]);
    assert_eq!(
        fields(&classification(&Classification {
            format: 1,
            ..Classification::default()
        })),
        ["univers", "rubriques"]
    );
}

#[test]
fn an_adviser_and_a_phone_in_order_have_no_problem() {
    assert_eq!(classification(&whole()), []);
}

#[test]
fn each_rule_of_the_adviser_and_the_phone_names_its_field() {
    type Spoil = fn(&mut Adviser, &mut Phone);
    let cases: Vec<(Spoil, &str)> = vec![
        (|adviser, _| adviser.name = String::new(), "adviser.name"),
        (
            |adviser, _| adviser.url = "http://miti.be".into(),
            "adviser.url",
        ),
        (|adviser, _| adviser.url = "miti.be".into(), "adviser.url"),
        (
            |adviser, _| adviser.address = String::new(),
            "adviser.address",
        ),
        (|adviser, _| adviser.reply_days = 90, "adviser.reply_days"),
        (
            |adviser, _| adviser.closed = vec![adviser.closed[0]; 101],
            "adviser.closed",
        ),
        (
            |adviser, _| adviser.hours = vec![adviser.hours[0].clone(); 15],
            "adviser.hours",
        ),
        (
            |adviser, _| adviser.hours[0].to = adviser.hours[0].from,
            "to",
        ),
        (|adviser, _| adviser.hours[0].days.clear(), "days"),
        (
            |adviser, _| adviser.hours[0].days = vec![Weekday::Monday; 2],
            "days",
        ),
        (
            |_, phone| phone.url = "https://videobox.example/{code}".into(),
            "phone.url",
        ),
        (
            |_, phone| phone.url = "http://videobox.example/{code}?t={seconds}".into(),
            "phone.url",
        ),
        (
            |_, phone| phone.address = "videobox.example".into(),
            "phone.address",
        ),
    ];
    for (index, (spoil, field)) in cases.into_iter().enumerate() {
        let mut spoilt = whole();
        let (adviser, phone) = (&mut spoilt.adviser, &mut spoilt.phone);
        spoil(adviser.as_mut().unwrap(), phone.as_mut().unwrap());
        assert_eq!(fields(&classification(&spoilt)), [field], "case {index}");
    }
}

#[test]
fn likes_and_audiences_keep_the_rules_of_classes() {
    let mut spoilt = network();
    spoilt.likes[0].colour = "#FFB84D".into();
    spoilt.audiences.push(spoilt.audiences[0].clone());
    spoilt.audiences[0].name = String::new();
    let found = classification(&spoilt);
    assert_eq!(fields(&found), ["colour", "id", "name"]);
    assert_eq!(found[0].entry.as_deref(), Some("goût « creer »"));
    assert_eq!(found[1].entry.as_deref(), Some("public « parents »"));
}
