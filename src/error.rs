//! The one error of the library: what kind, where, and why.
//!
//! An [`Error`] means that nothing can go on. What is merely wrong with an
//! archive is a [`Problem`](crate::model::Problem) beside a result.

use std::fmt;
use std::path::{Path, PathBuf};

/// Why something could not be done.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    path: Option<PathBuf>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What an [`Error`] is about, to match on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The operating system refused: no such file, no permission, disk full.
    Io,
    /// A file is not what it should be: not a graph, cut, or damaged.
    Damaged,
    /// A graph file of a version that this program does not know.
    Version,
    /// Tables or options that make no sense.
    Input,
    /// No event, topic or other thing of that name, or several.
    NotFound,
    /// More than a format or a table can hold.
    TooLarge,
}

/// What the library's functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of a kind, in one sentence: lower case, no final stop.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), path: None, cause: None }
    }

    /// An error of the operating system, at a path.
    pub fn io(path: impl Into<PathBuf>, message: &str, cause: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, message).at(path).because(cause)
    }

    /// The same error, at a path.
    #[must_use]
    pub fn at(mut self, path: impl Into<PathBuf>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// The same error, with what caused it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// What it is about.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file or folder that it is about.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }
}

/// `moon.threadline: this is not a graph file: …`
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.message)?;
        if let Some(cause) = &self.cause {
            write!(f, ": {cause}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
