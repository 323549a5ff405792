//! The questions, one a file: functions from a graph to an answer.
//!
//! Nothing here reads or writes a file or knows how an answer looks. Every
//! answer is the same on every run, with any number of threads.

mod adjacency;
mod between;
mod betweenness;
mod burst_topics;
mod bursts;
mod chain;
mod communities;
mod components;
mod cooccurrence;
mod dependencies;
mod distances;
mod find;
mod inner_archives;
mod layout;
mod options;
mod pagerank;
mod partition;
mod paths;
mod random;
mod rank;
mod rows;
mod search;
mod stories;
mod strand;
mod strength;
mod suggest;
mod summary;
mod thread;
mod ties;
mod timeline;
mod topics;
mod untied;

pub use between::{LinksLabelled, TiesEvent, TiesLink, TopicTies, events_with, topic_ties};
pub use betweenness::{Betweenness, BetweennessOptions, Sample, betweenness};
pub use burst_topics::BurstTeller;
pub use bursts::{
    Burst, BurstBase, BurstOptions, BurstSpan, StepCount, StepTotals, burst_spans, bursts,
    bursts_of,
};
pub(crate) use chain::contradiction;
pub use chain::{
    By, Chain, ChainOptions, ChainSearch, Gap, Hop, Missing, Order, Standing, chain, fewest_links,
    gap, standing,
};
pub use communities::{
    Agreement, Communities, LeidenOptions, Level, Quality, agreement, leiden, modularity,
    stability, sweep,
};
pub use components::components;
pub use cooccurrence::{CoTopic, TopicBase, distinctive_topics, log_likelihood};
pub use distances::{DistanceOptions, distances};
pub use find::{find_event, find_events};
pub use inner_archives::{InnerArchive, inner_archives};
pub use layout::{
    Lane, Layout, LayoutOptions, Places, TimeLayout, lane_order, layout, time_layout,
};
pub use pagerank::{PageRankOptions, pagerank, pagerank_within};
pub use partition::Partition;
pub use rank::{Ranks, degrees, most_linked, most_linked_within};
pub use rows::{Row, RowLabel, topic_rows};
pub use search::{Hit, search};
pub use stories::{
    LooseTie, RelatedStory, Saga, Stories, Story, StoryHeat, StoryOptions, StoryTold, SubStory,
    naming_topics, stories, story_graph,
};
pub use strand::{Coherence, Strand};
pub use strength::{Strengths, WEAK, Weight};
pub use suggest::{near_words, topics_named};
pub use summary::{Summary, summarise};
pub use thread::{Thread, ThreadOptions, WeakEnd, before_it, narrow_tie, thread};
pub use ties::Ties;
pub use timeline::{
    Bin, RowCounts, Timeline, TimelineOptions, Timelines, fitting_period, timeline, timelines,
};
pub use topics::{TopicCount, topic_counts};
pub use untied::{Untied, why_untied};
