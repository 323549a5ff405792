//! A file that takes its name only when it is whole.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::error::{Error, ErrorKind, Result};

/// A file that is written beside the one it is to replace. Dropped before
/// [`Replacement::finish`], it is gone, and what was there still is.
///
/// What is there and is no file (a pipe, `/dev/stdout`, `/dev/null`) is not
/// replaced but written to.
pub(crate) struct Replacement(Place);

enum Place {
    Beside { temporary: NamedTempFile, path: PathBuf },
    Straight(File),
}

/// Symbolic links that lead to links are followed so far, as systems do.
const MOST_LINKS: usize = 40;

impl Replacement {
    /// Opens a file in the folder of `path`, or of what `path` is a symbolic
    /// link to; fails if that may not be written to.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|metadata| !metadata.is_file()) {
            return Ok(Self(Place::Straight(OpenOptions::new().write(true).open(path)?)));
        }
        let path = followed(path)?;
        let mut builder = tempfile::Builder::new();
        builder.prefix(".threadline.").suffix(".tmp");
        let before = fs::metadata(&path).map(|metadata| metadata.permissions()).ok();
        // What a new file usually may; a temporary one is for its owner alone.
        #[cfg(unix)]
        builder.permissions(
            before.clone().unwrap_or_else(|| std::os::unix::fs::PermissionsExt::from_mode(0o666)),
        );
        let temporary = builder.tempfile_in(folder_of(&path).unwrap_or(Path::new(".")))?;
        if let Some(before) = before {
            // Whoever could not read the file before cannot read the new one.
            temporary.as_file().set_permissions(before)?;
        }
        Ok(Self(Place::Beside { temporary, path }))
    }

    /// The file, to write to.
    pub(crate) fn file(&self) -> io::Result<File> {
        match &self.0 {
            Place::Beside { temporary, .. } => temporary.as_file().try_clone(),
            Place::Straight(file) => file.try_clone(),
        }
    }

    /// Whether the file takes bytes one after the other and knows no places.
    pub(crate) fn is_stream(&self) -> bool {
        matches!(self.0, Place::Straight(_))
    }

    /// Gives the file its name, over what was there.
    pub(crate) fn finish(self) -> io::Result<()> {
        match self.0 {
            Place::Beside { temporary, path } => {
                temporary.persist(&path).map(drop).map_err(|error| error.error)
            }
            Place::Straight(_) => Ok(()),
        }
    }
}

/// Refuses a file to be written if there is no folder to hold it.
pub(crate) fn check_folder(file: &Path) -> Result<()> {
    match folder_of(file) {
        Some(folder) if !folder.is_dir() => {
            let message = "there is no such folder to write the file into";
            Err(Error::new(ErrorKind::Io, message).at(folder))
        }
        _ => Ok(()),
    }
}

/// The folder that a path names; none if it is the current one.
fn folder_of(file: &Path) -> Option<&Path> {
    file.parent().filter(|parent| !parent.as_os_str().is_empty())
}

/// What a path means behind all symbolic links, whether it is there or not: who
/// made a link wants the link to stay.
fn followed(path: &Path) -> io::Result<PathBuf> {
    let mut path = path.to_owned();
    for _ in 0..MOST_LINKS {
        if !fs::symlink_metadata(&path).is_ok_and(|metadata| metadata.is_symlink()) {
            return Ok(path);
        }
        let target = fs::read_link(&path)?;
        path = folder_of(&path).unwrap_or(Path::new("")).join(target);
    }
    Err(io::Error::other("too many symbolic links lead to one another"))
}
