//! Where a chain may go: from an event along which links, to which events.

use crate::analysis::chain::{ChainOptions, Order};
use crate::graph::{Neighbours, Selection, Walk};
use crate::model::{EventId, LinkId};

/// The steps of a search, from either end.
pub(super) trait Steps {
    /// Calls `visit` with each event that a chain may go on to from `event`,
    /// or come from (`forth` is false); one may be named several times.
    fn each(&self, event: EventId, forth: bool, visit: &mut impl FnMut(u32));

    /// No fewer than [`each`](Steps::each) names, in either direction.
    fn degree(&self, event: EventId) -> usize;
}

/// Steps that cost something.
pub(super) trait CostlySteps: Steps {
    /// As [`Steps::each`] for the events that are `wanted`, with what each step
    /// costs.
    fn each_cost(
        &self,
        event: EventId,
        forth: bool,
        wanted: &impl Fn(u32) -> bool,
        visit: &mut impl FnMut(u32, u64),
    );
}

/// What the options and the selection allow, and what one search of several
/// leaves out.
pub(super) struct Rules<'a> {
    pub(super) walk: Walk<'a>,
    pub(super) selection: &'a Selection,
    pub(super) options: ChainOptions<'a>,
    /// Events that are left out, by all searches or by this one; empty if none.
    blocked: Vec<bool>,
    /// Events that this search must not go to first.
    banned: Vec<u32>,
    /// The event that it starts from.
    start: EventId,
}

impl<'a> Rules<'a> {
    pub(super) fn new(walk: Walk<'a>, options: ChainOptions<'a>, selection: &'a Selection) -> Self {
        let mut rules = Self {
            walk,
            selection,
            options,
            blocked: Vec::new(),
            banned: Vec::new(),
            start: EventId(u32::MAX),
        };
        rules.block(options.without);
        rules
    }

    /// Leaves out events, and steps from the search's start to some others.
    pub(super) fn leave_out(&mut self, events: &[EventId], start: EventId, banned: &[EventId]) {
        self.block(events);
        self.start = start;
        self.banned.clear();
        self.banned.extend(banned.iter().map(|event| event.0));
    }

    fn block(&mut self, events: &[EventId]) {
        if !events.is_empty() {
            self.blocked.resize(self.walk.event_count(), false);
        }
        for event in events {
            if let Some(blocked) = self.blocked.get_mut(event.index()) {
                *blocked = true;
            }
        }
    }

    /// Lets them in again.
    pub(super) fn let_in(&mut self, events: &[EventId]) {
        for event in events {
            if let Some(blocked) = self.blocked.get_mut(event.index()) {
                *blocked = false;
            }
        }
        self.start = EventId(u32::MAX);
        self.banned.clear();
    }

    /// Whether a chain may run through an event.
    pub(super) fn allows(&self, event: EventId) -> bool {
        self.selection.contains(event)
            && self.blocked.get(event.index()) != Some(&true)
            && (self.options.order == Order::Any || self.walk.graph().date(event).is_some())
    }

    /// Whether only the selection and the direction decide, so that links need
    /// not be looked at one by one.
    pub(super) fn are_plain(&self) -> bool {
        self.blocked.is_empty()
            && self.banned.is_empty()
            && self.options.avoid.is_empty()
            && self.options.order == Order::Any
    }

    /// Calls `visit` with each event that a chain may go on to (or come from)
    /// and the link that leads there.
    pub(super) fn each_link(
        &self,
        event: EventId,
        forth: bool,
        mut visit: impl FnMut(EventId, LinkId),
    ) {
        let walk = self.walk;
        let mut step = |other: EventId, link: LinkId| {
            let (a, b) = if forth { (event, other) } else { (other, event) };
            if other != event && self.allows(other) && self.may_step(a, b) && self.may_follow(link)
            {
                visit(other, link);
            }
        };
        if forth || !self.options.directed {
            walk.out_links(event).for_each(|link| step(walk.target(link), link));
        }
        if !forth || !self.options.directed {
            walk.in_links(event).for_each(|link| step(walk.source(link), link));
        }
    }

    /// Whether a chain may go from one event to the next, if there is a link.
    fn may_step(&self, a: EventId, b: EventId) -> bool {
        if a == self.start && self.banned.contains(&b.0) {
            return false;
        }
        let date = |event| self.walk.graph().date(event);
        match self.options.order {
            Order::Any => true,
            Order::Forward => date(a) <= date(b),
            Order::Backward => date(a) >= date(b),
        }
    }

    /// Whether a link may be followed at all.
    pub(super) fn may_follow(&self, link: LinkId) -> bool {
        let avoid = self.options.avoid;
        avoid.is_empty() || !self.walk.graph().link_topics(link).any(|t| avoid.contains(&t))
    }
}

impl Steps for Rules<'_> {
    fn each(&self, event: EventId, forth: bool, visit: &mut impl FnMut(u32)) {
        self.each_link(event, forth, |other, _| visit(other.0));
    }

    fn degree(&self, event: EventId) -> usize {
        self.walk.degree(event)
    }
}

/// All links between selected events: no link is looked at.
pub(super) struct Plain<'a> {
    walk: Walk<'a>,
    selection: &'a Selection,
    all: bool,
    directed: bool,
    /// If they are laid out already, and direction does not matter.
    rows: Option<&'a Neighbours>,
}

impl<'a> Plain<'a> {
    pub(super) fn new(walk: Walk<'a>, selection: &'a Selection, directed: bool) -> Self {
        let rows = if directed { None } else { walk.neighbours_once_worth(1) };
        Self { walk, selection, all: selection.is_all(), directed, rows }
    }
}

impl Steps for Plain<'_> {
    fn each(&self, event: EventId, forth: bool, visit: &mut impl FnMut(u32)) {
        let mut step = |other: u32| {
            if self.all || self.selection.contains(EventId(other)) {
                visit(other);
            }
        };
        match (self.rows, self.all) {
            (Some(rows), true) => return rows.of(event).iter().for_each(|&other| visit(other)),
            (Some(rows), false) => return rows.of(event).iter().for_each(|&other| step(other)),
            (None, _) => {}
        }
        if forth || !self.directed {
            self.walk.targets(event).iter().for_each(|&target| step(target));
        }
        if !forth || !self.directed {
            self.walk.in_links(event).for_each(|link| step(self.walk.source(link).0));
        }
    }

    fn degree(&self, event: EventId) -> usize {
        self.rows.map_or_else(|| self.walk.degree(event), |rows| rows.of(event).len())
    }
}
