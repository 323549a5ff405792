//! `threadline export`: the graph for other tools.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::analysis::{StoryOptions, components, stories};
use crate::answers::usual_clusters;
use crate::cli::Outcome;
use crate::cli::layout::LayoutArgs;
use crate::cli::load::LoadArgs;
use crate::cli::picture::{ThemeArg, command_line, last_part};
use crate::cli::screen::{counted, number, safe};
use crate::cli::select::SelectArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::export::{self, DotGroups, ExportOptions, Format, TOO_MANY_FOR_DOT, Target};
use crate::graph::{EventGraph, Selection};
use crate::picture::PictureOptions;

/// Write the graph, or a selection of it, for other tools
///
/// `--to`, or the ending of the output's name, says in which format;
/// docs/formats.md has a recipe for each.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    load: LoadArgs,

    /// The format; by default what the output's name says
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    to: Option<Format>,

    /// The file to write (for some formats, the folder); `-` or nothing for
    /// standard output
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,

    /// dot: draw a box around the events of a day, a component, a
    /// community or a story
    #[arg(long, value_name = "WHAT")]
    group_by: Option<GroupBy>,

    /// csv: write it such that a spreadsheet opens it as it is and takes no
    /// title for a formula
    #[arg(long)]
    for_spreadsheet: bool,

    /// json, cytoscape, graphology, jgf, gexf, sqlite, neo4j, cypher: leave out
    /// the stories, which take longer to find than the rest to write
    #[arg(long)]
    no_stories: bool,

    /// turtle, ntriples, jsonld: what the names of all resources begin with,
    /// such as `https://archive.example/`; by default `urn:threadline:`
    #[arg(long, value_name = "IRI")]
    base: Option<String>,

    /// svg, png: pixels from side to side
    #[arg(
        long,
        value_name = "PIXELS",
        default_value_t = PictureOptions::default().width,
        value_parser = clap::value_parser!(u32).range(i64::from(PictureOptions::LEAST_WIDTH)..=8000)
    )]
    width: u32,

    /// svg, png: light, dark, or (in SVG) what the reader's system is
    #[arg(long, default_value = "light")]
    theme: ThemeArg,

    #[command(flatten)]
    layout: LayoutArgs,

    #[command(flatten)]
    select: SelectArgs,
}

/// The names of all formats, as `--to` takes them.
fn formats() -> impl TypedValueParser<Value = Format> {
    let names = Format::all().map(|format| PossibleValue::new(format.name()).help(format.about()));
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
    let format = format(args, output)?;
    if args.group_by.is_some() && format != Format::Dot {
        let message = "`--group-by` draws boxes, which only `--to dot` has";
        return Err(Error::new(ErrorKind::Input, message));
    }
    if args.for_spreadsheet && format != Format::Csv {
        let message = "`--for-spreadsheet` is for `--to csv`";
        return Err(Error::new(ErrorKind::Input, message));
    }
    if args.no_stories && !format.has_stories() {
        let message = format!("`--no-stories`: {} has none to leave out", format.name());
        return Err(Error::new(ErrorKind::Input, message));
    }
    if let Some(base) = &args.base {
        check_base(base, format)?;
    }
    args.layout.check(format)?;
    if format.is_folder() {
        return run_folder(args, format, output);
    }
    if output.is_none() && format.is_binary() && std::io::stdout().is_terminal() {
        let message = format!("{} is nothing for a terminal: name a file with `-o`", format.name());
        return Err(Error::new(ErrorKind::Input, message));
    }
    // Before the work: a folder that may not be written to is known at once.
    let mut target = match output {
        Some(path) => Target::open(path)?,
        None => Target::standard(),
    };
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    if format.is_picture() && selection.is_empty() {
        let message = "no event is selected: there is nothing to draw";
        return Err(Error::new(ErrorKind::NotFound, message));
    }
    if format == Format::Dot {
        warn_if_too_many(&graph, &selection);
    }
    if format.needs_dates() {
        warn_of_undated(&graph, &selection, format);
    }
    let places = args.layout.places(&graph, &selection, format, &args.load)?;
    let numbers = group_numbers(args.group_by, &graph, &selection)?;
    let groups = match args.group_by {
        None => DotGroups::None,
        Some(GroupBy::Day) => DotGroups::Day,
        Some(_) => DotGroups::Numbers(&numbers),
    };
    let source = last_part(&args.load.graph);
    let files: Vec<&Path> = output.into_iter().chain([args.load.graph.as_path()]).collect();
    let command = command_line(std::env::args(), &files);
    let picture = PictureOptions {
        width: args.width,
        theme: args.theme.theme(format == Format::Svg),
        source: &source,
        command: &command,
    };
    let options = ExportOptions {
        groups,
        no_stories: args.no_stories,
        base: args.base.as_deref(),
        for_spreadsheet: args.for_spreadsheet,
        places: places.as_ref(),
        picture,
    };
    export::write(&graph, &selection, format, &options, &mut target)?;
    target.finish()?;
    Ok(Outcome::Done)
}

