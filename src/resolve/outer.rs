//! What stands before all keys: the folder of a tar file, the prefix of
//! addresses. Both are found out by looking at the whole archive.

use std::collections::BTreeMap;

use crate::model::{Interner, Strings, date_in_path};
use crate::resolve::address::first_part;
use crate::resolve::collector::Uses;

/// Leaves the folder that all pages lie in out of the keys, as a tar file of
/// `zh/` has it, but not the `news` of `news/2017/06/16/x`.
pub(super) fn strip_top_folder(keys: &mut Interner) -> Option<String> {
    let all = keys.strings();
    let top = all.iter().next()?.split_once('/')?.0.to_owned();
    let inside = |key: &str| {
        let rest = key.strip_prefix(top.as_str()).and_then(|rest| rest.strip_prefix('/'));
        rest.is_some_and(|rest| date_in_path(rest) == date_in_path(key) && !starts_with_year(rest))
    };
    if !all.iter().all(inside) {
        return None;
    }
    let mut bare = Interner::default();
    for key in all.iter() {
        bare.intern(&key[top.len() + 1..]);
    }
    *keys = bare;
    Some(top)
}

fn starts_with_year(path: &str) -> bool {
    let year = path.split('/').next().unwrap_or_default();
    year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit())
}

/// The first part of nearly all addresses, if no page lies in a folder of that
/// name: `zh` where links say `/zh/news/…` and pages lie in `news/…`. Empty if
/// there is none.
pub(super) fn find_prefix(addresses: &Strings, uses: &[Uses], keys: &Strings) -> String {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for (address, uses) in addresses.iter().zip(uses) {
        if let Some(part) = first_part(address).filter(|_| uses.links > 0) {
            *counts.entry(part).or_default() += u64::from(uses.links);
        }
    }
    let total: u64 = counts.values().sum();
    let most = counts.into_iter().max_by_key(|&(_, count)| count);
    let Some((part, count)) = most.filter(|(part, _)| !part.is_empty()) else {
        return String::new();
    };
    let folder = format!("{part}/");
    let is_folder = keys.iter().any(|key| key.starts_with(&folder));
    if count * 10 > total * 9 && !is_folder { part.to_owned() } else { String::new() }
}

/// The file of the page with this key.
pub(super) fn page_of(key: &str, top: Option<&str>) -> String {
    let mut file = String::new();
    push_page_of(&mut file, key, top);
    file
}

/// Appends the file of the page with this key.
pub(super) fn push_page_of(file: &mut String, key: &str, top: Option<&str>) {
    if let Some(top) = top {
        file.extend([top, "/"]);
    }
    file.extend([key, ".md"]);
}
