//! Rows of text, put together on all threads and written in order.
//!
//! A row is bytes in memory until it is whole: formatting into the target
//! piece by piece takes longer than the pieces are worth.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

/// Rows that one thread puts together in one go.
const BLOCK: usize = 512;

/// Items and the rows that were made of them.
type Block<T> = (Vec<T>, Vec<u8>);

/// Puts a row together for each item and writes them in the order of the
/// items. While some are being written, the next are put together. Memory
/// holds some thousands of rows, however many there are.
pub(super) fn write_rows<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    mut items: impl Iterator<Item = T>,
    row: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    let blocks = || -> Vec<Block<T>> {
        (0..4 * rayon::current_num_threads()).map(|_| Block::default()).collect()
    };
    let (mut ready, mut next) = (blocks(), blocks());
    loop {
        for (taken, text) in &mut next {
            text.clear();
            taken.clear();
            taken.extend(items.by_ref().take(BLOCK));
        }
        let is_last = next.iter().any(|(taken, _)| taken.len() < BLOCK);
        // This thread writes, the others make rows: `out` need not change threads.
        rayon::in_place_scope(|scope| {
            let next = &mut next;
            let row = &row;
            scope.spawn(move |_| {
                next.par_iter_mut()
                    .for_each(|(taken, text)| taken.iter().for_each(|&item| row(text, item)));
            });
            write_all(out, &ready)
        })?;
        if is_last {
            return write_all(out, &next);
        }
        std::mem::swap(&mut ready, &mut next);
    }
}

fn write_all<T>(out: &mut dyn Write, blocks: &[Block<T>]) -> io::Result<()> {
    blocks.iter().try_for_each(|(_, text)| out.write_all(text))
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
