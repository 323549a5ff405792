//! Node-link JSON, ours or NetworkX's.
//!
//! What is odd about a row is left out and reported with its line; only what is no
//! JSON at all cannot be read. Other JSON graphs are told apart and named.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::{About, EventGraph};
use crate::import::rows::{EventRow, LinkRow, Place, Rows};
use crate::model::join_names;

/// Builds the graph of a JSON file in node-link form: `nodes`, and `edges` or
/// `links`, as Threadline, NetworkX and D3 write it.
///
/// # Errors
/// If the file cannot be read, is no JSON, or has no nodes.
///
/// # Complexity
/// Time linear in the size of the file, which is in memory while it is read.
pub fn read_node_link(path: &Path) -> Result<EventGraph> {
    let bytes = std::fs::read(path).map_err(|cause| Error::io(path, "cannot read it", cause))?;
    let text = std::str::from_utf8(&bytes).map_err(|cause| {
        let line = memchr::memchr_iter(b'\n', &bytes[..cause.valid_up_to()]).count() + 1;
        Error::new(ErrorKind::Input, format!("line {line} is not UTF-8")).at(path)
    })?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        let message = "this is no JSON object; graphs are read in node-link form";
        return Err(Error::new(ErrorKind::Input, message).at(path));
    }
    let document: Document<'_> = serde_json::from_str(text).map_err(|cause| {
        let message = "this is no JSON in node-link form";
        Error::new(ErrorKind::Input, message).at(path).because(cause)
    })?;
    let Some(nodes) = document.nodes else {
        let message = "it has no `nodes`: of JSON graphs, those in node-link form are read \
                       (`nodes` and `edges`)";
        return Err(Error::new(ErrorKind::Input, message).at(path));
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let mut lines = Lines { text, counted: (0, 1) };
    let mut rows = Rows::default();
    for raw in nodes {
        let place = Place { file: &file, line: lines.of(raw) };
        NODE.take_in(&mut rows, raw.get(), place);
    }
    for raw in document.edges.or(document.links).unwrap_or_default() {
        let place = Place { file: &file, line: lines.of(raw) };
        EDGE.take_in(&mut rows, raw.get(), place);
    }
    let ours = document.graph.and_then(|graph| serde_json::from_str::<Ours>(graph.get()).ok());
    rows.finish(ours.and_then(|ours| ours.archive))
}

#[derive(Deserialize)]
struct Document<'a> {
    #[serde(borrow)]
    nodes: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    edges: Option<Vec<&'a RawValue>>,
    /// What NetworkX called them before 3.4, and D3 still does.
    #[serde(borrow)]
    links: Option<Vec<&'a RawValue>>,
    #[serde(borrow)]
    graph: Option<&'a RawValue>,
}

