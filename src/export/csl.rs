//! CSL-JSON: the sources of a selection, each once, for Zotero, Pandoc and
//! every program that cites by the Citation Style Language.

use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::cited::cited;
use crate::export::text::{host, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};

#[derive(Serialize)]
struct Item<'g> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'g str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    note: String,
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    date_parts: [(i16, i8, i8); 1],
}

pub(super) fn write(graph: &EventGraph, selection: &Selection, out: &mut dyn Write) -> Result<()> {
    out.write_all(b"[").map_err(write_error)?;
    for (at, source) in cited(graph, selection).into_iter().enumerate() {
        out.write_all(if at > 0 { b",\n" } else { b"\n" }).map_err(write_error)?;
        let item = Item {
            id: source.key(),
            kind: "webpage",
            title: source.title(),
            publisher: host(source.url),
            url: web_address(source.url),
            issued: source.day().map(|date| Issued { date_parts: [date.ymd()] }),
            note: source.note(graph),
        };
        serde_json::to_writer(&mut *out, &item).map_err(|cause| write_error(cause.into()))?;
    }
    out.write_all(b"\n]\n").map_err(write_error)
}
