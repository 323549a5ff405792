//! How things look on a terminal: width, tables, colours, sparklines.
//!
//! Text from pages is somebody else's: nothing here lets a control character
//! of it through.

use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::path::Path;

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

pub(super) use crate::answers::{counted, cut, number, safe};
use crate::model::broken_lines;
pub(super) use crate::model::is_harmful;

/// What stands out: headings, titles.
pub(super) const STRONG: Style = Style::new().bold();
/// What steps back: keys, places in files.
pub(super) const FAINT: Style = Style::new().dimmed();
/// Dates and numbers.
pub(super) const COUNT: Style = AnsiColor::Cyan.on_default();
/// What is wrong.
pub(super) const WARN: Style = AnsiColor::Yellow.on_default();

/// A text in a style.
pub(super) fn styled(style: Style, text: impl std::fmt::Display) -> String {
    format!("{style}{text}{style:#}")
}

/// Columns of the terminal; `None` if the answer goes somewhere else.
pub(super) fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(std::io::stdout())?;
    Some(usize::from(width.0).max(40))
}

/// Columns for text that is to be wrapped.
pub(super) fn wrap_width() -> usize {
    width().map_or(80, |width| width.min(100))
}

/// A text of several lines without what could harm a terminal.
pub(super) fn safe_lines(text: &str) -> String {
    text.split('\n').map(safe).collect::<Vec<_>>().join("\n")
}

/// A text in exactly so many columns: cut, or filled with spaces.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let text = cut(text, columns);
    let gap = columns.saturating_sub(text.width());
    text.into_owned() + &" ".repeat(gap)
}

/// A text cut to a number of columns with an ellipsis in its middle: of a path
/// both ends tell.
pub(super) fn cut_middle(text: &str, columns: usize) -> Cow<'_, str> {
    if text.width() <= columns {
        return Cow::Borrowed(text);
    }
    let end_columns = columns.saturating_sub(1) / 4;
    let mut used = 0;
    let end = text.char_indices().rev().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > end_columns
    });
    let end = end.map_or(0, |(at, c)| at + c.len_utf8());
    let begin = cut(text, columns.saturating_sub(text[end..].width()));
    Cow::Owned(begin.into_owned() + &text[end..])
}

/// A text cut to what is left of a terminal's line; whole in a pipe.
pub(super) fn cut_to_line(text: &str, used: usize) -> Cow<'_, str> {
    match width() {
        Some(width) => cut(text, width.saturating_sub(used).max(20)),
        None => Cow::Borrowed(text),
    }
}

/// A remark on standard error; one that cannot be shown is none.
pub(super) fn note(text: &str) {
    let _ = writeln!(anstream::stderr(), "threadline: {}", safe(text));
}

/// Says on a terminal that a file is there: a program that was silent may have done
/// anything. In a script it is silent.
pub(super) fn wrote(path: &Path, what: &str) {
    if std::io::stderr().is_terminal() {
        let what = if what.is_empty() { String::new() } else { format!(", {what}") };
        note(&format!("wrote {}{what}", path.display()));
    }
}

/// Paragraphs broken into lines, each after an indent.
pub(super) fn wrapped(text: &str, indent: &str, columns: usize) -> String {
    let room = columns.saturating_sub(indent.width()).max(20);
    let mut out = String::new();
    for paragraph in text.split("\n\n") {
        if !out.is_empty() {
            out.push('\n');
        }
        for line in broken_lines(&safe(paragraph), room) {
            out.push_str(indent);
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// How many steps share a column, so that all fit into so many columns, and how
/// many columns that makes.
pub(super) fn columns(steps: usize, room: usize) -> (usize, usize) {
    let together = steps.div_ceil(room.max(10)).max(1);
    (together, steps.div_ceil(together))
}

/// One character a count, as high as the count is large; a blank for none.
pub(super) fn sparkline(counts: impl Iterator<Item = u32> + Clone) -> String {
    const BLOCKS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = u64::from(counts.clone().max().unwrap_or(0).max(1));
    counts
        .map(|count| match u64::from(count) {
            0 => ' ',
            count => BLOCKS[((count * 8).div_ceil(most) - 1) as usize],
        })
        .collect()
}

/// A bar of at most `columns` columns, in eighths.
pub(super) fn bar(count: u32, most: u32, columns: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (u64::from(count) * columns as u64 * 8).div_ceil(u64::from(most.max(1))) as usize;
    "█".repeat(eighths / 8) + PARTS[eighths % 8]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_pages_is_harmless() {
        let cases = [
            ("plain", "plain"),
            ("a\u{1b}[31mb", "a\u{fffd}[31mb"),
            ("a\u{9b}31mb", "a\u{fffd}31mb"),
            ("a\nb\tc", "a b c"),
            ("a\u{202e}b", "a\u{fffd}b"),
        ];
        for (text, expected) in cases {
            assert_eq!(safe(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn widths() {
        assert_eq!(cut("abcdef", 4), "abc…");
        assert_eq!(cut("月球探测", 5), "月球…");
        assert_eq!(cut("abc", 3), "abc");
        assert_eq!(cut_middle("news/1957/a-long-title.md", 16), "news/1957/a-….md");
        assert_eq!(cut_middle("abc", 3), "abc");
        assert_eq!(wrapped("one two three", "  ", 22), "  one two three\n");
        assert_eq!(
            wrapped(&"月".repeat(12), "", 20),
            "月".repeat(10) + "\n" + &"月".repeat(2) + "\n"
        );
        assert_eq!(wrapped("a\n\nb", "", 20), "a\n\nb\n");
    }

    #[test]
    fn numbers_and_bars() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(sparkline([0, 1, 8].into_iter()), " ▁█");
        assert_eq!(bar(1, 2, 2), "█");
        assert_eq!(bar(1, 16, 2), "▏");
    }
}
