//! Fields of a TOML table, read one by one so that all problems are found at once.

use std::cell::RefCell;

use jiff::civil::{Date, DateTime};
use toml_edit::{Datetime, Item, TableLike, Value};

use crate::check::Report;

/// A table being read. Fields nobody asked for are reported in the end.
pub(super) struct Fields<'a> {
    table: &'a dyn TableLike,
    /// Put before field names in messages: `partner.`
    prefix: &'a str,
    asked: RefCell<Vec<&'static str>>,
}

impl<'a> Fields<'a> {
    pub(super) fn new(table: &'a dyn TableLike, prefix: &'a str) -> Self {
        Self {
            table,
            prefix,
            asked: RefCell::default(),
        }
    }

    /// A value; a table in its place is a problem.
    pub(super) fn get(&self, report: &mut Report, name: &'static str) -> Option<&'a Value> {
        self.asked.borrow_mut().push(name);
        let item = self.table.get(name)?;
        if !item.is_value() {
            let remedy = format!("écrivez-le sur une ligne : {name} = …");
            self.wrong(report, name, "ce n'est pas une valeur", &remedy);
        }
        item.as_value()
    }

    fn wrong(&self, report: &mut Report, name: &str, problem: &str, remedy: &str) {
        report.add(format!("{}{name}", self.prefix), problem, remedy);
    }

    pub(super) fn string(&self, report: &mut Report, name: &'static str) -> Option<String> {
        let value = self.get(report, name)?;
        if value.as_str().is_none() {
            let remedy = format!("écrivez-le entre guillemets : {name} = \"…\"");
            self.wrong(report, name, "ce n'est pas un texte", &remedy);
        }
        value.as_str().map(str::to_owned)
    }

    /// A text that must be there; `example` shows how to write it.
    pub(super) fn required(
        &self,
        report: &mut Report,
        name: &'static str,
        example: &str,
    ) -> Option<String> {
        let found = self.string(report, name);
        if !self.table.contains_key(name) {
            let remedy = format!("ajoutez une ligne comme : {name} = \"{example}\"");
            self.wrong(report, name, "il manque", &remedy);
        }
        found
    }

    /// A list of texts; one alone is a list of one.
    pub(super) fn strings(&self, report: &mut Report, name: &'static str) -> Vec<String> {
        match self.get(report, name) {
            None => Vec::new(),
            Some(Value::String(text)) => vec![text.value().clone()],
            Some(Value::Array(items)) if items.iter().all(Value::is_str) => {
                let texts = items.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }
            Some(_) => {
                let remedy = format!("écrivez : {name} = [\"…\", \"…\"]");
                self.wrong(report, name, "ce n'est pas une liste de textes", &remedy);
                Vec::new()
            }
        }
    }

    pub(super) fn flag(&self, report: &mut Report, name: &'static str) -> bool {
        let value = self.get(report, name);
        if value.is_some_and(|value| !value.is_bool()) {
            let remedy = format!("écrivez {name} = true pour oui, {name} = false pour non");
            self.wrong(report, name, "ce n'est ni oui ni non", &remedy);
        }
        value.and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn number(&self, report: &mut Report, name: &'static str) -> u16 {
        let Some(value) = self.get(report, name) else {
            return 0;
        };
        let number = value.as_integer().and_then(|number| number.try_into().ok());
        if number.is_none() {
            let remedy = format!("écrivez un nombre de 0 à 65535 : {name} = 10");
            self.wrong(report, name, "ce n'est pas un nombre admis", &remedy);
        }
        number.unwrap_or_default()
    }

    /// A day, with or without quotes.
    pub(super) fn date(&self, report: &mut Report, name: &'static str) -> Option<Date> {
        let value = self.get(report, name)?;
        let text = match value {
            Value::Datetime(date) => date.value().to_string(),
            other => other.as_str().unwrap_or_default().to_owned(),
        };
        let date = text.parse().ok();
        if date.is_none() {
            let remedy = format!("écrivez l'année, le mois et le jour : {name} = 2026-03-12");
            self.wrong(report, name, "ce n'est pas une date", &remedy);
        }
        date
    }

    /// A moment, with or without quotes: a day, an hour and minutes, no time zone.
    pub(super) fn moment(&self, report: &mut Report, name: &'static str) -> Option<DateTime> {
        let written: Option<Datetime> = match self.get(report, name)? {
            Value::Datetime(written) => Some(*written.value()),
            other => other.as_str().and_then(|text| text.trim().parse().ok()),
        };
        let moment = written
            .filter(|it| it.date.is_some() && it.time.is_some() && it.offset.is_none())
            .and_then(|it| it.to_string().parse().ok());
        if moment.is_none() {
            let remedy = format!("écrivez le jour puis l'heure : {name} = 2026-03-12T14:00");
            self.wrong(report, name, "ce n'est pas un jour et une heure", &remedy);
        }
        moment
    }

    /// Tables of a list: `[[playlist.item]]`, or `item = [{ … }]`.
    pub(super) fn tables(&self, report: &mut Report, name: &'static str) -> Vec<&'a dyn TableLike> {
        self.asked.borrow_mut().push(name);
        match self.table.get(name) {
            None => Vec::new(),
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter().map(|table| table as &dyn TableLike).collect()
            }
            Some(Item::Value(Value::Array(items))) if items.iter().all(Value::is_inline_table) => {
                let tables = items.iter().filter_map(Value::as_inline_table);
                tables.map(|table| table as &dyn TableLike).collect()
            }
            Some(_) => {
                let remedy = format!("commencez chacun par une ligne [[playlist.{name}]]");
                self.wrong(report, name, "ce n'est pas une liste", &remedy);
                Vec::new()
            }
        }
    }

    /// Reports fields that nobody asked for: most are slips of the pen.
    pub(super) fn finish(self, report: &mut Report) {
        let asked = self.asked.into_inner();
        for (name, _) in self.table.iter().filter(|(name, _)| !asked.contains(name)) {
            report.add(
                format!("{}{name}", self.prefix),
                "ce champ n'existe pas",
                format!(
                    "corrigez son nom ou retirez-le ; les champs admis sont {}",
                    asked.join(", ")
                ),
            );
        }
    }
}
