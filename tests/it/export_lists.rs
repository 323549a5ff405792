//! Bibliographies, calendars and timelines: programs for them read what is
//! written, and it says what the graph says.

use serde_json::{Value, json};
use threadline::EventGraph;
use threadline::export::Format;
use threadline::graph::{Selection, SourceRow};
use threadline::model::plain_text;

use crate::fixture::archive;
use crate::readers::{python, read_by};
use crate::torture::{exported, graphs};

fn whole(graph: &EventGraph, format: Format) -> Vec<u8> {
    exported(graph, &Selection::all(graph), format)
}

/// A text in one line: runs of white space are one space, other control
/// characters are U+FFFD.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// The sources of a graph but for images, each once: its address (or, without
/// one, its name), and what the first event that names it calls it.
fn sources(graph: &EventGraph) -> std::collections::BTreeMap<String, String> {
    let all = graph.events().flat_map(|event| graph.sources_of(event));
    let mut found = std::collections::BTreeMap::new();
    for SourceRow { url, name, .. } in all.filter(|source| source.kind != "image") {
        let id = if url.trim().is_empty() { name } else { url };
        let shown = if one_line(name).is_empty() { one_line(url) } else { one_line(name) };
        found.entry(id.to_owned()).or_insert(shown);
    }
    found
}

/// Titles by citation key, LaTeX taken out again.
const BIBTEX: &str = r#"
import json, sys, bibtexparser
from bibtexparser.bparser import BibTexParser
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
# Commands of LaTeX itself that pylatexenc does not know.
known = get_default_latex_context_db()
known.add_context_category('more', prepend=True, macros=[
    MacroTextSpec('textless', '<'), MacroTextSpec('textgreater', '>'),
    MacroTextSpec('textbar', '|'), MacroTextSpec('textbraceleft', '{'),
    MacroTextSpec('textbraceright', '}')])
text = sys.stdin.buffer.read().decode()
entries = bibtexparser.loads(text, parser=BibTexParser(interpolate_strings=False)).entries
read = LatexNodes2Text(latex_context=known, strict_latex_spaces=True).latex_to_text
json.dump([{k: read(v) if k in ('title', 'note', 'publisher') else v
            for k, v in e.items()} for e in entries], sys.stdout)
"#;

#[test]
fn bibtex_names_every_source_once() {
    let Some(python) = python("bibtexparser, pylatexenc") else { return };
    for (place, graph) in graphs() {
        let text = whole(&graph, Format::BibTex);
        let read = read_by(&python, BIBTEX, &text).unwrap();
        same_sources(place, &graph, &read, "ID");
    }
}

/// Each source is there once, under a key of its own, with its name.
fn same_sources(place: &str, graph: &EventGraph, read: &Value, id: &str) {
    let entries = read.as_array().unwrap();
    let expected = sources(graph);
    assert_eq!(entries.len(), expected.len(), "{place}");
    let keys: std::collections::BTreeSet<&str> =
        entries.iter().map(|entry| entry[id].as_str().unwrap()).collect();
    assert_eq!(keys.len(), entries.len(), "{place}");
    let mut titles: Vec<&str> = entries.iter().map(|e| e["title"].as_str().unwrap()).collect();
    let mut expected: Vec<&str> = expected.values().map(String::as_str).collect();
    titles.sort_unstable();
    expected.sort_unstable();
    assert_eq!(titles, expected, "{place}");
}

#[test]
fn csl_is_what_citeproc_cites() {
    let Some(python) = python("citeproc") else { return };
    let script = r#"
import json, sys, warnings
warnings.simplefilter('ignore')
from citeproc.source.json import CiteProcJSON
items = json.load(sys.stdin)
read = CiteProcJSON(items)
assert all(item['id'].lower() in read for item in items)
json.dump(items, sys.stdout)
"#;
    for (place, graph) in graphs() {
        let read = read_by(&python, script, &whole(&graph, Format::CslJson)).unwrap();
        same_sources(place, &graph, &read, "id");
        for item in read.as_array().unwrap() {
            assert_eq!(item["type"], "webpage", "{item}");
            let parts = item["issued"]["date-parts"][0].as_array();
            assert!(parts.is_none_or(|parts| parts.len() == 3), "{item}");
        }
    }
}

/// A page that names a source with a day in its address, one without, and an image.
const CITED: &str = "
//- news/2008/09/15/lehman.md
# A bank fails

## Sources

