//! Bursts, held against the automaton as the paper writes it down: every step
//! in turn, every cost in full.

use threadline::EventGraph;
use threadline::analysis::{
    Burst, BurstBase, BurstOptions, BurstSpan, Row, RowLabel, StepCount, StepTotals, burst_spans,
    bursts, bursts_of, topic_rows,
};
use threadline::graph::{SelectOptions, Selection, build};
use threadline::model::{Date, Draft, NONE, Period};

use crate::fixture::{built, data};
use crate::random::{Random, random_graph};

/// Viterbi over whole tables of costs: `costs[t]` are those of state 0 and 1.
/// The states, and what they cost.
fn viterbi(costs: &[[f64; 2]], price: f64) -> (Vec<usize>, f64) {
    let mut best = vec![[0.0, f64::INFINITY]];
    let mut from = Vec::new();
    for cost in costs {
        let last = best[best.len() - 1];
        let mut next = [0.0; 2];
        let mut came = [0; 2];
        for state in 0..2 {
            let over = |from: usize| last[from] + if from < state { price } else { 0.0 };
            came[state] = usize::from(over(1) < over(0));
            next[state] = over(came[state]) + cost[state];
        }
        best.push(next);
        from.push(came);
    }
    let last = best[best.len() - 1];
    let mut state = usize::from(last[1] < last[0]);
    let total = last[state];
    let mut states = vec![0; costs.len()];
    for at in (0..costs.len()).rev() {
        states[at] = state;
        state = from[at][state];
    }
    (states, total)
}

/// −ln of the binomial probability of r in d.
fn binomial(p: f64, r: u32, d: u32) -> f64 {
    let (r, d) = (f64::from(r), f64::from(d));
    let choose = libm::lgamma(d + 1.0) - libm::lgamma(r + 1.0) - libm::lgamma(d - r + 1.0);
    -(choose + r * p.ln() + (d - r) * (1.0 - p).ln())
}

fn slow(steps: &[(u32, u32)], scaling: f64, gamma: f64) -> Vec<BurstSpan> {
    let relevant: u32 = steps.iter().map(|step| step.0).sum();
    let all: u32 = steps.iter().map(|step| step.1).sum();
    if relevant == 0 || relevant == all {
        return Vec::new();
    }
    let usual = f64::from(relevant) / f64::from(all);
    let high = if scaling * usual < 1.0 { scaling * usual } else { (1.0 + usual) / 2.0 };
    let costs: Vec<[f64; 2]> =
        steps.iter().map(|&(r, d)| [binomial(usual, r, d), binomial(high, r, d)]).collect();
    let busy = steps.iter().filter(|step| step.1 > 0).count();
    let (states, _) = viterbi(&costs, gamma * (busy as f64).ln());
    spans(&states, &costs)
}

/// Runs of state 1, and what they save.
fn spans(states: &[usize], costs: &[[f64; 2]]) -> Vec<BurstSpan> {
    let mut spans: Vec<BurstSpan> = Vec::new();
    for (at, _) in states.iter().enumerate().filter(|(_, state)| **state == 1) {
        let gain = costs[at][0] - costs[at][1];
        match spans.last_mut() {
            Some(span) if span.last + 1 == at => {
                span.last = at;
                span.weight += gain;
            }
            _ => spans.push(BurstSpan { first: at, last: at, weight: gain }),
        }
    }
    spans
}

fn ends(spans: &[BurstSpan]) -> Vec<(usize, usize)> {
    spans.iter().map(|span| (span.first, span.last)).collect()
}

fn fast(steps: &[(u32, u32)], scaling: f64, gamma: f64) -> Vec<BurstSpan> {
    let counts: Vec<StepCount> = (0..)
        .zip(steps)
        .filter(|(_, step)| step.0 > 0)
        .map(|(step, &(relevant, _))| StepCount { step, relevant })
        .collect();
    burst_spans(&counts, &StepTotals::new(steps.iter().map(|step| step.1)), scaling, gamma)
}

