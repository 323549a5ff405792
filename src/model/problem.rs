//! What is wrong with an archive, and where.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::model::words;

/// Something wrong with the archive. It is returned beside a result and never
/// stops anything; only the command line decides whether it fails a run.
///
/// Problems share their texts: many are of one page, or of links to one event.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The page, relative to the archive; empty for the archive as a whole.
    pub page: Arc<str>,
    /// The line, counted from 1; 0 for the page as a whole.
    pub line: u32,
    /// Stable, kebab-case, explained in `docs/problems.md`.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence, lower case, no final stop; names things in backticks.
    pub message: Arc<str>,
}

impl Problem {
    /// A problem of a known kind, with that kind's severity.
    pub fn new(
        code: Code,
        page: impl Into<Arc<str>>,
        line: u32,
        message: impl Into<Arc<str>>,
    ) -> Self {
        Self {
            page: page.into(),
            line,
            code: code.name().into(),
            severity: code.severity(),
            message: message.into(),
        }
    }
}

/// `news/2017/06/16/x.md:24: warning[missing-target]: no page for …`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { page, line, code, severity, message } = self;
        let place = Place { page, line: *line };
        write!(f, "{}{severity}[{code}]: {message}", place.before_a_message())
    }
}

/// A place in an archive, as compilers name it: `news/2017/06/16/x.md:24`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'t> {
    /// The page; empty for the archive as a whole.
    pub page: &'t str,
    /// The line, counted from 1; 0 for the page as a whole.
    pub line: u32,
}

impl Place<'_> {
    /// The place and a colon, or nothing if it is the whole archive.
    pub fn before_a_message(&self) -> String {
        if self.page.is_empty() { String::new() } else { format!("{self}: ") }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.page, self.line) {
            (page, 0) => f.write_str(page),
            ("", _) => Ok(()),
            (page, line) => write!(f, "{page}:{line}"),
        }
    }
}

words! {
    /// How bad a problem is.
    #[derive(PartialOrd, Ord)]
    pub enum Severity {
        /// Something could not be read; what it said is missing from the graph.
        Error = "error",
        /// Something is probably not as its author meant it; nothing is missing.
        Warning = "warning",
        /// Worth knowing; nobody need do anything.
        Note = "note",
    }
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal, $severity:ident;)+) => {
        words! {
            /// Every kind of problem that Threadline reports, with a stable name.
            ///
            /// `docs/problems.md` has an example of each, in the same order, and
            /// says how to mend it.
            pub enum Code {
                $($(#[doc = $doc])+ $name = $text,)+
            }
        }

        impl Code {
            /// How bad a problem of this kind is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }
        }
    };
}

codes! {
    /// A file or folder could not be read.
    Unreadable = "unreadable", Error;
    /// A symbolic link leads back into a folder that holds it, or to one that
    /// is read already.
    LinkLoop = "link-loop", Error;
    /// A link in a tar file leads to what is not in it.
    LinkNotFollowed = "link-not-followed", Error;
    /// The archive file ends before its last entry does.
    TruncatedArchive = "truncated-archive", Error;
    /// An entry's name leads out of the archive.
    UnsafePath = "unsafe-path", Error;
    /// A file is larger than a page can be.
    PageTooLarge = "page-too-large", Error;
    /// A file's name is not UTF-8.
    NameNotUtf8 = "name-not-utf8", Warning;
    /// A page's text is not UTF-8.
    NotUtf8 = "not-utf8", Warning;
    /// A page holds a NUL character.
    NulCharacter = "nul-character", Warning;
    /// A page is empty.
    EmptyPage = "empty-page", Warning;
    /// Two pages have one key.
    DuplicatePage = "duplicate-page", Error;
    /// A date that does not exist.
    BadDate = "bad-date", Warning;
    /// The date in the heading is not the one in the path.
    DateMismatch = "date-mismatch", Note;
    /// An event page without a title.
    MissingTitle = "missing-title", Warning;
    /// A list under a heading that no dialect knows.
    UnknownSection = "unknown-section", Warning;
    /// A line in a list that cannot be read as an item.
    UnreadableItem = "unreadable-item", Error;
    /// A related item that is not a link by the rules of Markdown.
    BrokenLinkSyntax = "broken-link-syntax", Note;
    /// A context without an end, or with words around it.
    BrokenContext = "broken-context", Warning;
    /// Words in a list that are no part of an item.
    UnreadWords = "unread-words", Warning;
    /// A context with an empty place between two commas.
    EmptyTopic = "empty-topic", Note;
    /// A list with more items than a rank can count.
    ListTooLong = "list-too-long", Warning;
    /// A related item leads to a page that is not there.
    MissingTarget = "missing-target", Warning;
    /// A page is related to itself.
    SelfLink = "self-link", Note;
    /// A page lists the same event twice.
    DoubleLink = "double-link", Note;
    /// Two pages claim the same older wording.
    AmbiguousAlias = "ambiguous-alias", Warning;
    /// A file is not an event page or a day page, although it lies among them.
    UnknownPage = "unknown-page", Note;
    /// A row of a table cannot be read.
    BadRow = "bad-row", Error;
}
