//! Which event does a link mean, and which topics does a context name?
//!
//! Takes parsed pages one after the other and keeps only what the graph needs
//! of each; once all are known, turns addresses into events and contexts into
//! topics. Reads no file and changes no page. A link is never guessed: one
//! event, or an absent one and a problem that names the nearest key.

mod address;
mod check;
mod collector;
mod contexts;
mod days;
mod finish;
mod names;
mod nearest;
mod outer;
mod part;
mod targets;
mod titles;

pub use collector::{Collector, Options};
pub use finish::{ResolveReport, Resolved};
pub use part::Part;

pub(crate) use nearest::Nearest;
