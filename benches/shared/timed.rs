//! What the drivers print for `scripts/bench`: a row a measurement.

use std::time::Instant;

/// What `work` returns; its seconds are printed behind the task and a tab.
#[expect(clippy::print_stdout, reason = "a program of its own")]
pub(crate) fn timed<T>(task: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    println!("{task}\t{:.6}", start.elapsed().as_secs_f64());
    result
}
