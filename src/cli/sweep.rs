//! `threadline clusters --sweep`: communities at several resolutions.

use std::io::Write;

use crate::answers::SweepAnswer;
use crate::cli::json::write_json;
use crate::cli::output_error;
use crate::cli::screen::{STRONG, number, styled};
use crate::error::Result;

pub(super) fn write(answer: &SweepAnswer, json: bool, out: &mut dyn Write) -> Result<()> {
    if json {
        return write_json(out, answer);
    }
    write_table(out, answer).map_err(output_error)
}

fn write_table(out: &mut dyn Write, answer: &SweepAnswer) -> std::io::Result<()> {
    let head = format!(
        "{:>10} {:>11} {:>9} {:>7} {:>10} {:>6} {:>6}",
        "resolution", "communities", "largest", "median", "modularity", "NMI", "ARI"
    );
    writeln!(out, "{}", styled(STRONG, head))?;
    for level in &answer.levels {
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
        "\nCommunities of two events or more. NMI and ARI: how much {} runs with other",
        answer.runs
    )?;
    writeln!(out, "seeds agree; a level that is near 1 does not depend on chance.")
}
