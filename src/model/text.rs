//! Text as pages write it → text as people read it.

use std::borrow::Cow;

/// Entities decoded as a browser does, and trimmed.
///
/// `"Men &amp; machines "` gives `Men & machines`.
pub fn clean(text: &str) -> Cow<'_, str> {
    match decode(text.trim()) {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => match text.trim() {
            trimmed if trimmed.len() == text.len() => Cow::Owned(text),
            trimmed => Cow::Owned(trimmed.to_owned()),
        },
    }
}

/// Entities decoded as a browser does: `&quot;`, `&#39;`, `&#x27;`, `&nbsp`.
pub fn decode(text: &str) -> Cow<'_, str> {
    // Most texts hold no entity at all.
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    htmlize::unescape(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities() {
        let cases = [
            ("&quot;Men&quot; &amp; machines ", "\"Men\" & machines"),
            ("&#39;&#x27;&#8217;&rsquo;", "''’’"),
            ("a&nbsp;b&nbsp;", "a\u{a0}b"),
            ("AT&T", "AT&T"),
            ("&#0;", "\u{fffd}"),
            ("&#xd800;", "\u{fffd}"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean(text), expected, "input {text:?}");
        }
    }
}
