//! Questions asked by name, as Python and the browser ask them; and frames that
//! become graphs.

use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Date32Array, DictionaryArray, Int64Array, RecordBatch, StringArray};
use serde_json::Value;
use threadline::EventGraph;
use threadline::answers::{
    Question, Select, TopicsFound, TopicsQuestion, ask, dossier, draw, topics,
};
use threadline::import::read_batches;
use threadline::picture::PictureOptions;

use crate::fixture;

/// Options that each question cannot do without.
fn least(question: Question) -> &'static str {
    match question {
        Question::Show | Question::Thread => r#"{"event": "sputnik-1-the-first"}"#,
        Question::Story => r#"{"story": "1"}"#,
        Question::Chain => r#"{"from_event": "sputnik-1-the-first", "to_event": "laika"}"#,
        _ => "{}",
    }
}

#[test]
fn every_question_has_an_answer() {
    let graph = moon();
    for &question in Question::ALL {
        let name = question.name();
        assert_eq!(Question::from_name(name), Some(question));
        let answer = ask(&graph, question, "{}", least(question)).expect(name);
        let answer: Value = serde_json::from_str(&answer).expect(name);
        assert!(answer.is_object() || answer.is_array(), "{name}: {answer}");
    }
    assert_eq!(Question::from_name("Search"), None);
}

