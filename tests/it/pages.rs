//! Event pages: every rule and every oddity of the page format.

use crate::fixture::{
    archive, check, check_events, check_problems, events, links, pages_of, problems, revisions,
    same, sources, topics,
};

/// A page for event `a` with these lines in its Related list, the first of
/// them in line 6.
fn with_related(items: &str) -> String {
    format!(
        "//- news/2006/01/26/a.md\n### [2006-01-26](/news/2006/01/26/index.md)\n# A\n\n\
         ### Related:\n\n{items}\n"
    )
}

#[test]
fn a_whole_page() {
    let graph = archive(
        "
//- news/2017/06/16/malta-joins.md
Formats: [HTML](/news/2017/06/16/malta-joins.html)  [JSON](/news/2017/06/16/malta-joins.json)

### [2017-06-16](/news/2017/06/16/index.md)

##### Malta
# Malta joins &quot;the others&quot; 

The first paragraph,
on two lines.

The second.

### Source:

1. [The Independent](http://www.independent.co.uk/a)
1. [Cover Image](https://static.independent.co.uk/b.jpg)

### Related:

1. [Another ](/news/2017/06/24/other.md) _Context: Islamic State, Russia_
",
    );
    same(
        &events(&graph),
        r#"
        2017-06-16 malta-joins "Malta joins \"the others\"" under Malta, about Islamic State | Malta | Russia: "The first paragraph,\non two lines.\n\nThe second."
        2017-06-24 other "Another" (absent), about Islamic State | Russia
        "#,
    );
    same(
        &sources(&graph),
        "
        malta-joins: The Independent <http://www.independent.co.uk/a>
        malta-joins: Cover Image <https://static.independent.co.uk/b.jpg> (image)
        ",
    );
    same(&links(&graph), "malta-joins -[Islamic State | Russia]-> other (absent), line 20");
    same(
        &problems(&graph),
        "news/2017/06/16/malta-joins.md:20: warning[missing-target]: no page for \
         `news/2017/06/24/other`",
    );
}

#[test]
fn a_bracket_without_partner_keeps_the_link() {
    check(
        "
//- news/2006/01/26/a.md
### [2006-01-26](/news/2006/01/26/index.md)
# A

### Related:

1. [A title ]] with debris ](/news/2006/01/25/b.md) _Context: Hong Kong_
",
        "a -[Hong Kong]-> b (absent), line 6",
    );
}

#[test]
fn titles_in_items() {
    let cases = [
        // text of the link                    title of the absent event
        ("B", "B"),
        (" B  with  spaces ", "B  with  spaces"),
        ("''B'' and \"quotes\"", "''B'' and \"quotes\""),
        ("*B* _c_ **d**", "*B* _c_ **d**"),
        ("M<sub>W</sub>", "M<sub>W</sub>"),
        ("[http:--www.reuters.com-a (Reuters)]", "[http:--www.reuters.com-a (Reuters)]"),
        ("B [http:--www.reuters.com-a (Reuters)", "B [http:--www.reuters.com-a (Reuters)"),
        ("{{dead link B", "{{dead link B"),
        ("B]]》", "B]]》"),
        ("]B[", "]B["),
        ("date=October 2012", "date=October 2012"),
        ("Miguel ngel", "Miguel ngel"),
        ("rÃ©sumÃ©", "rÃ©sumÃ©"),
        ("&quot;B&quot; &amp; c&#39;s&nbsp;d", "\"B\" & c's\u{a0}d"),
        ("&rsquo;&hellip;&#039;&#x27;&#8217;", "’…''’"),
        ("B \\", "B \\"),
        ("B `code", "B `code"),
        ("B <!-- c", "B <!-- c"),
        ("![B](c.jpg)", "![B](c.jpg)"),
        ("B](/news/2000/01/1/not-this.md) c", "B](/news/2000/01/1/not-this.md) c"),
        ("", ""),
    ];
    for (text, title) in cases {
        let item = format!("1. [{text}](/news/2006/01/25/b.md) _Context: Hong Kong_");
        let graph = archive(&with_related(&item));
        let found = events(&graph);
        let expected = format!("2006-01-25 b {title:?} (absent), about Hong Kong");
        assert_eq!(found.lines().next(), Some(&*expected), "input {text:?}");
        assert_eq!(graph.link_count(), 1, "input {text:?}");
    }
}

