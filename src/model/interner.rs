//! Many strings in few allocations, and each string only once.

use std::hash::BuildHasher;

use hashbrown::hash_table::Entry;
use hashbrown::{DefaultHashBuilder, HashTable};

/// A column of strings: one buffer, and where each string ends.
#[derive(Clone, Debug, Default)]
pub struct Strings {
    bytes: String,
    ends: Vec<usize>,
}

impl Strings {
    /// Appends a string and returns its row.
    pub fn push(&mut self, text: &str) -> u32 {
        let row = u32::try_from(self.ends.len()).expect("fewer than 2^32 strings in a column");
        self.bytes.push_str(text);
        self.ends.push(self.bytes.len());
        row
    }

    /// Takes all strings out, and keeps the memory for others.
    pub fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// The string in a row. Panics if there is no such row.
    #[inline]
    pub fn get(&self, row: u32) -> &str {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.bytes[start..self.ends[row]]
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Bytes of all strings together.
    pub fn byte_len(&self) -> usize {
        self.bytes.len()
    }

    /// All strings, by row.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len()).map(|row| {
            let start = if row == 0 { 0 } else { self.ends[row - 1] };
            &self.bytes[start..self.ends[row]]
        })
    }
}

/// How texts are hashed. A hash is the same to all who share a copy of one
/// hasher, and to nobody else.
#[derive(Clone, Debug, Default)]
pub struct Hasher(DefaultHashBuilder);

impl Hasher {
    /// The hash of a text.
    pub fn hash(&self, text: &str) -> u32 {
        // Either half is as good as the other.
        (self.0.hash_one(text) >> 32) as u32
    }
}

/// A column of strings with their hashes: what one thread prepares for an
/// [`Interner`] that another one fills.
#[derive(Clone, Debug, Default)]
pub struct HashedStrings {
    strings: Strings,
    hashes: Vec<u32>,
    hasher: Hasher,
}

impl HashedStrings {
    /// An empty column for interners with this hasher.
    pub fn new(hasher: Hasher) -> Self {
        Self { hasher, ..Self::default() }
    }

    /// Appends a string and returns its row.
    pub fn push(&mut self, text: &str) -> u32 {
        self.hashes.push(self.hasher.hash(text));
        self.strings.push(text)
    }

    /// Takes all strings out, and keeps the memory for others.
    pub fn clear(&mut self) {
        self.strings.clear();
        self.hashes.clear();
    }

    /// The string in a row and its hash. Panics if there is no such row.
    pub fn get(&self, row: u32) -> (&str, u32) {
        (self.strings.get(row), self.hashes[row as usize])
    }

    /// How many strings there are.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }
}

/// Strings with equal ones stored once; rows are handed out in order of first
/// appearance, so they depend on nothing but the input.
#[derive(Clone, Debug, Default)]
pub struct Interner {
    strings: Strings,
    /// Rows with their hashes: a string itself is looked at only if the hashes
    /// are equal, and never when the table grows.
    rows: HashTable<(u32, u32)>,
    hasher: Hasher,
}

impl Interner {
    /// An empty one with this hasher.
    pub fn new(hasher: Hasher) -> Self {
        Self { hasher, ..Self::default() }
    }

    /// The row of a string, appended if it is new.
    pub fn intern(&mut self, text: &str) -> u32 {
        self.intern_hashed(text, self.hasher.hash(text))
    }

    /// The same, where the hash is known: it has to be the one that a copy of
    /// this interner's hasher gives.
    pub fn intern_hashed(&mut self, text: &str, hash: u32) -> u32 {
        let Self { strings, rows, .. } = self;
        let found = rows.entry(
            spread(hash),
            |&(other, row)| other == hash && strings.get(row) == text,
            |&(other, _)| spread(other),
        );
        match found {
            Entry::Occupied(entry) => entry.get().1,
            Entry::Vacant(entry) => {
                let row = strings.push(text);
                entry.insert((hash, row));
                row
            }
        }
    }

    /// The row of a string, if it is there.
    pub fn find(&self, text: &str) -> Option<u32> {
        let hash = self.hasher.hash(text);
        let same = |&(other, row): &(u32, u32)| other == hash && self.strings.get(row) == text;
        self.rows.find(spread(hash), same).map(|&(_, row)| row)
    }

    /// The string in a row. Panics if there is no such row.
    pub fn get(&self, row: u32) -> &str {
        self.strings.get(row)
    }

    /// How many different strings there are.
    pub fn len(&self) -> usize {
        self.strings.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.strings.is_empty()
    }

    /// Gives up the index and keeps the strings.
    pub fn into_strings(self) -> Strings {
        self.strings
    }

    /// The strings, by row.
    pub fn strings(&self) -> &Strings {
        &self.strings
    }
}

/// 32 bits of hash in all of 64, as the table wants them (Fibonacci hashing).
fn spread(hash: u32) -> u64 {
    u64::from(hash).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}
