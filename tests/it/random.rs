//! Random graphs: the same for the same seed, on any machine.

use threadline::EventGraph;
use threadline::graph::build;
use threadline::model::{Date, Draft, DraftEvents, NONE};

/// SplitMix64 (Steele, Lea and Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    pub(crate) fn chance(&mut self, of_a_hundred: u64) -> bool {
        self.next() % 100 < of_a_hundred
    }

    pub(crate) fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.below(from.len())]
    }
}

/// A draft with so many events and links: dates that repeat, some unknown,
/// keys in no order, double links, links to oneself, topics that nothing uses.
pub(crate) fn random_draft(events: usize, links: usize, seed: u64) -> Draft {
    let mut random = Random(seed);
    let mut draft = Draft { events: random_events(events, &mut random), ..Draft::default() };
    for n in 0..10 {
        draft.topics.push(&format!("topic {}", (n * 7) % 10));
    }
    for _ in 0..8 {
        let start = draft.context_topics.len() as u32;
        for _ in 0..random.below(4) {
            // The last topic is never used.
            draft.context_topics.push(random.below(9) as u32);
        }
        let end = draft.context_topics.len() as u32;
        draft.contexts.push(start..end);
    }
    let mut ranks = vec![0_u16; events];
    for _ in 0..links {
        let source = random.below(events);
        ranks[source] += 1;
        draft.links.source.push(source as u32);
        draft.links.target.push(random.below(events) as u32);
        draft.links.rank.push(ranks[source]);
        let context = if random.chance(20) { NONE } else { random.below(8) as u32 };
        draft.links.context.push(context);
        draft.links.line.push(5 + u32::from(ranks[source]));
    }
    for _ in 0..events / 4 {
        let pair = (random.below(events) as u32, random.below(9) as u32);
        draft.event_topics.push(pair);
    }
    draft
}

/// The graph of such a draft.
pub(crate) fn random_graph(events: usize, links: usize, seed: u64) -> EventGraph {
    build(random_draft(events, links, seed)).unwrap()
}

/// A graph of these links. Keys are in order and there are no dates, so an event's row is its
/// number.
pub(crate) fn linked(events: usize, links: impl IntoIterator<Item = (u32, u32)>) -> EventGraph {
    let mut draft = Draft::default();
    for n in 0..events {
        draft.events.key.push(&format!("e{n:06}"));
        draft.events.date.push(None);
        draft.events.title.push("");
        draft.events.summary.push("");
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push("");
    }
    for (source, target) in links {
        draft.links.source.push(source);
        draft.links.target.push(target);
        draft.links.rank.push(1);
        draft.links.context.push(NONE);
        draft.links.line.push(1);
    }
    build(draft).unwrap()
}

fn random_events(count: usize, random: &mut Random) -> DraftEvents {
    let mut events = DraftEvents::default();
    for n in 0..count {
        let days = random.below(30) as i32;
        let date = Date::from_days(days).filter(|_| !random.chance(10));
        events.key.push(&format!("news/{:02}/e{n}", random.below(100)));
        events.date.push(date);
        events.title.push(&format!("Event {n}"));
        events.summary.push(if random.chance(50) { "Words." } else { "" });
        let lead = if random.chance(30) { random.below(9) as u32 } else { NONE };
        events.lead_topic.push(lead);
        let present = random.chance(80);
        events.present.push(present);
        events.page.push(if present { "page.md" } else { "" });
    }
    events
}
