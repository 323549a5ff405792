//! The one event that a name means, or a list of those that it could mean.

use insta::assert_snapshot;
use threadline::analysis::find_event;

use crate::fixture::{archive, built, data};

const ARCHIVE: &str = "
//- news/1957/10/4/sputnik.md
### [1957-10-4](/x)
# The Soviet Union launches Sputnik 1

The first satellite.
//- news/1957/11/3/laika-and-the-sputnik.md
### [1957-11-3](/x)
# Laika flies on Sputnik 2
### Related:
1. [Sputnik](/news/1957/10/4/sputnik.md)
2. [Old](/news/1957/10/4/sputnik-1.md)
//- news/1958/01/1/月球.md
### [1958-01-1](/x)
# 月球

探测器
//- news/1958/01/2/sputnik.md
### [1958-01-2](/x)
# Sputnik burns up
//- news/1958/01/2/a.md
### [1958-01-2](/x)
# 加加林、月球、科罗廖夫
//- news/1958/01/2/b.md
### [1958-01-2](/x)
# 加加林訪問倫敦
### Related:
1. [Sputnik](/news/1958/01/2/sputnik.md)
2. [Laika](/news/1957/11/3/laika-and-the-sputnik.md)
//- news/1958/01/3/only-here.md
### [1958-01-3](/x)
# A satellite, the second, of 1850萬
";

fn found(name: &str) -> String {
    let graph = archive(ARCHIVE);
    match find_event(&graph, name) {
        Ok(event) => graph.key(event).to_owned(),
        Err(error) => format!("({:?}) {error}", error.kind()),
    }
}

#[test]
fn names_of_one_event() {
    let cases = [
        // name                                key
        ("news/1957/10/4/sputnik", "news/1957/10/4/sputnik"),
        ("/news/1957/10/4/sputnik.md", "news/1957/10/4/sputnik"),
        (" news/1957/10/4/sputnik ", "news/1957/10/4/sputnik"),
        ("4/sputnik", "news/1957/10/4/sputnik"),
        ("laika-and-the-sputnik", "news/1957/11/3/laika-and-the-sputnik"),
        ("the-sputnik", "news/1957/11/3/laika-and-the-sputnik"),
        ("月球", "news/1958/01/1/月球"),
        ("sputnik-1", "news/1957/10/4/sputnik-1"),
        ("laika", "news/1957/11/3/laika-and-the-sputnik"),
        ("FLIES laika", "news/1957/11/3/laika-and-the-sputnik"),
        ("soviet satellite", "news/1957/10/4/sputnik"),
        // Words of a title come before words of a summary.
        ("satellite", "news/1958/01/3/only-here"),
        ("探测器", "news/1958/01/1/月球"),
        ("探測器", "news/1958/01/1/月球"),
        // One word is no end of a key that goes on before it.
        ("here", "news/1958/01/3/only-here"),
        ("only-here", "news/1958/01/3/only-here"),
        // What a line had room for, copied.
        ("news/1957/11/3/laika-and…", "news/1957/11/3/laika-and-the-sputnik"),
        ("Laika flies on Spu…", "news/1957/11/3/laika-and-the-sputnik"),
        ("加加林訪問…", "news/1958/01/2/b"),
    ];
    for (name, key) in cases {
        assert_eq!(found(name), key, "input {name:?}");
    }
}

