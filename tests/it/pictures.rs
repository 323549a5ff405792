//! Pictures: well-formed whatever the titles hold, with the titles in them, the
//! same bytes every time, and drawn as PNG.

use std::collections::BTreeSet;

use tempfile::TempDir;
use threadline::EventGraph;
use threadline::analysis::{
    BurstOptions, Chain, ChainOptions, LayoutOptions, Row, StoryOptions, ThreadOptions,
    TimelineOptions, bursts, chain, layout, stories, thread, timeline, timelines, topic_rows,
};
use threadline::answers::{Question, draw};
use threadline::export::{self, ExportOptions, Format};
use threadline::graph::Selection;
use threadline::model::{EventId, one_line, plain_text};
use threadline::picture::{self, Picture, PictureOptions, Theme, WeighedChain};

use crate::cli::{answer, refusal, run};
use crate::fixture::{built, data};
use crate::readers;
use crate::skip::{lacking, skipped};
use crate::torture;

fn options(width: u32, theme: Theme) -> PictureOptions<'static> {
    let (source, command) = ("a <graph> & \u{1}", "threadline \"--\"");
    PictureOptions { width, theme, source, command, subject: "" }
}

fn weighed(chain: &Chain) -> WeighedChain<'_> {
    WeighedChain { chain, strengths: vec![0.5; chain.hops.len()] }
}

/// Every picture of a graph: its name, and the events that it is to name.
fn pictures(
    graph: &EventGraph,
    options: &PictureOptions<'_>,
) -> Vec<(String, Picture, BTreeSet<EventId>)> {
    let all = Selection::all(graph);
    let mut found = Vec::new();
    let links = graph.links().filter_map(|link| graph.link(link));
    let ends: Vec<_> = links.filter(|link| link.source != link.target).take(3).collect();
    let chains: Vec<Chain> = ends
        .windows(2)
        .filter(|two| two[0].source != two[1].target)
        .filter_map(|two| {
            let chain = chain(graph, two[0].source, two[1].target, &all, ChainOptions::default());
            chain.unwrap()
        })
        .collect();
    let strands: Vec<_> = chains.iter().map(weighed).collect();
    let named = chains.iter().flat_map(|chain| chain.events.clone()).collect();
    found.push(("chain".to_owned(), picture::chain(graph, &strands, options), named));
    for event in graph.events().filter(|&event| graph.date(event).is_some()).step_by(9) {
        let told = thread(graph, event, &all, ThreadOptions::default()).unwrap();
        let before: Vec<_> = told.before.iter().map(weighed).collect();
        let after: Vec<_> = told.after.iter().map(weighed).collect();
        let weak = (&told.weak_before[..], &told.weak_after[..]);
        let picture = picture::thread(graph, event, (&before, &after), weak, options);
        found.push((format!("thread of {}", event.0), picture, BTreeSet::from([event])));
    }
    let found_stories = stories(graph, StoryOptions { min_size: 2, ..StoryOptions::default() });
    let found_stories = found_stories.unwrap();
    for number in 0..found_stories.len().min(4) {
        let told = found_stories.tell(number).unwrap();
        let asked = found_stories.all()[number].events.last().copied();
        let picture = picture::story(&found_stories, number, &told, asked, options);
        let events = found_stories.all()[number].events.iter().copied();
        let dated = events.filter(|&event| graph.date(event).is_some()).collect();
        found.push((format!("story {number}"), picture, dated));
    }
    let counts = timeline(graph, &all, TimelineOptions { period: None }).unwrap();
    let rows = [Row::of_selection(graph, &all)];
    let spans = bursts(graph, &rows, &all, BurstOptions::default()).unwrap();
    let picture = picture::timeline(graph, "All \u{1} <events>", &counts, &spans, options).unwrap();
    found.push(("timeline".to_owned(), picture, BTreeSet::new()));
    let mut rows = topic_rows(graph, &all);
    let count = rows.len();
    rows.truncate(40);
    let counts = timelines(graph, &rows, TimelineOptions { period: None }).unwrap();
    let picture = picture::rows(graph, "Topics", (&rows, count), &counts, &[], options);
    found.push(("topics".to_owned(), picture, BTreeSet::new()));
    found
}

/// All titles of an SVG, and the sizes of its texts that are below 11 pixels.
const READ: &str = r#"
import json, re, sys
import xml.etree.ElementTree as tree
root = tree.fromstring(sys.stdin.buffer.read())
svg = '{http://www.w3.org/2000/svg}'
assert root.tag == svg + 'svg' and root.get('role') == 'img' and root.get('aria-label')
width, height = float(root.get('width')), float(root.get('height'))
names = {e.tag.removeprefix(svg) for e in root.iter()}
style = root.find(svg + 'style').text
json.dump({
    'titles': [e.text or '' for e in root.iter(svg + 'title')],
    'names': sorted(names),
    'attributes': sorted({a for e in root.iter() for a in e.attrib}),
    'sizes': [float(s) for s in re.findall(r'font-size:([\d.]+)px', style)],
    'size': [width, height],
}, sys.stdout)
"#;

