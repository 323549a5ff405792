//! CSL-JSON: the sources of a selection, each once, for Zotero, Pandoc and
//! every program that cites by the Citation Style Language.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;

use crate::error::Result;
use crate::export::cited::{Cited, cited};
use crate::export::json_rows::{value, write_items};
use crate::export::text::{host, web_address};
use crate::export::write_error;
use crate::graph::{EventGraph, Selection};

#[derive(Serialize)]
struct Item<'g> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    title: Cow<'g, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    publisher: Option<&'g str>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<Cow<'g, str>>,
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
    let sources = cited(graph, selection);
    let mut work = || {
        out.write_all(b"[")?;
        write_items(out, sources.iter(), |row, source| value(row, &item(graph, source)))?;
        out.write_all(b"]\n")
    };
    work().map_err(write_error)
}

fn item<'g>(graph: &EventGraph, source: &'g Cited<'_>) -> Item<'g> {
    Item {
        id: source.key(),
        kind: "webpage",
        title: source.title(),
        publisher: host(source.url),
        url: web_address(source.url),
        issued: source.day().map(|date| Issued { date_parts: [date.ymd()] }),
        note: source.note(graph),
    }
}
