//! Answers for programs, as every command prints them for `--json`.

use std::io::Write;

use serde::Serialize;

use crate::cli::output_error;
use crate::cli::screen::is_harmful;
use crate::error::{Error, ErrorKind, Result};

/// Writes an answer for programs. Characters that could harm a terminal are
/// escaped, which changes nothing for whoever reads JSON.
pub(super) fn write_json(out: &mut dyn Write, answer: &impl Serialize) -> Result<()> {
    let text = serde_json::to_string_pretty(answer)
        .map_err(|cause| Error::new(ErrorKind::Io, "cannot write JSON").because(cause))?;
    let mut safe = String::with_capacity(text.len() + 1);
    for c in text.chars() {
        if is_harmful(c) && c != '\n' {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe.push('\n');
    out.write_all(safe.as_bytes()).map_err(output_error)
}
