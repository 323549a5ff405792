//! Addresses as written → keys.

use std::borrow::Cow;

/// What stands before a key in an address.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Outer<'o> {
    /// The part that all addresses begin with although no folder has its name;
    /// empty if there is none.
    pub(super) prefix: &'o str,
    /// The folder that all pages lie in: relative addresses, seen from the
    /// archive's root, have it.
    pub(super) top: Option<&'o str>,
}

/// The key that an address names: percent signs decoded, without query,
/// fragment, leading slash, the archive's prefix and `.md`.
///
/// `/zh/news/2003/1/2/x.md#top` with prefix `zh` gives `news/2003/1/2/x`.
pub(super) fn key_of<'t>(address: &'t str, outer: Outer<'_>) -> Cow<'t, str> {
    if memchr::memchr3(b'%', b'#', b'?', address.as_bytes()).is_none() {
        return Cow::Borrowed(bare(address, outer));
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    match path {
        Cow::Borrowed(path) => Cow::Borrowed(bare(path, outer)),
        Cow::Owned(path) => Cow::Owned(bare(&path, outer).to_owned()),
    }
}

fn bare<'t>(path: &'t str, Outer { prefix, top }: Outer<'_>) -> &'t str {
    let path = match (path.strip_prefix(FROM_ROOT), top) {
        (Some(path), Some(top)) => inside(path, top).unwrap_or(path),
        (Some(path), None) => path,
        (None, _) => path.trim_start_matches('/'),
    };
    let path = inside(path, prefix).filter(|_| !prefix.is_empty()).unwrap_or(path);
    path.strip_suffix(".md").unwrap_or(path)
}

fn inside<'t>(path: &'t str, folder: &str) -> Option<&'t str> {
    path.strip_prefix(folder)?.strip_prefix('/')
}

/// The first part of an address: `zh` of `/zh/news/…`. None of a relative one,
/// which says nothing of how addresses begin.
pub(super) fn first_part(address: &str) -> Option<&str> {
    if address.starts_with(FROM_ROOT) {
        return None;
    }
    address.trim_start_matches('/').split('/').next()
}

/// What a relative address begins with once it is seen from the archive's root,
/// as paths of pages are: unlike one that is written `/news/…`, it holds the
/// folder that all pages lie in.
const FROM_ROOT: &str = "./";

/// An address that begins with `./` or `../`, seen from the archive's root. One
/// that leads out of the archive is taken as written from its root.
pub(super) fn absolute<'t>(address: &'t str, page: &str) -> Cow<'t, str> {
    if !(address.starts_with("./") || address.starts_with("../")) {
        return Cow::Borrowed(address);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    let mut begin = FROM_ROOT;
    for part in address.split('/') {
        match part {
            "." => {}
            ".." if parts.pop().is_some() => {}
            ".." => begin = "/",
            part => parts.push(part),
        }
    }
    Cow::Owned(format!("{begin}{}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_of_addresses() {
        let cases = [
            ("/news/2017/06/16/x.md", "", "news/2017/06/16/x"),
            ("news/2017/06/16/x.md", "", "news/2017/06/16/x"),
            ("/zh/news/2017/06/16/x.md", "zh", "news/2017/06/16/x"),
            ("/zhx/news/x.md", "zh", "zhx/news/x"),
            ("/news/x.md#top", "", "news/x"),
            ("/news/x.md?a=b.md", "", "news/x"),
            ("/news/%E4%B8%AD.md", "", "news/中"),
            ("/news/%ff.md", "", "news/\u{fffd}"),
            ("/news/x", "", "news/x"),
            ("/zh", "zh", "zh"),
            ("./top/news/x.md", "", "news/x"),
            ("./news/%41.md", "", "news/A"),
            ("/top/news/x.md", "", "top/news/x"),
            ("", "", ""),
        ];
        for (address, prefix, expected) in cases {
            let outer = Outer { prefix, top: Some("top") };
            assert_eq!(key_of(address, outer), expected, "input {address:?}");
        }
    }

    #[test]
    fn relative_addresses() {
        let page = "news/2017/06/16/a.md";
        let cases = [
            ("/news/x.md", "/news/x.md"),
            ("./b.md", "./news/2017/06/16/b.md"),
            ("../17/b.md", "./news/2017/06/17/b.md"),
            ("../../../../../../b.md", "/b.md"),
        ];
        for (address, expected) in cases {
            assert_eq!(absolute(address, page), expected, "input {address:?}");
        }
    }
}
