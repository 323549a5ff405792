//! A folder with `events.csv` and `links.csv`, as `export --to csv` writes it.
//!
//! Only `key` in `events.csv`, and `source` and `target` in `links.csv`, are
//! needed; other columns may be missing, in any order, and unknown ones are
//! passed over. `sources.csv`, `revisions.csv` and `problems.csv` are read if
//! they are there.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use csv::{ByteRecord, Reader, ReaderBuilder};

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{About, EventGraph, build};
use crate::import::cell;
use crate::model::{
    Code, Date, Draft, Interner, NONE, Problem, RevisionKind, Severity, SourceKind, date_in_path,
    seconds_of,
};

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
    let mut tables = Tables::default();
    tables.events(folder)?;
    tables.links(folder)?;
    tables.sources(folder)?;
    tables.revisions(folder)?;
    tables.problems(folder)?;
    let Tables { keys, topics, contexts: _, mut draft, .. } = tables;
    draft.events.key = keys.into_strings();
    draft.topics = topics.into_strings();
    draft.problems.sort();
    let present = draft.events.present.iter().filter(|present| **present).count();
    let about = About { event_pages: present as u64, ..About::default() };
    Ok(build(draft)?.with_about(about))
}

#[derive(Default)]
struct Tables {
    keys: Interner,
    topics: Interner,
    /// Cells of topics as written → rows of the draft's contexts.
    contexts: Interner,
    draft: Draft,
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
        let place = |wanted: &&str| {
            headers.iter().position(|name| {
                // Spreadsheets put a byte order mark before the first name.
                let name = name.strip_prefix("\u{feff}".as_bytes()).unwrap_or(name);
                name.trim_ascii().eq_ignore_ascii_case(wanted.as_bytes())
            })
        };
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