#[test]
fn what_markdown_does_not_read_as_one_link_is_noted() {
    let cases = [
        ("B ]] c", true),
        ("[B", true),
        ("B](/c.md) d", true),
        ("B <a href=\"", false),
        ("[B] c", false),
        ("''B''", false),
        ("*B*", false),
    ];
    for (text, noted) in cases {
        let item = format!("1. [{text}](/news/2006/01/26/a.md)");
        let found = problems(&archive(&with_related(&item)));
        assert_eq!(found.contains("note[broken-link-syntax]"), noted, "{text:?}: {found}");
    }
}

#[test]
fn addresses_in_items() {
    let cases = [
        // address                              key
        ("/news/2006/01/25/b.md", "news/2006/01/25/b"),
        ("news/2006/01/25/b.md", "news/2006/01/25/b"),
        ("/news/2006/01/25/b", "news/2006/01/25/b"),
        ("/news/2006/01/25/b.md#top", "news/2006/01/25/b"),
        ("/news/2006/01/25/b.md?feed=a(b.com)", "news/2006/01/25/b"),
        ("/news/2006/01/25/b-(c).md", "news/2006/01/25/b-(c)"),
        ("/news/2006/01/25/b-(c.md", "news/2006/01/25/b-(c"),
        ("/news/2006/01/25/caf%C3%A9.md", "news/2006/01/25/café"),
        ("/news/2006/01/25/café.md", "news/2006/01/25/café"),
        ("/news/2006/01/25/习近平.md", "news/2006/01/25/习近平"),
        ("/news/2006/01/25/50%.md", "news/2006/01/25/50%"),
        ("</news/2006/01/25/b c.md>", "news/2006/01/25/b c"),
        ("./c.md", "news/2006/01/26/c"),
        ("../25/b.md", "news/2006/01/25/b"),
    ];
    for (address, key) in cases {
        let item = format!("1. [B]({address}) _Context: Hong Kong_");
        let graph = archive(&with_related(&item));
        let keys: Vec<_> = graph.links().map(|link| graph.link(link).unwrap()).collect();
        assert_eq!(keys.len(), 1, "input {address:?}");
        assert_eq!(graph.key(keys[0].target), key, "input {address:?}");
        assert_eq!(topics(&graph), ["Hong Kong"], "input {address:?}");
    }
}

#[test]
fn two_spellings_of_an_address_are_one_event() {
    check_events(
        &with_related(
            "1. [B](/news/2006/01/25/caf%C3%A9.md)\n\
             2. [C](/news/2006/01/25/café.md#x)",
        ),
        r#"
        2006-01-25 café "B" (absent)
        2006-01-26 a "A"
        "#,
    );
}

#[test]
fn the_order_of_the_lines_counts_not_their_numbers() {
    let graph = archive(&with_related(
        "1. [B](/news/2006/01/25/b.md)
1. [C](/news/2006/01/25/c.md)
7. [D](/news/2006/01/25/d.md)
3) [E](/news/2006/01/25/e.md)
- [F](/news/2006/01/25/f.md)
 * [G](/news/2006/01/25/g.md)

1. [H](/news/2006/01/25/h.md)",
    ));
    same(
        &links(&graph),
        "
        a --> b (absent), line 6
        a --> c (absent), line 7
        a --> d (absent), line 8
        a --> e (absent), line 9
        a --> f (absent), line 10
        a --> g (absent), line 11
        a --> h (absent), line 13
        ",
    );
    let ranks: Vec<_> = graph.links().map(|id| graph.link(id).unwrap().rank).collect();
    assert_eq!(ranks, [1, 2, 3, 4, 5, 6, 7]);
}

