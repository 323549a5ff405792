//! Opens a graph file without reading it.

use std::io::{Cursor, Read};
use std::path::Path;

use arrow_buffer::ScalarBuffer;
use bytes::Bytes;
use zip::ZipArchive;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{
    Adjacency, EventGraph, Events, Links, Problems, Revisions, Sources, Table, Tables,
};
use crate::store::ipc::{Columns, Fault, read_table};
use crate::store::manifest::{self, FORMAT_VERSION, Manifest};
use crate::store::map::map;

/// A ZIP begins with this.
const MAGIC: &[u8] = b"PK\x03\x04";

/// Whether a file begins as a graph file does.
pub fn is_graph_file(path: &Path) -> bool {
    let mut magic = [0; 4];
    let opened = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut magic));
    opened.is_ok() && magic == MAGIC
}

/// Whether a file is one that this program wrote, or that it broke off behind
/// the name of its first entry: any other ZIP, a document for instance, is not
/// to be written over.
pub fn is_own_file(path: &Path) -> bool {
    // Behind 26 bytes come the lengths of the name and of what follows it
    // (APPNOTE.TXT, section 4.3.7).
    let name = manifest::NAME.as_bytes();
    if !path.is_file() {
        // To open a pipe would wait for who writes into it.
        return false;
    }
    let mut begin = vec![0; 30 + name.len()];
    let opened = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut begin));
    let length = usize::from(u16::from_le_bytes([begin[26], begin[27]]));
    opened.is_ok() && begin.starts_with(MAGIC) && length == name.len() && begin.ends_with(name)
}

/// Opens a graph file.
///
/// # Errors
/// If there is no such file, if it is no graph file, if it is of a version
/// that this program does not know, or if it is cut or damaged where its
/// tables are described. Damage inside of a table shows when it is read:
/// text as missing, links by [`EventGraph::walk`]; [`verify`](crate::store::verify)
/// compares all bytes with their checksums, and says which ids it checks.
///
/// # While it is open
/// The file is mapped, not read. Threadline puts a new file in the place of an
/// old one, which whoever has it open keeps. Another program must not write
/// into it: changed bytes are wrong answers at worst, but where a file becomes
/// shorter the system ends the process that reads behind its new end (SIGBUS).
///
/// # Complexity
/// The same for a thousand events and for ten million.
pub fn open(path: &Path) -> Result<EventGraph> {
    open_bytes(map(path)?).map_err(|error| error.at(path))
}

fn open_bytes(file: Bytes) -> Result<EventGraph> {
    if !file.starts_with(MAGIC) {
        let message = "this is not a graph file; `threadline build ARCHIVE -o FILE` makes one";
        return Err(Error::new(ErrorKind::Damaged, message));
    }
    let mut zip = zip_of(&file)?;
    let manifest = read_manifest(&mut zip, &file)?;
    let mut table = |table: Table| entry(&mut zip, &file, &format!("{table}.arrow"));
    let tables = Tables {
        events: load(Table::Events, &table(Table::Events)?, events)?,
        links: load(Table::Links, &table(Table::Links)?, links)?,
        topics: load(Table::Topics, &table(Table::Topics)?, |columns| columns.texts())?,
        sources: load(Table::Sources, &table(Table::Sources)?, sources)?,
        revisions: load(Table::Revisions, &table(Table::Revisions)?, revisions)?,
        problems: load(Table::Problems, &table(Table::Problems)?, problems)?,
        adjacency: load(Table::Adjacency, &table(Table::Adjacency)?, adjacency)?,
    };
    let rows = [tables.events.key.len(), tables.links.target.len(), tables.topics.len()];
    let counts = manifest.counts;
    if rows.map(|rows| rows as u64) != [counts.events, counts.links, counts.topics] {
        return Err(damaged("its tables have other numbers of rows than its manifest says"));
    }
    Ok(EventGraph::new(tables, manifest.archive))
}

pub(super) fn zip_of(file: &Bytes) -> Result<ZipArchive<Cursor<Bytes>>> {
    ZipArchive::new(Cursor::new(file.clone())).map_err(|cause| {
        let message = "the graph file is cut or damaged (its directory of tables cannot be read); \
                       build it again";
        Error::new(ErrorKind::Damaged, message).because(cause)
    })
}

