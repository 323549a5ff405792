//! Any question by its name, with its options as JSON: what a face needs that
//! is no Rust.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answers::select::Select;
use crate::answers::timeline::TimelineQuestion;
use crate::answers::topics::{
    BetweenAnswer, TopicsAnswer, TopicsQuestion, topics, topics_between, topics_with,
};
use crate::answers::{ClustersQuestion, DistancesQuestion, InfoAnswer, SearchAnswer};
use crate::answers::{chain, check, clusters, distances, info, rank, search, show};
use crate::answers::{stories, story, thread, timeline};
use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;

/// The name of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as on the command line")]
pub enum Question {
    Search,
    Show,
    Topics,
    Timeline,
    Bursts,
    Clusters,
    Sweep,
    Stories,
    Story,
    Chain,
    Distances,
    Thread,
    Rank,
    Check,
    Info,
}

impl Question {
    /// Every question, and its name.
    pub const ALL: &'static [(&'static str, Self)] = &[
        ("search", Self::Search),
        ("show", Self::Show),
        ("topics", Self::Topics),
        ("timeline", Self::Timeline),
        ("bursts", Self::Bursts),
        ("clusters", Self::Clusters),
        ("sweep", Self::Sweep),
        ("stories", Self::Stories),
        ("story", Self::Story),
        ("chain", Self::Chain),
        ("distances", Self::Distances),
        ("thread", Self::Thread),
        ("rank", Self::Rank),
        ("check", Self::Check),
        ("info", Self::Info),
    ];

    /// The question of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|&(_, question)| question)
    }
}

/// Answers a question.
///
/// `select` and `options` are JSON objects with the fields of [`Select`] and of
/// the question's own type; what is left out is as on the command line.
/// `bursts` takes the options of `timeline`, `sweep` those of `clusters`.
///
/// # Returns
/// The answer as JSON, as the command line prints it for `--json` but for line
/// breaks: a list of bursts for `bursts`.
///
/// # Errors
/// If an option is not known or has a value that makes no sense; else as the
/// question's own function.
///
/// # Example
/// ```
/// # fn main() -> Result<(), threadline::Error> {
/// use threadline::answers::{Question, ask};
///
/// let graph = threadline::EventGraph::empty();
/// let answer = ask(&graph, Question::Search, "{}", r#"{"words": "moon"}"#)?;
/// assert_eq!(answer, r#"{"events":[]}"#);
/// # Ok(())
/// # }
/// ```
pub fn ask(graph: &EventGraph, question: Question, select: &str, options: &str) -> Result<String> {
    let select = Select::from_json(select)?;
    let none_of = |selected: bool| match selected && select != Select::default() {
        true => Err(Error::new(ErrorKind::Input, "this question is about the whole graph")),
        false => Ok(()),
    };
    match question {
        Question::Search => {
            let hits = search(graph, &select, &asked(options)?)?;
            write(&SearchAnswer::new(graph, &hits))
        }
        Question::Show => {
            none_of(true)?;
            write(&show(graph, &asked(options)?)?.record(graph))
        }
        Question::Topics => {
            let asked: TopicsQuestion = asked(options)?;
            let selection = select.selection(graph)?;
            if !asked.with.is_empty() && !asked.between.is_empty() {
                let message = "`with` and `between` are two questions; ask one";
                return Err(Error::new(ErrorKind::Input, message));
            }
            if !asked.with.is_empty() {
                let found = topics_with(graph, &selection, &asked.with)?;
                return write(&found.record(graph));
            }
            if !asked.between.is_empty() {
                let ties = topics_between(graph, &selection, &asked.between)?;
                return write(&BetweenAnswer::new(graph, &asked.between, &ties));
            }
            write(&TopicsAnswer::new(graph, &topics(graph, &selection)))
        }
        Question::Timeline => {
            let found = timeline(graph, &select, &asked(options)?)?;
            write(&found.record(graph)?)
        }
        Question::Bursts => {
            let asked = TimelineQuestion { bursts: true, ..asked(options)? };
            let found = timeline(graph, &select, &asked)?;
            write(&found.burst_records(graph)?)
        }
        Question::Clusters => write(&clusters(graph, &select, &asked(options)?)?.record(graph)),
        Question::Sweep => {
            let asked: ClustersQuestion = asked(options)?;
            write(&asked.sweep(graph, &select)?)
        }
        Question::Stories => write(&stories(graph, &select, &asked(options)?)?.record()),
        Question::Story => {
            none_of(true)?;
            write(&story(graph, &asked(options)?)?.record())
        }
        Question::Chain => write(&chain(graph, &select, &asked(options)?)?.record(graph)),
        Question::Distances => {
            let asked = DistancesQuestion::from_json(options)?;
            write(&distances(graph, &select, &asked)?.record(graph))
        }
        Question::Thread => write(&thread(graph, &select, &asked(options)?)?.record(graph)),
        Question::Rank => write(&rank(graph, &select, &asked(options)?)?.record(graph)),
        Question::Check => {
            none_of(true)?;
            write(&check(graph, &asked(options)?)?)
        }
        Question::Info => write(&InfoAnswer::new(graph, &info(graph, &select)?)),
    }
}

pub(super) fn asked<T: DeserializeOwned>(options: &str) -> Result<T> {
    read("the question", options)
}

pub(super) fn read<T: DeserializeOwned>(what: &str, json: &str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut json).map_err(|cause| {
        let field = cause.path().to_string();
        // The place in the JSON says nothing to whoever wrote none, nor do the
        // names of Rust's types.
        let text = cause.inner().to_string();
        let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(text, _)| text);
        let text = match text.rsplit_once(", expected ") {
            Some((found, "u16" | "u32" | "u64" | "usize")) => {
                format!("{found}, expected a whole number, 0 or more")
            }
            Some((found, "f64")) => format!("{found}, expected a number"),
            _ => text.to_owned(),
        };
        let message = match field.as_str() {
            "." => format!("{what} makes no sense: {text}"),
            field => format!("`{field}` makes no sense: {text}"),
        };
        Error::new(ErrorKind::Input, message)
    })
}

pub(super) fn write(answer: &impl Serialize) -> Result<String> {
    serde_json::to_string(answer)
        .map_err(|cause| Error::new(ErrorKind::Input, "cannot write JSON").because(cause))
}
