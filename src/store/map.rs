//! Maps a file into memory: the only unsafe code of the library.

use std::fs::File;
use std::path::Path;

use bytes::Bytes;

use crate::error::{Error, Result};

/// The bytes of a file, read by the operating system as they are touched.
pub(super) fn map(path: &Path) -> Result<Bytes> {
    let fail = |cause| Error::io(path, "cannot open the graph file", cause);
    let file = File::open(path).map_err(fail)?;
    if file.metadata().map_err(fail)?.len() == 0 {
        return Ok(Bytes::new());
    }
    #[cfg(not(miri))]
    {
        // SAFETY: the mapping is read-only, and Threadline replaces graph
        // files by renaming and never changes one in place, so the bytes do
        // not change while they are mapped. Another program that writes into
        // the file or cuts it breaks this promise, as with any mapped file;
        // what the library reads is checked every time, so that changed bytes
        // are at worst a wrong answer; Arrow arrays are checked when they are
        // made. A cut file ends the process (SIGBUS).
        #[expect(unsafe_code, reason = "mapping a file is the one exception")]
        let mapped = unsafe { memmap2::Mmap::map(&file) }.map_err(fail)?;
        Ok(Bytes::from_owner(mapped))
    }
    // Miri knows no mapped files; there the file is read.
    #[cfg(miri)]
    {
        let _ = file;
        std::fs::read(path).map(Bytes::from).map_err(fail)
    }
}