#[test]
fn spans_are_those_of_the_paper_s_automaton_1_to_120() {
    let (mut bursts, mut ties) = (0, 0);
    for seed in 0..600 {
        let mut random = Random(seed);
        let mut often = false;
        let steps: Vec<(u32, u32)> = (0..1 + random.below(120))
            .map(|_| {
                often ^= random.chance(10);
                let all = if random.chance(30) { 0 } else { random.below(9) as u32 };
                let relevant = (0..all).filter(|_| random.chance(if often { 60 } else { 8 }));
                (relevant.count() as u32, all)
            })
            .collect();
        let scaling = [1.2, 2.0, 3.0, 10.0][random.below(4)];
        let gamma = [0.3, 1.0, 2.5][random.below(3)];
        let (found, expected) = (fast(&steps, scaling, gamma), slow(&steps, scaling, gamma));
        bursts += found.len();
        // With a third of all events, p1 / p0 is 2 and (1 - p1) / (1 - p0) a
        // half: then a step may be as likely in either state.
        let price = gamma * (steps.iter().filter(|step| step.1 > 0).count() as f64).ln();
        let worth = |spans: &[BurstSpan]| spans.iter().map(|s| s.weight - price).sum::<f64>();
        assert!((worth(&found) - worth(&expected)).abs() < 1e-8, "seed {seed}");
        if ends(&found) != ends(&expected) {
            ties += 1;
            continue;
        }
        for (a, b) in found.iter().zip(&expected) {
            assert!((a.weight - b.weight).abs() < 1e-8, "seed {seed}: {a:?}, {b:?}");
        }
    }
    assert!(ties < 10, "{ties} ties");
    assert!(bursts > 300, "only {bursts} bursts: this test has gone blind");
}

#[test]
fn nothing_all_and_one_step_are_no_burst() {
    let cases: [&[(u32, u32)]; 6] =
        [&[], &[(0, 0)], &[(0, 5), (0, 2)], &[(5, 5), (2, 2)], &[(3, 9)], &[(0, 0), (3, 9)]];
    for steps in cases {
        assert!(fast(steps, 2.0, 1.0).is_empty(), "{steps:?}");
    }
}

/// A graph with an event on each of these days since 1970, some with a topic.
fn graph(days: &[(Option<i32>, bool)]) -> EventGraph {
    let mut draft = Draft::default();
    draft.topics.push("subject");
    for (n, &(day, relevant)) in days.iter().enumerate() {
        draft.events.key.push(&format!("e{n:05}"));
        draft.events.date.push(day.and_then(Date::from_days));
        draft.events.title.push("");
        draft.events.summary.push("");
        draft.events.lead_topic.push(if relevant { 0 } else { NONE });
        draft.events.present.push(true);
        draft.events.page.push("");
    }
    build(draft).unwrap()
}

fn day(text: &str) -> i32 {
    Date::parse(text).unwrap().days()
}

/// `1969-07-16 to 1969-07-24, 9 events`
fn told(bursts: &[Burst]) -> Vec<String> {
    let line = |b: &Burst| format!("{} to {}, {} events", b.start, b.end, b.events.len());
    bursts.iter().map(line).collect()
}

/// Steps one by one, gaps of centuries and all.
fn slow_of_topic(graph: &EventGraph, options: BurstOptions) -> Vec<(Date, Date)> {
    let dates: Vec<_> = graph
        .events()
        .filter_map(|event| graph.date(event).map(|date| (date, graph.topics(event).count())))
        .collect();
    let Some(first) = dates.iter().map(|row| row.0).min() else {
        return Vec::new();
    };
    let last = dates.iter().map(|row| row.0).max().unwrap();
    let mut starts = vec![first.start_of(options.period)];
    while let Some(next) = starts[starts.len() - 1].next_period(options.period) {
        if next > last {
            break;
        }
        starts.push(next);
    }
    let mut steps = vec![(0, 0); starts.len()];
    for (date, topics) in dates {
        let step = starts.partition_point(|&start| start <= date) - 1;
        steps[step].0 += topics as u32;
        steps[step].1 += 1;
    }
    slow(&steps, options.scaling, options.gamma)
        .iter()
        .map(|span| {
            let next = starts[span.last].next_period(options.period);
            let end = next.map_or(day("9999-12-31"), |next| next.days() - 1);
            (starts[span.first], Date::from_days(end).unwrap())
        })
        .collect()
}

