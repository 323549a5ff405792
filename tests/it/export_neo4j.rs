//! What Neo4j gets: a Cypher script that its own linter takes and whose strings
//! hold the texts, and tables whose headers and cells are those of its import.

use std::collections::BTreeMap;
use std::path::Path;

use tempfile::TempDir;
use threadline::EventGraph;
use threadline::export::{ExportOptions, Format, write_folder};
use threadline::graph::Selection;

use crate::readers::read_by_node;
use crate::torture::{exported, graphs};

fn script(graph: &EventGraph) -> String {
    String::from_utf8(exported(graph, &Selection::all(graph), Format::Cypher)).unwrap()
}

#[derive(Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
}

/// The tokens of a script, by the rules of the Cypher manual; it fails on what
/// is none, so nothing of a text can stand outside of its quotes.
fn tokens(script: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut chars = script.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\n' => {}
            '/' => {
                assert_eq!(chars.next(), Some('/'), "a comment");
                chars.by_ref().find(|&c| c == '\n');
            }
            '\'' => tokens.push(Token::Text(text(&mut chars))),
            c if c.is_ascii_alphanumeric() || c == '_' => {
                let mut word = c.to_string();
                while let Some(c) =
                    chars.next_if(|c| c.is_ascii_alphanumeric() || "_.".contains(*c))
                {
                    word.push(c);
                }
                // 1e-7 and its like.
                while word.ends_with('e') && word.starts_with(|c: char| c.is_ascii_digit()) {
                    word.push(chars.next().unwrap());
                    while let Some(c) = chars.next_if(char::is_ascii_digit) {
                        word.push(c);
                    }
                }
                tokens.push(Token::Word(word));
            }
            c => {
                assert!("{}[]():,;+-><=".contains(c), "{c:?} stands outside of quotes");
                tokens.push(Token::Sign(c));
            }
        }
    }
    tokens
}

/// The rest of a string, whose first quote is read.
fn text(chars: &mut impl Iterator<Item = char>) -> String {
    let mut text = String::new();
    loop {
        let c = chars.next().expect("a string ends");
        match c {
            '\'' => return text,
            '\\' => text.push(match chars.next().unwrap() {
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                'u' => {
                    let digits: String = chars.by_ref().take(4).collect();
                    char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap()
                }
                c @ ('\\' | '\'') => c,
                c => panic!("there is no escape \\{c}"),
            }),
            c => {
                assert!(!c.is_control(), "{c:?} in a string");
                text.push(c);
            }
        }
    }
}

/// Strings with `+` between them are one.
fn joined(tokens: Vec<Token>) -> Vec<Token> {
    let mut joined: Vec<Token> = Vec::new();
    for token in tokens {
        if let (Token::Text(more), [.., Token::Text(_), Token::Sign('+')]) = (&token, &joined[..]) {
            let more = more.clone();
            joined.pop();
            if let Some(Token::Text(text)) = joined.last_mut() {
                text.push_str(&more);
            }
        } else {
            joined.push(token);
        }
    }
    joined
}

#[test]
fn cypher_strings_hold_the_texts() {
    for (name, graph) in graphs() {
        let tokens = joined(tokens(&script(&graph)));
        let after = |field: &str| -> Vec<&Token> {
            let at = |pair: &[Token]| pair == [Token::Word(field.into()), Token::Sign(':')];
            let found = tokens.windows(2).enumerate().filter(|(_, pair)| at(pair));
            found.map(|(at, _)| &tokens[at + 2]).collect()
        };
        let of_events = |text: fn(&EventGraph, threadline::model::EventId) -> &str| {
            let texts = graph.events().map(|event| Token::Text(text(&graph, event).to_owned()));
            texts.collect::<Vec<_>>()
        };
        let events = graph.event_count();
        let keys: Vec<_> =
            after("key").into_iter().filter(|token| **token != word("row")).collect();
        let titles = after("title");
        assert!(keys.iter().take(events).copied().eq(&of_events(EventGraph::key)), "{name}");
        assert!(titles.iter().take(events).copied().eq(&of_events(EventGraph::title)), "{name}");
        assert_eq!(titles.len(), events + graph.tables().revisions.event.len(), "{name}");
        assert_eq!(after("rank").len(), graph.link_count(), "{name}");
        assert_eq!(after("url").len(), graph.tables().sources.event.len(), "{name}");
    }
}

fn word(word: &str) -> Token {
    Token::Word(word.to_owned())
}

/// Neo4j's linter, which has the parser and the semantic checks of the database.
#[test]
fn neo4j_takes_the_script() {
    let lint = "
        const { lintCypherQuery } = require('@neo4j-cypher/language-support');
        const { diagnostics } = lintCypherQuery(input, {}, 'CYPHER 5');
        answer(diagnostics.map(found => found.message));";
    // It is thorough and slow: graphs in which every kind of text and no row
    // at all stands.
    for (name, graph) in
        graphs().into_iter().filter(|(name, _)| ["torture", "empty"].contains(name))
    {
        let Some(found) = read_by_node(lint, script(&graph).as_bytes()) else { return };
        assert_eq!(found, serde_json::json!([]), "{name}");
    }
    let Some(found) = read_by_node(lint, b"CREATE (event:Event) SET event = row;") else { return };
    assert!(found[0].as_str().unwrap().contains("row"), "the linter finds no fault: {found}");
}

