//! Links in a tar file, hard and symbolic: what they lead to in it.

use std::collections::{BTreeMap, HashMap};

use crate::archive::Found;
use crate::model::Code;

/// As many links as a system follows for one path, and as long a path.
const MOST_HOPS: usize = 40;
const LONGEST_PATH: usize = 4096;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The second name of a file: its target is seen from the archive's root.
    Hard,
    /// Its target is seen from the folder that it lies in.
    Symbolic,
}

/// The links of a tar file.
#[derive(Default)]
pub(super) struct Links {
    targets: HashMap<String, (Kind, String)>,
    /// Those that are pages by their names.
    pub(super) pages: Vec<String>,
    /// Symbolic ones that may lead to a folder.
    pub(super) folders: Vec<String>,
}

impl Links {
    pub(super) fn add(&mut self, kind: Kind, path: &str, target: String) {
        self.targets.insert(path.to_owned(), (kind, target));
    }

    /// The links that are pages, by the path of the file that they lead to,
    /// and those that lead out of the archive or nowhere.
    pub(super) fn pages_by_target(&self) -> (BTreeMap<String, Vec<String>>, Vec<&str>) {
        let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut lost = Vec::new();
        for path in &self.pages {
            match self.real(path) {
                Some(target) => found.entry(target).or_default().push(path.clone()),
                None => lost.push(path.as_str()),
            }
        }
        (found, lost)
    }

    /// Whether a link may lead to a folder whose pages nobody reads where they
    /// stand: out of the archive, or to one that is hidden.
    pub(super) fn leads_elsewhere(&self, path: &str) -> bool {
        self.real(path).is_none_or(|target| target.split('/').any(|part| part.starts_with('.')))
    }

    pub(super) fn report(&self, path: &str, found: &mut Found) {
        let Some((kind, target)) = self.targets.get(path) else { return };
        let (kind, option) = match kind {
            Kind::Hard => ("hard", "--hard-dereference"),
            Kind::Symbolic => ("symbolic", "--dereference"),
        };
        let message = format!(
            "the {kind} link leads to `{target}`, and no page was found there; pack the archive \
             with `tar {option}`"
        );
        found.problem(Code::LinkNotFollowed, path, message);
    }

    /// The path that a path means once all links in it are followed; `None` if
    /// it leads out of the archive, or in a circle.
    fn real(&self, path: &str) -> Option<String> {
        let mut left: Vec<&str> = path.split('/').rev().collect();
        let mut real = String::new();
        let mut hops = 0;
        while let Some(part) = left.pop() {
            match part {
                "" | "." => continue,
                ".." => {
                    let holder = real.rfind('/').unwrap_or(0);
                    (!real.is_empty()).then(|| real.truncate(holder))?;
                    continue;
                }
                name => {
                    if !real.is_empty() {
                        real.push('/');
                    }
                    real.push_str(name);
                }
            }
            let Some((kind, target)) = self.targets.get(&real) else { continue };
            hops += 1;
            if hops > MOST_HOPS || target.len() > LONGEST_PATH {
                return None;
            }
            match kind {
                Kind::Hard => real.clear(),
                Kind::Symbolic if target.starts_with('/') => return None,
                Kind::Symbolic => real.truncate(real.rfind('/').unwrap_or(0)),
            }
            left.extend(target.split('/').rev());
        }
        Some(real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_links_lead_to() {
        let mut links = Links::default();
        for (kind, path, target) in [
            (Kind::Hard, "a/hard.md", "./b/x.md"),
            (Kind::Symbolic, "a/soft.md", "../b/./x.md"),
            (Kind::Symbolic, "a/again.md", "soft.md"),
            (Kind::Hard, "c/of-soft.md", "a/soft.md"),
            (Kind::Symbolic, "latest", "b/inner/.."),
            (Kind::Symbolic, "a/by-folder.md", "../latest/x.md"),
            (Kind::Symbolic, "a/out.md", "../../x.md"),
            (Kind::Symbolic, "a/root.md", "/b/x.md"),
            (Kind::Symbolic, "a/self.md", "self.md"),
            (Kind::Symbolic, "a/grows.md", "grows.md/x/grows.md"),
        ] {
            links.add(kind, path, target.to_owned());
        }
        let cases = [
            ("a/hard.md", Some("b/x.md")),
            ("a/soft.md", Some("b/x.md")),
            ("a/again.md", Some("b/x.md")),
            ("c/of-soft.md", Some("b/x.md")),
            ("a/by-folder.md", Some("b/x.md")),
            ("latest", Some("b")),
            ("no/link.md", Some("no/link.md")),
            ("a/out.md", None),
            ("a/root.md", None),
            ("a/self.md", None),
            ("a/grows.md", None),
        ];
        for (path, expected) in cases {
            assert_eq!(links.real(path).as_deref(), expected, "input {path:?}");
        }
    }
}
