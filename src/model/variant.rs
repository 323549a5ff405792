//! Names with Chinese variant marks: `-{zh-tw:莫三比克; zh-hans:莫桑比克;}-`.
//!
//! The page itself says that these are names of one thing, so a topic with
//! such a mark can be asked for by each of them. The name that is stored is
//! the one on the page; nothing is merged.

/// The name without marks: each mark replaced by its first variant.
///
/// `由-{zh-tw:衣索比亞; zh-cn:埃塞俄比亚;}-首都` gives `由衣索比亞首都`.
pub fn plain_name(name: &str) -> std::borrow::Cow<'_, str> {
    if !name.contains("-{") {
        return name.into();
    }
    let first = |mark: &str| variants(mark).next().unwrap_or_default().to_owned();
    expand(name, first).into()
}

/// Wikis know nine variants of Chinese; of a mark with more than this, the first ones count.
const MOST_VARIANTS: usize = 16;

/// Every name that a topic can be asked for by, beginning with the stored one.
///
/// The n-th further name takes the n-th variant of each mark (its last one
/// where it has fewer); of more than sixteen variants, the first ones count.
pub fn variant_names(name: &str) -> Vec<String> {
    let mut names = vec![name.to_owned()];
    let most = marks(name).map(|mark| variants(mark).count()).max().unwrap_or(0);
    for n in 0..most {
        let nth = |mark: &str| {
            let all: Vec<&str> = variants(mark).collect();
            all.get(n).or(all.last()).copied().unwrap_or_default().to_owned()
        };
        let variant = expand(name, nth);
        if !names.contains(&variant) {
            names.push(variant);
        }
    }
    names
}

/// The insides of the marks of a name, in order.
fn marks(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        let (_, after) = rest.split_once("-{")?;
        let (mark, tail) = after.split_once("}-")?;
        rest = tail;
        Some(mark)
    })
}

/// The variants in one mark: `zh-tw:a; zh-cn:b;` → `a`, `b`. A mark without
/// language codes (`-{a}-`) is one variant: the text to leave as it is.
fn variants(mark: &str) -> impl Iterator<Item = &str> {
    let found = mark.split(';').filter_map(|part| {
        let text = match part.split_once(':') {
            Some((code, text)) if code.trim().starts_with("zh") => text.trim(),
            _ => part.trim(),
        };
        (!text.is_empty()).then_some(text)
    });
    found.take(MOST_VARIANTS)
}

fn expand(name: &str, choose: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("-{") {
        let Some((mark, tail)) = after.split_once("}-") else {
            break;
        };
        out.push_str(before);
        out.push_str(&choose(mark));
        rest = tail;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_topic() {
        let cases: [(&str, &[&str]); 5] = [
            ("Syria", &["Syria"]),
            (
                "-{zh-tw:莫三比克; zh-hk:莫桑比克; zh-hans:莫桑比克;}-",
                &["-{zh-tw:莫三比克; zh-hk:莫桑比克; zh-hans:莫桑比克;}-", "莫三比克", "莫桑比克"],
            ),
            (
                "美国-{zh-cn:总统; zh-tw:總統}-选举",
                &["美国-{zh-cn:总统; zh-tw:總統}-选举", "美国总统选举", "美国總統选举"],
            ),
            ("-{布什}-", &["-{布什}-", "布什"]),
            ("-{zh-tw:open", &["-{zh-tw:open"]),
        ];
        for (name, expected) in cases {
            assert_eq!(variant_names(name), expected, "input {name:?}");
        }
        assert_eq!(plain_name("由-{zh-tw:衣索比亞; zh-cn:埃塞俄比亚;}-首都"), "由衣索比亞首都");
        assert_eq!(plain_name("Syria"), "Syria");
        // Longer marks are no names: all of each would take time and room squared.
        let numbers: Vec<String> = (0..50_000).map(|n| n.to_string()).collect();
        assert_eq!(variant_names(&format!("-{{{}}}-", numbers.join(";"))).len(), 17);
    }
}
