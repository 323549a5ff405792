//! The event that a broken link most likely means.

use hashbrown::{HashMap, HashSet};

use crate::model::Strings;

/// Finds near keys among the keys of the events that are there.
pub(crate) struct Nearest<'k> {
    /// All keys, sorted.
    sorted: Vec<&'k str>,
    /// For the slugs that are asked for: the first key with that slug.
    by_slug: HashMap<&'k str, &'k str>,
}

/// From here on, two slugs are called alike.
const ALIKE: f64 = 0.7;

/// Keys of a folder that are compared, on either side: more than a day has.
const COMPARED: usize = 128;

impl<'k> Nearest<'k> {
    /// Prepares for the keys that are `missing`; the first `present` keys are
    /// there.
    pub(crate) fn new(keys: &'k Strings, present: usize, missing: &[&'k str]) -> Self {
        let present = if missing.is_empty() { 0 } else { present };
        let mut sorted: Vec<&str> = keys.iter().take(present).collect();
        sorted.sort_unstable();
        let wanted: HashSet<&str> = missing.iter().map(|key| slug(key)).collect();
        let mut by_slug = HashMap::new();
        for &key in &sorted {
            if wanted.contains(slug(key)) {
                by_slug.entry(slug(key)).or_insert(key);
            }
        }
        Self { sorted, by_slug }
    }

    /// What to say of a key that is not there; `thing` is what would have it, a
    /// page for instance.
    pub(crate) fn message(&self, thing: &str, key: &str) -> String {
        match self.find(key) {
            Some((near, true)) => format!("no {thing} for `{key}`; did you mean `{near}`?"),
            Some((near, false)) => format!("no {thing} for `{key}`; the nearest key is `{near}`"),
            None => format!("no {thing} for `{key}`"),
        }
    }

    /// The nearest key and whether it is so near that it is probably meant:
    /// the same slug on another day, else the most alike of the same folder.
    /// Among keys without folders only one that is meant counts as near.
    fn find(&self, key: &str) -> Option<(&'k str, bool)> {
        if let Some(&same) = self.by_slug.get(slug(key)) {
            return Some((same, true));
        }
        let folder = &key[..key.len() - slug(key).len()];
        // Keys that begin alike stand side by side, so in a large folder only
        // those around the place where this one would stand are compared.
        let at = self.sorted.partition_point(|other| *other < key);
        let flat = folder.is_empty();
        let inside = |other: &&&str| {
            if flat { !key.is_empty() && !other.contains('/') } else { other.starts_with(folder) }
        };
        let before = self.sorted[..at].iter().rev().take(COMPARED).take_while(inside);
        let after = self.sorted[at..].iter().take(COMPARED).take_while(inside);
        let best = before
            .chain(after)
            .map(|other| (*other, likeness(slug(key), slug(other))))
            .fold(None, |best: Option<(&str, f64)>, other| match best {
                Some(best) if (best.1, other.0) >= (other.1, best.0) => Some(best),
                _ => Some(other),
            });
        best.map(|(other, likeness)| (other, likeness >= ALIKE))
            .filter(|(_, meant)| *meant || !flat)
    }
}

fn slug(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or_default()
}

/// The share of the longer text that both begin or end with: enough for slugs
/// that were cut, shortened or changed in one place, and linear.
fn likeness(a: &str, b: &str) -> f64 {
    let longer = a.len().max(b.len());
    let prefix = common_prefix(a, b);
    let suffix = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    let both = (prefix + suffix).min(a.len().min(b.len()));
    if longer == 0 { 1.0 } else { both as f64 / longer as f64 }
}

fn common_prefix(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_keys() {
        let mut keys = Strings::default();
        for key in
            ["news/2017/06/16/malta-joins", "news/2017/06/16/x", "news/2018/01/1/fire", "apollo-11"]
        {
            keys.push(key);
        }
        let cases = [
            ("news/2017/06/16/malta-joined", Some(("news/2017/06/16/malta-joins", true))),
            ("news/2017/06/17/x", Some(("news/2017/06/16/x", true))),
            ("news/2017/06/16/other", Some(("news/2017/06/16/malta-joins", false))),
            ("news/2018/02/1/flood", None),
            ("apollo-12", Some(("apollo-11", true))),
            ("soyuz-1", None),
            ("", None),
        ];
        let missing: Vec<&str> = cases.iter().map(|case| case.0).collect();
        let nearest = Nearest::new(&keys, 4, &missing);
        for (key, expected) in cases {
            assert_eq!(nearest.find(key), expected, "input {key:?}");
        }
        assert_eq!(Nearest::new(&Strings::default(), 0, &[]).find("a"), None);
    }
}
