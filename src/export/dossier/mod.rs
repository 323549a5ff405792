//! A dossier, to be handed to an editor: dated entries, each with its sources
//! as numbered footnotes and the file and line it came from.
//!
//! What a dossier says is put together here, once; `markdown` and `html` only
//! write it down. The texts of events are read from the graph as they are
//! written.

mod html;
mod markdown;

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;

use crate::analysis::{
    Chain, LooseTie, Stories, StoryTold, Strengths, Thread, WEAK, WeakEnd, before_it,
};
use crate::error::Result;
use crate::export::cited::named;
use crate::export::target::buffered;
use crate::export::text::one_line;
use crate::export::words::{meant, narrow_tie, title, weak_end};
use crate::export::write_error;
use crate::graph::{EventGraph, Link, Selection, Walk};
use crate::model::{Date, EventId, counted, from_to, number};

/// What a dossier says, in the order in which it says it.
pub struct Dossier<'g> {
    graph: &'g EventGraph,
    title: String,
    /// What it is about, in a sentence.
    lead: String,
    sections: Vec<Section>,
    made: Made,
}

/// How a dossier came to be.
#[derive(Default)]
struct Made {
    /// What was read, and the command that makes the dossier again; empty if
    /// nobody told.
    source: String,
    command: String,
    /// What in it is no editor's work; or nothing.
    note: &'static str,
}

struct Section {
    heading: &'static str,
    /// A sentence below the heading, or nothing.
    lead: String,
    body: Body,
}

enum Body {
    List(Vec<Item>),
    Entries(Vec<Entry>),
}

/// An item of a list: a text, and the link that it rests on.
struct Item {
    text: String,
    link: Option<Link>,
}

/// An event, and what ties it to the others.
struct Entry {
    event: EventId,
    ties: Vec<Tie>,
    /// What does so in a story if no link does.
    loose: Option<LooseTie>,
    /// Whether the dossier was asked for by it.
    asked: bool,
}

/// A link that ties an event to others of the dossier.
struct Tie {
    link: Link,
    /// The event at its other end, unless that is the entry above.
    other: Option<EventId>,
    /// Whether it tells little.
    weak: bool,
}

impl Tie {
    /// What goes before and behind the link's topics and place.
    fn words(&self, graph: &EventGraph) -> (String, &'static str) {
        let to =
            self.other.map_or_else(String::new, |other| format!(" to {}", meant(graph, other)));
        (format!("tied{to}"), if self.weak { " (tells little)" } else { "" })
    }
}

/// Pages that are named as listing an event without one.
const LISTED: usize = 3;

/// Key events and tied stories that are named.
const KEY_EVENTS: usize = 5;
const RELATED: usize = 10;

impl<'g> Dossier<'g> {
    /// The dossier of the story at a place of [`Stories::all`]; of the event by which it was asked for, if it
    /// was, it says so.
    ///
    /// # Panics
    /// If there is no story at this place.
    pub fn of_story(
        stories: &Stories<'g>,
        place: usize,
        told: &StoryTold,
        asked: Option<EventId>,
    ) -> Self {
        let graph = stories.graph();
        let story = &stories.all()[place];
        let mut sections = Vec::new();
        let key = told.ranked.iter().take(KEY_EVENTS);
        let key = key.map(|&(event, _)| Item {
            text: format!("{} {}", day(graph, event), title(graph, event)),
            link: None,
        });
        sections.push(Section::list("Key events", key.collect()));
        let parts = told.sub_stories.iter().map(|part| {
            let name = stories.name_of(&part.topics, &part.events);
            let count = events(part.events.len());
            Item { text: format!("{name}: {count}{}", span(part.span)), link: None }
        });
        sections.push(Section::list("Parts", parts.collect()));
        let entries = story.events.iter().map(|&event| Entry {
            event,
            ties: stories.evidence(event).map(|link| tie_of(event, link)).into_iter().collect(),
            loose: told.loose_tie(event).cloned(),
            asked: asked == Some(event),
        });
        sections.push(Section::entries("What happened", entries.collect()));
        let related = told.related.iter().take(RELATED).map(|other| {
            let name = stories.name(&stories.all()[other.story]);
            let links = counted(other.links, "link", "links");
            Item { text: format!("{name}: {links}"), link: Some(other.strongest) }
        });
        sections.push(Section::list("Tied to", related.collect()));
        let mut lead = summed_up(graph, &story.events, story.span);
        if let Some(event) = asked {
            let title = title(graph, event);
            let stop = if title.ends_with(['.', '!', '?', '。', '！', '？']) { "" } else { "." };
            lead += &format!(" The story of {}: {title}{stop}", day(graph, event));
        }
        let note = "Which events make this story, its parts and all names of stories were \
                    computed from links, topics and dates; no editor chose them.";
        let made = Made { note, ..Made::default() };
        Self { graph, title: stories.name(story), lead, sections, made }
    }

