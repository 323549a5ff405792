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
    message: Sentence,
    path: Option<PathBuf>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    candidates: Vec<String>,
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
    /// No event, topic or other thing of that name.
    NotFound,
    /// Several of that name, see [`Error::candidates`].
    Ambiguous,
    /// More than a format or a table can hold.
    TooLarge,
}

/// What the library's functions return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// An error of a kind, in one sentence: lower case, no final stop.
    pub fn new(kind: ErrorKind, message: impl Into<Sentence>) -> Self {
        Self { kind, message: message.into(), path: None, cause: None, candidates: Vec::new() }
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

    /// Several things that a name means, each by the name that means it alone.
    pub fn ambiguous(message: impl Into<Sentence>, candidates: Vec<String>) -> Self {
        Self { candidates, ..Self::new(ErrorKind::Ambiguous, message) }
    }

    /// The same error, in something larger: `pair 3: …`.
    #[must_use]
    pub fn within(mut self, what: impl Into<Sentence>) -> Self {
        self.message = what.into().text(": ").and(self.message);
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

    /// What a name could mean that means several things: events by their keys,
    /// the best first, others by their numbers.
    pub fn candidates(&self) -> &[String] {
        &self.candidates
    }

    /// The error in words, without its cause, where an option and its value are
    /// called by `call`.
    pub fn worded(&self, call: impl Fn(&str, Option<&str>) -> String) -> String {
        let said = self.message.worded(call);
        match &self.path {
            Some(path) => format!("{}: {said}", path.display()),
            None => said,
        }
    }

    /// The same and, behind it, its cause: for who shows a user one text.
    pub fn worded_in_full(&self, call: &dyn Fn(&str, Option<&str>) -> String) -> String {
        let said = self.worded(call);
        match self.cause.as_deref().map(|cause| (cause, cause.downcast_ref::<Self>())) {
            Some((_, Some(cause))) => format!("{said}: {}", cause.worded_in_full(call)),
            Some((cause, None)) => format!("{said}: {cause}"),
            None => said,
        }
    }
}

/// `moon.threadline: this is not a graph file`; with `{:#}` the cause as well.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match f.alternate() {
            true => f.write_str(&self.worded_in_full(&plainly)),
            false => f.write_str(&self.worded(plainly)),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}

/// What is said to a user, with the options that it names: each face calls an
/// option as its users do (`--max-links`, `max_links`).
///
/// # Example
/// ```
/// use threadline::Sentence;
///
/// let said = Sentence::from("try ").option_of("min_size", 2).text(" instead");
/// assert_eq!(said.to_string(), "try `min_size` 2 instead");
/// let flag = |name: &str, value: Option<&str>| format!("--{name} {}", value.unwrap_or_default());
/// assert_eq!(said.worded(flag), "try --min_size 2 instead");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Option { name: String, value: Option<String> },
}

impl Sentence {
    /// Goes on with a text.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.0.push(Part::Text(text.into()));
        self
    }

    /// Goes on with an option, by its name in the questions' types.
    #[must_use]
    pub fn option(mut self, name: impl Into<String>) -> Self {
        self.0.push(Part::Option { name: name.into(), value: None });
        self
    }

    /// Goes on with an option that has a value.
    #[must_use]
    pub fn option_of(mut self, name: impl Into<String>, value: impl fmt::Display) -> Self {
        self.0.push(Part::Option { name: name.into(), value: Some(value.to_string()) });
        self
    }

    /// Goes on with another sentence.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The text, where an option and its value are called by `call`.
    pub fn worded(&self, call: impl Fn(&str, Option<&str>) -> String) -> String {
        let word = |part: &Part| match part {
            Part::Text(text) => text.clone(),
            Part::Option { name, value } => call(name, value.as_deref()),
        };
        self.0.iter().map(word).collect()
    }
}

impl<T: Into<String>> From<T> for Sentence {
    fn from(text: T) -> Self {
        Self::default().text(text)
    }
}

/// For programs, and who knows no face.
impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.worded(plainly))
    }
}

fn plainly(name: &str, value: Option<&str>) -> String {
    match value {
        Some(value) => format!("`{name}` {value}"),
        None => format!("`{name}`"),
    }
}
