//! The command line: one subcommand, one file.
//!
//! A face is thin: it reads arguments, calls a function of the library and
//! shows the answer, for people or (`--json`) for programs. All that comes
//! from a page passes `screen::safe` before it reaches a terminal.

mod build;
mod bursts;
mod chain;
mod chart;
mod check;
mod choice;
mod clusters;
mod distances;
mod export;
mod flag;
mod generate;
mod info;
mod json;
mod layout;
mod limit;
mod lines;
mod load;
mod picture;
mod rank;
mod related_topics;
mod report;
mod sagas;
mod screen;
mod search;
mod select;
mod sheet;
mod show;
mod stories;
mod story;
mod story_args;
mod strand;
mod sweep;
mod thread;
mod timeline;
mod tip;
mod topics;

use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::error::{Error, ErrorKind, Result};

/// Reads an archive of Markdown event pages and answers questions about it:
/// what belongs together, what happened when, how things connect.
///
/// Every command takes a built graph (NAME.threadline), an archive (a folder,
/// a .tar or a .tar.gz of pages) or a graph of another tool. An EVENT is named
/// by its key, by any unambiguous end of it, or by words of its title or summary;
/// a name that was cut is understood with its `…`.
#[derive(Debug, Parser)]
#[command(name = "threadline", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Threads to use; by default as many as there are processors
    #[arg(long, global = true, value_name = "N", hide_short_help = true)]
    threads: Option<usize>,

    /// When to use colour
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_short_help = true
    )]
    color: Color,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(build::Args),
    Check(check::Args),
    Info(info::Args),
    Search(search::Args),
    Show(show::Args),
    Topics(topics::Args),
    Timeline(timeline::Args),
    Clusters(clusters::Args),
    Stories(stories::Args),
    Story(story::Args),
    Chain(chain::Args),
    Distances(distances::Args),
    Rank(rank::Args),
    Thread(thread::Args),
    Export(export::Args),
    #[command(hide = true)]
    Generate(generate::Args),
}

/// What a command that was carried out has to say to the shell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// 0
    Done,
    /// 1: the archive has problems that the command was asked to fail on.
    Problems,
}

/// Runs the program with the arguments of the process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let error = tip::with_tip(error, &command());
            // Help and version are no failures; clap knows which.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match cli.color {
        Color::Auto => {}
        Color::Always => anstream::ColorChoice::Always.write_global(),
        Color::Never => anstream::ColorChoice::Never.write_global(),
    }
    match run(&cli) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Problems) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(
                anstream::stderr(),
                "threadline: {}",
                screen::safe_lines(&error.worded_in_full(&flag::flag))
            );
            ExitCode::from(2)
        }
    }
}

fn run(cli: &Cli) -> Result<Outcome> {
    if let Some(threads) = cli.threads {
        if threads == 0 {
            return Err(Error::new(ErrorKind::Input, "`--threads 0`: at least one is needed"));
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
        pool.map_err(|cause| Error::new(ErrorKind::Io, "cannot start threads").because(cause))?;
    }
    let mut out = output();
    let outcome = match &cli.command {
        Command::Build(args) => build::run(args, &mut out),
        Command::Check(args) => check::run(args, &mut out),
        Command::Info(args) => info::run(args, &mut out),
        Command::Search(args) => search::run(args, &mut out),
        Command::Show(args) => show::run(args, &mut out),
        Command::Topics(args) => topics::run(args, &mut out),
        Command::Timeline(args) => timeline::run(args, &mut out),
        Command::Clusters(args) => clusters::run(args, &mut out),
        Command::Stories(args) => stories::run(args, &mut out),
        Command::Story(args) => story::run(args, &mut out),
        Command::Chain(args) => chain::run(args, &mut out),
        Command::Distances(args) => distances::run(args, &mut out),
        Command::Rank(args) => rank::run(args, &mut out),
        Command::Thread(args) => thread::run(args, &mut out),
        Command::Export(args) => export::run(args),
        Command::Generate(args) => generate::run(args, &mut out),
    }?;
    out.flush().map_err(output_error)?;
    Ok(outcome)
}

/// Standard output, without colours where they are not wanted. The buffer lies
/// behind what takes colours out, which passes on text piece by piece.
fn output() -> impl Write {
    let colours = anstream::AutoStream::choice(&io::stdout());
    let buffer: Box<dyn Write> = Box::new(io::BufWriter::new(io::stdout().lock()));
    anstream::AutoStream::new(buffer, colours)
}

/// The command with all its arguments, for completions and man pages.
fn command() -> clap::Command {
    <Cli as clap::CommandFactory>::command()
}

/// An error of writing an answer.
fn output_error(cause: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot write the answer").because(cause)
}

/// Whoever read the answer has seen enough: `threadline … | head`.
fn is_closed_pipe(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let closed = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe);
        if closed {
            return true;
        }
        cause = error.source();
    }
    false
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_make_sense() {
        super::command().debug_assert();
    }
}