    /// The dossier of chains between two events, the best first; each entry but
    /// the first is tied to the one before it.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn of_chains(graph: &'g EventGraph, chains: &[Chain]) -> Result<Self> {
        let strengths = graph.strengths()?;
        let ends = chains.first().and_then(|chain| chain.events.first().zip(chain.events.last()));
        let title = ends.map_or_else(String::new, |(&from, &to)| {
            format!("From “{}” to “{}”", title(graph, from), title(graph, to))
        });
        let lead = match chains.len() {
            0 => "There is no chain.".to_owned(),
            1 => String::new(),
            count => format!("{} chains that differ.", number(count)),
        };
        let sections = chains.iter().map(|chain| chain_section(&strengths, "Chain", chain));
        let (sections, made) = (sections.collect(), Made::default());
        Ok(Self { graph, title, lead, sections, made })
    }

    /// The dossier of what led to an event and what followed; where only weak
    /// links lead on, it says so.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    pub fn of_thread(graph: &'g EventGraph, thread: &Thread) -> Result<Self> {
        let strengths = graph.strengths()?;
        let mut sections: Vec<Section> = Vec::new();
        let before_it = before_it(graph, thread.before.iter(), thread.event);
        let narrow = |chain| {
            let words = narrow_tie(graph, chain, thread.event);
            words.map_or_else(String::new, |words| format!(" It is tied to it {words}."))
        };
        for chain in &thread.before {
            let mut section = chain_section(&strengths, before_it, chain);
            section.lead += &narrow(chain);
            let end = ended(&thread.weak_before, chain.events.first());
            let words = end.map(|end| weak_end(graph, end, "the first", true));
            section.lead += &words.map_or_else(String::new, |words| format!(" {words}."));
            sections.push(section);
        }
        for chain in &thread.after {
            let mut section = chain_section(&strengths, "What followed", chain);
            section.lead += &narrow(chain);
            let end = ended(&thread.weak_after, chain.events.last());
            let words = end.map(|end| weak_end(graph, end, "the last", false));
            section.lead += &words.map_or_else(String::new, |words| format!(" {words}."));
            sections.push(section);
        }
        let before = ended(&thread.weak_before, Some(&thread.event));
        let after = ended(&thread.weak_after, Some(&thread.event));
        let mut lead = match sections.is_empty() {
            true if before.is_some() || after.is_some() => {
                "Nothing that tells much ties it to what came before or after.".to_owned()
            }
            true => "Nothing that it is linked to came before or after.".to_owned(),
            false => {
                format!("{before_it}, and what followed, around {}.", day(graph, thread.event))
            }
        };
        for (end, back) in [(before, true), (after, false)] {
            let words = end.map(|end| weak_end(graph, end, "it", back));
            lead += &words.map_or_else(String::new, |words| format!(" {words}."));
        }
        if sections.is_empty() {
            let entry = Entry { event: thread.event, ties: Vec::new(), loose: None, asked: false };
            sections.push(Section::entries("What happened", vec![entry]));
        }
        let (title, made) = (title(graph, thread.event).into_owned(), Made::default());
        Ok(Self { graph, title, lead, sections, made })
    }

    /// The dossier of selected events, each with the strongest link between it
    /// and another of them.
    ///
    /// # Errors
    /// If the graph's links are damaged.
    ///
    /// # Complexity
    /// Time O(|V| + |E|). Memory O(|V|), and a number for each source.
    pub fn of_selection(
        graph: &'g EventGraph,
        selection: &Selection,
        subject: &str,
    ) -> Result<Self> {
        let strengths = graph.strengths()?;
        let mut strongest: Vec<Option<(f64, Link)>> = vec![None; graph.event_count()];
        for link in selection.links(graph) {
            let strength = strengths.of(link.id);
            for end in [link.source, link.target] {
                let best = &mut strongest[end.index()];
                if link.source != link.target && best.is_none_or(|(least, _)| strength > least) {
                    *best = Some((strength, link));
                }
            }
        }
        let ties = |event: EventId| strongest[event.index()].map(|(_, link)| tie_of(event, link));
        let all: Vec<EventId> = selection.events(graph).collect();
        let entries = all
            .iter()
            .map(|&event| {
                let ties = ties(event).into_iter().collect();
                Entry { event, ties, loose: None, asked: false }
            })
            .collect();
        let period = graph.span(all.iter().copied());
        let title = match subject {
            "" => format!("{}{}", events(all.len()), span(period)),
            subject => one_line(subject).into_owned(),
        };
        let lead = summed_up(graph, &all, period);
        let sections = vec![Section::entries("What happened", entries)];
        Ok(Self { graph, title, lead, sections, made: Made::default() })
    }

    /// The same, telling what was read and the command that makes it again.
    pub fn made_by(mut self, source: &str, command: &str) -> Self {
        self.made.source = source.to_owned();
        self.made.command = command.to_owned();
        self
    }

    /// Writes it as CommonMark with footnotes, as GitHub, Pandoc and Obsidian
    /// read them.
    ///
    /// # Errors
    /// If `out` does not take it, or the graph's links are damaged.
    pub fn write_markdown(&self, out: &mut dyn Write) -> Result<()> {
        let mut out = buffered(out);
        markdown::write(self, self.graph.walk()?, &mut out).map_err(write_error)?;
        out.flush().map_err(write_error)
    }

    /// Writes it as one HTML file that needs no other and runs no script.
    ///
    /// # Errors
    /// If `out` does not take it, or the graph's links are damaged.
    pub fn write_html(&self, out: &mut dyn Write) -> Result<()> {
        let mut out = buffered(out);
        html::write(self, self.graph.walk()?, &mut out).map_err(write_error)?;
        out.flush().map_err(write_error)
    }

    /// `Made from moon.threadline, 1957-10-04 to 1975-07-26; threadline story …;
    /// archive hash 3b5e…; Threadline 0.1.0.`
    fn provenance(&self) -> String {
        let Made { source, command, note } = &self.made;
        let source = if source.is_empty() { "an archive" } else { source };
        let mut parts =
            vec![format!("Made from {source}{}", span(self.graph.span(self.graph.events())))];
        if !command.is_empty() {
            parts.push(command.clone());
        }
        let hash = &self.graph.about().hash;
        if !hash.is_empty() {
            parts.push(format!("archive hash {hash}"));
        }
        parts.push(format!("Threadline {}.", env!("CARGO_PKG_VERSION")));
        one_line(&format!("{} {note}", parts.join("; "))).into_owned()
    }
}

