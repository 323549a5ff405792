//! When was something far more frequent than it usually is? Bursts.
//!
//! `docs/analysis.md` has the definition with an example.

use rayon::prelude::*;

use crate::analysis::options::{option, positive};
use crate::analysis::rows::Row;
use crate::analysis::timeline::Bin;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId, Period};

/// What counts as a burst.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurstOptions {
    /// How many times as frequent as usual events are in a burst; above 1.
    pub scaling: f64,
    /// How reluctantly a burst begins; above 0. More gives fewer, longer ones.
    pub gamma: f64,
    /// The steps in which events are counted. Bursts of all events of the base
    /// go by the days between them, whatever this says.
    pub period: Period,
    /// Bursts of fewer events are left out.
    pub min_events: usize,
}

/// Kleinberg's own values; and two events are a coincidence.
impl Default for BurstOptions {
    fn default() -> Self {
        Self { scaling: 2.0, gamma: 1.0, period: Period::Day, min_events: 3 }
    }
}

impl BurstOptions {
    fn check(&self) -> Result<()> {
        positive(option("gamma"), self.gamma)?;
        if self.scaling.is_finite() && self.scaling > 1.0 {
            return Ok(());
        }
        let message =
            option("scaling").text(format!(" is {}; it has to be a number above 1", self.scaling));
        Err(Error::new(ErrorKind::Input, message))
    }
}

/// A span in which the events of a row are far more frequent than usual.
#[derive(Clone, Debug, PartialEq)]
pub struct Burst {
    /// The row, by its place in those that were asked about.
    pub row: usize,
    /// The first day of its first step.
    pub start: Date,
    /// The last day of its last step.
    pub end: Date,
    /// By how much (the logarithm of a likelihood) the span is better explained
    /// by the higher rate than by the usual one.
    pub weight: f64,
    /// The row's events in it, by (date, key).
    pub events: Vec<EventId>,
}

impl Burst {
    /// Whether it has events of a step: one from the step's first to its last.
    ///
    /// # Complexity
    /// O(log n) for n events in the burst.
    pub fn meets(&self, bin: &Bin) -> bool {
        bin.events.first().zip(bin.events.last()).is_some_and(|(first, last)| {
            let next = self.events.partition_point(|event| event < first);
            self.events.get(next).is_some_and(|event| event <= last)
        })
    }
}

/// The bursts of each row: Kleinberg's two-state automaton (Bursty and
/// Hierarchical Structure in Streams, 2003).
///
/// A row's events are relevant ones among those of `base` (§4, enumerating
/// bursts: r of d in each step with any event); events outside of the base are
/// left out. A row that has all dated events of the base has nothing that it
/// could be compared with: its bursts go by the gaps between its days (§2).
///
/// # Returns
/// By falling weight, equal ones by start, then row.
///
/// # Errors
/// If `scaling` is not above 1 or `gamma` not above 0.
///
/// # Complexity
/// O(|V| log |V|) for the base, and linear in the length of the rows: steps
/// without an event of the row cost nothing.
pub fn bursts(
    graph: &EventGraph,
    rows: &[Row],
    base: &Selection,
    options: BurstOptions,
) -> Result<Vec<Burst>> {
    options.check()?;
    let base = BurstBase::new(graph, base, options.period);
    let mut found: Vec<Burst> = rows
        .par_iter()
        .enumerate()
        .with_min_len(16)
        .flat_map_iter(|(at, row)| bursts_among(&base, at, &row.events, options))
        .collect();
    found.sort_by(|a, b| {
        b.weight.total_cmp(&a.weight).then(a.start.cmp(&b.start)).then(a.row.cmp(&b.row))
    });
    Ok(found)
}

/// The bursts of one row, by time, among events that were counted before: for
/// those who ask for many rows one by one.
///
/// # Errors
/// As [`bursts`].
///
/// # Complexity
/// O(k log k) in the events of the row.
pub fn bursts_of(base: &BurstBase, row: &Row, options: BurstOptions) -> Result<Vec<Burst>> {
    options.check()?;
    Ok(bursts_among(base, 0, &row.events, options))
}

/// The events that rows are counted among, by step.
#[derive(Clone, Debug)]
pub struct BurstBase {
    period: Period,
    /// The day of each event in days since 1970, and [`OUTSIDE`].
    day: Vec<i32>,
    /// The first days of the steps that have events, ascending.
    starts: Vec<Date>,
    totals: StepTotals,
}

/// The day of an event that is not counted.
const OUTSIDE: i32 = i32::MIN;

