//! Why are two events not tied? For pairs between which no distance was found.

use crate::analysis::components::components;
use crate::analysis::distances::{DistanceOptions, distances};
use crate::error::Result;
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, words};

words! {
    /// Why no chain was found between two events.
    pub enum Untied {
        /// No links lead from one to the other, whatever the options.
        Unlinked = "unlinked",
        /// One of the two is not selected.
        NotSelected = "not_selected",
        /// Links lead there through events that are not selected.
        Selection = "selection",
        /// Links lead there only if some are followed against their direction.
        Directed = "directed",
        /// More links lie between them than were looked for.
        MaxLinks = "max_links",
    }
}

/// Why no chain ties the two events of each pair, for pairs of which
/// [`distances`] found none with the same options and selection.
///
/// # Returns
/// In the order of the pairs.
///
/// # Errors
/// If the graph's links are damaged.
///
/// # Complexity
/// That of [`components`]; with `directed` also that of [`distances`], for pairs
/// that links of any direction tie.
pub fn why_untied(
    graph: &EventGraph,
    pairs: &[(EventId, EventId)],
    selection: &Selection,
    options: DistanceOptions,
) -> Result<Vec<Untied>> {
    if options == DistanceOptions::default() && selection.is_all() {
        return Ok(vec![Untied::Unlinked; pairs.len()]);
    }
    let whole = Selection::all(graph);
    let parts = components(graph, &whole)?;
    let selected_parts = match selection.is_all() {
        true => None,
        false => Some(components(graph, selection)?),
    };
    let inside = selected_parts.as_ref().unwrap_or(&parts);
    let mut found: Vec<Untied> = pairs
        .iter()
        .map(|&(from, to)| match () {
            _ if parts.of(from) != parts.of(to) => Untied::Unlinked,
            _ if !selection.contains(from) || !selection.contains(to) => Untied::NotSelected,
            _ if inside.of(from) != inside.of(to) => Untied::Selection,
            _ => Untied::MaxLinks,
        })
        .collect();
    if options.directed {
        let unlimited = DistanceOptions { max_links: None, ..options };
        let open =
            |&(at, _): &(usize, &Untied)| matches!(found[at], Untied::Selection | Untied::MaxLinks);
        let open: Vec<usize> = found.iter().enumerate().filter(open).map(|(at, _)| at).collect();
        let asked: Vec<_> = open.iter().map(|&at| pairs[at]).collect();
        let selected = distances(graph, &asked, selection, unlimited)?;
        let anywhere = distances(graph, &asked, &whole, unlimited)?;
        for (at, (selected, anywhere)) in open.into_iter().zip(selected.iter().zip(&anywhere)) {
            found[at] = match (selected, anywhere) {
                (Some(_), _) => Untied::MaxLinks,
                (None, Some(_)) => Untied::Selection,
                (None, None) => Untied::Directed,
            };
        }
    }
    Ok(found)
}
