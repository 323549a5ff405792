//! Why do two events not connect, and what would help?

use crate::analysis::{By, ChainOptions, Gap, Order, contradiction, fewest_links, gap};
use crate::answers::words::{counted, others, quoted_title};
use crate::error::{Result, Sentence};
use crate::graph::{EventGraph, Selection};
use crate::model::EventId;

/// Why there is no chain, and what would help.
#[derive(Clone, Debug)]
pub struct Reason {
    /// In one sentence or a few.
    pub text: Sentence,
    /// If no links lead from one to the other: what might close the gap.
    pub gap: Option<Gap>,
}

impl Reason {
    /// The first that holds of: nothing links the two, an end is not allowed, they stand
    /// in the wrong order, or the question allows no chain that there is.
    pub(super) fn of(
        graph: &EventGraph,
        from: EventId,
        to: EventId,
        options: ChainOptions<'_>,
        selection: &Selection,
    ) -> Result<Self> {
        if let Some(gap) = gap(graph, from, to)? {
            return Ok(Self { text: unlinked(graph, from, to, &gap).into(), gap: Some(gap) });
        }
        let ends = (from, to);
        let text = match end_not_allowed(graph, ends, options.order, selection)
            .or_else(|| wrong_order(graph, ends, options.order))
        {
            Some(text) => text,
            None => too_strict(graph, ends, options, selection)?,
        };
        Ok(Self { text, gap: None })
    }
}

fn title(graph: &EventGraph, event: EventId) -> String {
    quoted_title(graph, event, 60)
}

fn unlinked(graph: &EventGraph, from: EventId, to: EventId, gap: &Gap) -> String {
    let mut text = format!(
        "There is no chain: no links lead from one to the other in either direction. {} is tied \
         to {} in all, {} to {}.",
        title(graph, from),
        others(gap.size),
        title(graph, to),
        others(gap.other_size),
    );
    for event in [from, to].into_iter().filter(|&event| !graph.present(event)) {
        text += &format!(
            " {} has no page of its own; the links of one might join them.",
            title(graph, event)
        );
    }
    text
}

fn end_not_allowed(
    graph: &EventGraph,
    (from, to): (EventId, EventId),
    order: Order,
    selection: &Selection,
) -> Option<Sentence> {
    [from, to].into_iter().find_map(|event| {
        let title = title(graph, event);
        if !selection.contains(event) {
            let text = format!("There is no chain: {title} is not among the selected events.");
            return Some(text.into());
        }
        let needs_date = order != Order::Any && graph.date(event).is_none();
        needs_date.then(|| format!("There is no chain in time: {title} has no date.").into())
    })
}

fn wrong_order(
    graph: &EventGraph,
    (from, to): (EventId, EventId),
    order: Order,
) -> Option<Sentence> {
    let (is_wrong, before, asked, instead) = match order {
        Order::Any => return None,
        Order::Forward => (graph.date(from) > graph.date(to), "later", "in_time", "backward"),
        Order::Backward => (graph.date(from) < graph.date(to), "earlier", "backward", "in_time"),
    };
    if !is_wrong {
        return None;
    }
    let (from, to) = (title(graph, from), title(graph, to));
    let text = format!(
        "There is no such chain: {from} is {before} than {to}. Name them the other way round, or \
         ask with "
    );
    Some(Sentence::from(text).option(instead).text(" in place of ").option(asked).text("."))
}

/// There is a chain, and what of the question it does not keep to.
fn too_strict(
    graph: &EventGraph,
    (from, to): (EventId, EventId),
    options: ChainOptions<'_>,
    selection: &Selection,
) -> Result<Sentence> {
    let free = ChainOptions { by: By::Fewest, ..ChainOptions::default() };
    let fewest = fewest_links(graph, from, to, &Selection::all(graph), free)?;
    let length = counted(fewest.ok_or_else(contradiction)?.hops.len(), "link", "links");
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
    Ok(text.text("."))
}