impl Section {
    fn list(heading: &'static str, items: Vec<Item>) -> Self {
        Self { heading, lead: String::new(), body: Body::List(items) }
    }

    fn entries(heading: &'static str, entries: Vec<Entry>) -> Self {
        Self { heading, lead: String::new(), body: Body::Entries(entries) }
    }

    fn is_empty(&self) -> bool {
        match &self.body {
            Body::List(items) => items.is_empty(),
            Body::Entries(entries) => entries.is_empty(),
        }
    }
}

/// The link of an event to another one.
fn tie_of(event: EventId, link: Link) -> Tie {
    let other = if link.source == event { link.target } else { link.source };
    Tie { link, other: Some(other), weak: false }
}

/// Why a way in time ended at an event.
fn ended<'e>(ends: &'e [WeakEnd], at: Option<&EventId>) -> Option<&'e WeakEnd> {
    ends.iter().find(|end| Some(&end.event) == at)
}

fn chain_section(strengths: &Strengths<'_>, heading: &'static str, chain: &Chain) -> Section {
    let graph = strengths.walk().graph();
    let ties = chain.hops.iter().map(|hop| {
        let weak = hop.links.iter().all(|link| strengths.of(link.id) < WEAK);
        hop.links.iter().map(|&link| Tie { link, other: None, weak }).collect()
    });
    let ties = std::iter::once(Vec::new()).chain(ties);
    let entry = |(&event, ties)| Entry { event, ties, loose: None, asked: false };
    let entries = chain.events.iter().zip(ties).map(entry);
    let period = span(graph.span(chain.events.iter().copied()));
    let lead = format!("{}{period}.", counted(chain.hops.len(), "link", "links"));
    Section { lead, ..Section::entries(heading, entries.collect()) }
}

