//! Finds and reads the pages of an archive: a folder, or a tar file.
//!
//! Pages come in rounds, in a fixed order (folder by folder, or as they stand
//! in a tar file). A thread reads one page after the other into one buffer, and
//! hands each on while it is in the processor's cache; so memory is needed for
//! what is made of a round's pages and not for the archive. This room knows
//! paths and bytes; what a page says is `parse`'s business.

mod folder;
mod links;
mod tape;

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::Xxh3;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Code, Problem, SourceFile};

/// An archive that is being read.
pub struct Archive {
    reader: Reader,
    found: Found,
}

enum Reader {
    Folder(folder::Folder),
    Tape(tape::Tape),
}

/// What reading an archive found, beside its pages.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Files and entries that could not be read as they are.
    pub problems: Vec<Problem>,
    /// Files that are no Markdown, by extension, with their number.
    pub skipped: std::collections::BTreeMap<String, usize>,
    /// Files left out because they repeat another of their folder, as a day's
    /// `README.md` repeats its `index.md`.
    pub twins: usize,
    /// Pages read, twins included.
    pub pages: usize,
    /// Bytes of the pages read.
    pub bytes: u64,
    /// A hash of all paths and texts read, whatever their order.
    pub hash: u128,
}

impl Archive {
    /// Opens a folder, a `.tar` file or a `.tar.gz` file.
    ///
    /// # Errors
    /// If there is no such file or folder, or it may not be read.
    pub fn open(path: &Path) -> Result<Self> {
        let metadata = std::fs::metadata(path)
            .map_err(|cause| Error::io(path, "cannot open the archive", cause))?;
        let mut found = Found::default();
        let reader = if metadata.is_dir() {
            Reader::Folder(folder::Folder::list(path, &mut found)?)
        } else if metadata.is_file() {
            Reader::Tape(tape::Tape::open(path)?)
        } else {
            let message = "this is neither a folder nor a file; an archive is a folder of pages, \
                           or a .tar or .tar.gz of one";
            return Err(Error::new(ErrorKind::Input, message).at(path));
        };
        Ok(Self { reader, found })
    }

    /// How many pages there are, where that is known beforehand.
    pub fn expected_pages(&self) -> Option<usize> {
        match &self.reader {
            Reader::Folder(folder) => Some(folder.len()),
            Reader::Tape(_) => None,
        }
    }

    /// Reads the next pages, in parts, on the current rayon pool. A part is
    /// begun with `begin`, and `take` adds the pages to it in their order.
    /// Returns the parts in order; none at the end.
    ///
    /// # Errors
    /// If the file turns out to be no tar file at all.
    pub fn next_parts<T: Send>(
        &mut self,
        begin: impl Fn() -> T + Sync,
        take: impl Fn(&mut T, &SourceFile<'_>) + Sync,
    ) -> Result<Vec<T>> {
        let read = match &mut self.reader {
            Reader::Folder(folder) => read_parts(folder.next_round(), &begin, &take),
            Reader::Tape(tape) => read_parts(tape.next_round(&mut self.found)?, &begin, &take),
        };
        let (parts, found): (Vec<T>, Vec<Found>) = read.into_iter().unzip();
        found.into_iter().for_each(|found| self.found.add(found));
        Ok(parts)
    }

    /// What was found, once all pages are read.
    pub fn into_found(self) -> Found {
        self.found
    }
}

/// Larger files are no pages: positions inside a page are 32 bits wide.
const LARGEST_PAGE: u64 = 1 << 30;

/// A stretch of pages that one thread reads, in their order.
trait Pages: Send {
    /// Reads them through a buffer that the pages before them made large.
    fn read(self, buffer: &mut Vec<u8>, found: &mut Found, take: &mut dyn FnMut(&SourceFile<'_>));
}

fn read_parts<P: Pages, T: Send>(
    round: Vec<P>,
    begin: &(impl Fn() -> T + Sync),
    take: &(impl Fn(&mut T, &SourceFile<'_>) + Sync),
) -> Vec<(T, Found)> {
    let read = |pages: P| {
        let (mut part, mut found) = (begin(), Found::default());
        let mut buffer = Vec::with_capacity(1 << 16);
        pages.read(&mut buffer, &mut found, &mut |file| take(&mut part, file));
        (part, found)
    };
    // One stretch after the other, so that no thread sits on a heap of them
    // while the others wait for the end of the round.
    round.into_par_iter().with_max_len(1).map(read).collect()
}

/// Bytes → text. Bytes that are no UTF-8 are replaced.
fn source_file<'t>(path: &'t str, bytes: &'t [u8]) -> SourceFile<'t> {
    let path = Cow::Borrowed(path);
    match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => SourceFile { path, text: text.into(), lossy: false },
        Err(_) => SourceFile { path, text: String::from_utf8_lossy(bytes), lossy: true },
    }
}

/// A day's `README.md` and `index.md` are twins; one of them is enough.
fn may_be_twin(name: &str) -> bool {
    matches!(name, "index.md" | "README.md")
}

impl Found {
    fn add(&mut self, other: Self) {
        self.problems.extend(other.problems);
        for (extension, count) in other.skipped {
            *self.skipped.entry(extension).or_default() += count;
        }
        self.twins += other.twins;
        self.pages += other.pages;
        self.bytes += other.bytes;
        self.hash = self.hash.wrapping_add(other.hash);
    }

    /// Counts a page. Sums are the same in any order, so a folder and its tar
    /// agree.
    fn page(&mut self, path: &str, bytes: &[u8]) {
        let mut hasher = Xxh3::new();
        hasher.update(path.as_bytes());
        hasher.update(&[0]);
        hasher.update(bytes);
        self.hash = self.hash.wrapping_add(hasher.digest128());
        self.bytes += bytes.len() as u64;
        self.pages += 1;
    }

    fn problem(&mut self, code: Code, page: &str, message: impl Into<Arc<str>>) {
        self.problems.push(Problem::new(code, page, 0, message));
    }

    fn skip(&mut self, name: &str) {
        let extension = Path::new(name).extension().map_or_else(
            || "(no extension)".to_owned(),
            |extension| format!(".{}", extension.to_string_lossy()),
        );
        *self.skipped.entry(extension).or_default() += 1;
    }
}

fn is_markdown(name: &str) -> bool {
    name.ends_with(".md")
}
