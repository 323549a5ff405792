//! A draft → a graph: rows in their final order, adjacency, topics of events.

use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use rayon::prelude::*;

use crate::error::Result;
use crate::graph::check::check;
use crate::graph::columns::{Lists, Texts};
use crate::graph::dictionary::DictionaryTexts;
use crate::graph::tables::{
    About, Adjacency, EventGraph, Events, Links, Problems, Revisions, Sources, Tables,
};
use crate::model::{
    Draft, DraftEvents, DraftLinks, DraftRevisions, DraftSources, NONE, Problem, Strings,
};

/// Builds the graph of a draft.
///
/// Runs on the current rayon pool; the result is the same with any number of
/// threads, and for drafts that differ in nothing but the order of their rows.
///
/// # Errors
/// If a table would be larger than Arrow's 32-bit offsets allow, if the columns
/// of a table of the draft are not of one length, or if a number in it names no
/// row.
///
/// # Complexity
/// Time O(n log n) in the number of events and topics, linear in the number
/// of links and in the length of all texts. Every column of the draft is freed
/// once its final form is made.
pub fn build(draft: Draft) -> Result<EventGraph> {
    check(&draft)?;
    let Draft {
        events,
        links,
        topics,
        contexts,
        context_topics,
        event_topics,
        sources,
        revisions,
        problems,
    } = draft;
    let order = event_order(&events.date, &events.key);
    let row_of = inverse(&order);
    let DraftEvents { key, date, title, summary, lead_topic, present, page } = events;
    // Text on one side, everything that is numbers on the other.
    let (texts, (numbers, details)) = rayon::join(
        || -> Result<_> {
            // One column after the other, so that little stands twice.
            let key = permuted(&{ key }, &order, false)?;
            let title = permuted(&{ title }, &order, false)?;
            let summary = permuted(&{ summary }, &order, true)?;
            let page = permuted(&{ page }, &order, true)?;
            Ok((key, title, summary, page))
        },
        || {
            let labels = Labels { topics, contexts, context_topics, lead_topic, event_topics };
            let details = || -> Result<_> {
                let sources = build_sources(sources, &row_of)?;
                let revisions = build_revisions(revisions, &row_of)?;
                Ok((sources, revisions, build_problems(&{ problems })?))
            };
            rayon::join(|| build_numbers(links, labels, &order, &row_of), details)
        },
    );
    let (sources, revisions, problems) = details?;
    let (key, title, summary, page) = texts?;
    let Numbers { topics, lead_topic, event_topics, links, adjacency } = numbers?;
    let dates = order.iter().map(|&old| date[old as usize]);
    let date_valid: NullBuffer =
        dates.clone().map(|date| date.is_some()).collect::<Vec<_>>().into();
    let lead_valid: NullBuffer =
        lead_topic.iter().map(|&topic| topic != NONE).collect::<Vec<_>>().into();
    let events = Events {
        key,
        date: dates.map(|date| date.map_or(0, |date| date.days())).collect::<Vec<_>>().into(),
        date_valid: Some(date_valid).filter(|valid| valid.null_count() > 0),
        title,
        summary,
        lead_topic: lead_topic
            .into_iter()
            .map(|topic| if topic == NONE { 0 } else { topic })
            .collect::<Vec<_>>()
            .into(),
        lead_topic_valid: Some(lead_valid).filter(|valid| valid.null_count() > 0),
        topics: event_topics,
        present: BooleanBuffer::from_iter(order.iter().map(|&old| present[old as usize])),
        page,
    };
    let tables = Tables { events, links, topics, sources, revisions, problems, adjacency };
    Ok(EventGraph::new(tables, About::default()))
}

/// What is said of events and links in topics, by rows of the draft.
struct Labels {
    topics: Strings,
    contexts: Vec<std::ops::Range<u32>>,
    context_topics: Vec<u32>,
    lead_topic: Vec<u32>,
    event_topics: Vec<(u32, u32)>,
}

/// Topics, links and adjacency in their final order.
struct Numbers {
    topics: Texts,
    /// The lead topic of each event, or [`NONE`].
    lead_topic: Vec<u32>,
    event_topics: Lists,
    links: Links,
    adjacency: Adjacency,
}

