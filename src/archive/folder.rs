//! A folder of pages: listed once in parallel, read stretch by stretch.

use std::ffi::OsString;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::*;
use xxhash_rust::xxh3::xxh3_64;

use crate::archive::links::{Linked, MET_AGAIN, Taken};
use crate::archive::{Found, LARGEST_PAGE, Pages, is_markdown, may_be_twin, source_file};
use crate::error::{Error, Result};
use crate::model::{Code, SourceFile};

/// Pages that one thread reads in one go: so few that all threads end a round
/// at nearly the same time.
const STRETCH: usize = 32;

/// Stretches of a round for each thread: so many that rounds end seldom.
const STRETCHES: usize = 8;

/// The pages of a folder and of all folders in it, folder by folder.
pub(super) struct Folder {
    stretches: std::vec::IntoIter<Vec<Run>>,
    pages: usize,
}

/// Some pages of one folder.
pub(super) struct Run {
    place: Arc<Place>,
    names: Vec<Name>,
}

/// The name of a page's file.
struct Name {
    text: String,
    /// The name on the disk, where it is not the same because it is no UTF-8.
    odd: Option<OsString>,
}

/// Where a folder is.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Inside of the archive: empty, or with `/` at its end.
    path: String,
    /// On the disk.
    real: PathBuf,
}

/// What listing one folder, and all below it, found.
#[derive(Default)]
struct Listing {
    folders: Vec<Run>,
    links: Vec<Linked>,
    found: Found,
}

impl Folder {
    /// Lists all pages below a folder.
    pub(super) fn list(root: &Path, found: &mut Found) -> Result<Self> {
        fs::read_dir(root).map_err(|cause| Error::io(root, "cannot read the folder", cause))?;
        let mut listing = list_folder(root, "", &Taken::default());
        follow_links(root, &mut listing);
        let Listing { mut folders, found: listed, .. } = listing;
        folders.sort_unstable_by(|a, b| a.place.cmp(&b.place));
        found.add(listed);
        let pages = folders.iter().map(|folder| folder.names.len()).sum();
        Ok(Self { stretches: stretches_of(folders).into_iter(), pages })
    }

    /// How many pages there are.
    pub(super) fn len(&self) -> usize {
        self.pages
    }

    /// The next pages; none at the end.
    pub(super) fn next_round(&mut self) -> Vec<Vec<Run>> {
        self.stretches.by_ref().take(STRETCHES * rayon::current_num_threads()).collect()
    }
}

/// Puts small folders together and cuts large ones. A folder begins a stretch
/// or lies in one whole, so its first pages are never apart.
fn stretches_of(folders: Vec<Run>) -> Vec<Vec<Run>> {
    let mut stretches = Vec::new();
    let mut room = 0;
    for Run { place, names } in folders {
        let mut names = names.into_iter();
        while names.len() > 0 {
            if names.len() > room {
                stretches.push(Vec::new());
                room = STRETCH;
            }
            let names: Vec<Name> = names.by_ref().take(room).collect();
            room -= names.len();
            let stretch = stretches.last_mut().expect("the first folder begins a stretch");
            stretch.push(Run { place: place.clone(), names });
        }
    }
    stretches
}

