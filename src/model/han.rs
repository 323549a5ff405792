//! Characters of Chinese that are written in two ways: 中國 and 中国.
//!
//! One archive holds both, and who looks for one means the other. The pairs
//! are those of OpenCC. Nothing here changes a text that is shown: this is for
//! comparing and searching only.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use hanconv::RawDictionary;

/// The simplified character for each traditional one. What is simplified may be
/// simplified once more (薴, 苧, 苎); the last one counts, so that all of them
/// are the same.
static SIMPLIFIED: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
    let only = |text: &str| text.chars().next();
    let pairs = RawDictionary::TSCharacters.iter();
    let once: HashMap<char, char> =
        pairs.filter_map(|(from, to)| Some((only(from)?, only(to)?))).collect();
    once.iter().map(|(&from, to)| (from, once.get(to).copied().unwrap_or(*to))).collect()
});

/// The traditional characters for each simplified one, in order.
static TRADITIONAL: LazyLock<HashMap<char, Vec<char>>> = LazyLock::new(|| {
    let mut all: HashMap<char, Vec<char>> = HashMap::new();
    for (&traditional, &simplified) in SIMPLIFIED.iter().filter(|(from, to)| from != to) {
        all.entry(simplified).or_default().push(traditional);
    }
    all.values_mut().for_each(|characters| characters.sort_unstable());
    all
});

/// The text in simplified characters, by which two texts can be compared:
/// 福島 → 福岛.
pub fn simplified(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| one(c) != c) { text.chars().map(one).collect() } else { text.into() }
}

/// The text as names are compared by people: whether in traditional or simplified
/// characters, in capital letters or not.
pub fn folded(text: &str) -> String {
    simplified(text).to_lowercase()
}

/// All characters that are the same one: 岛 → 岛, 島, 嶋. Of most there is one
/// only.
pub fn same_characters(c: char) -> impl Iterator<Item = char> {
    let simplified = one(c);
    let others = if is_han(c) { TRADITIONAL.get(&simplified) } else { None };
    std::iter::once(simplified).chain(others.into_iter().flatten().copied())
}

fn one(c: char) -> char {
    if is_han(c) { SIMPLIFIED.get(&c).copied().unwrap_or(c) } else { c }
}

/// Whether it may be in the table, which is not even read for other scripts.
fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_for_both_scripts() {
        let cases = [
            ("中國", "中国"),
            ("中国", "中国"),
            ("福島第一核電廠", "福岛第一核电厂"),
            ("Apollo 11 à la Lune", "Apollo 11 à la Lune"),
            ("ソユーズ", "ソユーズ"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(simplified(text), expected, "input {text:?}");
        }
    }

    #[test]
    fn each_character_is_one_of_its_own() {
        for (&traditional, &simple) in SIMPLIFIED.iter() {
            let same: Vec<char> = same_characters(traditional).collect();
            assert!(same.contains(&simple), "{traditional}");
            assert!(same.contains(&traditional), "{traditional}");
            assert!(same_characters(simple).any(|c| c == traditional), "{simple}");
        }
        assert_eq!(same_characters('x').collect::<Vec<_>>(), ['x']);
        assert_eq!(same_characters('月').collect::<Vec<_>>(), ['月']);
    }
}
