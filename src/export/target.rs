//! Where an export goes: standard output, or a file that is whole or not there.

use std::fs::File;
use std::io::{self, BufWriter, IoSlice, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::store::{Replacement, check_folder, is_own_file};

/// What is written to a few bytes at a time: calls that the compiler cannot see
/// through would take longer than the bytes.
pub(super) type Buffer<'o> = BufWriter<&'o mut dyn Write>;

/// A buffer before `out`, to be flushed in the end.
pub(super) fn buffered(out: &mut dyn Write) -> Buffer<'_> {
    BufWriter::with_capacity(BUFFER, out)
}

/// The bytes of a buffer.
const BUFFER: usize = 1 << 16;

/// Something to write an export to. Opened before the work starts, so that a
/// folder that may not be written to is known at once.
pub struct Target(Kind);

enum Kind {
    Standard(BufWriter<io::Stdout>),
    File { out: BufWriter<File>, replacement: Replacement, path: PathBuf },
}

impl Target {
    /// Standard output.
    pub fn standard() -> Self {
        Self(Kind::Standard(BufWriter::with_capacity(BUFFER, io::stdout())))
    }

    /// A file. What is there stays until [`Target::finish`], unless it is no
    /// file: a pipe, or `/dev/null`, is written to as it comes. A symbolic link
    /// stays, and the file that it leads to is replaced.
    ///
    /// # Errors
    /// If its folder is not there or may not be written to, or if it is a graph
    /// file: that is what exports are made from.
    pub fn open(path: &Path) -> Result<Self> {
        let fail = |cause| Error::io(path, "cannot write the file", cause);
        check_folder(path)?;
        if is_own_file(path) {
            let message = "this is a graph file, which an export cannot stand in for; name \
                           another file, or delete this one first";
            return Err(Error::new(ErrorKind::Input, message).at(path));
        }
        let replacement = Replacement::open(path).map_err(fail)?;
        let file = replacement.file().map_err(fail)?;
        let out = BufWriter::with_capacity(BUFFER, file);
        Ok(Self(Kind::File { out, replacement, path: path.to_owned() }))
    }

    /// Gives the file its name, now that it is whole.
    ///
    /// # Errors
    /// If the last bytes cannot be written, or the file cannot be renamed.
    pub fn finish(self) -> Result<()> {
        match self.0 {
            Kind::Standard(mut out) => out.flush().map_err(crate::export::write_error),
            Kind::File { mut out, replacement, path } => {
                let fail = |cause| Error::io(&path, "cannot write the file", cause);
                out.flush().map_err(fail)?;
                drop(out);
                replacement.finish().map_err(fail)
            }
        }
    }
}

impl Write for Target {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Standard(out) => out.write(bytes),
            Kind::File { out, .. } => out.write(bytes),
        }
    }

    fn write_vectored(&mut self, parts: &[IoSlice<'_>]) -> io::Result<usize> {
        match &mut self.0 {
            Kind::Standard(out) => out.write_vectored(parts),
            Kind::File { out, .. } => out.write_vectored(parts),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.0 {
            Kind::Standard(out) => out.flush(),
            Kind::File { out, .. } => out.flush(),
        }
    }
}
