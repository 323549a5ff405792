//! One of a few words, as a question knows them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error, StringDeserializer};

/// Takes one of these words and makes of it what it means in a question. Each
/// comes with what `--help` says of it; `""` where the word says it all.
pub(super) fn one_of<T>(
    words: &[(&'static str, &'static str)],
) -> impl TypedValueParser<Value = T> + use<T>
where
    T: for<'de> Deserialize<'de> + Clone + Send + Sync + 'static,
{
    let meant = |word: String| {
        let word: StringDeserializer<Error> = word.into_deserializer();
        T::deserialize(word)
    };
    let shown = words.iter().map(|&(word, meaning)| {
        debug_assert!(meant(word.to_owned()).is_ok(), "a question knows `{word}`");
        let shown = PossibleValue::new(word);
        if meaning.is_empty() { shown } else { shown.help(meaning) }
    });
    PossibleValuesParser::new(shown.collect::<Vec<_>>()).try_map(meant)
}
