//! `threadline distances`: how many links lie between the events of many pairs.

use std::borrow::Cow;
use std::fs::File;
use std::io;
use std::io::Write;
use std::path::PathBuf;

use crate::analysis::{DistanceOptions, Untied};
use crate::answers::{DistancesFound, distances_between, find_pairs, in_pair};
use crate::cli::json::write_json;
use crate::cli::lines::event_line;
use crate::cli::load::LoadArgs;
use crate::cli::screen::{COUNT, FAINT, STRONG, counted, number, styled};
use crate::cli::select::SelectArgs;
use crate::cli::sheet::Sheet;
use crate::cli::{Outcome, output_error};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::{TableOfPairs, read_pairs};

/// Count the fewest links between the two events of each pair
///
/// Links are followed in both directions unless --directed is given, and through
/// events of a selection only (--topic, --from, …). Where there are none, the
/// answer says why. Through which events a chain runs is what `chain --by fewest`
/// tells.
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
    let TableOfPairs { pairs, lines } = args.pairs()?;
    let graph = args.load.load()?;
    let events = find_pairs(&graph, &pairs).map_err(|(at, error)| match lines.get(at) {
        Some(line) => error.at(format!("{}:{line}", args.table_name())),
        None => in_pair(at, error),
    })?;
    let options = DistanceOptions { directed: args.directed, max_links: args.max_links };
    let found = distances_between(&graph, &args.select.select(&graph), events, options)?;
    match (args.json, args.csv) {
        (true, _) => write_json(out, &found.record(&graph))?,
        (_, true) => write_csv(out, &graph, &found)?,
        _ => write_table(out, &graph, &found).map_err(output_error)?,
    }
    Ok(Outcome::Done)
}

impl Args {
    fn pairs(&self) -> Result<TableOfPairs> {
        let Some(path) = &self.pairs else {
            let (pairs, rest) = self.events.as_chunks();
            if let [alone] = rest {
                let message = format!("`{alone}` has no event to be paired with");
                return Err(Error::new(ErrorKind::Input, message));
            }
            let pairs = pairs.iter().cloned().map(<(String, String)>::from).collect();
            return Ok(TableOfPairs { pairs, lines: Vec::new() });
        };
        if path.as_os_str() == "-" {
            return read_pairs(io::stdin().lock(), &self.table_name());
        }
        let file = File::open(path).map_err(|cause| Error::io(path, "cannot open it", cause))?;
        read_pairs(file, &self.table_name())
    }

    /// What messages call the table of pairs.
    fn table_name(&self) -> Cow<'_, str> {
        match &self.pairs {
            Some(path) if path.as_os_str() != "-" => path.to_string_lossy(),
            _ => "standard input".into(),
        }
    }
}

fn write_csv(out: &mut dyn Write, graph: &EventGraph, found: &DistancesFound) -> Result<()> {
    let mut sheet = Sheet::new(out);
    sheet.row(["from_event", "to_event", "links", "reason"])?;
    for (from, to, links) in found.rows() {
        let reason = links.err().map_or("", Untied::name);
        let links = links.map_or_else(|_| String::new(), |links| links.to_string());
        sheet.row([graph.key(from), graph.key(to), &links, reason])?;
    }
    sheet.finish()
}

fn write_table(out: &mut dyn Write, graph: &EventGraph, found: &DistancesFound) -> io::Result<()> {
    const INDENT: usize = 7;
    if found.pairs.is_empty() {
        return writeln!(out, "no pairs");
    }
    writeln!(out, "{}", styled(STRONG, "links  from, to"))?;
    for (from, to, links) in found.rows() {
        let shown = links.map_or_else(|_| "none".to_owned(), |links| number(links as usize));
        let shown = styled(COUNT, format_args!("{shown:>5}"));
        writeln!(out, "{shown}  {}", event_line(graph, from, INDENT))?;
        writeln!(out, "{:INDENT$}{}", "", event_line(graph, to, INDENT))?;
        if let Err(why) = links {
            writeln!(out, "{:INDENT$}{}", "", styled(FAINT, reason(why)))?;
        }
    }
    let tied = found.links.iter().flatten().count();
    if found.pairs.len() > 1 {
        let pairs = counted(found.pairs.len(), "pair", "pairs");
        writeln!(out, "\n{} of {pairs} tied by links", number(tied))?;
    }
    Ok(())
}

fn reason(why: Untied) -> &'static str {
    match why {
        Untied::Unlinked => "no links lead from one to the other",
        Untied::NotSelected => "not both are among the selected events",
        Untied::Selection => "tied only through events that are not selected",
        Untied::Directed => "tied only if links are followed backwards too (without --directed)",
        Untied::MaxLinks => "tied by more links than --max-links",
    }
}
