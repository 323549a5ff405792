//! Events as cards, joined by links: what chains and threads are made of.

use crate::analysis::Chain;
use crate::analysis::Hop;
use crate::analysis::WEAK;
use crate::graph::EventGraph;
use crate::model::EventId;
use crate::picture::frame::Sign;
use crate::picture::svg::{Anchor, Path, Svg};
use crate::picture::text::{self, Type, wrapped};

/// A chain, and how strong each of its hops is.
#[derive(Clone, Debug, PartialEq)]
pub struct WeighedChain<'c> {
    /// The chain.
    pub chain: &'c Chain,
    /// One a hop: the strength of the strongest of its links, 0 to 1.
    pub strengths: Vec<f64>,
}

/// An event on a card.
pub(crate) struct Card {
    day: String,
    title: String,
    present: bool,
    /// The event that was asked for.
    focus: bool,
    tip: String,
}

/// What joins two cards.
pub(crate) struct Join {
    /// `8 years later`.
    when: String,
    topics: String,
    strength: f64,
    tip: String,
    /// Whether the links behind the next event share no topic with this one.
    to_another_subject: bool,
}

/// Cards, and one join between each two of them.
pub(crate) struct Strand {
    pub(crate) cards: Vec<Card>,
    pub(crate) joins: Vec<Join>,
}

/// Lines of a title and of the topics of a link.
const TITLE_LINES: usize = 6;
const TOPIC_LINES: usize = 4;

/// From a card's edge to its text.
const PAD: f64 = 10.0;

/// The space for a link between two cards side by side, and between rows.
const GAP: f64 = 124.0;
const ROW_GAP: f64 = 58.0;

/// From a card's top to the line of a link beside it.
const LINE: f64 = 32.0;

/// A card is no narrower than this beside another one.
const LEAST_CARD: f64 = 180.0;

impl Strand {
    /// The part of a chain from event `first` to event `last` of it.
    pub(crate) fn new(
        graph: &EventGraph,
        weighed: &WeighedChain<'_>,
        (first, last): (usize, usize),
        focus: Option<EventId>,
    ) -> Self {
        let chain = weighed.chain;
        let last = last.min(chain.events.len().saturating_sub(1));
        let events = chain.events.get(first..=last).unwrap_or_default();
        let cards = events.iter().map(|&event| Card::new(graph, event, focus == Some(event)));
        let join = |at: usize| {
            let ends = (*chain.events.get(at)?, *chain.events.get(at + 1)?);
            let strength = weighed.strengths.get(at).copied().unwrap_or(0.0);
            Some(Join::new(graph, chain.hops.get(at)?, ends, strength))
        };
        Self { cards: cards.collect(), joins: (first..last).filter_map(join).collect() }
    }

    /// The same of a thread: the places are marked where the subject changes.
    pub(crate) fn of_thread(
        graph: &EventGraph,
        weighed: &WeighedChain<'_>,
        (first, last): (usize, usize),
    ) -> Self {
        let mut strand = Self::new(graph, weighed, (first, last), None);
        let changes = weighed.chain.subject_changes(graph);
        for (join, at) in strand.joins.iter_mut().zip(first + 1..) {
            join.to_another_subject = at < weighed.chain.hops.len() && changes[at];
        }
        strand
    }
}

impl Card {
    pub(crate) fn new(graph: &EventGraph, event: EventId, focus: bool) -> Self {
        let (day, title) = (text::day(graph, event), text::title(graph, event));
        let key = crate::model::one_line(graph.key(event));
        let tip = format!("{day} {title} ({key})");
        Self { day, title, present: graph.present(event), focus, tip }
    }

    /// A card that stands for what is shown elsewhere.
    pub(crate) fn note(title: String) -> Self {
        let tip = title.clone();
        Self { day: String::new(), title, present: false, focus: false, tip }
    }

    fn lines(&self, width: f64) -> Vec<String> {
        wrapped(&self.title, self.of(), width - 2.0 * PAD, TITLE_LINES)
    }

    fn of(&self) -> Type {
        if self.focus { Type::Lead } else { Type::Body }
    }

    /// How high the card is if it is so wide.
    pub(crate) fn height(&self, width: f64) -> f64 {
        let day = if self.day.is_empty() { 0.0 } else { Type::Strong.leading() + 2.0 };
        2.0 * PAD + day + self.lines(width).len() as f64 * self.of().leading() - 2.0
    }

    /// Draws it with its corner here, so large.
    pub(crate) fn draw(&self, svg: &mut Svg, (x, y): (f64, f64), (width, height): (f64, f64)) {
        svg.mark(&self.tip, |svg| {
            let class = match (self.focus, self.present) {
                (true, _) => "tl-focus",
                (false, true) => "tl-card",
                (false, false) => "tl-card tl-missing",
            };
            svg.rect(class, (x, y), (width, height), 4.0);
            let mut at = y + PAD - 3.0;
            if !self.day.is_empty() {
                at += Type::Strong.leading();
                svg.text((x + PAD, at - 1.0), Type::Strong, Anchor::Start, &self.day);
                if !self.present {
                    let edge = (x + width - PAD, at - 1.0);
                    svg.text(edge, Type::Note, Anchor::End, "no page");
                }
                at += 2.0;
            }
            let of = if self.focus { Type::Heading } else { Type::Body };
            for line in self.lines(width) {
                at += self.of().leading();
                svg.text((x + PAD, at - 2.0), of, Anchor::Start, &line);
            }
        });
    }
}