#[test]
fn every_picture_parses_and_names_its_events() {
    let known: BTreeSet<&str> =
        ["svg", "title", "desc", "style", "g", "rect", "circle", "line", "path", "text", "tspan"]
            .into();
    for (name, graph) in torture::graphs() {
        for options in [options(1200, Theme::Light), options(480, Theme::Auto)] {
            for (what, picture, named) in pictures(&graph, &options) {
                let svg = picture.svg();
                let what = format!("{what} of {name}, {} wide", options.width);
                let Some(read) = readers::read_by("python3", READ, svg.as_bytes()) else {
                    return lacking("python3");
                };
                let texts = |key: &str| -> Vec<String> {
                    serde_json::from_value(read[key].clone()).unwrap()
                };
                let titles = texts("titles");
                for event in named {
                    let title = one_line(&plain_text(graph.title(event)));
                    let there = titles.iter().any(|found| found.contains(&title));
                    assert!(there, "{what}: {title:?} is not among the titles");
                }
                let unknown: Vec<String> =
                    texts("names").into_iter().filter(|n| !known.contains(n.as_str())).collect();
                assert!(unknown.is_empty(), "{what} has {unknown:?}");
                let from_elsewhere = texts("attributes")
                    .into_iter()
                    .find(|a| a.starts_with("on") || a.contains("href") || a == "src");
                assert_eq!(from_elsewhere, None, "{what}");
                assert!(!svg.contains("url(") && !svg.contains("@import"), "{what}");
                let sizes: Vec<f64> = serde_json::from_value(read["sizes"].clone()).unwrap();
                assert!(sizes.len() > 3 && sizes.iter().all(|&size| size >= 11.0), "{what}");
                assert_eq!(read["size"][0], f64::from(options.width), "{what}");
            }
        }
    }
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    for (name, graph) in torture::graphs() {
        let draw = |threads: usize| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| pictures(&graph, &options(900, Theme::Dark)))
        };
        let (one, two) = (draw(1), draw(2));
        assert!(one.len() > 2, "{name}");
        assert!(one == two, "the pictures of {name} differ");
    }
}

#[test]
#[cfg(feature = "png")]
fn every_picture_is_drawn() {
    for (name, graph) in torture::graphs() {
        for (what, picture, _) in pictures(&graph, &options(400, Theme::Light)) {
            // A thread of each event would take long.
            if what.starts_with("thread") && !what.ends_with('0') {
                continue;
            }
            let png = match picture.png(0.25) {
                Ok(png) => png,
                Err(error) if error.kind() == threadline::ErrorKind::NotFound => {
                    assert!(error.to_string().contains("install"), "{error}");
                    skipped("there is no font on this system that has all characters");
                    continue;
                }
                Err(error) => panic!("{what} of {name}: {error}"),
            };
            assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n", "{what} of {name}");
            let wide = u32::from_be_bytes(png[16..20].try_into().unwrap());
            assert_eq!(wide, 100, "{what} of {name}");
        }
    }
}

/// The pictures of `data/` that are committed: the name and the command.
const COMMITTED: [(&str, &[&str]); 5] = [
    ("moon-chain.svg", &["chain", "data", "Sputnik 1", "shake hands"]),
    ("moon-thread.svg", &["thread", "data", "shake hands", "--steps", "3"]),
    ("moon-story.svg", &["story", "data", "1"]),
    ("moon-timeline.svg", &["timeline", "data", "--by", "quarter", "--bursts"]),
    ("moon-topics.svg", &["topics", "data", "-n", "10"]),
];

#[test]
fn the_committed_pictures_are_those_of_a_fresh_run() {
    let folder = TempDir::new().unwrap();
    for (name, command) in COMMITTED {
        let path = folder.path().join(name);
        let mut args = command.to_vec();
        args.extend(["-o", path.to_str().unwrap()]);
        assert_eq!(answer(&args), "", "a picture goes to its file");
        let fresh = std::fs::read(&path).unwrap();
        let committed = std::fs::read(format!("{}/exports/{name}", env!("CARGO_MANIFEST_DIR")));
        assert!(committed.unwrap() == fresh, "exports/{name} is not what a fresh run draws");
        assert!(fresh.len() < 100_000, "exports/{name} has {} bytes", fresh.len());
    }
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let folder = TempDir::new().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let cases: [(&[&str], &str); 5] = [
        (&["timeline", "data", "-o", &at("x.gif")], ".svg"),
        (&["timeline", "data", "-o", &at("no/x.svg")], "no such folder"),
        (&["timeline", "data", "--width", "900"], "--output"),
        (&["timeline", "data", "-o", &at("x.svg"), "--width", "10"], "320"),
        (&["story", "data", "1", "-o", &at("x.svg"), "--json"], "cannot be used with"),
    ];
    for (args, expected) in cases {
        let (status, error) = refusal(args);
        assert_eq!(status, Some(2), "{args:?}");
        assert!(error.contains(expected), "{args:?}: {error}");
    }
    // A chain that is not there is no picture of nothing, and what stood under
    // the name stays.
    let path = at("kept.svg");
    std::fs::write(&path, "kept").unwrap();
    let output = run(&["chain", "data", "Sputnik 1", "Michael Adams dies", "-o", &path]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "kept");
}

