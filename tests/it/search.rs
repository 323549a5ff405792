//! Words in titles and summaries, held against a slow oracle.

use threadline::EventGraph;
use threadline::analysis::{Hit, search};
use threadline::graph::{SelectOptions, Selection, build};
use threadline::model::{Draft, NONE, simplified};

use crate::random::Random;

/// A graph with these titles and summaries, each event linked to the first.
fn graph(texts: &[(&str, &str)]) -> EventGraph {
    let mut draft = Draft::default();
    for (n, (title, summary)) in (0_u32..).zip(texts) {
        draft.events.key.push(&format!("e{n:05}"));
        draft.events.date.push(None);
        draft.events.title.push(title);
        draft.events.summary.push(summary);
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push("");
        if n % 3 == 0 {
            draft.links.source.push(n);
            draft.links.target.push(0);
            draft.links.rank.push(1);
            draft.links.context.push(NONE);
            draft.links.line.push(1);
        }
    }
    build(draft).unwrap()
}

/// Looks at every event by itself.
fn slow(graph: &EventGraph, words: &str) -> Vec<Hit> {
    let fold = |text: &str| simplified(text).to_lowercase();
    let words: Vec<String> = words.split_whitespace().map(fold).collect();
    let walk = graph.walk().unwrap();
    let mut hits: Vec<Hit> = graph
        .events()
        .filter_map(|event| {
            let title = fold(graph.title(event));
            let summary = fold(graph.summary(event).unwrap_or_default());
            let found = words.iter().all(|word| title.contains(word) || summary.contains(word));
            found.then(|| Hit {
                event,
                in_title: words.iter().all(|word| title.contains(word)),
                links: walk.degree(event) as u32,
            })
        })
        .collect();
    hits.sort_by_key(|hit| (!hit.in_title, std::cmp::Reverse(hit.links), hit.event));
    hits
}

#[test]
fn words() {
    let texts = [
        ("The first step on the Moon", "Armstrong and Aldrin walk."),
        ("ÄRZTE in Überlingen", ""),
        ("Москва слезам не верит", ""),
        ("ΑΘΗΝΑ", ""),
        ("月球探测器在月球背面软着陆", "第一张照片"),
        ("a.b*c (d) [e] \\f", ""),
        ("one", "two"),
        ("thr", "ee"),
        ("ee", "thr"),
        ("a line\nand another", ""),
        ("福島第一核電廠爆炸", "中國"),
        ("福岛居民撤离", "中国"),
    ];
    let graph = graph(&texts);
    let cases: [(&str, &[u32]); 25] = [
        ("moon", &[0]),
        ("MOON STEP", &[0]),
        ("moon armstrong", &[0]),
        ("moon venus", &[]),
        ("ärzte", &[1]),
        ("ÜBERLINGEN ärzte", &[1]),
        ("москва", &[2]),
        ("αθηνα", &[3]),
        ("月球", &[4]),
        ("背面 照片", &[4]),
        ("a.b*c", &[5]),
        (".*", &[]),
        ("(d) [e]", &[5]),
        ("\\f", &[5]),
        ("one two", &[6]),
        // No match runs from one row into the next, nor from title to summary.
        ("three", &[]),
        ("thronee", &[]),
        ("onethr", &[]),
        ("ee", &[8, 7]),
        ("thr ee", &[7, 8]),
        ("another line", &[9]),
        ("  moon  ", &[0]),
        // Traditional and simplified characters are the same.
        ("福岛", &[10, 11]),
        ("福島", &[10, 11]),
        ("中国 核电厂", &[10]),
    ];
    for (words, expected) in cases {
        let found = search(&graph, words, &Selection::all(&graph), usize::MAX).unwrap();
        let events: Vec<u32> = found.iter().map(|hit| hit.event.0).collect();
        assert_eq!(events, expected, "input {words:?}");
        assert_eq!(found, slow(&graph, words), "input {words:?}");
    }
}

#[test]
fn the_best_stand_in_order_in_front() {
    let texts: Vec<(String, &str)> = (0..300)
        .map(|n| if n % 3 == 0 { (format!("moon {n}"), "") } else { (format!("{n}"), "moon") })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(title, text)| (&**title, *text)).collect();
    let graph = graph(&texts);
    let all = Selection::all(&graph);
    let whole = search(&graph, "moon", &all, usize::MAX).unwrap();
    assert_eq!(whole.len(), 300);
    for ordered in [0, 1, 20, 99, 100, 101, 299, 300, 1000] {
        let mut found = search(&graph, "moon", &all, ordered).unwrap();
        let best = ordered.min(300);
        assert_eq!(found[..best], whole[..best], "the best {ordered}");
        found.sort_by_key(|hit| (!hit.in_title, hit.event));
        assert_eq!(found, whole, "the best {ordered}");
    }
}

#[test]
fn no_words_are_an_error() {
    let graph = graph(&[("a", "")]);
    for words in ["", "  \n "] {
        let error = search(&graph, words, &Selection::all(&graph), usize::MAX).unwrap_err();
        assert_eq!(error.kind(), threadline::ErrorKind::Input);
        assert_eq!(error.to_string(), "there is no word to search for");
    }
}

#[test]
fn a_word_of_any_length() {
    let graph = graph(&[("a", "")]);
    let all = Selection::all(&graph);
    for length in [1_000, 100_000, 3_000_000] {
        // Found or refused, but no panic.
        if let Ok(hits) = search(&graph, &"é".repeat(length), &all, usize::MAX) {
            assert_eq!(hits, []);
        }
    }
}

/// Rows that are short, alike, and more than one thread scans at a time.
#[test]
fn random_titles_5000() {
    const PIECES: &[&str] =
        &["a", "b", "A", "B", "ab", " ", "é", "É", "島", "岛", "ж", "Ж", ".", "", "", "-"];
    let mut random = Random(4);
    let mut text = |most| -> String {
        let length = random.below(most);
        (0..length).map(|_| random.pick(PIECES)).collect()
    };
    let texts: Vec<(String, String)> = (0..5_000).map(|_| (text(6), text(4))).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(t, s)| (&**t, &**s)).collect();
    let graph = graph(&texts);
    for words in
        ["a", "ab", "ba", "aba b", "é", "Éa", "岛島", "島 a", "ж b é", ".", "-a.", "abab", "bb bb"]
    {
        let found = search(&graph, words, &Selection::all(&graph), usize::MAX).unwrap();
        assert_eq!(found, slow(&graph, words), "input {words:?}");
        assert!(!found.is_empty() || words == "-a.", "input {words:?} finds nothing: a weak test");
    }
}

#[test]
fn only_selected_events_are_found() {
    let graph = graph(&[("moon", ""), ("moon", ""), ("moon", "")]);
    let options = SelectOptions {
        only: Some(vec![threadline::model::EventId(1)]),
        ..SelectOptions::default()
    };
    let selection = Selection::new(&graph, &options).unwrap();
    let found = search(&graph, "moon", &selection, usize::MAX).unwrap();
    assert_eq!(found.iter().map(|hit| hit.event.0).collect::<Vec<_>>(), [1]);
}
