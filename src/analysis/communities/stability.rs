//! Do communities depend on chance? Runs with different seeds, compared.

use std::collections::BTreeMap;

use crate::analysis::communities::{Communities, LeidenOptions, leiden};
use crate::analysis::partition::{OUTSIDE, Partition};
use crate::analysis::ties::Ties;
use crate::error::{Error, ErrorKind, Result};
use crate::graph::Selection;

/// How much two partitions of the same events agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Agreement {
    /// Normalised mutual information (Strehl and Ghosh 2002, with the mean of
    /// the entropies below): 0 for nothing in common, 1 for the same.
    pub nmi: f64,
    /// Adjusted Rand index (Hubert and Arabie 1985): 0 for what chance gives,
    /// 1 for the same.
    pub ari: f64,
}

/// Compares two partitions; events that are not in both are left out.
///
/// # Complexity
/// O(|V| log |V|).
pub fn agreement(a: &Partition, b: &Partition) -> Agreement {
    let mut both: Vec<(u32, u32)> = a
        .numbers()
        .iter()
        .zip(b.numbers())
        .filter(|(a, b)| **a != OUTSIDE && **b != OUTSIDE)
        .map(|(a, b)| (*a, *b))
        .collect();
    both.sort_unstable();
    let total = both.len() as f64;
    let (mut of_a, mut of_b) = (BTreeMap::new(), BTreeMap::new());
    let mut shared: Vec<((u32, u32), f64)> = Vec::new();
    for pair in both.chunk_by(|a, b| a == b) {
        let count = pair.len() as f64;
        shared.push((pair[0], count));
        *of_a.entry(pair[0].0).or_insert(0.0) += count;
        *of_b.entry(pair[0].1).or_insert(0.0) += count;
    }
    let entropy = |sizes: &BTreeMap<u32, f64>| -> f64 {
        sizes.values().map(|n| -n / total * libm::log(n / total)).sum()
    };
    let mutual: f64 = shared
        .iter()
        .map(|((a, b), n)| n / total * libm::log(n * total / (of_a[a] * of_b[b])))
        .sum();
    let pairs = |n: f64| n * (n - 1.0) / 2.0;
    let together: f64 = shared.iter().map(|(_, n)| pairs(*n)).sum();
    let in_a: f64 = of_a.values().map(|n| pairs(*n)).sum();
    let in_b: f64 = of_b.values().map(|n| pairs(*n)).sum();
    let expected = if total > 1.0 { in_a * in_b / pairs(total) } else { 0.0 };
    let share = |part: f64, whole: f64| if whole > 0.0 { (part / whole).min(1.0) } else { 1.0 };
    Agreement {
        nmi: share(mutual.max(0.0), (entropy(&of_a) + entropy(&of_b)) / 2.0),
        ari: share(together - expected, (in_a + in_b) / 2.0 - expected),
    }
}

/// How often each event stays with its community when chance falls otherwise.
///
/// For each run with another seed (`options.seed` + 1, + 2, …) a community is
/// found again in the one that shares most events with it (of several the one
/// with the lowest number); an event stays if it is in that one.
///
/// # Returns
/// The share of the runs in which each event stays, by id; `None` outside of
/// the selection.
///
/// # Errors
/// If there are no runs, and those of [`leiden`].
///
/// # Complexity
/// That of [`leiden`] and O(|V| log |V|), times the runs.
pub fn stability(
    ties: &Ties,
    selection: &Selection,
    options: LeidenOptions,
    communities: &Partition,
    runs: u32,
) -> Result<Vec<Option<f64>>> {
    at_least_one(runs)?;
    let numbers = communities.numbers();
    let mut stays = vec![0_u32; numbers.len()];
    for run in 1..=runs {
        let seed = options.seed.wrapping_add(u64::from(run));
        let other = leiden(ties, selection, LeidenOptions { seed, ..options })?;
        let others = other.partition.numbers();
        let again = found_again(communities.len(), numbers, others);
        for ((stays, &number), other) in stays.iter_mut().zip(numbers).zip(others) {
            *stays += u32::from(again.get(number as usize) == Some(other));
        }
    }
    let share = |(&stays, &number): (&u32, &u32)| {
        (number != OUTSIDE).then(|| f64::from(stays) / f64::from(runs))
    };
    Ok(stays.iter().zip(numbers).map(share).collect())
}

/// For each community the one of another run that shares most events with it.
fn found_again(communities: usize, numbers: &[u32], others: &[u32]) -> Vec<u32> {
    let mut both: Vec<(u32, u32)> = numbers.iter().copied().zip(others.iter().copied()).collect();
    both.sort_unstable();
    let mut best = vec![(0, OUTSIDE); communities];
    for pair in both.chunk_by(|a, b| a == b) {
        if let Some(best) = best.get_mut(pair[0].0 as usize)
            && pair.len() > best.0
        {
            *best = (pair.len(), pair[0].1);
        }
    }
    best.into_iter().map(|best| best.1).collect()
}

/// Communities at one resolution.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    /// γ.
    pub resolution: f64,
    /// What is found there.
    pub communities: Communities,
    /// How much runs with other seeds agree with that, on average.
    pub agreement: Agreement,
}

/// Communities at several resolutions, each found `runs` times more with other
/// seeds: where they agree, the level is one of the archive and not of chance.
///
/// # Returns
/// The levels in the order of the resolutions.
///
/// # Errors
/// If there are no runs, and those of [`leiden`].
///
/// # Complexity
/// That of [`leiden`] times the resolutions and runs.
pub fn sweep(
    ties: &Ties,
    selection: &Selection,
    options: LeidenOptions,
    resolutions: &[f64],
    runs: u32,
) -> Result<Vec<Level>> {
    at_least_one(runs)?;
    let level = |&resolution: &f64| {
        let options = LeidenOptions { resolution, ..options };
        let communities = leiden(ties, selection, options)?;
        let mut agreement_of_all = Agreement { nmi: 0.0, ari: 0.0 };
        for run in 1..=runs {
            let seed = options.seed.wrapping_add(u64::from(run));
            let other = leiden(ties, selection, LeidenOptions { seed, ..options })?;
            let one = agreement(&communities.partition, &other.partition);
            agreement_of_all.nmi += one.nmi / f64::from(runs);
            agreement_of_all.ari += one.ari / f64::from(runs);
        }
        Ok(Level { resolution, communities, agreement: agreement_of_all })
    };
    resolutions.iter().map(level).collect()
}

fn at_least_one(runs: u32) -> Result<()> {
    if runs == 0 {
        let message = "0 runs to compare with; at least one is needed";
        return Err(Error::new(ErrorKind::Input, message));
    }
    Ok(())
}
