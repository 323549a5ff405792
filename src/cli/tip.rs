//! Errors of the command line, with a tip of use in place of clap's: it would have an
//! option's name written as a value.

use clap::error::{ContextKind, ContextValue, ErrorKind};

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
    let takes_it = |command: &&clap::Command| {
        !command.is_hide_set() && command.get_arguments().any(|arg| arg.get_long() == Some(name))
    };
    let with_it: Vec<String> =
        command.get_subcommands().filter(takes_it).map(|c| format!("`{}`", c.get_name())).collect();
    let tip = match with_it.as_slice() {
        [] => {
            error.remove(ContextKind::Suggested);
            return error;
        }
        [one] => format!("`--{name}` is an option of {one}"),
        [first @ .., last] if first.len() < 5 => {
            format!("`--{name}` is an option of {} and {last}", first.join(", "))
        }
        _ => SELECTION.to_owned(),
    };
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    error
}