#[test]
fn a_map_has_a_row_for_each_selected_event() {
    let graph = moon();
    let asked = |select: &str, options: &str| -> Value {
        serde_json::from_str(&ask(&graph, Question::Map, select, options).unwrap()).unwrap()
    };
    let whole = asked("{}", "{}");
    let part = asked(r#"{"topic": ["Soviet Union"]}"#, r#"{"without_texts": true}"#);
    assert_eq!(whole["events"]["key"].as_array().unwrap().len(), graph.event_count());
    assert!(part["events"].get("summary").is_none() && part["events"].get("sources").is_none());
    for answer in [&whole, &part] {
        let count = answer["events"]["key"].as_array().unwrap().len();
        for (name, column) in answer["events"].as_object().unwrap() {
            assert_eq!(column.as_array().unwrap().len(), count, "{name}");
        }
        let rows = |end: &str| -> Vec<usize> {
            let column = answer["links"][end].as_array().unwrap().iter();
            column.map(|row| row.as_u64().unwrap() as usize).collect()
        };
        let (sources, targets) = (rows("source"), rows("target"));
        assert!(sources.len() == targets.len() && !sources.is_empty());
        assert!(sources.iter().chain(&targets).all(|&row| row < count));
        let stories = answer["stories"].as_array().unwrap();
        for (row, story) in stories.iter().enumerate() {
            let of_story = |at: &&Value| at.as_u64() == Some(row as u64);
            let events = answer["events"]["story"].as_array().unwrap().iter().filter(of_story);
            assert_eq!(story["size"], events.count(), "{story}");
        }
    }
    assert_eq!(part["name"], "Soviet Union");
}

#[test]
fn a_link_on_a_map_is_one_of_the_graph() {
    let graph = moon();
    let answer: Value =
        serde_json::from_str(&ask(&graph, Question::Map, "{}", "{}").unwrap()).unwrap();
    let key = |row: &Value| {
        answer["events"]["key"][row.as_u64().unwrap() as usize].as_str().unwrap().to_owned()
    };
    let ends = |end: &str| answer["links"][end].as_array().unwrap().iter().map(key);
    let mut drawn: Vec<(String, String)> = ends("source").zip(ends("target")).collect();
    let mut known: Vec<(String, String)> = graph
        .links()
        .filter_map(|link| graph.link(link))
        .filter(|link| link.source != link.target)
        .map(|link| (graph.key(link.source).to_owned(), graph.key(link.target).to_owned()))
        .collect();
    drawn.sort();
    known.sort();
    assert_eq!(drawn, known);
}

#[test]
fn what_makes_no_sense_is_an_error_that_says_so() {
    let graph = moon();
    let cases = [
        (Question::Search, "{}", r#"{"word": "x"}"#, "unknown field `word`"),
        (Question::Search, r#"{"topics": []}"#, "{}", "`topics` makes no sense"),
        (Question::Search, r#"{"from": "19"}"#, "{}", "`19` is no date"),
        (Question::Search, r#"{"hops": 2}"#, "{}", "name it with `around`"),
        (Question::Search, r#"{"story": 1, "cluster": 1}"#, "{}", "at once"),
        (Question::Search, "", "{}", "the selection makes no sense"),
        (Question::Timeline, "{}", r#"{"by": ["day", "year"]}"#, "one length of a step"),
        (Question::Timeline, "{}", r#"{"by": ["topic", "story"]}"#, "one kind of rows"),
        (Question::Timeline, "{}", r#"{"by": ["fortnight"]}"#, "`by` takes day"),
        (Question::Sweep, "{}", r#"{"resolution": 2.0}"#, "tries resolutions"),
        (Question::Sweep, "{}", r#"{"method": "components"}"#, "is for communities"),
        (Question::Check, r#"{"present_only": true}"#, "{}", "the whole graph"),
        (Question::Topics, "{}", r#"{"with": ["x"], "between": ["x", "y"]}"#, "two questions"),
        (Question::Topics, "{}", r#"{"with": []}"#, "`with` takes a topic, or several"),
        (Question::Topics, "{}", r#"{"between": []}"#, "`between` takes two topics"),
        (Question::Show, "{}", "{}", "missing field `event`"),
        (Question::Rank, "{}", r#"{"damping": "high"}"#, "expected a number"),
    ];
    for (question, select, options, expected) in cases {
        let error = ask(&graph, question, select, options).unwrap_err().to_string();
        assert!(error.contains(expected), "{question:?} {options}: {error}");
        assert!(!error.contains("at line"), "a place in JSON that nobody wrote: {error}");
    }
}

#[test]
fn one_question_about_topics_has_three_kinds_of_answers() {
    let (graph, all) = (moon(), Select::default());
    let names = |names: &[&str]| Some(names.iter().map(ToString::to_string).collect());
    let asked = TopicsQuestion::default();
    let TopicsFound::All(counts) = topics(&graph, &all, &asked).unwrap() else { panic!("all") };
    assert_eq!(graph.topic_name(counts[0].topic), "Soviet Union");
    let asked = TopicsQuestion { with: names(&["NASA"]), ..asked };
    let TopicsFound::Distinctive(found) = topics(&graph, &all, &asked).unwrap() else {
        panic!("with")
    };
    assert!(found.more > 0 && found.names == ["NASA"]);
    let asked =
        TopicsQuestion { between: names(&["NASA", "Soviet Union"]), ..TopicsQuestion::default() };
    let found = topics(&graph, &all, &asked).unwrap();
    let TopicsFound::Between(found) = found else { panic!("between") };
    assert!(!found.ties.events.is_empty() && found.names == ["NASA", "Soviet Union"]);
}

#[test]
fn what_can_be_drawn_is_drawn() {
    let graph = moon();
    let mut drawn = 0;
    for &question in Question::ALL {
        match draw(&graph, question, "{}", least(question), &PictureOptions::default()) {
            Ok(picture) => {
                drawn += 1;
                assert!(picture.svg().contains("<svg"), "{question}");
            }
            Err(error) => assert!(error.to_string().contains("there are pictures"), "{error}"),
        }
    }
    assert_eq!(drawn, 5);
}

#[test]
fn what_can_be_told_is_told() {
    let graph = moon();
    let mut told = 0;
    for &question in Question::ALL {
        match dossier(&graph, question, "{}", least(question)) {
            Ok(dossier) => {
                told += 1;
                let mut text = Vec::new();
                dossier.write_markdown(&mut text).unwrap();
                assert!(text.starts_with(b"# "), "{question}");
            }
            Err(error) => assert!(error.to_string().contains("there are dossiers"), "{error}"),
        }
    }
    assert_eq!(told, 3);
    let none = r#"{"from_event": "sputnik-1-the-first", "to_event": "michael-adams"}"#;
    assert!(dossier(&graph, Question::Chain, "{}", none).is_err(), "there is no chain");
}

fn moon() -> EventGraph {
    fixture::built(&fixture::data()).0
}

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter(columns).unwrap()
}

#[test]
fn frames_become_a_graph() {
    let keys: DictionaryArray<arrow_array::types::Int8Type> =
        ["launch", "landing"].into_iter().collect();
    let events = batch(vec![
        ("key", Arc::new(keys)),
        ("date", Arc::new(Date32Array::from(vec![Some(-169), None]))),
        ("unknown", Arc::new(Int64Array::from(vec![1, 2]))),
    ]);
    let mut topics = ListBuilder::new(StringBuilder::new());
    topics.append_value([Some("Moon|race"), None, Some("Apollo 11")]);
    topics.append_null();
    let links = batch(vec![
        ("source", Arc::new(StringArray::from(vec!["launch", "landing"]))),
        ("target", Arc::new(StringArray::from(vec![Some("landing"), None]))),
        ("topics", Arc::new(topics.finish())),
    ]);
    let graph = read_batches(&[events], &[links]).unwrap();
    let told: Vec<String> = graph
        .events()
        .map(|event| format!("{} {:?}", graph.key(event), graph.date(event).map(|d| d.to_string())))
        .collect();
    assert_eq!(told, [r#"launch Some("1969-07-16")"#, "landing None"]);
    let names: Vec<&str> =
        graph.links().flat_map(|l| graph.link_topics(l)).map(|t| graph.topic_name(t)).collect();
    assert_eq!(names, ["Moon|race", "Apollo 11"]);
    let problems = &graph.tables().problems;
    assert_eq!((problems.code.len(), problems.page.text(0)), (1, "links"));
    assert_eq!(problems.line[0], 2);
}

#[test]
fn frames_without_a_needed_column_say_which_there_are() {
    let texts = |name| batch(vec![(name, Arc::new(StringArray::from(vec!["a"])) as ArrayRef)]);
    let numbers = batch(vec![
        ("source", Arc::new(Int64Array::from(vec![0])) as ArrayRef),
        ("target", Arc::new(Int64Array::from(vec![1]))),
    ]);
    let cases = [
        (texts("name"), numbers.clone(), "the column `key` is missing in events; there are `name`"),
        (texts("key"), texts("source"), "the column `target` is missing in links"),
        (texts("key"), numbers, "`source` in links holds numbers"),
    ];
    for (events, links, expected) in cases {
        let error = read_batches(&[events], &[links]).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
