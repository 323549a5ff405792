//! What happened when: events by day, week, month, quarter or year.

use rayon::prelude::*;

use crate::analysis::rows::Row;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, Period};

/// How to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimelineOptions {
    /// The length of a step; `None` takes the shortest that gives at most
    /// 80 steps.
    pub period: Option<Period>,
}

/// Steps that a timeline of no given period has at most.
const FITTING_STEPS: usize = 80;

/// More steps than this are refused: two thousand years of days.
const MOST_STEPS: usize = 1_000_000;

/// Events by date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeline {
    /// The length of a step.
    pub period: Period,
    /// The steps from the first event's to the last one's, those without
    /// events included.
    pub bins: Vec<Bin>,
    /// Selected events without a date, which are in no step.
    pub undated: usize,
}

/// One step of a timeline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bin {
    /// Its first day.
    pub start: Date,
    /// How many events it has.
    pub count: u32,
    /// They, by id.
    pub events: Vec<EventId>,
}

/// Counts the selected events by period.
///
/// # Errors
/// If there would be more than a million steps.
///
/// # Complexity
/// O(|V|) and the number of steps.
pub fn timeline(
    graph: &EventGraph,
    selection: &Selection,
    options: TimelineOptions,
) -> Result<Timeline> {
    let dated: Vec<(Date, EventId)> = selection
        .events(graph)
        .filter_map(|event| graph.date(event).map(|date| (date, event)))
        .collect();
    let undated = selection.len().saturating_sub(dated.len());
    // A damaged file's dates may be in no order.
    let span = dated.iter().map(|row| row.0).min().zip(dated.iter().map(|row| row.0).max());
    let Some((first, last)) = span else {
        let period = options.period.unwrap_or(Period::Day);
        return Ok(Timeline { period, bins: Vec::new(), undated });
    };
    let period = options.period.unwrap_or_else(|| fitting_period(first, last));
    let starts = starts(first, last, period)?;
    let bin = |&start| Bin { start, count: 0, events: Vec::new() };
    let mut bins: Vec<Bin> = starts.iter().map(bin).collect();
    for (date, event) in dated {
        let bin = &mut bins[starts.partition_point(|&start| start <= date) - 1];
        bin.count += 1;
        bin.events.push(event);
    }
    Ok(Timeline { period, bins, undated })
}

/// The first days of the periods of a span.
fn starts(first: Date, last: Date, period: Period) -> Result<Vec<Date>> {
    let mut starts = Vec::new();
    let mut next = Some(first.start_of(period));
    while let Some(start) = next.filter(|&start| start <= last) {
        starts.push(start);
        next = start.next_period(period);
        if starts.len() > MOST_STEPS {
            let message = "the timeline has more than a million steps; take a longer period";
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
    }
    Ok(starts)
}

/// Several rows over the same steps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timelines {
    /// The length of a step.
    pub period: Period,
    /// The first days of the steps, from the first event's of all rows to the
    /// last one's.
    pub starts: Vec<Date>,
    /// The rows, in the order in which they were asked for.
    pub rows: Vec<RowCounts>,
}

/// How many events a row has in each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowCounts {
    /// One count a step.
    pub counts: Vec<u32>,
    /// Events without a date, which are in no step.
    pub undated: usize,
}

/// More counts than this are refused: they would be a gigabyte of text.
const MOST_COUNTS: usize = 100_000_000;

/// Counts the events of several rows by period.
///
/// # Errors
/// If there would be more than a million steps, or a hundred million counts.
///
/// # Complexity
/// O(k log k) in the events of all rows, and rows times steps.
pub fn timelines(graph: &EventGraph, rows: &[Row], options: TimelineOptions) -> Result<Timelines> {
    let events = rows.iter().flat_map(|row| &row.events).copied();
    let (starts, period) = match graph.span(events) {
        Some((first, last)) => {
            let period = options.period.unwrap_or_else(|| fitting_period(first, last));
            (starts(first, last, period)?, period)
        }
        None => (Vec::new(), options.period.unwrap_or(Period::Day)),
    };
    if starts.len().saturating_mul(rows.len()) > MOST_COUNTS {
        let message = format!(
            "{} rows of {} steps are too many; take a longer period or fewer events",
            rows.len(),
            starts.len()
        );
        return Err(Error::new(ErrorKind::TooLarge, message));
    }
    let count = |row: &Row| {
        let mut counts = RowCounts { counts: vec![0; starts.len()], undated: 0 };
        for &event in &row.events {
            match graph.date(event) {
                Some(date) => counts.counts[starts.partition_point(|&s| s <= date) - 1] += 1,
                None => counts.undated += 1,
            }
        }
        counts
    };
    let rows = rows.par_iter().map(count).collect();
    Ok(Timelines { period, starts, rows })
}

/// The shortest period that cuts a span into few enough steps to look at: at most 80,
/// counting those that are only touched; of a longer span, years.
pub fn fitting_period(first: Date, last: Date) -> Period {
    let fits = |period: &Period| {
        let next = |start: &Date| start.next_period(*period);
        let steps = std::iter::successors(Some(first.start_of(*period)), next);
        steps.take_while(|&start| start <= last).nth(FITTING_STEPS).is_none()
    };
    [Period::Day, Period::Week, Period::Month, Period::Quarter]
        .into_iter()
        .find(fits)
        .unwrap_or(Period::Year)
}
