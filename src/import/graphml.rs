//! GraphML, ours or another program's.
//!
//! Follows the GraphML specification (graphml.graphdrawing.org): keys with
//! their defaults, nodes and edges at any depth. Hyperedges and ports are
//! passed over.

use std::path::Path;

use crate::error::Result;
use crate::graph::EventGraph;
use crate::import::xml::{self, Declared, Element, Item, Token, Tokens};

/// Builds the graph of a GraphML file.
///
/// An event's key is its attribute `key`, or else the node's id; title, date,
/// topics and the rest are the attributes that `docs/formats.md` names.
///
/// # Errors
/// If the file cannot be read or is no well-formed XML.
///
/// # Complexity
/// Time linear in the size of the file, which is in memory while it is read.
pub fn read_graphml(path: &Path) -> Result<EventGraph> {
    xml::read(path, items)
}

fn items(tokens: &mut Tokens<'_>, found: &mut dyn FnMut(Item, u32)) -> Result<()> {
    let mut declared: Vec<Declared> = Vec::new();
    // Nodes can hold graphs with nodes.
    let mut open: Vec<(Item, u32)> = Vec::new();
    // The text of a `<data>` or `<default>`, and the id of its key.
    let mut text: Option<(String, String)> = None;
    while let Some(token) = tokens.next()? {
        match token {
            Token::Open(element) => match element.name.as_str() {
                "key" => declared.push(key(&element)),
                "node" => open.push((Item::node(&element), tokens.line())),
                "edge" => open.push((Item::edge(&element), tokens.line())),
                "data" => text = Some((element.attribute("key").to_owned(), String::new())),
                "default" => text = Some((String::new(), String::new())),
                _ => {}
            },
            Token::Text(part) => {
                if let Some((_, text)) = &mut text {
                    text.push_str(&part);
                }
            }
            Token::Close(name) => match name.as_str() {
                "data" => {
                    if let (Some((id, value)), Some((item, _))) = (text.take(), open.last_mut()) {
                        xml::add_value(item, &declared, &id, value);
                    }
                }
                "default" => {
                    if let (Some((_, value)), Some(key)) = (text.take(), declared.last_mut()) {
                        key.default = Some(value);
                    }
                }
                "node" | "edge" => xml::close(open.pop(), &declared, found),
                _ => {}
            },
        }
    }
    Ok(())
}

fn key(element: &Element) -> Declared {
    let name = match element.attribute("attr.name") {
        "" => element.attribute("id"),
        name => name,
    };
    let of = match element.attribute("for") {
        "" => "all",
        of => of,
    };
    Declared {
        of: of.to_owned(),
        id: element.attribute("id").to_owned(),
        name: name.to_owned(),
        default: None,
    }
}
