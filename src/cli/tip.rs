//! Errors of the command line, with a tip of use in place of clap's: it would have an
//! option's name written as a value.

use clap::Args;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::cli::select::SelectArgs;

/// Options that select events, see `select.rs`: most commands have them.
const SELECTION: &str = "this command takes no selection; `search`, `stories`, `timeline`, `chain` and `export` do, among others";

/// The same error; that of an option which other commands have says which.
pub(super) fn with_tip(mut error: clap::Error, command: &clap::Command) -> clap::Error {
    let argument = match error.get(ContextKind::InvalidArg) {
        Some(ContextValue::String(argument)) => argument.clone(),
        _ => return error,
    };
    let Some(name) = argument.strip_prefix("--") else { return error };
    if error.kind() != ErrorKind::UnknownArgument {
        return error;
    }
    let takes_it = |command: &&clap::Command| !command.is_hide_set() && has(command, name);
    let commands =
        command.get_subcommands().filter(takes_it).map(|c| format!("`{}`", c.get_name()));
    let commands: Vec<String> = commands.collect();
    let tip = match commands.as_slice() {
        [] => {
            error.remove(ContextKind::Suggested);
            return error;
        }
        _ if has(&SelectArgs::augment_args(clap::Command::new("")), name) => SELECTION.to_owned(),
        [one] => format!("`--{name}` is an option of {one}"),
        [first @ .., last] => {
            format!("`--{name}` is an option of {} and {last}", first.join(", "))
        }
    };
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}

fn has(command: &clap::Command, option: &str) -> bool {
    command.get_arguments().any(|argument| argument.get_long() == Some(option))
}
