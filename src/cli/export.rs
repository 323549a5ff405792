//! `threadline export`: the graph for other tools.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::analysis::{StoryOptions, components, stories};
use crate::cli::load::LoadArgs;
use crate::cli::screen::{number, safe};
use crate::cli::select::SelectArgs;
use crate::cli::{Outcome, clusters};
use crate::error::{Error, ErrorKind, Result};
use crate::export::{self, DotGroups, DotOptions, Format, TOO_MANY_FOR_DOT, Target};
use crate::graph::{EventGraph, Selection};

/// Write the graph, or a selection of it, for other tools
///
/// json: node-link JSON, as NetworkX reads it. dot: GraphViz. gexf: Gephi, with
/// time and stories. graphml: yEd, Cytoscape, igraph. csv: a folder with one
/// file a table, which `threadline build` reads again.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The format; by default what the output's name says
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: Option<Format>,

    /// The file to write (for csv, the folder); `-` or nothing for standard
    /// output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// dot: draw a box around the events of a day, a component, a
    /// community or a story
    #[arg(long, value_name = "WHAT")]
    group_by: Option<GroupBy>,

    #[command(flatten)]
    select: SelectArgs,
}

/// The names of all formats, as `--to` takes them.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::ALL.iter().map(|format| format.name());
    PossibleValuesParser::new(names).try_map(|name| Format::from_name(&name).ok_or("no format"))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum GroupBy {
    Day,
    Component,
    Community,
    Story,
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = match args.to {
        Some(format) => format,
        None => output.and_then(Format::from_path).ok_or_else(|| {
            let names: Vec<&str> = Format::ALL.iter().map(|format| format.name()).collect();
            let message = format!(
                "which format? `--to` takes {}, or the output's name ends with it",
                names.join(", ")
            );
            Error::new(ErrorKind::Input, message)
        })?,
    };
    if args.group_by.is_some() && format != Format::Dot {
        let message = "`--group-by` draws boxes, which only `--to dot` has";
        return Err(Error::new(ErrorKind::Input, message));
    }
    if format.is_folder() {
        let Some(folder) = output else {
            let message = "csv is a folder of files: name it with `-o FOLDER`";
            return Err(Error::new(ErrorKind::Input, message));
        };
        if folder.is_file() {
            let message = "this is a file, and csv is a folder of files; name another with `-o`";
            return Err(Error::new(ErrorKind::Input, message).at(folder));
        }
        let graph = args.load.load()?;
        let selection = args.select.selection(&graph)?;
        export::write_csv(&graph, &selection, folder)?;
        return Ok(Outcome::Done);
    }
    // Before the work: a folder that may not be written to is known at once.
    let mut target = match output {
        Some(path) => Target::open(path)?,
        None => Target::standard(),
    };
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    match format {
        Format::Dot => write_dot(args, &graph, &selection, &mut target)?,
        Format::Gexf => export::write_gexf(&graph, &selection, &mut target)?,
        Format::GraphMl => export::write_graphml(&graph, &selection, &mut target)?,
        _ => export::write_json(&graph, &selection, &mut target)?,
    }
    target.finish()?;
    Ok(Outcome::Done)
}

fn write_dot(
    args: &Args,
    graph: &EventGraph,
    selection: &Selection,
    out: &mut dyn Write,
) -> Result<()> {
    warn_if_too_many(graph, selection);
    let numbers: Vec<Option<usize>>;
    let groups = match args.group_by {
        None => DotGroups::None,
        Some(GroupBy::Day) => DotGroups::Day,
        Some(GroupBy::Component) => {
            let parts = components(graph, selection)?;
            numbers = graph.events().map(|event| parts.of(event)).collect();
            DotGroups::Numbers(&numbers)
        }
        Some(GroupBy::Community) => {
            let found = clusters::usual(graph, selection)?;
            numbers = graph.events().map(|event| found.of(event)).collect();
            DotGroups::Numbers(&numbers)
        }
        Some(GroupBy::Story) => {
            let found = stories(graph, StoryOptions::default())?;
            numbers = graph.events().map(|event| found.of(event)).collect();
            DotGroups::Numbers(&numbers)
        }
    };
    export::write_dot(graph, selection, DotOptions { groups }, out)
}

fn warn_if_too_many(graph: &EventGraph, selection: &Selection) {
    if selection.len() <= TOO_MANY_FOR_DOT {
        return;
    }
    let inside = |link| {
        graph
            .link(link)
            .is_some_and(|link| selection.contains(link.source) && selection.contains(link.target))
    };
    let links = graph.links().filter(|&link| inside(link)).count();
    let text = format!(
        "threadline: {} events and {} links are more than GraphViz draws well (about {} events); \
         a selection is smaller: --topic, --from, --until, --around EVENT --hops N",
        number(selection.len()),
        number(links),
        number(TOO_MANY_FOR_DOT),
    );
    // A warning that cannot be shown is none.
    let _ = writeln!(anstream::stderr(), "{}", safe(&text));
}
