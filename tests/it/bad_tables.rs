//! Tables from elsewhere (`events.csv`, `links.csv`): what is missing in them,
//! and what is wrong.

use std::path::Path;

use insta::assert_snapshot;
use threadline::import::{is_csv_folder, read_folder};

use crate::fixture::{events, folder, links, problems, revisions, same, sources};

/// The events, links and problems of tables in a string, or the error.
fn tables(fixture: &str) -> (String, String, String) {
    let folder = folder(fixture);
    assert!(is_csv_folder(folder.path()));
    let graph = read_folder(folder.path()).unwrap();
    (events(&graph), links(&graph), problems(&graph))
}

fn error(fixture: &str) -> String {
    let folder = folder(fixture);
    let error = format!("{:#}", read_folder(folder.path()).unwrap_err());
    error.replace(&format!("{}/", folder.path().display()), "")
}

#[test]
fn as_little_as_keys_and_pairs() {
    let (events, links, problems) = tables(
        "
//- events.csv
key
b
a
//- links.csv
source,target
a,b
a,c
b,a
",
    );
    same(&events, "? a \"a\"\n? b \"b\"\n? c \"c\" (absent)");
    same(&links, "a --> b, line 0\na --> c (absent), line 0\nb --> a, line 0");
    same(&problems, "links.csv:3: warning[missing-target]: no event for `c`");
}

#[test]
fn mistyped_ends_of_links() {
    let events = "//- events.csv\nkey\napollo-8\nsoyuz-1\n";
    let links = "//- links.csv\nsource,target\napollo-9,soyuz-1\napollo-8,apollo-9\n";
    let (.., problems) = tables(&format!("{events}{links}"));
    same(
        &problems,
        "links.csv:2: warning[missing-target]: no event for `apollo-9`; did you mean `apollo-8`?
         links.csv:3: warning[missing-target]: no event for `apollo-9`; did you mean `apollo-8`?",
    );
    let (events, _, problems) = tables(&format!("//- events.csv\nkey\n{links}"));
    same(
        &events,
        "? apollo-8 \"apollo-8\" (absent)\n? apollo-9 \"apollo-9\" (absent)\n? soyuz-1 \"soyuz-1\" (absent)",
    );
    same(&problems, "");
}

#[test]
fn any_order_of_columns_and_unknown_ones() {
    let (events, links, problems) = tables(
        "
//- events.csv
colour, Title ,KEY,date
red,The A,a,1969-07-20
blue,The B,b,1969-7-1
//- links.csv
weight,topics,target,source
0.5,X|Y\\|Z|\\\\,a,b
",
    );
    same(
        &events,
        "1969-07-01 b \"The B\", about X | Y|Z | \\\n1969-07-20 a \"The A\", about X | Y|Z | \\",
    );
    same(&links, "b -[X | Y|Z | \\]-> a, line 0");
    same(&problems, "");
}

#[test]
fn a_byte_order_mark() {
    let (events, ..) =
        tables("//- events.csv\n\u{feff}key,title\na,A\n//- links.csv\n\u{feff}source,target\n");
    same(&events, "? a \"A\"");
}

