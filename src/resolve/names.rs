//! Names that are one topic although they hold commas, found in a text.
//!
//! All names are looked for at once, as Aho and Corasick do ("Efficient string
//! matching", 1975), with pieces in place of letters and from the last piece to
//! the first: so what is found at a piece are the names that begin there.

use std::collections::HashMap;
use std::ops::Range;

use crate::resolve::contexts::pieces;

/// Names with commas, as a machine whose states are what may be the end of
/// one.
#[derive(Debug, Default)]
pub(super) struct Names<'t> {
    /// Each piece of a name, numbered.
    numbers: HashMap<&'t str, u32>,
    /// From a state, by a piece, to the state of one piece more.
    longer: HashMap<(State, u32), State>,
    states: Vec<Known>,
}

type State = u32;

/// Nothing read that could be the end of a name.
const START: State = 0;

/// What is known of a state.
#[derive(Debug, Default)]
struct Known {
    /// The state of the same without its last pieces, as few as possible.
    shorter: State,
    /// How many pieces the longest name has that begins here; 0 for none.
    name: u32,
}

impl<'t> Names<'t> {
    /// The machine that finds these names.
    ///
    /// # Complexity
    /// Time O(n log n) and memory linear in the length n of all names.
    pub(super) fn new(names: impl Iterator<Item = &'t str>) -> Self {
        let mut all = Self { states: vec![Known::default()], ..Self::default() };
        // The way to each state: how deep, from where, by which piece.
        let mut steps: Vec<(u32, State, u32, State)> = Vec::new();
        for name in names {
            let (mut state, mut depth) = (START, 0);
            for piece in pieces(name).into_iter().rev() {
                let next = all.numbers.len() as u32;
                let piece = *all.numbers.entry(&name[piece]).or_insert(next);
                let (from, new) = (state, all.states.len() as State);
                state = *all.longer.entry((from, piece)).or_insert(new);
                depth += 1;
                if state == new {
                    all.states.push(Known::default());
                    steps.push((depth, from, piece, state));
                }
            }
            all.states[state as usize].name = depth;
        }
        // A shorter state has to be known before a longer one.
        steps.sort_unstable();
        for (depth, from, piece, state) in steps {
            let shorter = match depth {
                1 => START,
                _ => all.step(all.states[from as usize].shorter, piece),
            };
            let name = all.states[shorter as usize].name;
            let known = &mut all.states[state as usize];
            known.shorter = shorter;
            if known.name == 0 {
                known.name = name;
            }
        }
        all
    }

    /// How many pieces from each one on are one name: the longest, or one
    /// piece. Empty if there are no names.
    ///
    /// # Complexity
    /// Time linear in the length of the text, whatever the names are.
    pub(super) fn lengths(&self, text: &str, pieces: &[Range<usize>]) -> Vec<u32> {
        if self.longer.is_empty() {
            return Vec::new();
        }
        let mut lengths = vec![1; pieces.len()];
        let mut state = START;
        for (length, piece) in lengths.iter_mut().zip(pieces).rev() {
            state = match self.numbers.get(&text[piece.clone()]) {
                Some(&piece) => self.step(state, piece),
                None => START,
            };
            *length = self.states[state as usize].name.max(1);
        }
        lengths
    }

    /// One piece more: the longest end of what was read that is the end of a
    /// name.
    fn step(&self, mut state: State, piece: u32) -> State {
        loop {
            match self.longer.get(&(state, piece)) {
                Some(&longer) => return longer,
                None if state == START => return START,
                None => state = self.states[state as usize].shorter,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every span that is a name, tried one after the other.
    fn slow(names: &[String], text: &str) -> Vec<u32> {
        let pieces = pieces(text);
        let span = |at: usize, length: usize| &text[pieces[at].start..pieces[at + length - 1].end];
        let longest = |at: usize| {
            let mut lengths = (2..=pieces.len() - at).rev();
            lengths.find(|&length| names.iter().any(|name| name == span(at, length)))
        };
        (0..pieces.len()).map(|at| longest(at).unwrap_or(1) as u32).collect()
    }

    #[test]
    fn names_are_found_as_when_all_spans_are_tried() {
        let parts = ["A", "B", "C", "-{x", "y}-", ""];
        let mut seed = 11_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (seed >> 33) as usize % below
        };
        for case in 0..3_000 {
            let known = 2 + case % 5;
            let mut text = |most: usize| {
                let count = 1 + random(most);
                (0..count).map(|_| parts[random(known)]).collect::<Vec<_>>().join(", ")
            };
            let names: Vec<String> =
                (0..6).map(|_| text(5)).filter(|name| pieces(name).len() > 1).collect();
            let text = text(12);
            let found = Names::new(names.iter().map(String::as_str));
            let mut lengths = found.lengths(&text, &pieces(&text));
            lengths.resize(pieces(&text).len(), 1);
            assert_eq!(lengths, slow(&names, &text), "{names:?} in {text:?}");
        }
    }
}
