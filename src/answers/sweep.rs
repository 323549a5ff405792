//! At which resolution do communities hold?

use serde::Serialize;

use crate::analysis::{LeidenOptions, Level, Quality, Ties, modularity};
use crate::error::Result;
use crate::graph::Selection;

/// What is tried, from few large communities to many small ones.
const MODULARITY: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
const CPM: [f64; 9] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/// Runs with other seeds that each level is compared with.
const RUNS: u32 = 3;

/// Communities at several resolutions, for people and for programs.
#[derive(Debug, Serialize)]
pub struct SweepAnswer {
    /// What was optimised.
    pub quality: Quality,
    /// Runs with other seeds at each resolution.
    pub runs: u32,
    /// From few large communities to many small ones.
    pub levels: Vec<SweepLevel>,
}

/// Communities at one resolution.
#[derive(Debug, Serialize)]
pub struct SweepLevel {
    /// The resolution.
    pub resolution: f64,
    /// Communities, those of one event included.
    pub communities: usize,
    /// How many have more than one event.
    pub of_several: usize,
    /// Events of the largest.
    pub largest: usize,
    /// Events of the middle one of those with several.
    pub median: usize,
    /// At resolution 1, whatever was optimised.
    pub modularity: f64,
    /// How much runs with other seeds agree (normalised mutual information).
    pub nmi: f64,
    /// The same as adjusted Rand index.
    pub ari: f64,
}

/// Finds communities at each of nine resolutions.
///
/// # Errors
/// If the options are out of range.
pub fn sweep(ties: &Ties, selection: &Selection, options: LeidenOptions) -> Result<SweepAnswer> {
    let resolutions = match options.quality {
        Quality::Modularity | Quality::Tempered => MODULARITY,
        Quality::Cpm => CPM,
    };
    let levels = crate::analysis::sweep(ties, selection, options, &resolutions, RUNS)?;
    let levels = levels.iter().map(|level| record(ties, level)).collect();
    Ok(SweepAnswer { quality: options.quality, runs: RUNS, levels })
}

fn record(ties: &Ties, level: &Level) -> SweepLevel {
    let found = &level.communities.partition;
    let several = found.count_of_size(2);
    SweepLevel {
        resolution: level.resolution,
        communities: found.len(),
        of_several: several,
        largest: found.size(0),
        // Sizes fall; events without ties are communities of one everywhere.
        median: found.size(several.saturating_sub(1) / 2),
        modularity: modularity(ties, found, 1.0),
        nmi: level.agreement.nmi,
        ari: level.agreement.ari,
    }
}
