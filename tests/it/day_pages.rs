//! Day pages: what they add to events, and what on them is no event.

use insta::assert_snapshot;

use crate::fixture::{
    archive, built, check_events, events, folder, links, problems, put, same, tar,
};

const DAY: &str = "//- news/2005/07/7/index.md
## [2005-07-7](/news/2005/07/7/index.md)

##### Egypt
### [ Egypt confirms &amp; mourns ](/news/2005/07/7/egypt.md)
_Context: kidnapping, Ihab al-Sherif, Iraq_

##### Hungary
### [ In Hungary, a hoax ](/news/2005/07/7/hungary.md)
Reuters brings you the latest.

### [ Without either ](/news/2005/07/7/plain.md)

## [Previous Day...](/news/2005/07/6/index.md)

### [ Not of this day ](/news/2005/07/6/other.md)

## Opinion

### [ An opinion ](/opinion/2005/07/7/opinion.md)
";

#[test]
fn a_page_without_a_title_is_called_as_its_day_page_calls_it() {
    let graph = archive(
        "
//- news/2005/07/7/s.md
### [2005-07-7](/x)
##### Lead
//- news/2005/07/7/index.md
## [2005-07-7](/news/2005/07/7/index.md)
### [](/news/2005/07/7/s.md)
### [Said twice](/news/2005/07/7/s.md)
### [](/news/2005/07/7/absent.md)
### [Absent](/news/2005/07/7/absent.md)
",
    );
    same(
        &events(&graph),
        "2005-07-07 absent \"Absent\" (absent)\n2005-07-07 s \"Said twice\" under Lead, about Lead",
    );
}

#[test]
fn a_day_page_alone_tells_of_absent_events() {
    let day = DAY.replace("### [ Not of this day ](/news/2005/07/6/other.md)\n", "");
    let graph = archive(&day);
    same(
        &events(&graph),
        r#"
        2005-07-07 egypt "Egypt confirms & mourns" (absent) under Egypt, about Egypt | Ihab al-Sherif | Iraq | kidnapping
        2005-07-07 hungary "In Hungary, a hoax" (absent) under Hungary, about Hungary: "Reuters brings you the latest."
        2005-07-07 plain "Without either" (absent)
        "#,
    );
    assert_eq!(links(&graph), "", "a day page makes no edges");
    assert_eq!(problems(&graph), "");
}

#[test]
fn an_events_own_page_comes_first() {
    let own = "
//- news/2005/07/7/egypt.md
### [2005-07-7](/news/2005/07/7/index.md)
##### Africa
# Egypt confirms it

Its own words.
//- news/2005/07/7/hungary.md
### [2005-07-7](/news/2005/07/7/index.md)
# Hungary
";
    let day = DAY.split("### [ Without").next().unwrap();
    check_events(
        &format!("{day}{own}"),
        r#"
        2005-07-07 egypt "Egypt confirms it" under Africa, about Africa | Egypt | Ihab al-Sherif | Iraq | kidnapping: "Its own words."
        2005-07-07 hungary "Hungary" under Hungary, about Hungary: "Reuters brings you the latest."
        "#,
    );
}

#[test]
fn what_follows_the_events_is_none() {
    let graph = archive(DAY);
    assert!(!events(&graph).contains("opinion"), "{}", events(&graph));
}

