//! Columns of strings and of lists, over buffers that may hold anything.

use std::ops::Range;

use arrow_buffer::{Buffer, NullBuffer, ScalarBuffer};

use crate::error::{Error, ErrorKind, Result};

/// A column of strings: Arrow's `utf8`.
#[derive(Clone, Debug)]
pub struct Texts {
    offsets: ScalarBuffer<i32>,
    bytes: Buffer,
    valid: Option<NullBuffer>,
}

impl Texts {
    /// From Arrow's buffers. They are not checked here but where they are
    /// read; without any offset the column is empty.
    pub fn from_buffers(
        offsets: ScalarBuffer<i32>,
        bytes: Buffer,
        valid: Option<NullBuffer>,
    ) -> Self {
        Self { offsets, bytes, valid }
    }

    /// From strings, in order.
    ///
    /// # Errors
    /// If they are longer than 2 GiB together.
    pub fn collect<'t>(texts: impl Iterator<Item = &'t str>, bytes: usize) -> Result<Self> {
        Self::collect_nullable(texts.map(Some), bytes)
    }

    /// From strings, in order; an empty one is null.
    ///
    /// # Errors
    /// If they are longer than 2 GiB together.
    pub fn collect_non_empty<'t>(
        texts: impl Iterator<Item = &'t str>,
        bytes: usize,
    ) -> Result<Self> {
        Self::collect_nullable(texts.map(|text| (!text.is_empty()).then_some(text)), bytes)
    }

    fn collect_nullable<'t>(
        texts: impl Iterator<Item = Option<&'t str>>,
        bytes: usize,
    ) -> Result<Self> {
        let mut offsets = Vec::with_capacity(texts.size_hint().0 + 1);
        let mut all = Vec::with_capacity(bytes);
        let mut valid = Vec::with_capacity(texts.size_hint().0);
        offsets.push(0_i32);
        for text in texts {
            all.extend_from_slice(text.unwrap_or_default().as_bytes());
            let end = i32::try_from(all.len()).map_err(|_| {
                let message = "one column of text is longer than 2 GiB, more than a table holds";
                Error::new(ErrorKind::TooLarge, message)
            })?;
            offsets.push(end);
            valid.push(text.is_some());
        }
        let valid = Some(NullBuffer::from(valid)).filter(|valid| valid.null_count() > 0);
        Ok(Self { offsets: offsets.into(), bytes: all.into(), valid })
    }

    /// How many strings there are, nulls included.
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The string in a row; `None` for null, for a row that is not there, and
    /// for one whose bytes are damaged.
    pub fn get(&self, row: usize) -> Option<&str> {
        if self.valid.as_ref().is_some_and(|valid| row < valid.len() && valid.is_null(row)) {
            return None;
        }
        simdutf8::basic::from_utf8(self.bytes(row)?).ok()
    }

    /// The same column for those who read its strings many times.
    ///
    /// # Complexity
    /// O(length of all strings), which are checked; from then on O(1) a string.
    pub fn checked(&self) -> CheckedTexts<'_> {
        let whole = match self.valid {
            None => simdutf8::basic::from_utf8(&self.bytes).ok(),
            Some(_) => None,
        };
        CheckedTexts { texts: self, whole }
    }

    /// The string in a row; empty where [`Texts::get`] has none.
    pub fn text(&self, row: usize) -> &str {
        self.get(row).unwrap_or_default()
    }

    /// The bytes in a row, which may be no UTF-8.
    pub fn bytes(&self, row: usize) -> Option<&[u8]> {
        self.bytes.as_slice().get(self.range(row)?)
    }

    /// Where in the bytes a row's are.
    fn range(&self, row: usize) -> Option<Range<usize>> {
        let start = usize::try_from(*self.offsets.get(row)?).ok()?;
        let end = usize::try_from(*self.offsets.get(row + 1)?).ok()?;
        Some(start..end)
    }

    /// The bytes of some rows, one string behind the other; empty if they are
    /// damaged.
    pub fn span(&self, rows: Range<usize>) -> &[u8] {
        let at = |row: usize| usize::try_from(*self.offsets.get(row)?).ok();
        match (at(rows.start), at(rows.end)) {
            (Some(start), Some(end)) => self.bytes.as_slice().get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    /// Where the string of a row begins in the column's bytes.
    pub fn start(&self, row: usize) -> usize {
        self.offsets.get(row).and_then(|&start| usize::try_from(start).ok()).unwrap_or(0)
    }

    pub(super) fn offsets(&self) -> &ScalarBuffer<i32> {
        &self.offsets
    }

    pub(super) fn buffer(&self) -> &Buffer {
        &self.bytes
    }

    pub(super) fn valid(&self) -> Option<&NullBuffer> {
        self.valid.as_ref()
    }
}

/// A column of strings whose bytes were checked as one: to read one is to cut it out.
#[derive(Clone, Copy, Debug)]
pub struct CheckedTexts<'t> {
    texts: &'t Texts,
    /// None if some string is null or damaged: each is checked as it is read.
    whole: Option<&'t str>,
}