1. [Paper](https://paper.example/2008/09/16/business/bank.html?seen=1999/01/02/)
1. [Agency](https://agency.example/article-2008?day=/2008/09/17/x)
1. [Cover Image](https://paper.example/2008/09/16/bank.jpg)
";

#[test]
fn a_source_has_the_day_of_its_address_and_no_other() {
    let graph = archive(CITED);
    let read: Value = serde_json::from_slice(&whole(&graph, Format::CslJson)).unwrap();
    let items = read.as_array().unwrap();
    assert_eq!(items.len(), 2, "images are no sources: {read}");
    assert_eq!(items[0]["issued"]["date-parts"][0], json!([2008, 9, 16]));
    assert_eq!(items[1]["issued"], Value::Null);
    assert_eq!(items[1]["note"], "On the event of 2008-09-15: A bank fails");
    let text = String::from_utf8(whole(&graph, Format::BibTex)).unwrap();
    assert_eq!(text.matches("@misc").count(), 2, "{text}");
    assert_eq!(text.matches("  day = {16},\n").count(), 1, "{text}");
    assert_eq!(text.matches("  day = ").count(), 1, "{text}");
    for format in [Format::Markdown, Format::Html] {
        let dossier = String::from_utf8(whole(&graph, format)).unwrap();
        assert!(dossier.contains("paper.example") && !dossier.contains("bank.jpg"), "{dossier}");
    }
}

/// What a calendar gets to see of a text.
fn in_calendar(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let kept = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    text.chars().map(|c| if kept(c) { c } else { '\u{fffd}' }).collect()
}

#[test]
fn a_calendar_holds_every_dated_event() {
    let lines = |text: &[u8]| -> Vec<Vec<u8>> {
        text.split(|&byte| byte == b'\n').map(<[u8]>::to_vec).collect()
    };
    for (place, graph) in graphs() {
        let text = whole(&graph, Format::ICalendar);
        for line in lines(&text).iter().filter(|line| !line.is_empty()) {
            assert!(line.ends_with(b"\r") && line.len() <= 76, "{place}: {line:?}");
            std::str::from_utf8(line).expect("no character is cut");
        }
    }
    let Some(python) = python("icalendar") else { return };
    let script = r#"
import json, sys, icalendar
calendar = icalendar.Calendar.from_ical(sys.stdin.buffer.read())
json.dump([{'uid': str(e['UID']), 'summary': str(e['SUMMARY']), 'day': e['DTSTART'].dt.isoformat(),
            'topics': [str(c) for c in e['CATEGORIES'].cats] if 'CATEGORIES' in e else [],
            'errors': [str(x) for x in e.errors]}
           for e in calendar.walk('VEVENT')], sys.stdout)
"#;
    for (place, graph) in graphs() {
        let read = read_by(&python, script, &whole(&graph, Format::ICalendar)).unwrap();
        let read = read.as_array().unwrap();
        let dated: Vec<_> = graph.events().filter(|&event| graph.date(event).is_some()).collect();
        assert_eq!(read.len(), dated.len(), "{place}");
        let ids: std::collections::BTreeSet<_> = read.iter().map(|e| e["uid"].as_str()).collect();
        assert_eq!(ids.len(), dated.len(), "{place}");
        for (&event, found) in dated.iter().zip(read) {
            assert_eq!(found["summary"], in_calendar(&plain_text(graph.title(event))), "{place}");
            assert_eq!(found["day"], graph.date(event).unwrap().to_string(), "{place}");
            assert_eq!(found["errors"], json!([]), "{place}");
            let topics = found["topics"].as_array().unwrap().len();
            assert_eq!(topics, graph.topics(event).count(), "{place}: {found}");
        }
    }
}

#[test]
fn a_timeline_shows_titles_as_text() {
    let slides = |graph: &EventGraph| -> Vec<Value> {
        let value: Value = serde_json::from_slice(&whole(graph, Format::TimelineJs)).unwrap();
        value["events"].as_array().unwrap().clone()
    };
    for (place, graph) in graphs() {
        let dated: Vec<_> = graph.events().filter(|&event| graph.date(event).is_some()).collect();
        let slides = slides(&graph);
        assert_eq!(slides.len(), dated.len(), "{place}");
        for (&event, slide) in dated.iter().zip(&slides) {
            let (year, month, day) = graph.date(event).unwrap().ymd();
            assert_eq!(slide["start_date"], json!({"year": year, "month": month, "day": day}));
        }
    }
    let Some(python) = python("html5lib") else { return };
    // The document around it is none of ours.
    let script = r#"
import json, sys, html5lib
def read(html):
    parser = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder('etree'))
    tree = parser.parse('<!DOCTYPE html><title>x</title><body><div>' + html + '</div>')
    div = next(e for e in tree.iter() if e.tag.endswith('div'))
    names = sorted({e.tag.rsplit('}')[-1] for e in div.iter()})
    return [''.join(div.itertext()), names]
json.dump([[read(s['text']['headline']), read(s['text']['text']), read(s.get('group', ''))]
           for s in json.load(sys.stdin)['events']], sys.stdout)
"#;
    for (place, graph) in graphs() {
        let read = read_by(&python, script, &whole(&graph, Format::TimelineJs)).unwrap();
        let dated = graph.events().filter(|&event| graph.date(event).is_some());
        for (event, slide) in dated.zip(read.as_array().unwrap()) {
            let title = match one_line(&plain_text(graph.title(event))) {
                title if title.is_empty() => one_line(graph.key(event)),
                title => title,
            };
            let in_html: String = title
                .chars()
                .map(|c| if (c as u32) & 0xfffe == 0xfffe { '\u{fffd}' } else { c })
                .collect();
            assert_eq!(slide[0], json!([in_html, ["div"]]), "{place}");
            let allowed = ["a", "div", "li", "p", "ul"];
            for name in slide[1][1].as_array().unwrap() {
                assert!(allowed.contains(&name.as_str().unwrap()), "{place}: {slide}");
            }
            assert_eq!(slide[2][1], json!(["div"]), "{place}");
        }
    }
}
