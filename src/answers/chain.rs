//! How do two events connect? And if they do not, why?

use serde::Deserialize;
use serde::Serialize;

use crate::analysis::{
    By, ChainOptions, ChainSearch, Gap, Order, Standing, Strand, fewest_links, find_event, gap,
    standing,
};
use crate::answers::select::Select;
use crate::answers::strand::ChainRecord;
use crate::answers::strand::{rounded, weighed};
use crate::answers::words::{counted, others, quoted_title};
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::export::Dossier;
use crate::export::records::{self, EventRecord};
use crate::graph::{EventGraph, Selection, find_topics};
use crate::model::{EventId, TopicId};
use crate::picture::{self, Picture, PictureOptions};

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

/// In a graph of more events, a thousand random pairs take longer than the
/// chain.
const SURPRISE_UP_TO: usize = 20_000;

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

/// The best chains between two events.
///
/// # Errors
/// If a name means nothing or several things, both name the same event, options
/// or selection make no sense, or the graph's links are damaged.
pub fn chain(graph: &EventGraph, select: &Select, asked: &ChainQuestion) -> Result<ChainFound> {
    let from = find_event(graph, &asked.from_event)?;
    let to = find_event(graph, &asked.to_event)?;
    if from == to {
        let message = format!("both names mean the same event, `{}`", graph.key(from));
        return Err(Error::new(ErrorKind::Input, message));
    }
    let selection = select.selection(graph)?;
    let (avoid, without) = avoided(graph, &asked.avoid, [from, to])?;
    let order = match (asked.in_time, asked.backward) {
        (_, true) => Order::Backward,
        (true, false) => Order::Forward,
        (false, false) => Order::Any,
    };
    let options = ChainOptions {
        by: asked.by,
        max_links: asked.max_links,
        directed: asked.directed,
        order,
        avoid: &avoid,
        without: &without,
    };
    let mut search = ChainSearch::new(graph, &selection, options)?;
    let chains = search.chains(from, to, asked.chains)?;
    let strands: Vec<Strand> =
        chains.into_iter().map(|chain| Strand::new(&mut search, chain)).collect();
    let why_none = match strands.is_empty() {
        true => Some(Reason::of(graph, from, to, options, &selection)?),
        false => None,
    };
    let wanted = asked.surprise.unwrap_or(graph.event_count() <= SURPRISE_UP_TO);
    let surprise = if strands.is_empty() || !wanted { None } else { standing(graph, from, to)? };
    Ok(ChainFound { by: asked.by, strands, why_none, surprise })
}

/// The topics and events that `avoid` names; a topic is meant first.
fn avoided(
    graph: &EventGraph,
    names: &[String],
    ends: [EventId; 2],
) -> Result<(Vec<TopicId>, Vec<EventId>)> {
    let (mut topics, mut events) = (Vec::new(), Vec::new());
    for name in names {
        if let Ok(named) = find_topics(graph, name) {
            topics.extend(named);
            continue;
        }
        let event = find_event(graph, name).map_err(|error| {
            error.within(format!("`{name}`, to be avoided, names no topic, and as an event"))
        })?;
        if ends.contains(&event) {
            let message = format!(
                "`{name}`, to be avoided, means an end of the chain, `{}`; avoid events between the \
                 two",
                graph.key(event)
            );
            return Err(Error::new(ErrorKind::Input, message));
        }
        events.push(event);
    }
    Ok((topics, events))
}

/// Why there is no chain, and what would help.
#[derive(Clone, Debug)]
pub struct Reason {
    /// In one sentence or a few.
    pub text: Sentence,
    /// If no links lead from one to the other: what might close the gap.
    pub gap: Option<Gap>,
}

