//! What clap adds to a help in English, said in French.

use clap::{Arg, Command};

/// The same command with its list of commands, and the default and possible values of its arguments,
/// told in French.
#[must_use]
pub fn french(command: Command) -> Command {
    let command = command.subcommand_help_heading("Commandes").mut_args(told);
    let names: Vec<_> = command
        .get_subcommands()
        .map(|child| child.get_name().to_owned())
        .collect();
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, french)
    })
}

fn told(argument: Arg) -> Arg {
    let added: String = [possible(&argument), default(&argument)]
        .into_iter()
        .flatten()
        .collect();
    if added.is_empty() {
        return argument;
    }
    let help = argument.get_long_help().or_else(|| argument.get_help());
    let help = format!("{}{added}", help.cloned().unwrap_or_default());
    argument
        .help(help)
        .long_help(None::<&str>)
        .hide_possible_values(true)
        .hide_default_value(true)
}

fn possible(argument: &Arg) -> Option<String> {
    if !argument.get_action().takes_values() || argument.is_hide_possible_values_set() {
        return None;
    }
    let values: Vec<_> = argument
        .get_possible_values()
        .iter()
        .filter(|value| !value.is_hide_set())
        .map(|value| match value.get_help() {
            Some(help) => format!("{} ({help})", value.get_name()),
            None => value.get_name().to_owned(),
        })
        .collect();
    (!values.is_empty()).then(|| format!(" [valeurs : {}]", values.join(", ")))
}

fn default(argument: &Arg) -> Option<String> {
    let values = argument.get_default_values();
    if !argument.get_action().takes_values()
        || values.is_empty()
        || argument.is_hide_default_value_set()
    {
        return None;
    }
    let values: Vec<_> = values.iter().map(|value| value.to_string_lossy()).collect();
    Some(format!(" [par défaut : {}]", values.join(", ")))
}
