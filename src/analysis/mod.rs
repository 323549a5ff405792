//! The questions, one a file: functions from a graph to an answer.
//!
//! Nothing here reads or writes a file or knows how an answer looks. Every
//! answer is the same on every run, with any number of threads.

mod chain;
mod communities;
mod components;
mod find;
mod partition;
mod random;
mod search;
mod strength;
mod suggest;
mod summary;
mod ties;
mod timeline;
mod topics;

pub use chain::{Chain, ChainOptions, Hop, Scratch, fewest_links, fewest_links_with};
pub use communities::{
    Agreement, Communities, LeidenOptions, Level, Quality, agreement, leiden, modularity,
    stability, sweep,
};
pub use components::components;
pub use find::find_event;
pub use partition::Partition;
pub use search::{Hit, search};
pub use strength::{Strengths, Weight};
pub use suggest::{near_words, topics_with};
pub use summary::{Summary, summarise};
pub use ties::Ties;
pub use timeline::{Bin, Timeline, TimelineOptions, fitting_period, timeline};
pub use topics::{TopicCount, topic_counts};