impl Reason {
    fn of(
        graph: &EventGraph,
        from: EventId,
        to: EventId,
        options: ChainOptions<'_>,
        selection: &Selection,
    ) -> Result<Self> {
        let title = |event| quoted_title(graph, event, 60);
        if let Some(gap) = gap(graph, from, to)? {
            let mut text = format!(
                "There is no chain: no links lead from one to the other in either direction. {} is \
                 tied to {} in all, {} to {}.",
                title(from),
                others(gap.size),
                title(to),
                others(gap.other_size),
            );
            for event in [from, to].into_iter().filter(|&event| !graph.present(event)) {
                text += &format!(
                    " {} has no page of its own; the links of one might join them.",
                    title(event)
                );
            }
            return Ok(Self { text: text.into(), gap: Some(gap) });
        }
        let said = |text: Sentence| Ok(Self { text, gap: None });
        for event in [from, to] {
            if !selection.contains(event) {
                let title = title(event);
                let text = format!("There is no chain: {title} is not among the selected events.");
                return said(text.into());
            }
            if options.order != Order::Any && graph.date(event).is_none() {
                let title = title(event);
                return said(format!("There is no chain in time: {title} has no date.").into());
            }
        }
        let backwards = match options.order {
            Order::Any => false,
            Order::Forward => graph.date(from) > graph.date(to),
            Order::Backward => graph.date(from) < graph.date(to),
        };
        if backwards {
            let (before, asked, instead) = match options.order {
                Order::Backward => ("earlier", "backward", "in_time"),
                _ => ("later", "in_time", "backward"),
            };
            let (from, to) = (title(from), title(to));
            let text = Sentence::from(format!(
                "There is no such chain: {from} is {before} than {to}. Name them the other way \
                 round, or ask with "
            ));
            return said(text.option(instead).text(" in place of ").option(asked).text("."));
        }
        let all = Selection::all(graph);
        let free = ChainOptions { by: By::Fewest, ..ChainOptions::default() };
        let fewest = fewest_links(graph, from, to, &all, free)?.map_or(0, |chain| chain.hops.len());
        let length = counted(fewest, "link", "links");
        let limits = [
            (options.order == Order::Forward, "in_time"),
            (options.order == Order::Backward, "backward"),
            (options.directed, "directed"),
            (options.max_links.is_some(), "max_links"),
            (!options.avoid.is_empty() || !options.without.is_empty(), "avoid"),
        ];
        let limits = limits.into_iter().filter(|limit| limit.0);
        let mut without: Vec<Sentence> =
            limits.map(|(_, name)| Sentence::from("without ").option(name)).collect();
        if !selection.is_all() {
            without.push("without a selection".into());
        }
        let text = Sentence::from(format!("There is no such chain. There is one of {length} "));
        let text = without.into_iter().enumerate().fold(text, |text, (at, limit)| match at {
            0 => text.and(limit),
            _ => text.text(" and ").and(limit),
        });
        said(text.text("."))
    }
}

/// Chains for programs.
#[derive(Debug, Serialize)]
pub struct ChainAnswer<'g> {
    by: By,
    chains: Vec<ChainRecord<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    surprise: Option<Surprise>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    /// If no links lead from one to the other: how many events hang together
    /// with each, and what might close the gap.
    #[serde(skip_serializing_if = "Option::is_none")]
    gap: Option<GapRecord<'g>>,
}

/// How far apart the two events are at the fewest, beside random pairs.
#[derive(Debug, Serialize)]
struct Surprise {
    fewest: u32,
    pairs: u32,
    farther: u32,
    as_far: u32,
}

#[derive(Debug, Serialize)]
struct GapRecord<'g> {
    sizes: [usize; 2],
    missing: Vec<MissingRecord<'g>>,
}

#[derive(Debug, Serialize)]
struct MissingRecord<'g> {
    #[serde(flatten)]
    event: EventRecord<'g>,
    /// Whether it hangs together with the first event or the second.
    side: &'static str,
    topics: Vec<&'g str>,
    likelihood: f64,
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

    /// The same, for programs.
    pub fn record<'g>(&self, graph: &'g EventGraph) -> ChainAnswer<'g> {
        let surprise = self.surprise.map(|standing| Surprise {
            fewest: standing.fewest,
            pairs: standing.pairs,
            farther: standing.farther,
            as_far: standing.as_far,
        });
        let why = self.why_none.as_ref();
        ChainAnswer {
            by: self.by,
            chains: self.strands.iter().map(|strand| ChainRecord::new(graph, strand)).collect(),
            surprise,
            reason: why.map(|why| why.text.to_string()),
            gap: why.and_then(|why| why.gap.as_ref()).map(|gap| gap_record(graph, gap)),
        }
    }
}

fn gap_record<'g>(graph: &'g EventGraph, gap: &Gap) -> GapRecord<'g> {
    let missing = gap.missing.iter().map(|missing| MissingRecord {
        event: records::event(graph, missing.event),
        side: if missing.with_first { "first" } else { "second" },
        topics: missing.topics.iter().map(|&topic| graph.topic_name(topic)).collect(),
        likelihood: rounded(missing.likelihood),
    });
    GapRecord { sizes: [gap.size, gap.other_size], missing: missing.collect() }
}
