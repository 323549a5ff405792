//! `threadline build`: read, resolve, write, and say what was found.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::analysis::summarise;
use crate::answers::{InfoAnswer, check_graph_file};
use crate::cli::json::write_json;
use crate::cli::load::{DialectArgs, load};
use crate::cli::report;
use crate::cli::screen::{STRONG, counted, number, safe, styled};
use crate::cli::{Outcome, output_error};
use crate::error::{Error, Result};
use crate::graph::{About, Selection};
use crate::pipeline::Opened;
use crate::store;

/// Read an archive and write its graph into one file
///
/// The archive may be a folder of pages, a .tar or .tar.gz of one, or a folder
/// of CSV tables (events.csv and links.csv). What is wrong with it never stops
/// the build; `threadline check` lists it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A folder, .tar or .tar.gz of pages, or a graph of another tool
    /// (.graphml, .gexf, node-link .json, a folder of CSV tables)
    archive: PathBuf,

    /// The graph file to write; by default the archive's name in this folder
    #[arg(short, long, value_name = "NAME.threadline")]
    output: Option<PathBuf>,

    /// Answer for programs
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    dialect: DialectArgs,
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    let output = match &args.output {
        Some(output) => output.clone(),
        None => default_output(args)?,
    };
    check_graph_file(&output)?;
    let start = std::time::Instant::now();
    let Opened { graph, read } = load(&args.archive, &args.dialect)?;
    // The report is put together while the file is being written.
    let (written, report) = rayon::join(
        || store::write(&graph, &output),
        || -> Result<_> {
            let summary = summarise(&graph, &Selection::all(&graph))?;
            let mut report = Vec::new();
            if args.json {
                write_json(&mut report, &InfoAnswer::new(&graph, &summary))?;
            } else {
                report::write(&mut report, &graph, &summary)
                    .and_then(|()| report::write_hints(&mut report, &graph, &summary, &output))
                    .map_err(output_error)?;
            }
            Ok(report)
        },
    );
    written?;
    let report = report?;
    let seconds = start.elapsed().as_secs_f64();
    let mut show = || {
        if !args.json {
            let size = std::fs::metadata(&output).map_or(0, |metadata| metadata.len());
            let about = read.as_ref().filter(|read| read.files > 0).map(|_| graph.about());
            write_head(out, &output, size, about, seconds)?;
        }
        out.write_all(&report)
    };
    show().map_err(output_error)?;
    // The process ends: its memory need not be given back piece by piece.
    std::mem::forget(graph);
    Ok(Outcome::Done)
}

/// What was written, and what it was made from; nothing is known of that if it was tables.
fn write_head(
    out: &mut dyn Write,
    output: &Path,
    size: u64,
    about: Option<&About>,
    seconds: f64,
) -> io::Result<()> {
    let pages = about.map(|about| (about.event_pages as usize, about.day_pages as usize));
    let read = match pages {
        None => "read its tables".to_owned(),
        Some((events, 0)) => format!("read {}", counted(events, "event page", "event pages")),
        Some((events, days)) => {
            format!("read {} event and {}", number(events), counted(days, "day page", "day pages"))
        }
    };
    let name = safe(&output.to_string_lossy()).into_owned();
    let size = size as f64 / 1e6;
    writeln!(out, "{}  {size:.1} MB, {read} in {seconds:.2} s\n", styled(STRONG, name))
}

fn default_output(args: &Args) -> Result<PathBuf> {
    let full = std::fs::canonicalize(&args.archive)
        .map_err(|cause| Error::io(&args.archive, "cannot open the archive", cause))?;
    let name = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let stem = [".tar.gz", ".tgz", ".tar"].iter().find_map(|end| name.strip_suffix(end));
    Ok(PathBuf::from(format!("{}.threadline", stem.unwrap_or(&name))))
}