    /// The next row, as its line; `None` at the end.
    fn next(&mut self, problems: &mut Vec<Problem>) -> Result<Option<u32>> {
        loop {
            match self.reader.read_byte_record(&mut self.record) {
                Ok(false) => return Ok(None),
                Ok(true) => {
                    let line = self.record.position().map_or(0, |position| position.line());
                    let line = u32::try_from(line).unwrap_or(u32::MAX);
                    if self.record.iter().any(|cell| std::str::from_utf8(cell).is_err()) {
                        let message = "the row is not UTF-8; what could not be read is U+FFFD";
                        problems.push(Problem::new(Code::NotUtf8, self.name, line, message));
                        self.record = self
                            .record
                            .iter()
                            .map(|cell| String::from_utf8_lossy(cell).into_owned())
                            .collect::<Vec<_>>()
                            .into();
                    }
                    return Ok(Some(line));
                }
                Err(cause) if cause.is_io_error() => {
                    return Err(Error::new(ErrorKind::Io, "cannot read it")
                        .at(&self.path)
                        .because(cause));
                }
                Err(cause) => {
                    let message = format!("the row cannot be read and was left out: {cause}");
                    problems.push(Problem::new(Code::BadRow, self.name, 0, message));
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

impl Tables {
    fn events(&mut self, folder: &Path) -> Result<()> {
        let further = ["date", "title", "summary", "lead_topic", "topics", "present", "page"];
        let Some(mut table) = Table::open(folder, "events.csv", &["key"], &further)? else {
            return Ok(());
        };
        while let Some(line) = table.next(&mut self.draft.problems)? {
            let key = table.cell(0);
            // The address `/` in a page names an absent event without a key.
            if key.is_empty() && !is_false(table.cell(6)) {
                self.bad_row(table.name, line, "the event has no key; it was left out");
                continue;
            }
            let row = self.keys.intern(key);
            if (row as usize) < self.draft.events.date.len() {
                let message = format!("the key `{key}` stands twice; this row was left out");
                self.problem(Code::DuplicatePage, table.name, line, message);
                continue;
            }
            let date = Date::parse(table.cell(1).trim());
            if date.is_none() && !table.cell(1).trim().is_empty() {
                let message = format!(
                    "there is no day `{}` (dates are written 1969-07-20); the event has no date",
                    table.cell(1)
                );
                self.problem(Code::BadDate, table.name, line, message);
            }
            let present = match table.cell(6).trim() {
                "" | "true" | "True" | "TRUE" | "1" => true,
                cell if is_false(cell) => false,
                other => {
                    let message = format!("`{other}` in `present` is neither true nor false");
                    self.bad_row(table.name, line, &message);
                    true
                }
            };
            let title = if table.has(2) { table.cell(2) } else { key };
            let lead = table.cell(4);
            let lead = if lead.is_empty() { NONE } else { self.topics.intern(lead) };
            for topic in names(table.cell(5)) {
                let topic = self.topics.intern(&topic);
                self.draft.event_topics.push((row, topic));
            }
            let events = &mut self.draft.events;
            events.date.push(date);
            events.title.push(title);
            events.summary.push(table.cell(3));
            events.lead_topic.push(lead);
            events.present.push(present);
            events.page.push(table.cell(7));
        }
        Ok(())
    }

    fn links(&mut self, folder: &Path) -> Result<()> {
        let needed = ["source", "target"];
        let further = ["rank", "topics", "line"];
        let Some(mut table) = Table::open(folder, "links.csv", &needed, &further)? else {
            return Ok(());
        };
        // Where ranks are missing, links are ranked as they stand.
        let mut ranks = vec![0_u16; self.draft.events.date.len()];
        while let Some(line) = table.next(&mut self.draft.problems)? {
            let keyless = self.keys.find("").is_some();
            if table.cell(0).is_empty() || (table.cell(1).is_empty() && !keyless) {
                self.bad_row(table.name, line, "the link has no source or no target; left out");
                continue;
            }
            let source = self.event(table.cell(0));
            let target = self.event(table.cell(1));
            ranks.resize(self.draft.events.date.len(), 0);
            let last = &mut ranks[source as usize];
            *last = last.saturating_add(1);
            let next = *last;
            let rank = self.number(&table, 2, line, next)?;
            ranks[source as usize] = rank;
            let page_line = self.number(&table, 4, line, 0)?;
            let context = self.context(table.cell(3));
            let links = &mut self.draft.links;
            links.source.push(source);
            links.target.push(target);
            links.rank.push(rank);
            links.context.push(context);
            links.line.push(page_line);
        }
        Ok(())
    }

    /// The number in a cell; `otherwise` if it is empty or none.
    fn number<N: std::str::FromStr>(
        &mut self,
        table: &Table,
        column: usize,
        line: u32,
        otherwise: N,
    ) -> Result<N> {
        let cell = table.cell(column).trim();
        if cell.is_empty() {
            return Ok(otherwise);
        }
        Ok(cell.parse().unwrap_or_else(|_| {
            let message = format!("`{cell}` is no number that can stand here");
            self.bad_row(table.name, line, &message);
            otherwise
        }))
    }

    /// The event of a key; an absent one if no table tells of it.
    fn event(&mut self, key: &str) -> u32 {
        let row = self.keys.intern(key);
        let events = &mut self.draft.events;
        if row as usize == events.date.len() {
            events.date.push(date_in_path(key));
            events.title.push(key);
            events.summary.push("");
            events.lead_topic.push(NONE);
            events.present.push(false);
            events.page.push("");
        }
        row
    }

    fn context(&mut self, cell: &str) -> u32 {
        if cell.is_empty() {
            return NONE;
        }
        let row = self.contexts.intern(cell);
        if row as usize == self.draft.contexts.len() {
            let start = self.draft.context_topics.len() as u32;
            for topic in names(cell) {
                self.draft.context_topics.push(self.topics.intern(&topic));
            }
            self.draft.contexts.push(start..self.draft.context_topics.len() as u32);
        }
        row
    }

    fn sources(&mut self, folder: &Path) -> Result<()> {
        let columns = ["event", "name", "url", "kind"];
        let Some(mut table) = Table::open(folder, "sources.csv", &[], &columns)? else {
            return Ok(());
        };
        while let Some(line) = table.next(&mut self.draft.problems)? {
            let Some(event) = self.known_event(&table, line) else {
                continue;
            };
            let kind =
                if table.cell(3) == "image" { SourceKind::Image } else { SourceKind::Article };
            let sources = &mut self.draft.sources;
            sources.event.push(event);
            sources.name.push(table.cell(1));
            sources.url.push(table.cell(2));
            sources.kind.push(kind);
        }
        Ok(())
    }

    fn revisions(&mut self, folder: &Path) -> Result<()> {
        let columns = ["event", "key", "title", "seen", "kind"];
        let Some(mut table) = Table::open(folder, "revisions.csv", &[], &columns)? else {
            return Ok(());
        };
        while let Some(line) = table.next(&mut self.draft.problems)? {
            let Some(event) = self.known_event(&table, line) else {
                continue;
            };
            let kinds = [RevisionKind::First, RevisionKind::Update, RevisionKind::Current];
            let kind = kinds.into_iter().find(|kind| kind.as_str() == table.cell(4));
            let seen = seconds_of(table.cell(3));
            let revisions = &mut self.draft.revisions;
            revisions.event.push(event);
            revisions.key.push(table.cell(1));
            revisions.title.push(table.cell(2));
            revisions.seen.push(seen);
            revisions.kind.push(kind.unwrap_or(RevisionKind::Update));
        }
        Ok(())
    }

    fn known_event(&mut self, table: &Table, line: u32) -> Option<u32> {
        let found = self.keys.find(table.cell(0));
        if found.is_none() {
            let message = format!("there is no event `{}`; the row was left out", table.cell(0));
            self.bad_row(table.name, line, &message);
        }
        found
    }

    fn problems(&mut self, folder: &Path) -> Result<()> {
        let columns = ["code", "severity", "page", "line", "message"];
        let Some(mut table) = Table::open(folder, "problems.csv", &[], &columns)? else {
            return Ok(());
        };
        while let Some(at) = table.next(&mut self.draft.problems)? {
            let line = self.number(&table, 3, at, 0)?;
            let severity = Severity::from_name(table.cell(1)).unwrap_or(Severity::Note);
            self.draft.problems.push(Problem {
                page: table.cell(2).into(),
                line,
                code: table.cell(0).to_owned().into(),
                severity,
                message: table.cell(4).into(),
            });
        }
        Ok(())
    }

    fn problem(&mut self, code: Code, page: &str, line: u32, message: impl Into<Arc<str>>) {
        self.draft.problems.push(Problem::new(code, page, line, message));
    }

    fn bad_row(&mut self, page: &str, line: u32, message: &str) {
        self.problem(Code::BadRow, page, line, message);
    }
}

fn is_false(cell: &str) -> bool {
    matches!(cell.trim(), "false" | "False" | "FALSE" | "0")
}

/// The names in a cell: `A|B\|C` → `A`, `B|C`.
fn names(cell: &str) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let mut names = vec![String::new()];
    let mut chars = cell.chars();
    while let Some(c) = chars.next() {
        let c = match c {
            '|' => {
                names.push(String::new());
                continue;
            }
            '\\' => chars.next().unwrap_or('\\'),
            c => c,
        };
        if let Some(name) = names.last_mut() {
            name.push(c);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_cell() {
        let cases: [(&str, &[&str]); 6] = [
            ("", &[]),
            ("A", &["A"]),
            ("A|B", &["A", "B"]),
            ("A\\|B|C\\\\", &["A|B", "C\\"]),
            ("A||B", &["A", "B"]),
            ("A\\", &["A\\"]),
        ];
        for (cell, expected) in cases {
            assert_eq!(names(cell), expected, "input {cell:?}");
        }
    }
}
