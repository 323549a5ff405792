//! Events and links as Python's own dicts and lists, for graphs of other
//! libraries: what node-link JSON says of each, under the same names; and
//! answers that would take longer as JSON than to find.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedStr;
use pyo3::types::{PyDict, PyList, PyString};
use threadline::EventGraph;
use threadline::Result;
use threadline::analysis::Untied;
use threadline::answers::DistancesFound;
use threadline::export::{Derived, records};
use threadline::graph::{Link, Selection};
use threadline::model::{EventId, TopicId};

use crate::pairs::Pair;

/// How many events are selected, and the links between them: from which of
/// them to which.
pub(crate) type Ends = (usize, Vec<usize>, Vec<usize>);

/// The ends of links, as places among the selected events.
pub(crate) fn ends(graph: &EventGraph, selection: &Selection, links: &[Link]) -> Ends {
    let mut places = vec![0; graph.event_count()];
    for (place, event) in selection.events(graph).enumerate() {
        places[event.index()] = place;
    }
    let place = |event: EventId| places[event.index()];
    let sources = links.iter().map(|link| place(link.source)).collect();
    let targets = links.iter().map(|link| place(link.target)).collect();
    (selection.len(), sources, targets)
}

/// The selected events, each as a dict of all that is known of it.
pub(crate) fn events<'py>(
    py: Python<'py>,
    graph: &EventGraph,
    derived: &Derived<'_>,
    topics: &Topics<'py>,
    selection: &Selection,
) -> PyResult<Bound<'py, PyList>> {
    let names: Vec<_> = derived.story_names().iter().map(|name| PyString::new(py, name)).collect();
    let events = PyList::empty(py);
    for event in selection.events(graph) {
        let known = PyDict::new(py);
        known.set_item(intern!(py, "key"), graph.key(event))?;
        known.set_item(intern!(py, "date"), graph.date(event).map(|date| date.to_string()))?;
        known.set_item(intern!(py, "title"), graph.title(event))?;
        known.set_item(intern!(py, "summary"), graph.summary(event))?;
        known.set_item(intern!(py, "lead_topic"), graph.lead_topic(event).map(|t| topics.of(t)))?;
        known.set_item(intern!(py, "topics"), topics.list(py, graph.topics(event))?)?;
        known.set_item(intern!(py, "present"), graph.present(event))?;
        known.set_item(intern!(py, "page"), graph.page(event))?;
        known.set_item(intern!(py, "sources"), sources(py, graph, event)?)?;
        known.set_item(intern!(py, "revisions"), revisions(py, graph, event)?)?;
        if derived.has_stories() {
            let story = derived.story(event);
            known.set_item(intern!(py, "story"), story)?;
            let name = story.and_then(|number| names.get(number - 1));
            known.set_item(intern!(py, "story_name"), name)?;
        }
        events.append(known)?;
    }
    Ok(events)
}

/// Each link as a dict of all that is known of it but for its ends; `key` is
/// its row, which tells parallel links apart.
pub(crate) fn links<'py>(
    py: Python<'py>,
    graph: &EventGraph,
    derived: &Derived<'_>,
    topics: &Topics<'py>,
    links: &[Link],
) -> PyResult<Bound<'py, PyList>> {
    let each = PyList::empty(py);
    for link in links {
        let known = PyDict::new(py);
        known.set_item(intern!(py, "key"), link.id.0)?;
        known.set_item(intern!(py, "rank"), link.rank)?;
        let context = topics.list(py, graph.link_topics(link.id))?;
        known.set_item(intern!(py, "topics"), context)?;
        known.set_item(intern!(py, "line"), link.line)?;
        known.set_item(intern!(py, "strength"), derived.strength(link.id))?;
        each.append(known)?;
    }
    Ok(each)
}

/// The distances of many pairs: what their JSON has, with a list for each field in
/// place of a row for each pair. A key that is among the names that the caller gave
/// is the caller's own object: most give keys.
pub(crate) fn distances<'py>(
    py: Python<'py>,
    graph: &EventGraph,
    found: &DistancesFound,
    given: &[Pair],
) -> PyResult<Bound<'py, PyDict>> {
    let keys = &graph.tables().events.key;
    let key = |event: EventId, given: Option<&PyBackedStr>| match given {
        Some(name) if keys.bytes(event.index()) == Some(name.as_bytes()) => {
            let Ok(name) = name.into_pyobject(py);
            name
        }
        _ => PyString::new(py, graph.key(event)),
    };
    let ends = |of: fn(&(EventId, EventId)) -> EventId, given_of: fn(&Pair) -> &PyBackedStr| {
        let keys = found.pairs.iter().enumerate();
        PyList::new(py, keys.map(|(n, pair)| key(of(pair), given.get(n).map(given_of))))
    };
    let links = found.links.iter();
    let answer = PyDict::new(py);
    answer.set_item("directed", found.options.directed)?;
    if let Some(most) = found.options.max_links {
        answer.set_item("max_links", most)?;
    }
    answer.set_item("from_event", ends(|pair| pair.0, |given| &given.0)?)?;
    answer.set_item("to_event", ends(|pair| pair.1, |given| &given.1)?)?;
    answer.set_item("links", PyList::new(py, links.clone().map(|links| links.ok()))?)?;
    let reason = |links: &Result<u32, Untied>| links.err().map(Untied::name);
    answer.set_item("reason", PyList::new(py, links.map(reason))?)?;
    Ok(answer)
}

/// The names of all topics: each one object, however many events bear it.
pub(crate) struct Topics<'py>(Vec<Bound<'py, PyString>>);

impl<'py> Topics<'py> {
    pub(crate) fn new(py: Python<'py>, graph: &EventGraph) -> Self {
        let ids = (0..graph.topic_count() as u32).map(TopicId);
        Self(ids.map(|topic| PyString::new(py, graph.topic_name(topic))).collect())
    }

    /// The name of a topic, which is one of the graph's.
    fn of(&self, topic: TopicId) -> &Bound<'py, PyString> {
        &self.0[topic.index()]
    }

    fn list(
        &self,
        py: Python<'py>,
        topics: impl Iterator<Item = TopicId>,
    ) -> PyResult<Bound<'py, PyList>> {
        let names: Vec<_> = topics.map(|topic| self.of(topic)).collect();
        PyList::new(py, names)
    }
}

fn sources<'py>(
    py: Python<'py>,
    graph: &EventGraph,
    event: EventId,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for source in records::sources(graph, event) {
        let known = PyDict::new(py);
        known.set_item(intern!(py, "name"), source.name)?;
        known.set_item(intern!(py, "url"), source.url)?;
        known.set_item(intern!(py, "kind"), source.kind)?;
        list.append(known)?;
    }
    Ok(list)
}

fn revisions<'py>(
    py: Python<'py>,
    graph: &EventGraph,
    event: EventId,
) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    for revision in records::revisions(graph, event) {
        let known = PyDict::new(py);
        known.set_item(intern!(py, "key"), revision.key)?;
        known.set_item(intern!(py, "title"), revision.title)?;
        known.set_item(intern!(py, "seen"), revision.seen)?;
        known.set_item(intern!(py, "kind"), revision.kind)?;
        list.append(known)?;
    }
    Ok(list)
}
