//! TimelineJS: the JSON of Knight Lab's timeline, for a page of one's own.
//!
//! Its texts are HTML, so what a page says is escaped. An event without a date
//! has no place in it and is left out; the command line says how many.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::records::{self, SourceRecord};
use crate::export::text::{Html, one_line, stable_id, web_address};
use crate::export::{words, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::{Date, EventId};

#[derive(Serialize)]
struct Slide {
    start_date: StartDate,
    text: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<Media>,
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
struct Media {
    url: String,
    credit: String,
}

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    out.write_all(b"{\"scale\":\"human\",\"events\":[").map_err(write_error)?;
    let mut separator: &[u8] = b"\n";
    for event in selection.events(graph) {
        let Some(date) = graph.date(event) else { continue };
        out.write_all(separator).map_err(write_error)?;
        separator = b",\n";
        serde_json::to_writer(&mut *out, &slide(graph, event, date))
            .map_err(|cause| write_error(cause.into()))?;
    }
    out.write_all(b"\n]}\n").map_err(write_error)
}

fn slide(graph: &EventGraph, event: EventId, date: Date) -> Slide {
    let (year, month, day) = date.ymd();
    let sources = records::sources(graph, event);
    let image = sources.iter().filter(|source| source.kind == "image");
    let mut media = image.filter_map(|source| {
        let credit = Html(&one_line(source.name)).to_string();
        Some(Media { url: web_address(source.url)?, credit })
    });
    Slide {
        start_date: StartDate { year, month, day },
        text: Text {
            headline: Html(&words::title(graph, event)).to_string(),
            text: body(graph, event, &sources),
        },
        media: media.next(),
        group: graph.lead_topic(event).map(|topic| Html(&words::topic(graph, topic)).to_string()),
        unique_id: format!("event-{}", stable_id(graph.key(event))),
    }
}

/// The summary and the sources, as HTML.
fn body(graph: &EventGraph, event: EventId, sources: &[SourceRecord<'_>]) -> String {
    let mut html = String::new();
    for paragraph in words::paragraphs(graph, event) {
        html.push_str(&format!("<p>{}</p>", Html(&paragraph)));
    }
    let articles = sources.iter().filter(|source| source.kind == "article");
    let items: String = articles
        .map(|source| {
            let name = one_line(source.name);
            let name = if name.is_empty() { one_line(source.url) } else { name };
            match web_address(source.url) {
                Some(url) => format!("<li><a href=\"{}\">{}</a></li>", Html(&url), Html(&name)),
                None => format!("<li>{}</li>", Html(&name)),
            }
        })
        .collect();
    if !items.is_empty() {
        html.push_str(&format!("<ul>{items}</ul>"));
    }
    html
}
