//! `threadline check`: the problems of an archive, for its editors.

use std::cmp::Reverse;
use std::io::Write;

use crate::answers::{CheckQuestion, check};
use crate::cli::json::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{counted, number, safe};
use crate::cli::{Outcome, output_error};
use crate::error::Result;
use crate::graph::{EventGraph, ProblemRow};
use crate::model::Severity;
use crate::pipeline::check_events;

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
    let graph = args.load.load_as_it_is()?;
    let answer = check(&graph, &asked)?;
    let records = &answer.problems;
    if records.is_empty() {
        // Nothing was found wrong because there was nothing.
        check_events(&graph, &args.load.graph)?;
    }
    let grave = records.iter().filter(|p| p.severity != Severity::Note.name()).count();
    if args.json {
        write_json(out, &answer)?;
    } else {
        write_lines(out, records).map_err(output_error)?;
        if args.code.is_empty() && records.len() > FEW {
            let counts = by_code(&graph);
            writeln!(anstream::stderr(), "{counts}; --code shows those of one")
                .map_err(output_error)?;
        }
    }
    Ok(if args.strict && grave > 0 { Outcome::Problems } else { Outcome::Done })
}

fn write_lines(out: &mut dyn Write, records: &[ProblemRow<'_>]) -> std::io::Result<()> {
    for &problem in records {
        let (page, message) = (safe(problem.page), safe(problem.message));
        writeln!(out, "{}", ProblemRow { page: &page, message: &message, ..problem })?;
    }
    out.flush()?;
    // The count is no problem of the archive, so it does not go where they go.
    let counts = Severity::ALL.iter().map(|severity| {
        let count = records.iter().filter(|problem| problem.severity == severity.name()).count();
        counted(count, severity.name(), &format!("{severity}s"))
    });
    writeln!(anstream::stderr(), "{}", counts.collect::<Vec<_>>().join(", "))
}

/// More problems than this are no longer looked through as they stand.
const FEW: usize = 100;

/// `missing-target 11,316, double-link 25`: the most frequent first.
fn by_code(graph: &EventGraph) -> String {
    let mut counts: Vec<_> = graph.problem_counts().into_iter().collect();
    counts.sort_by_key(|&(_, count)| Reverse(count));
    let told = counts.iter().map(|((_, code), count)| format!("{} {}", safe(code), number(*count)));
    told.collect::<Vec<_>>().join(", ")
}