fn build_numbers(
    links: DraftLinks,
    labels: Labels,
    order: &[u32],
    row_of: &[u32],
) -> Result<Numbers> {
    let used = used_topics(&labels, &links);
    let Labels { topics, contexts, context_topics, lead_topic, event_topics } = labels;
    let (topic_order, topic_row) = topic_order(&topics, &used);
    let topics = permuted(&{ topics }, &topic_order, false)?;
    let context_topics: Vec<u32> =
        context_topics.into_iter().map(|topic| topic_row[topic as usize]).collect();
    let context = |row: u32| -> &[u32] {
        if row == NONE {
            return &[];
        }
        let range = &contexts[row as usize];
        &context_topics[range.start as usize..range.end as usize]
    };
    let links = sorted_links(links, row_of);
    let out_start = starts(&links.source, order.len());
    let in_links = in_links(&links.target, order.len())?;
    let lead_topic: Vec<u32> = order
        .iter()
        .map(|&old| match lead_topic[old as usize] {
            NONE => NONE,
            topic => topic_row[topic as usize],
        })
        .collect();
    let extra = extra_topics(&{ event_topics }, row_of, &topic_row)?;
    let topics_of = |event: usize, all: &mut Vec<u32>| {
        let mut topics: Vec<u32> = extra.get(event).to_vec();
        topics.extend(Some(lead_topic[event]).filter(|&topic| topic != NONE));
        let end = out_start.get(event + 1).map_or(links.source.len(), |&end| end as usize);
        for link in out_start[event] as usize..end {
            topics.extend(context(links.context[link]));
        }
        for &link in in_links.get(event) {
            topics.extend(context(links.context[link as usize]));
        }
        topics.sort_unstable();
        topics.dedup();
        all.extend(topics);
    };
    let event_topics = collect_lists(order.len(), topics_of)?;
    let link_topics = collect_lists(links.context.len(), |link, all| {
        all.extend(context(links.context[link]));
    })?;
    Ok(Numbers {
        topics,
        lead_topic,
        event_topics,
        links: Links {
            source: links.source.into(),
            target: links.target.into(),
            rank: links.rank.into(),
            topics: link_topics,
            line: links.line.into(),
        },
        adjacency: Adjacency { out_start: out_start.into(), in_links },
    })
}

/// Old rows in their new order: by (date, key), unknown dates last.
fn event_order(dates: &[Option<crate::model::Date>], keys: &Strings) -> Vec<u32> {
    let mut order: Vec<(i32, u32)> = (0..)
        .zip(dates)
        .map(|(row, date)| (date.map_or(i32::MAX, |date| date.days()), row))
        .collect();
    order.par_sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| keys.get(a.1).cmp(keys.get(b.1))));
    order.into_iter().map(|(_, row)| row).collect()
}

fn inverse(order: &[u32]) -> Vec<u32> {
    let mut row_of = vec![0; order.len()];
    for (new, &old) in (0..).zip(order) {
        row_of[old as usize] = new;
    }
    row_of
}

/// Which topics anything refers to.
fn used_topics(labels: &Labels, links: &DraftLinks) -> Vec<bool> {
    let Labels { topics, contexts, context_topics, lead_topic, event_topics } = labels;
    let mut used = vec![false; topics.len()];
    let mut context_used = vec![false; contexts.len()];
    for &context in links.context.iter().filter(|&&context| context != NONE) {
        context_used[context as usize] = true;
    }
    for (range, _) in contexts.iter().zip(context_used).filter(|(_, used)| *used) {
        for &topic in &context_topics[range.start as usize..range.end as usize] {
            used[topic as usize] = true;
        }
    }
    for &lead in lead_topic.iter().filter(|&&lead| lead != NONE) {
        used[lead as usize] = true;
    }
    for &(_, topic) in event_topics {
        used[topic as usize] = true;
    }
    used
}

/// Old rows of used topics by name, and each topic's new row.
fn topic_order(topics: &Strings, used: &[bool]) -> (Vec<u32>, Vec<u32>) {
    let mut order: Vec<u32> =
        (0..).zip(used).filter(|(_, used)| **used).map(|(row, _)| row).collect();
    order.par_sort_unstable_by(|&a, &b| topics.get(a).cmp(topics.get(b)));
    let mut row = vec![NONE; topics.len()];
    for (new, &old) in (0..).zip(&order) {
        row[old as usize] = new;
    }
    (order, row)
}

fn permuted(texts: &Strings, order: &[u32], nullable: bool) -> Result<Texts> {
    let rows = order.iter().map(|&row| texts.get(row));
    if nullable {
        Texts::collect_non_empty(rows, texts.byte_len())
    } else {
        Texts::collect(rows, texts.byte_len())
    }
}

/// The links by (source, rank), with new ids; of equal ranks the first to
/// arrive comes first.
fn sorted_links(links: DraftLinks, row_of: &[u32]) -> DraftLinks {
    let mut order: Vec<u32> = (0..links.source.len() as u32).collect();
    order.par_sort_by_key(|&link| {
        (row_of[links.source[link as usize] as usize], links.rank[link as usize])
    });
    let take = |column: &[u32]| order.iter().map(|&link| column[link as usize]).collect();
    let ids =
        |column: &[u32]| order.iter().map(|&link| row_of[column[link as usize] as usize]).collect();
    DraftLinks {
        source: ids(&links.source),
        target: ids(&links.target),
        rank: order.iter().map(|&link| links.rank[link as usize]).collect(),
        context: take(&links.context),
        line: take(&links.line),
    }
}