impl Pages for Vec<Run> {
    fn read(self, buffer: &mut Vec<u8>, found: &mut Found, take: &mut dyn FnMut(&SourceFile<'_>)) {
        for run in self {
            run.read(buffer, found, take);
        }
    }
}

impl Run {
    fn read(self, buffer: &mut Vec<u8>, found: &mut Found, take: &mut dyn FnMut(&SourceFile<'_>)) {
        let mut twin: Option<u64> = None;
        let Place { path: folder, real } = self.place.as_ref();
        // One of each for all pages: their names are long.
        let (mut path, mut real) = (folder.clone(), real.clone());
        for name in self.names {
            path.truncate(folder.len());
            path.push_str(&name.text);
            real.push(name.odd.as_deref().unwrap_or(name.text.as_ref()));
            let is_read = read(&real, buffer);
            real.pop();
            match is_read {
                Ok(true) => {}
                Ok(false) => {
                    let message = "the page is larger than 1 GiB and was left out";
                    found.problem(Code::PageTooLarge, &path, message);
                    continue;
                }
                Err(cause) => {
                    let message = format!("cannot read the page: {cause}");
                    found.problem(Code::Unreadable, &path, message);
                    continue;
                }
            }
            found.page(&path, buffer);
            if may_be_twin(&name.text) {
                let hash = xxh3_64(buffer);
                if twin.replace(hash) == Some(hash) {
                    found.twins += 1;
                    continue;
                }
            }
            take(&source_file(&path, buffer));
        }
    }
}

/// Reads a page; false if it is too large.
fn read(path: &Path, buffer: &mut Vec<u8>) -> std::io::Result<bool> {
    let file = fs::File::open(path)?;
    buffer.clear();
    // One byte more than allowed tells a page that is too large.
    file.take(LARGEST_PAGE + 1).read_to_end(buffer)?;
    Ok(buffer.len() as u64 <= LARGEST_PAGE)
}

/// Lists the folders that symbolic links lead to, and those that links in them
/// lead to, and so on. Who follows which link is decided in the order of their
/// paths; what is found is listed in parallel.
fn follow_links(root: &Path, listing: &mut Listing) {
    let mut taken = Taken::default();
    let mut links = std::mem::take(&mut listing.links);
    while !links.is_empty() {
        links.sort_unstable();
        let mut followed = Vec::new();
        for Linked { path, link } in links.drain(..) {
            match taken.take(root, &link) {
                Ok(real) => followed.push((path, real)),
                Err(message) => listing.extend(Listing::not_followed(&path, &message)),
            }
        }
        let list =
            |(path, real): &(String, PathBuf)| list_folder(real, &format!("{path}/"), &taken);
        let found: Vec<Listing> = followed.par_iter().map(list).collect();
        found.into_iter().for_each(|found| listing.extend(found));
        links.append(&mut listing.links);
    }
}

/// Lists one folder and, in parallel, those in it, but for those that other
/// links led to. Symbolic links to folders are only noted.
fn list_folder(folder: &Path, inside: &str, taken: &Taken) -> Listing {
    let mut listing = Listing::default();
    let (mut names, mut inner) = (Vec::new(), Vec::new());
    let here = inside.trim_end_matches('/');
    match fs::read_dir(folder) {
        Ok(entries) => {
            for entry in entries {
                let listed =
                    entry.and_then(|entry| listing.add(inside, &entry, &mut names, &mut inner));
                if let Err(cause) = listed {
                    listing.unreadable(here, &cause);
                }
            }
        }
        Err(cause) => listing.unreadable(here, &cause),
    }
    if !names.is_empty() {
        // Twins stand first, so that they come to be in the same stretch.
        names.sort_unstable_by(|a: &Name, b| {
            (!may_be_twin(&a.text), &a.text, &a.odd).cmp(&(!may_be_twin(&b.text), &b.text, &b.odd))
        });
        let place = Place { path: inside.to_owned(), real: folder.to_owned() };
        listing.folders.push(Run { place: Arc::new(place), names });
    }
    let below = inner.par_iter().map(|Inner { name, path }| {
        let folder = folder.join(name);
        match taken.has(&folder) {
            true => Listing::not_followed(path, MET_AGAIN),
            false => list_folder(&folder, &format!("{path}/"), taken),
        }
    });
    below.collect::<Vec<_>>().into_iter().for_each(|below| listing.extend(below));
    listing
}

impl Listing {
    fn extend(&mut self, other: Self) {
        self.folders.extend(other.folders);
        self.links.extend(other.links);
        self.found.add(other.found);
    }

    fn not_followed(path: &str, message: &str) -> Self {
        let mut listing = Self::default();
        listing.found.problem(Code::LinkLoop, path, message);
        listing
    }

    fn unreadable(&mut self, path: &str, cause: &std::io::Error) {
        self.found.problem(Code::Unreadable, path, format!("cannot read it: {cause}"));
    }

    /// Takes in one entry of a folder.
    fn add(
        &mut self,
        inside: &str,
        entry: &fs::DirEntry,
        names: &mut Vec<Name>,
        inner: &mut Vec<Inner>,
    ) -> std::io::Result<()> {
        let mut kind = entry.file_type()?;
        let name = match entry.file_name().into_string() {
            Ok(text) => Name { text, odd: None },
            Err(odd) => Name { text: odd.to_string_lossy().into_owned(), odd: Some(odd) },
        };
        let path = || format!("{inside}{}", name.text);
        let linked = kind.is_symlink();
        if linked {
            match fs::metadata(entry.path()) {
                Ok(metadata) => kind = metadata.file_type(),
                Err(cause) => {
                    self.unreadable(&path(), &cause);
                    return Ok(());
                }
            }
        }
        // `.git` and `._x.md` belong to other programs.
        let hidden = name.text.starts_with('.');
        let is_page = kind.is_file() && is_markdown(&name.text);
        if name.odd.is_some() && !hidden && (is_page || kind.is_dir()) {
            let message = "the name is not UTF-8; keys hold U+FFFD in place of what is not";
            self.found.problem(Code::NameNotUtf8, &path(), message);
        }
        if kind.is_dir() && !hidden {
            match linked {
                true => self.links.push(Linked { path: path(), link: entry.path() }),
                false => inner.push(Inner { path: path(), name: entry.file_name() }),
            }
        } else if is_page && !hidden {
            names.push(name);
        } else if !kind.is_dir() {
            self.found.skip(&path());
        }
        Ok(())
    }
}

/// A folder in a folder.
struct Inner {
    name: OsString,
    path: String,
}
