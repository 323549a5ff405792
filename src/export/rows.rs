//! Rows of text, put together on all threads and written in order.
//!
//! A row is bytes in memory until it is whole: formatting into the target
//! piece by piece takes longer than the pieces are worth.

use std::fmt;
use std::io::{self, Write};

use rayon::prelude::*;

/// Rows that one thread puts together in one go.
const BLOCK: usize = 512;

/// Puts a row together for each item and writes them in the order of the
/// items; while some rows are written, the next are put together. Memory holds
/// some thousands of rows, however many there are.
pub(super) fn write_rows<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    mut items: impl Iterator<Item = T>,
    row: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    let (mut ready, mut next) = (Rows::new(), Rows::new());
    ready.take(&mut items);
    ready.put_together(&row);
    while !ready.is_empty() {
        next.take(&mut items);
        // The target stays on this thread.
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| next.put_together(&row));
            ready.write(out)
        })?;
        std::mem::swap(&mut ready, &mut next);
    }
    Ok(())
}

/// Some rows, in blocks: what they are made of, and their text.
struct Rows<T>(Vec<(Vec<T>, Vec<u8>)>);

impl<T: Copy + Send + Sync> Rows<T> {
    fn new() -> Self {
        Self(vec![(Vec::new(), Vec::new()); 4 * rayon::current_num_threads()])
    }

    /// Takes the next items, as many as there is room for.
    fn take(&mut self, items: &mut impl Iterator<Item = T>) {
        for (taken, _) in &mut self.0 {
            taken.clear();
            taken.extend(items.take(BLOCK));
        }
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|(taken, _)| taken.is_empty())
    }

    fn put_together(&mut self, row: &(impl Fn(&mut Vec<u8>, T) + Sync)) {
        self.0.par_iter_mut().for_each(|(taken, text)| {
            text.clear();
            taken.iter().for_each(|&item| row(text, item));
        });
    }

    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.0.iter().try_for_each(|(_, text)| out.write_all(text))
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
        for count in [0, 1, BLOCK, 4 * BLOCK, 8 * BLOCK, 100_000] {
            let mut out = Vec::new();
            let row = |row: &mut Vec<u8>, n: usize| row.extend(format!("{n}\n").bytes());
            write_rows(&mut out, 0..count, row).expect("memory takes it");
            let expected: String = (0..count).map(|n| format!("{n}\n")).collect();
            assert!(out == expected.as_bytes(), "{count} rows");
        }
    }
}
