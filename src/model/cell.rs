//! Texts in cells of CSV, written and read so that a spreadsheet runs none.
//!
//! A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a
//! formula and runs it; a tab or a line break before that sign does not stop
//! it. An apostrophe in front makes the cell text (OWASP, *CSV Injection*).
//! One rule tells what is meant, whoever wrote the file: of a cell in which
//! apostrophes stand before such a sign, the first apostrophe is not part of
//! the text.

use std::borrow::Cow;

/// The text as a cell; `guarded` if no spreadsheet may run it.
///
/// A text that would lose an apostrophe in [`read`] gets another one either
/// way.
///
/// # Example
/// ```
/// use threadline::model::cell;
///
/// assert_eq!(cell::written("=1+1", true), "'=1+1");
/// assert_eq!(cell::written("=1+1", false), "=1+1");
/// assert_eq!(cell::read("'=1+1"), "=1+1");
/// ```
pub fn written(text: &str, guarded: bool) -> Cow<'_, str> {
    let apostrophe = text.starts_with('\'');
    if (guarded || apostrophe) && is_run(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that a cell holds.
pub fn read(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if is_run(text.trim_start_matches('\'')) => text,
        _ => cell,
    }
}

/// Whether a spreadsheet may run a cell that begins so. The wide signs are
/// those of Japanese and Chinese keyboards, which Excel takes, too.
fn is_run(cell: &str) -> bool {
    cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run() {
        // text, guarded, not guarded
        let cases = [
            ("", "", ""),
            ("plain", "plain", "plain"),
            ("a=1", "a=1", "a=1"),
            ("=1", "'=1", "=1"),
            ("+1", "'+1", "+1"),
            ("-{zh:a;}-", "'-{zh:a;}-", "-{zh:a;}-"),
            ("@SUM(A1)", "'@SUM(A1)", "@SUM(A1)"),
            ("\t=1", "'\t=1", "\t=1"),
            ("\r=1", "'\r=1", "\r=1"),
            ("＝1", "'＝1", "＝1"),
            ("'=1", "''=1", "''=1"),
            ("''=1", "'''=1", "'''=1"),
            ("''Zond 6''", "''Zond 6''", "''Zond 6''"),
            ("'", "'", "'"),
        ];
        for (text, guarded, plain) in cases {
            assert_eq!(written(text, true), guarded, "input {text:?}");
            assert_eq!(written(text, false), plain, "input {text:?}");
            assert_eq!(read(guarded), text, "input {guarded:?}");
            assert_eq!(read(plain), text, "input {plain:?}");
        }
    }
}
