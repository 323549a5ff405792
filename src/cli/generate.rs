//! `threadline generate`: completions and man pages, for packagers.

use std::io::Write;
use std::path::PathBuf;

use crate::cli::{Outcome, command};
use crate::error::{Error, Result};

/// Write shell completions or man pages
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Completions for a shell, on standard output
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Man pages, one for each command, into a folder
    Man {
        /// The folder
        folder: PathBuf,
    },
}

pub(super) fn run(args: &Args, out: &mut dyn Write) -> Result<Outcome> {
    match &args.what {
        What::Completions { shell } => {
            let mut text = Vec::new();
            clap_complete::generate(*shell, &mut command(), "threadline", &mut text);
            out.write_all(&text).map_err(crate::cli::output_error)?;
        }
        What::Man { folder } => {
            let fail = |cause| Error::io(folder, "cannot write the man pages", cause);
            std::fs::create_dir_all(folder).map_err(fail)?;
            clap_mangen::generate_to(command(), folder).map_err(fail)?;
        }
    }
    Ok(Outcome::Done)
}
