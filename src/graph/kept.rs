//! What is found once a graph and does not depend on a question.

use std::any::Any;
use std::fmt;
use std::hash::BuildHasher;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

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
    /// Between how many pairs of events a way was searched for.
    pub(super) pairs_asked: AtomicUsize,
    /// The neighbours of each event, in rows.
    pub(super) neighbours: OnceLock<Neighbours>,
    /// The events by key.
    keys: OnceLock<Keys>,
    /// How often a single key was looked for.
    looked_for: AtomicUsize,
    /// What searches work in.
    pub spare: Spare,
}

/// Memory that a search has done with and that the next one takes up: to clear some for
/// each of a million events takes longer than to search among a thousand of them.
#[derive(Default)]
pub(crate) struct Spare(Mutex<Vec<Box<dyn Any + Send>>>);

/// So many are kept: those of more threads that search at a time are dropped.
const SPARE: usize = 8;

impl Spare {
    /// Some that was given back, else new.
    pub(crate) fn take<T: Any + Default>(&self) -> T {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let at = spare.iter().position(|memory| memory.is::<T>());
        let memory = at.and_then(|at| spare.swap_remove(at).downcast().ok());
        memory.map_or_else(T::default, |memory| *memory)
    }

    /// Gives it back.
    pub(crate) fn give<T: Any + Send>(&self, memory: T) {
        let mut spare = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < SPARE {
            spare.push(Box::new(memory));
        }
    }
}

impl fmt::Debug for Spare {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Spare(..)")
    }
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
