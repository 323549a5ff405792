//! The bare parallel reader: what reading costs before anything is understood.
//!
//! Lists a folder and reads its pages on all threads, and nothing else. It is
//! what `threadline build` is held against, so it reads the files that a build
//! reads and no others.

use std::fs::{self, File};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

/// Reads all pages of a folder, or all of a `.tar` file; returns the bytes.
pub(crate) fn bare_read(archive: &Path) -> io::Result<u64> {
    if archive.is_dir() { read_all(&list(archive)?) } else { read_file_in_parts(archive) }
}

/// The pages below a folder, listed in parallel.
fn list(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let (mut folders, mut pages) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        if entry.file_type()?.is_dir() {
            folders.push(path);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            pages.push(path);
        }
    }
    let below: io::Result<Vec<_>> = folders.par_iter().map(|folder| list(folder)).collect();
    pages.extend(below?.into_iter().flatten());
    Ok(pages)
}

fn read_all(pages: &[PathBuf]) -> io::Result<u64> {
    // As bare as it gets: the pages' sizes are not even asked for.
    let read = |buffer: &mut Vec<u8>, page: &PathBuf| {
        let (mut file, mut bytes) = (File::open(page)?, 0);
        loop {
            match file.read(buffer)? {
                0 => return Ok(bytes),
                more => bytes += more as u64,
            }
        }
    };
    let lengths = pages.par_iter().map_init(|| vec![0; 1 << 16], read);
    lengths.try_reduce(|| 0, |a, b| Ok(a + b))
}

/// One large file, a few megabytes at a time on each thread.
fn read_file_in_parts(path: &Path) -> io::Result<u64> {
    const PART: u64 = 4 << 20;
    let parts = fs::metadata(path)?.len().div_ceil(PART);
    let read = |buffer: &mut Vec<u8>, part: u64| {
        buffer.clear();
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(part * PART))?;
        file.take(PART).read_to_end(buffer)
    };
    let lengths = (0..parts)
        .into_par_iter()
        .map_init(Vec::new, |buffer, part| read(buffer, part).map(|n| n as u64));
    lengths.try_reduce(|| 0, |a, b| Ok(a + b))
}
