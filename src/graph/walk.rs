//! Walking the links, after their ids have been checked once.

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::kept::once;
use crate::graph::tables::EventGraph;
use crate::model::{EventId, LinkId};

/// A graph whose links can be followed.
///
/// There is one only if every id in the adjacency is that of an event or a
/// link, so no step of a walk can fail or leave the tables. It owns nothing, it
/// is the addresses of a few columns: copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'g> {
    graph: &'g EventGraph,
    out_start: &'g [u32],
    source: &'g [u32],
    target: &'g [u32],
    in_offsets: &'g [i32],
    in_links: &'g [u32],
}

impl EventGraph {
    /// The links, to walk them.
    ///
    /// # Errors
    /// If an id in the tables is that of no event, as in a damaged file.
    ///
    /// # Complexity
    /// O(|V| + |E|) the first time, O(1) from then on.
    pub fn walk(&self) -> Result<Walk<'_>> {
        let walk = Walk {
            graph: self,
            out_start: &self.tables.adjacency.out_start,
            source: &self.tables.links.source,
            target: &self.tables.links.target,
            in_offsets: self.tables.adjacency.in_links.offsets(),
            in_links: self.tables.adjacency.in_links.values(),
        };
        match once(&self.checked, || walk.check()) {
            Ok(()) => Ok(walk),
            Err(message) => Err(Error::new(ErrorKind::Damaged, message.clone())),
        }
    }
}

impl<'g> Walk<'g> {
    fn check(&self) -> Result<(), String> {
        let (events, links) = (self.graph.event_count(), self.target.len());
        let damaged = |table: &str, what: &str| {
            Err(format!("the table `{table}` is damaged: {what}; build the graph again"))
        };
        if self.source.len() != links {
            return damaged("links", "its columns differ in length");
        }
        if self.out_start.len() != events || self.in_offsets.len() != events + 1 {
            return damaged("adjacency", "it has not one row an event");
        }
        let is_event = |ids: &[u32]| {
            ids.par_chunks(1 << 16).all(|part| part.iter().all(|&id| (id as usize) < events))
        };
        if !is_event(self.source) || !is_event(self.target) {
            return damaged("links", "a link leads to an event that is not there");
        }
        let rises = self.out_start.windows(2).all(|pair| pair[0] <= pair[1]);
        if !rises || self.out_start.last().is_some_and(|&last| last as usize > links) {
            return damaged("adjacency", "links begin where there are none");
        }
        let first_is_zero = self.out_start.first().is_none_or(|&first| first == 0);
        let rises = self.in_offsets.windows(2).all(|pair| pair[0] <= pair[1]);
        let ends = (self.in_offsets.first(), self.in_offsets.last());
        if !first_is_zero || !rises || ends != (Some(&0), i32::try_from(links).ok().as_ref()) {
            return damaged("adjacency", "its offsets make no sense");
        }
        let is_link = |part: &[u32]| part.iter().all(|&id| (id as usize) < links);
        if self.in_links.len() < links || !self.in_links.par_chunks(1 << 16).all(is_link) {
            return damaged("adjacency", "it names a link that is not there");
        }
        Ok(())
    }

    /// The graph that is walked.
    pub fn graph(&self) -> &'g EventGraph {
        self.graph
    }

    /// How many events there are.
    pub fn event_count(&self) -> usize {
        self.out_start.len()
    }

    /// How many links there are.
    pub fn link_count(&self) -> usize {
        self.target.len()
    }

    /// The event whose page lists the link.
    pub fn source(&self, link: LinkId) -> EventId {
        EventId(self.source[link.index()])
    }

    /// The event that the link means.
    pub fn target(&self, link: LinkId) -> EventId {
        EventId(self.target[link.index()])
    }

    /// The links that the event's page lists, in the page's order.
    pub fn out_links(
        &self,
        event: EventId,
    ) -> impl ExactSizeIterator<Item = LinkId> + Clone + use<> {
        let start = self.out_start[event.index()];
        let end = self.out_start.get(event.index() + 1).copied();
        (start..end.unwrap_or(self.target.len() as u32)).map(LinkId)
    }

    /// The links that lead to the event, ascending.
    pub fn in_links(
        &self,
        event: EventId,
    ) -> impl ExactSizeIterator<Item = LinkId> + Clone + use<'g> {
        let row = event.index();
        let range = self.in_offsets[row] as usize..self.in_offsets[row + 1] as usize;
        self.in_links[range].iter().map(|&link| LinkId(link))
    }

    /// The rows of the events that the event's page lists, in the page's order: a
    /// piece of the column itself.
    pub fn targets(&self, event: EventId) -> &'g [u32] {
        let start = self.out_start[event.index()] as usize;
        let end = self.out_start.get(event.index() + 1).map(|&end| end as usize);
        &self.target[start..end.unwrap_or(self.target.len())]
    }

    /// The events at the other end of all links of an event, out-links first.
    /// One that is tied by several links comes several times.
    pub fn neighbours(&self, event: EventId) -> impl Iterator<Item = EventId> + Clone + use<'g> {
        let source = self.source;
        self.targets(event)
            .iter()
            .map(|&target| EventId(target))
            .chain(self.in_links(event).map(move |link| EventId(source[link.index()])))
    }

    /// How many links an event has, out and in.
    pub fn degree(&self, event: EventId) -> usize {
        self.targets(event).len() + self.in_links(event).len()
    }

    /// The links between two events, those of the first one's page first.
    pub fn links_between(&self, a: EventId, b: EventId) -> Vec<LinkId> {
        let walk = *self;
        let out = walk.out_links(a).filter(move |&link| walk.target(link) == b);
        let back = walk.out_links(b).filter(move |&link| walk.target(link) == a);
        if a == b { out.collect() } else { out.chain(back).collect() }
    }
}
