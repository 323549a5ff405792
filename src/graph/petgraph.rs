//! petgraph's visit traits, so that every algorithm written against them runs
//! on an event graph as it is.
//!
//! They are implemented for [`Walk`] and not for the graph itself: a trait's
//! method cannot say that a file is damaged, and a [`Walk`] exists only where
//! it is not. Nodes are events, edges are links, directed from the page that
//! lists them; an edge's weight is the link's rank.

use petgraph::Direction;
use petgraph::visit::{
    Data, EdgeCount, EdgeIndexable, EdgeRef, GraphBase, GraphProp, GraphRef, IntoEdgeReferences,
    IntoEdges, IntoEdgesDirected, IntoNeighbors, IntoNeighborsDirected, IntoNodeIdentifiers,
    NodeCompactIndexable, NodeCount, NodeIndexable, VisitMap, Visitable,
};

use crate::graph::walk::Walk;
use crate::model::{EventId, LinkId};

/// A link, as petgraph wants to see an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkRef<'g> {
    link: LinkId,
    source: EventId,
    target: EventId,
    rank: &'g u16,
}

/// The events that a traversal has been to.
#[derive(Clone, Debug)]
pub struct Visited(Vec<bool>);

impl EdgeRef for LinkRef<'_> {
    type NodeId = EventId;
    type EdgeId = LinkId;
    type Weight = u16;

    fn source(&self) -> EventId {
        self.source
    }

    fn target(&self) -> EventId {
        self.target
    }

    fn weight(&self) -> &u16 {
        self.rank
    }

    fn id(&self) -> LinkId {
        self.link
    }
}

impl VisitMap<EventId> for Visited {
    fn visit(&mut self, event: EventId) -> bool {
        !std::mem::replace(&mut self.0[event.index()], true)
    }

    fn is_visited(&self, event: &EventId) -> bool {
        self.0[event.index()]
    }

    fn unvisit(&mut self, event: EventId) -> bool {
        std::mem::replace(&mut self.0[event.index()], false)
    }
}

impl<'g> Walk<'g> {
    fn edge(self, link: LinkId) -> LinkRef<'g> {
        let rank = self.graph().tables().links.rank.get(link.index()).unwrap_or(&0);
        LinkRef { link, source: self.source(link), target: self.target(link), rank }
    }
}

impl GraphBase for Walk<'_> {
    type NodeId = EventId;
    type EdgeId = LinkId;
}

impl GraphRef for Walk<'_> {}

impl GraphProp for Walk<'_> {
    type EdgeType = petgraph::Directed;
}

impl Data for Walk<'_> {
    type NodeWeight = ();
    type EdgeWeight = u16;
}

impl NodeCount for Walk<'_> {
    fn node_count(&self) -> usize {
        self.event_count()
    }
}

impl EdgeCount for Walk<'_> {
    fn edge_count(&self) -> usize {
        self.link_count()
    }
}

impl NodeIndexable for Walk<'_> {
    fn node_bound(&self) -> usize {
        self.event_count()
    }

    fn to_index(&self, event: EventId) -> usize {
        event.index()
    }

    fn from_index(&self, index: usize) -> EventId {
        EventId(index as u32)
    }
}

impl NodeCompactIndexable for Walk<'_> {}

impl EdgeIndexable for Walk<'_> {
    fn edge_bound(&self) -> usize {
        self.link_count()
    }

    fn to_index(&self, link: LinkId) -> usize {
        link.index()
    }

    fn from_index(&self, index: usize) -> LinkId {
        LinkId(index as u32)
    }
}

impl Visitable for Walk<'_> {
    type Map = Visited;

    fn visit_map(&self) -> Visited {
        Visited(vec![false; self.event_count()])
    }

    fn reset_map(&self, map: &mut Visited) {
        map.0.clear();
        map.0.resize(self.event_count(), false);
    }
}

// petgraph's traits want named iterator types; boxed ones keep this file
// readable, and what has to be fast walks the adjacency itself.
type Boxed<'g, T> = Box<dyn Iterator<Item = T> + 'g>;

impl<'g> IntoNodeIdentifiers for Walk<'g> {
    type NodeIdentifiers = Boxed<'g, EventId>;

    fn node_identifiers(self) -> Self::NodeIdentifiers {
        Box::new(self.graph().events())
    }
}

impl<'g> IntoNeighbors for Walk<'g> {
    type Neighbors = Boxed<'g, EventId>;

    fn neighbors(self, event: EventId) -> Self::Neighbors {
        Box::new(self.targets(event).iter().map(|&target| EventId(target)))
    }
}

impl<'g> IntoNeighborsDirected for Walk<'g> {
    type NeighborsDirected = Boxed<'g, EventId>;

    fn neighbors_directed(self, event: EventId, direction: Direction) -> Self::NeighborsDirected {
        match direction {
            Direction::Outgoing => self.neighbors(event),
            Direction::Incoming => {
                Box::new(self.in_links(event).map(move |link| self.source(link)))
            }
        }
    }
}

impl<'g> IntoEdgeReferences for Walk<'g> {
    type EdgeRef = LinkRef<'g>;
    type EdgeReferences = Boxed<'g, LinkRef<'g>>;

    fn edge_references(self) -> Self::EdgeReferences {
        Box::new(self.graph().links().map(move |link| self.edge(link)))
    }
}

impl<'g> IntoEdges for Walk<'g> {
    type Edges = Boxed<'g, LinkRef<'g>>;

    fn edges(self, event: EventId) -> Self::Edges {
        Box::new(self.out_links(event).map(move |link| self.edge(link)))
    }
}

impl<'g> IntoEdgesDirected for Walk<'g> {
    type EdgesDirected = Boxed<'g, LinkRef<'g>>;

    fn edges_directed(self, event: EventId, direction: Direction) -> Self::EdgesDirected {
        match direction {
            Direction::Outgoing => self.edges(event),
            // As petgraph's own graphs do: source and target stay as they are.
            Direction::Incoming => Box::new(self.in_links(event).map(move |link| self.edge(link))),
        }
    }
}
