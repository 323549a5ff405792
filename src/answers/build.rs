//! Can a graph be written there? What every face refuses before it reads.

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::export::Format;
use crate::store;

/// Refuses a place where no graph file should be written, before any work: a
/// folder, a name that says another format, a file that is something else.
///
/// # Errors
/// If it is one of these, or if its folder is not there.
pub fn check_graph_file(path: &Path) -> Result<()> {
    let refuse = |message: String| Err(Error::new(ErrorKind::Input, message).at(path));
    if path.is_dir() {
        return refuse("this is a folder; name the file to write, as `moon.threadline`".to_owned());
    }
    if let Some(format) = Format::from_path(path) {
        return refuse(format!(
            "a graph file is written here, as `moon.threadline`; `export` writes {format}"
        ));
    }
    store::check_folder(path)?;
    let is_other = std::fs::metadata(path).is_ok_and(|metadata| metadata.len() > 0);
    if is_other && !store::is_own_file(path) {
        return refuse(
            "this file is there and is no graph file; name another, or remove it first".to_owned(),
        );
    }
    Ok(())
}