#[test]
fn contexts() {
    let cases = [
        // what follows the address             topics of the link
        ("", "-->"),
        (" _Context: Russia_", "-[Russia]->"),
        ("  _Context: Russia_  ", "-[Russia]->"),
        (" _Context: Islamic State, Russia_", "-[Islamic State | Russia]->"),
        (" _Context: SCO v. IBM, US$, Oklahoma!_", "-[SCO v. IBM | US$ | Oklahoma!]->"),
        (" _Context: Typhoon Rammasun (Glenda)_", "-[Typhoon Rammasun (Glenda)]->"),
        (" _Context: Space Shuttle ''Columbia''_", "-[Space Shuttle ''Columbia'']->"),
        (" _Context: M<sub>W</sub>, a_b_", "-[M<sub>W</sub> | a_b]->"),
        (" _Context: Hugo Chávez_", "-[Hugo Chávez]->"),
        (" _Context: AT&amp;T_", "-[AT&T]->"),
        (" _Context: [x](y) z_", "-[[x](y) z]->"),
        (" _Context: a,b_", "-[a,b]->"),
        (" _Context: a:b_", "-[a:b]->"),
        (" _Context: _", "-->"),
        (" _消息: 美国, 中国_", "-[美国 | 中国]->"),
        ("\n\n   _Context: below_", "-[below]->"),
    ];
    for (tail, expected) in cases {
        let item = format!("1. [B](/news/2006/01/25/b.md){tail}");
        let expected = format!("a {expected} b (absent), line 6");
        assert_eq!(links(&archive(&with_related(&item))), expected, "input {tail:?}");
    }
}

#[test]
fn contexts_without_an_end_are_read_and_reported() {
    let cases = [
        // what follows the address             topics of the link
        (" _Context: Islamic State, Russia", "-[Islamic State | Russia]->"),
        (" _Context: a_b, Russia*", "-[a_b | Russia]->"),
        (" _Context: Russia_ and more", "-[Russia]->"),
        (" (archived) _Context: Russia_", "-[Russia]->"),
        ("\n\n   _Context: below", "-[below]->"),
    ];
    for (tail, expected) in cases {
        let graph = archive(&with_related(&format!("1. [B](/news/2006/01/25/b.md){tail}")));
        assert_eq!(links(&graph), format!("a {expected} b (absent), line 6"), "input {tail:?}");
        assert!(problems(&graph).contains("warning[broken-context]"), "input {tail:?}");
    }
}

#[test]
fn an_empty_place_between_commas_stays_in_the_text() {
    let fixture = with_related("1. [A](/news/2006/01/26/a.md) _Context: B, , C_");
    check(&fixture, "a -[B,  | C]-> a, line 6");
    check_problems(
        &fixture,
        "
        news/2006/01/26/a.md:6: note[empty-topic]: there is an empty place between the commas of `B, , C`
        news/2006/01/26/a.md:6: note[self-link]: the page is related to itself; the link is kept
        ",
    );
}

#[test]
fn words_behind_an_address_do_not_hide_the_link() {
    let fixture = with_related(
        "1. [B](/news/2006/01/25/b.md) (archived)
2. [C ]] c](/news/2006/01/25/c.md) (archived)
3. [D](/news/2006/01/25/d.md \"a title\") _Context: Russia_

---
",
    );
    check(
        &fixture,
        "
        a --> b (absent), line 6
        a --> c (absent), line 7
        a -[Russia]-> d (absent), line 8
        ",
    );
    let found = problems(&archive(&fixture));
    assert_eq!(found.matches("warning[unread-words]").count(), 2, "{found}");
}

#[test]
fn a_line_that_is_no_item_is_a_problem() {
    check_problems(
        &with_related(
            "1. no link at all
2. [B](/news/2006/01/26/a.md)
Just words.",
        ),
        "
        news/2006/01/26/a.md:6: error[unreadable-item]: this cannot be read as an item `1. [text](address)` of the list
        news/2006/01/26/a.md:7: note[self-link]: the page is related to itself; the link is kept
        news/2006/01/26/a.md:8: warning[unread-words]: these words in the list are no item, and were not read
        ",
    );
}