/// What Threadline says of the archive.
#[derive(Deserialize)]
struct Ours {
    archive: Option<About>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Node<'a> {
    #[serde(borrow)]
    id: Text<'a>,
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    date: Text<'a>,
    #[serde(borrow)]
    title: Option<Text<'a>>,
    #[serde(borrow)]
    label: Option<Text<'a>>,
    #[serde(borrow)]
    name: Option<Text<'a>>,
    #[serde(borrow)]
    summary: Text<'a>,
    #[serde(borrow)]
    lead_topic: Text<'a>,
    topics: Names,
    #[serde(borrow)]
    present: Text<'a>,
    #[serde(borrow)]
    page: Text<'a>,
    #[serde(borrow)]
    sources: Option<Vec<Source<'a>>>,
    #[serde(borrow)]
    revisions: Option<Vec<Revision<'a>>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Source<'a> {
    #[serde(borrow)]
    name: Text<'a>,
    #[serde(borrow)]
    url: Text<'a>,
    #[serde(borrow)]
    kind: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Revision<'a> {
    #[serde(borrow)]
    key: Text<'a>,
    #[serde(borrow)]
    title: Text<'a>,
    #[serde(borrow)]
    seen: Text<'a>,
    #[serde(borrow)]
    kind: Text<'a>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Edge<'a> {
    #[serde(borrow)]
    source: Text<'a>,
    #[serde(borrow)]
    target: Text<'a>,
    #[serde(borrow)]
    rank: Text<'a>,
    topics: Names,
    #[serde(borrow)]
    line: Text<'a>,
}

/// What rows are of.
struct Kind {
    name: &'static str,
    /// Whether a text is such a row, or what is odd about it.
    fits: fn(&str) -> Result<(), String>,
    take: fn(&mut Rows, &str, Place<'_>) -> Result<(), String>,
}

const NODE: Kind = Kind {
    name: "node",
    fits: |text| row::<Node<'_>>(text).map(drop),
    take: |rows, text, place| row(text).map(|node| take_node(rows, &node, place)),
};

const EDGE: Kind = Kind {
    name: "link",
    fits: |text| row::<Edge<'_>>(text).map(drop),
    take: |rows, text, place| row(text).map(|edge| take_edge(rows, &edge, place)),
};

impl Kind {
    /// Takes in a row; of an odd one what can be read: one odd attribute loses no event.
    fn take_in(&self, rows: &mut Rows, text: &str, place: Place<'_>) {
        let Err(cause) = (self.take)(rows, text, place) else { return };
        let readable = match serde_json::from_str::<BTreeMap<String, &RawValue>>(text) {
            Ok(fields) => self.readable(rows, fields, place),
            Err(_) => String::new(),
        };
        if (self.take)(rows, &readable, place).is_err() {
            rows.bad_row(place, format!("a {} was left out: {cause}", self.name));
        }
    }

    /// A row of those fields that can be read; each other one is a problem.
    fn readable(
        &self,
        rows: &mut Rows,
        fields: BTreeMap<String, &RawValue>,
        place: Place<'_>,
    ) -> String {
        let mut kept = Vec::new();
        for (name, value) in fields {
            let field = format!("{}:{value}", serde_json::Value::from(name.as_str()));
            match (self.fits)(&format!("{{{field}}}")) {
                Ok(()) => kept.push(field),
                Err(cause) => {
                    let message = format!("`{name}` of a {} was left out: {cause}", self.name);
                    rows.bad_row(place, message);
                }
            }
        }
        format!("{{{}}}", kept.join(","))
    }
}

/// One row as what it should be, or what is odd about it.
fn row<'a, T: Deserialize<'a>>(row: &'a str) -> Result<T, String> {
    // Serde would take a list for the fields in order.
    if !row.starts_with('{') {
        return Err("an object was expected".to_owned());
    }
    serde_json::from_str(row).map_err(|cause| {
        // Its line is counted from the row's beginning.
        let text = cause.to_string();
        text.split(" at line ").next().unwrap_or_default().to_owned()
    })
}

fn take_node(rows: &mut Rows, node: &Node<'_>, place: Place<'_>) {
    let key = if node.key.0.is_empty() { &node.id.0 } else { &node.key.0 };
    let title = node.title.as_ref().or(node.label.as_ref()).or(node.name.as_ref());
    let row = EventRow {
        key,
        date: &node.date.0,
        title: title.map(|title| &*title.0),
        summary: &node.summary.0,
        lead_topic: &node.lead_topic.0,
        topics: &node.topics.0,
        present: &node.present.0,
        page: &node.page.0,
    };
    if !rows.event(row, place) {
        return;
    }
    for source in node.sources.iter().flatten() {
        rows.source(key, &source.name.0, &source.url.0, &source.kind.0, place);
    }
    for revision in node.revisions.iter().flatten() {
        let wording = (&*revision.key.0, &*revision.title.0);
        rows.revision(key, wording, &revision.seen.0, &revision.kind.0, place);
    }
}

fn take_edge(rows: &mut Rows, edge: &Edge<'_>, place: Place<'_>) {
    let row = LinkRow {
        source: &edge.source.0,
        target: &edge.target.0,
        rank: &edge.rank.0,
        topics: &edge.topics.0,
        line: &edge.line.0,
    };
    rows.link(row, place);
}

/// Lines of rows, counted on from row to row.
struct Lines<'a> {
    text: &'a str,
    counted: (usize, u32),
}

impl Lines<'_> {
    /// The line in which a piece of the text begins. Pieces come in order, but
    /// for links that stand before the nodes.
    fn of(&mut self, raw: &RawValue) -> u32 {
        let at = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        if at < self.counted.0 {
            self.counted = (0, 1);
        }
        let (from, line) = self.counted;
        if let Some(passed) = self.text.as_bytes().get(from..at) {
            let lines = memchr::memchr_iter(b'\n', passed).count();
            let lines = u32::try_from(lines).unwrap_or(u32::MAX);
            self.counted = (at, line.saturating_add(lines));
        }
        self.counted.1
    }
}

/// A text; a number or a truth value as it is written; null is empty.
#[derive(Default)]
struct Text<'a>(Cow<'a, str>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text, a number or nothing")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_bool<E>(self, value: bool) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(if value { "true" } else { "false" })))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(value.to_string())))
            }

            fn visit_unit<E>(self) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed("")))
            }
        }

        deserializer.deserialize_any(TextVisitor)
    }
}

/// Names in a list, joined by `|`; or a text in which they are.
#[derive(Default)]
struct Names(String);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = <&RawValue>::deserialize(deserializer)?.get();
        let names = if raw.starts_with('[') {
            serde_json::from_str::<Vec<Text<'_>>>(raw).map(|names| {
                let told = names.iter().map(|name| &*name.0).filter(|name| !name.is_empty());
                join_names(told)
            })
        } else {
            serde_json::from_str::<Text<'_>>(raw).map(|names| names.0.into_owned())
        };
        names.map(Self).map_err(D::Error::custom)
    }
}
