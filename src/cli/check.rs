//! `threadline check`: the problems of an archive, for its editors.

use std::io::Write;

use crate::answers::{CheckQuestion, ProblemRecord, check, check_events};
use crate::cli::json::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{counted, safe};
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::model::Severity;

/// List the problems of an archive, one a line, for its editors
///
/// Each line is `page:line: severity[code]: message`; docs/problems.md explains
/// every code and how to mend it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// Exit with 1 if there is an error or a warning
    #[arg(long)]
    strict: bool,

    /// Only problems of this code (several times: of these)
    #[arg(long, value_name = "CODE")]
    code: Vec<String>,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let asked = CheckQuestion { code: args.code.clone() };
    // Before the work: a wrong code is known at once.
    asked.check()?;
    let graph = args.load.load()?;
    let answer = check(&graph, &asked)?;
    let records = &answer.problems;
    if records.is_empty() {
        // Nothing was found wrong because there was nothing.
        check_events(&graph, &args.load.graph)?;
    }
    let grave = records.iter().filter(|p| p.severity != Severity::Note.as_str()).count();
    if args.json {
        write_json(out, &answer)?;
    } else {
        write_lines(out, records).map_err(output_error)?;
    }
    Ok(if args.strict && grave > 0 { Outcome::Problems } else { Outcome::Done })
}

fn write_lines(out: &mut dyn Write, records: &[ProblemRecord<'_>]) -> std::io::Result<()> {
    for ProblemRecord { code, severity, page, line, message } in records {
        let (page, message) = (safe(page), safe(message));
        match (page.is_empty(), line) {
            (true, _) => writeln!(out, "{severity}[{code}]: {message}")?,
            (false, 0) => writeln!(out, "{page}: {severity}[{code}]: {message}")?,
            (false, _) => writeln!(out, "{page}:{line}: {severity}[{code}]: {message}")?,
        }
    }
    out.flush()?;
    // The count is no problem of the archive, so it does not go where they go.
    let of = |severity: Severity| {
        records.iter().filter(|problem| problem.severity == severity.as_str()).count()
    };
    writeln!(
        anstream::stderr(),
        "{}, {}, {}",
        counted(of(Severity::Error), "error", "errors"),
        counted(of(Severity::Warning), "warning", "warnings"),
        counted(of(Severity::Note), "note", "notes"),
    )
}
