//! Dossiers: HTML without a single error, in which all that a page says is
//! text, and Markdown that says the same.

use serde_json::json;
use threadline::EventGraph;
use threadline::analysis::{
    ChainOptions, ChainSearch, StoryOptions, ThreadOptions, find_event, stories, thread,
};
use threadline::export::{Dossier, Format};
use threadline::graph::Selection;

use crate::fixture::{archive, built, data};
use crate::readers::{python, read_by};
use crate::torture::{exported, graphs};

/// What a strict parser of HTML sees: the titles, the elements, and whether
/// every way within the page leads somewhere.
const READ: &str = r#"
import json, sys, html5lib
text = sys.stdin.buffer.read().decode()
tree = html5lib.HTMLParser(strict=True, tree=html5lib.getTreeBuilder('etree')).parse(text)
def name(e): return e.tag.rsplit('}')[-1] if isinstance(e.tag, str) else 'comment'
ids = [e.get('id') for e in tree.iter() if e.get('id')]
hrefs = [e.get('href') for e in tree.iter() if e.get('href')]
def title(article):
    heading = next(e for e in article if name(e) == 'h3')
    return ''.join(next(e for e in heading if name(e) == 'span').itertext())
json.dump({
  'titles': [title(e) for e in tree.iter() if name(e) == 'article'],
  'names': sorted({name(e) for e in tree.iter()}),
  'twice': len(ids) - len(set(ids)),
  'nowhere': [h for h in hrefs if h.startswith('#') and h[1:] not in ids],
  'schemes': sorted({h.split(':')[0].lower() for h in hrefs if not h.startswith('#')}),
  'unmarked': [i for i in ids if '#' + i not in hrefs],
}, sys.stdout)
"#;

const ELEMENTS: [&str; 21] = [
    "a", "article", "body", "code", "h1", "h2", "h3", "head", "html", "li", "main", "meta", "ol",
    "p", "section", "span", "style", "sup", "time", "title", "ul",
];

fn check_html(python: &str, place: &str, html: &[u8]) -> Vec<String> {
    let read = read_by(python, READ, html).unwrap();
    assert_eq!(read["twice"], 0, "{place}");
    assert_eq!(read["nowhere"], json!([]), "{place}");
    assert_eq!(read["unmarked"], json!([]), "{place}");
    for name in read["names"].as_array().unwrap() {
        assert!(ELEMENTS.contains(&name.as_str().unwrap()), "{place}: {name}");
    }
    for scheme in read["schemes"].as_array().unwrap() {
        assert!(["http", "https"].contains(&scheme.as_str().unwrap()), "{place}: {scheme}");
    }
    let titles = read["titles"].as_array().unwrap();
    titles.iter().map(|title| title.as_str().unwrap().to_owned()).collect()
}

/// A title as HTML can hold it, in one line; without one, the key.
fn shown(graph: &EventGraph, event: threadline::model::EventId) -> String {
    let line = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().collect();
        let held = |c: char| !c.is_control() && (c as u32) & 0xfffe != 0xfffe;
        let words = words.join(" ");
        words.chars().map(|c| if held(c) { c } else { '\u{fffd}' }).collect::<String>()
    };
    let title = line(&threadline::model::plain_text(graph.title(event)));
    if title.is_empty() { line(graph.key(event)) } else { title }
}

#[test]
fn html_of_every_graph_is_without_error() {
    let Some(python) = python("html5lib") else { return };
    for (place, graph) in graphs() {
        let html = exported(&graph, &Selection::all(&graph), Format::Html);
        let titles = check_html(&python, place, &html);
        let expected: Vec<String> = graph.events().map(|event| shown(&graph, event)).collect();
        assert_eq!(titles, expected, "{place}");
    }
}

/// What a reader of Markdown sees: nothing but the elements of a dossier.
fn check_markdown(place: &str, text: &str) {
    use pulldown_cmark::{Event, Options, Parser, Tag};
    for event in Parser::new_ext(text, Options::all()) {
        let harmless = match &event {
            Event::Start(tag) => matches!(
                tag,
                Tag::Heading { .. }
                    | Tag::Paragraph
                    | Tag::Strong
                    | Tag::List(None)
                    | Tag::Item
                    | Tag::FootnoteDefinition(_)
                    | Tag::Link { .. }
            ),
            Event::Html(_) | Event::InlineHtml(_) | Event::Rule => false,
            _ => true,
        };
        assert!(harmless, "{place}: {event:?}");
    }
}