impl Join {
    fn new(graph: &EventGraph, hop: &Hop, (from, to): (EventId, EventId), strength: f64) -> Self {
        let when = match graph.date(from).zip(graph.date(to)) {
            Some((from, to)) => apart(to.days() - from.days()),
            None => String::new(),
        };
        let mut topics: Vec<String> = Vec::new();
        let mut places: Vec<String> = Vec::new();
        for link in &hop.links {
            for topic in graph.link_topics(link.id) {
                let name = text::topic(graph, topic);
                if !topics.contains(&name) {
                    topics.push(name);
                }
            }
            places.push(crate::model::one_line(&graph.place(link)));
        }
        let topics = topics.join(", ");
        let tip = format!("strength {strength:.2}: {topics} ({})", places.join("; "));
        let topics = match (strength < WEAK, topics.is_empty()) {
            (false, _) => topics,
            (true, false) => format!("{topics} (tells little)"),
            (true, true) => "(tells little)".to_owned(),
        };
        Self { when, topics, strength, tip, to_another_subject: false }
    }

    fn line_width(&self) -> f64 {
        line_width(self.strength)
    }

    /// What is written on the link, in lines no wider than `room`.
    fn lines(&self, room: f64, lines: usize) -> Vec<(Type, String)> {
        let when = (!self.when.is_empty()).then(|| (Type::Strong, self.when.clone()));
        let topics = wrapped(&self.topics, Type::Note, room, lines);
        let change = self.to_another_subject.then(|| {
            (Type::Note, text::cut("· · · another subject from here on", Type::Note, room))
        });
        let topics = topics.into_iter().map(|line| (Type::Note, line));
        when.into_iter().chain(topics).chain(change).collect()
    }
}

/// The line of a link of this strength.
pub(crate) fn line_width(strength: f64) -> f64 {
    1.0 + 6.0 * strength.clamp(0.0, 1.0)
}

/// What the lines mean, for the legend.
pub(crate) fn legend() -> Vec<(Sign, String)> {
    let line = |strength: f64, words: &str| {
        (Sign::Line("tl-link", line_width(strength)), words.to_owned())
    };
    vec![line(0.15, "a link whose topics tell little"), line(1.0, "much (strength 1)")]
}

/// How far apart two days are, in words.
pub(crate) fn apart(days: i32) -> String {
    let n = days.unsigned_abs() as usize;
    let length = match n {
        0 => return "the same day".to_owned(),
        1..=20 => text::counted(n, "day", "days"),
        21..=69 => text::counted((n + 3) / 7, "week", "weeks"),
        70..=699 => text::counted((n * 12 + 182) / 365, "month", "months"),
        _ => text::counted((n * 4 + 730) / 1461, "year", "years"),
    };
    format!("{length} {}", if days > 0 { "later" } else { "earlier" })
}

/// Draws cards in rows from left to right, or, where only one fits beside the
/// other, in a column; how high that is.
pub(crate) fn draw_rows(svg: &mut Svg, room: f64, strand: &Strand) -> f64 {
    let columns = ((room + GAP) / (LEAST_CARD + GAP)) as usize;
    if columns < 2 || strand.cards.len() < 2 {
        return draw_column(svg, (0.0, 0.0), room, strand, false);
    }
    // Rows of nearly the same length: no card is left alone in the last one.
    let rows = strand.cards.len().div_ceil(columns);
    let columns = strand.cards.len().div_ceil(rows);
    let most = 1.6 * LEAST_CARD;
    let card = ((room + GAP) / columns as f64 - GAP).min(most);
    let gap = match columns {
        1 => GAP,
        n => ((room - n as f64 * card) / (n - 1) as f64).min(1.5 * GAP),
    };
    // What the gaps do not take, the cards do.
    let card = (room - (columns - 1) as f64 * gap) / columns as f64;
    let mut y = 0.0;
    for (row, cards) in strand.cards.chunks(columns).enumerate() {
        let label = |join: &Join| {
            let topics = wrapped(&join.topics, Type::Note, gap - 16.0, TOPIC_LINES);
            topics.len() as f64 * Type::Note.leading()
        };
        let joins = &strand.joins[(row * columns).min(strand.joins.len())..];
        let beside = joins.iter().take(cards.len() - 1).map(label).fold(0.0, f64::max);
        let height = cards.iter().map(|c| c.height(card)).fold(LINE + 4.0 + beside, f64::max);
        // The cards are drawn over the lines.
        for (at, join) in joins.iter().take(cards.len() - 1).enumerate() {
            let x = at as f64 * (card + gap) + card;
            draw_beside(svg, join, (x, x + gap), y + LINE);
        }
        for (at, c) in cards.iter().enumerate() {
            c.draw(svg, (at as f64 * (card + gap), y), (card, height));
        }
        y += height;
        if let Some(join) = joins.get(columns - 1) {
            let last = (columns - 1) as f64 * (card + gap) + card / 2.0;
            draw_turn(svg, join, (last, card / 2.0), y);
            y += ROW_GAP;
        }
    }
    y
}

