//! Rows of text, put together on all threads and written in order.
//!
//! A row is bytes in memory until it is whole: formatting into the target
//! piece by piece takes longer than the pieces are worth.

use std::fmt;
use std::io::{self, IoSlice, Write};

use rayon::prelude::*;

/// Rows that one thread puts together in one go: so few that they stay in its
/// cache until they are written.
const BLOCK: usize = 32;

/// Blocks of a batch for each thread: so many that threads seldom wait for
/// each other.
const BLOCKS: usize = 8;

/// Some rows: what they are of, and their text.
type Block<T> = (Vec<T>, Vec<u8>);

/// Puts a row together for each item and writes them in the order of the
/// items. While a batch of rows is written, the next one is put together.
/// Memory holds some thousands of rows, however many there are.
pub(super) fn write_rows<T: Copy + Send + Sync>(
    out: &mut dyn Write,
    mut items: impl Iterator<Item = T>,
    row: impl Fn(&mut Vec<u8>, T) + Sync,
) -> io::Result<()> {
    let blocks = BLOCKS * rayon::current_num_threads();
    let batch = || -> Vec<Block<T>> { (0..blocks).map(|_| Block::default()).collect() };
    let (mut whole, mut next) = (batch(), batch());
    loop {
        for (taken, text) in &mut next {
            text.clear();
            taken.clear();
            taken.extend(items.by_ref().take(BLOCK));
        }
        let is_last = next.iter().any(|(taken, _)| taken.len() < BLOCK);
        rayon::in_place_scope(|scope| {
            scope.spawn(|_| {
                next.par_iter_mut().for_each(|(taken, text)| {
                    taken.iter().for_each(|&item| row(text, item));
                });
            });
            write_all(out, &whole)
        })?;
        std::mem::swap(&mut whole, &mut next);
        if is_last {
            return write_all(out, &whole);
        }
    }
}

/// Writes blocks as they lie in memory, many in a go.
fn write_all<T>(out: &mut dyn Write, blocks: &[Block<T>]) -> io::Result<()> {
    let mut texts: Vec<IoSlice<'_>> =
        blocks.iter().map(|(_, text)| IoSlice::new(text)).filter(|text| !text.is_empty()).collect();
    let mut left = &mut texts[..];
    while !left.is_empty() {
        match out.write_vectored(left) {
            Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
            Ok(written) => IoSlice::advance_slices(&mut left, written),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Appends a text and a number behind it.
pub(super) fn push_number(row: &mut Vec<u8>, before: &str, number: impl itoa::Integer) {
    row.extend(before.as_bytes());
    row.extend(itoa::Buffer::new().format(number).as_bytes());
}

/// Appends a number as `{number}` shows it, where that can be done faster.
pub(super) fn push_real(row: &mut Vec<u8>, number: f64) {
    // Others have an exponent in JSON.
    if !(1e-4..1e15).contains(&number.abs()) {
        return push(row, format_args!("{number}"));
    }
    serde_json::to_writer(&mut *row, &number).expect("memory takes it");
    if row.ends_with(b".0") {
        row.truncate(row.len() - 2);
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
    fn reals_are_as_they_are_shown() {
        let mut numbers =
            vec![0.0, -0.0, 1.0, -2.5, 1e-4, 9.9e-5, 1e15, 123_456.0, 1e300, f64::NAN];
        numbers.extend((1..1000).map(|n| f64::from(n) / 7.0 / 1000.0));
        for number in numbers {
            let mut row = b"x=\"".to_vec();
            push_real(&mut row, number);
            assert_eq!(String::from_utf8_lossy(&row), format!("x=\"{number}"));
        }
    }

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