#[test]
fn names_of_none_or_several() {
    assert_snapshot!(found("sputnik"), @"
    (Ambiguous) `sputnik` could be any of 2 events:
      1957-10-04  The Soviet Union launches Sputnik 1
                  news/1957/10/4/sputnik
      1958-01-02  Sputnik burns up
                  news/1958/01/2/sputnik
    name it by its key, by more words of its title, or by a word and its day
    ");
    assert_snapshot!(found("nik"), @"
    (Ambiguous) `nik` could be any of 3 events:
      1957-11-03  Laika flies on Sputnik 2
                  news/1957/11/3/laika-and-the-sputnik
      1957-10-04  The Soviet Union launches Sputnik 1
                  news/1957/10/4/sputnik
      1958-01-02  Sputnik burns up
                  news/1958/01/2/sputnik
    name it by its key, by more words of its title, or by a word and its day
    ");
    assert_snapshot!(found("Sputnik"), @"
    (Ambiguous) `Sputnik` could be any of 3 events:
      1957-11-03  Laika flies on Sputnik 2
                  news/1957/11/3/laika-and-the-sputnik
      1957-10-04  The Soviet Union launches Sputnik 1
                  news/1957/10/4/sputnik
      1958-01-02  Sputnik burns up
                  news/1958/01/2/sputnik
    name it by its key, by more words of its title, or by a word and its day
    ");
    // Between commas it is as much a word as within a sentence. Those with the most links
    // come first.
    assert_snapshot!(found("加加林"), @"
    (Ambiguous) `加加林` could be any of 2 events:
      1958-01-02  加加林訪問倫敦
                  news/1958/01/2/b
      1958-01-02  加加林、月球、科罗廖夫
                  news/1958/01/2/a
    name it by its key, by more words of its title, or by a word and its day
    ");
    assert_snapshot!(found("1958-01-02"), @"
    (Ambiguous) `1958-01-02` could be any of 3 events:
      1958-01-02  加加林訪問倫敦
                  news/1958/01/2/b
      1958-01-02  Sputnik burns up
                  news/1958/01/2/sputnik
      1958-01-02  加加林、月球、科罗廖夫
                  news/1958/01/2/a
    name it by its key, by more words of its title, or by a word and its day
    ");
    assert_snapshot!(found("venus"), @"(NotFound) no event is called `venus`, by its key, its end or words of its title; `search` finds events by words");
    assert_snapshot!(found("  "), @"(Input) an event's name is empty");
    assert_snapshot!(found("/"), @"(NotFound) no event is called `/`, by its key, its end or words of its title; `search` finds events by words");
    assert_snapshot!(found(".md"), @"(NotFound) no event is called `.md`, by its key, its end or words of its title; `search` finds events by words");
}

#[test]
fn candidates_are_listed_as_people_read_them() {
    let graph = archive(
        "
//- news/2017/01/1/a.md
### [2017-01-1](/x)
# -{zh-cn:唐纳德·特朗普;zh-tw:唐納·川普;}-就职
//- news/2017/01/2/b.md
### [2017-01-2](/x)
# -{zh-cn:唐纳德·特朗普;zh-tw:唐納·川普;}-发表演说
",
    );
    assert_snapshot!(find_event(&graph, "特朗普").unwrap_err(), @"
    `特朗普` could be any of 2 events:
      2017-01-01  唐纳德·特朗普就职
                  news/2017/01/1/a
      2017-01-02  唐纳德·特朗普发表演说
                  news/2017/01/2/b
    name it by its key, by more words of its title, or by a word and its day
    ");
}

/// Whoever knows the day, and a word of what happened.
#[test]
fn a_day_a_month_or_a_year_tells_events_apart() {
    for (name, key) in [
        ("1957-11-03", "news/1957/11/3/laika-and-the-sputnik"),
        ("1957-11", "news/1957/11/3/laika-and-the-sputnik"),
        ("1957年11月3日", "news/1957/11/3/laika-and-the-sputnik"),
        ("1958年 sputnik", "news/1958/01/2/sputnik"),
        ("1957-10 sputnik", "news/1957/10/4/sputnik"),
        ("sputnik 1958", "news/1958/01/2/sputnik"),
        // Words of a summary.
        ("satellite 1957", "news/1957/10/4/sputnik"),
    ] {
        assert_eq!(found(name), key, "input {name:?}");
    }
    let several = found("1957");
    assert!(several.starts_with("(Ambiguous) `1957` could be any of 3 events:"), "{several}");
    for (name, none) in [
        ("1957-10-05", "words of its title; and none is of 1957-10-05"),
        ("1957-12", "words of its title; and none is of 1957-12-01 to 1957-12-31"),
        ("1957-12 sputnik", "(NotFound) no event is called `1957-12 sputnik`"),
        ("1957-13 sputnik", "(NotFound)"),
        ("1957-13", "and it is no date such as 1969-07-20"),
        // Digits of a number are no year: a title has `1,850萬`, none `1850`.
        ("1850", "and none is of 1850-01-01 to 1850-12-31"),
    ] {
        let message = found(name);
        assert!(message.contains(none), "{message}");
    }
}

#[test]
fn a_beginning_that_several_share_names_none() {
    assert!(found("news/1957/10/4/sput…").starts_with("(Ambiguous)"));
    assert!(found("…").starts_with("(NotFound)"));
}

#[test]
fn many_candidates_are_cut() {
    let pages: String = (1..=12)
        .map(|n| format!("//- news/1958/01/{n}/same.md\n### [1958-01-{n}](/x)\n# Same\n"))
        .collect();
    let error = find_event(&archive(&pages), "same").unwrap_err().to_string();
    assert_eq!(error.lines().count(), 23, "{error}");
    assert!(error.contains("\n  … and 2 more\nname it by"), "{error}");
}

#[test]
fn every_key_means_its_event() {
    let graph = built(&data()).0;
    for event in graph.events() {
        assert_eq!(find_event(&graph, graph.key(event)).unwrap(), event);
        let other = graph.key(event).replacen("/19", "/18", 1);
        assert!(find_event(&graph, &other).is_err(), "{other}");
    }
    // A key with another day in it than its event's is found all the same.
    let moved = archive("\n//- news/1957/10/4/a.md\n### [1958-11-5](/x)\n# A\n");
    assert_eq!(moved.key(find_event(&moved, "news/1957/10/4/a").unwrap()), "news/1957/10/4/a");
}
