//! Writes a graph file: whole, or not at all.

use std::fs::File;
use std::io::{BufWriter, Seek, Write};
use std::path::Path;

use arrow_array::RecordBatch;
use arrow_ipc::MetadataVersion;
use arrow_ipc::writer::{FileWriter, IpcWriteOptions};
use rayon::prelude::*;
use zip::CompressionMethod;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Table};
use crate::store::manifest::{self, Manifest};
use crate::store::replace::Replacement;

/// Buffers begin at multiples of this, so that they can be used where they
/// lie in the mapped file.
const ALIGNMENT: u16 = 64;

/// Writes a graph beside `path` and renames it over `path`, or over the file
/// that `path` is a symbolic link to. What is there and is no file, a pipe for
/// instance, is written to.
///
/// Same graph, same bytes.
///
/// # Errors
/// If the folder cannot be written to, or the disk is full; what was at
/// `path` is then still there.
pub fn write(graph: &EventGraph, path: &Path) -> Result<()> {
    let fail = |cause| Error::io(path, "cannot write the graph file", cause);
    let replacement = Replacement::open(path).map_err(fail)?;
    let mut file = replacement.file().map_err(fail)?;
    if replacement.is_stream() {
        // A ZIP is written with steps back, which a pipe cannot take.
        let mut whole = tempfile::tempfile().map_err(fail)?;
        write_zip(
            graph,
            BufWriter::with_capacity(1 << 18, whole.try_clone().map_err(fail)?),
            path,
        )?;
        whole.rewind().map_err(fail)?;
        std::io::copy(&mut whole, &mut file).map_err(fail)?;
    } else {
        write_zip(graph, BufWriter::with_capacity(1 << 18, file), path)?;
    }
    replacement.finish().map_err(fail)
}

fn write_zip(graph: &EventGraph, out: BufWriter<File>, path: &Path) -> Result<()> {
    let fail = |cause: zip::result::ZipError| {
        Error::new(ErrorKind::Io, "cannot write the graph file").at(path).because(cause)
    };
    let mut zip = ZipWriter::new(out);
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(zip::DateTime::default())
        .large_file(true);
    zip.start_file(manifest::NAME, options).map_err(fail)?;
    let manifest = serde_json::to_string_pretty(&Manifest::of(graph))
        .map_err(|cause| Error::new(ErrorKind::Io, "cannot write the manifest").because(cause))?;
    zip.write_all(manifest.as_bytes()).map_err(|cause| fail(cause.into()))?;
    // Checking the tables' texts is most of the work, writing copies nothing.
    let batches: Vec<_> = Table::ALL.par_iter().map(|&table| graph.table_to_write(table)).collect();
    for (&table, batch) in Table::ALL.iter().zip(batches) {
        let options = options.with_alignment(ALIGNMENT);
        zip.start_file(format!("{table}.arrow"), options).map_err(fail)?;
        let written = batch.and_then(|batch| write_table(table, &batch, &mut zip));
        written.map_err(|error| error.at(path))?;
    }
    zip.finish().map_err(fail)?.flush().map_err(|cause| fail(cause.into()))
}

/// Writes a table as an Arrow IPC file. Its texts come as bytes; the schema says
/// that they are texts.
fn write_table(table: Table, batch: &RecordBatch, out: &mut impl Write) -> Result<()> {
    let fail = |cause: arrow_schema::ArrowError| {
        let message = format!("cannot write the table `{table}`");
        Error::new(ErrorKind::Io, message).because(cause)
    };
    let options = IpcWriteOptions::try_new(usize::from(ALIGNMENT), false, MetadataVersion::V5)
        .map_err(fail)?;
    let mut writer =
        FileWriter::try_new_with_options(out, &table.schema(), options).map_err(fail)?;
    // One batch, so that a row number is a place in the buffers.
    writer.write(batch).map_err(fail)?;
    writer.finish().map_err(fail)
}
