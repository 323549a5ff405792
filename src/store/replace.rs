//! A file that takes its name only when it is whole.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that is written beside the one it is to replace. Dropped before
/// [`Replacement::finish`], it is gone, and what was there still is.
pub(crate) struct Replacement {
    temporary: NamedTempFile,
    path: PathBuf,
}

impl Replacement {
    /// Opens a file in the folder of `path`; fails if that may not be written
    /// to.
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        let folder = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        let mut builder = tempfile::Builder::new();
        builder.prefix(".threadline.").suffix(".tmp");
        // What a new file usually may; a temporary one is for its owner alone.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        Ok(Self { temporary: builder.tempfile_in(folder)?, path: path.to_owned() })
    }

    /// The file, to write to.
    pub(crate) fn file(&self) -> io::Result<File> {
        self.temporary.as_file().try_clone()
    }

    /// The path that it is to have.
    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Gives the file its name, over what was there.
    pub(crate) fn finish(self) -> io::Result<()> {
        self.temporary.persist(&self.path).map(drop).map_err(|error| error.error)
    }
}
