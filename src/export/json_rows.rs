//! JSON written as it goes, for every format that is JSON: one row a line, so
//! that two exports can be compared line by line.
//!
//! serde_json escapes what JSON cannot hold; everything else stands as it is.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::write_error;

/// Writes text that is JSON already.
pub(super) fn raw(out: &mut dyn Write, json: &str) -> Result<()> {
    out.write_all(json.as_bytes()).map_err(write_error)
}

/// Writes one value.
pub(super) fn object(out: &mut dyn Write, value: &impl Serialize) -> Result<()> {
    serde_json::to_writer(out, value).map_err(|cause| write_error(cause.into()))
}

/// Writes the items of an array, each on a line of its own.
pub(super) fn rows(out: &mut dyn Write, items: impl Iterator<Item = impl Serialize>) -> Result<()> {
    each(out, items, |row, item| serde_json::to_writer(row, &item))
}

/// Writes the members of an object, each on a line of its own.
pub(super) fn members<'k>(
    out: &mut dyn Write,
    items: impl Iterator<Item = (&'k str, impl Serialize)>,
) -> Result<()> {
    each(out, items, |row, (key, item)| {
        serde_json::to_writer(&mut *row, key)?;
        row.push(b':');
        serde_json::to_writer(row, &item)
    })
}

/// Puts a row together in memory and writes it at once: serde_json writes in
/// small pieces, and a call for each would take longer than the piece.
fn each<T>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut Vec<u8>, T) -> serde_json::Result<()>,
) -> Result<()> {
    let mut row = Vec::new();
    let mut separator = "\n";
    for item in items {
        row.clear();
        row.extend(std::mem::replace(&mut separator, ",\n").as_bytes());
        write(&mut row, item).map_err(|cause| write_error(cause.into()))?;
        out.write_all(&row).map_err(write_error)?;
    }
    raw(out, "\n")
}