#[test]
fn markdown_of_every_graph_is_text() {
    for (place, graph) in graphs() {
        let text = exported(&graph, &Selection::all(&graph), Format::Markdown);
        check_markdown(place, std::str::from_utf8(&text).unwrap());
    }
}

#[test]
fn an_event_without_a_page_names_who_lists_it() {
    let page = |n: u32| {
        format!(
            "//- news/2001/02/{n}/e.md\n# Event {n}\n\n## Related\n\n1. \
             [Gone](/news/2001/01/1/gone.md) _Context: rare_\n"
        )
    };
    let graph = archive(&(1..=5).map(page).collect::<String>());
    let all = Selection::all(&graph);
    let [markdown, html] = [Format::Markdown, Format::Html]
        .map(|format| String::from_utf8(exported(&graph, &all, format)).unwrap());
    let listed = "No page of its own; listed in `news/2001/02/1/e.md:5`, \
                  `news/2001/02/2/e.md:5`, `news/2001/02/3/e.md:5` and 2 more; tied to 2001-02-01 “Event 1” by rare in ";
    assert!(markdown.contains(listed), "{markdown}");
    let listed = listed.replace("rare", "<span dir=\"auto\">rare</span>");
    let mut inside = false;
    let tagged = listed.split('`').fold(String::new(), |text, part| {
        inside = !inside;
        text + part + if inside { "<code>" } else { "</code>" }
    });
    assert!(html.contains(tagged.trim_end_matches("<code>")), "{tagged} is not in {html}");
}

#[test]
fn a_dossier_says_what_it_was_made_from() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let first = found.all()[0].events[0];
    let dossier = Dossier::of_story(&found, 0, &found.tell(0).unwrap(), Some(first));
    let dossier = dossier.made_by("moon", "threadline story moon laika");
    let (mut markdown, mut html) = (Vec::new(), Vec::new());
    dossier.write_markdown(&mut markdown).unwrap();
    dossier.write_html(&mut html).unwrap();
    let hash = &graph.about().hash;
    let said = format!(
        "Made from moon, 1957-10-04 to 1975-07-26; threadline story moon laika; archive hash \
         {hash}; Threadline {}. Which events make this story",
        env!("CARGO_PKG_VERSION")
    );
    for text in [markdown, html] {
        let text = String::from_utf8(text).unwrap();
        assert!(text.contains(&said), "{said} is not in {text}");
        assert!(text.contains("The story of ") && text.matches("Asked for; ").count() == 1);
    }
}

#[test]
fn a_story_a_chain_and_a_thread() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let all = Selection::all(&graph);
    let event = |words| find_event(&graph, words).unwrap();
    let (from, to) = (event("laika"), event("shake hands"));
    let mut search = ChainSearch::new(&graph, &all, ChainOptions::default()).unwrap();
    let chains = search.chains(from, to, 2).unwrap();
    let led = thread(&graph, to, &all, ThreadOptions::default()).unwrap();
    let events_of = |chains: &[threadline::analysis::Chain]| -> usize {
        chains.iter().map(|chain| chain.events.len()).sum()
    };
    let cases = [
        (Dossier::of_story(&found, 0, &found.tell(0).unwrap(), None), found.all()[0].events.len()),
        (Dossier::of_chains(&graph, &chains).unwrap(), events_of(&chains)),
        (Dossier::of_thread(&graph, &led).unwrap(), events_of(&led.before) + events_of(&led.after)),
    ];
    let python = python("html5lib");
    for (number, (dossier, count)) in cases.iter().enumerate() {
        let (mut markdown, mut html) = (Vec::new(), Vec::new());
        dossier.write_markdown(&mut markdown).unwrap();
        dossier.write_html(&mut html).unwrap();
        let markdown = String::from_utf8(markdown).unwrap();
        check_markdown("data/", &markdown);
        assert_eq!(markdown.matches("\n**").count(), *count, "dossier {number}");
        assert!(markdown.contains("; tied "), "dossier {number}: {markdown}");
        if let Some(python) = &python {
            assert_eq!(check_html(python, "data/", &html).len(), *count, "dossier {number}");
        }
    }
}
