//! GEXF, ours or another program's.
//!
//! Follows gexf.net/schema.html, versions 1.1 to 1.3: attributes by class with
//! their defaults, nodes at any depth. Spells, slices and `viz:` are passed
//! over; a node's `start` is its date if it is a day.

use std::path::Path;

use crate::error::Result;
use crate::graph::EventGraph;
use crate::import::rows::day_of;
use crate::import::xml::{self, Declared, Element, Item, Token, Tokens};

/// Builds the graph of a GEXF file.
///
/// An event's key is its attribute `key`, or else the node's id; its title is the
/// attribute `title`, or else the node's label; date, topics and the rest are the
/// attributes that `docs/formats.md` names.
///
/// # Errors
/// If the file cannot be read or is no well-formed XML.
///
/// # Complexity
/// Time linear in the size of the file, which is in memory while it is read.
pub fn read_gexf(path: &Path) -> Result<EventGraph> {
    xml::read(path, items)
}

fn items(tokens: &mut Tokens<'_>, found: &mut dyn FnMut(Item, u32)) -> Result<()> {
    let mut declared: Vec<Declared> = Vec::new();
    let mut class = String::new();
    let mut open: Vec<(Item, u32)> = Vec::new();
    let mut default: Option<String> = None;
    while let Some(token) = tokens.next()? {
        match token {
            Token::Open(element) => match element.name.as_str() {
                "attributes" => class = element.attribute("class").to_owned(),
                "attribute" => declared.push(Declared {
                    of: class.clone(),
                    id: element.attribute("id").to_owned(),
                    name: element.attribute("title").to_owned(),
                    default: None,
                }),
                "default" => default = Some(String::new()),
                "node" => open.push((opened(Item::node(&element), &element), tokens.line())),
                "edge" => open.push((opened(Item::edge(&element), &element), tokens.line())),
                "attvalue" => {
                    let Some((item, _)) = open.last_mut() else { continue };
                    // Version 1.1 and 1.2 drafts say `id` where later ones say `for`.
                    let id = match element.attribute("for") {
                        "" => element.attribute("id"),
                        id => id,
                    };
                    let value = element.attribute("value").to_owned();
                    xml::add_value(item, &declared, id, value);
                }
                _ => {}
            },
            Token::Text(part) => {
                if let Some(text) = &mut default {
                    text.push_str(&part);
                }
            }
            Token::Close(name) => match name.as_str() {
                "default" => {
                    if let Some(attribute) = declared.last_mut() {
                        attribute.default = default.take().map(|text| text.trim().to_owned());
                    }
                }
                "node" | "edge" => xml::close(open.pop(), &declared, found),
                _ => {}
            },
        }
    }
    Ok(())
}

/// A node or an edge with what its element says beside its ends.
fn opened(mut item: Item, element: &Element) -> Item {
    let mut push = |name: &str, value: &str| {
        item.attributes.push((name.to_owned(), value.to_owned()));
    };
    let label = element.attribute("label");
    if element.name == "node" || !label.is_empty() {
        push("label", label);
    }
    // `3.0` is no day.
    let start = element.attribute("start");
    if day_of(start).is_some() {
        push("start", start);
    }
    item
}
