//! What options have in common, whatever the question.

use crate::error::{Error, ErrorKind, Result, Sentence};

/// Refuses a number that is no positive one, in words that name the option.
pub(crate) fn positive(name: impl Into<Sentence>, value: f64) -> Result<f64> {
    if value.is_finite() && value > 0.0 {
        return Ok(value);
    }
    let message = name.into().text(format!(" is {value}; it has to be a number above 0"));
    Err(Error::new(ErrorKind::Input, message))
}

/// An option as the subject of a sentence.
pub(crate) fn option(name: &str) -> Sentence {
    Sentence::default().option(name)
}

/// Links have a weight only where they are followed in both directions.
pub(crate) fn one_way_counts_alike() -> Sentence {
    let said = "links that are followed in one direction only count alike; leave out ";
    Sentence::from(said).option("directed").text(" or ").option("weight")
}
