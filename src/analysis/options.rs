//! What options have in common, whatever the question.

use crate::error::{Error, ErrorKind, Result};

/// Refuses a number that is no positive one, in words that name the option.
pub(crate) fn positive(name: &str, value: f64) -> Result<f64> {
    if value.is_finite() && value > 0.0 {
        return Ok(value);
    }
    let message = format!("{name} is {value}; it has to be a number above 0");
    Err(Error::new(ErrorKind::Input, message))
}
