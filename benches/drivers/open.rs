//! What opening a graph file costs, in time and in memory.
//!
//! `open GRAPH` opens it a hundred times and keeps every one open; prints the
//! median in microseconds, and by how many bytes the process grew for each: all
//! of its memory, which counts the pages of the mapped file that were touched,
//! and that of its own alone.

use std::time::Instant;

use threadline::store;

const TIMES: usize = 100;

#[expect(clippy::print_stdout, reason = "a program of its own")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args_os().nth(1).ok_or("name a graph file")?;
    let mut graphs = vec![store::open(path.as_ref())?];
    let before = memory();
    let mut microseconds = Vec::with_capacity(TIMES);
    for _ in 0..TIMES {
        let start = Instant::now();
        let graph = store::open(path.as_ref())?;
        microseconds.push(start.elapsed().as_secs_f64() * 1e6);
        graphs.push(graph);
    }
    let after = memory();
    microseconds.sort_by(f64::total_cmp);
    println!("events\t{}", graphs[0].event_count());
    println!("median microseconds\t{:.1}", microseconds[TIMES / 2]);
    println!("worst microseconds\t{:.1}", microseconds[TIMES - 1]);
    for (name, before, after) in [("resident", before.0, after.0), ("own", before.1, after.1)] {
        if let (Some(before), Some(after)) = (before, after) {
            println!("{name} bytes each\t{}", after.saturating_sub(before) / TIMES as u64);
        }
    }
    Ok(())
}

/// Bytes of memory that the process has, with mapped files and without, where
/// Linux tells.
fn memory() -> (Option<u64>, Option<u64>) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
        Some(kilobytes * 1024)
    };
    (field("VmRSS:"), field("RssAnon:"))
}
