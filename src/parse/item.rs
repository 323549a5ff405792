//! One line `1. [text](address) tail`, whatever the text holds.
//!
//! Titles were typed by people: brackets without a partner, `](` inside, a
//! context that looks like a link. The line's shape is stronger than the rules
//! of Markdown, so the line is read from its end: the last place where what
//! follows is an address and a tail is where the text ends.

use crate::parse::dialect::Dialects;

/// The parts of an item, as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Item<'t> {
    pub(super) text: &'t str,
    pub(super) address: &'t str,
    /// What follows the address, trimmed; `None` if nothing does.
    pub(super) tail: Option<&'t str>,
}

/// What follows a list marker (`1. `, `2) `, `- `, `* `, `+ `), if the line
/// begins with one.
pub(super) fn after_marker(line: &str) -> Option<&str> {
    let line = line.trim_start_matches(' ');
    let rest = if let Some(rest) = line.strip_prefix(['-', '*', '+']) {
        rest
    } else {
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        (1..=9).contains(&digits).then(|| line[digits..].strip_prefix(['.', ')']))??
    };
    rest.starts_with([' ', '\t']).then(|| rest.trim_start())
}

/// An item whose tail is a context or nothing.
pub(super) fn related<'t>(line: &'t str, dialects: &Dialects) -> Option<Item<'t>> {
    read(line, |tail| tail.is_none_or(|tail| dialects.context(tail).is_some()))
}

/// An item whose tail is a note in italics: `_2017-09-10 21:30:05 (Update)_`.
pub(super) fn revision(line: &str) -> Option<Item<'_>> {
    read(line, |tail| {
        tail.is_some_and(|tail| tail.len() > 1 && tail.starts_with('_') && tail.ends_with('_'))
    })
}

/// An item with nothing behind its address.
pub(super) fn plain(line: &str) -> Option<Item<'_>> {
    read(line, |tail| tail.is_none())
}

/// `[text](address)` and any words behind it: cut at the first place that looks
/// like the end of an address. For what neither shape nor Markdown can read.
pub(super) fn by_force(block: &str) -> Option<Item<'_>> {
    let (text, rest) = block.strip_prefix('[')?.rsplit_once("](")?;
    let (address, tail) = rest.split_once(')')?;
    if address.is_empty() || address.contains(char::is_whitespace) {
        return None;
    }
    Some(Item { text, address, tail: Some(tail.trim()).filter(|tail| !tail.is_empty()) })
}

/// Reads `[text](address) tail`, with the last `](` at which an address
/// without white space, and then a tail that `accepts`, follow.
///
/// # Complexity
/// Linear, also for a line that is nothing but `](`: an address ends at white
/// space, and the next white space and what follows it are remembered on the
/// way back.
fn read<'t>(line: &'t str, accepts: impl Fn(Option<&'t str>) -> bool) -> Option<Item<'t>> {
    let body = line.strip_prefix('[')?.trim_end();
    let mut address_end = body.len();
    let mut searched_to = body.len();
    let mut tail = None;
    let mut accepted = accepts(None);
    let bytes = body.as_bytes();
    for at in memchr::memrchr_iter(b'(', bytes).filter(|&at| at > 0 && bytes[at - 1] == b']') {
        let start = at + 1;
        if let Some(space) = find_white_space(&body[start..searched_to]) {
            address_end = start + space;
            tail = Some(body[address_end..].trim_start());
            accepted = accepts(tail);
        }
        searched_to = start;
        let address = body[start..address_end].strip_suffix(')');
        if let Some(address) = address.filter(|address| accepted && !address.is_empty()) {
            // `</a b.md>`: what is inside is the address, as Markdown knows.
            if address.starts_with('<') {
                return None;
            }
            return Some(Item { text: &body[..at - 1], address, tail });
        }
    }
    None
}

/// The first white space, in any script. Addresses are long and hold none, so
/// bytes that cannot begin one are passed over without being decoded, many at
/// a time.
fn find_white_space(text: &str) -> Option<usize> {
    const MANY: usize = 32;
    let may_begin_one = |byte: u8| byte <= 0x20 || byte == 0xc2 || (0xe1..=0xe3).contains(&byte);
    let bytes = text.as_bytes();
    let mut from = 0;
    loop {
        while let Some(many) = bytes.get(from..from + MANY)
            && !many.iter().fold(false, |found, &byte| found | may_begin_one(byte))
        {
            from += MANY;
        }
        let at = from + bytes[from..].iter().position(|&byte| may_begin_one(byte))?;
        let c = text[at..].chars().next()?;
        if c.is_whitespace() {
            return Some(at);
        }
        from = at + c.len_utf8();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_related_lists() {
        let cases = [
            ("[A ](/b.md) _Context: X, Y_", Some(("A ", "/b.md", Some("_Context: X, Y_")))),
            ("[A](/b.md)", Some(("A", "/b.md", None))),
            ("[A](/b.md)   ", Some(("A", "/b.md", None))),
            ("[A ]] B ](/b.md)", Some(("A ]] B ", "/b.md", None))),
            ("[A](b) c](/d.md) _Context: X_", Some(("A](b) c", "/d.md", Some("_Context: X_")))),
            ("[A](/b(c).md)", Some(("A", "/b(c).md", None))),
            ("[A](/b.md) _Context: [x](y) z_", Some(("A", "/b.md", Some("_Context: [x](y) z_")))),
            ("[A](/b.md) and more", None),
            ("[A]()", None),
            ("[A](</b.md>)", None),
            ("[A](/b c.md)", None),
            ("A", None),
        ];
        let dialects = Dialects::built_in();
        for (line, expected) in cases {
            let found = related(line, &dialects).map(|i| (i.text, i.address, i.tail));
            assert_eq!(found, expected, "input {line:?}");
        }
    }

    #[test]
    fn white_space_of_any_script() {
        for c in (0..=0x0010_ffff).filter_map(char::from_u32) {
            let text = format!("/新闻/é–{c}x");
            assert_eq!(find_white_space(&text), text.find(char::is_whitespace), "{c:?}");
        }
    }

    #[test]
    fn markers() {
        let cases = [
            ("1. [a", Some("[a")),
            ("12)  [a", Some("[a")),
            ("  - [a", Some("[a")),
            ("1.[a", None),
            ("1 [a", None),
            ("[a", None),
            ("", None),
        ];
        for (line, expected) in cases {
            assert_eq!(after_marker(line), expected, "input {line:?}");
        }
    }
}
