//! A tar file, read in one pass and never unpacked.
//!
//! A thread of its own reads (and decompresses) ahead of whoever parses.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use flate2::read::MultiGzDecoder;
use xxhash_rust::xxh3::xxh3_64;

use crate::archive::{Found, LARGEST_PAGE, Pages, is_markdown, may_be_twin, source_file};
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Code, SourceFile};

/// What is read ahead at a time.
const BATCH_PAGES: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

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

impl Tape {
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file =
            File::open(path).map_err(|cause| Error::io(path, "cannot open the archive", cause))?;
        let mut reader = BufReader::with_capacity(1 << 18, file);
        let mut magic = Vec::new();
        Read::take(&mut reader, 2)
            .read_to_end(&mut magic)
            .map_err(|cause| Error::io(path, "cannot read the archive", cause))?;
        if magic.is_empty() {
            return Err(Error::new(ErrorKind::Damaged, "the file is empty").at(path));
        }
        let compressed = magic == [0x1f, 0x8b];
        let whole = std::io::Cursor::new(magic).chain(reader);
        let named = path.to_owned();
        Self::read_by(path, move |sender| {
            let decoded: Box<dyn Read> =
                if compressed { Box::new(MultiGzDecoder::new(whole)) } else { Box::new(whole) };
            read_entries(decoded, &named, &sender);
        })
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

/// Reads to the end, or until nobody listens any more.
fn read_entries(reader: Box<dyn Read>, path: &Path, sender: &SyncSender<Batch>) {
    let mut batch = Batch::default();
    let mut archive = tar::Archive::new(reader);
    let mut seen = 0_usize;
    let mut days = Days::new();
    let failure = 'reading: {
        let entries = match archive.entries() {
            Ok(entries) => entries,
            Err(cause) => break 'reading Some(cause),
        };
        for entry in entries {
            let step = entry.and_then(|mut entry| read_entry(&mut entry, &mut batch, &mut days));
            if let Err(cause) = step {
                break 'reading Some(cause);
            }
            seen += 1;
            if batch.entries.len() >= BATCH_PAGES || batch.bytes >= BATCH_BYTES {
                let full = std::mem::take(&mut batch);
                if sender.send(full).is_err() {
                    return;
                }
            }
        }
        None
    };
    match failure {
        None => {}
        Some(_) if seen == 0 => {
            let message = "this is neither a folder nor a tar file of pages, nor a graph file; \
                           other packings (zip, xz, zstd) have to be unpacked first";
            let error = Error::new(ErrorKind::Damaged, message).at(path);
            batch.failed = Some(error);
        }
        Some(cause) => {
            let message = format!(
                "the archive ends or is damaged behind its entry {seen} ({cause}); the pages before \
                 that place were read, those behind it are missing"
            );
            batch.found.problem(Code::TruncatedArchive, "", message);
        }
    }
    // Nobody listening means that nobody wants to know.
    let _ = sender.send(batch);
}

fn read_entry(
    entry: &mut tar::Entry<'_, Box<dyn Read>>,
    batch: &mut Batch,
    days: &mut Days,
) -> std::io::Result<()> {
    if !entry.header().entry_type().is_file() {
        return Ok(());
    }
    let raw = entry.path_bytes().into_owned();
    let name = String::from_utf8_lossy(&raw).into_owned();
    let Some(path) = inner_path(&name) else {
        let message = "the entry's name leads out of the archive; it was left out";
        batch.found.problem(Code::UnsafePath, &name, message);
        return Ok(());
    };
    if path.split('/').any(|part| part.starts_with('.')) || !is_markdown(&path) {
        batch.found.skip(&path);
        return Ok(());
    }
    if std::str::from_utf8(&raw).is_err() {
        let message = "the file's name is not UTF-8; its key holds U+FFFD in place of it";
        batch.found.problem(Code::NameNotUtf8, &path, message);
    }
    if entry.size() > LARGEST_PAGE {
        let message = "the page is larger than 1 GiB and was left out";
        batch.found.problem(Code::PageTooLarge, &path, message);
        return Ok(());
    }
    // The size in a header is a claim: grow with what is really there.
    let mut bytes = Vec::with_capacity(entry.size().min(1 << 20) as usize);
    let result = entry.read_to_end(&mut bytes);
    if result.is_err() || bytes.len() as u64 != entry.size() {
        batch.found.problem(Code::Unreadable, &path, "the archive ends in the middle of the page");
        return Err(result.err().unwrap_or_else(|| std::io::ErrorKind::UnexpectedEof.into()));
    }
    batch.add(path, bytes, days);
    Ok(())
}

/// `./news/x.md` → `news/x.md`; `None` for what leads out, as `../x` does.
fn inner_path(name: &str) -> Option<String> {
    let mut parts = Vec::new();
    for part in Path::new(name).components() {
        match part {
            Component::Normal(part) => parts.push(part.to_str()?),
            Component::CurDir | Component::RootDir => {}
            Component::ParentDir | Component::Prefix(_) => return None,
        }
    }
    Some(parts.join("/"))
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

    #[test]
    fn what_leads_out_has_no_path() {
        for (name, expected) in [("./news/x.md", Some("news/x.md")), ("../x.md", None)] {
            assert_eq!(inner_path(name).as_deref(), expected, "input {name:?}");
        }
    }
}
