//! A text's lines, with their numbers and what kind of line each is.

/// One line, without its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'t> {
    /// Where it begins in the text, in bytes.
    pub(super) start: usize,
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its text.
    pub(super) text: &'t str,
}

impl<'t> Line<'t> {
    /// Where the line ends in the text, without its line ending.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }

    /// Level and text of a heading: `### Related:` → `(3, "Related:")`.
    ///
    /// Only with the space that Markdown asks for, and only at the beginning
    /// of the line: titles are typed by people and may begin with anything.
    pub(super) fn heading(&self) -> Option<(usize, &'t str)> {
        if !self.text.starts_with('#') {
            return None;
        }
        let rest = self.text.trim_start_matches('#');
        let level = self.text.len() - rest.len();
        (level <= 6).then_some(())?;
        match rest.strip_prefix([' ', '\t']) {
            Some(text) => Some((level, text)),
            None if rest.is_empty() => Some((level, "")),
            None => None,
        }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text; they end with LF, CR LF or CR.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let bytes = text.as_bytes();
    let mut start = 0;
    let mut number = 0;
    std::iter::from_fn(move || {
        if start > bytes.len() || (start == bytes.len() && number > 0) {
            return None;
        }
        let end = memchr::memchr2(b'\n', b'\r', &bytes[start..]).map_or(bytes.len(), |n| start + n);
        number += 1;
        let line = Line { start, number, text: &text[start..end] };
        start = match bytes.get(end..end + 2) {
            Some(b"\r\n") => end + 2,
            _ => end + 1,
        };
        Some(line)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_three_ways() {
        let found: Vec<_> = lines("a\nb\r\nc\rd").map(|l| (l.number, l.start, l.text)).collect();
        assert_eq!(found, [(1, 0, "a"), (2, 2, "b"), (3, 5, "c"), (4, 7, "d")]);
        assert_eq!(lines("a\n").count(), 1);
        assert_eq!(lines("\n\n").count(), 2);
    }

    #[test]
    fn headings() {
        let cases = [
            ("### Related:", Some((3, "Related:"))),
            ("#  Two spaces ", Some((1, " Two spaces "))),
            ("#", Some((1, ""))),
            ("#hashtag", None),
            ("####### seven", None),
            (" # indented", None),
        ];
        for (text, expected) in cases {
            let line = Line { start: 0, number: 1, text };
            assert_eq!(line.heading(), expected, "input {text:?}");
        }
    }
}