impl BurstBase {
    /// Counts the selected events that have a date.
    ///
    /// # Complexity
    /// O(|V| log |V|).
    pub fn new(graph: &EventGraph, selection: &Selection, period: Period) -> Self {
        let day_of = |event| match graph.date(event).filter(|_| selection.contains(event)) {
            Some(date) => date.days(),
            None => OUTSIDE,
        };
        let day: Vec<i32> = graph.events().map(day_of).collect();
        let mut days: Vec<i32> = day.iter().copied().filter(|&day| day != OUTSIDE).collect();
        // In order already, but in a damaged file.
        days.sort_unstable();
        let (mut starts, mut totals): (Vec<Date>, Vec<u32>) = (Vec::new(), Vec::new());
        for same in days.chunk_by(|a, b| a == b) {
            let start = Date::from_days(same[0]).map(|date| date.start_of(period));
            match (start, totals.last_mut()) {
                (Some(start), Some(total)) if starts.last() == Some(&start) => {
                    *total += same.len() as u32;
                }
                (Some(start), _) => {
                    starts.push(start);
                    totals.push(same.len() as u32);
                }
                (None, _) => {}
            }
        }
        Self { period, day, starts, totals: StepTotals::new(totals) }
    }

    fn step_of(&self, day: i32) -> usize {
        self.starts.partition_point(|start| start.days() <= day).saturating_sub(1)
    }

    fn last_day_of(&self, step: usize) -> Date {
        let next = self.starts[step].next_period(self.period);
        let last = next.and_then(|next| Date::from_days(next.days() - 1));
        last.or(Date::new(9999, 12, 31)).unwrap_or(self.starts[step])
    }
}

fn bursts_among(
    base: &BurstBase,
    at: usize,
    events: &[EventId],
    options: BurstOptions,
) -> Vec<Burst> {
    let day_of = |event: &EventId| base.day.get(event.index()).copied().unwrap_or(OUTSIDE);
    let mut dated: Vec<(i32, EventId)> =
        events.iter().map(|event| (day_of(event), *event)).filter(|row| row.0 != OUTSIDE).collect();
    dated.sort_unstable();
    dated.dedup();
    let all = base.totals.events() == dated.len() as u64;
    let runs = if all { by_gaps(&dated, options) } else { by_share(base, &dated, options) };
    let told = |run: Run| {
        let events = &dated[run.events];
        let (first, last) = (events.first()?, events.last()?);
        let (start, end) = if all {
            (Date::from_days(first.0)?, Date::from_days(last.0)?)
        } else {
            (base.starts[base.step_of(first.0)], base.last_day_of(base.step_of(last.0)))
        };
        let events = events.iter().map(|&(_, event)| event).collect();
        Some(Burst { row: at, start, end, weight: run.weight, events })
    };
    runs.into_iter().filter(|run| run.events.len() >= options.min_events).filter_map(told).collect()
}

/// Consecutive events of a row that make a burst.
struct Run {
    events: std::ops::Range<usize>,
    weight: f64,
}

/// §4: relevant events among all events, step by step.
fn by_share(base: &BurstBase, dated: &[(i32, EventId)], options: BurstOptions) -> Vec<Run> {
    let mut counts: Vec<StepCount> = Vec::new();
    for &(day, _) in dated {
        let step = base.step_of(day);
        match counts.last_mut() {
            Some(last) if last.step == step => last.relevant += 1,
            _ => counts.push(StepCount { step, relevant: 1 }),
        }
    }
    let spans = burst_spans(&counts, &base.totals, options.scaling, options.gamma);
    let run = |span: BurstSpan| {
        let first = dated.partition_point(|&(day, _)| base.step_of(day) < span.first);
        let end = dated.partition_point(|&(day, _)| base.step_of(day) <= span.last);
        Run { events: first..end, weight: span.weight }
    };
    spans.into_iter().map(run).collect()
}

/// How many events each step has, relevant ones and others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepTotals {
    /// How many events come before each step, and how many there are.
    before: Vec<u64>,
    /// Steps with any event.
    busy: usize,
}

impl StepTotals {
    /// From the number of events in each step, by time.
    pub fn new(totals: impl IntoIterator<Item = u32>) -> Self {
        let (mut before, mut busy, mut sum) = (vec![0], 0, 0);
        for total in totals {
            busy += usize::from(total > 0);
            sum += u64::from(total);
            before.push(sum);
        }
        Self { before, busy }
    }

    /// How many events there are in all steps.
    pub fn events(&self) -> u64 {
        self.before.last().copied().unwrap_or(0)
    }
}

/// How many relevant events one step has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepCount {
    /// The step, by its place among all.
    pub step: usize,
    /// Relevant events; at least one.
    pub relevant: u32,
}

/// A burst in steps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BurstSpan {
    /// The first step that belongs to it.
    pub first: usize,
    /// The last step that belongs to it.
    pub last: usize,
    /// See [`Burst::weight`].
    pub weight: f64,
}

