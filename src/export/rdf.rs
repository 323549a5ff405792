//! RDF: the same triples as Turtle, N-Triples and JSON-LD.
//!
//! Events are schema.org's, topics are SKOS concepts, where something stands
//! is PROV; a link is a resource of its own in a small vocabulary of ours
//! (`docs/threadline.ttl`). The triples are made here, the three
//! serialisations are those of oxigraph. Nothing is looked up and no network
//! is touched: names are made from keys, under a base.

use std::io::{self, Write};

use oxjsonld::{JsonLdSerializer, WriterJsonLdSerializer};
use oxrdf::vocab::{rdf, xsd};
use oxrdf::{GraphNameRef, LiteralRef, NamedNode, NamedNodeRef, TermRef, TripleRef};
use oxttl::ntriples::WriterNTriplesSerializer;
use oxttl::turtle::WriterTurtleSerializer;
use oxttl::{NTriplesSerializer, TurtleSerializer};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::error::{Error, ErrorKind, Result};
use crate::export::records::{self, is_article};
use crate::export::target::{Buffer, buffered};
use crate::export::{topics_of, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::in_xml;
use crate::model::{EventId, TopicId, variant_names};

/// What the names of all resources begin with, unless told otherwise: names
/// only, which lead nowhere.
pub const DEFAULT_BASE: &str = "urn:threadline:";

/// Whether names can be made under this base.
///
/// # Errors
/// If it is no absolute IRI (RFC 3987), or does not end with `/`, `:` or `#`,
/// so that the rest of a name would run into it.
pub fn check_base(base: &str) -> Result<()> {
    let fail = |why: String| {
        Err(Error::new(ErrorKind::Input, format!("`{base}` cannot be the base of names: {why}")))
    };
    match NamedNode::new(base) {
        Err(error) => fail(error.to_string()),
        Ok(_) if base.ends_with(['/', ':', '#']) => Ok(()),
        Ok(_) => fail("it has to end with `/`, `:` or `#`".to_owned()),
    }
}

/// A way to write triples down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Turtle,
    NTriples,
    JsonLd,
}

pub(super) fn write(
    graph: &EventGraph,
    selection: &Selection,
    syntax: Syntax,
    base: Option<&str>,
    out: &mut dyn Write,
) -> Result<()> {
    let base = base.unwrap_or(DEFAULT_BASE);
    check_base(base)?;
    let mut sink = Sink::new(syntax, out);
    let topics = (0..graph.topic_count() as u32).map(TopicId);
    let topic_names: Vec<_> =
        topics.map(|topic| iri(base, "topic", graph.topic_name(topic))).collect();
    let topic_names = &topic_names;
    Triples { graph, base, topic_names, sink: &mut sink }.write(selection).map_err(write_error)?;
    sink.finish().map_err(write_error)
}

macro_rules! terms {
    ($prefix:ident = $namespace:literal: $($name:ident = $local:literal),+ $(,)?) => {
        mod $prefix {
            use oxrdf::NamedNodeRef;
            pub(super) const NAMESPACE: &str = $namespace;
            $(pub(super) const $name: NamedNodeRef<'static> =
                NamedNodeRef::new_unchecked(concat!($namespace, $local));)+
        }
    };
}

terms!(schema = "https://schema.org/":
    EVENT = "Event", WORK = "CreativeWork", IMAGE = "ImageObject", NAME = "name",
    START_DATE = "startDate", DESCRIPTION = "description", ABOUT = "about", URL = "url",
    IDENTIFIER = "identifier", DATE_MODIFIED = "dateModified",
    POSITION = "position");
terms!(skos = "http://www.w3.org/2004/02/skos/core#":
    CONCEPT = "Concept", SCHEME = "ConceptScheme", IN_SCHEME = "inScheme",
    PREF_LABEL = "prefLabel", ALT_LABEL = "altLabel", HIDDEN_LABEL = "hiddenLabel");
terms!(prov = "http://www.w3.org/ns/prov#":
    ENTITY = "Entity", DERIVED = "wasDerivedFrom", PRIMARY_SOURCE = "hadPrimarySource");
terms!(tl = "urn:threadline:vocabulary#":
    LINK = "Link", PAGE = "Page", WORDING = "Wording", SOURCE = "source", TARGET = "target",
    TOPIC = "topic", LEAD_TOPIC = "leadTopic", RANK = "rank", LINE = "line", PATH = "path",
    PRESENT = "present", RELATED = "related", HAS_WORDING = "wording", KIND = "kind");

