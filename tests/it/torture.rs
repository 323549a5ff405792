//! Graphs whose texts have broken programs, to try what is written of them on
//! other programs' readers.

use threadline::EventGraph;
use threadline::export::{ExportOptions, Format, write};
use threadline::graph::{Selection, build};
use threadline::model::{Date, Draft, NONE, RevisionKind, SourceKind};

use crate::fixture::{built, data};
use crate::random::{Random, random_graph};

/// Texts that have broken programs.
pub(crate) fn torture() -> Vec<String> {
    let mut texts: Vec<String> = [
        "plain",
        "",
        " ",
        "\"",
        "\"\"",
        "a \"b\" c",
        "a\nb",
        "a\r\nb",
        "\n",
        "|",
        "a|b",
        "\\",
        "a\\",
        "\\|",
        "\\\\|\\",
        "\\n",
        "\\\"",
        ",",
        ";",
        "\t",
        "'",
        "`",
        "<b>&amp;</b>",
        "&",
        "&quot;",
        "&#0;",
        "%s%n",
        "{}",
        "]]>",
        "-->",
        "*/",
        "//",
        "#",
        "=1+1",
        "'=1+1",
        "''-1''",
        "+1-1",
        "@SUM(1)*cmd|' /C calc'!A0",
        "\r=1",
        "＝1",
        "--",
        "->",
        "digraph {",
        "\"];}",
        "\u{0}",
        "\u{1}\u{2}",
        "\u{7f}",
        "\u{1b}[31mred\u{1b}[0m",
        "\u{85}\u{9b}",
        "\u{a0}",
        "\u{2028}\u{2029}",
        "\u{200b}",
        "\u{feff}",
        "\u{fffd}",
        "\u{202e}right to left\u{202c}",
        "مرحبا بالعالم",
        "שלום",
        "月球探测器",
        "👩‍🚀🇺🇳",
        "e\u{301}",
        "\u{10ffff}",
        "true",
        "null",
        "NaN",
        "1969-07-20",
        "\\N",
        "\\G",
        "\\E",
        "\\L",
        "-{zh-tw:甲; zh-cn:乙;}-",
        "𝔘𝔫𝔦",
    ]
    .map(str::to_owned)
    .to_vec();
    texts.push("long ".repeat(2_000));
    texts.push("x".repeat(10_000));
    texts.push("月".repeat(3_000));
    texts
}

/// A graph in which such texts stand wherever a text can stand.
pub(crate) fn torture_graph() -> EventGraph {
    let texts = torture();
    let count = texts.len() as u32;
    let mut draft = Draft::default();
    let mut random = Random(1);
    for (n, text) in (0_u32..).zip(&texts) {
        let other = &texts[random.below(texts.len())];
        draft.events.key.push(&format!("{n}{text}"));
        draft.events.date.push(Date::from_days(random.below(50) as i32).filter(|_| n % 3 > 0));
        draft.events.title.push(text);
        draft.events.summary.push(other);
        draft.events.present.push(n % 4 > 0);
        draft.events.page.push(if n % 4 > 0 { text } else { "" });
        // A topic without a name is none.
        let topic = draft.topics.push(&format!("{text}{n}"));
        draft.events.lead_topic.push(if n % 2 == 0 { topic } else { NONE });
        draft.contexts.push(n..n + 1);
        draft.context_topics.push(topic);
        draft.links.source.push(n);
        draft.links.target.push((n * 7 + 1) % count);
        draft.links.rank.push(1);
        draft.links.context.push(n);
        draft.links.line.push(n);
        draft.sources.event.push(n);
        draft.sources.name.push(text);
        draft.sources.url.push(other);
        draft.sources.kind.push(if n % 2 == 0 { SourceKind::Image } else { SourceKind::Article });
        draft.revisions.event.push(n);
        draft.revisions.key.push(text);
        draft.revisions.title.push(other);
        draft.revisions.seen.push((n % 2 == 0).then_some(i64::from(n) * 100_000 - 1_000_000));
        draft.revisions.kind.push(RevisionKind::Update);
        let problem = threadline::model::Problem::new(
            threadline::model::Code::BadRow,
            text.as_str(),
            n,
            other.as_str(),
        );
        draft.problems.push(problem);
    }
    draft.problems.sort();
    build(draft).unwrap()
}

/// Graphs that every format is tried on: a name and the graph.
pub(crate) fn graphs() -> Vec<(&'static str, EventGraph)> {
    vec![
        ("data/", built(&data()).0),
        ("torture", torture_graph()),
        ("empty", EventGraph::empty()),
        ("random", random_graph(60, 200, 1)),
    ]
}

/// The whole graph, or a selection of it, in a format that is one file.
pub(crate) fn exported(graph: &EventGraph, selection: &Selection, format: Format) -> Vec<u8> {
    let mut out = Vec::new();
    write(graph, selection, format, &ExportOptions::default(), &mut out).unwrap();
    out
}

/// What a reader of XML gets to see of a text.
pub(crate) fn in_xml(text: &str) -> String {
    let held = |c: char| match c {
        '\t' | '\n' | '\r' => true,
        '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => false,
        _ => true,
    };
    text.chars().map(|c| if held(c) { c } else { '\u{fffd}' }).collect()
}
