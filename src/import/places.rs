//! Where events stand in an exported file, so that another picture can keep
//! them there.
//!
//! Reads what Threadline writes: node-link JSON with `x` and `y`, and GEXF with
//! `viz:position`, also as Gephi saves it again. All else in the file is passed
//! over.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use serde::Deserialize;

use crate::error::{Error, ErrorKind, Result};

/// The places of events by key, from a file in JSON or GEXF.
///
/// # Errors
/// If the file cannot be read, is neither of the two, or holds no place.
///
/// # Complexity
/// Time linear in the size of the file.
pub fn read_places(path: &Path) -> Result<BTreeMap<String, [f64; 2]>> {
    let fail = |cause| Error::io(path, "cannot read the file", cause);
    let mut file = BufReader::new(File::open(path).map_err(fail)?);
    let begin = file.fill_buf().map_err(fail)?;
    let mark = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin);
    let places = match mark.iter().find(|byte| !byte.is_ascii_whitespace()) {
        Some(b'{') => of_json(file),
        Some(b'<') => of_gexf(file),
        _ => Err("it is neither JSON nor GEXF".to_owned()),
    };
    let bad = |message| Error::new(ErrorKind::Input, message).at(path);
    let places =
        places.map_err(|reason| bad(format!("cannot read the places of events: {reason}")))?;
    if places.is_empty() {
        let message = "no event has a place in this file; an export with a layout has them";
        return Err(bad(message.to_owned()));
    }
    Ok(places)
}

type Places = BTreeMap<String, [f64; 2]>;

#[derive(Deserialize)]
struct Export {
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    id: String,
    x: Option<f64>,
    y: Option<f64>,
}

fn of_json(file: impl BufRead) -> Result<Places, String> {
    let export: Export = serde_json::from_reader(file).map_err(|error| error.to_string())?;
    let place = |node: Node| Some((node.id, [node.x?, node.y?]));
    Ok(export.nodes.into_iter().filter_map(place).collect())
}

fn of_gexf(file: impl BufRead) -> Result<Places, String> {
    let mut reader = Reader::from_reader(file);
    let mut places = Places::new();
    let (mut buffer, mut key) = (Vec::new(), None);
    loop {
        match reader.read_event_into(&mut buffer).map_err(|error| error.to_string())? {
            Event::Start(element) | Event::Empty(element) => match element.local_name().as_ref() {
                "node" => key = attribute(&element, "id"),
                "position" => {
                    let at = |name| attribute(&element, name)?.parse::<f64>().ok();
                    if let (Some(key), Some(x), Some(y)) = (key.take(), at("x"), at("y")) {
                        places.insert(key, [x, y]);
                    }
                }
                _ => {}
            },
            Event::Eof => return Ok(places),
            _ => {}
        }
        buffer.clear();
    }
}

/// The value of an attribute, if the element has it.
fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = element.try_get_attribute(name).ok()??;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}
