//! Row numbers with a type, so that an event is never taken for a topic.

/// Identifies one event inside one [`EventGraph`](crate::EventGraph).
///
/// Ids are rows, handed out in order of (date, key), unknown dates last: an
/// earlier event has a smaller id. They mean nothing in another graph; exports
/// write keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub u32);

/// Identifies one topic inside one graph: its row in the table of topics,
/// which is sorted by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TopicId(pub u32);

/// Identifies one link inside one graph: its row in the table of links, which
/// is sorted by source, then rank.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkId(pub u32);

impl EventId {
    /// The row, ready to index with.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl TopicId {
    /// The row, ready to index with.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

impl LinkId {
    /// The row, ready to index with.
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}
