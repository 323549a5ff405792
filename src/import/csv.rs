//! A folder with `events.csv` and `links.csv`, as `export --to csv` writes it.
//!
//! Only `key` in `events.csv`, and `source` and `target` in `links.csv`, are
//! needed; other columns may be missing, in any order, and unknown ones are
//! passed over. `sources.csv`, `revisions.csv` and `problems.csv` are read if
//! they are there.

use std::fs::File;
use std::path::{Path, PathBuf};

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::rows::{EventRow, LinkRow, Place, Rows};
use crate::model::cell;
use crate::model::{Code, Problem, Severity};

/// Whether a folder holds the tables of a graph: at least one of the two that
/// are needed.
pub fn is_csv_folder(path: &Path) -> bool {
    path.join("events.csv").is_file() || path.join("links.csv").is_file()
}

/// Builds the graph of the tables in a folder.
///
/// A row that cannot be read becomes a problem with its line; a link to an
/// unknown key makes an absent event, as a link in a page does.
///
/// # Errors
/// If a file cannot be read, or lacks a needed column.
///
/// # Complexity
/// Time linear in the size of the files, and O(n log n) in the number of rows.
pub fn read_folder(folder: &Path) -> Result<EventGraph> {
    let mut rows = Rows::default();
    events(&mut rows, folder)?;
    links(&mut rows, folder)?;
    sources(&mut rows, folder)?;
    revisions(&mut rows, folder)?;
    problems(&mut rows, folder)?;
    rows.finish(None)
}

/// One open table.
struct Table {
    name: &'static str,
    path: PathBuf,
    reader: Reader<File>,
    /// The place of each wanted column; `None` if it is missing.
    columns: Vec<Option<usize>>,
    record: ByteRecord,
}

impl Table {
    /// Opens a table; `None` if it is not there and not needed.
    fn open(
        folder: &Path,
        name: &'static str,
        needed: &[&str],
        further: &[&str],
    ) -> Result<Option<Self>> {
        let path = folder.join(name);
        if needed.is_empty() && !path.exists() {
            return Ok(None);
        }
        let file = File::open(&path).map_err(|cause| Error::io(&path, "cannot open it", cause))?;
        let mut reader =
            ReaderBuilder::new().flexible(true).buffer_capacity(1 << 18).from_reader(file);
        let headers = reader
            .byte_headers()
            .map_err(|cause| {
                Error::new(ErrorKind::Input, "cannot read the header").at(&path).because(cause)
            })?
            .clone();
        let place = |wanted: &&str| place(&headers, wanted);
        if let Some(missing) = needed.iter().find(|name| place(name).is_none()) {
            let message = format!(
                "the column `{missing}` is missing; the first line has to name the columns, with \
                 commas between them (needed: {})",
                needed.join(", ")
            );
            return Err(Error::new(ErrorKind::Input, message).at(path));
        }
        let columns = needed.iter().chain(further).map(place).collect();
        Ok(Some(Self { name, path, reader, columns, record: ByteRecord::new() }))
    }

    /// Goes to the next row, and says where it stands; `None` at the end.
    fn next(&mut self, rows: &mut Rows) -> Result<Option<Place<'static>>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(None),
                Ok(true) => {
                    let line = self.record.position().map_or(0, |position| position.line());
                    let line = u32::try_from(line).unwrap_or(u32::MAX);
                    if self.record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
                        let message = "the row is not UTF-8; what could not be read is U+FFFD";
                        rows.push_problem(Problem::new(Code::NotUtf8, self.name, line, message));
                        self.record = self
                            .record
                            .iter()
                            .map(|cell| String::from_utf8_lossy(cell).into_owned())
                            .collect::<Vec<_>>()
                            .into();
                    }
                    return Ok(Some(Place { file: self.name, line }));
                }
                Err(cause) if cause.is_io_error() => {
                    return Err(Error::new(ErrorKind::Io, "cannot read it")
                        .at(&self.path)
                        .because(cause));
                }
                Err(cause) => {
                    let message = format!("the row cannot be read and was left out: {cause}");
                    rows.bad_row(Place { file: self.name, line: 0 }, message);
                }
            }
        }
    }

    /// A cell of the current row; empty if the column or the cell is missing.
    fn cell(&self, column: usize) -> &str {
        let cell = self.columns[column].and_then(|place| self.record.get(place));
        let cell = cell.and_then(|cell| std::str::from_utf8(cell).ok()).unwrap_or_default();
        cell::read(cell)
    }

    fn has(&self, column: usize) -> bool {
        self.columns[column].is_some()
    }
}

