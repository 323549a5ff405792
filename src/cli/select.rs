//! The selection options: the same words in every command that lists.

use clap::Args;

use crate::analysis::{StoryOptions, find_event, stories};
use crate::cli::clusters;
use crate::cli::report::quoted_title;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::{EventGraph, SelectOptions, Selection};
use crate::model::{Date, EventId, Period, plain_name};

/// Which events to look at; everything given must hold.
#[derive(Debug, Args)]
#[command(next_help_heading = "Selection")]
pub(super) struct SelectArgs {
    /// Events with this topic; several times: with all of them
    #[arg(long, value_name = "TOPIC")]
    topic: Vec<String>,

    /// Events from this day, month or year on (1969-07-20, 1969-07, 1969)
    #[arg(long, value_name = "DATE", value_parser = parse_from)]
    from: Option<Date>,

    /// Events until this day, or the end of this month or year
    #[arg(long, value_name = "DATE", value_parser = parse_until)]
    until: Option<Date>,

    /// Events around this one, see --hops
    #[arg(long, value_name = "EVENT")]
    around: Option<String>,

    /// How many links around it
    #[arg(long, value_name = "N", default_value_t = 1, requires = "around")]
    hops: u32,

    /// Events of one cluster, by its number in `threadline clusters`
    #[arg(long, value_name = "N")]
    cluster: Option<usize>,

    /// Events of one story, by its number in `threadline stories`
    #[arg(long, value_name = "N", conflicts_with = "cluster")]
    story: Option<usize>,

    /// Events that have a page of their own
    #[arg(long)]
    present_only: bool,
}

impl SelectArgs {
    /// The selected events of a graph.
    pub(super) fn selection(&self, graph: &EventGraph) -> Result<Selection> {
        let around = match &self.around {
            Some(name) => Some((find_event(graph, name)?, self.hops)),
            None => None,
        };
        let only = match self.story {
            Some(number) => Some(events_of_story(graph, number)?),
            None => self.events_of_cluster(graph)?,
        };
        let options = SelectOptions {
            topics: self.topic.clone(),
            from: self.from,
            until: self.until,
            around,
            only,
            present_only: self.present_only,
        };
        Selection::new(graph, &options)
    }

    /// What the selected events are, in a few words; `None` if all are.
    pub(super) fn name(&self, graph: &EventGraph) -> Option<String> {
        let mut parts: Vec<String> =
            self.topic.iter().map(|topic| plain_name(topic).into_owned()).collect();
        if let Some(event) = self.around.as_ref().and_then(|name| find_event(graph, name).ok()) {
            parts.push(format!("around {}", quoted_title(graph, event, 60)));
        }
        parts.extend(self.story.map(|number| format!("story {number}")));
        parts.extend(self.cluster.map(|number| format!("cluster {number}")));
        match (self.from, self.until) {
            (Some(from), Some(until)) => parts.push(format!("{from} to {until}")),
            (Some(from), None) => parts.push(format!("from {from} on")),
            (None, Some(until)) => parts.push(format!("until {until}")),
            (None, None) => {}
        }
        if self.present_only {
            parts.push("with a page of their own".to_owned());
        }
        let text = parts.join(", ");
        let first = text.chars().next()?;
        Some(first.to_uppercase().collect::<String>() + &text[first.len_utf8()..])
    }

    fn events_of_cluster(&self, graph: &EventGraph) -> Result<Option<Vec<EventId>>> {
        let Some(number) = self.cluster else {
            return Ok(None);
        };
        let parts = clusters::usual(graph, &Selection::all(graph))?;
        if number == 0 || number > parts.len() {
            let message = format!("there are clusters 1 to {}, and no {number}", parts.len());
            return Err(Error::new(ErrorKind::NotFound, message));
        }
        Ok(Some(parts.events(number - 1).collect()))
    }

    /// All events of the span that is asked for, whatever else is selected:
    /// what a selection is held against.
    pub(super) fn span(&self, graph: &EventGraph) -> Result<Selection> {
        let (from, until) = (self.from, self.until);
        Selection::new(graph, &SelectOptions { from, until, ..SelectOptions::default() })
    }
}

/// The events of a story, by the number that people see.
fn events_of_story(graph: &EventGraph, number: usize) -> Result<Vec<EventId>> {
    let stories = stories(graph, StoryOptions::default())?;
    let place = stories.place_of(number)?;
    Ok(stories.all()[place].events.clone())
}

/// A day; of a month or a year the first.
pub(super) fn parse_from(text: &str) -> Result<Date, String> {
    Ok(parse_span(text)?.0)
}

fn parse_until(text: &str) -> Result<Date, String> {
    Ok(parse_span(text)?.1)
}

/// The first and the last day of a day, a month or a year.
fn parse_span(text: &str) -> Result<(Date, Date), String> {
    let (full, period) = match text.split('-').count() {
        1 => (format!("{text}-01-01"), Period::Year),
        2 => (format!("{text}-01"), Period::Month),
        _ => (text.to_owned(), Period::Day),
    };
    let first = Date::parse(&full)
        .ok_or_else(|| format!("`{text}` is no date; write 1969-07-20, 1969-07 or 1969"))?;
    let last = match first.next_period(period) {
        Some(next) => Date::from_days(next.days() - 1),
        None => Date::new(9999, 12, 31),
    };
    Ok((first, last.unwrap_or(first)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans() {
        let cases = [
            ("1969-07-20", Ok(("1969-07-20", "1969-07-20"))),
            ("1969-7-4", Ok(("1969-07-04", "1969-07-04"))),
            ("1969-02", Ok(("1969-02-01", "1969-02-28"))),
            ("1969", Ok(("1969-01-01", "1969-12-31"))),
            ("9999", Ok(("9999-01-01", "9999-12-31"))),
            ("69", Err(())),
            ("1969-13", Err(())),
            ("", Err(())),
        ];
        for (text, expected) in cases {
            let found = parse_span(text).map(|(a, b)| (a.to_string(), b.to_string())).map_err(drop);
            let expected = expected.map(|(a, b)| (a.to_owned(), b.to_owned()));
            assert_eq!(found, expected, "input {text:?}");
        }
    }
}
