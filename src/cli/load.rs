//! What a command reads: a built graph, an archive, or another tool's graph.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::error::{Error, Result};
use crate::graph::EventGraph;
use crate::parse::Dialects;
use crate::pipeline::{BuildOptions, Opened, Progress, open_any, open_as_it_is};

/// Arguments of every command that reads a graph.
#[derive(Debug, clap::Args)]
pub(super) struct LoadArgs {
    /// A built graph (NAME.threadline), an archive (a folder, .tar or .tar.gz
    /// of pages), or a graph of another tool (.graphml, .gexf, node-link .json,
    /// a folder of CSV tables)
    #[arg(value_name = "GRAPH")]
    pub(super) graph: PathBuf,

    #[command(flatten)]
    pub(super) dialect: DialectArgs,
}

/// How an archive's headings are read.
#[derive(Debug, clap::Args)]
pub(super) struct DialectArgs {
    /// The words of another language's section headings (a TOML file, see
    /// docs/formats.md); English and Chinese are built in
    #[arg(long, value_name = "FILE", hide_short_help = true)]
    dialect: Option<PathBuf>,
}

impl DialectArgs {
    pub(super) fn dialects(&self) -> Result<Dialects> {
        let Some(path) = &self.dialect else {
            return Ok(Dialects::built_in());
        };
        let text = std::fs::read_to_string(path)
            .map_err(|cause| Error::io(path, "cannot read the dialect", cause))?;
        Dialects::built_in().with_toml(&text).map_err(|error| error.at(path))
    }
}

impl LoadArgs {
    /// The files that are named here.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        [Some(&self.graph), self.dialect.dialect.as_ref()]
            .into_iter()
            .flatten()
            .map(PathBuf::as_path)
    }

    /// Opens the graph, or builds it in memory.
    pub(super) fn load(&self) -> Result<EventGraph> {
        Ok(load(&self.graph, &self.dialect)?.graph)
    }

    /// The same for who asks what is wrong with it: also without any event.
    pub(super) fn load_as_it_is(&self) -> Result<EventGraph> {
        let options = BuildOptions { dialects: self.dialect.dialects()? };
        let mut bar = Bar::new();
        Ok(open_as_it_is(&self.graph, &options, |progress| bar.show(progress))?.graph)
    }

    /// Another graph, to be held against the first one.
    pub(super) fn load_other(&self, path: &Path) -> Result<EventGraph> {
        Ok(load(path, &self.dialect)?.graph)
    }
}

/// Opens or builds a graph, with a progress bar if it takes long.
pub(super) fn load(path: &Path, dialect: &DialectArgs) -> Result<Opened> {
    let options = BuildOptions { dialects: dialect.dialects()? };
    let mut bar = Bar::new();
    open_any(path, &options, |progress| bar.show(progress))
}

/// Progress on standard error: only on a terminal, only after a second.
struct Bar {
    start: Instant,
    bar: Option<ProgressBar>,
}

impl Bar {
    fn new() -> Self {
        Self { start: Instant::now(), bar: None }
    }

    fn show(&mut self, progress: Progress) -> Result<()> {
        if self.start.elapsed() < Duration::from_secs(1) || !std::io::stderr().is_terminal() {
            return Ok(());
        }
        let bar = self.bar.get_or_insert_with(|| {
            let template = match progress.expected {
                Some(_) => "{msg} {bar:30} {human_pos} of {human_len} pages, {eta} left",
                None => "{msg} {human_pos} pages",
            };
            let style = ProgressStyle::with_template(template)
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            let length = progress.expected.unwrap_or(0) as u64;
            ProgressBar::new(length).with_style(style).with_message("reading")
        });
        bar.set_position(progress.pages as u64);
        Ok(())
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
