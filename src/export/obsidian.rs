//! An Obsidian vault: a note for each event and each topic, linked both ways.
//!
//! `events/YEAR/DATE TITLE.md` and `topics/NAME.md`. Links name the whole path,
//! so that no two notes are mixed up. Names are such that Windows, macOS, Linux
//! and the sync services take them, and differ in more than capital letters.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::Path;

use crate::error::{Error, Result};
use crate::export::cited::named;
use crate::export::commonmark::Text;
use crate::export::records;
use crate::export::target::Target;
use crate::export::text::{one_line, stable_id, web_address};
use crate::export::{make_folder, words, write_error};
use crate::graph::{EventGraph, Selection};
use crate::model::{EventId, LinkId, TopicId, plain_name, variant_names};

/// The longest name of a note, in bytes, without `.md`: file systems take 255,
/// encrypted ones less.
const LONGEST: usize = 190;

/// Writes the vault into a folder, which is made if need be.
///
/// # Errors
/// If a folder or a file cannot be written. No file is ever half written.
///
/// # Complexity
/// Memory for the name of each note, and of each link its number.
pub(super) fn write_folder(graph: &EventGraph, selection: &Selection, folder: &Path) -> Result<()> {
    make_folder(folder)?;
    let vault = Vault::new(graph, selection);
    for event in selection.events(graph) {
        let path = &vault.events[&event];
        note(folder, path, |out| vault.event(event, out))?;
    }
    for (&topic, (path, _)) in &vault.topics {
        note(folder, path, |out| vault.topic(topic, out))?;
    }
    Ok(())
}

/// Writes one note, in folders that are made if need be.
fn note(
    folder: &Path,
    name: &str,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<()> {
    let path = folder.join(format!("{name}.md"));
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent)
            .map_err(|cause| Error::io(parent, "cannot make the folder", cause))?;
    }
    let mut target = Target::open(&path)?;
    write(&mut target).map_err(|cause| write_error(cause).at(&path))?;
    target.finish()
}

/// The names of all notes, and what leads where.
struct Vault<'g> {
    graph: &'g EventGraph,
    /// Path without `.md`.
    events: BTreeMap<EventId, String>,
    /// Path without `.md`, and the events that bear the topic.
    topics: BTreeMap<TopicId, (String, Vec<EventId>)>,
    /// The links from each event and those to it.
    out_links: BTreeMap<EventId, Vec<LinkId>>,
    in_links: BTreeMap<EventId, Vec<LinkId>>,
}

impl<'g> Vault<'g> {
    fn new(graph: &'g EventGraph, selection: &Selection) -> Self {
        let wanted = selection.events(graph).map(|event| {
            let (folder, day) = match graph.date(event) {
                Some(date) => (format!("events/{:04}", date.ymd().0), format!("{date} ")),
                None => ("events/undated".to_owned(), String::new()),
            };
            let key = graph.key(event);
            (event, folder, file_name(&format!("{day}{}", words::title(graph, event))), key)
        });
        let events = apart(wanted.collect());
        let mut bearers: BTreeMap<TopicId, Vec<EventId>> = BTreeMap::new();
        for event in selection.events(graph) {
            for topic in graph.topics(event) {
                bearers.entry(topic).or_default().push(event);
            }
        }
        let wanted = bearers.keys().map(|&topic| {
            let name = graph.topic_name(topic);
            (topic, "topics".to_owned(), file_name(&plain_name(name)), name)
        });
        let names = apart(wanted.collect());
        let topics = names.into_iter().map(|(topic, name)| {
            let events = bearers.remove(&topic).unwrap_or_default();
            (topic, (name, events))
        });
        let topics = topics.collect();
        let (mut out_links, mut in_links) = (BTreeMap::new(), BTreeMap::new());
        for link in selection.links(graph) {
            let of = |links: &mut BTreeMap<EventId, Vec<LinkId>>, event| {
                links.entry(event).or_default().push(link.id);
            };
            of(&mut out_links, link.source);
            of(&mut in_links, link.target);
        }
        Self { graph, events, topics, out_links, in_links }
    }

