//! Lists of JSON, one item a line, so that two exports can be compared line by
//! line. What JSON cannot hold is escaped; everything else stands as it is.
//!
//! What is said of every event and link is appended text by text: serde_json,
//! which writes everything else, would take twice as long.

use std::io::{self, Write};

use serde::Serialize;

use crate::export::rows::write_rows;
use crate::model::escape::{Escape, push_escaped};

/// Writes the items of a list, each on a line of its own, and ends the line of
/// the last one.
pub(super) fn write_items<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    items: impl Iterator<Item = T>,
    write: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    write_rows(out, items.enumerate(), |row, (at, item)| {
        row.extend(if at == 0 { "\n" } else { ",\n" }.as_bytes());
        write(row, item);
    })?;
    out.write_all(b"\n")
}

/// Appends a value: an item of a list. What is written here is made of texts,
/// numbers and lists, which JSON can hold, and memory takes it.
pub(super) fn value(row: &mut Vec<u8>, value: &(impl Serialize + ?Sized)) {
    serde_json::to_writer(row, value).expect("a record is JSON");
}

/// Appends what stands before a text, and the text.
#[inline(always)]
pub(super) fn push_text(row: &mut Vec<u8>, before: &str, text: &str) {
    row.extend(before.as_bytes());
    row.push(b'"');
    push_escaped::<Json>(row, text);
    row.push(b'"');
}

/// Appends what stands before a text, and the text or `null`.
#[inline(always)]
pub(super) fn push_text_or_null(row: &mut Vec<u8>, before: &str, text: Option<&str>) {
    match text {
        Some(text) => push_text(row, before, text),
        None => {
            row.extend(before.as_bytes());
            row.extend(b"null");
        }
    }
}

/// Appends what stands before a number, and the number.
pub(super) fn push_json_number(row: &mut Vec<u8>, before: &str, number: f64) {
    row.extend(before.as_bytes());
    value(row, &number);
}

/// Appends what stands before a list, and the list, of what `push` appends.
pub(super) fn push_list<T>(
    row: &mut Vec<u8>,
    before: &str,
    items: impl Iterator<Item = T>,
    push: impl Fn(&mut Vec<u8>, &str, T),
) {
    row.extend(before.as_bytes());
    row.push(b'[');
    for (at, item) in items.enumerate() {
        push(row, if at > 0 { "," } else { "" }, item);
    }
    row.push(b']');
}

/// Texts in JSON (RFC 8259, section 7).
struct Json;

impl Escape for Json {
    #[inline(always)]
    fn may_begin(byte: u8) -> bool {
        (byte < 0x20) | (byte == b'"') | (byte == b'\\')
    }

    fn escape(_: &str, c: char) -> Option<&'static str> {
        match c {
            '"' => Some("\\\""),
            '\\' => Some("\\\\"),
            c => CONTROLS.get(c as usize).copied(),
        }
    }
}

/// What stands for U+0000 to U+001F.
const CONTROLS: [&str; 32] = [
    "\\u0000", "\\u0001", "\\u0002", "\\u0003", "\\u0004", "\\u0005", "\\u0006", "\\u0007", "\\b",
    "\\t", "\\n", "\\u000b", "\\f", "\\r", "\\u000e", "\\u000f", "\\u0010", "\\u0011", "\\u0012",
    "\\u0013", "\\u0014", "\\u0015", "\\u0016", "\\u0017", "\\u0018", "\\u0019", "\\u001a",
    "\\u001b", "\\u001c", "\\u001d", "\\u001e", "\\u001f",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::escape::check_escapes;

    #[test]
    fn texts_are_escaped_as_serde_json_does() {
        for c in '\0'..=char::MAX {
            let (mut ours, mut theirs) = (Vec::new(), Vec::new());
            push_text(&mut ours, "", &format!("a{c}"));
            value(&mut theirs, &format!("a{c}"));
            assert_eq!(ours, theirs, "input {c:?}");
        }
        check_escapes::<Json>();
    }
}
