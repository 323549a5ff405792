//! What a page took over from a wiki's source, as people read it: titles and
//! summaries hold italics (`''Eagle''`) and references (`[http://… Reuters]`).
//!
//! For eyes only: what is stored, and what goes to other programs, is what the
//! page says.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::model::plain_name;

/// A reference to the web, with the label that a wiki shows for it and the month
/// in which somebody looked it up. Titles have `--` where addresses have `//`.
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let month = r"(?:\s*date=[^\s\]》]{1,6}\s?[0-9]{4}|\s*date=[0-9]{4}年[0-9]{1,2}月)?";
    let link = r"\s*\[https?:(?://|--)[^\]\s]*(?:\s+([^\]]*))?\]";
    Regex::new(&format!("{link}{month}")).ok()
});

/// What ends a sentence, or a quotation with it.
const ENDS: [char; 11] = ['.', '!', '?', '。', '！', '？', '…', '”', '」', ')', '）'];

/// A title or a summary as people read it: each name with variants by its first
/// one, without quotes for italics, and without references behind a sentence;
/// within a sentence a reference is its label, as a wiki shows it.
///
/// `Shelling kills 55. [http://a.example (Reuters)]` gives `Shelling kills 55.`
///
/// # Complexity
/// Linear in the length of the text.
pub fn plain_text(text: &str) -> Cow<'_, str> {
    // Most texts hold nothing that could begin a mark.
    if memchr::memchr3(b'{', b'[', b'\'', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut shown = plain_name(text);
    if shown.contains("[http") {
        shown = Cow::Owned(without_references(&shown));
    }
    if shown.contains("''") {
        shown = Cow::Owned(shown.replace("'''", "").replace("''", ""));
    }
    shown
}

fn without_references(text: &str) -> String {
    let Some(reference) = REFERENCE.as_ref() else { return text.to_owned() };
    let found: Vec<Captures<'_>> = reference.captures_iter(text).collect();
    let tail = tail(text, &found);
    let mut shown = String::with_capacity(text.len());
    let mut done = 0;
    for found in &found {
        let Some(whole) = found.get(0) else { continue };
        shown.push_str(&text[done..whole.start()]);
        done = whole.end();
        if whole.start() < tail && !shown.trim_end().ends_with(ENDS) {
            shown.push_str(&label(found));
        }
    }
    shown + &text[done..]
}

/// From where on there is nothing but references, and a mark that they are dead or
/// the end of the sentence.
fn tail(text: &str, found: &[Captures<'_>]) -> usize {
    let mut tail = text.len();
    for whole in found.iter().rev().filter_map(|found| found.get(0)) {
        let rest = text[whole.end()..tail].trim();
        let is_end = rest
            .chars()
            .next()
            .is_none_or(|end| ENDS.contains(&end) && rest.len() == end.len_utf8());
        if !(is_end || rest.starts_with("{{")) {
            break;
        }
        tail = whole.start();
    }
    tail
}

/// The label of a reference with the space before it; nothing if it has none.
fn label(found: &Captures<'_>) -> String {
    let Some(label) = found.get(1).map(|label| label.as_str().trim()) else {
        return String::new();
    };
    let space = if found[0].starts_with(char::is_whitespace) { " " } else { "" };
    format!("{space}{label}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_wiki_marks_is_not_shown() {
        for (text, shown) in [
            ("Apollo 11's ''Eagle'' lands", "Apollo 11's Eagle lands"),
            ("'''Bold''' words", "Bold words"),
            ("Shelling kills 55. [http://a.example/x (Reuters)]", "Shelling kills 55."),
            (
                "It rains. [http://a.example (A)] [https:--b.example-c (B (UK))] Then it snows. [http://c.example]",
                "It rains. Then it snows.",
            ),
            (
                "发布照片。[http:--a.example-1.shtml sina] [http:--b.example 卫视]date=十一月 2017",
                "发布照片。",
            ),
            ("停止。[http:--a.example 電子報]date=2018年5月", "停止。"),
            ("公司推出 [http:--video.example- Some Video] 服务。", "公司推出 Some Video 服务。"),
            ("見《[http:--a.example 日報]、[http:--b.example 時報]》報導", "見《日報、時報》報導"),
            ("發生地震[http:--a.example 新网]", "發生地震"),
            ("發生地震[http:--a.example 新网]。", "發生地震。"),
            ("-{zh-tw:川普; zh-cn:特朗普;}-''就职''", "川普就职"),
            ("[http no reference", "[http no reference"),
            ("[http:--a.example not closed", "[http:--a.example not closed"),
            ("plain", "plain"),
            ("", ""),
        ] {
            assert_eq!(plain_text(text), shown, "{text}");
        }
    }
}
