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
    pub(super) fn of(
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
        let fewest = fewest_links(graph, from, to, &all, free)?.ok_or_else(contradiction)?;
        let length = counted(fewest.hops.len(), "link", "links");
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
