//! An answer as a table for spreadsheets: CSV after RFC 4180.
//!
//! What comes from a page is somebody else's: no cell is a formula, as in
//! `export --to csv --for-spreadsheet`.

use std::io::Write;

use crate::cli::output_error;
use crate::cli::screen::safe;
use crate::error::Result;
use crate::model::cell;

/// Writes rows of cells.
pub(super) struct Sheet<'o> {
    out: csv::Writer<&'o mut dyn Write>,
}

impl<'o> Sheet<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Self {
        let terminator = csv::Terminator::CRLF;
        Self { out: csv::WriterBuilder::new().terminator(terminator).from_writer(out) }
    }

    pub(super) fn row<C: AsRef<str>>(&mut self, cells: impl IntoIterator<Item = C>) -> Result<()> {
        for cell in cells {
            let cell = harmless(cell.as_ref());
            self.out.write_field(cell).map_err(|cause| output_error(cause.into()))?;
        }
        self.out.write_record(None::<&[u8]>).map_err(|cause| output_error(cause.into()))
    }

    pub(super) fn finish(mut self) -> Result<()> {
        self.out.flush().map_err(output_error)
    }
}

fn harmless(cell: &str) -> String {
    let cell = safe(cell);
    // A number may begin with a sign.
    let number = cell.parse::<f64>().is_ok_and(f64::is_finite);
    cell::written(&cell, !number).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let cases = [
            ("=HYPERLINK(\"x\")", "'=HYPERLINK(\"x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("+1-2", "'+1-2"),
            ("-1.5", "-1.5"),
            ("-inf", "'-inf"),
            ("-{zh-tw:a}-", "'-{zh-tw:a}-"),
            ("\t=1", " =1"),
            ("plain, with a comma", "plain, with a comma"),
            ("", ""),
        ];
        for (cell, expected) in cases {
            assert_eq!(harmless(cell), expected, "input {cell:?}");
        }
    }
}
