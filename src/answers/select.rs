//! Which events a question is about: the same words in every question.

use serde::Deserialize;
use serde::Deserializer;

use crate::analysis::{StoryOptions, find_event, stories};
use crate::answers::ask::read;
use crate::answers::clusters::usual_clusters;
use crate::answers::saga::find_saga;
use crate::answers::words::quoted_title;
use crate::error::{Error, ErrorKind, Result, Sentence};
use crate::export::Format;
use crate::graph::{EventGraph, SelectOptions, Selection};
use crate::model::{Date, EventId, plain_name};

/// Which events to look at; everything given must hold. The default is all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Select {
    /// Events with all of these topics.
    pub topic: Vec<String>,
    /// Events from this day on; of a month or a year, from its first day.
    #[serde(deserialize_with = "from_text")]
    pub from: Option<Date>,
    /// Events until this day; of a month or a year, until its last day.
    #[serde(deserialize_with = "until_text")]
    pub until: Option<Date>,
    /// Events around the one of this name.
    pub around: Option<String>,
    /// How many links around it; without a number, one.
    pub hops: Option<u32>,
    /// Events of one cluster, by its number in the usual answer of `clusters`.
    pub cluster: Option<usize>,
    /// Events of one story, by its number in the usual answer of `stories`.
    pub story: Option<usize>,
    /// Events of the stories of one saga: its number in the usual answer of
    /// `stories`, or a part of its name.
    pub saga: Option<String>,
    /// Events that have a page of their own.
    pub present_only: bool,
}

impl Select {
    /// What a JSON object asks for, with this type's fields.
    ///
    /// # Errors
    /// If a field is not known or has a value that makes no sense.
    pub fn from_json(json: &str) -> Result<Self> {
        read("the selection", json)
    }

    /// The selected events of a graph.
    ///
    /// # Errors
    /// If a name means nothing in this graph, or several sagas, if there is no
    /// cluster, story or saga of that number, if two of them are asked for, if the
    /// span ends before it begins, or if the graph's links are damaged.
    pub fn selection(&self, graph: &EventGraph) -> Result<Selection> {
        let groups = [self.cluster.is_some(), self.story.is_some(), self.saga.is_some()];
        if groups.iter().filter(|&&given| given).count() > 1 {
            let message = "of a story, a saga and a cluster only one can be selected at once";
            return Err(Error::new(ErrorKind::Input, message));
        }
        if self.hops.is_some() && self.around.is_none() {
            let message = Sentence::default().option("hops");
            let message = message.text(" says how far around an event; name it with ");
            let message = message.option("around");
            return Err(Error::new(ErrorKind::Input, message));
        }
        let around = match &self.around {
            Some(name) => Some((find_event(graph, name)?, self.hops.unwrap_or(1))),
            None => None,
        };
        let only = match (self.story, &self.saga) {
            (Some(number), _) => Some(events_of_story(graph, number)?),
            (None, Some(name)) => Some(events_of_saga(graph, name)?),
            (None, None) => self.events_of_cluster(graph)?,
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

    /// All events of the span that is asked for, whatever else is selected:
    /// what a selection is held against.
    ///
    /// # Errors
    /// If the span ends before it begins.
    pub fn span(&self, graph: &EventGraph) -> Result<Selection> {
        let (from, until) = (self.from, self.until);
        Selection::new(graph, &SelectOptions { from, until, ..SelectOptions::default() })
    }

    /// What the selected events are, in a few words; `None` if all are.
    pub fn name(&self, graph: &EventGraph) -> Option<String> {
        let mut parts: Vec<String> =
            self.topic.iter().map(|topic| plain_name(topic).into_owned()).collect();
        if let Some(event) = self.around.as_ref().and_then(|name| find_event(graph, name).ok()) {
            parts.push(format!("around {}", quoted_title(graph, event, 60)));
        }
        parts.extend(self.name_of_stories(graph));
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

    /// The story or the saga that is selected: `story 3 (汶川大地震)`.
    fn name_of_stories(&self, graph: &EventGraph) -> Option<String> {
        let stories = || stories(graph, StoryOptions::default()).ok();
        if let Some(number) = self.story {
            let stories = stories()?;
            let story = &stories.all()[stories.place_of(number).ok()?];
            return Some(format!("story {number} ({})", stories.name(story)));
        }
        let (wanted, stories) = (self.saga.as_ref()?, stories()?);
        let place = find_saga(&stories, wanted).ok()?;
        let name = stories.saga_name(&stories.sagas()[place]);
        Some(format!("saga {} ({name})", place + 1))
    }

    /// The name for a format that bears a title; for others nothing, since to name a
    /// story takes finding the stories.
    pub fn title(&self, graph: &EventGraph, format: Format) -> String {
        let name = if format.is_titled() { self.name(graph) } else { None };
        name.unwrap_or_default()
    }

    fn events_of_cluster(&self, graph: &EventGraph) -> Result<Option<Vec<EventId>>> {
        let Some(number) = self.cluster else {
            return Ok(None);
        };
        let parts = usual_clusters(graph, &Selection::all(graph))?;
        if number == 0 || number > parts.len() {
            let message = format!("there are clusters 1 to {}, and no {number}", parts.len());
            return Err(Error::new(ErrorKind::NotFound, message));
        }
        Ok(Some(parts.events(number - 1).collect()))
    }
}

/// The events of a story, by the number that people see.
fn events_of_story(graph: &EventGraph, number: usize) -> Result<Vec<EventId>> {
    let stories = stories(graph, StoryOptions::default())?;
    let place = stories.place_of(number)?;
    Ok(stories.all()[place].events.clone())
}

/// The events of the stories of a saga, by the number or the name that people see.
fn events_of_saga(graph: &EventGraph, name: &str) -> Result<Vec<EventId>> {
    let stories = stories(graph, StoryOptions::default())?;
    let saga = &stories.sagas()[find_saga(&stories, name)?];
    let events = saga.stories.iter().flat_map(|&place| &stories.all()[place].events);
    Ok(events.copied().collect())
}

/// The day that a text means; of a month or a year the first.
///
/// # Errors
/// One sentence, if it is no date.
pub fn parse_from(text: &str) -> Result<Date, String> {
    Ok(parse_span(text)?.0)
}

/// The day that a text means; of a month or a year the last.
///
/// # Errors
/// One sentence, if it is no date.
pub fn parse_until(text: &str) -> Result<Date, String> {
    Ok(parse_span(text)?.1)
}

/// The first and the last day of a day, a month or a year.
///
/// # Errors
/// One sentence, if it is no date.
pub fn parse_span(text: &str) -> Result<(Date, Date), String> {
    let span = Date::parse_span(text);
    span.ok_or_else(|| format!("`{text}` is no date; write 1969-07-20, 1969-07 or 1969"))
}

/// For serde: an optional text as the first day that it means.
fn from_text<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Date>, D::Error> {
    read_with(text, parse_from)
}

fn until_text<'de, D: Deserializer<'de>>(text: D) -> Result<Option<Date>, D::Error> {
    read_with(text, parse_until)
}

/// For serde: an optional text as the first and the last day that it means.
pub(super) fn span_text<'de, D: Deserializer<'de>>(
    text: D,
) -> Result<Option<(Date, Date)>, D::Error> {
    read_with(text, parse_span)
}

fn read_with<'de, D: Deserializer<'de>, T>(
    text: D,
    parse: fn(&str) -> Result<T, String>,
) -> Result<Option<T>, D::Error> {
    let text: Option<String> = Option::deserialize(text)?;
    text.map(|text| parse(&text).map_err(serde::de::Error::custom)).transpose()
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
