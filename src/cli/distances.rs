//! `threadline distances`: how many links lie between the events of many pairs.

use std::fs::File;
use std::io;
use std::io::Write;
use std::path::PathBuf;

use crate::answers::{DistancesFound, DistancesQuestion, distances};
use crate::cli::json::write_json;
use crate::cli::lines::event_line;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, STRONG, counted, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::sheet::Sheet;
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::read_pairs;

/// Count the fewest links between the two events of each pair
///
/// Links are followed in both directions unless --directed is given, and through
/// events of a selection only (--topic, --from, …). Through which events a chain
/// runs is what `chain --by fewest` tells.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The pairs: from which event to which, and so on
    #[arg(value_name = "FROM TO", required_unless_present = "pairs")]
    events: Vec<String>,

    /// A CSV table of pairs, with the columns `from` and `to`; - for standard
    /// input
    #[arg(long, value_name = "FILE", conflicts_with = "events")]
    pairs: Option<PathBuf>,

    /// Follow links only from the page that lists them
    #[arg(long)]
    directed: bool,

    /// The most links to look for
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    max_links: Option<u32>,

    #[command(flatten)]
    select: SelectArgs,

    /// Answer for a spreadsheet: a line for each pair
    #[arg(long, conflicts_with = "json")]
    csv: bool,

    /// Answer for programs
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let asked = args.question()?;
    let graph = args.load.load()?;
    let found = distances(&graph, &args.select.select(&graph), &asked)?;
    match (args.json, args.csv) {
        (true, _) => write_json(out, &found.record(&graph))?,
        (_, true) => write_csv(out, &graph, &found)?,
        _ => write_table(out, &graph, &found).map_err(output_error)?,
    }
    Ok(Outcome::Done)
}

impl Args {
    fn question(&self) -> Result<DistancesQuestion> {
        Ok(DistancesQuestion {
            pairs: self.pairs()?,
            directed: self.directed,
            max_links: self.max_links,
        })
    }

    fn pairs(&self) -> Result<Vec<(String, String)>> {
        let Some(path) = &self.pairs else {
            let (pairs, rest) = self.events.as_chunks();
            if let [alone] = rest {
                let message = format!("`{alone}` has no event to be paired with");
                return Err(Error::new(ErrorKind::Input, message));
            }
            return Ok(pairs.iter().cloned().map(<(String, String)>::from).collect());
        };
        if path.as_os_str() == "-" {
            return read_pairs(io::stdin().lock());
        }
        let file = File::open(path).map_err(|cause| Error::io(path, "cannot open it", cause))?;
        read_pairs(file).map_err(|error| error.at(path))
    }
}

fn write_csv(out: &mut dyn Write, graph: &EventGraph, found: &DistancesFound) -> Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(["from_event", "to_event", "links"])?;
    for (from, to, links) in found.rows() {
        let links = links.map(|links| links.to_string()).unwrap_or_default();
        sheet.row([graph.key(from), graph.key(to), &links])?;
    }
    sheet.finish()
}

fn write_table(out: &mut dyn Write, graph: &EventGraph, found: &DistancesFound) -> io::Result<()> {
    const INDENT: usize = 7;
    writeln!(out, "{}", styled(STRONG, "links  from, to"))?;
    for (from, to, links) in found.rows() {
        let links = links.map_or_else(|| "none".to_owned(), |links| number(links as usize));
        let links = styled(COUNT, format_args!("{links:>5}"));
        writeln!(out, "{links}  {}", event_line(graph, from, INDENT))?;
        writeln!(out, "{:INDENT$}{}", "", event_line(graph, to, INDENT))?;
    }
    let tied = found.links.iter().flatten().count();
    if found.pairs.len() > 1 {
        let pairs = counted(found.pairs.len(), "pair", "pairs");
        writeln!(out, "\n{} of {pairs} tied by links", number(tied))?;
    }
    Ok(())
}
