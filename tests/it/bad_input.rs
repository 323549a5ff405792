//! Archives that are broken: each thing wrong is a problem with its place, or
//! a clear error; nothing else is lost, and nothing takes long.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use insta::assert_snapshot;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::model::{Code, SourceFile};
use threadline::parse::{Dialects, parse_page};
use threadline::pipeline::{BuildOptions, build_archive};

use crate::fixture::{built, events, folder, links, named, pages_of, problems, put, same, tar};
use crate::skip::skipped;

const GOOD: &str = "//- news/2006/01/26/good.md
### [2006-01-26](/news/2006/01/26/index.md)
# Good
";

const A: &[u8] = b"### [2006-01-26](/x)\n# A\n";
const B: &[u8] = b"### [2006-01-26](/x)\n# B\n";

/// A folder with a good page and one with these bytes.
fn with_page(bytes: &[u8]) -> EventGraph {
    let folder = folder(GOOD);
    put(folder.path(), "news/2006/01/26/a.md", bytes);
    let (graph, _) = built(folder.path());
    assert!(events(&graph).contains("good \"Good\""), "the good page is lost");
    graph
}

/// The graph of a tar file with these bytes.
fn of_tar(bytes: &[u8]) -> Result<EventGraph, String> {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.tar");
    std::fs::write(&path, bytes).unwrap();
    build_archive(&path, &BuildOptions::default(), |_| {})
        .map(|(graph, _)| graph)
        .map_err(|error| format!("{error:#}").replace(&format!("{}/", folder.path().display()), ""))
}

