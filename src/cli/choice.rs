//! One of a few words, as a question knows them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

/// Takes one of these words.
pub(super) fn one_of<T>(words: &'static [T]) -> impl TypedValueParser<Value = T> + use<T>
where
    T: Copy + Into<&'static str> + Send + Sync + 'static,
{
    one_explained(words.iter().map(|&word| (word, "")))
}

/// Takes one of these words. Each comes with what `--help` says of it; `""`
/// where the word says it all.
pub(super) fn one_explained<T, W>(words: W) -> impl TypedValueParser<Value = T> + use<T, W>
where
    T: Copy + Into<&'static str> + Send + Sync + 'static,
    W: IntoIterator<Item = (T, &'static str)>,
{
    let (words, shown): (Vec<T>, Vec<_>) = words
        .into_iter()
        .map(|(word, meaning)| {
            let shown = PossibleValue::new(word.into());
            (word, if meaning.is_empty() { shown } else { shown.help(meaning) })
        })
        .unzip();
    PossibleValuesParser::new(shown).try_map(move |name| {
        words.iter().copied().find(|&word| word.into() == name).ok_or("no such word")
    })
}
