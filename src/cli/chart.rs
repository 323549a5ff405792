//! A timeline for a terminal: a row a period, with a bar and what happened. Counts nothing.

use std::io::Write;

use crate::analysis::{Bin, Burst, Timeline, most_linked};
use crate::cli::lines::title;
use crate::cli::screen::{
    COUNT, FAINT, STRONG, WARN, bar, counted, cut_to_line, number, sparkline, styled, width,
};
use crate::graph::Walk;
use crate::model::Period;

/// More empty steps than this in a row are one line.
const MOST_EMPTY: usize = 3;

/// Columns for the period's name, the count and the spaces between.
const LEFT: usize = 20;

/// Writes the whole in one line, then a row a period; periods of bursts are marked, and what
/// the caller says of the bursts comes below.
pub(super) fn write_chart(
    out: &mut dyn Write,
    walk: Walk<'_>,
    timeline: &Timeline,
    bursts: &[Burst],
) -> std::io::Result<()> {
    write_chart_head(out, timeline)?;
    let chart = Chart {
        walk,
        period: timeline.period,
        bursts,
        most: timeline.bins.iter().map(|bin| bin.count).max().unwrap_or(0),
        bars: (width().unwrap_or(80).saturating_sub(LEFT) / 3).clamp(10, 40),
    };
    let mut bins = timeline.bins.as_slice();
    while let Some((bin, rest)) = bins.split_first() {
        let empty = bins.iter().take_while(|bin| bin.count == 0).count();
        if empty > MOST_EMPTY {
            writeln!(out, "{}", styled(FAINT, chart.gap(&bins[..empty])))?;
            bins = &bins[empty..];
        } else {
            writeln!(out, "{}", chart.row(bin))?;
            bins = rest;
        }
    }
    if timeline.undated > 0 {
        let undated = counted(timeline.undated, "event without a date", "events without a date");
        writeln!(out, "{undated}")?;
    }
    if !bursts.is_empty() {
        writeln!(out, "\n{} {}", styled(WARN, "▌"), styled(STRONG, "bursts"))?;
    }
    Ok(())
}

/// The whole in one line, and how to read the rows.
fn write_chart_head(out: &mut dyn Write, timeline: &Timeline) -> std::io::Result<()> {
    if timeline.bins.is_empty() {
        return writeln!(out, "no events with a date");
    }
    let events: usize = timeline.bins.iter().map(|bin| bin.count as usize).sum();
    let (spark, steps) = spark(timeline);
    let said = format!("{} {steps}", counted(events, "event", "events"));
    writeln!(out, "{}", styled(STRONG, said))?;
    writeln!(out, "{}", styled(COUNT, spark))?;
    let beside = format!(
        "beside each {} its event with most links, and how many more it has",
        timeline.period
    );
    writeln!(out, "{}\n", styled(FAINT, beside))
}

/// A timeline in rows, one a period.
struct Chart<'a> {
    walk: Walk<'a>,
    period: Period,
    bursts: &'a [Burst],
    /// The events of the fullest period.
    most: u32,
    /// Columns that its bar has.
    bars: usize,
}

impl Chart<'_> {
    /// `1969-07         3 ▌██  Apollo 11 lands … (+2)`
    fn row(&self, bin: &Bin) -> String {
        let label = bin.start.period_label(self.period);
        let count = number(bin.count as usize);
        let mut drawn = bar(bin.count, self.most, self.bars);
        let gap = " ".repeat((self.bars + 2).saturating_sub(drawn.chars().count()));
        let mut mark = " ".to_owned();
        if self.bursts.iter().any(|burst| burst.meets(bin)) {
            (mark, drawn) = (styled(WARN, "▌"), styled(WARN, drawn));
        }
        let row =
            format!("{label:10} {count:>7} {mark}{drawn}{gap}{}", styled(FAINT, self.told(bin)));
        row.trim_end().to_owned()
    }

    /// The event of a period with most links, and how many more there are.
    fn told(&self, bin: &Bin) -> String {
        let event = most_linked(self.walk, &bin.events);
        let told = event.map(|event| title(self.walk.graph(), event)).unwrap_or_default();
        let more = match bin.count {
            0 | 1 => String::new(),
            count => format!(" (+{})", number(count as usize - 1)),
        };
        cut_to_line(&told, LEFT + self.bars + 2 + more.len()).into_owned() + &more
    }

    /// Periods without events.
    fn gap(&self, bins: &[Bin]) -> String {
        let label = |bin: &Bin| bin.start.period_label(self.period);
        let (first, last) = (&bins[0], &bins[bins.len() - 1]);
        let (count, period) = (bins.len(), self.period);
        format!("{:10}       0  … {count} {period}s, to {}", label(first), label(last))
    }
}

/// Columns that others need beside the counts of a timeline in one line.
const BESIDE: usize = 16;

/// The counts of a timeline in as many columns as the terminal has, and what a
/// column is: `by quarter, 2 to a column`.
pub(super) fn spark(timeline: &Timeline) -> (String, String) {
    let room = width().unwrap_or(100).saturating_sub(BESIDE).max(20);
    let together = timeline.bins.len().div_ceil(room).max(1);
    let sums = timeline.bins.chunks(together).map(|bins| bins.iter().map(|bin| bin.count).sum());
    let merged = if together > 1 { format!(", {together} to a column") } else { String::new() };
    (sparkline(sums), format!("by {}{merged}", timeline.period))
}