/// The parser's own tests call it no item, and so does the oracle.
#[test]
fn an_item_without_an_address_is_no_link() {
    let fixture = with_related("1. [B]()");
    check(&fixture, "");
    check_problems(
        &fixture,
        "news/2006/01/26/a.md:6: error[unreadable-item]: this cannot be read as an item \
         `1. [text](address)` of the list",
    );
}

#[test]
fn lead_topics_tell_which_commas_separate() {
    let page = |lead: &str, context: &str| {
        format!(
            "
//- news/2006/01/25/b.md
### [2006-01-25](/news/2006/01/25/index.md)
##### {lead}
# B
//- news/2006/01/26/a.md
### [2006-01-26](/news/2006/01/26/index.md)
# A
### Related:
1. [B](/news/2006/01/25/b.md) _Context: {context}_
"
        )
    };
    let cases = [
        // lead topic, context, topics of the link
        (
            "March 11, 2004 Madrid attacks",
            "March 11, 2004 Madrid attacks, Spain",
            "March 11, 2004 Madrid attacks | Spain",
        ),
        (
            "La Paz, Baja California Sur",
            "Mexico, La Paz, Baja California Sur",
            "Mexico | La Paz, Baja California Sur",
        ),
        (
            "United States elections, 2016",
            "United States elections, 2016",
            "United States elections, 2016",
        ),
        ("Spain", "March 11, 2004 Madrid attacks", "March 11 | 2004 Madrid attacks"),
        // Once together, once apart: a tie keeps them apart.
        ("Iraq, Iran", "Iraq, Syria, Iran", "Iraq | Syria | Iran"),
    ];
    for (lead, context, expected) in cases {
        let expected = format!("a -[{expected}]-> b, line 4");
        assert_eq!(links(&archive(&page(lead, context))), expected, "{lead:?}, {context:?}");
    }
}

#[test]
fn variant_marks_are_one_topic() {
    let mark = "-{zh-tw:莫三比克; zh-hk:莫桑比克, 甲; zh-hans:莫桑比克;}-";
    let item = format!("1. [B](/news/2006/01/25/b.md) _消息: 由{mark}来, {mark}, 中国_");
    check(&with_related(&item), &format!("a -[由{mark}来 | {mark} | 中国]-> b (absent), line 6"));
}

#[test]
fn the_same_topic_in_several_spellings_is_never_merged() {
    let graph = archive(&with_related(
        "1. [B](/news/2006/01/25/b.md) _消息: 中国, 中國, Syria, Syrian, syria_",
    ));
    assert_eq!(topics(&graph), ["Syria", "Syrian", "syria", "中国", "中國"]);
}

#[test]
fn double_links_and_links_to_oneself_are_kept() {
    let fixture = with_related(
        "1. [A](/news/2006/01/26/a.md) _Context: X_
2. [B](/news/2006/01/25/b.md) _Context: X_
3. [B](/news/2006/01/25/b.md) _Context: Y_",
    ) + "//- news/2006/01/25/b.md\n### [2006-01-25](/news/2006/01/25/index.md)\n# B\n";
    check(
        &fixture,
        "
        a -[X]-> a, line 6
        a -[X]-> b, line 7
        a -[Y]-> b, line 8
        ",
    );
    check_problems(
        &fixture,
        "
        news/2006/01/26/a.md:6: note[self-link]: the page is related to itself; the link is kept
        news/2006/01/26/a.md:8: note[double-link]: `news/2006/01/25/b` is listed twice, first in line 7; both are kept
        ",
    );
}

