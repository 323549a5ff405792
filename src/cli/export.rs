//! `threadline export`: the graph for other tools.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::builder::TypedValueParser;

use crate::answers::{ExportQuestion, GroupBy, export_format, export_remarks};
use crate::cli::Outcome;
use crate::cli::choice::{one_explained, one_of};
use crate::cli::layout::LayoutArgs;
use crate::cli::load::LoadArgs;
use crate::cli::picture::{command_line, last_part, width};
use crate::cli::screen::{counted, note, wrote};
use crate::cli::select::SelectArgs;
use crate::error::{Error, ErrorKind, Result};
use crate::export::{self, Format, Target};
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
    export_remarks(&graph, &selection, format).iter().for_each(|remark| note(remark));
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
