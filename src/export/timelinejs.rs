//! TimelineJS: the JSON of Knight Lab's timeline, for a page of one's own.
//!
//! Its texts are HTML, so what a page says is escaped. An event without a date
//! has no place in it and is left out; the command line says how many.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::cited::named;
use crate::export::json_rows::{value, write_items};
use crate::export::records::{self, SourceRecord, is_article};
use crate::export::text::{Html, html, one_line, stable_id, web_address};
use crate::export::{words, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::escape::escaped;
use crate::model::{Date, EventId};

#[derive(Serialize)]
struct Slide<'g> {
    start_date: StartDate,
    text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<Media<'g>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    unique_id: String,
}

#[derive(Serialize)]
struct StartDate {
    year: i16,
    month: i8,
    day: i8,
}

#[derive(Serialize)]
struct Text {
    headline: String,
    text: String,
}

#[derive(Serialize)]
struct Media<'g> {
    url: Cow<'g, str>,
    credit: String,
}

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    let dated = |event| Some((event, graph.date(event)?));
    let mut work = || {
        out.write_all(b"{\"scale\":\"human\",\"events\":[")?;
        write_items(out, selection.events(graph).filter_map(dated), |row, (event, date)| {
            value(row, &slide(graph, event, date));
        })?;
        out.write_all(b"]}\n")
    };
    work().map_err(write_error)
}

fn slide(graph: &EventGraph, event: EventId, date: Date) -> Slide<'_> {
    let (year, month, day) = date.ymd();
    let sources = records::sources(graph, event);
    let image = sources.iter().filter(|source| !is_article(source.kind));
    let mut media = image.filter_map(|source| {
        let credit = escaped::<Html>(&one_line(source.name));
        Some(Media { url: web_address(source.url)?, credit })
    });
    Slide {
        start_date: StartDate { year, month, day },
        text: Text {
            headline: escaped::<Html>(&words::title(graph, event)),
            text: body(graph, event, &sources),
        },
        media: media.next(),
        group: graph.lead_topic(event).map(|id| escaped::<Html>(&words::topic(graph, id))),
        unique_id: format!("event-{}", stable_id(graph.key(event))),
    }
}

/// The summary and the sources, as HTML.
fn body(graph: &EventGraph, event: EventId, sources: &[SourceRecord<'_>]) -> String {
    let mut body = String::new();
    for paragraph in words::paragraphs(graph, event) {
        body += &format!("<p>{}</p>", html(&paragraph));
    }
    let articles = sources.iter().filter(|source| is_article(source.kind));
    let items = articles.map(|source| {
        let name = named(source.name, source.url);
        match web_address(source.url) {
            Some(url) => format!("<li><a href=\"{}\">{}</a></li>", html(&url), html(&name)),
            None => format!("<li>{}</li>", html(&name)),
        }
    });
    let items: String = items.collect();
    if !items.is_empty() {
        body += &format!("<ul>{items}</ul>");
    }
    body
}
