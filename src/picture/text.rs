//! How wide a text is, and where it is broken into lines.
//!
//! A picture is laid out before anyone knows with which font it will be shown.
//! So widths are those of Helvetica, to which Arial, Liberation Sans and most of
//! the other families in `theme` are made to measure; what has no width there
//! is estimated, rather too wide than too narrow.

use unicode_width::UnicodeWidthChar;

use crate::graph::EventGraph;
use crate::model::EventId;
use crate::model::TopicId;
use crate::model::may_break as breaks_at;
use crate::model::one_line;
use crate::model::plain_name;
use crate::model::plain_text;
use crate::model::{closes, is_digit};

pub(crate) use crate::model::{counted, number};

/// The kinds of text in a picture, by their size and weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// The title of the picture.
    Title,
    /// The line below it, and axis names.
    Lead,
    /// The names of parts: lanes, rows.
    Heading,
    /// Titles of events.
    Body,
    /// Dates, and what else stands out among other text.
    Strong,
    /// What steps back: topics, axis labels, the provenance.
    Note,
}

impl Type {
    /// Every kind.
    pub(crate) const ALL: [Self; 6] =
        [Self::Title, Self::Lead, Self::Heading, Self::Body, Self::Strong, Self::Note];

    /// The class that it is styled by.
    pub(crate) const fn class(self) -> &'static str {
        match self {
            Self::Title => "tl-title",
            Self::Lead => "tl-lead",
            Self::Heading => "tl-heading",
            Self::Body => "tl-body",
            Self::Strong => "tl-strong",
            Self::Note => "tl-note",
        }
    }

    /// In pixels; nothing is smaller than can be read on paper.
    pub(crate) const fn size(self) -> f64 {
        match self {
            Self::Title => 23.0,
            Self::Lead => 14.0,
            Self::Heading | Self::Body => 13.0,
            Self::Strong => 12.0,
            Self::Note => 11.5,
        }
    }

    /// Whether it is bold.
    pub(crate) const fn bold(self) -> bool {
        matches!(self, Self::Title | Self::Heading | Self::Strong)
    }

    /// From one line's baseline to the next.
    pub(crate) fn leading(self) -> f64 {
        (self.size() * 1.32).round()
    }
}

/// Thousandths of the size that the printable characters of ASCII are wide in
/// Helvetica (its AFM file), from the space on.
const ASCII: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
];

/// How much wider bold text is; Helvetica Bold is 6 % wider in running text.
const BOLD: f64 = 1.07;

/// How wide a text is, in pixels.
pub(crate) fn width(text: &str, of: Type) -> f64 {
    let east = is_east_asian(text);
    text.chars().map(|c| one_width(c, of, east)).sum()
}

/// Whether a text has wide characters: then some programs show all of it with
/// the font that has them, in which dots and quotes are wide too.
fn is_east_asian(text: &str) -> bool {
    text.chars().any(|c| c.width() == Some(2))
}

/// How much wider the letters of such a font are than those of Helvetica.
const EAST_ASIAN: f64 = 1.07;

fn one_width(c: char, of: Type, east: bool) -> f64 {
    let bold = if of.bold() { BOLD } else { 1.0 };
    let size = of.size() / 1000.0 * bold;
    match east {
        true if c.width_cjk() == Some(2) => 1000.0 * size,
        true => f64::from(advance(c)) * size * EAST_ASIAN,
        false => f64::from(advance(c)) * size,
    }
}

fn advance(c: char) -> u16 {
    if let Some(&known) = (c as usize).checked_sub(0x20).and_then(|at| ASCII.get(at)) {
        return known;
    }
    match c.width().unwrap_or(0) {
        0 => 0,
        1 if matches!(c, '…' | '—' | '\u{fffd}') => 1000,
        1 if c.is_uppercase() => 740,
        1 if c.is_lowercase() => 600,
        1 => 640,
        _ => 1000,
    }
}

/// A text in at most so many lines, none wider than `room`. What does not fit
/// is cut, with an ellipsis.
///
/// Lines break at spaces; around wide characters (Chinese, Japanese, Korean)
/// anywhere but where punctuation would begin or end a line wrongly; and within
/// a word that is wider than a line.
pub(crate) fn wrapped(text: &str, of: Type, room: f64, lines: usize) -> Vec<String> {
    let east = is_east_asian(text);
    let mut out: Vec<String> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        if out.len() + 1 == lines.max(1) {
            out.push(cut_as(rest, of, room, east));
            break;
        }
        let end = line_end(rest, of, room, east);
        out.push(rest[..end].trim_end().to_owned());
        rest = rest[end..].trim_start();
    }
    out
}

/// The same with lines as nearly equally wide as they can be, and no more of
/// them: for titles, where a last line of one word looks forgotten.
pub(crate) fn balanced(text: &str, of: Type, room: f64, lines: usize) -> Vec<String> {
    let wide = wrapped(text, of, room, lines);
    let (mut low, mut high) = (room / 2.0, room);
    let same = |room: f64| {
        let narrow = wrapped(text, of, room, lines);
        narrow.len() == wide.len()
            && narrow.last().map(|s| s.ends_with('…')) == wide.last().map(|s| s.ends_with('…'))
    };
    // Halving this often comes to a few pixels.
    for _ in 0..7 {
        let middle = (low + high) / 2.0;
        if same(middle) { high = middle } else { low = middle }
    }
    if wide.len() < 2 { wide } else { wrapped(text, of, high, lines) }
}

