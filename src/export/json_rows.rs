//! JSON written as it goes, for every format that is JSON: one row a line, so
//! that two exports can be compared line by line.
//!
//! serde_json escapes what JSON cannot hold; everything else stands as it is.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::rows::write_rows;
use crate::export::write_error;

/// Writes text that is JSON already.
pub(super) fn raw(out: &mut dyn Write, json: &str) -> Result<()> {
    out.write_all(json.as_bytes()).map_err(write_error)
}

/// Writes one value.
pub(super) fn object(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|cause| write_error(cause.into()))
}

/// Writes the items of an array, each on a line of its own: for each of `from`
/// what `to` makes of it.
pub(super) fn rows<T: Copy + Send + Sync, S: Serialize>(
    out: &mut dyn Write,
    from: impl Iterator<Item = T>,
    to: impl Fn(T) -> S + Sync,
) -> Result<()> {
    each(out, from, |row, item| push(row, &to(item)))
}

/// Writes the members of an object, each on a line of its own.
pub(super) fn members<'k, T: Copy + Send + Sync, S: Serialize>(
    out: &mut dyn Write,
    from: impl Iterator<Item = T>,
    to: impl Fn(T) -> (&'k str, S) + Sync,
) -> Result<()> {
    each(out, from, |row, item| {
        let (key, value) = to(item);
        push(row, key);
        row.push(b':');
        push(row, &value);
    })
}

fn each<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    from: impl Iterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T) + Sync,
) -> Result<()> {
    let numbered = from.enumerate();
    let written = write_rows(out, numbered, |row, (at, item)| {
        row.extend(if at == 0 { "\n" } else { ",\n" }.as_bytes());
        write(row, item);
    });
    written.map_err(write_error)?;
    raw(out, "\n")
}

/// Appends a value. What is written here is made of texts, numbers and lists,
/// which JSON can hold, and memory takes it.
fn push(row: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    serde_json::to_writer(row, value).expect("a record is JSON");
}
