//! Finds and reads the pages of an archive: a folder, or a tar file.
//!
//! Pages come in batches, in a fixed order (by path in a folder, as they
//! stand in a tar file), so that whoever reads them needs memory for a batch
//! and not for the archive. This room knows paths and bytes; what a page says
//! is `parse`'s business.

mod folder;
mod tape;

use std::collections::HashSet;
use std::path::Path;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Code, Problem, SourceFile};

/// An archive that is being read.
pub struct Archive {
    reader: Reader,
    found: Found,
    /// Folders of day pages with a hash of each one's text.
    days: HashSet<(String, u64)>,
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
        Ok(Self { reader, found, days: HashSet::new() })
    }

    /// How many pages there are, where that is known beforehand.
    pub fn expected_pages(&self) -> Option<usize> {
        match &self.reader {
            Reader::Folder(folder) => Some(folder.len()),
            Reader::Tape(_) => None,
        }
    }

    /// The next pages; none at the end. Reads on the current rayon pool.
    ///
    /// # Errors
    /// If the file turns out to be no tar file at all.
    pub fn next_batch(&mut self) -> Result<Vec<SourceFile>> {
        loop {
            let mut batch = match &mut self.reader {
                Reader::Folder(folder) => folder.next_batch(&mut self.found),
                Reader::Tape(tape) => tape.next_batch(&mut self.found)?,
            };
            let read = batch.len();
            self.found.pages += read;
            batch.retain(|file| !self.repeats(file));
            self.found.twins += read - batch.len();
            // A batch of nothing but twins is not the end.
            if read == 0 || !batch.is_empty() {
                return Ok(batch);
            }
        }
    }

    /// A day's `README.md` and `index.md` are twins; one of them is enough.
    fn repeats(&mut self, file: &SourceFile) -> bool {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        matches!(name, "index.md" | "README.md")
            && !self.days.insert((folder.to_owned(), xxh3_64(file.text.as_bytes())))
    }

    /// What was found, once all batches are read.
    pub fn into_found(self) -> Found {
        self.found
    }
}

/// Larger files are no pages: positions inside a page are 32 bits wide.
const LARGEST_PAGE: u64 = 1 << 30;

/// Bytes → text, counted.
fn to_source_file(path: String, bytes: &[u8]) -> (SourceFile, PageTally) {
    let mut hasher = Xxh3::new();
    hasher.update(path.as_bytes());
    hasher.update(&[0]);
    hasher.update(bytes);
    let tally = PageTally { hash: hasher.digest128(), bytes: bytes.len() as u64 };
    let (text, lossy) = match simdutf8::basic::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), false),
        Err(_) => (String::from_utf8_lossy(bytes).into_owned(), true),
    };
    (SourceFile { path, text, lossy }, tally)
}

/// What one page adds to the totals.
struct PageTally {
    hash: u128,
    bytes: u64,
}

impl Found {
    /// Sums are the same in any order, so a folder and its tar agree.
    fn add(&mut self, tally: &PageTally) {
        self.hash = self.hash.wrapping_add(tally.hash);
        self.bytes += tally.bytes;
    }

    fn problem(&mut self, code: Code, page: &str, message: impl Into<String>) {
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
