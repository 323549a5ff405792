//! The questions, one a file: functions from a graph to an answer.
//!
//! Nothing here reads or writes a file or knows how an answer looks. Every
//! answer is the same on every run, with any number of threads.

mod chain;
mod components;
mod find;
mod search;
mod strength;
mod suggest;
mod summary;
mod thread;
mod ties;
mod timeline;
mod topics;

pub use chain::{
    By, Chain, ChainOptions, ChainSearch, Gap, Hop, Missing, Order, Scratch, Standing, chain,
    fewest_links, fewest_links_with, gap, standing,
};
pub use components::{Components, components};
pub use find::find_event;
pub use search::{Hit, search};
pub use strength::{Strengths, Weight};
pub use suggest::{near_words, topics_with};
pub use summary::{Summary, summarise};
pub use thread::{Thread, ThreadOptions, thread};
pub use ties::Ties;
pub use timeline::{Bin, Timeline, TimelineOptions, fitting_period, timeline};
pub use topics::{TopicCount, topic_counts};
