//! How bursts look: a list for people, a sheet.

use std::io::Write;

use crate::analysis::{Burst, BurstTeller, Row};
use crate::cli::lines::{title, topic_names};
use crate::cli::output_error;
use crate::cli::screen::{
    COUNT, FAINT, STRONG, counted, cut_to_line, number, styled, wrap_width, wrapped,
};
use crate::cli::sheet::Sheet;
use crate::cli::timeline::{row_name, subject_name};
use crate::error::Result;
use crate::graph::EventGraph;
use crate::model::join_names;

/// What stands on a burst's lines.
const LEGEND: &str = "Bursts: days of far more events than usual. The weight says how much better \
                      a higher rate explains them than the usual one; below stand the topics that \
                      set the burst apart, and its most linked event.";

/// Three lines a burst: weight, span and number of events; topics; a title. Where
/// most last for years, which tells little, a word on how to find shorter ones.
pub(super) fn write_bursts(
    out: &mut dyn Write,
    graph: &EventGraph,
    rows: &[Row],
    bursts: &[Burst],
    more: usize,
    scaling: f64,
) -> Result<()> {
    let teller = BurstTeller::new(graph)?;
    let mut write = || {
        if bursts.is_empty() {
            return writeln!(out, "no bursts");
        }
        for line in wrapped(LEGEND, "", wrap_width()).lines() {
            writeln!(out, "{}", styled(FAINT, line))?;
        }
        let head = format!("{:>8} {:>7}  {:10}    last", "weight", "events", "first");
        writeln!(out, "{}", styled(STRONG, head))?;
        for burst in bursts {
            let weight = format!("{:>8.1}", burst.weight);
            let count = number(burst.events.len());
            let own = row_name(graph, &rows[burst.row]);
            let name = topic_names(own.as_deref().into_iter());
            let (start, end) = (burst.start, burst.end);
            let line = format!("{} {count:>7}  {start} to {end}", styled(COUNT, weight));
            writeln!(out, "{}", format!("{line}  {}", cut_to_line(&name, 42)).trim_end())?;
            let topics = teller.topics(burst).into_iter().map(|topic| graph.topic_name(topic));
            let topics = topic_names(topics.filter(|name| Some(*name) != own.as_deref()));
            if !topics.is_empty() {
                writeln!(out, "{:18}{}", "", cut_to_line(&topics, 18))?;
            }
            if let Some(event) = teller.key_event(burst) {
                let title = title(graph, event);
                writeln!(out, "{:18}{}", "", styled(FAINT, cut_to_line(&title, 18)))?;
            }
        }
        if more > 0 {
            let more = counted(more, "more burst", "more bursts");
            writeln!(out, "… and {more} (--limit 0 shows all)")?;
        }
        match shorter(bursts, scaling) {
            Some(hint) => writeln!(out, "{}", styled(FAINT, hint)),
            None => Ok(()),
        }
    };
    write().map_err(output_error)
}

/// Days after which a burst says more of what an archive holds than of what
/// happened.
const LONG: i32 = 365;

/// Values of `--scaling` that tell shorter bursts in turn, see `docs/analysis.md`.
const STEEPER: [f64; 3] = [3.0, 5.0, 10.0];

/// `15 of these 20 last more than a year; --scaling 3 finds shorter ones`, if most
/// of them do.
fn shorter(bursts: &[Burst], scaling: f64) -> Option<String> {
    let long = bursts.iter().filter(|burst| burst.end.days() - burst.start.days() > LONG).count();
    let next = STEEPER.into_iter().find(|&next| next > scaling)?;
    let which = match (long, bursts.len()) {
        (0, _) => return None,
        (1, 1) => "it lasts".to_owned(),
        (long, all) if 2 * long > all => format!("{long} of these {all} last"),
        _ => return None,
    };
    Some(format!("{which} more than a year; --scaling {next} finds shorter ones"))
}

/// A line a burst.
pub(super) fn write_bursts_csv(
    out: &mut dyn Write,
    graph: &EventGraph,
    rows: &[Row],
    bursts: &[Burst],
) -> Result<()> {
    let teller = BurstTeller::new(graph)?;
    let mut sheet = Sheet::new(out);
    sheet.row([
        subject_name(rows),
        "start",
        "end",
        "weight",
        "events",
        "topics",
        "key_event",
        "title",
    ])?;
    for burst in bursts {
        let key_event = teller.key_event(burst);
        let topics = teller.topics(burst).into_iter().map(|topic| graph.topic_name(topic));
        sheet.row([
            &row_name(graph, &rows[burst.row]).unwrap_or_default(),
            &burst.start.to_string(),
            &burst.end.to_string(),
            &burst.weight.to_string(),
            &burst.events.len().to_string(),
            &join_names(topics),
            key_event.map(|event| graph.key(event)).unwrap_or_default(),
            key_event.map(|event| graph.title(event)).unwrap_or_default(),
        ])?;
    }
    sheet.finish()
}