impl<'t> CheckedTexts<'t> {
    /// The string in a row, as [`Texts::text`] has it.
    pub fn text(&self, row: usize) -> &'t str {
        match self.whole {
            Some(whole) => {
                self.texts.range(row).and_then(|range| whole.get(range)).unwrap_or_default()
            }
            None => self.texts.text(row),
        }
    }
}

/// A column of lists of ids: Arrow's `list<u32>`.
#[derive(Clone, Debug)]
pub struct Lists {
    offsets: ScalarBuffer<i32>,
    values: ScalarBuffer<u32>,
}

impl Lists {
    /// From Arrow's buffers. They are not checked here but where they are
    /// read; without any offset the column is empty.
    pub fn from_buffers(offsets: ScalarBuffer<i32>, values: ScalarBuffer<u32>) -> Self {
        Self { offsets, values }
    }

    /// From the lengths of the lists, and their values one behind the other.
    ///
    /// # Errors
    /// If there are more than 2^31 values.
    pub fn collect(lengths: impl Iterator<Item = usize>, values: Vec<u32>) -> Result<Self> {
        let mut offsets = Vec::with_capacity(lengths.size_hint().0 + 1);
        let mut end = 0_usize;
        offsets.push(0_i32);
        for length in lengths {
            end += length;
            offsets.push(i32::try_from(end).map_err(|_| {
                let message = "one column of lists has more than 2^31 values";
                Error::new(ErrorKind::TooLarge, message)
            })?);
        }
        Ok(Self { offsets: offsets.into(), values: values.into() })
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list in a row; empty if it is not there or damaged.
    pub fn get(&self, row: usize) -> &[u32] {
        let at = |row: usize| usize::try_from(*self.offsets.get(row)?).ok();
        match (at(row), at(row + 1)) {
            (Some(start), Some(end)) => self.values.get(start..end).unwrap_or_default(),
            _ => &[],
        }
    }

    pub(super) fn offsets(&self) -> &ScalarBuffer<i32> {
        &self.offsets
    }

    pub(super) fn values(&self) -> &ScalarBuffer<u32> {
        &self.values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whatever a column holds, its strings are the same read one by one or checked as one.
    #[test]
    fn checked_as_one_or_each_alone() {
        let columns: [(&[i32], &[u8]); 7] = [
            (&[0, 2, 2, 5], "ab月".as_bytes()),
            (&[0, 3, 4, 5], "ab月".as_bytes()),
            (&[0, 1, 2, 3], b"a\xffb"),
            (&[2, 1, 9, 3], b"abc"),
            (&[0, -1, 1, i32::MAX], b"abc"),
            (&[0], b""),
            (&[], b"abc"),
        ];
        for (offsets, bytes) in columns {
            for null in [None, Some(vec![true, false, true])] {
                let valid = null.filter(|_| offsets.len() == 4).map(NullBuffer::from);
                let texts =
                    Texts::from_buffers(offsets.to_vec().into(), Buffer::from(bytes), valid);
                let checked = texts.checked();
                for row in 0..5 {
                    assert_eq!(checked.text(row), texts.text(row), "{offsets:?}, row {row}");
                }
            }
        }
    }
}
