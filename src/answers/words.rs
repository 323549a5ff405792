//! The words that answers are made of: counts, titles, cut to a length.
//!
//! Text from pages is somebody else's: what is quoted in a sentence passes
//! [`safe`].

use std::borrow::Cow;

use crate::graph::EventGraph;
use crate::model::EventId;
use crate::model::is_harmful;
use crate::model::plain_text;

pub use crate::model::{counted, cut, number};

/// Text from a page without control characters, line breaks and marks that
/// change the direction of what follows.
pub fn safe(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let harmless = |c: char| match c {
        '\n' | '\t' | '\r' => ' ',
        c if is_harmful(c) => '\u{fffd}',
        c => c,
    };
    Cow::Owned(text.chars().map(harmless).collect())
}

/// Of so many events the others: `one other event`, `1,234 other events`.
pub fn others(size: usize) -> String {
    match size.saturating_sub(1) {
        0 => "no other event".to_owned(),
        1 => "one other event".to_owned(),
        n => format!("{} other events", number(n)),
    }
}

/// The title as people read it, without harm and without marks of variants;
/// where there is none, the key's last part.
pub fn title(graph: &EventGraph, event: EventId) -> String {
    let title = plain_text(graph.title(event));
    if !title.trim().is_empty() {
        return safe(&title).into_owned();
    }
    safe(graph.key(event).rsplit('/').next().unwrap_or_default()).into_owned()
}

/// The title of an event in quotes, for sentences.
pub fn quoted_title(graph: &EventGraph, event: EventId, columns: usize) -> String {
    format!("“{}”", cut(&title(graph, event), columns))
}
