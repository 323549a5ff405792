//! A tar file, read in one pass and never unpacked; in a second one, if pages
//! in it are links.
//!
//! A thread of its own reads (and decompresses) ahead of whoever parses.

mod entries;
mod links;

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use flate2::read::MultiGzDecoder;
use xxhash_rust::xxh3::xxh3_64;

use crate::archive::{Found, Pages, may_be_twin, source_file};
use crate::error::{Error, ErrorKind, Result};
use crate::model::SourceFile;

/// Pages that one thread takes in one go.
const STRETCH: usize = 32;

/// The entries of a tar file, in its order.
pub(super) struct Tape {
    path: PathBuf,
    batches: Receiver<Batch>,
    /// The thread that reads, until it is known to have come to the end.
    reader: Option<JoinHandle<()>>,
}

/// A page as it stands in the file.
pub(super) struct Entry {
    path: String,
    bytes: Vec<u8>,
    /// Whether the page repeats one of its folder.
    twin: bool,
}

/// Pages and what was found on the way to them.
#[derive(Default)]
struct Batch {
    entries: Vec<Entry>,
    bytes: usize,
    found: Found,
    /// Why the file is no tar file at all.
    failed: Option<Error>,
}

/// The file itself, which may be compressed.
struct Packed {
    file: File,
    compressed: bool,
}

impl Packed {
    fn open(path: &Path) -> Result<Self> {
        let file =
            File::open(path).map_err(|cause| Error::io(path, "cannot open the archive", cause))?;
        let mut magic = Vec::new();
        Read::take(&file, 2)
            .read_to_end(&mut magic)
            .map_err(|cause| Error::io(path, "cannot read the archive", cause))?;
        if magic.is_empty() {
            return Err(Error::new(ErrorKind::Damaged, "the file is empty").at(path));
        }
        Ok(Self { file, compressed: magic == [0x1f, 0x8b] })
    }

    /// A reader that begins at the beginning. There is one at a time.
    fn rewound(&self) -> std::io::Result<Box<dyn Read>> {
        let mut file = self.file.try_clone()?;
        file.rewind()?;
        let reader = BufReader::with_capacity(1 << 18, file);
        Ok(match self.compressed {
            true => Box::new(MultiGzDecoder::new(reader)),
            false => Box::new(reader),
        })
    }
}

impl Tape {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let packed = Packed::open(path)?;
        let named = path.to_owned();
        Self::read_by(path, move |sender| entries::read(&packed, &named, sender))
    }

    /// Reads in a thread of its own.
    fn read_by(path: &Path, read: impl FnOnce(SyncSender<Batch>) + Send + 'static) -> Result<Self> {
        let (sender, batches) = sync_channel(2);
        let reader = std::thread::Builder::new()
            .spawn(move || read(sender))
            .map_err(|cause| Error::io(path, "cannot read the archive", cause))?;
        Ok(Self { path: path.to_owned(), batches, reader: Some(reader) })
    }

    /// The next pages; none at the end.
    pub(super) fn next_round(&mut self, found: &mut Found) -> Result<Vec<Vec<Entry>>> {
        while let Ok(batch) = self.batches.recv() {
            found.add(batch.found);
            if let Some(error) = batch.failed {
                return Err(error);
            }
            if !batch.entries.is_empty() {
                let mut entries = batch.entries.into_iter();
                let next = || Some(entries.by_ref().take(STRETCH).collect::<Vec<_>>());
                return Ok(std::iter::from_fn(next).take_while(|next| !next.is_empty()).collect());
            }
        }
        self.join().map(|()| Vec::new())
    }

    /// Nothing comes any more: because all is read, or because the reader died?
    fn join(&mut self) -> Result<()> {
        self.reader.take().map_or(Ok(()), JoinHandle::join).map_err(|_| {
            let message = "reading the archive broke off; pages may be missing";
            Error::new(ErrorKind::Damaged, message).at(&self.path)
        })
    }
}

impl Pages for Vec<Entry> {
    fn read(self, _: &mut Vec<u8>, found: &mut Found, take: &mut dyn FnMut(&SourceFile<'_>)) {
        for Entry { path, bytes, twin } in self {
            found.page(&path, &bytes);
            if twin {
                found.twins += 1;
            } else {
                take(&source_file(&path, &bytes));
            }
        }
    }
}

/// Folders of day pages with a hash of each one's text.
type Days = HashSet<(String, u64)>;

impl Batch {
    fn add(&mut self, path: String, bytes: Vec<u8>, days: &mut Days) {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let twin = may_be_twin(name) && !days.insert((folder.to_owned(), xxh3_64(&bytes)));
        self.bytes += bytes.len();
        self.entries.push(Entry { path, bytes, twin });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_that_dies_is_an_error() {
        let mut tape = Tape::read_by(Path::new("a.tar"), |sender| {
            let mut batch = Batch::default();
            batch.add("a.md".to_owned(), b"# A".to_vec(), &mut Days::new());
            sender.send(batch).expect("somebody listens");
            panic!("as a bug in a decoder would");
        })
        .expect("a thread");
        let mut found = Found::default();
        assert_eq!(tape.next_round(&mut found).expect("what came before").len(), 1);
        let error = tape.next_round(&mut found).err().expect("it died").to_string();
        assert_eq!(error, "a.tar: reading the archive broke off; pages may be missing");
        // Said once; nothing comes behind it.
        assert!(tape.next_round(&mut found).is_ok_and(|round| round.is_empty()));
    }
}
