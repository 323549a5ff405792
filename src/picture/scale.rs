//! Days along a line: where a day stands, and which days are named.

use crate::model::Date;
use crate::model::Period;
use crate::picture::svg::{Anchor, Svg};
use crate::picture::text::{Type, width};

/// A span of days, both ends included, along so many pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    first: i32,
    days: f64,
    from: f64,
    room: f64,
}

/// A day that is named on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tick {
    pub(crate) x: f64,
    pub(crate) label: String,
}

/// Space between two labels of an axis.
const BETWEEN: f64 = 14.0;

/// Years that a step of an axis may have.
const YEARS: [i16; 12] = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];

impl Scale {
    /// A scale from `from` on, `room` pixels wide.
    pub(crate) fn new((first, last): (Date, Date), from: f64, room: f64) -> Self {
        let days = (f64::from(last.days()) - f64::from(first.days()) + 1.0).max(1.0);
        Self { first: first.days(), days, from, room }
    }

    /// Where a day begins.
    pub(crate) fn x(&self, date: Date) -> f64 {
        self.from + (f64::from(date.days()) - f64::from(self.first)) / self.days * self.room
    }

    /// The middle of a day.
    pub(crate) fn middle(&self, date: Date) -> f64 {
        self.x(date) + 0.5 * self.day()
    }

    /// How wide all of it is.
    pub(crate) fn room(&self) -> f64 {
        self.room
    }

    /// Where it ends.
    pub(crate) fn end(&self) -> f64 {
        self.from + self.room
    }

    /// How wide a day is.
    pub(crate) fn day(&self) -> f64 {
        self.room / self.days
    }

    /// The days to name: as many as there is room for, at steps that people
    /// count in.
    pub(crate) fn ticks(&self) -> Vec<Tick> {
        let last = f64::from(self.first) + self.days - 1.0;
        let ends = Date::from_days(self.first).zip(Date::from_days(last as i32));
        let Some((first, last)) = ends else {
            return Vec::new();
        };
        for (period, step) in steps() {
            // Of no use, and very many.
            let length = days_of(period) * f64::from(step);
            if self.days / length * 20.0 > self.room {
                continue;
            }
            let days = stepped(first, last, period, step);
            let label = |date: &Date| Tick { x: self.x(*date), label: name(*date, period) };
            let ticks: Vec<Tick> = days.iter().map(label).collect();
            let wide = |tick: &Tick| width(&tick.label, Type::Note) + BETWEEN;
            let fits = ticks.windows(2).all(|two| two[1].x - two[0].x >= wide(&two[0]));
            if fits && !ticks.is_empty() {
                return ticks;
            }
        }
        vec![Tick { x: self.x(first), label: first.to_string() }]
    }

    /// Lines from `top` to `bottom` at the days that are named, and their names
    /// below.
    pub(crate) fn draw(&self, svg: &mut Svg, top: f64, bottom: f64) {
        let end = self.from + self.room;
        for tick in self.ticks() {
            svg.line("tl-rule", (tick.x, top), (tick.x, bottom + 4.0));
            let half = width(&tick.label, Type::Note) / 2.0;
            let x = tick.x.clamp(self.from + half, (end - half).max(self.from + half));
            let at = (x, bottom + 4.0 + Type::Note.size());
            svg.text(at, Type::Note, Anchor::Middle, &tick.label);
        }
        svg.line("tl-axis", (self.from, bottom), (end, bottom));
    }

    /// How high the names of an axis are, with the space above them.
    pub(crate) const LABELS: f64 = 22.0;
}

/// Steps of an axis, the shortest first.
fn steps() -> impl Iterator<Item = (Period, i16)> {
    let short = [
        (Period::Day, 1),
        (Period::Week, 1),
        (Period::Month, 1),
        (Period::Quarter, 1),
        (Period::Month, 6),
    ];
    short.into_iter().chain(YEARS.map(|years| (Period::Year, years)))
}

fn days_of(period: Period) -> f64 {
    match period {
        Period::Day => 1.0,
        Period::Week => 7.0,
        Period::Month => 30.0,
        Period::Quarter => 91.0,
        Period::Year => 365.0,
    }
}

/// The days of a span on which a step begins.
fn stepped(first: Date, last: Date, period: Period, step: i16) -> Vec<Date> {
    let begins = |date: Date| {
        let (year, month, _) = date.ymd();
        match period {
            Period::Month => (i16::from(month) - 1) % step == 0,
            Period::Year => year % step == 0,
            _ => true,
        }
    };
    let mut found = Vec::new();
    let mut next = Some(first.start_of(period));
    while let Some(date) = next.filter(|&date| date <= last) {
        if date >= first && begins(date) {
            found.push(date);
        }
        next = date.next_period(period);
    }
    found
}

/// How a day is called at such a step: no more exactly than it has to be.
fn name(date: Date, period: Period) -> String {
    let text = date.to_string();
    let end = match period {
        Period::Year => text.len() - 6,
        Period::Month | Period::Quarter => text.len() - 3,
        Period::Day | Period::Week => text.len(),
    };
    text[..end].to_owned()
}

/// A round number that is not below `most`, to end an axis of counts with, and
/// the steps up to it.
pub(crate) fn round_steps(most: u32) -> Vec<u32> {
    let mut unit = 1_u32;
    loop {
        for times in [1, 2, 5] {
            let step = unit.saturating_mul(times);
            if most.div_ceil(step) <= 5 {
                return (0..=most.div_ceil(step).max(1)).map(|n| n.saturating_mul(step)).collect();
            }
        }
        unit = unit.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(first: &str, last: &str, room: f64) -> String {
        let span = (Date::parse(first).expect("a day"), Date::parse(last).expect("a day"));
        let ticks = Scale::new(span, 0.0, room).ticks();
        ticks.iter().map(|tick| tick.label.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn named_days() {
        let cases = [
            ("1969-07-16", "1969-07-19", 400.0, "1969-07-16 1969-07-17 1969-07-18 1969-07-19"),
            ("1969-07-16", "1969-07-16", 400.0, "1969-07-16"),
            ("1969-01-05", "1969-07-20", 400.0, "1969-02 1969-03 1969-04 1969-05 1969-06 1969-07"),
            ("1957-10-04", "1975-07-17", 300.0, "1960 1965 1970 1975"),
            ("0001-01-01", "9999-12-31", 300.0, "2000 4000 6000 8000"),
            ("1969-07-02", "1969-07-03", 10.0, "1969-07-02"),
        ];
        for (first, last, room, expected) in cases {
            assert_eq!(labels(first, last, room), expected, "{first} to {last} on {room}");
        }
    }

    #[test]
    fn round_numbers() {
        let cases: [(u32, &[u32]); 6] = [
            (0, &[0, 1]),
            (1, &[0, 1]),
            (7, &[0, 2, 4, 6, 8]),
            (11, &[0, 5, 10, 15]),
            (418, &[0, 100, 200, 300, 400, 500]),
            (u32::MAX, &[0, 1_000_000_000, 2_000_000_000, 3_000_000_000, 4_000_000_000, u32::MAX]),
        ];
        for (most, expected) in cases {
            assert_eq!(round_steps(most), expected, "input {most}");
        }
    }
}
