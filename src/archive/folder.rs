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
const BATCH: usize = 1024;

/// The pages of a folder, by path.
pub(super) struct Folder {
    root: PathBuf,
    pages: std::vec::IntoIter<Entry>,
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
        Ok(Self { root: root.to_owned(), pages: pages.into_iter() })
    }

    pub(super) fn len(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn next_batch(&mut self, found: &mut Found) -> Vec<SourceFile> {
        // A batch of unreadable pages is not the end.
        while self.pages.len() > 0 {
            let batch: Vec<Entry> = self.pages.by_ref().take(BATCH).collect();
            let root = &self.root;
            let read: Vec<_> = batch
                .into_par_iter()
                .map_init(|| Vec::with_capacity(1 << 16), |buffer, entry| read(root, entry, buffer))
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
}

/// Reads a page through a buffer that the pages before it made large.
fn read(
    root: &Path,
    entry: Entry,
    buffer: &mut Vec<u8>,
) -> Result<(SourceFile, PageTally), Problem> {
    let path = entry.odd.unwrap_or_else(|| root.join(&entry.path));
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
    Ok(to_source_file(entry.path, buffer))
}

/// Lists one folder and, in parallel, those in it.
///
/// `above` holds the real paths of the folders that symbolic links led
/// through, so that one that leads back is seen.
fn list_folder(folder: &Path, inside: &str, above: &[PathBuf]) -> Listing {
    let mut listing = Listing::default();
    let mut inner = Vec::new();
    let here = inside.trim_end_matches('/');
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let listed =
                    entry.and_then(|entry| listing.add(folder, inside, &entry, &mut inner));
                if let Err(cause) = listed {
                    listing.unreadable(here, &cause);
                }
            }
        }
        Err(cause) => listing.unreadable(here, &cause),
    }
    let below: Vec<Listing> = inner.par_iter().map(|inner| inner.list(folder, above)).collect();
    for other in below {
        listing.pages.extend(other.pages);
        listing.found.problems.extend(other.found.problems);
        for (extension, count) in other.found.skipped {
            *listing.found.skipped.entry(extension).or_default() += count;
        }
    }
    listing
}

impl Listing {
    fn unreadable(&mut self, path: &str, cause: &std::io::Error) {
        self.found.problem(Code::Unreadable, path, format!("cannot read it: {cause}"));
    }

    /// Takes in one entry of a folder.
    fn add(
        &mut self,
        folder: &Path,
        inside: &str,
        entry: &fs::DirEntry,
        inner: &mut Vec<Inner>,
    ) -> std::io::Result<()> {
        let name = entry.file_name();
        let mut kind = entry.file_type()?;
        let (path, odd) = match name.to_str() {
            Some(name) => (format!("{inside}{name}"), None),
            None => (format!("{inside}{}", name.to_string_lossy()), Some(folder.join(&name))),
        };
        if odd.is_some() {
            let message = "the file's name is not UTF-8; its key holds U+FFFD in place of it";
            self.found.problem(Code::NameNotUtf8, &path, message);
        }
        let linked = kind.is_symlink();
        if linked {
            match fs::metadata(folder.join(&name)) {
                Ok(metadata) => kind = metadata.file_type(),
                Err(cause) => {
                    self.unreadable(&path, &cause);
                    return Ok(());
                }
            }
        }
        // `.git` and `._x.md` belong to other programs.
        let hidden = name.as_encoded_bytes().starts_with(b".");
        if kind.is_dir() && !hidden {
            inner.push(Inner { name, path, linked });
        } else if kind.is_file() && !hidden && is_markdown(&path) {
            // Below a folder whose name is odd, every path is.
            let odd = odd.or_else(|| folder.to_str().is_none().then(|| folder.join(&name)));
            self.pages.push(Entry { path, odd });
        } else if !kind.is_dir() {
            self.found.skip(&path);
        }
        Ok(())
    }
}

/// A folder in a folder.
struct Inner {
    name: OsString,
    path: String,
    /// Whether it is a symbolic link: only those can lead back.
    linked: bool,
}

impl Inner {
    fn list(&self, outer: &Path, above: &[PathBuf]) -> Listing {
        let folder = outer.join(&self.name);
        let inside = format!("{}/", self.path);
        if !self.linked {
            return list_folder(&folder, &inside, above);
        }
        match follow(outer, &folder, above) {
            Ok(above) => list_folder(&folder, &inside, &above),
            Err(message) => {
                let mut listing = Listing::default();
                listing.found.problem(Code::LinkLoop, &self.path, message);
                listing
            }
        }
    }
}

/// The folders to watch for below a symbolic link; an error if it leads to one
/// of them, or to a folder that it lies in.
fn follow(outer: &Path, link: &Path, above: &[PathBuf]) -> Result<Vec<PathBuf>, String> {
    let real = fs::canonicalize(link).map_err(|cause| format!("cannot follow it: {cause}"))?;
    let outer = fs::canonicalize(outer).map_err(|cause| format!("cannot follow it: {cause}"))?;
    if above.contains(&real) || outer.starts_with(&real) {
        return Err("the symbolic link leads back into a folder that holds it; not followed".into());
    }
    let mut above = above.to_vec();
    above.push(real);
    Ok(above)
}