/// A table as Neo4j's import reads it: cells, and whether each was quoted.
fn table(folder: &Path, name: &str) -> Vec<Vec<(String, bool)>> {
    let text = std::fs::read_to_string(folder.join(name)).unwrap();
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut inside, mut quoted) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if inside && chars.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' if inside => inside = false,
            '"' => (inside, quoted) = (true, true),
            c if inside => cell.push(c),
            ',' | '\n' => {
                row.push((std::mem::take(&mut cell), std::mem::take(&mut quoted)));
                if c == '\n' {
                    rows.push(std::mem::take(&mut row));
                }
            }
            c => cell.push(c),
        }
    }
    assert!(!inside && row.is_empty() && cell.is_empty(), "{name} ends in a row");
    rows
}

#[test]
fn the_tables_of_neo4j_are_those_of_its_import() {
    const TYPES: [&str; 8] =
        ["", "int", "long", "double", "boolean", "date", "localdatetime", "string[]"];
    for (name, graph) in graphs() {
        let folder = TempDir::new().unwrap();
        let options = ExportOptions::default();
        let all = Selection::all(&graph);
        write_folder(&graph, &all, Format::Neo4j, &options, folder.path()).unwrap();
        let load = std::fs::read_to_string(folder.path().join("load.cypher")).unwrap();
        let mut ids: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut counts = BTreeMap::new();
        let named = |kind: &str| -> Vec<String> {
            let files = load.split(kind).skip(1);
            files.map(|rest| rest.split(['\n', ' ']).next().unwrap().to_owned()).collect()
        };
        let (nodes, relationships) = (named("--nodes="), named("--relationships="));
        assert_eq!((nodes.len(), relationships.len()), (5, 5));
        for file in nodes.iter().chain(&relationships) {
            let mut rows = table(folder.path(), file);
            let header = rows.remove(0);
            counts.insert(file.as_str(), rows.len());
            for row in &rows {
                assert_eq!(row.len(), header.len(), "{name}, {file}");
            }
            for (at, (field, _)) in header.iter().enumerate() {
                let (_, of_type) = field.split_once(':').unwrap_or((field, ""));
                let group = of_type
                    .split_once('(')
                    .map(|(kind, group)| (kind, group.trim_end_matches(')')));
                let cells = || rows.iter().map(|row| row[at].0.clone());
                match group {
                    Some(("ID", group)) => {
                        let seen: std::collections::BTreeSet<_> = cells().collect();
                        assert_eq!(seen.len(), rows.len(), "{name}, {file}: ids are unique");
                        ids.insert(group.to_owned(), cells().collect());
                    }
                    Some(("START_ID" | "END_ID", group)) => {
                        for id in cells() {
                            assert!(ids[group].contains(&id), "{name}, {file}: {group} {id}");
                        }
                    }
                    None if ["LABEL", "TYPE"].contains(&of_type) => {
                        assert!(cells().all(|cell| !cell.is_empty()), "{name}, {file}");
                    }
                    None => assert!(TYPES.contains(&of_type), "{name}, {file}: {of_type}"),
                    Some(other) => panic!("{other:?}"),
                }
            }
        }
        let events = table(folder.path(), "events.csv");
        for (event, row) in graph.events().zip(&events[1..]) {
            // Null is an empty cell, an empty text is a quoted one.
            assert_eq!(row[1], (graph.key(event).to_owned(), true), "{name}");
            assert_eq!(row[3], (graph.title(event).to_owned(), true), "{name}");
            let summary = graph.summary(event);
            assert_eq!(
                row[4],
                (summary.unwrap_or_default().to_owned(), summary.is_some()),
                "{name}"
            );
        }
        let links = table(folder.path(), "links.csv");
        for (link, row) in graph.links().zip(&links[1..]) {
            let topics = graph.link_topics(link).map(|topic| graph.topic_name(topic));
            let topics: Vec<_> = topics.map(|topic| topic.replace('\u{1f}', "\u{fffd}")).collect();
            assert_eq!(row[5].0, topics.join("\u{1f}"), "{name}");
        }
        let expected = [
            ("events.csv", graph.event_count()),
            ("links.csv", graph.link_count()),
            ("topics.csv", graph.topic_count()),
            ("cites.csv", graph.tables().sources.event.len()),
            ("worded.csv", graph.tables().revisions.event.len()),
            ("about.csv", graph.events().map(|event| graph.topics(event).count()).sum()),
        ];
        for (file, count) in expected {
            assert_eq!(counts[file], count, "{name}, {file}");
        }
    }
}
