//! Inputs made in memory, the same on every machine: pages and graphs.

use std::fmt::Write;

use threadline::EventGraph;
use threadline::graph::build;
use threadline::model::{Date, Draft, NONE, SourceFile};

/// Random numbers that stay the same for ever (SplitMix64: Steele, Lea and
/// Flood 2014); no crate's next version changes an input.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number below `bound`.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

const WORDS: &[&str] = &[
    "apollo", "beacon", "capsule", "docking", "engine", "flight", "gravity", "hatch", "impact",
    "journey", "launch", "module", "orbit", "probe", "rocket", "signal", "treaty", "vostok",
    "window", "zond",
];

fn words(random: &mut Random, count: u64, out: &mut String) {
    for n in 0..count {
        out.push_str(if n == 0 { "" } else { " " });
        out.push_str(WORDS[random.below(WORDS.len() as u64) as usize]);
    }
}

fn day(event: u64) -> Date {
    Date::from_days(event as i32 / 8).expect("a day of the years that there are")
}

/// Pages of events, eight a day, each with up to ten links to events near it.
pub(crate) fn pages(events: u64, seed: u64) -> Vec<SourceFile<'static>> {
    let mut random = Random(seed);
    let path = |event: u64| {
        let (year, month, day) = day(event).ymd();
        format!("news/{year}/{month:02}/{day}/event-{event}.md")
    };
    let page = |event: u64| {
        let (year, month, day) = day(event).ymd();
        let mut text =
            format!("### [{year}-{month:02}-{day}](/news/{year}/{month:02}/{day}/index.md)\n\n# ");
        words(&mut random, 12, &mut text);
        text.push_str(" \n\n");
        words(&mut random, 40, &mut text);
        text.push_str(
            ".\n\n### Source:\n\n1. [Daily](https://daily.example/1)\n\n### Related:\n\n",
        );
        for rank in 1..=random.below(11) {
            let target = (event + random.below(400)).saturating_sub(200).min(events - 1);
            let _ = write!(text, "{rank}. [");
            words(&mut random, 12, &mut text);
            let _ = write!(text, " ](/{}) _Context: ", path(target));
            words(&mut random, 1, &mut text);
            let _ = writeln!(text, ", Subject {}_", target / 50);
        }
        SourceFile { path: path(event).into(), text: text.into(), lossy: false }
    };
    (0..events).map(page).collect()
}

/// A graph with titles, summaries and topics, and links between any events.
pub(crate) fn graph(events: u64, links: u64, seed: u64) -> EventGraph {
    let mut random = Random(seed);
    let mut draft = Draft::default();
    for word in WORDS {
        draft.topics.push(word);
    }
    for (start, _) in (0..).zip(WORDS) {
        // Topic n, and the one behind it if there is one.
        let end = (start + 2).min(WORDS.len() as u32);
        draft.contexts.push(
            draft.context_topics.len() as u32..draft.context_topics.len() as u32 + end - start,
        );
        draft.context_topics.extend(start..end);
    }
    let mut text = String::new();
    for event in 0..events {
        draft.events.key.push(&format!("news/event-{event:09}"));
        draft.events.date.push(Some(day(event)));
        for (column, count) in [(&mut draft.events.title, 12), (&mut draft.events.summary, 40)] {
            text.clear();
            words(&mut random, count, &mut text);
            let _ = write!(text, " {event}");
            column.push(&text);
        }
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push(&format!("news/event-{event:09}.md"));
    }
    for link in 0..links {
        draft.links.source.push(random.below(events) as u32);
        draft.links.target.push(random.below(events) as u32);
        draft.links.rank.push((link % 10) as u16 + 1);
        draft.links.context.push(random.below(draft.contexts.len() as u64) as u32);
        draft.links.line.push(10);
    }
    build(draft).expect("a graph of this size fits")
}

/// The pages of the sample archive, in the order of their paths.
pub(crate) fn sample() -> Vec<SourceFile<'static>> {
    let mut archive = threadline::archive::Archive::open(SAMPLE.as_ref()).expect("data/ is there");
    let mut pages = Vec::new();
    loop {
        let parts = archive
            .next_parts(Vec::new, |part, file| {
                let (path, text) = (file.path.clone().into_owned(), file.text.clone().into_owned());
                part.push(SourceFile { path: path.into(), text: text.into(), lossy: file.lossy });
            })
            .expect("data/ can be read");
        if parts.is_empty() {
            return pages;
        }
        pages.extend(parts.into_iter().flatten());
    }
}

/// The sample archive.
pub(crate) const SAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
