//! Counts by period: zeros, weeks across years, the first and the last year.

use threadline::EventGraph;
use threadline::analysis::{Timeline, TimelineOptions, timeline};
use threadline::graph::{Selection, build};
use threadline::model::{Date, Draft, NONE, Period};

/// A graph with an event on each of these days; an empty text is unknown.
fn graph(days: &[&str]) -> EventGraph {
    let mut draft = Draft::default();
    for (n, day) in days.iter().enumerate() {
        draft.events.key.push(&format!("e{n:03}"));
        draft.events.date.push(Date::parse(day));
        draft.events.title.push("");
        draft.events.summary.push("");
        draft.events.lead_topic.push(NONE);
        draft.events.present.push(true);
        draft.events.page.push("");
    }
    build(draft).unwrap()
}

fn of(days: &[&str], period: Option<Period>) -> Timeline {
    let graph = graph(days);
    timeline(&graph, &Selection::all(&graph), TimelineOptions { period }).unwrap()
}

/// `1969-W29 2, 1969-W30 0`
fn told(timeline: &Timeline) -> String {
    let bins = timeline.bins.iter();
    let steps: Vec<_> = bins
        .map(|bin| format!("{} {}", bin.start.period_label(timeline.period), bin.count))
        .collect();
    steps.join(", ")
}

#[test]
fn periods() {
    use Period::{Day, Month, Quarter, Week, Year};
    let cases: [(&[&str], Period, &str); 13] = [
        (&[], Day, ""),
        (&["1969-07-20"], Day, "1969-07-20 1"),
        (
            &["1969-07-20", "1969-07-20", "1969-07-22"],
            Day,
            "1969-07-20 2, 1969-07-21 0, 1969-07-22 1",
        ),
        (&["1972-02-28", "1972-03-01"], Day, "1972-02-28 1, 1972-02-29 0, 1972-03-01 1"),
        // A Sunday, and the Monday after it.
        (&["1969-07-20", "1969-07-21"], Week, "1969-W29 1, 1969-W30 1"),
        // Weeks belong to the year of their Thursday.
        (&["1969-12-28", "1970-01-01", "1970-01-05"], Week, "1969-W52 1, 1970-W01 1, 1970-W02 1"),
        (&["1977-01-01", "1977-01-03"], Week, "1976-W53 1, 1977-W01 1"),
        (&["1969-11-30", "1970-01-01"], Month, "1969-11 1, 1969-12 0, 1970-01 1"),
        (&["1969-11-30", "1970-07-01"], Quarter, "1969-Q4 1, 1970-Q1 0, 1970-Q2 0, 1970-Q3 1"),
        (&["1957-10-04", "1959-12-31"], Year, "1957 1, 1958 0, 1959 1"),
        (&["0001-01-01", "0002-12-31"], Year, "0001 1, 0002 1"),
        (&["9998-12-31", "9999-12-31"], Year, "9998 1, 9999 1"),
        (&["9999-12-30", "9999-12-31"], Week, "9999-W52 2"),
    ];
    for (days, period, expected) in cases {
        assert_eq!(told(&of(days, Some(period))), expected, "input {days:?}, {period:?}");
    }
}

#[test]
fn every_event_is_in_its_step_and_no_other() {
    let mut random = crate::random::Random(9);
    for round in 0..8 {
        let days: Vec<String> = (0..30)
            .map(|_| Date::from_days(-1_500 + random.below(3_000) as i32).unwrap().to_string())
            .collect();
        let days: Vec<&str> = days.iter().map(String::as_str).collect();
        let graph = graph(&days);
        for period in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            let options = TimelineOptions { period: Some(period) };
            let found = timeline(&graph, &Selection::all(&graph), options).unwrap();
            let starts: Vec<_> = found.bins.iter().map(|bin| bin.start).collect();
            assert!(
                starts.windows(2).all(|w| w[0].next_period(period) == Some(w[1])),
                "round {round}"
            );
            for bin in &found.bins {
                let inside: Vec<_> = graph
                    .events()
                    .filter(|&event| graph.date(event).unwrap().start_of(period) == bin.start)
                    .collect();
                assert_eq!(bin.count as usize, inside.len(), "round {round}, {period:?}");
                assert_eq!(bin.events, inside, "round {round}, {period:?}");
            }
            let total: u32 = found.bins.iter().map(|bin| bin.count).sum();
            assert_eq!(total, 30, "round {round}, {period:?}");
        }
    }
}

#[test]
fn events_without_a_date_are_counted_apart() {
    let timeline = of(&["1969-07-20", "", ""], Some(Period::Day));
    assert_eq!((told(&timeline).as_str(), timeline.undated), ("1969-07-20 1", 2));
    let timeline = of(&["", ""], None);
    assert_eq!((timeline.bins.len(), timeline.undated), (0, 2));
}

#[test]
fn a_period_that_fits() {
    let cases = [
        ("1969-07-20", Period::Day),
        ("1969-10-07", Period::Day),
        ("1969-10-20", Period::Week),
        ("1971-10-20", Period::Month),
        ("1985-10-20", Period::Quarter),
        ("1999-10-20", Period::Year),
        ("9999-12-31", Period::Year),
    ];
    for (last, expected) in cases {
        assert_eq!(of(&["1969-07-20", last], None).period, expected, "until {last}");
    }
}

#[test]
fn nine_thousand_years() {
    let days = ["0001-01-01", "9999-12-31"];
    assert_eq!(of(&days, None).bins.len(), 9_999);
    let graph = graph(&days);
    let all = Selection::all(&graph);
    let options = TimelineOptions { period: Some(Period::Day) };
    let error = timeline(&graph, &all, options).unwrap_err();
    assert_eq!(error.kind(), threadline::ErrorKind::TooLarge);
    assert_eq!(
        error.to_string(),
        "the timeline has more than a million steps; take a longer period"
    );
}
