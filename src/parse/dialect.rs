//! The words that an archive uses for its sections.
//!
//! A page's dialect is told from its own headings, so one archive may hold
//! several. English and Chinese are built in; `docs/formats.md` explains the
//! TOML file that adds another.

use crate::error::{Error, ErrorKind, Result};

/// The words of one language.
#[derive(Clone, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialect {
    /// What reports call it.
    pub name: String,
    /// Headings of the list of related events.
    pub related: Vec<String>,
    /// Headings of the list of sources.
    pub sources: Vec<String>,
    /// Headings of the list of earlier wordings.
    #[serde(default)]
    pub changes: Vec<String>,
    /// What stands before the topics, without its colon: `Context`.
    pub context: Vec<String>,
    /// Names of sources that are pictures.
    #[serde(default)]
    pub images: Vec<String>,
    /// What marks the first wording: `First version`.
    #[serde(default)]
    pub first_version: Vec<String>,
    /// What marks the wording on the page: `Current version`.
    #[serde(default)]
    pub current_version: Vec<String>,
}

/// The dialects that a reader knows, in the order in which they are tried.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialects(Vec<Dialect>);

/// What a section of an event page holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Related events.
    Related,
    /// Articles and images.
    Sources,
    /// Earlier wordings.
    Changes,
}

impl Dialects {
    /// English and Chinese.
    pub fn built_in() -> Self {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect();
        Self(vec![
            Dialect {
                name: "English".into(),
                related: words(&["Related"]),
                sources: words(&["Source", "Sources"]),
                changes: words(&["Changes"]),
                context: words(&["Context"]),
                images: words(&["Cover Image", "IMG"]),
                first_version: words(&["First version"]),
                current_version: words(&["Current version"]),
            },
            Dialect {
                name: "Chinese".into(),
                related: words(&["有关", "有關"]),
                sources: words(&["信息来源", "信息來源"]),
                changes: words(&["变化", "變化"]),
                context: words(&["消息"]),
                images: words(&["封面图片", "封面圖片"]),
                first_version: words(&["第一版"]),
                current_version: words(&["当前版本", "當前版本"]),
            },
        ])
    }

    /// These dialects and one more, from the text of a TOML file. It is tried
    /// before the others.
    ///
    /// # Errors
    /// If the text is no TOML, lacks one of the needed words or has unknown
    /// ones.
    ///
    /// # Example
    /// ```
    /// # fn main() -> Result<(), threadline::Error> {
    /// let dialects = threadline::parse::Dialects::built_in().with_toml(
    ///     r#"
    ///     name = "Deutsch"
    ///     related = ["Verwandt"]
    ///     sources = ["Quelle", "Quellen"]
    ///     context = ["Zusammenhang"]
    ///     "#,
    /// )?;
    /// assert_eq!(dialects.name(0), "Deutsch");
    /// # Ok(())
    /// # }
    /// ```
    pub fn with_toml(mut self, text: &str) -> Result<Self> {
        let dialect: Dialect = toml::from_str(text).map_err(|cause| {
            Error::new(ErrorKind::Input, "this is no dialect (see docs/formats.md)").because(cause)
        })?;
        if dialect.related.is_empty() || dialect.context.is_empty() {
            let message = "a dialect needs at least one word each in `related` and `context`";
            return Err(Error::new(ErrorKind::Input, message));
        }
        self.0.insert(0, dialect);
        Ok(self)
    }

    /// The name of a dialect.
    pub fn name(&self, index: usize) -> &str {
        &self.0[index].name
    }

    /// Which section a heading opens, and in which dialect.
    pub fn section(&self, heading: &str) -> Option<(usize, Section)> {
        let heading = heading.trim().trim_end_matches([':', '：']).trim_end();
        self.0.iter().enumerate().find_map(|(index, dialect)| {
            let kinds = [
                (&dialect.related, Section::Related),
                (&dialect.sources, Section::Sources),
                (&dialect.changes, Section::Changes),
            ];
            let (_, section) = kinds.into_iter().find(|(words, _)| is_one_of(words, heading))?;
            Some((index, section))
        })
    }

