//! Errors: each thing is said once, and of a name that means several things it is
//! known what they are.

use std::error::Error as _;

use tempfile::TempDir;
use threadline::ErrorKind;
use threadline::analysis::find_event;
use threadline::answers::{DistancesQuestion, Question, Select, ask, distances};
use threadline::import::read_node_link;

use crate::cli::refusal;
use crate::fixture::{built, data};

#[test]
fn who_walks_through_the_causes_reads_each_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("cut.json");
    std::fs::write(&path, "{").unwrap();
    let error = read_node_link(&path).unwrap_err();
    let cause = error.source().expect("there is one").to_string();
    assert!(!error.to_string().contains(&cause), "{error}");
    assert_eq!(format!("{error:#}"), format!("{error}: {cause}"));
    // Who reads one text is told all the same.
    let (_, said) = refusal(&["info", path.to_str().unwrap()]);
    assert!(said.contains(&format!("{error}: {cause}")), "{said}");
}

#[test]
fn a_name_of_several_events_tells_their_keys() {
    let (graph, _) = built(&data());
    let error = find_event(&graph, "neil").unwrap_err();
    assert_eq!((error.kind(), error.candidates().len()), (ErrorKind::Ambiguous, 4));
    for key in error.candidates() {
        assert_eq!(graph.key(find_event(&graph, key).unwrap()), key);
    }
    // In which pair does not take them away.
    let pairs = vec![("laika".to_owned(), "neil".to_owned())];
    let asked = DistancesQuestion { pairs, ..DistancesQuestion::default() };
    let within = distances(&graph, &Select::default(), &asked).unwrap_err();
    assert!(within.to_string().starts_with("pair 1: `neil` could be any of 4"), "{within}");
    assert_eq!(within.candidates(), error.candidates());
    let none = find_event(&graph, "no such thing").unwrap_err();
    assert!(none.kind() == ErrorKind::NotFound && none.candidates().is_empty());
}

#[test]
fn a_name_of_several_sagas_tells_their_numbers() {
    let (graph, _) = built(&data());
    let error = ask(&graph, Question::Stories, r#"{"saga": "program"}"#, "{}").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Ambiguous);
    for number in error.candidates() {
        let select = format!(r#"{{"saga": "{number}"}}"#);
        ask(&graph, Question::Stories, &select, "{}").unwrap();
    }
}
