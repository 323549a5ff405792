//! `threadline export`: the graph for other tools.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::builder::TypedValueParser;

use crate::answers::{ExportQuestion, GroupBy, export_format};
use crate::cli::Outcome;
use crate::cli::choice::{one_explained, one_of};
use crate::cli::layout::LayoutArgs;
use crate::cli::load::LoadArgs;
use crate::cli::picture::{command_line, last_part, width};
use crate::cli::screen::{counted, note, number, wrote};
use crate::cli::select::SelectArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::export::records::is_article;
use crate::export::{self, Format, TOO_MANY_FOR_DOT, Target};
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;
use crate::picture::Theme;

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
    #[arg(
        long,
        value_name = "WHAT",
        value_parser = one_of(GroupBy::ALL)
    )]
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

    /// svg, png: pixels from side to side; a PNG has two for each of them
    /// [default: 1200]
    #[arg(long, value_name = "PIXELS", value_parser = width())]
    width: Option<u32>,

    /// svg, png: light, dark, or (in SVG) what the reader's system is [default:
    /// light]
    #[arg(long, value_parser = one_of(Theme::ALL))]
    theme: Option<Theme>,

    #[command(flatten)]
    layout: LayoutArgs,

    #[command(flatten)]
    select: SelectArgs,
}

/// The names of all formats, as `--to` takes them.
fn formats() -> impl TypedValueParser<Value = Format> {
    one_explained(Format::ALL.iter().map(|&format| (format, format.about())))
}

impl Args {
    /// What is asked for, as every face asks.
    fn question(&self) -> ExportQuestion {
        ExportQuestion {
            group_by: self.group_by,
            for_spreadsheet: self.for_spreadsheet,
            no_stories: self.no_stories,
            base: self.base.clone(),
            layout: self.layout.kind(),
            width: self.width,
            theme: self.theme,
        }
    }
}

pub(super) fn run(args: &Args) -> Result<Outcome> {
    let output = args.output.as_deref().filter(|path| *path != Path::new("-"));
    let format = export_format(args.to, output)?;
    let question = args.question();
    question.check(format, args.layout.keeps_places())?;
    if format.is_folder() {
        return run_folder(args, &question, format, output);
    }
    if output.is_none() && format.is_binary() && std::io::stdout().is_terminal() {
        let message = format!("{format} is nothing for a terminal: name a file with `-o`");
        return Err(Error::new(ErrorKind::Input, message));
    }
    // Before the work: a folder that may not be written to is known at once.
    let mut target = match output {
        Some(path) => Target::open(path)?,
        None => Target::standard(),
    };
    let graph = args.load.load()?;
    let select = args.select.select(&graph);
    let selection = select.selection(&graph)?;
    if format == Format::Dot {
        warn_if_too_many(&graph, &selection);
    }
    if format.needs_dates() {
        warn_of_undated(&graph, &selection, format);
    }
    if format.needs_sources() {
        note_unsourced(&graph, &selection);
    }
    let from = args.layout.old_places(&args.load)?;
    let found = question.find(&graph, &selection, format, from.as_ref())?;
    let source = last_part(&args.load.graph);
    let command = command_line(args.load.files().chain(output).chain(args.layout.file()));
    let subject = select.title(&graph, format);
    let options = found.options(&subject, &source, &command);
    export::write(&graph, &selection, format, &options, &mut target)?;
    target.finish()?;
    if let Some(path) = output {
        wrote(path, &counted(selection.len(), "event", "events"));
    }
    Ok(Outcome::Done)
}

fn run_folder(
    args: &Args,
    question: &ExportQuestion,
    format: Format,
    output: Option<&Path>,
) -> Result<Outcome> {
    let Some(folder) = output else {
        let message = format!("{format} is a folder of files: name it with `-o FOLDER`");
        return Err(Error::new(ErrorKind::Input, message));
    };
    if folder.is_file() {
        let message =
            format!("this is a file, and {format} is a folder of files; name another with `-o`");
        return Err(Error::new(ErrorKind::Input, message).at(folder));
    }
    let graph = args.load.load()?;
    let selection = args.select.selection(&graph)?;
    let found = question.find(&graph, &selection, format, None)?;
    export::write_folder(&graph, &selection, format, &found.options("", "", ""), folder)?;
    wrote(folder, &counted(selection.len(), "event", "events"));
    Ok(Outcome::Done)
}

/// Says how many events are left out because they have no date.
fn warn_of_undated(graph: &EventGraph, selection: &Selection, format: Format) {
    let undated = selection.events(graph).filter(|&event| graph.date(event).is_none()).count();
    if undated > 0 {
        let events = counted(undated, "event has", "events have");
        note(&format!("{events} no date, and {format} has no place for such: left out"));
    }
}

/// Says how many events are left out because they name no source.
fn note_unsourced(graph: &EventGraph, selection: &Selection) {
    let has_none =
        |&event: &EventId| !graph.sources_of(event).any(|source| is_article(source.kind));
    let without = selection.events(graph).filter(has_none).count();
    if without > 0 {
        let events = counted(without, "event names", "events name");
        note(&format!("{events} no source that could be cited: left out"));
    }
}

fn warn_if_too_many(graph: &EventGraph, selection: &Selection) {
    if selection.len() <= TOO_MANY_FOR_DOT {
        return;
    }
    let links = selection.links(graph).count();
    let text = format!(
        "{} events and {} links are more than GraphViz draws well (about {} events); \
         a selection is smaller: --topic, --from, --until, --around EVENT --hops N",
        number(selection.len()),
        number(links),
        number(TOO_MANY_FOR_DOT),
    );
    note(&text);
}