/// `12 events, 1966-01-14 to 1971-06-30; 2 of them have no page.`
fn summed_up(graph: &EventGraph, all: &[EventId], period: Option<(Date, Date)>) -> String {
    let absent = all.iter().filter(|&&event| !graph.present(event)).count();
    let pages = match absent {
        0 => String::new(),
        1 => "; 1 of them has no page".to_owned(),
        _ => format!("; {} of them have no page", number(absent)),
    };
    format!("{}{}{pages}.", events(all.len()), span(period))
}

fn events(count: usize) -> String {
    counted(count, "event", "events")
}

/// `, 1966-01-14 to 1971-06-30`
fn span(period: Option<(Date, Date)>) -> String {
    period.map_or_else(String::new, |period| format!(", {}", from_to(period)))
}

fn day(graph: &EventGraph, event: EventId) -> String {
    graph.date(event).map_or_else(|| "(no date)".to_owned(), |date| date.to_string())
}

/// The page and the line that a link stands in.
fn place(graph: &EventGraph, link: &Link) -> String {
    one_line(&graph.place(link)).into_owned()
}

/// Page and line of the first links that list an event, and how many more there
/// are.
fn listed(walk: Walk<'_>, event: EventId) -> (Vec<String>, usize) {
    let links = || walk.in_links(event).filter_map(|link| walk.graph().link(link));
    let first: Vec<String> = links().take(LISTED).map(|link| place(walk.graph(), &link)).collect();
    let more = links().count() - first.len();
    (first, more)
}

/// The sources, numbered as they are first named.
#[derive(Default)]
struct Notes<'g> {
    numbers: HashMap<(&'g str, &'g str), (usize, usize)>,
}

impl<'g> Notes<'g> {
    /// The number of a source, and the how manieth mention of it this is.
    fn mark(&mut self, name: &'g str, url: &'g str) -> (usize, usize) {
        let next = self.numbers.len() + 1;
        let (number, times) = self.numbers.entry((name, url)).or_insert((next, 0));
        *times += 1;
        (*number, *times)
    }

    /// Name, address and number of mentions, by number.
    fn in_order(&self) -> Vec<(Cow<'g, str>, &'g str, usize)> {
        let mut notes: Vec<_> = self.numbers.iter().collect();
        notes.sort_unstable_by_key(|&(_, &(number, _))| number);
        let told = |(&(name, url), &(_, times)): (&(_, _), &(_, _))| (named(name, url), url, times);
        notes.into_iter().map(told).collect()
    }
}
