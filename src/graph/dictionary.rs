//! A column of strings that repeat, each of which is kept once.

use arrow_buffer::ScalarBuffer;

use crate::error::{Error, ErrorKind, Result};
use crate::graph::columns::Texts;
use crate::model::Interner;

/// A column of strings that repeat: Arrow's `dictionary<int32, utf8>`, over
/// buffers that may hold anything.
#[derive(Clone, Debug)]
pub struct DictionaryTexts {
    keys: ScalarBuffer<i32>,
    dictionary: Texts,
}

impl DictionaryTexts {
    /// From Arrow's buffers: for each row a row of the dictionary. They are not
    /// checked here but where they are read.
    pub fn from_buffers(keys: ScalarBuffer<i32>, dictionary: Texts) -> Self {
        Self { keys, dictionary }
    }

    /// From strings, in order; the dictionary has them in order of first
    /// appearance.
    ///
    /// # Errors
    /// If the different ones are longer than 2 GiB together.
    pub fn collect<'t>(texts: impl Iterator<Item = &'t str>) -> Result<Self> {
        let mut dictionary = Interner::default();
        let keys: Result<Vec<i32>> = texts
            .map(|text| {
                i32::try_from(dictionary.intern(text)).map_err(|_| {
                    let message = "one column of text has more than 2^31 different ones";
                    Error::new(ErrorKind::TooLarge, message)
                })
            })
            .collect();
        let strings = dictionary.into_strings();
        let dictionary = Texts::collect(strings.iter(), strings.byte_len())?;
        Ok(Self { keys: keys?.into(), dictionary })
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// The string in a row; `None` for a row that is not there, and for one
    /// whose key or bytes are damaged.
    pub fn get(&self, row: usize) -> Option<&str> {
        self.dictionary.get(usize::try_from(*self.keys.get(row)?).ok()?)
    }

    /// The string in a row; empty where [`DictionaryTexts::get`] has none.
    pub fn text(&self, row: usize) -> &str {
        self.get(row).unwrap_or_default()
    }

    /// For each row the string's row in the dictionary.
    pub fn keys(&self) -> &ScalarBuffer<i32> {
        &self.keys
    }

    /// The different strings.
    pub fn dictionary(&self) -> &Texts {
        &self.dictionary
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_is_kept_once() {
        let column =
            DictionaryTexts::collect(["b", "a", "", "b", "a"].into_iter()).expect("short texts");
        assert_eq!(column.keys()[..], [0, 1, 2, 0, 1]);
        assert_eq!(column.dictionary().len(), 3);
        let rows: Vec<_> = (0..6).map(|row| column.get(row)).collect();
        assert_eq!(rows, [Some("b"), Some("a"), Some(""), Some("b"), Some("a"), None]);
        let none = DictionaryTexts::collect(std::iter::empty()).expect("short texts");
        assert!(none.is_empty() && none.dictionary().is_empty());
    }

    #[test]
    fn keys_that_name_no_text_are_missing_texts() {
        let dictionary = Texts::collect(["a"].into_iter(), 1).expect("short texts");
        let column = DictionaryTexts::from_buffers(vec![0, 1, -1, i32::MIN].into(), dictionary);
        assert_eq!((column.text(0), column.get(1)), ("a", None));
        assert_eq!((column.get(2), column.text(3)), (None, ""));
    }
}