/// The first link of each event, where the links are sorted by source.
fn starts(sources: &[u32], events: usize) -> Vec<u32> {
    let mut counts = vec![0_u32; events];
    for &source in sources {
        counts[source as usize] += 1;
    }
    let mut start = 0;
    for count in &mut counts {
        start += std::mem::replace(count, start);
    }
    counts
}

/// The links to each event, ascending: a counting sort by target.
fn in_links(targets: &[u32], events: usize) -> Result<Lists> {
    let mut next = starts(targets, events);
    let lengths: Vec<usize> = (0..events)
        .map(|event| {
            let end = next.get(event + 1).map_or(targets.len(), |&end| end as usize);
            end - next[event] as usize
        })
        .collect();
    let mut links = vec![0; targets.len()];
    for (link, &target) in (0..).zip(targets) {
        let at = &mut next[target as usize];
        links[*at as usize] = link;
        *at += 1;
    }
    Lists::collect(lengths.into_iter(), links)
}

/// The topics that events bear beside those of their links, by new ids.
fn extra_topics(pairs: &[(u32, u32)], row_of: &[u32], topic_row: &[u32]) -> Result<Lists> {
    let mut pairs: Vec<(u32, u32)> = pairs
        .iter()
        .map(|&(event, topic)| (row_of[event as usize], topic_row[topic as usize]))
        .collect();
    pairs.par_sort_unstable();
    let mut lengths = vec![0; row_of.len()];
    for &(event, _) in &pairs {
        lengths[event as usize] += 1;
    }
    Lists::collect(lengths.into_iter(), pairs.into_iter().map(|(_, topic)| topic).collect())
}

/// One list a row, appended to others by `list`: in parallel, in order.
fn collect_lists(rows: usize, list: impl Fn(usize, &mut Vec<u32>) + Sync) -> Result<Lists> {
    const ROWS: usize = 4096;
    let parts: Vec<(Vec<usize>, Vec<u32>)> = (0..rows.div_ceil(ROWS))
        .into_par_iter()
        .map(|part| {
            let (mut lengths, mut values) = (Vec::with_capacity(ROWS), Vec::new());
            for row in part * ROWS..rows.min((part + 1) * ROWS) {
                let start = values.len();
                list(row, &mut values);
                lengths.push(values.len() - start);
            }
            (lengths, values)
        })
        .collect();
    let mut lengths = Vec::with_capacity(rows);
    let mut values = Vec::with_capacity(parts.iter().map(|part| part.1.len()).sum());
    for (part_lengths, part_values) in parts {
        lengths.extend(part_lengths);
        values.extend(part_values);
    }
    Lists::collect(lengths.into_iter(), values)
}

/// Old rows by new event, in the order of arrival within an event.
fn by_event(events: &[u32], row_of: &[u32]) -> (Vec<u32>, ScalarBuffer<u32>) {
    let mut order: Vec<u32> = (0..events.len() as u32).collect();
    order.par_sort_by_key(|&row| row_of[events[row as usize] as usize]);
    let ids: Vec<u32> = order.iter().map(|&row| row_of[events[row as usize] as usize]).collect();
    (order, ids.into())
}

fn build_sources(sources: DraftSources, row_of: &[u32]) -> Result<Sources> {
    let (order, event) = by_event(&sources.event, row_of);
    let kinds = order.iter().map(|&row| sources.kind[row as usize].name());
    Ok(Sources {
        event,
        name: permuted(&sources.name, &order, false)?,
        url: permuted(&sources.url, &order, false)?,
        kind: Texts::collect(kinds, 0)?,
    })
}

fn build_revisions(revisions: DraftRevisions, row_of: &[u32]) -> Result<Revisions> {
    let (order, event) = by_event(&revisions.event, row_of);
    let seen = order.iter().map(|&row| revisions.seen[row as usize]);
    let seen_valid: NullBuffer = seen.clone().map(|seen| seen.is_some()).collect::<Vec<_>>().into();
    let kinds = order.iter().map(|&row| revisions.kind[row as usize].name());
    Ok(Revisions {
        event,
        key: permuted(&revisions.key, &order, false)?,
        title: permuted(&revisions.title, &order, false)?,
        seen: seen.map(|seen| seen.unwrap_or(0)).collect::<Vec<_>>().into(),
        seen_valid: Some(seen_valid).filter(|valid| valid.null_count() > 0),
        kind: Texts::collect(kinds, 0)?,
    })
}

fn build_problems(problems: &[Problem]) -> Result<Problems> {
    let text = |get: fn(&Problem) -> &str| DictionaryTexts::collect(problems.iter().map(get));
    Ok(Problems {
        code: text(|problem| &problem.code)?,
        severity: text(|problem| problem.severity.name())?,
        page: text(|problem| &problem.page)?,
        line: problems.iter().map(|problem| problem.line).collect::<Vec<_>>().into(),
        message: text(|problem| &problem.message)?,
    })
}

impl EventGraph {
    /// A graph without events.
    pub fn empty() -> Self {
        build(Draft::default()).expect("an empty draft is not too large")
    }
}