    /// The topics in `_Context: A, B_` or `*Context: A, B*`: `A, B`. The text is trimmed
    /// already.
    pub fn context<'t>(&self, text: &'t str) -> Option<&'t str> {
        let between = |mark: char| text.strip_prefix(mark)?.strip_suffix(mark);
        self.behind_label(between('_').or_else(|| between('*'))?)
    }

    /// The topics of a text that holds a context and is none: those in `_Context: A, B`,
    /// in `_Context: A, B_ and more` and in `more _Context: A, B_`.
    pub fn broken_context<'t>(&self, text: &'t str) -> Option<&'t str> {
        let inside = |(at, mark)| Some((self.behind_label(&text[at + 1..])?, mark));
        let (inside, mark) = text.match_indices(['_', '*']).find_map(inside)?;
        let mut ends = inside.match_indices(mark).map(|(at, _)| at);
        let end = ends.find(|at| !inside[at + 1..].starts_with(char::is_alphanumeric));
        Some(inside[..end.unwrap_or(inside.len())].trim_end_matches(['_', '*']).trim_end())
    }

    /// `A, B` of `Context: A, B`.
    fn behind_label<'t>(&self, inside: &'t str) -> Option<&'t str> {
        self.0.iter().flat_map(|dialect| &dialect.context).find_map(|label| {
            let rest = inside.strip_prefix(label.as_str())?;
            Some(rest.strip_prefix([':', '：'])?.trim_start())
        })
    }

    /// Whether a source of this name is a picture.
    pub fn is_image(&self, name: &str) -> bool {
        self.0.iter().any(|dialect| is_one_of(&dialect.images, name))
    }

    /// Whether a note marks the first wording.
    pub fn is_first_version(&self, note: &str) -> bool {
        self.0.iter().any(|dialect| is_one_of(&dialect.first_version, note))
    }

    /// Whether a note marks the wording on the page.
    pub fn is_current_version(&self, note: &str) -> bool {
        self.0.iter().any(|dialect| is_one_of(&dialect.current_version, note))
    }
}

fn is_one_of(words: &[String], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_told_from_headings() {
        let dialects = Dialects::built_in();
        let cases = [
            ("Related:", Some((0, Section::Related))),
            ("related", Some((0, Section::Related))),
            ("Source:", Some((0, Section::Sources))),
            ("有关:", Some((1, Section::Related))),
            ("信息来源：", Some((1, Section::Sources))),
            ("Relatives:", None),
        ];
        for (heading, expected) in cases {
            assert_eq!(dialects.section(heading), expected, "input {heading:?}");
        }
    }

    #[test]
    fn contexts() {
        let dialects = Dialects::built_in();
        let cases = [
            ("_Context: Iraq, Egypt_", Some("Iraq, Egypt")),
            ("_消息: 美国_", Some("美国")),
            ("_Context: _", Some("")),
            ("_Context: M<sub>W</sub>_", Some("M<sub>W</sub>")),
            ("*Context:Iraq*", Some("Iraq")),
            ("_消息： 美国_", Some("美国")),
            ("_Contexts: Iraq_", None),
            ("*Context: Iraq_", None),
            ("_Context: Iraq", None),
            ("_", None),
        ];
        for (text, expected) in cases {
            assert_eq!(dialects.context(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn broken_contexts() {
        let dialects = Dialects::built_in();
        let cases = [
            ("_Context: Iraq, Egypt", Some("Iraq, Egypt")),
            ("_Context: Iraq*", Some("Iraq")),
            ("_Context: Iraq_ and more", Some("Iraq")),
            ("_Context: Iraq_, and more_", Some("Iraq")),
            ("_消息: 美国_。", Some("美国")),
            ("_Context: a_b, c", Some("a_b, c")),
            ("_Context:", Some("")),
            ("(archived) _Context: Iraq_", Some("Iraq")),
            ("_archived_ *Context: Iraq", Some("Iraq")),
            ("Context: Iraq", None),
            ("_and more", None),
            ("_", None),
        ];
        for (text, expected) in cases {
            assert_eq!(dialects.broken_context(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn a_dialect_without_words_is_refused() {
        let text = "name = 'x'\nrelated = []\nsources = []\ncontext = ['c']";
        assert!(Dialects::built_in().with_toml(text).is_err());
        assert!(Dialects::built_in().with_toml("name = 1").is_err());
    }
}
