//! Do the chains of one meaning read better than those of another? Judged by
//! something that none of them looks at: how alike the texts of neighbours are.
//!
//! `judge_chains GRAPH [PAIRS]` takes 300 random pairs of events that are tied
//! at all (fixed seed) and prints, for each meaning, the mean over all pairs of
//! the least and of the mean similarity of neighbours in the chain, the mean
//! number of links, and the milliseconds a chain. Similarity is the cosine of
//! TF-IDF vectors over titles and summaries: words, and for scripts without
//! spaces pairs of characters.

use std::collections::{BTreeMap, HashMap};
use std::time::Instant;

use threadline::EventGraph;
use threadline::analysis::{By, ChainOptions, ChainSearch, Order, components};
use threadline::graph::Selection;
use threadline::model::EventId;
use threadline::store;

type Failure = Box<dyn std::error::Error>;

const SEED: u64 = 2010;

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn main() -> Result<(), Failure> {
    let mut args = std::env::args().skip(1);
    let path = args.next().ok_or("name a graph file")?;
    let count: usize = args.next().map_or(Ok(300), |count| count.parse())?;
    let graph = store::open(path.as_ref())?;
    let texts = Texts::new(&graph);
    let pairs = pairs(&graph, count)?;
    let all = Selection::all(&graph);
    println!("{:<22} least   mean  links  none   ms", "by");
    for order in [Order::Any, Order::Forward] {
        for &by in By::ALL {
            let options = ChainOptions { by, order, ..ChainOptions::default() };
            let mut search = ChainSearch::new(&graph, &all, options)?;
            let (mut least, mut mean, mut links, mut found) = (0.0, 0.0, 0, 0);
            let start = Instant::now();
            let mut chains = Vec::new();
            for &(a, b) in &pairs {
                // Whichever is earlier has the smaller id.
                let (a, b) = if order == Order::Forward { (a.min(b), a.max(b)) } else { (a, b) };
                chains.extend(search.chain(a, b)?);
            }
            let ms = start.elapsed().as_secs_f64() * 1e3 / pairs.len() as f64;
            for chain in &chains {
                let alike: Vec<f64> =
                    chain.events.windows(2).map(|pair| texts.alike(pair[0], pair[1])).collect();
                least += alike.iter().copied().fold(1.0, f64::min);
                mean += alike.iter().sum::<f64>() / alike.len() as f64;
                links += chain.hops.len();
                found += 1;
            }
            let n = f64::from(found.max(1));
            let name = if order == Order::Any { by.to_string() } else { format!("{by}, in time") };
            println!(
                "{name:<22} {:.3}  {:.3}  {:5.2}  {:4}  {ms:5.1}",
                least / n,
                mean / n,
                links as f64 / n,
                pairs.len() as i32 - found
            );
        }
    }
    Ok(())
}

/// Random pairs of different events with a title, both in one component.
fn pairs(graph: &EventGraph, count: usize) -> Result<Vec<(EventId, EventId)>, Failure> {
    let parts = components(graph, &Selection::all(graph))?;
    let tied: Vec<EventId> = graph
        .events()
        .filter(|&event| parts.of(event) == Some(0) && !graph.title(event).is_empty())
        .collect();
    if tied.len() < 2 {
        return Err("the graph has no two events that are tied".into());
    }
    let mut state = SEED;
    let mut event = || {
        // SplitMix64 (Steele, Lea and Flood 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        tied[((z ^ (z >> 31)) % tied.len() as u64) as usize]
    };
    let mut pairs = Vec::new();
    while pairs.len() < count {
        let (a, b) = (event(), event());
        if a != b {
            pairs.push((a, b));
        }
    }
    Ok(pairs)
}

/// TF-IDF vectors of length 1, one an event, by term.
struct Texts(Vec<BTreeMap<u32, f64>>);

impl Texts {
    fn new(graph: &EventGraph) -> Self {
        let mut ids: HashMap<String, u32> = HashMap::new();
        let mut bearers: Vec<u32> = Vec::new();
        let mut counts: Vec<BTreeMap<u32, f64>> = Vec::new();
        for event in graph.events() {
            let text = format!("{} {}", graph.title(event), graph.summary(event).unwrap_or(""));
            let mut own: BTreeMap<u32, f64> = BTreeMap::new();
            for term in terms(&text) {
                let next = ids.len() as u32;
                *own.entry(*ids.entry(term).or_insert(next)).or_default() += 1.0;
            }
            bearers.resize(ids.len(), 0);
            own.keys().for_each(|&term| bearers[term as usize] += 1);
            counts.push(own);
        }
        let events = graph.event_count() as f64;
        for own in &mut counts {
            for (&term, count) in own.iter_mut() {
                let rarity = libm::log(events / f64::from(bearers[term as usize]));
                *count = (1.0 + libm::log(*count)) * rarity;
            }
            let length = own.values().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
            own.values_mut().for_each(|x| *x /= length);
        }
        Self(counts)
    }

    /// The cosine of two events' vectors, 0 to 1.
    fn alike(&self, a: EventId, b: EventId) -> f64 {
        let (a, b) = (&self.0[a.index()], &self.0[b.index()]);
        a.iter().filter_map(|(term, x)| Some(x * b.get(term)?)).sum()
    }
}

/// Words in small letters; of scripts without spaces, pairs of characters.
fn terms(text: &str) -> Vec<String> {
    let no_spaces = |c: char| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let mut terms = Vec::new();
    for part in text.to_lowercase().split(|c: char| !c.is_alphanumeric()) {
        let chars: Vec<char> = part.chars().collect();
        for run in chars.chunk_by(|&a, &b| no_spaces(a) == no_spaces(b)) {
            if no_spaces(run[0]) {
                terms.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
            } else {
                terms.push(run.iter().collect());
            }
        }
    }
    terms
}
