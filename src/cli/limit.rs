//! Lists that end after `--limit`.

use std::io::{self, Write};

use crate::cli::screen::number;

/// How many of so many are shown: 0 is no limit.
pub(super) fn shown(limit: usize, all: usize) -> usize {
    if limit == 0 { all } else { limit.min(all) }
}

/// What is said of those that are not shown, if there are any.
pub(super) fn write_more(out: &mut dyn Write, more: usize) -> io::Result<()> {
    match more {
        0 => Ok(()),
        more => writeln!(out, "… and {} more (--limit 0 shows all)", number(more)),
    }
}