/// Takes triples, one after the other.
enum Sink<'o> {
    Turtle(WriterTurtleSerializer<Buffer<'o>>),
    NTriples(WriterNTriplesSerializer<Buffer<'o>>),
    JsonLd(WriterJsonLdSerializer<Buffer<'o>>),
}

impl<'o> Sink<'o> {
    fn new(syntax: Syntax, out: &'o mut dyn Write) -> Self {
        let out = buffered(out);
        match syntax {
            Syntax::Turtle => {
                let mut turtle = TurtleSerializer::new();
                for (name, namespace) in [
                    ("schema", schema::NAMESPACE),
                    ("skos", skos::NAMESPACE),
                    ("prov", prov::NAMESPACE),
                    ("tl", tl::NAMESPACE),
                    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
                ] {
                    turtle = turtle.with_prefix(name, namespace).expect("a valid namespace");
                }
                Self::Turtle(turtle.for_writer(out))
            }
            Syntax::NTriples => Self::NTriples(NTriplesSerializer::new().for_writer(out)),
            // Without prefixes: an address must not be taken for a short form.
            Syntax::JsonLd => Self::JsonLd(JsonLdSerializer::new().for_writer(out)),
        }
    }

    fn triple(&mut self, triple: TripleRef<'_>) -> io::Result<()> {
        match self {
            Self::Turtle(out) => out.serialize_triple(triple),
            Self::NTriples(out) => out.serialize_triple(triple),
            Self::JsonLd(out) => out.serialize_quad(triple.in_graph(GraphNameRef::DefaultGraph)),
        }
    }

    fn finish(self) -> io::Result<()> {
        let mut out = match self {
            Self::Turtle(out) => out.finish()?,
            Self::NTriples(out) => out.finish(),
            Self::JsonLd(out) => {
                let mut out = out.finish()?;
                out.write_all(b"\n")?;
                out
            }
        };
        out.flush()
    }
}

/// What a name keeps as it is besides letters and digits; all else is
/// percent-encoded, so that a name is a valid IRI whatever a key holds.
const ENCODED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

struct Triples<'t, 'o> {
    graph: &'t EventGraph,
    base: &'t str,
    /// Of all topics: they are named over and over.
    topic_names: &'t [NamedNode],
    sink: &'t mut Sink<'o>,
}

impl Triples<'_, '_> {
    fn write(&mut self, selection: &Selection) -> io::Result<()> {
        let graph = self.graph;
        self.topics(selection)?;
        for event in selection.events(graph) {
            self.event(event)?;
        }
        // A link is named by its place among all links of its event, so that a
        // selection names it as the whole does.
        let (mut last, mut number) = (None, 0);
        for link in graph.links().filter_map(|link| graph.link(link)) {
            number = if last == Some(link.source) { number + 1 } else { 1 };
            last = Some(link.source);
            if !selection.holds(&link) {
                continue;
            }
            let key = graph.key(link.source);
            let (source, target) = (self.event_name(link.source), self.event_name(link.target));
            let name = self.part("link", key, number);
            self.node(&source, tl::RELATED, &target)?;
            self.node(&name, rdf::TYPE, tl::LINK)?;
            self.node(&name, tl::SOURCE, &source)?;
            self.node(&name, tl::TARGET, &target)?;
            self.typed(&name, tl::RANK, &link.rank.to_string(), xsd::INTEGER)?;
            for topic in graph.link_topics(link.id) {
                self.node(&name, tl::TOPIC, &self.topic_names[topic.index()])?;
            }
            if let Some(page) = graph.page(link.source) {
                let page = iri(self.base, "page", page);
                self.node(&name, prov::DERIVED, &page)?;
            }
            if link.line > 0 {
                self.typed(&name, tl::LINE, &link.line.to_string(), xsd::INTEGER)?;
            }
        }
        Ok(())
    }

    /// The topics of the selected events.
    fn topics(&mut self, selection: &Selection) -> io::Result<()> {
        let graph = self.graph;
        let scheme = NamedNode::new_unchecked(format!("{}topics", self.base));
        self.node(&scheme, rdf::TYPE, skos::SCHEME)?;
        for id in topics_of(graph, selection) {
            let topic = &self.topic_names[id.index()];
            self.node(topic, rdf::TYPE, skos::CONCEPT)?;
            // With variant marks, people see the variants; the name as it
            // stands on the page can still be searched for.
            let names = variant_names(graph.topic_name(id));
            let shown = usize::from(names.len() > 1);
            self.text(topic, skos::PREF_LABEL, &names[shown])?;
            for name in &names[shown + 1..] {
                self.text(topic, skos::ALT_LABEL, name)?;
            }
            if shown > 0 {
                self.text(topic, skos::HIDDEN_LABEL, &names[0])?;
            }
            self.node(topic, skos::IN_SCHEME, &scheme)?;
        }
        Ok(())
    }

    fn event(&mut self, event: EventId) -> io::Result<()> {
        let graph = self.graph;
        let key = graph.key(event);
        let name = self.event_name(event);
        let sources = records::sources(graph, event);
        let wordings = records::revisions(graph, event);
        self.node(&name, rdf::TYPE, schema::EVENT)?;
        self.text(&name, schema::IDENTIFIER, key)?;
        self.text(&name, schema::NAME, graph.title(event))?;
        if let Some(date) = graph.date(event) {
            self.typed(&name, schema::START_DATE, &date.to_string(), xsd::DATE)?;
        }
        if let Some(summary) = graph.summary(event) {
            self.text(&name, schema::DESCRIPTION, summary)?;
        }
        for topic in graph.topics(event) {
            self.node(&name, schema::ABOUT, &self.topic_names[topic.index()])?;
        }
        if let Some(topic) = graph.lead_topic(event) {
            self.node(&name, tl::LEAD_TOPIC, &self.topic_names[topic.index()])?;
        }
        if let Some(source) = sources.iter().find(|source| is_article(source.kind)) {
            self.address(&name, source.url)?;
        }
        self.typed(&name, tl::PRESENT, &graph.present(event).to_string(), xsd::BOOLEAN)?;
        let page = graph.page(event).map(|page| (iri(self.base, "page", page), page));
        if let Some((page, _)) = &page {
            self.node(&name, prov::DERIVED, page)?;
        }
        for number in 1..=sources.len() {
            let source = self.part("source", key, number);
            self.node(&name, prov::PRIMARY_SOURCE, &source)?;
        }
        for number in 1..=wordings.len() {
            let wording = self.part("wording", key, number);
            self.node(&name, tl::HAS_WORDING, &wording)?;
        }
        if let Some((page, path)) = page {
            self.node(&page, rdf::TYPE, tl::PAGE)?;
            self.node(&page, rdf::TYPE, prov::ENTITY)?;
            self.text(&page, tl::PATH, path)?;
        }
        for (number, source) in (1..).zip(&sources) {
            let name = self.part("source", key, number);
            let kind = if is_article(source.kind) { schema::WORK } else { schema::IMAGE };
            self.node(&name, rdf::TYPE, kind)?;
            self.node(&name, rdf::TYPE, prov::ENTITY)?;
            self.text(&name, schema::NAME, source.name)?;
            self.address(&name, source.url)?;
            self.typed(&name, schema::POSITION, &number.to_string(), xsd::INTEGER)?;
        }
        for (number, wording) in (1..).zip(&wordings) {
            let name = self.part("wording", key, number);
            self.node(&name, rdf::TYPE, tl::WORDING)?;
            self.text(&name, schema::IDENTIFIER, wording.key)?;
            self.text(&name, schema::NAME, wording.title)?;
            if let Some(seen) = &wording.seen {
                self.typed(&name, schema::DATE_MODIFIED, seen, xsd::DATE_TIME)?;
            }
            self.text(&name, tl::KIND, wording.kind)?;
            self.typed(&name, schema::POSITION, &number.to_string(), xsd::INTEGER)?;
        }
        Ok(())
    }

    fn event_name(&self, event: EventId) -> NamedNode {
        iri(self.base, "event", self.graph.key(event))
    }

    /// The n-th of an event's links, sources or wordings.
    fn part(&self, kind: &str, key: &str, number: usize) -> NamedNode {
        iri(self.base, kind, &format!("{key}/{number}"))
    }

    fn node<'n>(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: impl Into<NamedNodeRef<'n>>,
    ) -> io::Result<()> {
        let object: NamedNodeRef<'_> = object.into();
        self.sink.triple(TripleRef::new(subject.as_ref(), predicate, object))
    }

    fn text(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        text: &str,
    ) -> io::Result<()> {
        let text = in_xml(text);
        let object = LiteralRef::new_simple_literal(&text);
        self.sink.triple(TripleRef::new(subject.as_ref(), predicate, object))
    }

    fn typed(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        text: &str,
        datatype: NamedNodeRef<'_>,
    ) -> io::Result<()> {
        let object = LiteralRef::new_typed_literal(text, datatype);
        self.sink.triple(TripleRef::new(subject.as_ref(), predicate, object))
    }

    /// The address of a source: a resource if it is a valid one of the web,
    /// else a text.
    fn address(&mut self, subject: &NamedNode, url: &str) -> io::Result<()> {
        let of_the_web = url.starts_with("http://") || url.starts_with("https://");
        let valid = if of_the_web { NamedNode::new(url).ok() } else { None };
        let text = in_xml(url);
        let object: TermRef<'_> = match &valid {
            Some(node) => node.as_ref().into(),
            None => LiteralRef::new_simple_literal(&text).into(),
        };
        self.sink.triple(TripleRef::new(subject.as_ref(), schema::URL, object))
    }
}

/// The name of a resource: a kind and a text, under the base.
fn iri(base: &str, kind: &str, text: &str) -> NamedNode {
    let mut name = format!("{base}{kind}");
    name.reserve(text.len() + 8);
    for part in text.split('/') {
        name.push('/');
        match part {
            // Else they would mean folders.
            "." => name.push_str("%2E"),
            ".." => name.push_str("%2E%2E"),
            _ => push_encoded(&mut name, part),
        }
    }
    NamedNode::new_unchecked(name)
}

/// Letters of any script are valid in an IRI as they are, which is shorter and
/// can be read; all else is percent-encoded.
fn push_encoded(name: &mut String, mut text: &str) {
    while let Some(end) = text.find(|c: char| !is_letter(c)) {
        name.push_str(&text[..end]);
        let other = text[end..].chars().next().map_or(0, char::len_utf8);
        name.extend(utf8_percent_encode(&text[end..end + other], ENCODED));
        text = &text[end + other..];
    }
    name.push_str(text);
}

/// Whether it is a letter or a digit. Han characters are looked at first: std
/// has to search its tables for them.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{4e00}'..='\u{9fff}') || c.is_alphanumeric()
}
