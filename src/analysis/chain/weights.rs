//! What links weigh in a search for chains, worked out once each.

use std::cell::{Cell, RefCell};

use crate::analysis::chain::rules::{CostlySteps, Rules, Steps};
use crate::analysis::strength::Strengths;
use crate::graph::Walk;
use crate::model::{EventId, LinkId, TopicId};

/// What a link costs whatever its strength: as much as the step from a
/// strength of 1 down to one of 0.61. Measured, see `docs/analysis.md`.
const EACH: f64 = 0.5;

/// Costs are counted in millionths: sums of whole numbers are the same in any
/// order.
const UNIT: f64 = 1e6;

/// The least that a link is worth: 0 stands for one that was not met yet.
const LEAST: f64 = 1e-9;

/// What a link is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Worth {
    /// Its strength.
    Strength,
    /// The geometric mean of its strength and of how far its two events are
    /// about the same.
    Coherence,
}

/// The worth of the links that a search has met.
pub(in crate::analysis) struct Weights<'g> {
    strengths: Strengths<'g>,
    worth: Worth,
    known: RefCell<Vec<f64>>,
}

impl<'g> Weights<'g> {
    pub(super) fn new(walk: Walk<'g>, worth: Worth) -> Self {
        let strengths = Strengths::new(walk);
        let links = if strengths.is_uniform() { 0 } else { walk.link_count() };
        Self { strengths, worth, known: RefCell::new(vec![0.0; links]) }
    }

    /// Whether all links are worth the same.
    pub(super) fn are_uniform(&self) -> bool {
        self.strengths.is_uniform()
    }

    /// The strengths behind the worths.
    pub(in crate::analysis) fn strengths(&self) -> &Strengths<'g> {
        &self.strengths
    }

    /// The links that are weighed.
    pub(in crate::analysis) fn walk(&self) -> Walk<'g> {
        self.strengths.walk()
    }

    /// The worth of a link, above 0 and at most 1.
    pub(in crate::analysis) fn of(&self, link: LinkId) -> f64 {
        let mut known = self.known.borrow_mut();
        let Some(worth) = known.get_mut(link.index()) else { return 1.0 };
        if *worth == 0.0 {
            let strength = self.strengths.of(link);
            *worth = match self.worth {
                Worth::Strength => strength,
                Worth::Coherence => (strength * self.common(link)).sqrt().max(LEAST),
            };
        }
        *worth
    }

    /// What a link costs a chain: the more, the less it is worth, and
    /// something in any case, so that a chain does not wander.
    pub(super) fn cost(&self, link: LinkId) -> u64 {
        let cost = EACH - libm::log(self.of(link));
        // A worth is above 0 and at most 1, so this is small and above 0.
        (cost * UNIT) as u64
    }

    /// How far a link's two events are about the same, 0 to 1: the information
    /// of the topics that both bear, as a share of that of the topics that
    /// either bears (Jaccard 1912, weighted).
    fn common(&self, link: LinkId) -> f64 {
        let walk = self.strengths.walk();
        let graph = walk.graph();
        let mut a = graph.topics(walk.source(link)).peekable();
        let mut b = graph.topics(walk.target(link)).peekable();
        let (mut both, mut either) = (0.0, 0.0);
        loop {
            let topic: TopicId = match (a.peek(), b.peek()) {
                (Some(&x), Some(&y)) => x.min(y),
                (Some(&x), None) | (None, Some(&x)) => x,
                (None, None) => break,
            };
            let information = self.strengths.information(topic);
            let in_a = a.next_if_eq(&topic).is_some();
            if b.next_if_eq(&topic).is_some() && in_a {
                both += information;
            }
            either += information;
        }
        if either > 0.0 { both / either } else { 0.0 }
    }
}

/// Links that are strong enough; remembers the strongest that was not.
pub(super) struct Above<'s> {
    rules: &'s Rules<'s>,
    weights: &'s Weights<'s>,
    at_least: f64,
    passed_over: Cell<f64>,
}

impl<'s> Above<'s> {
    pub(super) fn new(rules: &'s Rules<'s>, weights: &'s Weights<'s>, at_least: f64) -> Self {
        Self { rules, weights, at_least, passed_over: Cell::new(0.0) }
    }

    pub(super) fn passed_over(&self) -> f64 {
        self.passed_over.get()
    }
}

impl Steps for Above<'_> {
    fn each(&self, event: EventId, forth: bool, visit: &mut impl FnMut(u32)) {
        self.rules.each_link(event, forth, |other, link| {
            let strength = self.weights.of(link);
            if strength >= self.at_least {
                visit(other.0);
            } else {
                self.passed_over.set(self.passed_over.get().max(strength));
            }
        });
    }

    fn degree(&self, event: EventId) -> usize {
        self.rules.degree(event)
    }
}

impl CostlySteps for Above<'_> {
    fn each_cost(
        &self,
        event: EventId,
        forth: bool,
        wanted: &impl Fn(u32) -> bool,
        visit: &mut impl FnMut(u32, u64),
    ) {
        self.rules.each_link(event, forth, |other, link| {
            if wanted(other.0) && self.weights.of(link) >= self.at_least {
                visit(other.0, self.weights.cost(link));
            }
        });
    }
}
