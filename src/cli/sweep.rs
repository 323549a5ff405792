//! `threadline clusters --sweep`: communities at several resolutions.

use std::io::Write;

use serde::Serialize;

use crate::analysis::{LeidenOptions, Level, Quality, Ties, modularity, sweep};
use crate::cli::answers::write_json;
use crate::cli::output_error;
use crate::cli::screen::{STRONG, number, styled};
use crate::error::Result;
use crate::graph::Selection;

/// What is tried, from few large communities to many small ones.
const MODULARITY: [f64; 9] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0];
const CPM: [f64; 9] = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2];

/// Runs with other seeds that each level is compared with.
const RUNS: u32 = 3;

#[derive(Serialize)]
struct Answer {
    quality: &'static str,
    runs: u32,
    levels: Vec<LevelRecord>,
}

#[derive(Serialize)]
struct LevelRecord {
    resolution: f64,
    communities: usize,
    /// How many have more than one event.
    of_several: usize,
    largest: usize,
    median: usize,
    modularity: f64,
    /// How much runs with other seeds agree.
    nmi: f64,
    ari: f64,
}

pub(super) fn run(
    ties: &Ties,
    selection: &Selection,
    options: &LeidenOptions,
    json: bool,
    out: &mut dyn Write,
) -> Result<()> {
    let (quality, resolutions) = match options.quality {
        Quality::Modularity => ("modularity", MODULARITY),
        Quality::Cpm => ("cpm", CPM),
    };
    let levels = sweep(ties, selection, options, &resolutions, RUNS)?;
    let levels: Vec<LevelRecord> = levels.iter().map(|level| record(ties, level)).collect();
    if json {
        return write_json(out, &Answer { quality, runs: RUNS, levels });
    }
    write_table(out, &levels).map_err(output_error)
}

fn record(ties: &Ties, level: &Level) -> LevelRecord {
    let found = &level.communities;
    let several = (0..found.len()).take_while(|&number| found.size(number) > 1).count();
    LevelRecord {
        resolution: level.resolution,
        communities: found.len(),
        of_several: several,
        largest: found.size(0),
        // Sizes fall; events without ties are communities of one everywhere.
        median: found.size(several.saturating_sub(1) / 2),
        modularity: modularity(ties, found.partition(), 1.0),
        nmi: level.agreement.nmi,
        ari: level.agreement.ari,
    }
}

fn write_table(out: &mut dyn Write, levels: &[LevelRecord]) -> std::io::Result<()> {
    let head = format!(
        "{:>10} {:>11} {:>9} {:>7} {:>10} {:>6} {:>6}",
        "resolution", "communities", "largest", "median", "modularity", "NMI", "ARI"
    );
    writeln!(out, "{}", styled(STRONG, head))?;
    for level in levels {
        writeln!(
            out,
            "{:>10} {:>11} {:>9} {:>7} {:>10.3} {:>6.3} {:>6.3}",
            level.resolution,
            number(level.of_several),
            number(level.largest),
            number(level.median),
            level.modularity,
            level.nmi,
            level.ari,
        )?;
    }
    writeln!(
        out,
        "\nCommunities of two events or more. NMI and ARI: how much {RUNS} runs with other"
    )?;
    writeln!(out, "seeds agree; a level that is near 1 does not depend on chance.")
}