fn read_manifest(zip: &mut ZipArchive<Cursor<Bytes>>, file: &Bytes) -> Result<Manifest> {
    if zip.index_for_name(manifest::NAME).is_none() {
        let message = "this is a ZIP, but no graph file: it holds no manifest.json; `threadline \
                       build ARCHIVE -o FILE` makes one";
        return Err(Error::new(ErrorKind::Damaged, message));
    }
    let text = entry(zip, file, manifest::NAME)?;
    // The version first: a later one may say everything else differently.
    #[derive(serde::Deserialize)]
    struct Version {
        format: String,
        version: u32,
    }
    let version: Version = serde_json::from_slice(&text).map_err(no_manifest)?;
    if version.format != "threadline" {
        return Err(damaged("its manifest is that of another program"));
    }
    if version.version != FORMAT_VERSION {
        let message = format!(
            "the graph file is of version {}, this program reads version {FORMAT_VERSION}; build \
             it again from its archive",
            version.version
        );
        return Err(Error::new(ErrorKind::Version, message));
    }
    serde_json::from_slice(&text).map_err(no_manifest)
}

fn no_manifest(cause: serde_json::Error) -> Error {
    damaged("its manifest cannot be read").because(cause)
}

fn damaged(what: &str) -> Error {
    Error::new(ErrorKind::Damaged, format!("the graph file is damaged: {what}; build it again"))
}

/// The bytes of an entry, where they lie in the file.
fn entry(zip: &mut ZipArchive<Cursor<Bytes>>, file: &Bytes, name: &str) -> Result<Bytes> {
    let index = zip.index_for_name(name).ok_or_else(|| damaged(&format!("`{name}` is missing")))?;
    let broken = || damaged(&format!("`{name}` lies outside of the file"));
    let entry = zip.by_index_raw(index).map_err(|cause| broken().because(cause))?;
    if entry.compression() != zip::CompressionMethod::Stored || entry.encrypted() {
        return Err(damaged(&format!("`{name}` is compressed, and has to be stored as it is")));
    }
    let start =
        entry.data_start().and_then(|start| usize::try_from(start).ok()).ok_or_else(broken)?;
    let size = usize::try_from(entry.size()).map_err(|_| broken())?;
    let end = start.checked_add(size).filter(|&end| end <= file.len()).ok_or_else(broken)?;
    Ok(file.slice(start..end))
}

fn load<T>(
    table: Table,
    file: &Bytes,
    read: impl FnOnce(&mut Columns<'_>) -> Result<T, Fault>,
) -> Result<T> {
    read_table(file, &table.schema(), read)
        .map_err(|fault| damaged(&format!("the table `{table}` cannot be used ({fault})")))
}

fn events(columns: &mut Columns<'_>) -> Result<Events, Fault> {
    if u32::try_from(columns.rows()).is_err() {
        return Err("it has more rows than there are ids");
    }
    let key = columns.texts()?;
    let (date, date_valid) = columns.nullable_values()?;
    let title = columns.texts()?;
    let summary = columns.texts()?;
    let (lead_topic, lead_topic_valid) = columns.nullable_values()?;
    let topics = columns.lists()?;
    let present = columns.booleans()?;
    let page = columns.texts()?;
    Ok(Events {
        key,
        date,
        date_valid,
        title,
        summary,
        lead_topic,
        lead_topic_valid,
        topics,
        present,
        page,
    })
}

fn links(columns: &mut Columns<'_>) -> Result<Links, Fault> {
    if u32::try_from(columns.rows()).is_err() {
        return Err("it has more rows than there are ids");
    }
    let source: ScalarBuffer<u32> = columns.values()?;
    let target = columns.values()?;
    let rank = columns.values()?;
    let topics = columns.lists()?;
    let line = columns.values()?;
    Ok(Links { source, target, rank, topics, line })
}

fn sources(columns: &mut Columns<'_>) -> Result<Sources, Fault> {
    let event = columns.values()?;
    let (name, url, kind) = (columns.texts()?, columns.texts()?, columns.texts()?);
    Ok(Sources { event, name, url, kind })
}

fn revisions(columns: &mut Columns<'_>) -> Result<Revisions, Fault> {
    let event = columns.values()?;
    let (key, title) = (columns.texts()?, columns.texts()?);
    let (seen, seen_valid) = columns.nullable_values()?;
    let kind = columns.texts()?;
    Ok(Revisions { event, key, title, seen, seen_valid, kind })
}

fn problems(columns: &mut Columns<'_>) -> Result<Problems, Fault> {
    let code = columns.dictionary_texts()?;
    let (severity, page) = (columns.dictionary_texts()?, columns.dictionary_texts()?);
    let line = columns.values()?;
    let message = columns.dictionary_texts()?;
    Ok(Problems { code, severity, page, line, message })
}

fn adjacency(columns: &mut Columns<'_>) -> Result<Adjacency, Fault> {
    let out_start = columns.values()?;
    let in_links = columns.lists()?;
    Ok(Adjacency { out_start, in_links })
}