/// A link from one card to the next on its right.
fn draw_beside(svg: &mut Svg, join: &Join, (from, to): (f64, f64), y: f64) {
    svg.mark(&join.tip, |svg| {
        svg.stroke("tl-link", &Path::from((from, y)).line((to, y)), join.line_width());
        let middle = (from + to) / 2.0;
        let mut at = y;
        for (of, line) in join.lines(to - from - 16.0, TOPIC_LINES) {
            // The time above the line, the topics below.
            if of == Type::Strong {
                svg.text((middle, y - 9.0), of, Anchor::Middle, &line);
            } else {
                at += of.leading();
                svg.text((middle, at + 3.0), of, Anchor::Middle, &line);
            }
        }
    });
}

/// A link from the last card of a row to the first of the next.
fn draw_turn(svg: &mut Svg, join: &Join, (from, to): (f64, f64), y: f64) {
    svg.mark(&join.tip, |svg| {
        let middle = y + ROW_GAP / 2.0;
        let (r, down) = (10.0, y + ROW_GAP);
        let path = Path::from((from, y))
            .line((from, middle - r))
            .curve((from, middle), (from, middle), (from - r, middle))
            .line((to + r, middle))
            .curve((to, middle), (to, middle), (to, middle + r))
            .line((to, down));
        svg.stroke("tl-link", &path, join.line_width());
        let room = from - to - 40.0;
        let topics = wrapped(&join.topics, Type::Note, room, 1);
        let center = (from + to) / 2.0;
        svg.text((center, middle - 8.0), Type::Strong, Anchor::Middle, &join.when);
        if let Some(line) = topics.first() {
            svg.text((center, middle + 17.0), Type::Note, Anchor::Middle, line);
        }
    });
}

/// Where the lines of a column run, from the left edge of its cards.
pub(crate) const SPINE: f64 = 18.0;

/// Draws cards one below the other; how high that is. With as many joins as
/// cards, one leads on from the last card or, if `joins_first`, to the first.
pub(crate) fn draw_column(
    svg: &mut Svg,
    (x, y): (f64, f64),
    width: f64,
    strand: &Strand,
    joins_first: bool,
) -> f64 {
    let mut at = y;
    let joint = |svg: &mut Svg, number: usize, at: &mut f64| {
        if let Some(join) = strand.joins.get(number) {
            let length = join_height(join, width);
            draw_below(svg, join, (x, *at), width, length);
            *at += length;
        }
    };
    for (number, card) in strand.cards.iter().enumerate() {
        if joins_first {
            joint(svg, number, &mut at);
        }
        let height = card.height(width);
        card.draw(svg, (x, at), (width, height));
        at += height;
        if !joins_first {
            joint(svg, number, &mut at);
        }
    }
    at - y
}

/// How high [`draw_column`] is.
pub(crate) fn column_height(width: f64, strand: &Strand) -> f64 {
    let cards: f64 = strand.cards.iter().map(|card| card.height(width)).sum();
    let joins: f64 = strand.joins.iter().map(|join| join_height(join, width)).sum();
    cards + joins
}

/// Lines of topics beside a link that goes down.
const BELOW_LINES: usize = 2;

/// How long the line to the next card below has to be.
fn join_height(join: &Join, width: f64) -> f64 {
    let lines = join.lines(width - SPINE - 24.0, BELOW_LINES);
    lines.iter().map(|line| line.0.leading()).sum::<f64>() + 16.0
}

/// A link from a card to the next one below.
fn draw_below(svg: &mut Svg, join: &Join, (x, y): (f64, f64), width: f64, length: f64) {
    svg.mark(&join.tip, |svg| {
        let path = Path::from((x + SPINE, y)).line((x + SPINE, y + length));
        svg.stroke("tl-link", &path, join.line_width());
        let mut at = y + 6.0;
        for (of, line) in join.lines(width - SPINE - 24.0, BELOW_LINES) {
            at += of.leading();
            svg.text((x + SPINE + 14.0, at - 3.0), of, Anchor::Start, &line);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_apart() {
        let cases = [
            (0, "the same day"),
            (1, "1 day later"),
            (-20, "20 days earlier"),
            (28, "4 weeks later"),
            (365, "12 months later"),
            (3_024, "8 years later"),
            (i32::MIN, "5,879,490 years earlier"),
        ];
        for (days, expected) in cases {
            assert_eq!(apart(days), expected, "input {days}");
        }
    }
}