    fn event(&self, event: EventId, out: &mut dyn Write) -> io::Result<()> {
        let graph = self.graph;
        let title = words::title(graph, event);
        let sources = records::sources(graph, event);
        writeln!(out, "---")?;
        writeln!(out, "title: {}", yaml(&title))?;
        writeln!(out, "aliases: [{}]", yaml(&title))?;
        if let Some(date) = graph.date(event) {
            writeln!(out, "date: {date}")?;
        }
        writeln!(out, "key: {}", yaml(graph.key(event)))?;
        writeln!(out, "page: {}", graph.page(event).map_or("null".to_owned(), yaml))?;
        let tags: BTreeSet<String> = graph
            .topics(event)
            .filter_map(|topic| tag(&plain_name(graph.topic_name(topic))))
            .collect();
        let tags: Vec<String> = tags.iter().map(|tag| yaml(tag)).collect();
        writeln!(out, "tags: [{}]", tags.join(", "))?;
        let addresses: Vec<String> = sources.iter().map(|source| yaml(source.url)).collect();
        writeln!(out, "sources: [{}]", addresses.join(", "))?;
        writeln!(out, "---\n\n# {}", Text(&title))?;
        for paragraph in words::paragraphs(graph, event) {
            writeln!(out, "\n{}", Text(&paragraph))?;
        }
        let topics: Vec<String> = graph.topics(event).map(|topic| self.topic_link(topic)).collect();
        if !topics.is_empty() {
            writeln!(out, "\nTopics: {}", topics.join(", "))?;
        }
        if !sources.is_empty() {
            writeln!(out, "\n## Sources\n")?;
        }
        for source in sources {
            let (name, address) = (named(source.name, source.url), one_line(source.url));
            match web_address(source.url) {
                Some(address) => writeln!(out, "- [{}](<{address}>)", Text(&name))?,
                None if address == name => writeln!(out, "- {}", Text(&name))?,
                None => writeln!(out, "- {} {}", Text(&name), Text(&address))?,
            }
        }
        self.links(out, "Related", &self.out_links, event, |link| link.target)?;
        self.links(out, "Named by", &self.in_links, event, |link| link.source)
    }

    fn links(
        &self,
        out: &mut dyn Write,
        heading: &str,
        links: &BTreeMap<EventId, Vec<LinkId>>,
        event: EventId,
        other: impl Fn(&crate::graph::Link) -> EventId,
    ) -> io::Result<()> {
        let Some(links) = links.get(&event) else { return Ok(()) };
        writeln!(out, "\n## {heading}\n")?;
        for link in links.iter().filter_map(|&link| self.graph.link(link)) {
            write!(out, "- {}", self.event_link(other(&link)))?;
            let topics = self.graph.link_topics(link.id);
            let topics: Vec<String> = topics.map(|topic| self.topic_link(topic)).collect();
            if !topics.is_empty() {
                write!(out, " ({})", topics.join(", "))?;
            }
            writeln!(out)?;
        }
        Ok(())
    }

    fn topic(&self, topic: TopicId, out: &mut dyn Write) -> io::Result<()> {
        let (name, plain) = (self.graph.topic_name(topic), words::topic(self.graph, topic));
        let aliases: Vec<String> = variant_names(name).iter().map(|name| yaml(name)).collect();
        writeln!(out, "---\ntitle: {}\naliases: [{}]\n---", yaml(&plain), aliases.join(", "))?;
        writeln!(out, "\n# {}\n", Text(&plain))?;
        for &event in &self.topics[&topic].1 {
            writeln!(out, "- {}", self.event_link(event))?;
        }
        Ok(())
    }

    /// `[[events/1969/1969-07-20 The landing|1969-07-20 The landing]]`
    fn event_link(&self, event: EventId) -> String {
        let title = words::title(self.graph, event);
        let text = match self.graph.date(event) {
            Some(date) => format!("{date} {title}"),
            None => title.into_owned(),
        };
        self.events
            .get(&event)
            .map_or_else(|| Text(&text).to_string(), |path| wiki_link(path, &text))
    }