/// A map keeps squares of its area: one of 10^9 pixels would end the program.
#[test]
fn no_picture_is_too_wide_or_too_narrow() {
    let (graph, _) = built(&data());
    let all = Selection::all(&graph);
    for width in [0, 10, 319, 8001, 1_000_000_000, u32::MAX] {
        let picture = options(width, Theme::Light);
        let drawn = draw(&graph, Question::Timeline, "{}", "{}", &picture);
        let how = ExportOptions { picture, ..ExportOptions::default() };
        let written = export::write(&graph, &all, Format::Svg, &how, &mut Vec::new());
        let errors = [drawn.unwrap_err(), written.unwrap_err()].map(|error| error.to_string());
        let expected = format!("the width is {width}; it is 320 to 8000 pixels");
        assert_eq!(errors, [&*expected; 2]);
    }
    // Who draws without asking gets the widest that there is.
    let told = stories(&graph, StoryOptions::default()).unwrap();
    let places = layout(&graph, &all, LayoutOptions::default()).unwrap();
    let widest = options(u32::MAX, Theme::Light);
    let map = picture::map(&told, &all, &places, &widest).unwrap();
    assert!(map.svg().contains("width=\"8000\""));
}

#[test]
fn every_face_draws_the_same() {
    let (graph, _) = built(&data());
    let laika = r#"{"event": "laika"}"#;
    let chain = r#"{"from_event": "laika", "to_event": "luna-9-lands-softly"}"#;
    let cases: [(Question, &[&str], &str, &str); 9] = [
        (Question::Timeline, &[], "{}", "{}"),
        (Question::Timeline, &["--by", "topic"], "{}", r#"{"by": ["topic"]}"#),
        (
            Question::Timeline,
            &["--by", "topic", "--bursts", "-n", "3"],
            "{}",
            r#"{"by": ["topic"], "bursts": true, "most_rows": 3}"#,
        ),
        (
            Question::Timeline,
            &["--by", "story", "--until", "1969"],
            r#"{"until": "1969"}"#,
            r#"{"by": ["story"]}"#,
        ),
        (Question::Topics, &[], "{}", "{}"),
        (
            Question::Topics,
            &["--from", "1969", "-n", "0"],
            r#"{"from": "1969"}"#,
            r#"{"most_rows": 0}"#,
        ),
        (Question::Story, &["1"], "{}", r#"{"story": "1"}"#),
        (Question::Thread, &["laika"], "{}", laika),
        (Question::Chain, &["laika", "luna-9-lands-softly"], "{}", chain),
    ];
    for (question, args, select, options) in cases {
        let name = question.name();
        let args = [&[name, "data"], args, &["-o", "-"]].concat();
        let command = format!("threadline {}", args.join(" "));
        let how = PictureOptions { source: "data", command: &command, ..Default::default() };
        let drawn = draw(&graph, question, select, options, &how).unwrap();
        assert!(answer(&args) == drawn.svg(), "{command}");
    }
}

#[test]
fn a_picture_is_no_higher_for_bursts_of_rows_that_it_does_not_show() {
    let height = |args: &[&str]| -> f64 {
        let svg =
            answer(&[&["timeline", "data", "--by", "topic", "-n", "3", "-o", "-"], args].concat());
        let (_, rest) = svg.split_once(" height=\"").unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    assert!(height(&["--bursts"]) < height(&[]) + 100.0);
}

#[test]
fn no_picture_is_of_what_comes_with_a_topic() {
    let (status, error) = refusal(&["topics", "data", "--with", "NASA", "-o", "-"]);
    assert_eq!(status, Some(2));
    assert!(error.contains("pictures of all topics, not of `--with`"), "{error}");
}

#[test]
fn standard_output_takes_svg() {
    let svg = answer(&["topics", "data", "-o", "-", "--theme", "dark", "--width", "480"]);
    assert!(svg.starts_with("<?xml") && svg.ends_with("</svg>\n"));
    assert!(svg.contains("width=\"480\"") && svg.contains("threadline topics data"));
}

#[test]
fn the_picture_of_a_story_marks_the_event_asked_for() {
    let graph = built(&data()).0;
    let found = stories(&graph, StoryOptions::default()).unwrap();
    let told = found.tell(0).unwrap();
    // The one that is linked least, which no label would name.
    let asked = told.ranked.last().unwrap().0;
    let how = PictureOptions { width: 480, ..PictureOptions::default() };
    let marked = picture::story(&found, 0, &told, Some(asked), &how);
    let svg = marked.svg();
    assert_eq!(svg.matches("class=\"tl-asked\"").count(), 1, "{svg}");
    assert!(svg.contains("the event asked for") && svg.contains("class=\"tl-focus\""));
    let day = format!(">{}<", graph.date(asked).unwrap());
    assert!(svg.contains(&day), "it has a label: {svg}");
    let plain = picture::story(&found, 0, &told, None, &how);
    let without = plain.svg();
    assert!(!without.contains("class=\"tl-asked") && !without.contains("class=\"tl-focus"));
}