/// A heading that a person mistyped is read as far as it can be, and said.
#[test]
fn headings_that_are_more_or_less_than_a_link() {
    let graph = archive(
        "
//- news/2005/07/7/index.md
## [2005-07-7](/news/2005/07/7/index.md)

##### Egypt
### [ Egypt confirms ](/news/2005/07/7/egypt.md) (updated)
_Context: kidnapping

##### Iraq
### [ Iraq ]] responds ](/news/2005/07/7/iraq.md) at last

### [ Malta ](</news/2005/07/7/malta.md>)

##### Hungary
### [ In Hungary, a hoax ] (/news/2005/07/7/hungary.md)
It names no event.

### [ France ](/news/2005/07/7/france.md)

### Elsewhere

## Opinion

### [ Not ] (/of/a/day.md)
",
    );
    same(
        &events(&graph),
        r#"
        2005-07-07 egypt "Egypt confirms" (absent) under Egypt, about Egypt | kidnapping
        2005-07-07 france "France" (absent)
        2005-07-07 iraq "Iraq ]] responds" (absent) under Iraq, about Iraq
        2005-07-07 malta "Malta" (absent)
        "#,
    );
    assert_snapshot!(problems(&graph), @"
    news/2005/07/7/index.md:5: warning[broken-context]: the context has no mark at its end, or words around it; it was read as `kidnapping`
    news/2005/07/7/index.md:8: note[broken-link-syntax]: Markdown does not read this heading as a link; it was read by its shape
    news/2005/07/7/index.md:13: error[unreadable-item]: this cannot be read as an event of the day, `### [title](address)`
    ");
}

/// All that is listed would be lost with the day.
#[test]
fn a_day_that_does_not_exist() {
    let graph = archive(
        "
//- news/2005/02/30/index.md
## [2005-02-30](/news/2005/02/30/index.md)

### [ A ](/news/2005/02/28/a.md)
",
    );
    same(&events(&graph), "2005-02-28 a \"A\" (absent)");
    assert_snapshot!(problems(&graph), @"news/2005/02/30/index.md:1: warning[bad-date]: there is no day `2005-02-30`; its events were read");
}

#[test]
fn chinese_day_pages() {
    let graph = archive(
        "
//- news/2005/07/7/index.md
## [2005-07-7](/news/2005/07/7/index.md)

##### 埃及
### [ 埃及证实 ](/zh/news/2005/07/7/埃及.md)
_消息: 绑架, 伊拉克_

## [前一天...](/news/2005/07/6/index.md)
//- news/2005/07/8/a.md
### [2005-07-8](/news/2005/07/8/index.md)
# 甲
### 有关:
1. [埃及](/zh/news/2005/07/7/埃及.md)
",
    );
    same(
        &events(&graph),
        r#"
        2005-07-07 埃及 "埃及" (absent) under 埃及, about 伊拉克 | 埃及 | 绑架
        2005-07-08 a "甲"
        "#,
    );
}

#[test]
fn a_front_page_with_several_days() {
    check_events(
        "
//- index.md
# News

## [2005-07-7](/news/2005/07/7/index.md)

##### Egypt
### [ A ](/news/2005/07/7/a.md)

## [2005-07-6](/news/2005/07/6/index.md)

### [ B ](/news/2005/07/6/b.md)
",
        r#"
        2005-07-06 b "B" (absent)
        2005-07-07 a "A" (absent) under Egypt, about Egypt
        "#,
    );
}

#[test]
fn twins_count_once() {
    let day = DAY.split_once('\n').unwrap().1;
    let folder = folder(DAY);
    put(folder.path(), "news/2005/07/7/README.md", day.as_bytes());
    let (graph, report) = built(folder.path());
    assert_eq!((report.files, report.twins), (2, 1));
    assert_eq!(graph.about().day_pages, 1);
}

#[test]
fn a_readme_that_is_no_twin_is_read() {
    let folder = folder(
        "
//- news/2005/07/7/index.md
## [2005-07-7](/news/2005/07/7/index.md)

### [ One of the day ](/news/2005/07/7/one.md)
//- news/2005/07/7/README.md
## [2005-07-7](/news/2005/07/7/index.md)

### [ Two of the day ](/news/2005/07/7/two.md)
",
    );
    let sizes = ["index.md", "README.md"]
        .map(|name| folder.path().join("news/2005/07/7").join(name))
        .map(|path| std::fs::metadata(path).unwrap().len());
    assert_eq!(sizes[0], sizes[1], "as long, and yet another text");
    let pages = ["index.md", "README.md"].map(|name| {
        let name = format!("news/2005/07/7/{name}");
        let bytes = std::fs::read(folder.path().join(&name)).unwrap();
        (name, bytes)
    });
    let packed = folder.path().join("a.tar");
    std::fs::write(&packed, tar(pages.iter().map(|(name, bytes)| (&**name, &**bytes)))).unwrap();
    for archive in [folder.path(), &packed] {
        let (graph, _) = built(archive);
        same(
            &events(&graph),
            r#"
            2005-07-07 one "One of the day" (absent)
            2005-07-07 two "Two of the day" (absent)
            "#,
        );
    }
}

#[test]
fn other_files_are_skipped_and_counted() {
    let folder = folder(
        "
//- news/2005/07/7/a.md
### [2005-07-7](/news/2005/07/7/index.md)
# A
//- README.md
Just words.
//- opinion/2005/07/7/opinion.md
# An opinion
//- faq/index.md
# Questions
//- faq/what.md
# What?
//- a.html
<p>
//- b.html
<p>
//- LICENSE
All yours.
//- .git/config
secret
//- .hidden.md
### [2005-07-7](/news/2005/07/7/index.md)
# Hidden
",
    );
    let (graph, report) = built(folder.path());
    same(&events(&graph), "2005-07-07 a \"A\"");
    let about = graph.about();
    assert_eq!(report.files, 5);
    assert_eq!((about.event_pages, about.day_pages, about.other_pages), (1, 0, 4));
    let skipped: Vec<_> = about.skipped.iter().map(|(name, n)| (&**name, *n)).collect();
    assert_eq!(skipped, [("(no extension)", 1), (".html", 2), (".md", 1)]);
    same(
        &problems(&graph),
        "opinion/2005/07/7/opinion.md: note[unknown-page]: the page has no date in a heading and \
         no lists, so it is no event page; it was skipped",
    );
}