#[test]
fn bursts_of_a_topic_before_1970_and_over_decades() {
    let mut found = 0;
    for seed in 0..60 {
        let mut random = Random(seed);
        let mut days = Vec::new();
        // A war, a silence, another.
        for start in ["1914-07-28", "1939-09-01", "1969-07-20", "2011-02-15"] {
            let often = 10 + random.below(80) as u64;
            for _ in 0..random.below(80) {
                let day = day(start) + random.below(300) as i32 * [1, 3][random.below(2)];
                days.push((Some(day).filter(|_| random.chance(95)), random.chance(often)));
            }
        }
        let graph = graph(&days);
        for period in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            let options =
                BurstOptions { period, min_events: 0, scaling: 1.5, ..BurstOptions::default() };
            let all = Selection::all(&graph);
            let rows = topic_rows(&graph, &all);
            let mut bursts = bursts(&graph, &rows, &all, options).unwrap();
            assert!(bursts.is_sorted_by(|a, b| a.weight >= b.weight), "seed {seed}");
            bursts.sort_by_key(|burst| burst.start);
            let spans: Vec<_> = bursts.iter().map(|burst| (burst.start, burst.end)).collect();
            assert_eq!(spans, slow_of_topic(&graph, options), "seed {seed}, {period:?}");
            for burst in &bursts {
                let inside = rows[0].events.iter().filter(|&&event| {
                    graph.date(event).is_some_and(|date| date >= burst.start && date <= burst.end)
                });
                assert!(burst.events.iter().eq(inside), "seed {seed}, {period:?}");
            }
            found += bursts.len();
        }
    }
    assert!(found > 150, "only {found} bursts: this test has gone blind");
}

/// Every gap in turn, as the paper's second section has it.
fn slow_gaps(days: &[i32], options: BurstOptions) -> Vec<(i32, i32)> {
    let gaps: Vec<f64> = days.windows(2).map(|pair| f64::from(pair[1] - pair[0])).collect();
    let span: f64 = gaps.iter().sum();
    if span == 0.0 {
        return Vec::new();
    }
    let rate = gaps.len() as f64 / span;
    let cost = |rate: f64, gap: f64| -(rate.ln() - rate * gap);
    let costs: Vec<[f64; 2]> =
        gaps.iter().map(|&gap| [cost(rate, gap), cost(rate * options.scaling, gap)]).collect();
    let (states, _) = viterbi(&costs, options.gamma * (gaps.len() as f64).ln());
    spans(&states, &costs).iter().map(|s| (days[s.first], days[s.last + 1])).collect()
}

#[test]
fn bursts_of_all_events_go_by_their_gaps() {
    let mut found = 0;
    for seed in 0..200 {
        let mut random = Random(seed);
        let mut day = [-700_000, -5_000, 0, 2_900_000][random.below(4)];
        let mut busy = false;
        let mut days = Vec::new();
        for _ in 0..random.below(150) {
            busy ^= random.chance(8);
            day += random.below(if busy { 2 } else { 30 }) as i32;
            days.push(day);
        }
        let graph = graph(&days.iter().map(|&day| (Some(day), false)).collect::<Vec<_>>());
        let all = Selection::all(&graph);
        let scaling = [1.5, 2.0, 4.0][random.below(3)];
        let options = BurstOptions { scaling, min_events: 0, ..BurstOptions::default() };
        let row = Row::of_selection(&graph, &all);
        let mut bursts = bursts(&graph, &[row], &all, options).unwrap();
        bursts.sort_by_key(|burst| burst.start);
        let spans: Vec<_> = bursts.iter().map(|b| (b.start.days(), b.end.days())).collect();
        assert_eq!(spans, slow_gaps(&days, options), "seed {seed}");
        found += spans.len();
    }
    assert!(found > 100, "only {found} bursts: this test has gone blind");
}