/// Where a column of this name is.
pub(super) fn place(headers: &ByteRecord, wanted: &str) -> Option<usize> {
    headers.iter().position(|name| {
        // Spreadsheets put a byte order mark before the first name.
        let name = name.strip_prefix("\u{feff}".as_bytes()).unwrap_or(name);
        name.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes())
    })
}

fn events(rows: &mut Rows, folder: &Path) -> Result<()> {
    let further = ["date", "title", "summary", "lead_topic", "topics", "present", "page"];
    let Some(mut table) = Table::open(folder, "events.csv", &["key"], &further)? else {
        return Ok(());
    };
    while let Some(place) = table.next(rows)? {
        let row = EventRow {
            key: table.cell(0),
            date: table.cell(1),
            title: table.has(2).then(|| table.cell(2)),
            summary: table.cell(3),
            lead_topic: table.cell(4),
            topics: table.cell(5),
            present: table.cell(6),
            page: table.cell(7),
        };
        rows.event(row, place);
    }
    Ok(())
}

fn links(rows: &mut Rows, folder: &Path) -> Result<()> {
    let needed = ["source", "target"];
    let further = ["rank", "topics", "line"];
    let Some(mut table) = Table::open(folder, "links.csv", &needed, &further)? else {
        return Ok(());
    };
    while let Some(place) = table.next(rows)? {
        let row = LinkRow {
            source: table.cell(0),
            target: table.cell(1),
            rank: table.cell(2),
            topics: table.cell(3),
            line: table.cell(4),
        };
        rows.link(row, place);
    }
    Ok(())
}

fn sources(rows: &mut Rows, folder: &Path) -> Result<()> {
    let columns = ["event", "name", "url", "kind"];
    let Some(mut table) = Table::open(folder, "sources.csv", &[], &columns)? else {
        return Ok(());
    };
    while let Some(place) = table.next(rows)? {
        rows.source(table.cell(0), table.cell(1), table.cell(2), table.cell(3), place);
    }
    Ok(())
}

fn revisions(rows: &mut Rows, folder: &Path) -> Result<()> {
    let columns = ["event", "key", "title", "seen", "kind"];
    let Some(mut table) = Table::open(folder, "revisions.csv", &[], &columns)? else {
        return Ok(());
    };
    while let Some(place) = table.next(rows)? {
        let wording = (table.cell(1), table.cell(2));
        rows.revision(table.cell(0), wording, table.cell(3), table.cell(4), place);
    }
    Ok(())
}

fn problems(rows: &mut Rows, folder: &Path) -> Result<()> {
    let columns = ["code", "severity", "page", "line", "message"];
    let Some(mut table) = Table::open(folder, "problems.csv", &[], &columns)? else {
        return Ok(());
    };
    while let Some(place) = table.next(rows)? {
        let line = rows.number(table.cell(3), place, 0);
        let (severity, known) = (table.cell(1), Severity::ALL);
        let severity = rows.one_of("severity", severity, known, place, Severity::Note);
        rows.push_problem(Problem {
            page: table.cell(2).into(),
            line,
            code: table.cell(0).to_owned().into(),
            severity,
            message: table.cell(4).into(),
        });
    }
    Ok(())
}
