//! Rows of text, put together on all threads and written in order.
//!
//! A row is bytes in memory until it is whole: formatting into the target
//! piece by piece takes longer than the pieces are worth.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

/// Rows that one thread puts together in one go: so few that they stay in its
/// cache until they are written.
const BLOCK: usize = 128;

/// Puts a row together for each item and writes them in the order of the
/// items. Memory holds some hundreds of rows, however many there are.
pub(super) fn write_rows<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    mut items: impl Iterator<Item = T>,
    row: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    let mut blocks = vec![(Vec::new(), Vec::new()); 4 * rayon::current_num_threads()];
    loop {
        for (taken, text) in &mut blocks {
            text.clear();
            taken.clear();
            taken.extend(items.by_ref().take(BLOCK));
        }
        blocks.par_iter_mut().for_each(|(taken, text)| {
            taken.iter().for_each(|&item| row(text, item));
        });
        for (_, text) in &blocks {
            out.write_all(text)?;
        }
        if blocks.iter().any(|(taken, _)| taken.len() < BLOCK) {
            return Ok(());
        }
    }
}

/// Appends what a formatter makes: slower than appending bytes.
pub(super) fn push(row: &mut Vec<u8>, text: fmt::Arguments<'_>) {
    // Writing into memory cannot fail.
    let _ = row.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_stay_in_order() {
        for count in [0, 1, BLOCK, 4 * BLOCK, 100_000] {
            let mut out = Vec::new();
            let row = |row: &mut Vec<u8>, n: usize| row.extend(format!("{n}\n").bytes());
            write_rows(&mut out, 0..count, row).expect("memory takes it");
            let expected: String = (0..count).map(|n| format!("{n}\n")).collect();
            assert!(out == expected.as_bytes(), "{count} rows");
        }
    }
}