/// Whether RDF can be written under a base, before any work.
fn check_base(base: &str, format: Format) -> Result<()> {
    if !format.is_rdf() {
        let message = format!("`--base {base}` is for RDF, and {} is not", format.name());
        return Err(Error::new(ErrorKind::Input, message));
    }
    #[cfg(feature = "rdf")]
    export::check_base(base)?;
    Ok(())
}

/// The format that is asked for, by name or by the output's name.
fn format(args: &Args, output: Option<&Path>) -> Result<Format> {
    let named = args.to.or_else(|| output.and_then(Format::from_path));
    named.ok_or_else(|| {
        // `-o moon.csv` for what is a folder of such files.
        let ending = output.and_then(Path::extension).and_then(|ending| ending.to_str());
        if let Some(folder) = ending.and_then(Format::from_name).filter(|f| f.is_folder()) {
            let name = folder.name();
            let message = format!("{name} is a folder of files: `--to {name} -o FOLDER`");
            return Error::new(ErrorKind::Input, message);
        }
        let names: Vec<&str> = Format::all().map(Format::name).collect();
        let message = format!(
            "which format? `--to` takes {}, or the output's name ends with it",
            names.join(", ")
        );
        Error::new(ErrorKind::Input, message)
    })
}

fn run_folder(args: &Args, format: Format, output: Option<&Path>) -> Result<Outcome> {
    let name = format.name();
    let Some(folder) = output else {
        let message = format!("{name} is a folder of files: name it with `-o FOLDER`");
        return Err(Error::new(ErrorKind::Input, message));
    };
    if folder.is_file() {
        let message =
            format!("this is a file, and {name} is a folder of files; name another with `-o`");
        return Err(Error::new(ErrorKind::Input, message).at(folder));
    }
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let options = ExportOptions {
        for_spreadsheet: args.for_spreadsheet,
        no_stories: args.no_stories,
        ..ExportOptions::default()
    };
    export::write_folder(&graph, &selection, format, &options, folder)?;
    Ok(Outcome::Done)
}

/// The number of each event's group; empty where none are asked for.
fn group_numbers(
    by: Option<GroupBy>,
    graph: &EventGraph,
    selection: &Selection,
) -> Result<Vec<Option<usize>>> {
    Ok(match by {
        None | Some(GroupBy::Day) => Vec::new(),
        Some(GroupBy::Component) => {
            let parts = components(graph, selection)?;
            graph.events().map(|event| parts.of(event)).collect()
        }
        Some(GroupBy::Community) => {
            let found = usual_clusters(graph, selection)?;
            graph.events().map(|event| found.of(event)).collect()
        }
        Some(GroupBy::Story) => {
            let found = stories(graph, StoryOptions::default())?;
            graph.events().map(|event| found.of(event)).collect()
        }
    })
}

/// Says how many events are left out because they have no date.
fn warn_of_undated(graph: &EventGraph, selection: &Selection, format: Format) {
    let undated = selection.events(graph).filter(|&event| graph.date(event).is_none()).count();
    if undated > 0 {
        let events = counted(undated, "event has", "events have");
        let name = format.name();
        let text =
            format!("threadline: {events} no date, and {name} has no place for such: left out");
        // A warning that cannot be shown is none.
        let _ = writeln!(anstream::stderr(), "{}", safe(&text));
    }
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