/// Where the first line of a text ends.
fn line_end(text: &str, of: Type, room: f64, east: bool) -> usize {
    let mut used = 0.0;
    let mut last_break = None;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if let Some(before) = before
            && may_break(before, c)
        {
            last_break = Some(at);
        }
        used += one_width(c, of, east);
        // A space may hang over the end of a line.
        if used > room && c != ' ' {
            // At least one character goes on a line, however narrow it is.
            return last_break.unwrap_or(if at == 0 { c.len_utf8() } else { at });
        }
        before = Some(c);
    }
    text.len()
}

fn may_break(before: char, after: char) -> bool {
    if before == ' ' {
        return after != ' ';
    }
    // As in "A-/B": a hyphen or a slash within a long word, but no "1969-07-20".
    let joint = matches!(before, '-' | '–' | '—' | '/') && after.is_alphanumeric();
    let joint = joint && !is_digit(after) && !closes(after);
    after != ' ' && (joint || breaks_at(before, after))
}

/// A text that is no wider than `room`, with an ellipsis if it was.
pub(crate) fn cut(text: &str, of: Type, room: f64) -> String {
    cut_as(text, of, room, is_east_asian(text))
}

fn cut_as(text: &str, of: Type, room: f64, east: bool) -> String {
    let whole: f64 = text.chars().map(|c| one_width(c, of, east)).sum();
    if whole <= room {
        return text.to_owned();
    }
    let room = room - one_width('…', of, east);
    let (mut used, mut end) = (0.0, text.len());
    for (at, c) in text.char_indices() {
        used += one_width(c, of, east);
        if used > room {
            end = at;
            break;
        }
    }
    if end == text.len() {
        return text.to_owned();
    }
    // Half a word tells little, unless it is most of the line.
    let kept = &text[..end];
    let word = kept.rfind(' ').filter(|&at| at * 10 > end * 7).unwrap_or(end);
    let trimmed = kept[..word].trim_end_matches([' ', ',', ';', ':', '-', '–', '，', '、']);
    format!("{trimmed}…")
}

/// Whether the first letter of a text is one of a script that is written from
/// right to left (rule P2 of the Unicode bidirectional algorithm).
pub(crate) fn is_right_to_left(text: &str) -> bool {
    let right = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}');
    text.chars().find(|c| c.is_alphabetic()).is_some_and(right)
}

/// The title of an event in one line, without marks of variants; where there is
/// none, the end of its key.
pub(crate) fn title(graph: &EventGraph, event: EventId) -> String {
    let title = one_line(&plain_text(graph.title(event)));
    if !title.is_empty() {
        return title;
    }
    one_line(graph.key(event).rsplit('/').next().unwrap_or_default())
}

/// The day of an event.
pub(crate) fn day(graph: &EventGraph, event: EventId) -> String {
    graph.date(event).map_or_else(|| "no date".to_owned(), |date| date.to_string())
}

/// The name of a topic, without marks of variants.
pub(crate) fn topic(graph: &EventGraph, topic: TopicId) -> String {
    one_line(&plain_name(graph.topic_name(topic)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths() {
        // 4 × 0.556 of 13 pixels.
        assert!((width("abeh", Type::Body) - 28.912).abs() < 1e-9);
        assert!((width("月球", Type::Body) - 26.0).abs() < 1e-9);
        assert!(width("abeh", Type::Heading) > width("abeh", Type::Body));
        assert_eq!(width("\u{301}\u{200b}", Type::Body), 0.0);
    }

    #[test]
    fn lines() {
        let room = width("one two ", Type::Body);
        let cases: [(&str, usize, &[&str]); 10] = [
            ("", 3, &[]),
            ("月球（探测）", 3, &["月球", "（探", "测）"]),
            ("月球１９", 3, &["月球", "１９"]),
            ("one", 3, &["one"]),
            ("one two three", 3, &["one two", "three"]),
            ("one two three four", 1, &["one t…"]),
            ("月球探测器", 3, &["月球探", "测器"]),
            ("月球探。测器", 3, &["月球", "探。测", "器"]),
            ("xxxxxxxxxxx", 2, &["xxxxxxx", "xxxx"]),
            ("Soyuz-Apollo", 2, &["Soyuz-", "Apollo"]),
        ];
        for (text, most, expected) in cases {
            let found = wrapped(text, Type::Body, room, most);
            assert_eq!(found, expected, "input {text:?}");
            for line in found {
                assert!(width(&line, Type::Body) <= room, "{line:?} is too wide");
            }
        }
        // However narrow, it ends.
        assert_eq!(wrapped("月球", Type::Body, 1.0, 9), ["月", "球"]);
    }

    #[test]
    fn directions() {
        let cases = [
            ("plain", false),
            ("مرحبا", true),
            ("\"שלום\" world", true),
            ("1969 שלום", true),
            ("a שלום", false),
            ("", false),
        ];
        for (text, expected) in cases {
            assert_eq!(is_right_to_left(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn numbers() {
        assert_eq!(number(0), "0");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(counted(1, "event", "events"), "1 event");
    }
}
