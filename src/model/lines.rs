//! Where lines end, in columns: at spaces, and in scripts that have none
//! (Chinese, Japanese, Korean) between characters, but for punctuation that
//! would begin or end a line wrongly.

use unicode_width::UnicodeWidthChar;

/// A text in lines of at most so many columns. White space is one space; what
/// may not be broken and is wider than a line is broken all the same.
pub(crate) fn broken_lines(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split_whitespace() {
        let mut gap = usize::from(used > 0);
        for part in parts(word) {
            if used > 0 && used + gap + width(part) > columns {
                lines.push(std::mem::take(&mut line));
                (used, gap) = (0, 0);
            }
            if gap > 0 {
                line.push(' ');
            }
            used += gap;
            gap = 0;
            for c in part.chars() {
                let wide = c.width().unwrap_or(0);
                if used > 0 && used + wide > columns {
                    lines.push(std::mem::take(&mut line));
                    used = 0;
                }
                line.push(c);
                used += wide;
            }
        }
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// The parts of a word that stay on one line.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut pairs = rest.char_indices().zip(rest.char_indices().skip(1));
        let end = pairs.find(|&((_, before), (_, after))| may_break(before, after));
        let (part, left) = rest.split_at(end.map_or(rest.len(), |(_, (at, _))| at));
        rest = left;
        (!part.is_empty()).then_some(part)
    })
}

/// Whether a line may end between two characters, no space, because one of them
/// is wide. The digits of a number stay together, and so do a number and what is
/// counted in per cent or in money.
pub(crate) fn may_break(before: char, after: char) -> bool {
    let wide = |c: char| c.width() == Some(2);
    let in_number = is_digit(before) && is_digit(after);
    (wide(before) || wide(after)) && !in_number && !opens(before) && !closes(after)
}

/// A digit, also a wide one.
pub(crate) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

/// Punctuation that no line ends with.
fn opens(c: char) -> bool {
    "([{（「『《〈【〔“‘［｛＄￥￡".contains(c)
}

/// Punctuation that no line begins with.
pub(crate) fn closes(c: char) -> bool {
    ")]},.;:!?%…）」』》〉】〕”’］｝，。、；：？！．％‰℃·ー々".contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let cases: [(&str, usize, &[&str]); 12] = [
            ("", 8, &[]),
            ("one two  three", 8, &["one two", "three"]),
            ("月球探测器", 8, &["月球探测", "器"]),
            // No line begins with what closes, none ends with what opens.
            ("月球探测，器", 8, &["月球探", "测，器"]),
            ("月球探测」。器", 8, &["月球探", "测」。器"]),
            ("月球探（测器）", 8, &["月球探", "（测器）"]),
            ("月球探《测器", 8, &["月球探", "《测器"]),
            ("月球探：「测器", 8, &["月球探：", "「测器"]),
            // A number stays whole.
            ("月球探１９６９年", 8, &["月球探", "１９６９", "年"]),
            ("在月球 1969 年", 8, &["在月球", "1969 年"]),
            ("美国在1969年", 8, &["美国在", "1969年"]),
            ("1234567890", 8, &["12345678", "90"]),
        ];
        for (text, columns, expected) in cases {
            assert_eq!(broken_lines(text, columns), expected, "input {text:?}");
        }
        // However narrow, it ends.
        assert_eq!(broken_lines("月球", 1), ["月", "球"]);
    }
}
