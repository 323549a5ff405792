//! What happened when: events by day, week, month, quarter or year.

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
const FITTING_STEPS: i64 = 80;

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
    let (first, last) = (dated.iter().min(), dated.iter().max());
    let (Some(&(first, _)), Some(&(last, _))) = (first, last) else {
        let period = options.period.unwrap_or(Period::Day);
        return Ok(Timeline { period, bins: Vec::new(), undated });
    };
    let period = options.period.unwrap_or_else(|| fitting_period(first, last));
    let mut bins = Vec::new();
    let mut next = Some(first.start_of(period));
    while let Some(start) = next.filter(|&start| start <= last) {
        bins.push(Bin { start, count: 0, events: Vec::new() });
        next = start.next_period(period);
        if bins.len() > MOST_STEPS {
            let message = "the timeline has more than a million steps; take a longer period";
            return Err(Error::new(ErrorKind::TooLarge, message));
        }
    }
    for (date, event) in dated {
        let at = bins.partition_point(|bin| bin.start <= date);
        let bin = &mut bins[at - 1];
        bin.count += 1;
        bin.events.push(event);
    }
    Ok(Timeline { period, bins, undated })
}

/// The shortest period that cuts a span into few enough steps to look at.
pub fn fitting_period(first: Date, last: Date) -> Period {
    let days = i64::from(last.days()) - i64::from(first.days()) + 1;
    let lengths = [(Period::Day, 1), (Period::Week, 7), (Period::Month, 30), (Period::Quarter, 91)];
    lengths
        .into_iter()
        .find(|(_, length)| days / length <= FITTING_STEPS)
        .map_or(Period::Year, |(period, _)| period)
}