/// The automaton itself: relevant events out of all events, in steps.
///
/// With p₀ the share of relevant events in all and p₁ = `scaling` · p₀, a step
/// with r of d costs −ln (pᵢʳ (1 − pᵢ)ᵈ⁻ʳ) in state i, and entering state 1
/// costs `gamma` · ln n, n the number of steps with any event. Where `scaling`
/// · p₀ is no share any more, p₁ lies halfway between p₀ and 1. Of sequences of
/// states that cost the same, the one that is longer in state 0.
///
/// # Arguments
/// `counts`, the steps that have relevant events, ascending.
///
/// # Returns
/// The spans in state 1, by time. They begin and end with a step of `counts`.
///
/// # Complexity
/// O(`counts`): steps without a relevant event cost nothing.
///
/// # Panics
/// If `counts` are not ascending, or name a step that is not there.
///
/// # Example
/// ```
/// use threadline::analysis::{StepCount, StepTotals, burst_spans};
///
/// // Twelve months of ten events each; the topic is in all of two of them.
/// let totals = StepTotals::new([10; 12]);
/// let counts = [(1, 1), (5, 10), (6, 10), (11, 1)];
/// let counts = counts.map(|(step, relevant)| StepCount { step, relevant });
/// let spans = burst_spans(&counts, &totals, 2.0, 1.0);
/// assert_eq!((spans.len(), spans[0].first, spans[0].last), (1, 5, 6));
/// ```
pub fn burst_spans(
    counts: &[StepCount],
    totals: &StepTotals,
    scaling: f64,
    gamma: f64,
) -> Vec<BurstSpan> {
    let relevant: u64 = counts.iter().map(|count| u64::from(count.relevant)).sum();
    let all = totals.events();
    if relevant == 0 || relevant >= all {
        return Vec::new();
    }
    let usual = relevant as f64 / all as f64;
    let high = match scaling * usual {
        share if share < 1.0 => share,
        _ => f64::midpoint(1.0, usual),
    };
    let hit = libm::log(high / usual);
    let miss = libm::log1p(-(high - usual) / (1.0 - usual));
    // What state 1 gains over state 0: in a step with relevant events, and
    // before that in the steps without since the last one. As they can only
    // lose, no burst begins or ends in them, and they are one.
    let mut gains = Vec::with_capacity(2 * counts.len());
    let mut seen = 0;
    for count in counts {
        let (start, end) = (totals.before[count.step], totals.before[count.step + 1]);
        let relevant = f64::from(count.relevant);
        gains.push((start - seen) as f64 * miss);
        gains.push(relevant * hit + ((end - start) as f64 - relevant) * miss);
        seen = end;
    }
    let spans = best_spans(&gains, gamma * libm::log(totals.busy as f64));
    let step = |gain: usize| counts[gain / 2].step;
    spans
        .into_iter()
        .map(|(first, last, weight)| BurstSpan { first: step(first), last: step(last), weight })
        .collect()
}

/// §2: the gaps between the days of one event and the next, exponential. The
/// gaps between events of one day, which are 0, share a state.
fn by_gaps(dated: &[(i32, EventId)], options: BurstOptions) -> Vec<Run> {
    let (Some(first), Some(last)) = (dated.first(), dated.last()) else {
        return Vec::new();
    };
    let span = (i64::from(last.0) - i64::from(first.0)) as f64;
    let gaps = dated.len() as f64 - 1.0;
    if span == 0.0 {
        return Vec::new();
    }
    let short = libm::log(options.scaling);
    let day_costs = gaps / span * (options.scaling - 1.0);
    // What state 1 gains, and the events that the gaps lie between.
    let (mut gains, mut between): (Vec<f64>, Vec<(usize, usize)>) = (Vec::new(), Vec::new());
    let mut at = 0;
    for same in dated.chunk_by(|a, b| a.0 == b.0) {
        if at > 0 {
            gains.push(short - day_costs * f64::from(same[0].0 - dated[at - 1].0));
            between.push((at - 1, at));
        }
        if same.len() > 1 {
            gains.push(short * (same.len() - 1) as f64);
            between.push((at, at + same.len() - 1));
        }
        at += same.len();
    }
    best_spans(&gains, options.gamma * libm::log(gaps))
        .into_iter()
        .map(|(first, last, weight)| Run { events: between[first].0..between[last].1 + 1, weight })
        .collect()
}

/// A span found by [`best_spans`], and the one before it.
struct Link {
    span: (usize, usize, f64),
    before: Option<usize>,
}

/// The spans of which the sum of gains, less the price of each, is largest:
/// Viterbi (1967) over two states, of which one gains nothing.
fn best_spans(gains: &[f64], price: f64) -> Vec<(usize, usize, f64)> {
    let mut links: Vec<Link> = Vec::new();
    // The best sum that ends outside, and the last span of it.
    let (mut outside, mut outside_last) = (0.0, None);
    // The best sum that ends inside, its open span, and the span before that.
    let (mut inside, mut open, mut open_before) = (f64::NEG_INFINITY, (0, 0, 0.0), None);
    for (at, &gain) in gains.iter().enumerate() {
        let (was_outside, was_last) = (outside, outside_last);
        if inside > outside {
            links.push(Link { span: open, before: open_before });
            (outside, outside_last) = (inside, Some(links.len() - 1));
        }
        if was_outside - price >= inside {
            (inside, open, open_before) = (was_outside - price, (at, at, 0.0), was_last);
        }
        inside += gain;
        open = (open.0, at, open.2 + gain);
    }
    if inside > outside {
        links.push(Link { span: open, before: open_before });
        outside_last = Some(links.len() - 1);
    }
    let mut spans = Vec::new();
    while let Some(link) = outside_last.map(|at| &links[at]) {
        spans.push(link.span);
        outside_last = link.before;
    }
    spans.reverse();
    spans
}
