//! `threadline info`: what is in a graph; `--verify`: whether the file is whole.

use std::io::Write;

use serde::Serialize;

use crate::answers;
use crate::answers::InfoAnswer;
use crate::cli::json::write_json;
use crate::cli::load::LoadArgs;
use crate::cli::report;
use crate::cli::screen::{STRONG, safe, styled};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::store::{self, Check};

/// Show what is in a graph: how much, from when to when, what hangs together
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    #[command(flatten)]
    select: SelectArgs,

    /// Compare every table of a graph file with its checksum; exit with 2 if
    /// one is damaged
    #[arg(long)]
    verify: bool,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct VerifyRecord {
    part: String,
    damaged: bool,
    fault: Option<String>,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    if args.verify {
        return verify(args, out);
    }
    let graph = args.load.load()?;
    let summary = answers::info(&graph, &args.select.select(&graph))?;
    if args.json {
        write_json(out, &InfoAnswer::new(&graph, &summary))?;
    } else {
        report::write(out, &graph, &summary).map_err(output_error)?;
    }
    Ok(Outcome::Done)
}

fn verify(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let path = &args.load.graph;
    if path.is_dir() {
        let message = "only a built graph file can be verified; an archive is checked by `check`";
        return Err(Error::new(ErrorKind::Input, message).at(path));
    }
    let checks = store::verify(path)?;
    let damaged: Vec<String> =
        checks.iter().filter(|check| check.fault.is_some()).map(|c| c.part.clone()).collect();
    if args.json {
        let record = |Check { part, fault }| VerifyRecord { part, damaged: fault.is_some(), fault };
        write_json(out, &checks.into_iter().map(record).collect::<Vec<_>>())?;
    } else {
        write_checks(out, &checks).map_err(output_error)?;
    }
    if damaged.is_empty() {
        return Ok(Outcome::Done);
    }
    out.flush().map_err(output_error)?;
    let message = format!("damaged: {}; build the graph again", damaged.join(", "));
    Err(Error::new(ErrorKind::Damaged, message).at(path))
}

fn write_checks(out: &mut dyn Write, checks: &[Check]) -> std::io::Result<()> {
    for Check { part, fault } in checks {
        let part = safe(part);
        match fault {
            None => writeln!(out, "{part:28}  whole")?,
            Some(fault) => {
                writeln!(out, "{part:28}  {}: {}", styled(STRONG, "damaged"), safe(fault))?
            }
        }
    }
    Ok(())
}
