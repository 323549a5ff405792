//! What Markdown makes of one item: the first link in it.

use std::borrow::Cow;
use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// A link as CommonMark reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkdownLink<'t> {
    /// Where the link stands in the text, brackets and address included.
    pub(super) whole: Range<usize>,
    /// Its text, as written.
    pub(super) text: &'t str,
    /// Its address, escapes and entities decoded.
    pub(super) address: Cow<'t, str>,
}

/// All links of a text, in order.
pub(super) fn links(text: &str) -> Vec<MarkdownLink<'_>> {
    let mut found = Vec::new();
    let mut open: Option<(Range<usize>, Cow<'_, str>, usize)> = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Link { dest_url, .. }) => {
                let address = match dest_url {
                    pulldown_cmark::CowStr::Borrowed(address) => Cow::Borrowed(address),
                    other => Cow::Owned(other.into_string()),
                };
                open = Some((range.clone(), address, range.start + 1));
            }
            Event::End(TagEnd::Link) => {
                if let Some((whole, address, inner_end)) = open.take() {
                    let inner = whole.start + 1..inner_end.max(whole.start + 1);
                    // An autolink `<https://…>` has no brackets, but an inside.
                    let text = text.get(inner).unwrap_or_default();
                    found.push(MarkdownLink { whole, text, address });
                }
            }
            _ => {
                if let Some((_, _, inner_end)) = &mut open {
                    *inner_end = (*inner_end).max(range.end);
                }
            }
        }
    }
    found
}

/// Whether Markdown reads `[text](address)` as this link without a doubt, so
/// that it need not be asked: brackets in the text stand in pairs, none of
/// which could be a link, and nothing else in it means anything to it.
///
/// `rest` is what follows the list marker of `line`.
pub(super) fn surely_reads(line: &str, rest: &str, text: &str, address: &str) -> bool {
    let text = text.as_bytes();
    if memchr::memchr3(b'\\', b'<', b'`', text).is_some() {
        return false;
    }
    let mut open = 0_usize;
    for at in memchr::memchr2_iter(b'[', b']', text) {
        if text[at] == b'[' {
            open += 1;
            continue;
        }
        if open == 0 || matches!(text.get(at + 1), Some(b'(' | b'[' | b':')) {
            return false;
        }
        open -= 1;
    }
    let brackets = memchr::memchr(b'[', text).is_some();
    let plain = |byte: u8| byte > 0x20 && !matches!(byte, b'(' | b')' | b'<' | b'\\' | 0x7f);
    // More spaces than one behind the marker could be a block of code.
    let usual_marker = || line.len() - rest.len() <= 4 && !line.starts_with(' ');
    open == 0 && (!brackets || (usual_marker() && address.bytes().all(plain)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where Markdown is not asked, it would have said the same.
    #[test]
    fn what_is_sure_is_so() {
        let parts = ["[", "]", "[a]", "(", ")", "!", "*", "_", " ", ":", "^", "x", "月", "&amp;"];
        let addresses =
            ["/news/1969/07/20/x.md", "/a_b*c", "/a[b]c", "/a(b)", "/a\"b'", "#", "x:y"];
        let markers = ["1. ", "23. ", "- ", "*   ", "1.     ", "  1. "];
        let mut seed = 5_u64;
        let mut below = |n: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % n
        };
        let mut sure = 0;
        for _ in 0..20_000 {
            let text: String = (0..below(9)).map(|_| parts[below(parts.len())]).collect();
            let address = addresses[below(addresses.len())];
            let rest = format!("[{text}]({address}) _Context: [A], B_");
            let line = format!("{}{rest}", markers[below(markers.len())]);
            if text.contains(['[', ']']) && surely_reads(&line, &rest, &text, address) {
                sure += 1;
                let links = links(&line);
                assert_eq!(links.first().map(|link| link.text), Some(&*text), "input {line:?}");
            }
        }
        assert!(sure > 1_000, "only {sure} were sure");
    }

    #[test]
    fn links_of_an_item() {
        let cases: [(&str, &[(&str, &str)]); 6] = [
            ("1. [BBC](https://a) [IMG](https://b)", &[("BBC", "https://a"), ("IMG", "https://b")]),
            ("1. [a *b* `c`](</x y.md> \"t\")", &[("a *b* `c`", "/x y.md")]),
            ("1. [x](http://a?b(c)&amp;d)", &[("x", "http://a?b(c)&d")]),
            ("1. [two\n   lines](/x.md)", &[("two\n   lines", "/x.md")]),
            ("1. [](/x.md)", &[("", "/x.md")]),
            ("1. [a ]] b](/x.md)", &[]),
        ];
        for (text, expected) in cases {
            let found: Vec<_> = links(text).into_iter().map(|l| (l.text, l.address)).collect();
            let expected: Vec<_> = expected.iter().map(|&(t, a)| (t, Cow::from(a))).collect();
            assert_eq!(found, expected, "input {text:?}");
        }
    }

    /// What `item` reads by its shape, Markdown reads the same, where no
    /// character in the text means anything to it.
    #[test]
    fn plain_items_are_read_alike() {
        let words = [
            "Sputnik 1",
            "(rocket)",
            "\u{201c}Eagle\u{201d}",
            "a, b",
            "月球",
            "&amp;",
            "x.",
            "5:30",
        ];
        let mut seed = 3_u64;
        let mut word = || {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            words[(seed >> 33) as usize % words.len()]
        };
        for n in 0..500 {
            let text = format!("{} {} {}", word(), word(), word());
            let line = format!("{n}. [{text} ](/news/1969/07/20/x-{n}.md) _Context: A, B_");
            let by_shape = crate::parse::item::after_marker(&line).and_then(|rest| {
                crate::parse::item::related(rest, &crate::parse::Dialects::built_in())
            });
            let by_shape = by_shape.map(|item| (item.text, item.address));
            let by_markdown = links(&line);
            let by_markdown = by_markdown.first().map(|link| (link.text, link.address.as_ref()));
            assert_eq!(by_shape, by_markdown, "input {line:?}");
        }
    }
}
