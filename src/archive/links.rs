//! Symbolic links to folders: which are followed, so that nothing is read twice.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

/// What is said of a folder below a link that another link leads to.
pub(super) const MET_AGAIN: &str =
    "another symbolic link leads to this folder, which is read there; not entered";

const READ_ALREADY: &str = "the symbolic link leads to a folder that is read already; not followed";

const LEADS_BACK: &str = "the symbolic link leads back into a folder that holds it; not followed";

/// A symbolic link to a folder.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Linked {
    /// Inside of the archive.
    pub(super) path: String,
    /// On the disk.
    pub(super) link: PathBuf,
}

/// The folders that links were followed to, by their real paths. What lies
/// below one is read with it.
#[derive(Default)]
pub(super) struct Taken {
    /// The archive's own folder, first.
    root: Option<PathBuf>,
    folders: HashSet<PathBuf>,
}

impl Taken {
    /// Whether a link was followed to just this folder.
    pub(super) fn has(&self, folder: &Path) -> bool {
        !self.folders.is_empty() && self.folders.contains(folder)
    }

    /// The folder that a link leads to, which is then taken; an error that says
    /// why if it is not to be followed.
    pub(super) fn take(&mut self, root: &Path, link: &Path) -> Result<PathBuf, String> {
        let real = |path: &Path| {
            fs::canonicalize(path).map_err(|cause| format!("cannot follow it: {cause}"))
        };
        let target = real(link)?;
        if self.root.is_none() {
            let root = real(root)?;
            self.folders.insert(root.clone());
            self.root = Some(root);
        }
        let holder = real(link.parent().unwrap_or(root))?;
        let holds_root = self.root.as_ref().is_some_and(|root| root.starts_with(&target));
        if holds_root || holder.starts_with(&target) {
            return Err(LEADS_BACK.to_owned());
        }
        if self.covers(&target) {
            return Err(READ_ALREADY.to_owned());
        }
        self.folders.insert(target.clone());
        Ok(target)
    }

    /// Whether a folder is read with one that is taken: all between the two
    /// are entered.
    fn covers(&self, folder: &Path) -> bool {
        let hidden = |path: &Path| {
            path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
        };
        let mut above = folder;
        while !self.folders.contains(above) {
            match above.parent() {
                Some(parent) if !hidden(above) => above = parent,
                _ => return false,
            }
        }
        true
    }
}