#[test]
fn bytes_that_are_not_utf8() {
    let graph = with_page(b"### [2006-01-26](/x)\n# A \xff b\n### Related:\n1. [B \xc3](/news/2006/01/25/b\xff.md) _Context: X_\n");
    same(
        &events(&graph),
        "
        2006-01-25 b\u{fffd} \"B \u{fffd}\" (absent), about X
        2006-01-26 a \"A \u{fffd} b\", about X
        2006-01-26 good \"Good\"
        ",
    );
    assert_snapshot!(problems(&graph), @"
    news/2006/01/26/a.md: warning[not-utf8]: the page is not UTF-8; what could not be read is U+FFFD
    news/2006/01/26/a.md:4: warning[missing-target]: no page for `news/2006/01/25/b�`
    ");
}

#[test]
fn a_nul() {
    let graph = with_page(b"### [2006-01-26](/x)\n# A \0 b\n");
    same(&events(&graph), "2006-01-26 a \"A \\0 b\"\n2006-01-26 good \"Good\"");
    assert_snapshot!(problems(&graph), @"news/2006/01/26/a.md: warning[nul-character]: the page holds a NUL character; it is kept");
}

#[test]
fn an_empty_page() {
    for bytes in [&b""[..], b"\n \r\n", b"\xef\xbb\xbf"] {
        let graph = with_page(bytes);
        same(&events(&graph), "2006-01-26 good \"Good\"");
        same(&problems(&graph), "news/2006/01/26/a.md: warning[empty-page]: the page is empty");
    }
}

#[test]
fn a_date_that_does_not_exist() {
    let graph = with_page(b"### [2006-13-1](/x)\n# A\n");
    assert_snapshot!(problems(&graph), @"news/2006/01/26/a.md:1: warning[bad-date]: there is no day `2006-13-1`; the path says 2006-01-26");

    let folder = folder("//- news/2006/02/30/a.md\n\n### [2006-02-30](/x)\n# A\n");
    let (graph, _) = built(folder.path());
    same(&events(&graph), "? a \"A\"");
    assert_snapshot!(problems(&graph), @"news/2006/02/30/a.md:2: warning[bad-date]: there is no day `2006-02-30`; the event has no date");
}

#[test]
fn a_heading_that_is_no_date_loses_nothing_else() {
    let folder = folder(
        "
//- news/2017/06/16/t.md
### [16 June 2017](/news/2017/06/16/index.md)
##### Lead
# T

Text.

### Related:
1. [B](/b.md)
",
    );
    let (graph, _) = built(folder.path());
    same(
        &events(&graph),
        "2017-06-16 t \"T\" under Lead, about Lead: \"Text.\"\n? b \"B\" (absent)",
    );
    assert_snapshot!(problems(&graph), @"
    news/2017/06/16/t.md:1: warning[bad-date]: `16 June 2017` is no date (dates are written 1969-07-20); the path says 2017-06-16
    news/2017/06/16/t.md:8: warning[missing-target]: no page for `b`
    ");
}

#[test]
fn a_date_that_is_not_the_paths() {
    let graph = with_page(b"### [2006-01-27](/x)\n# A\n");
    same(&events(&graph), "2006-01-26 good \"Good\"\n2006-01-27 a \"A\"");
    assert_snapshot!(problems(&graph), @"news/2006/01/26/a.md:1: note[date-mismatch]: the heading says 2006-01-27, the path 2006-01-26; the heading counts");
}

#[test]
fn two_pages_for_one_key() {
    let bytes = tar([("news/2006/01/26/a.md", A), ("news/2006/01/26/a.md", B), ("good.md", B)]);
    let graph = of_tar(&bytes).unwrap();
    same(&events(&graph), "2006-01-26 good \"B\"\n2006-01-26 a \"A\"");
    assert_snapshot!(problems(&graph), @"news/2006/01/26/a.md: error[duplicate-page]: there is another page for `news/2006/01/26/a`; this one was left out");
}

#[test]
fn a_tar_that_leads_out() {
    let bytes = tar([("../x.md", A), ("a/../../../etc/x.md", A), ("/etc/y.md", A), ("good.md", B)]);
    let graph = of_tar(&bytes).unwrap();
    same(&events(&graph), "2006-01-26 y \"A\"\n2006-01-26 good \"B\"");
    assert_snapshot!(problems(&graph), @"
    ../x.md: error[unsafe-path]: the entry's name leads out of the archive; it was left out
    a/../../../etc/x.md: error[unsafe-path]: the entry's name leads out of the archive; it was left out
    ");
}

#[test]
fn a_tar_that_ends_in_its_first_page() {
    let long = [A, b"words ".repeat(500).as_slice()].concat();
    let graph = of_tar(&tar([("news/a.md", long.as_slice())])[..512 + 700]).unwrap();
    let found = problems(&graph);
    assert!(found.contains("the archive ends or is damaged in its first entry ("), "{found}");
}

#[test]
fn a_tar_that_ends_in_the_middle() {
    let long = [A, b"words ".repeat(500).as_slice()].concat();
    let whole = tar([("news/a.md", A), ("news/b.md", B), ("news/c.md", &long)]);
    // Two entries of header and one block each, then the header of the third.
    let cases = [
        ("in a page", 2048 + 512 + 700),
        ("before a page", 2048 + 512),
        ("in a header", 2048 + 100),
    ];
    for (name, length) in cases {
        let graph = of_tar(&whole[..length]).unwrap();
        let found = events(&graph);
        same(&found, "2006-01-26 a \"A\"\n2006-01-26 b \"B\"");
        let found = problems(&graph);
        assert!(
            found.contains(
                "error[truncated-archive]: the archive ends or is damaged behind its entry 2 ("
            ),
            "{name}: {found}"
        );
        assert_eq!(
            found.contains(
                "news/c.md: error[unreadable]: the archive ends in the middle of the page"
            ),
            name != "in a header",
            "{name}: {found}"
        );
    }
}

#[test]
fn a_tar_without_the_blocks_that_end_it() {
    let whole = tar([("news/a.md", A), ("news/b.md", B)]);
    let graph = of_tar(&whole[..2048]).unwrap();
    same(&events(&graph), "2006-01-26 a \"A\"\n2006-01-26 b \"B\"");
    assert_eq!(problems(&graph), "");
}

#[test]
fn a_compressed_tar_that_ends_in_the_middle() {
    // Words that do not pack, so that the cut is in the middle of a page.
    let mut random = crate::random::Random(1);
    let noise: String = (0..40_000).map(|_| format!("{} ", random.below(1_000_000))).collect();
    let long = format!("### [2006-01-26](/x)\n# C\n{noise}");
    let whole = tar([("news/a.md", A), ("news/c.md", long.as_bytes())]);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(&whole).unwrap();
    let packed = packed.finish().unwrap();
    let graph = of_tar(&packed[..packed.len() / 2]).unwrap();
    same(&events(&graph), "2006-01-26 a \"A\"");
    let found = problems(&graph);
    assert!(found.contains("error[truncated-archive]"), "{found}");
    assert!(found.contains("news/c.md: error[unreadable]"), "{found}");
}

#[test]
fn files_that_are_no_archive() {
    let text = b"just some words, but more than enough of them ".repeat(30);
    let zip = [b"PK\x03\x04".as_slice(), &[7; 2000]].concat();
    let noise: Vec<u8> = (0..3000_u32).map(|n| (n * n % 251) as u8).collect();
    for (name, bytes) in
        [("text", &text[..]), ("short", b"short"), ("zip", &zip), ("noise", &noise)]
    {
        let error = of_tar(bytes).unwrap_err();
        let expected = "a.tar: this is neither a folder nor a tar file of pages, nor a graph file; \
                        other packings (zip, xz, zstd) have to be unpacked first";
        assert!(error.starts_with(expected), "{name}: {error}");
    }
}

#[test]
fn an_empty_tar_and_an_empty_folder_have_no_events() {
    assert_eq!(of_tar(&tar([])).unwrap().event_count(), 0);
    let (graph, _) = built(TempDir::new().unwrap().path());
    assert_eq!((graph.event_count(), graph.link_count()), (0, 0));
}

#[test]
fn a_folder_that_is_missing() {
    let error = build_archive(Path::new("no/such"), &BuildOptions::default(), |_| {}).unwrap_err();
    assert_snapshot!(format!("{error:#}"), @"no/such: cannot open the archive: No such file or directory (os error 2)");
    assert_eq!(error.kind(), threadline::ErrorKind::Io);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_back() {
    let folder = folder(GOOD);
    let link = |to: &str, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
    };
    link("..", "news/up");
    link(".", "news/2006/self");
    link("nowhere", "news/broken.md");
    // Not back, only elsewhere, where it is read.
    link("2006", "news/2007");
    let (graph, _) = built(folder.path());
    assert_eq!(graph.event_count(), 1, "{}", events(&graph));
    assert_snapshot!(problems(&graph), @"
    news/2006/self: error[link-loop]: the symbolic link leads back into a folder that holds it; not followed
    news/2007: error[link-loop]: the symbolic link leads to a folder that is read already; not followed
    news/broken.md: error[unreadable]: cannot read it: No such file or directory (os error 2)
    news/up: error[link-loop]: the symbolic link leads back into a folder that holds it; not followed
    ");
}

#[cfg(unix)]
#[test]
fn links_to_one_folder_are_followed_once() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (folder(GOOD), TempDir::new().unwrap());
    put(outside.path(), "whole/2007/1/2/a.md", A);
    put(outside.path(), "whole/2008/b.md", B);
    put(folder.path(), ".kept/2009/c.md", B);
    let link = |to: &Path, name: &str| symlink(to, folder.path().join(name)).unwrap();
    // Of those to one folder the first by path; a part of it only once, too.
    link(&outside.path().join("whole/2007"), "news/2007");
    link(&outside.path().join("whole/2007"), "news/again");
    link(&outside.path().join("whole"), "news/all");
    link(&outside.path().join("whole/2008"), "news/part");
    // Nobody else reads what lies in a hidden folder.
    link(Path::new("../.kept/2009"), "news/2009");
    link(&folder.path().join(".kept"), "news/kept");
    symlink("..", outside.path().join("whole/2008/back")).unwrap();
    let (graph, report) = built(folder.path());
    let keys: Vec<_> = graph.events().map(|event| graph.key(event)).collect();
    let expected = ["news/2006/01/26/good", "news/2007/1/2/a", "news/2009/c", "news/all/2008/b"];
    let mut sorted = keys.clone();
    sorted.sort_unstable();
    assert_eq!(sorted, expected, "{}", problems(&graph));
    assert_eq!(report.files, 4);
    let loops = problems(&graph);
    let loops: Vec<_> = loops.lines().filter(|line| line.contains("[link-loop]")).collect();
    assert_snapshot!(loops.join("\n"), @"
    news/again: error[link-loop]: the symbolic link leads to a folder that is read already; not followed
    news/all/2007: error[link-loop]: another symbolic link leads to this folder, which is read there; not entered
    news/all/2008/back: error[link-loop]: the symbolic link leads back into a folder that holds it; not followed
    news/kept/2009: error[link-loop]: another symbolic link leads to this folder, which is read there; not entered
    news/part: error[link-loop]: the symbolic link leads to a folder that is read already; not followed
    ");
}

/// Each of many folders has two links to the next, so there are 2^40 paths.
#[cfg(unix)]
#[test]
fn a_ladder_of_links_is_climbed_once() {
    use std::os::unix::fs::symlink;
    let (inside, outside) = (folder(GOOD), TempDir::new().unwrap());
    for root in [inside.path(), outside.path()] {
        for step in 0..40 {
            put(root, &format!("d{step}/x.md"), A);
            for name in ["a", "b"] {
                let to = format!("../d{}", step + 1);
                symlink(to, root.join(format!("d{step}/{name}"))).unwrap();
            }
        }
        put(root, "d40/x.md", A);
    }
    symlink(outside.path().join("d0"), inside.path().join("ladder")).unwrap();
    let (graph, report) = built(inside.path());
    assert_eq!(report.files, 1 + 41 + 41);
    let last = format!("ladder/{}x", "a/".repeat(40));
    assert!(graph.events().any(|event| graph.key(event) == last));
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = folder(GOOD);
    let name = std::ffi::OsStr::from_bytes(b"news/2006/01/26/b\xff.md");
    std::fs::write(folder.path().join(name), A).unwrap();
    let name = std::ffi::OsStr::from_bytes(b"news/f\xfe");
    std::fs::create_dir(folder.path().join(name)).unwrap();
    std::fs::write(folder.path().join(name).join("c.md"), B).unwrap();
    // What is no page and is not entered is nobody's trouble.
    for name in [&b"news/picture\xff.png"[..], b"news/.hidden\xff.md", b"news/.hidden\xfe/d.md"] {
        let path = folder.path().join(std::ffi::OsStr::from_bytes(name));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, B).unwrap();
    }
    let (graph, _) = built(folder.path());
    same(
        &events(&graph),
        "
        2006-01-26 b\u{fffd} \"A\"
        2006-01-26 good \"Good\"
        2006-01-26 c \"B\"
        ",
    );
    assert_snapshot!(problems(&graph), @"
    news/2006/01/26/b�.md: warning[name-not-utf8]: the name is not UTF-8; keys hold U+FFFD in place of what is not
    news/f�: warning[name-not-utf8]: the name is not UTF-8; keys hold U+FFFD in place of what is not
    ");
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(GOOD);
    put(folder.path(), "news/2007/a.md", A);
    put(folder.path(), "news/b.md", B);
    let shut = |path: &str, mode| {
        let mode = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(folder.path().join(path), mode).unwrap();
    };
    shut("news/2007", 0);
    shut("news/b.md", 0);
    if std::fs::read_dir(folder.path().join("news/2007")).is_ok() {
        shut("news/2007", 0o755);
        return skipped("this user may read everything");
    }
    let (graph, _) = built(folder.path());
    shut("news/2007", 0o755);
    same(&events(&graph), "2006-01-26 good \"Good\"");
    assert_snapshot!(problems(&graph), @"
    news/2007: error[unreadable]: cannot read it: Permission denied (os error 13)
    news/b.md: error[unreadable]: cannot read the page: Permission denied (os error 13)
    ");
}

#[test]
fn a_page_of_twenty_megabytes() {
    let words = "All work and no play makes a long page. ".repeat(25);
    let text = format!(
        "### [2006-01-26](/x)\n# A\n{}### Related:\n1. [B](/news/2006/01/25/b.md) _Context: X_",
        format!("{words}\n").repeat(20_000)
    );
    assert!(text.len() > 20_000_000);
    let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
    same(&links(&graph), "a -[X]-> b (absent), line 20004");
    let summary = graph.summary(named(&graph, "a")).unwrap();
    assert_eq!(summary.len(), 20_000_000 + 20_000 - 1 - 20_000);
}

/// Lines that a reader who looks ahead from every place would never finish.
#[test]
fn long_lines_take_no_long_time() {
    let n = 100_000;
    let cases = [
        ("brackets", format!("1. {}B{}(/b.md)", "[".repeat(n), "]".repeat(n))),
        ("open brackets", format!("1. {}](/b.md)", "[".repeat(n))),
        ("nothing but ](", format!("1. [{}", "](".repeat(n))),
        ("](a ](a", format!("1. [{}", "](a ".repeat(n))),
        ("](a) ](a)", format!("1. [{}", "](a) ".repeat(n))),
        ("]()", format!("1. [{}", "]()".repeat(n))),
        ("_", format!("1. [B](/b.md) {}", "_".repeat(n))),
        ("stars", format!("1. [{}](/b.md)", "*a_".repeat(n))),
        ("backticks", format!("1. [{}](/b.md)", "`` ` ".repeat(n))),
        ("angles", format!("1. [{}](/b.md)", "<a ".repeat(n))),
        ("entities", format!("1. [{}](/b.md)", "&amp".repeat(n))),
        ("percents", format!("1. [B](/{}.md)", "%".repeat(n))),
        ("commas", format!("1. [B](/b.md) _Context: {}_", ", ".repeat(n))),
        ("marks", format!("1. [B](/b.md) _Context: {}_", "-{, ".repeat(n))),
        ("hashes", "#".repeat(n)),
        ("items", "1. [\n".repeat(n)),
        ("lines below", format!("1. [\n{}", "[b\n".repeat(n))),
    ];
    for (name, item) in cases {
        for heading in ["### Related:", "### Sources:", "### Changes:"] {
            let text = format!(
                "### [2006-01-26](/x)\n# A\n{heading}\n{item}\n\n### Related:\n1. [Z](/z.md)\n"
            );
            let start = Instant::now();
            let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
            let took = start.elapsed();
            assert!(links(&graph).contains("--> z (absent)"), "{name}: the link below is lost");
            // A quadratic reader takes minutes.
            assert!(took < Duration::from_secs(5), "{name} below {heading}: {took:?}");
        }
    }
}

#[test]
fn ten_thousand_nested_brackets_are_a_title() {
    let title = format!("{}B{}", "[".repeat(10_000), "]".repeat(9_999));
    let text = format!(
        "### [2006-01-26](/x)\n# A\n### Related:\n1. [{title}](/news/2006/01/25/b.md) _Context: X_\n"
    );
    let graph = pages_of(&[("news/2006/01/26/a.md", text)]);
    assert_eq!(graph.title(named(&graph, "b")), title);
    assert!(problems(&graph).contains("a.md:4: note[broken-link-syntax]"));
}

/// Where one name with commas ends and the next begins is found in one pass,
/// also if nearly all of a long text is the begin of a name as long. Trying
/// each span of this page took minutes.
#[test]
fn a_long_context_and_a_lead_line_as_long() {
    let many = "A, ".repeat(20_000);
    let short: String = (2..200).map(|n| page_under(&format!("{}B", "A, ".repeat(n)))).collect();
    let text = format!("{}{short}", page_under(&format!("{many}B")));
    let pages: Vec<(String, String)> = text
        .split_inclusive("# A\n")
        .enumerate()
        .map(|(n, page)| (format!("news/2006/01/26/a{n}.md"), page.to_owned()))
        .collect();
    let related = format!("### Related:\n1. [A](/news/2006/01/26/a1.md) _Context: {many}A, C_\n");
    let mut pages: Vec<(&str, String)> =
        pages.iter().map(|(path, text)| (&**path, text.clone())).collect();
    pages[0].1.push_str(&related);
    let graph = pages_of(&pages);
    // No name ends as the context does: each of its pieces is a topic.
    let link = graph.links().next().unwrap();
    let found: Vec<_> = graph.link_topics(link).map(|topic| graph.topic_name(topic)).collect();
    assert!(found.iter().all(|name| ["A", "C"].contains(name)) && found.ends_with(&["C"]));
    let lead = graph.lead_topic(named(&graph, "a0")).unwrap();
    assert_eq!(graph.topic_name(lead), format!("{many}B"));
}

fn page_under(lead: &str) -> String {
    format!("### [2006-01-26](/x)\n##### {lead}\n# A\n")
}

#[test]
fn a_list_longer_than_a_rank_can_count() {
    let items = "1. [B](/b.md)\n".repeat(65_536);
    let file = SourceFile {
        path: "news/2006/01/26/a.md".into(),
        text: format!("### [2006-01-26](/x)\n# A\n### Related:\n{items}").into(),
        lossy: false,
    };
    let (page, problems) = parse_page(&file, &Dialects::built_in());
    let threadline::model::PageKind::Event(event) = page.kind else { panic!("an event page") };
    let ranks: Vec<_> = event.related.iter().map(|item| item.rank).collect();
    assert_eq!(ranks[65_533..], [65_534, 65_535, 65_535]);
    assert_snapshot!(problems[0], @"news/2006/01/26/a.md:65539: warning[list-too-long]: the list has more than 65,535 items; the rest share the last rank");
}

/// Whatever a page holds: no panic, and every line that looks like an item of
/// the list is a link or a problem.
#[test]
fn pages_of_random_pieces() {
    const PIECES: &[&str] = &[
        "### [2006-01-26](/x)",
        "# A",
        "### Related:",
        "### Sources:",
        "### Changes:",
        "##### T",
        "1. [B](/b.md)",
        "1. [",
        "](",
        ")",
        "[",
        "]",
        " _Context: X, Y_",
        "_",
        "\n",
        "\n\n",
        "\r\n",
        "\u{feff}",
        "\0",
        "&quot;",
        "&",
        "\\",
        "`",
        "<",
        ">",
        "*",
        "中",
        "é",
        "\u{202e}",
        "-{",
        "}-",
        ", ",
        "2006-02-30",
        "## [2006-01-26](/news/2006/01/26/index.md)",
        "---",
        "#",
        "%ff",
        "\t",
        " ",
        "_2017-09-10 21:30:05 (First version)_",
        "/news/2006/01/25/c.md",
        "(",
    ];
    let mut random = crate::random::Random(11);
    for round in 0..3_000 {
        let text: String = (0..random.below(40)).map(|_| random.pick(PIECES)).collect();
        let path = random.pick(&["news/2006/01/26/a.md", "news/2006/01/26/index.md", "a.md"]);
        let file = SourceFile { path: path.into(), text: text.as_str().into(), lossy: false };
        let (page, problems) = parse_page(&file, &Dialects::built_in());
        let lines = text.lines().count() as u32 + text.matches('\r').count() as u32;
        assert!(problems.iter().all(|problem| problem.line <= lines), "round {round}: {text:?}");
        if let threadline::model::PageKind::Event(event) = &page.kind {
            let ranks: Vec<_> = event.related.iter().map(|item| usize::from(item.rank)).collect();
            assert_eq!(ranks, (1..=ranks.len()).collect::<Vec<_>>(), "round {round}: {text:?}");
            assert!(event.related.is_sorted_by_key(|item| item.line), "round {round}: {text:?}");
        }
        pages_of(&[(path, text)]);
    }
}

#[test]
fn every_code_has_a_severity_and_a_name_of_its_own() {
    let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert!(
        names
            .iter()
            .all(|name| { name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b == b'8') })
    );
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Code::ALL.len());
}
