//! The entries of a tar file, one after the other: which of them are pages.

use std::io;
use std::ops::ControlFlow;
use std::path::{Component, Path};
use std::sync::mpsc::SyncSender;

use tar::EntryType;

use crate::archive::tape::links::{Kind, Links};
use crate::archive::tape::{Batch, Days, Packed};
use crate::archive::{LARGEST_PAGE, is_markdown};
use crate::error::{Error, ErrorKind};
use crate::model::Code;

/// What is read ahead at a time.
const BATCH_PAGES: usize = 512;
const BATCH_BYTES: usize = 4 << 20;

type Entry<'a> = tar::Entry<'a, Box<dyn io::Read>>;

/// Reads to the end, or until nobody listens any more.
pub(super) fn read(packed: &Packed, path: &Path, sender: SyncSender<Batch>) {
    let mut out = Output::to(sender);
    let mut links = Links::default();
    let (mut is_tar, mut seen) = (false, 0_usize);
    let end = each_entry(packed, |mut entry| {
        is_tar = true;
        read_entry(&mut entry, &mut out, &mut links)?;
        seen += 1;
        Ok(out.send_if_full())
    });
    match end {
        Ok(()) => {}
        Err(_) if !is_tar => {
            let message = "this is neither a folder nor a tar file of pages, nor a graph file; \
                           other packings (zip, xz, zstd) have to be unpacked first";
            out.batch.failed = Some(Error::new(ErrorKind::Damaged, message).at(path));
        }
        Err(cause) => {
            let place = match seen {
                0 => "in its first entry".to_owned(),
                _ => format!("behind its entry {seen}"),
            };
            let message = format!(
                "the archive ends or is damaged {place} ({cause}); the pages before \
                 that place were read, those behind it are missing"
            );
            out.batch.found.problem(Code::TruncatedArchive, "", message);
        }
    }
    read_linked(packed, &links, &mut out);
    out.send();
}

/// Calls `take` with every entry until it says that it is enough.
fn each_entry(
    packed: &Packed,
    mut take: impl FnMut(Entry<'_>) -> io::Result<ControlFlow<()>>,
) -> io::Result<()> {
    let mut archive = tar::Archive::new(packed.rewound()?);
    for entry in archive.entries()? {
        if take(entry?)?.is_break() {
            break;
        }
    }
    Ok(())
}

/// Pages on their way to who parses them.
struct Output {
    batch: Batch,
    days: Days,
    /// `None` once nobody wants to know any more.
    sender: Option<SyncSender<Batch>>,
}

impl Output {
    fn to(sender: SyncSender<Batch>) -> Self {
        Self { batch: Batch::default(), days: Days::new(), sender: Some(sender) }
    }

    fn page(&mut self, path: String, bytes: Vec<u8>) {
        self.batch.add(path, bytes, &mut self.days);
    }

    fn send_if_full(&mut self) -> ControlFlow<()> {
        if self.batch.entries.len() >= BATCH_PAGES || self.batch.bytes >= BATCH_BYTES {
            self.send();
        }
        match self.sender {
            Some(_) => ControlFlow::Continue(()),
            None => ControlFlow::Break(()),
        }
    }

    fn send(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        self.sender.take_if(|sender| sender.send(batch).is_err());
    }
}

fn read_entry(entry: &mut Entry<'_>, out: &mut Output, links: &mut Links) -> io::Result<()> {
    let link = match entry.header().entry_type() {
        EntryType::Directory | EntryType::XGlobalHeader => return Ok(()),
        EntryType::Link => Some(Kind::Hard),
        EntryType::Symlink => Some(Kind::Symbolic),
        _ => None,
    };
    let raw = entry.path_bytes().into_owned();
    let name = String::from_utf8_lossy(&raw).into_owned();
    let found = &mut out.batch.found;
    let Some(path) = inner_path(&name) else {
        let message = "the entry's name leads out of the archive; it was left out";
        found.problem(Code::UnsafePath, &name, message);
        return Ok(());
    };
    let hidden = path.split('/').any(|part| part.starts_with('.'));
    let is_page = !hidden && is_markdown(&path);
    if is_page && std::str::from_utf8(&raw).is_err() {
        let message = "the name is not UTF-8; keys hold U+FFFD in place of what is not";
        found.problem(Code::NameNotUtf8, &path, message);
    }
    if let Some(kind) = link {
        let target = entry.link_name_bytes().unwrap_or_default();
        links.add(kind, &path, String::from_utf8_lossy(&target).into_owned());
        if is_page {
            links.pages.push(path);
        } else if kind == Kind::Symbolic && !hidden && Path::new(&path).extension().is_none() {
            links.folders.push(path);
        } else {
            found.skip(&path);
        }
    } else if !is_page || !is_file(entry) {
        found.skip(&path);
    } else if let Some(bytes) = page(entry, std::slice::from_ref(&path), out)? {
        out.page(path, bytes);
    }
    Ok(())
}

/// Whether an entry is a file with its bytes.
fn is_file(entry: &Entry<'_>) -> bool {
    matches!(
        entry.header().entry_type(),
        EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse
    )
}

/// The bytes of a page, which has several paths if links lead to it. `None` if
/// it is too large.
fn page(entry: &mut Entry<'_>, paths: &[String], out: &mut Output) -> io::Result<Option<Vec<u8>>> {
    let mut report = |code: Code, message: &str| {
        paths.iter().for_each(|path| out.batch.found.problem(code, path, message));
    };
    if entry.size() > LARGEST_PAGE {
        report(Code::PageTooLarge, "the page is larger than 1 GiB and was left out");
        return Ok(None);
    }
    // The size in a header is a claim: grow with what is really there.
    let mut bytes = Vec::with_capacity(entry.size().min(1 << 20) as usize);
    let result = io::Read::read_to_end(entry, &mut bytes);
    if result.is_err() || bytes.len() as u64 != entry.size() {
        report(Code::Unreadable, "the archive ends in the middle of the page");
        return Err(result.err().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()));
    }
    Ok(Some(bytes))
}

/// Reads the pages that links lead to: once more from the beginning, because
/// they may stand before the link, and are gone then, or behind it.
fn read_linked(packed: &Packed, links: &Links, out: &mut Output) {
    let found = &mut out.batch.found;
    for path in &links.folders {
        match links.leads_elsewhere(path) {
            true => links.report(path, found),
            false => found.skip(path),
        }
    }
    let (mut wanted, lost) = links.pages_by_target();
    lost.into_iter().for_each(|path| links.report(path, found));
    if wanted.is_empty() {
        return;
    }
    // Where the archive is damaged was said when it was read for the first time.
    let _ = each_entry(packed, |mut entry| {
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let pages =
            inner_path(&name).filter(|_| is_file(&entry)).and_then(|name| wanted.remove(&name));
        if let Some(pages) = pages
            && let Some(bytes) = page(&mut entry, &pages, out)?
        {
            for path in pages {
                out.page(path, bytes.clone());
                if out.send_if_full().is_break() {
                    return Ok(ControlFlow::Break(()));
                }
            }
        }
        Ok(if wanted.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    });
    wanted.values().flatten().for_each(|path| links.report(path, &mut out.batch.found));
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
    fn what_leads_out_has_no_path() {
        for (name, expected) in [("./news/x.md", Some("news/x.md")), ("../x.md", None)] {
            assert_eq!(inner_path(name).as_deref(), expected, "input {name:?}");
        }
    }
}
