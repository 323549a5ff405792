//! Whether the tables of a draft fit together: columns of one length, and
//! numbers that name rows. Whoever builds a graph relies on it from then on.

use rayon::prelude::*;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Draft, NONE};

/// Checks a draft.
///
/// # Errors
/// If its tables do not fit together, or one has more rows than ids can name.
///
/// # Complexity
/// O(n) for n numbers in the draft, in parallel.
pub(super) fn check(draft: &Draft) -> Result<()> {
    let Draft { events, links, topics, contexts, context_topics, event_topics, .. } = draft;
    let (sources, revisions) = (&draft.sources, &draft.revisions);
    let event_count = events.date.len();
    check_count("events", event_count)?;
    check_count("links", links.source.len())?;
    let texts = [&events.key, &events.title, &events.summary, &events.page];
    let [key, title, summary, page] = texts.map(|column| column.len());
    let lengths = [key, title, summary, page, events.lead_topic.len(), events.present.len()];
    check_lengths("events", event_count, &lengths)?;
    let (rank, context, line) = (links.rank.len(), links.context.len(), links.line.len());
    check_lengths("links", links.source.len(), &[links.target.len(), rank, context, line])?;
    let lengths = [sources.name.len(), sources.url.len(), sources.kind.len()];
    check_lengths("sources", sources.event.len(), &lengths)?;
    let (seen, kind) = (revisions.seen.len(), revisions.kind.len());
    let lengths = [revisions.key.len(), revisions.title.len(), seen, kind];
    check_lengths("revisions", revisions.event.len(), &lengths)?;
    for (table, column) in [
        ("links", &links.source),
        ("links", &links.target),
        ("sources", &sources.event),
        ("revisions", &revisions.event),
    ] {
        check_rows(table, "an event", column, event_count, false)?;
    }
    check_rows("links", "a context", &links.context, contexts.len(), true)?;
    check_rows("events", "a topic", &events.lead_topic, topics.len(), true)?;
    check_rows("contexts", "a topic", context_topics, topics.len(), false)?;
    let ends = |range: &std::ops::Range<u32>| {
        range.start <= range.end && range.end as usize <= context_topics.len()
    };
    let pair = |&(event, topic): &(u32, u32)| {
        (event as usize) < event_count && (topic as usize) < topics.len()
    };
    match (contexts.iter().all(ends), event_topics.iter().all(pair)) {
        (true, true) => Ok(()),
        (false, _) => Err(refused("contexts", "a topic")),
        (true, false) => Err(refused("topics of events", "an event or topic")),
    }
}

/// Rows are 32 bits wide, and the last number means "none".
fn check_count(what: &str, count: usize) -> Result<()> {
    if count < NONE as usize {
        return Ok(());
    }
    Err(Error::new(ErrorKind::TooLarge, format!("a graph holds fewer than 2^32 {what}")))
}

fn check_lengths(table: &str, rows: usize, columns: &[usize]) -> Result<()> {
    if columns.iter().all(|&length| length == rows) {
        return Ok(());
    }
    let message = format!("the columns of a draft's {table} are not of one length");
    Err(Error::new(ErrorKind::Input, message))
}

/// Whether numbers name rows of a table with so many, or, where they may,
/// none.
fn check_rows(table: &str, what: &str, column: &[u32], rows: usize, may_none: bool) -> Result<()> {
    let fits = |&row: &u32| (row as usize) < rows || (may_none && row == NONE);
    match column.par_chunks(1 << 16).all(|part| part.iter().all(fits)) {
        true => Ok(()),
        false => Err(refused(table, what)),
    }
}

fn refused(table: &str, what: &str) -> Error {
    Error::new(ErrorKind::Input, format!("a draft's {table} name {what} that is not there"))
}