#[test]
fn the_first_and_the_last_day_there_are() {
    let mut days = Vec::new();
    for (start, relevant) in [("0001-01-01", true), ("1969-07-20", false), ("9999-12-01", true)] {
        for n in 0..31 {
            days.push((Some(day(start) + n), relevant));
            days.push((Some(day(start) + n), false));
        }
    }
    days.push((None, true));
    let graph = graph(&days);
    let all = Selection::all(&graph);
    let rows = topic_rows(&graph, &all);
    let of = |period| {
        let options = BurstOptions { scaling: 1.5, gamma: 0.5, period, ..BurstOptions::default() };
        let mut found = bursts(&graph, &rows, &all, options).unwrap();
        found.sort_by_key(|burst| burst.start);
        told(&found)
    };
    let days = ["0001-01-01 to 0001-01-31, 31 events", "9999-12-01 to 9999-12-31, 31 events"];
    assert_eq!(of(Period::Day), days);
    assert_eq!(of(Period::Month), days);
    let years = ["0001-01-01 to 0001-12-31, 31 events", "9999-01-01 to 9999-12-31, 31 events"];
    assert_eq!(of(Period::Year), years);
}

#[test]
fn no_dates_and_one_day_have_no_bursts() {
    for days in [vec![], vec![(None, true); 9], vec![(Some(5), true); 9]] {
        let graph = graph(&days);
        let all = Selection::all(&graph);
        let mut rows = topic_rows(&graph, &all);
        rows.push(Row::of_selection(&graph, &all));
        rows.push(Row { label: RowLabel::Selection, events: Vec::new() });
        assert_eq!(bursts(&graph, &rows, &all, BurstOptions::default()).unwrap(), []);
    }
}

#[test]
fn few_events_and_events_outside_of_the_base_are_left_out() {
    let days: Vec<_> = (0..400).map(|n| (Some(n), (200..212).contains(&n))).collect();
    let graph = graph(&days);
    let all = Selection::all(&graph);
    let rows = topic_rows(&graph, &all);
    let of = |base: &Selection, min_events| {
        let options = BurstOptions { min_events, ..BurstOptions::default() };
        told(&bursts(&graph, &rows, base, options).unwrap())
    };
    assert_eq!(of(&all, 12), ["1970-07-20 to 1970-07-31, 12 events"]);
    assert!(of(&all, 13).is_empty());
    let until = SelectOptions { until: Date::from_days(209), ..SelectOptions::default() };
    let until = Selection::new(&graph, &until).unwrap();
    assert_eq!(of(&until, 3), ["1970-07-20 to 1970-07-29, 10 events"]);
}

#[test]
fn options_that_make_no_sense_are_refused() {
    let graph = EventGraph::empty();
    let all = Selection::all(&graph);
    let fine = BurstOptions::default();
    let cases = [
        (BurstOptions { scaling: 1.0, ..fine }, "`scaling` is 1; it has to be a number above 1"),
        (BurstOptions { scaling: f64::NAN, ..fine }, "`scaling` is NaN"),
        (BurstOptions { scaling: f64::INFINITY, ..fine }, "`scaling` is inf"),
        (BurstOptions { gamma: 0.0, ..fine }, "`gamma` is 0; it has to be a number above 0"),
        (BurstOptions { gamma: -1.0, ..fine }, "`gamma` is -1"),
    ];
    for (options, expected) in cases {
        let error = bursts(&graph, &[], &all, options).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn the_same_with_any_number_of_threads_and_row_by_row() {
    let (ours, _) = built(&data());
    for graph in [ours, random_graph(3_000, 4_000, 3)] {
        let all = Selection::all(&graph);
        let rows = topic_rows(&graph, &all);
        let options =
            BurstOptions { scaling: 1.3, gamma: 0.2, min_events: 1, ..BurstOptions::default() };
        let of = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| bursts(&graph, &rows, &all, options)).unwrap()
        };
        let expected = of(1);
        assert!(!expected.is_empty());
        assert!(of(2) == expected && of(5) == expected);
        let base = BurstBase::new(&graph, &all, Period::Day);
        let one_by_one: usize =
            rows.iter().map(|row| bursts_of(&base, row, options).unwrap().len()).sum();
        assert_eq!(one_by_one, expected.len());
    }
}
