//! A folder of pages: listed once in parallel, read batch by batch.

use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::archive::{Found, LARGEST_PAGE, PageTally, is_markdown, to_source_file};
use crate::error::{Error, Result};
use crate::model::{Code, Problem, SourceFile};

/// Few enough to stay in a processor's cache between reading and parsing.
const BATCH: usize = 512;

/// The pages of a folder, by path.
pub(super) struct Folder {
    root: PathBuf,
    pages: Vec<Entry>,
    next: usize,
}

/// A page's path inside the archive.
struct Entry {
    path: String,
    /// The path on the disk, where it is not the same because it is no UTF-8.
    odd: Option<PathBuf>,
}

/// What listing one folder, and all below it, found.
#[derive(Default)]
struct Listing {
    pages: Vec<Entry>,
    found: Found,
}

impl Folder {
    /// Lists all pages below a folder.
    pub(super) fn list(root: &Path, found: &mut Found) -> Result<Self> {
        fs::read_dir(root).map_err(|cause| Error::io(root, "cannot read the folder", cause))?;
        let Listing { mut pages, found: listed } = list_folder(root, "", &[]);
        pages.par_sort_unstable_by(|a, b| a.path.cmp(&b.path));
        *found = listed;
        Ok(Self { root: root.to_owned(), pages, next: 0 })
    }

    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn next_batch(&mut self, found: &mut Found) -> Vec<SourceFile> {
        // A batch of unreadable pages is not the end.
        while self.next < self.pages.len() {
            let end = self.pages.len().min(self.next + BATCH);
            let batch = &self.pages[self.next..end];
            self.next = end;
            let read: Vec<_> = batch
                .par_iter()
                .map_init(|| Vec::with_capacity(1 << 16), |buffer, entry| self.read(entry, buffer))
                .collect();
            let mut files = Vec::with_capacity(read.len());
            for result in read {
                match result {
                    Ok((file, tally)) => {
                        found.add(&tally);
                        files.push(file);
                    }
                    Err(problem) => found.problems.push(problem),
                }
            }
            if !files.is_empty() {
                return files;
            }
        }
        Vec::new()
    }

    /// Reads a page through a buffer that the pages before it made large.
    fn read(
        &self,
        entry: &Entry,
        buffer: &mut Vec<u8>,
    ) -> Result<(SourceFile, PageTally), Problem> {
        let path = entry.odd.clone().unwrap_or_else(|| self.root.join(&entry.path));
        let unreadable = |cause: std::io::Error| {
            let message = format!("cannot read the page: {cause}");
            Problem::new(Code::Unreadable, &entry.path, 0, message)
        };
        let file = fs::File::open(path).map_err(unreadable)?;
        // One byte more than allowed tells a page that is too large.
        buffer.clear();
        file.take(LARGEST_PAGE + 1).read_to_end(buffer).map_err(unreadable)?;
        if buffer.len() as u64 > LARGEST_PAGE {
            let message = "the page is larger than 1 GiB and was left out";
            return Err(Problem::new(Code::PageTooLarge, &entry.path, 0, message));
        }
        Ok(to_source_file(entry.path.clone(), buffer))
    }
}

/// Lists one folder and, in parallel, those in it.
///
/// `above` holds the real paths of the folders that symbolic links led
/// through, so that one that leads back is seen.
fn list_folder(folder: &Path, inside: &str, above: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    let unreadable = |listing: &mut Listing, path: &str, cause: std::io::Error| {
        listing.found.problem(Code::Unreadable, path, format!("cannot read it: {cause}"));
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(cause) => {
            unreadable(&mut listing, inside.trim_end_matches('/'), cause);
            return listing;
        }
    };
    let mut folders = Vec::new();
    for entry in entries {
        let (name, kind) = match entry.and_then(|e| e.file_type().map(|kind| (e.file_name(), kind)))
        {
            Ok(pair) => pair,
            Err(cause) => {
                unreadable(&mut listing, inside.trim_end_matches('/'), cause);
                continue;
            }
        };
        let (path, odd) = inner_path(folder, inside, &name);
        if odd.is_some() {
            let message = "the file's name is not UTF-8; its key holds U+FFFD in place of it";
            listing.found.problem(Code::NameNotUtf8, &path, message);
        }
        let kind = if kind.is_symlink() {
            match fs::metadata(folder.join(&name)) {
                Ok(metadata) => metadata.file_type(),
                Err(cause) => {
                    unreadable(&mut listing, &path, cause);
                    continue;
                }
            }
        } else {
            kind
        };
        // `.git` and `._x.md` belong to other programs.
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if kind.is_dir() {
            if !hidden {
                folders.push((name, path));
            }
        } else if hidden {
            listing.found.skip(&path);
        } else if kind.is_file() && is_markdown(&path) {
            listing.pages.push(Entry { path, odd });
        } else {
            listing.found.skip(&path);
        }
    }
    drop_twin(folder, inside, &mut listing);
    let below: Vec<Listing> = folders
        .par_iter()
        .map(|(name, path)| {
            let folder = folder.join(name);
            match enter(&folder, above) {
                Ok(above) => list_folder(&folder, &format!("{path}/"), &above),
                Err(message) => {
                    let mut listing = Listing::default();
                    listing.found.problem(Code::LinkLoop, path, message);
                    listing
                }
            }
        })
        .collect();
    for other in below {
        listing.pages.extend(other.pages);
        listing.found.problems.extend(other.found.problems);
        listing.found.twins += other.found.twins;
        for (extension, count) in other.found.skipped {
            *listing.found.skipped.entry(extension).or_default() += count;
        }
    }
    listing
}

fn inner_path(folder: &Path, inside: &str, name: &OsString) -> (String, Option<PathBuf>) {
    match name.to_str() {
        Some(name) => (format!("{inside}{name}"), None),
        None => (format!("{inside}{}", name.to_string_lossy()), Some(folder.join(name))),
    }
}

/// The folders to watch for below `folder`; an error if it is one of them.
///
/// Only symbolic links can lead back, so only they cost a look-up.
fn enter(folder: &Path, above: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    if !folder.is_symlink() {
        return Ok(above.to_vec());
    }
    let real = fs::canonicalize(folder).map_err(|cause| format!("cannot follow it: {cause}"))?;
    let parent = folder.parent().and_then(|parent| fs::canonicalize(parent).ok());
    let leads_back = above.contains(&real) || parent.is_some_and(|p| p.starts_with(&real));
    if leads_back {
        return Err("the symbolic link leads back into a folder that holds it; not followed".into());
    }
    let mut above = above.to_vec();
    above.push(real);
    Ok(above)
}

/// A day's `README.md` repeats its `index.md`; of equal size, one is enough.
fn drop_twin(folder: &Path, inside: &str, listing: &mut Listing) {
    let at = |listing: &Listing, name: &str| {
        listing.pages.iter().position(|entry| entry.path.strip_prefix(inside) == Some(name))
    };
    let (Some(_), Some(readme)) = (at(listing, "index.md"), at(listing, "README.md")) else {
        return;
    };
    let size = |name| fs::metadata(folder.join(name)).map(|metadata| metadata.len()).ok();
    if size("index.md") == size("README.md") {
        listing.pages.swap_remove(readme);
        listing.found.twins += 1;
    }
}
