//! What GraphML and GEXF have in common: XML tokens with their lines, and
//! nodes and links with named attributes, which become an event graph.
//!
//! Entities that a document defines itself are not expanded, so a file cannot
//! grow in memory; external ones are never opened.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::EventGraph;
use crate::import::rows::{EventRow, LinkRow, Place, Rows};
use crate::model::{Code, Problem, join_names, split_names};

/// A piece of an XML document; namespaces' prefixes are left out of names.
pub(super) enum Token<'a> {
    Open(Element),
    /// The end of an element of this name.
    Close(String),
    /// A stretch of text; one text may come in several.
    Text(Cow<'a, str>),
}

/// An opening tag.
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute; empty if it is missing.
    pub(super) fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.iter().find(|(found, _)| *found == name);
        found.map_or("", |(_, value)| value)
    }
}

/// The tokens of a document, one after the other.
pub(super) struct Tokens<'a> {
    reader: Reader<&'a [u8]>,
    text: &'a str,
    /// How far lines have been counted, and to which.
    counted: (usize, u32),
    /// The elements that are open, to find an end that is missing.
    open: usize,
    /// The `<graph>`s so far.
    graphs: usize,
}

impl<'a> Tokens<'a> {
    fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, text, counted: (0, 1), open: 0, graphs: 0 }
    }

    /// The next token; `None` at the end.
    ///
    /// # Errors
    /// If it is no well-formed XML, with the line.
    pub(super) fn next(&mut self) -> Result<Option<Token<'a>>> {
        loop {
            let event = self.reader.read_event().map_err(|cause| {
                let line = self.line_of(self.reader.error_position());
                broken(line, &cause.to_string())
            })?;
            return Ok(Some(match event {
                Event::Start(start) => {
                    self.open += 1;
                    let element = self.element(&start)?;
                    self.graphs += usize::from(element.name == "graph");
                    Token::Open(element)
                }
                Event::End(end) => {
                    self.open = self.open.saturating_sub(1);
                    Token::Close(end.local_name().into_inner().to_owned())
                }
                Event::Text(text) => Token::Text(text.xml10_content()),
                Event::CData(text) => Token::Text(text.xml10_content()),
                Event::GeneralRef(reference) => Token::Text(match reference.resolve_char_ref() {
                    Ok(Some(c)) => Cow::Owned(c.to_string()),
                    Ok(None) => match resolve_predefined_entity(&reference) {
                        Some(text) => Cow::Borrowed(text),
                        None => Cow::Owned(format!("&{};", &*reference)),
                    },
                    Err(_) => Cow::Borrowed("\u{fffd}"),
                }),
                Event::Eof if self.open > 0 => {
                    let line = self.line_of(self.text.len() as u64);
                    return Err(broken(line, "it ends before its elements do"));
                }
                Event::Eof => return Ok(None),
                Event::Empty(_)
                | Event::Comment(_)
                | Event::Decl(_)
                | Event::PI(_)
                | Event::DocType(_) => continue,
            }));
        }
    }

    /// The line of what was read last.
    pub(super) fn line(&mut self) -> u32 {
        self.line_of(self.reader.buffer_position())
    }

    fn element(&mut self, start: &BytesStart<'_>) -> Result<Element> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute
                .map_err(|cause| broken(self.line(), &format!("an attribute: {cause}")))?;
            // An entity that is not known leaves the text as it is written.
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            let value = value.unwrap_or_else(|_| attribute.value.clone());
            let name = attribute.key.local_name().into_inner().to_owned();
            attributes.push((name, value.into_owned()));
        }
        Ok(Element { name: start.local_name().into_inner().to_owned(), attributes })
    }

    fn line_of(&mut self, position: u64) -> u32 {
        let position = usize::try_from(position).unwrap_or(usize::MAX).min(self.text.len());
        let (from, line) = self.counted;
        if position > from {
            let lines = memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..position]).count();
            self.counted =
                (position, line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX)));
        }
        self.counted.1
    }
}

/// A node or a link, with its attributes by name.
pub(super) struct Item {
    /// The two ends, of a link.
    pub(super) ends: Option<(String, String)>,
    /// The id of a node.
    pub(super) id: String,
    pub(super) attributes: Vec<(String, String)>,
}

impl Item {
    pub(super) fn node(element: &Element) -> Self {
        Self { ends: None, id: element.attribute("id").to_owned(), attributes: Vec::new() }
    }

    pub(super) fn edge(element: &Element) -> Self {
        let end = |name| element.attribute(name).to_owned();
        Self { ends: Some((end("source"), end("target"))), ..Self::node(element) }
    }

    /// The first attribute of one of these names that says something.
    fn any(&self, names: &[&str]) -> &str {
        let named = |name: &&str| {
            let found = self.attributes.iter().find(|(found, _)| found == name);
            found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
        };
        names.iter().find_map(named).unwrap_or_default()
    }

