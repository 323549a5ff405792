//! What is found once a graph and does not depend on a question.

use std::hash::BuildHasher;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use hashbrown::{DefaultHashBuilder, HashTable};

use crate::graph::neighbours::Neighbours;
use crate::graph::tables::EventGraph;
use crate::model::EventId;

/// Plain data that whoever finds it first leaves here for the next question: a
/// notebook asks one graph thousands of them. This room neither makes nor reads
/// it, but for the keys and the neighbours; `analysis` does, and says there what
/// it means.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    /// Of each topic, what it tells and what that leaves over: `Strengths`.
    pub topic_information: OnceLock<Vec<[f64; 2]>>,
    /// The distances of random pairs of events, those of `standing`.
    pub random_distances: OnceLock<Vec<Option<u32>>>,
    /// About how many pairs of events `distances` was asked for.
    pub pairs_asked: AtomicUsize,
    /// The neighbours of each event, in rows.
    pub(super) neighbours: OnceLock<Neighbours>,
    /// The events by key.
    keys: OnceLock<Keys>,
    /// How often a single key was looked for.
    looked_for: AtomicUsize,
}

/// So many single keys are looked for without an index: who asks twice need not
/// wait until it is made.
const FEW: usize = 8;

/// What was found before, or is found now. It is found outside of the lock: who
/// works in parallel may be handed other work meanwhile that asks for the same.
pub(crate) fn once<T>(kept: &OnceLock<T>, find: impl FnOnce() -> T) -> &T {
    if let Some(known) = kept.get() {
        return known;
    }
    let found = find();
    kept.get_or_init(|| found)
}

impl EventGraph {
    /// What was found before; clones of a graph share it.
    pub(crate) fn kept(&self) -> &Kept {
        &self.kept
    }

    /// The event with this key. It is meant for those who look up many: the
    /// first one waits until all keys were read.
    ///
    /// # Complexity
    /// O(length of all keys) the first time, O(length of the key) from then on.
    pub fn find_key(&self, key: &str) -> Option<EventId> {
        once(&self.kept.keys, || Keys::new(self)).find(self, key)
    }

    /// The event with this key, if there is an index of keys. There is none for
    /// the first eight who look up one and can look at all keys themselves.
    pub(crate) fn find_key_if_indexed(&self, key: &str) -> Option<EventId> {
        let before = self.kept.looked_for.fetch_add(1, Ordering::Relaxed);
        (before >= FEW).then(|| self.find_key(key)).flatten()
    }
}

#[derive(Debug)]
struct Keys {
    events: HashTable<EventId>,
    hasher: DefaultHashBuilder,
}

impl Keys {
    fn new(graph: &EventGraph) -> Self {
        let hasher = DefaultHashBuilder::default();
        let hash = |event: &EventId| hasher.hash_one(key(graph, *event));
        let mut events = HashTable::with_capacity(graph.event_count());
        for event in graph.events() {
            let same = |other: &EventId| key(graph, *other) == key(graph, event);
            // Two events of one key there are in a damaged file only; the first is meant.
            events.entry(hash(&event), same, hash).or_insert(event);
        }
        Self { events, hasher }
    }

    fn find(&self, graph: &EventGraph, name: &str) -> Option<EventId> {
        // A key that is empty is a damaged one.
        let name = Some(name.as_bytes()).filter(|name| !name.is_empty())?;
        let same = |event: &EventId| key(graph, *event) == name;
        self.events.find(self.hasher.hash_one(name), same).copied()
    }
}

/// Bytes that are no UTF-8 are never those of a name.
fn key(graph: &EventGraph, event: EventId) -> &[u8] {
    graph.tables.events.key.bytes(event.index()).unwrap_or_default()
}