#[test]
fn rows_that_are_wrong() {
    let (events, links, problems) = tables(
        "
//- events.csv
key,date,title,present
a,1969-02-30,A,true
b,yesterday,B,maybe
,1969-07-20,Nobody,true
a,1969-07-20,A again,true
short
long,1969-07-20,Long,false,and,more
//- links.csv
source,target,rank,line
a,b,first,7
a,,2,8
,b,2,9
a,b,70000,-1
a,news/1969/07/20/unknown,2,11
only
//- sources.csv
event,name,url,kind
a,BBC,http://bbc,article
x,BBC,http://bbc,article
a,Picture,http://bbc/p,image
a,Odd,http://odd,film
//- revisions.csv
event,key,title,seen,kind
a,old,Old,2018-02-06T13:49:28,first
a,older,Older,long ago,odd
//- problems.csv
code,severity,page,line,message
my-code,warning,a.md,12,something of mine
other,grave,b.md,x,else
",
    );
    same(
        &events,
        r#"
        1969-07-20 long "Long" (absent)
        1969-07-20 unknown "news/1969/07/20/unknown" (absent)
        ? a "A"
        ? b "B"
        ? short ""
        "#,
    );
    same(
        &links,
        "
        a --> b, line 7
        a --> b, line 0
        a --> unknown (absent), line 11
        ",
    );
    assert_snapshot!(problems, @"
    a.md:12: warning[my-code]: something of mine
    b.md: note[other]: else
    events.csv:2: warning[bad-date]: there is no day `1969-02-30` (dates are written 1969-07-20); the event has no date
    events.csv:3: warning[bad-date]: there is no day `yesterday` (dates are written 1969-07-20); the event has no date
    events.csv:3: error[bad-row]: `maybe` in `present` is neither true nor false
    events.csv:4: error[bad-row]: the event has no key; it was left out
    events.csv:5: error[duplicate-page]: the key `a` stands twice; this row was left out
    links.csv:2: error[bad-row]: `first` is no number that can stand here
    links.csv:3: error[bad-row]: the link has no source or no target; left out
    links.csv:4: error[bad-row]: the link has no source or no target; left out
    links.csv:5: error[bad-row]: `-1` is no number that can stand here
    links.csv:5: error[bad-row]: `70000` is no number that can stand here
    links.csv:6: warning[missing-target]: no event for `news/1969/07/20/unknown`
    links.csv:7: error[bad-row]: the link has no source or no target; left out
    problems.csv:3: error[bad-row]: `grave` in `severity` is none of `error`, `warning`, `note`; it was read as `note`
    problems.csv:3: error[bad-row]: `x` is no number that can stand here
    revisions.csv:3: error[bad-row]: `odd` in `kind` is none of `first`, `update`, `current`; it was read as `update`
    revisions.csv:3: error[bad-row]: there is no time `long ago` (times are written 1969-07-20T20:17:40); the wording has no time
    sources.csv:3: error[bad-row]: there is no event `x`; the row was left out
    sources.csv:5: error[bad-row]: `film` in `kind` is none of `article`, `image`; it was read as `article`
    ");
}

#[test]
fn sources_and_revisions() {
    let folder = folder(
        "
//- events.csv
key
a
//- links.csv
source,target
//- sources.csv
event,name,url,kind
a,BBC,http://bbc,article
a,Picture,http://bbc/p,image
a,Odd,http://odd,film
//- revisions.csv
event,key,title,seen,kind
a,old,Old,2018-02-06T13:49:28,first
a,older,Older,long ago,odd
",
    );
    let graph = read_folder(folder.path()).unwrap();
    same(
        &sources(&graph),
        "a: BBC <http://bbc>\na: Picture <http://bbc/p> (image)\na: Odd <http://odd>",
    );
    same(
        &revisions(&graph),
        "a: first old \"Old\" 2018-02-06T13:49:28\na: update older \"Older\" ?",
    );
}

#[test]
fn quotes_and_newlines_in_cells() {
    let (events, _, problems) = tables(
        "
//- events.csv
key,title,summary
a,\"He said \"\"no\"\", twice\",\"one
two\"
b,un\"quoted,
c,\"never closed
//- links.csv
source,target
",
    );
    same(
        &events,
        r#"
        ? a "He said \"no\", twice": "one\ntwo"
        ? b "un\"quoted"
        ? c "never closed\n"
        "#,
    );
    same(&problems, "");
}

#[test]
fn bytes_that_are_not_utf8() {
    let folder = folder("//- links.csv\nsource,target\n");
    let rows = b"key,title\na,A \xff\nb\xff,B\n";
    std::fs::write(folder.path().join("events.csv"), rows).unwrap();
    let graph = read_folder(folder.path()).unwrap();
    same(&events(&graph), "? a \"A \u{fffd}\"\n? b\u{fffd} \"B\"");
    assert_snapshot!(problems(&graph), @"
    events.csv:2: warning[not-utf8]: the row is not UTF-8; what could not be read is U+FFFD
    events.csv:3: warning[not-utf8]: the row is not UTF-8; what could not be read is U+FFFD
    ");
}

#[test]
fn tables_that_lack_what_is_needed() {
    assert_snapshot!(error("//- events.csv\nname\na\n//- links.csv\nsource,target\n"), @"events.csv: the column `key` is missing; the first line has to name the columns, with commas between them (needed: key)");
    assert_snapshot!(error("//- events.csv\nkey\na\n//- links.csv\nsource\na\n"), @"links.csv: the column `target` is missing; the first line has to name the columns, with commas between them (needed: source, target)");
    assert_snapshot!(error("//- events.csv\nkey\na\n"), @"links.csv: cannot open it: No such file or directory (os error 2)");
    assert_snapshot!(error("//- events.csv\n//- links.csv\n"), @"events.csv: the column `key` is missing; the first line has to name the columns, with commas between them (needed: key)");
    assert!(!is_csv_folder(Path::new("no/such/folder")));
}
