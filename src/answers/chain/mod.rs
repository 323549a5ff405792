//! How do two events connect? And if they do not, why?

mod reason;
mod record;
mod ways;

use serde::Deserialize;

use crate::analysis::{By, Standing, Strand};
use crate::answers::ask::asked;
use crate::answers::select::Select;
use crate::answers::strand::weighed;
use crate::error::{Error, ErrorKind, Result};
use crate::export::Dossier;
use crate::graph::EventGraph;
use crate::picture::{self, Picture, PictureOptions};

pub use reason::Reason;
pub use record::ChainAnswer;
pub use ways::{Ways, ways, ways_between};

/// Which two events, and what makes a chain between them the best.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChainQuestion {
    /// The first event: its key, an unambiguous end of it, or words.
    pub from_event: String,
    /// The last event.
    pub to_event: String,
    /// What makes a chain the best.
    pub by: By,
    /// No event earlier than the one before it.
    pub in_time: bool,
    /// No event later than the one before it.
    pub backward: bool,
    /// Follow links only from the page that lists them.
    pub directed: bool,
    /// So many chains that really differ.
    pub chains: usize,
    /// Follow no link with these topics, or run not through these events.
    pub avoid: Vec<String>,
    /// The longest chain to look for.
    pub max_links: Option<u32>,
    /// Whether to tell where the fewest links stand among random pairs; by
    /// default unless the graph is large.
    pub surprise: Option<bool>,
}

impl Default for ChainQuestion {
    fn default() -> Self {
        Self {
            from_event: String::new(),
            to_event: String::new(),
            by: By::default(),
            in_time: false,
            backward: false,
            directed: false,
            chains: 1,
            avoid: Vec::new(),
            max_links: None,
            surprise: None,
        }
    }
}

impl ChainQuestion {
    /// What a JSON object asks for, with this type's fields.
    ///
    /// # Errors
    /// If a field is not known or has a value that makes no sense.
    pub fn from_json(json: &str) -> Result<Self> {
        asked(json)
    }

    /// The same about two other events.
    pub fn between(self, from: &str, to: &str) -> Self {
        Self { from_event: from.to_owned(), to_event: to.to_owned(), ..self }
    }
}

/// Chains, or why there is none.
#[derive(Debug)]
pub struct ChainFound {
    /// What made a chain the best.
    pub by: By,
    /// The chains, the best first.
    pub strands: Vec<Strand>,
    /// Why there is none.
    pub why_none: Option<Reason>,
    /// Where the fewest links stand among random pairs, if that was asked for
    /// or the graph is small.
    pub surprise: Option<Standing>,
}

/// The best chains between two events, with their evidence.
///
/// # Errors
/// As [`ways`], or if the graph's links contradict each other.
pub fn chain(graph: &EventGraph, select: &Select, asked: &ChainQuestion) -> Result<ChainFound> {
    ways(graph, select, asked)?.told(graph)
}

impl ChainFound {
    /// The chains as a picture.
    ///
    /// # Errors
    /// If there is none: why. A picture of nothing would only look like an answer.
    pub fn picture(&self, graph: &EventGraph, how: &PictureOptions<'_>) -> Result<Picture> {
        self.is_one()?;
        Ok(picture::chain(graph, &weighed(&self.strands), how))
    }

    /// The chains as a dossier.
    ///
    /// # Errors
    /// If there is none: why. If the graph's links are damaged.
    pub fn dossier<'g>(&self, graph: &'g EventGraph) -> Result<Dossier<'g>> {
        self.is_one()?;
        let chains: Vec<_> = self.strands.iter().map(|strand| strand.chain.clone()).collect();
        Dossier::of_chains(graph, &chains)
    }

    fn is_one(&self) -> Result<()> {
        match &self.why_none {
            Some(why) => Err(Error::new(ErrorKind::NotFound, why.text.clone())),
            None => Ok(()),
        }
    }
}