#[test]
fn both_ends_may_list_each_other() {
    check(
        "
//- news/2006/01/25/b.md
### [2006-01-25](/news/2006/01/25/index.md)
# B
### Related:
1. [A](/news/2006/01/26/a.md) _Context: X_
//- news/2006/01/26/a.md
### [2006-01-26](/news/2006/01/26/index.md)
# A
### Related:
1. [B](/news/2006/01/25/b.md) _Context: X_
",
        "
        b -[X]-> a, line 4
        a -[X]-> b, line 4
        ",
    );
}

/// The current version's item repeats the last number and is no related link;
/// a link to an older wording means this event.
const WITH_CHANGES: &str = "### Changes:

1. [Older wording ](/news/2017/09/10/older.md) _2017-09-10 21:30:05 (First version)_
2. [Newer &amp; better ](/news/2017/09/10/newer.md) _2018-02-06 13:49:28 (Update)_
2. [This wording ](/news/2017/09/10/a.md) _(Current version)_
";

const WITH_LINKS: &str = "### Related:

1. [Older](/news/2017/09/10/older.md) _Context: X_
2. [B](/news/2017/09/9/b.md) _Context: Y_
";

#[test]
fn changes_before_or_after_related() {
    for (first, second, line) in [(WITH_CHANGES, WITH_LINKS, 10), (WITH_LINKS, WITH_CHANGES, 5)] {
        let graph = archive(&format!(
            "//- news/2017/09/10/a.md\n### [2017-09-10](/news/2017/09/10/index.md)\n# This wording\n{first}{second}"
        ));
        same(
            &links(&graph),
            &format!("a -[X]-> a, line {line}\na -[Y]-> b (absent), line {}", line + 1),
        );
        same(
            &revisions(&graph),
            r#"
            a: first older "Older wording" 2017-09-10T21:30:05
            a: update newer "Newer & better" 2018-02-06T13:49:28
            a: current a "This wording" ?
            "#,
        );
    }
}

/// Where no words tell, the first in the list is the first wording: however
/// its item is written.
#[test]
fn wordings_without_words_that_tell() {
    let plain = "1. [Old](/news/2017/09/10/old.md) _2017-09-10 21:30:05_";
    let angles = "1. [Old](</news/2017/09/10/old.md>) _2017-09-10 21:30:05_";
    let bare = "1. [Old](/news/2017/09/10/old.md)";
    for (first, seen) in
        [(plain, "2017-09-10T21:30:05"), (angles, "2017-09-10T21:30:05"), (bare, "?")]
    {
        let graph = archive(&format!(
            "//- news/2017/09/10/a.md
### [2017-09-10](/news/2017/09/10/index.md)
# A
### Changes:
{first}
2. [New](</news/2017/09/10/new.md>) _2018-02-06 13:49:28_
"
        ));
        same(
            &revisions(&graph),
            &format!("a: first old \"Old\" {seen}\na: update new \"New\" 2018-02-06T13:49:28"),
        );
    }
}

#[test]
fn a_link_to_an_older_wording_is_a_link_to_the_event() {
    let fixture = format!(
        "//- news/2017/09/10/a.md
### [2017-09-10](/news/2017/09/10/index.md)
# This wording
{WITH_CHANGES}
//- news/2017/09/11/c.md
### [2017-09-11](/news/2017/09/11/index.md)
# C
### Related:
1. [Older wording](/news/2017/09/10/older.md)
2. [Newer](/news/2017/09/10/newer.md)
3. [This](/news/2017/09/10/a.md)
"
    );
    check(&fixture, "c --> a, line 4\nc --> a, line 5\nc --> a, line 6");
}

#[test]
fn a_wording_with_a_page_of_its_own_is_an_event_of_its_own() {
    let fixture = format!(
        "//- news/2017/09/10/a.md
### [2017-09-10](/news/2017/09/10/index.md)
# This wording
{WITH_CHANGES}
//- news/2017/09/10/older.md
### [2017-09-10](/news/2017/09/10/index.md)
# Older wording
### Related:
1. [This](/news/2017/09/10/a.md)
2. [Newer](/news/2017/09/10/newer.md)
"
    );
    check(&fixture, "older --> a, line 4\nolder --> a, line 5");
}