    fn has(&self, names: &[&str]) -> bool {
        self.attributes.iter().any(|(found, _)| names.contains(&found.as_str()))
    }

    fn key(&self) -> &str {
        let keyed = self.attributes.iter().find(|(name, _)| name == "key");
        keyed.map_or(&self.id, |(_, key)| key)
    }
}

/// An attribute that a document declares.
pub(super) struct Declared {
    /// `node`, `edge`, or `all` of them.
    pub(super) of: String,
    pub(super) id: String,
    pub(super) name: String,
    /// The value of those that give none.
    pub(super) default: Option<String>,
}

impl Declared {
    fn is_of(&self, item: &Item) -> bool {
        self.of == "all" || self.of == if item.ends.is_some() { "edge" } else { "node" }
    }
}

/// Gives an item a value by the id that a declaration has; without one, the
/// id is the name.
pub(super) fn add_value(item: &mut Item, declared: &[Declared], id: &str, value: String) {
    let found = declared.iter().find(|declared| declared.id == id && declared.is_of(item));
    let name = found.map_or(id, |declared| &declared.name).to_owned();
    item.attributes.push((name, value));
}

/// An item that is whole, if there is one: with the defaults of what it has no
/// value for.
pub(super) fn close(
    open: Option<(Item, u32)>,
    declared: &[Declared],
    found: &mut dyn FnMut(Item, u32),
) {
    let Some((mut item, line)) = open else { return };
    for attribute in declared {
        let given = item.attributes.iter().any(|(name, _)| *name == attribute.name);
        if let (false, true, Some(default)) = (given, attribute.is_of(&item), &attribute.default) {
            item.attributes.push((attribute.name.clone(), default.clone()));
        }
    }
    found(item, line);
}

/// Takes a document apart into nodes and links.
pub(super) type Items = fn(&mut Tokens<'_>, &mut dyn FnMut(Item, u32)) -> Result<()>;

/// The graph of an XML file whose vocabulary `items` knows.
///
/// The document is gone through twice, nodes first, since a link may stand
/// before its ends.
pub(super) fn read(path: &Path, items: Items) -> Result<EventGraph> {
    let bytes = std::fs::read(path).map_err(|cause| Error::io(path, "cannot read it", cause))?;
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let mut rows = Rows::default();
    let text = String::from_utf8_lossy(&bytes);
    if let Cow::Owned(_) = text {
        let message = "the file is not UTF-8; what could not be read is U+FFFD";
        rows.push_problem(Problem::new(Code::NotUtf8, &*file, 0, message));
    }
    // Links name their ends by ids, which need not be the events' keys.
    let mut keys: HashMap<String, String> = HashMap::new();
    let mut nodes = |item: Item, line: u32| {
        let place = Place { file: &file, line };
        if item.ends.is_none() {
            event(&mut rows, &item, place);
            keys.insert(item.id.clone(), item.key().to_owned());
        }
    };
    let mut tokens = Tokens::new(&text);
    items(&mut tokens, &mut nodes).map_err(|error| error.at(path))?;
    if tokens.graphs == 0 {
        let message = "there is no graph in it; is it the kind of file that its name says?";
        return Err(Error::new(ErrorKind::Input, message).at(path));
    }
    let mut links = |item: Item, line: u32| {
        if let Some((source, target)) = &item.ends {
            let key = |id: &String| keys.get(id).unwrap_or(id).clone();
            link(&mut rows, &item, (&key(source), &key(target)), Place { file: &file, line });
        }
    };
    items(&mut Tokens::new(&text), &mut links).map_err(|error| error.at(path))?;
    rows.finish(None)
}

/// Takes in a node: the attributes that Threadline writes, or those that
/// other programs call so.
fn event(rows: &mut Rows, item: &Item, place: Place<'_>) {
    let key = item.key();
    let titled = item.has(&["title", "label", "name"]);
    let row = EventRow {
        key,
        date: item.any(&["date", "start"]),
        title: titled.then(|| item.any(&["title", "label", "name"])),
        summary: item.any(&["summary", "description"]),
        lead_topic: item.any(&["lead_topic"]),
        topics: item.any(&["topics"]),
        present: item.any(&["present"]),
        page: item.any(&["page"]),
    };
    if !rows.event(row, place) {
        return;
    }
    for url in split_names(item.any(&["sources"])) {
        rows.source(key, &url, &url, "article", place);
    }
}

/// Takes in a link; a label of another program is its topic.
fn link(rows: &mut Rows, item: &Item, (source, target): (&str, &str), place: Place<'_>) {
    let label = join_names(std::iter::once(item.any(&["label"])));
    let topics = if item.has(&["topics"]) { item.any(&["topics"]) } else { &label };
    let (rank, line) = (item.any(&["rank"]), item.any(&["line"]));
    rows.link(LinkRow { source, target, rank, topics, line }, place);
}

fn broken(line: u32, what: &str) -> Error {
    Error::new(ErrorKind::Input, format!("line {line}: no well-formed XML: {what}"))
}
