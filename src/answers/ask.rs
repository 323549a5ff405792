//! Any question by its name, with its options as JSON: what a face needs that
//! is no Rust.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answers::select::Select;
use crate::answers::timeline::TimelineQuestion;
use crate::answers::{ClustersQuestion, DistancesQuestion, InfoAnswer, SearchAnswer};
use crate::answers::{chain, check, clusters, distances, info, map, rank, search, show};
use crate::answers::{stories, story, thread, timeline, topics};
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::graph::EventGraph;
use crate::model::words;

words! {
    /// The name of a question. `Map` is what a face needs that draws the map itself.
    #[expect(missing_docs, reason = "named as on the command line")]
    pub enum Question {
        Search = "search",
        Show = "show",
        Topics = "topics",
        Timeline = "timeline",
        Bursts = "bursts",
        Clusters = "clusters",
        Sweep = "sweep",
        Stories = "stories",
        Story = "story",
        Chain = "chain",
        Distances = "distances",
        Thread = "thread",
        Rank = "rank",
        Check = "check",
        Info = "info",
        Map = "map",
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
    match question {
        Question::Search => {
            let hits = search(graph, &select, &asked(options)?)?;
            write(&SearchAnswer::new(graph, &hits))
        }
        Question::Show => {
            about_whole_graph(&select)?;
            write(&show(graph, &asked(options)?)?.record(graph))
        }
        Question::Topics => write(&topics(graph, &select, &asked(options)?)?.record(graph)),
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
            about_whole_graph(&select)?;
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
            about_whole_graph(&select)?;
            write(&check(graph, &asked(options)?)?)
        }
        Question::Info => write(&InfoAnswer::new(graph, &info(graph, &select)?)),
        Question::Map => write(&map(graph, &select, &asked(options)?)?),
    }
}

/// Refuses a selection where a question takes none.
pub(super) fn about_whole_graph(select: &Select) -> Result<()> {
    match *select == Select::default() {
        true => Ok(()),
        false => Err(Error::new(ErrorKind::Input, "this question is about the whole graph")),
    }
}

pub(super) fn asked<T: DeserializeOwned>(options: &str) -> Result<T> {
    read("the question", options)
}

pub(super) fn read<T: DeserializeOwned>(what: &str, json: &str) -> Result<T> {
    let mut json = serde_json::Deserializer::from_str(json);
    serde_path_to_error::deserialize(&mut json).map_err(|cause| {
        let field = cause.path().to_string();
        let text = in_our_words(&cause.inner().to_string());
        // `topic[1]`: an option, and the place in its list.
        let (option, place) = field.split_at(field.find(['[', '.']).unwrap_or(field.len()));
        let message = match option {
            "" => Sentence::from(format!("{what} makes no sense: {text}")),
            _ => {
                let message = Sentence::default().option(option);
                message.text(format!("{place} makes no sense: {text}"))
            }
        };
        Error::new(ErrorKind::Input, message)
    })
}

/// What serde says without what tells nothing to somebody who wrote no JSON: the
/// place in it, the names of Rust's types, and of its kinds of types.
fn in_our_words(said: &str) -> String {
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said);
    let Some((found, expected)) = said.rsplit_once(", expected ") else { return said.to_owned() };
    match (found.strip_prefix("unknown variant "), expected) {
        (Some(word), words) => {
            let words = words.strip_prefix("one of ").unwrap_or(words);
            format!("there is no {word}, only {words}")
        }
        (None, "u16" | "u32" | "u64" | "usize") => {
            format!("{found}, expected a whole number, 0 or more")
        }
        (None, "f64") => format!("{found}, expected a number"),
        _ => said.to_owned(),
    }
}

pub(super) fn write(answer: &impl Serialize) -> Result<String> {
    serde_json::to_string(answer)
        .map_err(|cause| Error::new(ErrorKind::Input, "cannot write JSON").because(cause))
}
