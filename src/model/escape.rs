//! Characters that a format cannot hold as they are, and what stands for them.
//!
//! Where an export spends its time: bytes are looked at, not characters, and a
//! stride of them at once where none is suspect.

use std::fmt;
use std::marker::PhantomData;

/// How a format writes a text.
pub(crate) trait Escape {
    /// Whether a character that is escaped may begin with a byte; not with a letter.
    /// Computed rather than looked up, so that a stride is one comparison of each
    /// kind.
    fn may_begin(byte: u8) -> bool;

    /// What stands for a character behind others; `None` if it stands as it is.
    fn escape(before: &str, c: char) -> Option<&'static str>;
}

/// Bytes that are looked at together: as many as a processor compares at once.
const STRIDE: usize = 32;

/// Hands a text on as a format writes it, in parts.
///
/// # Errors
/// The first one of `put`.
#[inline]
fn each_part<E: Escape>(text: &str, mut put: impl FnMut(&str) -> fmt::Result) -> fmt::Result {
    let bytes = text.as_bytes();
    let (mut done, mut at) = (0, 0);
    while at < bytes.len() {
        let end = bytes.len().min(at + STRIDE);
        if is_plain::<E>(&bytes[at..end]) {
            at = end;
            continue;
        }
        while at < end {
            if E::may_begin(bytes[at])
                && let Some((c, escaped)) = escaped_at::<E>(text, at)
            {
                put(&text[done..at])?;
                put(escaped)?;
                done = at + c.len_utf8();
            }
            at += 1;
        }
    }
    put(&text[done..])
}

/// Whether no byte of a stride is suspect. A short one is made as long as the
/// others by letters, which no format escapes.
#[inline(always)]
fn is_plain<E: Escape>(bytes: &[u8]) -> bool {
    let any_suspect =
        |stride: &[u8; STRIDE]| stride.iter().fold(false, |any, &byte| any | E::may_begin(byte));
    match bytes.try_into() {
        Ok(stride) => !any_suspect(stride),
        Err(_) => {
            let mut stride = [b'a'; STRIDE];
            stride[..bytes.len()].copy_from_slice(bytes);
            !any_suspect(&stride)
        }
    }
}

/// The character that begins at a byte and what stands for it, if something else
/// does.
fn escaped_at<E: Escape>(text: &str, at: usize) -> Option<(char, &'static str)> {
    let (before, behind) = text.split_at_checked(at)?;
    let c = behind.chars().next()?;
    Some((c, E::escape(before, c)?))
}

/// A text that is shown as a format writes it.
pub(crate) struct Shown<'t, E>(&'t str, PhantomData<E>);

/// A text that is shown as a format writes it.
pub(crate) fn shown<E: Escape>(text: &str) -> Shown<'_, E> {
    Shown(text, PhantomData)
}

impl<E: Escape> fmt::Display for Shown<'_, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        each_part::<E>(self.0, |part| f.write_str(part))
    }
}

/// Appends a text as a format writes it.
pub(crate) fn push_escaped<E: Escape>(out: &mut Vec<u8>, text: &str) {
    // Memory takes it.
    let _ = each_part::<E>(text, |part| {
        out.extend(part.as_bytes());
        Ok(())
    });
}

/// A text as a format writes it.
pub(crate) fn escaped<E: Escape>(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let _ = each_part::<E>(text, |part| {
        out.push_str(part);
        Ok(())
    });
    out
}

/// That a byte of each character that a format escapes is suspect, and that it
/// does not matter where in a text it stands.
#[cfg(test)]
pub(crate) fn check_escapes<E: Escape>() {
    let expected = |text: &str| -> String {
        let escape = |(at, c): (usize, char)| match E::escape(&text[..at], c) {
            Some(escaped) => escaped.to_owned(),
            None => c.to_string(),
        };
        text.char_indices().map(escape).collect()
    };
    for c in '\0'..=char::MAX {
        let text = c.to_string();
        assert_eq!(escaped::<E>(&text), expected(&text), "input {text:?}");
    }
    let around = "月球，“moon”…".repeat(9);
    for (at, _) in around.char_indices() {
        let (before, behind) = around.split_at(at);
        for c in "<&\"\\{#,;-\r\n\u{1}\u{85}\u{2028}\u{ffff}".chars() {
            let text = format!("{before}{c}{c}{behind}");
            assert_eq!(escaped::<E>(&text), expected(&text), "input {text:?}");
        }
    }
}