    fn topic_link(&self, topic: TopicId) -> String {
        let text = words::topic(self.graph, topic);
        let path = self.topics.get(&topic);
        path.map_or_else(|| Text(&text).to_string(), |(path, _)| wiki_link(path, &text))
    }
}

/// Gives each note a path of its own. Where two names of a folder differ in
/// nothing but case, all of them get a part of a hash of their key, so that a
/// name does not depend on the order of the notes.
fn apart<T: Ord + Copy>(wanted: Vec<(T, String, String, &str)>) -> BTreeMap<T, String> {
    let folded = |folder: &str, name: &str| format!("{folder}/{}", name.to_lowercase());
    let mut times: BTreeMap<String, usize> = BTreeMap::new();
    for (_, folder, name, _) in &wanted {
        *times.entry(folded(folder, name)).or_insert(0) += 1;
    }
    let name = |folder: &str, name: String, key: &str| {
        // Two ways to write one letter are one name on macOS, so all names
        // with marks that combine are told apart, too.
        let combines =
            name.chars().any(|c| matches!(c, '\u{300}'..='\u{36f}' | '\u{1100}'..='\u{11ff}'));
        match times[&folded(folder, &name)] {
            1 if !combines && !name.is_empty() => format!("{folder}/{name}"),
            _ => format!("{folder}/{} {}", name, &stable_id(key)[..8]).replace("/ ", "/"),
        }
    };
    wanted.into_iter().map(|(id, folder, text, key)| (id, name(&folder, text, key))).collect()
}

/// A text as the name of a file, without ending, that every system takes and
/// that a wiki link can name; empty if nothing is left.
fn file_name(text: &str) -> String {
    let mut name = String::new();
    for c in one_line(text).chars() {
        let c = match c {
            // Of Windows, and of Obsidian's links.
            '/' | '\\' | ':' | '|' => '-',
            '[' => '(',
            ']' => ')',
            '*' | '?' | '"' | '<' | '>' | '#' | '^' | '`' | '%' => ' ',
            // Marks that show nothing, and turn what follows around.
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' => continue,
            '\u{feff}' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}' => continue,
            c => c,
        };
        name.push(c);
    }
    let name = one_line(&name);
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    // Windows drops dots and spaces at the end; a dot at the beginning hides.
    let name = name[..end].trim_end_matches(['.', ' ']).trim_start_matches(['.', ' ', '-']);
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|n| {
            matches!(n, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³")
        })
    };
    let reserved = matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$");
    if reserved || numbered("COM") || numbered("LPT") {
        format!("_{name}")
    } else {
        name.to_owned()
    }
}

/// `[[path|text]]`. What would end the text or the link is replaced: Obsidian
/// has no escape for it.
fn wiki_link(path: &str, text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| match c {
            '[' => '(',
            ']' => ')',
            '|' | '\\' => '-',
            '#' | '^' => ' ',
            c => c,
        })
        .collect();
    let text = one_line(&text);
    if text.is_empty() { format!("[[{path}]]") } else { format!("[[{path}|{text}]]") }
}

/// A topic as a tag: letters, digits, `_`, `-` and `/`, not digits only;
/// nothing if nothing is left.
fn tag(name: &str) -> Option<String> {
    let mut tag = String::new();
    for c in name.chars() {
        match c {
            c if c.is_alphanumeric() || matches!(c, '_' | '/') => tag.push(c),
            _ if tag.ends_with('-') || tag.is_empty() => {}
            _ => tag.push('-'),
        }
    }
    let tag = tag.trim_matches(['-', '/']);
    let counts = tag.chars().any(|c| !c.is_numeric() && !matches!(c, '-' | '/'));
    counts.then(|| tag.to_owned())
}

/// A double-quoted scalar of YAML, as JSON writes it; what YAML cannot hold
/// unescaped is escaped.
fn yaml(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control()
                || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') =>
            {
                out.push_str(&format!("\\u{:04x}", c as u32));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
