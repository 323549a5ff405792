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
    each(out, items, |out, item| object(out, &item))
}

/// Writes the members of an object, each on a line of its own.
pub(super) fn members<'k>(
    out: &mut dyn Write,
    items: impl Iterator<Item = (&'k str, impl Serialize)>,
) -> Result<()> {
    each(out, items, |out, (key, item)| {
        object(out, &key)?;
        raw(out, ":")?;
        object(out, &item)
    })
}

fn each<T>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    mut write: impl FnMut(&mut dyn Write, T) -> Result<()>,
) -> Result<()> {
    let mut separator = "\n";
    for item in items {
        raw(out, std::mem::replace(&mut separator, ",\n"))?;
        write(out, item)?;
    }
    raw(out, "\n")
}
