//! Addresses as written → keys.

use std::borrow::Cow;

/// The key that an address names: percent signs decoded, without query,
/// fragment, leading slash, the archive's prefix and `.md`.
///
/// `/zh/news/2003/1/2/x.md#top` with prefix `zh` gives `news/2003/1/2/x`.
pub(super) fn key_of<'t>(address: &'t str, prefix: &str) -> Cow<'t, str> {
    if memchr::memchr3(b'%', b'#', b'?', address.as_bytes()).is_none() {
        return Cow::Borrowed(bare(address, prefix));
    }
    let path = address.split(['#', '?']).next().unwrap_or_default();
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    match path {
        Cow::Borrowed(path) => Cow::Borrowed(bare(path, prefix)),
        Cow::Owned(path) => Cow::Owned(bare(&path, prefix).to_owned()),
    }
}

fn bare<'t>(path: &'t str, prefix: &str) -> &'t str {
    let path = path.trim_start_matches('/');
    let inner = path.strip_prefix(prefix).and_then(|rest| rest.strip_prefix('/'));
    let path = inner.filter(|_| !prefix.is_empty()).unwrap_or(path);
    path.strip_suffix(".md").unwrap_or(path)
}

/// The first part of an address: `zh` of `/zh/news/…`.
pub(super) fn first_part(address: &str) -> &str {
    address.trim_start_matches('/').split('/').next().unwrap_or_default()
}

/// An address that begins with `./` or `../`, seen from the archive's root.
pub(super) fn absolute<'t>(address: &'t str, page: &str) -> Cow<'t, str> {
    if !(address.starts_with("./") || address.starts_with("../")) {
        return Cow::Borrowed(address);
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Cow::Owned(format!("/{}", parts.join("/")))
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
            ("", "", ""),
        ];
        for (address, prefix, expected) in cases {
            assert_eq!(key_of(address, prefix), expected, "input {address:?}");
        }
    }

    #[test]
    fn relative_addresses() {
        let page = "news/2017/06/16/a.md";
        let cases = [
            ("/news/x.md", "/news/x.md"),
            ("./b.md", "/news/2017/06/16/b.md"),
            ("../17/b.md", "/news/2017/06/17/b.md"),
            ("../../../../../../b.md", "/b.md"),
        ];
        for (address, expected) in cases {
            assert_eq!(absolute(address, page), expected, "input {address:?}");
        }
    }
}