#[test]
fn a_wording_that_two_pages_claim_is_the_first_ones() {
    let fixture = "
//- news/2017/09/10/b.md
### [2017-09-10](/news/2017/09/10/index.md)
# B
### Changes:
1. [Old ](/news/2017/09/10/old.md) _2017-09-10 21:30:05 (First version)_
### Related:
1. [Old](/news/2017/09/10/old.md)
//- news/2017/09/10/a.md
### [2017-09-10](/news/2017/09/10/index.md)
# A
### Changes:
1. [Old ](/news/2017/09/10/old.md) _2017-09-10 21:30:05 (First version)_
";
    check(fixture, "b --> a, line 6");
    check_problems(
        fixture,
        "news/2017/09/10/b.md: warning[ambiguous-alias]: `news/2017/09/10/old` is listed as an \
         older wording here and in `news/2017/09/10/a`, which counts",
    );
}

#[test]
fn sources_of_all_kinds() {
    let graph = archive(
        "
//- news/2006/01/26/a.md
### [2006-01-26](/news/2006/01/26/index.md)
# A
### Sources:
1. [BBC](https://bbc.co.uk/a) [IMG](https://bbc.co.uk/a.jpg)
2. [ (Europe1](http://europe1.fr/a)
2. [AP via''The Washington Post](http://wp.com/a)
3. [RTÉ](http://rte.ie/a)
4. [RTÉ](http://rte.ie/b)
5. [Fox](//a57.foxnews.com/a)
6. [MarketWatch](http://mw.com/a?feed&utm_campaign=Feed%3A%20x%20(MarketWatch.com))
7. [Q &amp; A](http://q.com/?a=1&amp;b=2&copy=3)
8. [](http://nameless.com)
",
    );
    same(
        &sources(&graph),
        "
        a: BBC <https://bbc.co.uk/a>
        a: IMG <https://bbc.co.uk/a.jpg> (image)
        a: (Europe1 <http://europe1.fr/a>
        a: AP via''The Washington Post <http://wp.com/a>
        a: RTÉ <http://rte.ie/a>
        a: RTÉ <http://rte.ie/b>
        a: Fox <//a57.foxnews.com/a>
        a: MarketWatch <http://mw.com/a?feed&utm_campaign=Feed%3A%20x%20(MarketWatch.com)>
        a: Q & A <http://q.com/?a=1&b=2&copy=3>
        a:  <http://nameless.com>
        ",
    );
    same(&problems(&graph), "");
}

#[test]
fn any_section_may_be_missing() {
    let cases = [
        ("# A\n", "2006-01-26 a \"A\""),
        ("\n##### Malta\n\n# A", "2006-01-26 a \"A\" under Malta, about Malta"),
        ("# A\n\nWords.", "2006-01-26 a \"A\": \"Words.\""),
        ("# A\n### Related:\n", "2006-01-26 a \"A\""),
        ("# A\n### Source:\n\n### Related:\n", "2006-01-26 a \"A\""),
        ("# A\n##### B\n", "2006-01-26 a \"A\": \"##### B\""),
    ];
    for (below, expected) in cases {
        let text = format!("### [2006-01-26](/news/2006/01/26/index.md)\n{below}");
        let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
        assert_eq!(events(&graph), expected, "input {below:?}");
        assert_eq!(problems(&graph), "", "input {below:?}");
    }
}

#[test]
fn titles_of_pages() {
    let cases = [
        ("# A", "A"),
        ("#  ''A''  and  b  ", "''A''  and  b"),
        ("# A # b #", "A # b #"),
        ("# &quot;A&quot; &amp; b&#39;s", "\"A\" & b's"),
        ("# [http:--a (B)", "[http:--a (B)"),
        ("# ]] {{dead link", "]] {{dead link"),
        ("# 1. [A](/b.md)", "1. [A](/b.md)"),
        ("# A\n# Second", "A"),
    ];
    for (line, title) in cases {
        let text = format!("### [2006-01-26](/news/2006/01/26/index.md)\n{line}\n");
        let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
        assert_eq!(graph.title(threadline::model::EventId(0)), title, "input {line:?}");
    }
}

#[test]
fn a_summary_may_hold_what_looks_like_something_else() {
    let graph = archive(
        "
//- news/2006/01/26/a.md
### [2006-01-26](/news/2006/01/26/index.md)
# A

#hashtag, then <!-- a comment


```
1. [Not a link](/news/2006/01/25/x.md)
## Not a section &amp; so on  

### Related:
1. [B](/news/2006/01/25/b.md)
",
    );
    same(&links(&graph), "a --> b (absent), line 12");
    let summary = graph.summary(crate::fixture::named(&graph, "a"));
    assert_eq!(
        summary,
        Some(
            "#hashtag, then <!-- a comment\n\n```\n1. [Not a link](/news/2006/01/25/x.md)\n\
             ## Not a section & so on"
        )
    );
}

#[test]
fn what_stands_below_an_unknown_heading_is_no_link() {
    check(
        &with_related(
            "1. [B](/news/2006/01/25/b.md)

### See also:

1. [C](/news/2006/01/25/c.md)

### Related:

1. [D](/news/2006/01/25/d.md)",
        ),
        "a --> b (absent), line 6\na --> d (absent), line 14",
    );
}

#[test]
fn line_ends_and_beginnings() {
    let text = "### [2006-01-26](/news/2006/01/26/index.md)\n# A\n\nOne.\n\nTwo.\n\n### Related:\n\
                \n1. [B](/news/2006/01/25/b.md) _Context: Hong Kong_\n";
    let cases = [
        ("as it is", text.to_owned(), 10),
        ("no newline at the end", text.trim_end().to_owned(), 10),
        ("CR LF", text.replace('\n', "\r\n"), 10),
        ("CR", text.replace('\n', "\r"), 10),
        ("a byte order mark", format!("\u{feff}{text}"), 10),
        ("a blank line first", format!("\n{text}"), 11),
        ("a blank line and a mark", format!("\u{feff}\r\n{text}"), 11),
    ];
    for (name, text, line) in cases {
        let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
        same(
            &events(&graph),
            r#"
            2006-01-25 b "B" (absent), about Hong Kong
            2006-01-26 a "A", about Hong Kong: "One.\n\nTwo."
            "#,
        );
        let expected = format!("a -[Hong Kong]-> b (absent), line {line}");
        assert_eq!(links(&graph), expected, "{name}");
    }
}

#[test]
fn dates_in_headings() {
    let cases = [
        // heading                                     date
        ("### [2006-01-26](/news/2006/01/26/index.md)", "2006-01-26"),
        ("### 2006-01-26", "2006-01-26"),
        ("### [2006-01-6](/x)", "2006-01-06"),
        ("### [1999-12-31](/x)", "1999-12-31"),
        ("###  [2006-01-26](/x) ", "2006-01-26"),
        // No such day: the path's date stands in.
        ("### [2006-13-1](/x)", "2006-01-26"),
        ("### [2006-02-30](/x)", "2006-01-26"),
    ];
    for (heading, date) in cases {
        let graph = pages_of(&[("news/2006/01/26/a.md", format!("{heading}\n# A\n"))]);
        assert_eq!(events(&graph), format!("{date} a \"A\""), "input {heading:?}");
    }
}

#[test]
fn an_event_anywhere_else_is_an_event_too() {
    check_events(
        "
//- blog/a.md
### [2006-01-26](/x)
# A
//- news/2006/01/27/b.md
# No date, but a list
### Related:
1. [A](/blog/a.md)
//- c.md
### [1999-01-1](/x)
# C
",
        r#"
        1999-01-01 c "C"
        2006-01-26 a "A"
        2006-01-27 b "No date, but a list"
        "#,
    );
}

#[test]
fn absent_events_have_the_title_and_the_date_of_their_links() {
    check_events(
        "
//- news/2006/01/26/b.md
### [2006-01-26](/x)
# B
### Related:
1. [ Said by b ](/news/2006/01/2/gone.md)
2. [Undated](/gone/for-good.md)
3. [No such day](/news/2006/02/30/never.md)
//- news/2006/01/26/a.md
### [2006-01-26](/x)
# A
### Related:
1. [ Said by a, whose key comes first &amp; counts ](/news/2006/01/2/gone.md)
",
        r#"
        2006-01-02 gone "Said by a, whose key comes first & counts" (absent)
        2006-01-26 a "A"
        2006-01-26 b "B"
        ? for-good "Undated" (absent)
        ? never "No such day" (absent)
        "#,
    );
}

#[test]
fn a_page_without_a_title_is_called_by_its_links_or_its_name() {
    let fixture = "
//- news/2006/01/25/the-fall-of-b.md
### [2006-01-25](/x)
//- news/2006/01/26/linked.md
### [2006-01-26](/x)
#   
//- news/2006/01/27/a.md
### [2006-01-27](/x)
# A
### Related:
1. [What a calls it ](/news/2006/01/26/linked.md)
";
    check_events(
        fixture,
        r#"
        2006-01-25 the-fall-of-b "the fall of b"
        2006-01-26 linked "What a calls it"
        2006-01-27 a "A"
        "#,
    );
    check_problems(
        fixture,
        "
        news/2006/01/25/the-fall-of-b.md: warning[missing-title]: the page has no title (`# …`); a link's text or the file's name stands in for it
        news/2006/01/26/linked.md: warning[missing-title]: the page has no title (`# …`); a link's text or the file's name stands in for it
        ",
    );
}

/// A link without a text names nothing; another link, or a day page, does.
#[test]
fn a_link_without_a_text_gives_no_title() {
    let fixture = "
//- news/2006/01/26/a.md
### [2006-01-26](/x)
# A
### Related:
1. [](/news/2006/01/2/gone.md)
2. [&nbsp;](/news/2006/01/2/gone.md#top)
3. [](/news/2006/01/3/never.md)
4. [&nbsp;](/news/2006/01/4/blank.md)
//- news/2006/01/26/b.md
### [2006-01-26](/x)
# B
### Related:
1. [What b calls it](/news/2006/01/2/gone.md)
2. [What b says](/news/2006/01/4/blank.md)
";
    check_events(
        fixture,
        r#"
        2006-01-02 gone "What b calls it" (absent)
        2006-01-03 never "" (absent)
        2006-01-04 blank "What b says" (absent)
        2006-01-26 a "A"
        2006-01-26 b "B"
        "#,
    );
}

#[test]
fn a_missing_target_names_the_nearest_key() {
    let fixture = "
//- news/2006/01/25/malta-joins-the-union.md
### [2006-01-25](/x)
# Malta
//- news/2006/01/26/a.md
### [2006-01-26](/x)
# A
### Related:
1. [Cut](/news/2006/01/25/malta-joins-the-uni.md)
2. [Another day](/news/2006/01/24/malta-joins-the-union.md)
3. [Nothing like it](/news/2006/01/25/q.md)
";
    check_problems(
        fixture,
        "
        news/2006/01/26/a.md:4: warning[missing-target]: no page for `news/2006/01/25/malta-joins-the-uni`; did you mean `news/2006/01/25/malta-joins-the-union`?
        news/2006/01/26/a.md:5: warning[missing-target]: no page for `news/2006/01/24/malta-joins-the-union`; did you mean `news/2006/01/25/malta-joins-the-union`?
        news/2006/01/26/a.md:6: warning[missing-target]: no page for `news/2006/01/25/q`; the nearest key is `news/2006/01/25/malta-joins-the-union`
        ",
    );
    // Named, but never guessed.
    assert_eq!(archive(fixture).event_count(), 5);
}
