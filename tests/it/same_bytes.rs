//! Same archive, same bytes: with any number of threads, from a folder or
//! from a tar file, packed or not, in whatever order.

use std::io::{Read, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use tempfile::TempDir;
use threadline::export::{ExportOptions, Format, write_folder};
use threadline::graph::Selection;
use threadline::store;

use crate::fixture::{built, data, tar};
use crate::random::{Random, random_draft};
use crate::torture::exported;

/// The file that building an archive writes.
fn graph_file(archive: &Path) -> Vec<u8> {
    let (graph, _) = built(archive);
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    store::write(&graph, &path).unwrap();
    std::fs::read(path).unwrap()
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(work)
}

/// All files of a folder, by path.
fn files(root: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                files.push((name, std::fs::read(&path).unwrap()));
            }
        }
    }
    files.sort();
    files
}

/// The entries of a graph file that are not the same, by name.
fn different(one: &[u8], other: &[u8]) -> Vec<String> {
    let read = |bytes: &[u8]| {
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
        let entries: Vec<(String, Vec<u8>)> = (0..zip.len())
            .map(|index| {
                let mut entry = zip.by_index(index).unwrap();
                let mut bytes = Vec::new();
                entry.read_to_end(&mut bytes).unwrap();
                (entry.name().unwrap().into_owned(), bytes)
            })
            .collect();
        entries
    };
    let (one, other) = (read(one), read(other));
    assert_eq!(one.len(), other.len());
    let pairs = one.into_iter().zip(other);
    pairs.filter(|(a, b)| a != b).map(|(a, _)| a.0).collect()
}

#[test]
fn with_any_number_of_threads() {
    let expected = with_threads(1, || graph_file(&data()));
    for threads in [2, 5] {
        let found = with_threads(threads, || graph_file(&data()));
        assert_eq!(different(&expected, &found), [""; 0], "{threads} threads");
        assert!(found == expected, "{threads} threads");
    }
}

#[test]
fn exports_with_any_number_of_threads() {
    let export = || {
        let (graph, _) = built(&data());
        let all = Selection::all(&graph);
        let written = |format: Format| {
            if format.is_folder() {
                let folder = TempDir::new().unwrap();
                write_folder(&graph, &all, format, &ExportOptions::default(), folder.path())
                    .unwrap();
                files(folder.path())
            } else {
                vec![(String::new(), exported(&graph, &all, format))]
            }
        };
        Format::ALL.iter().map(|&format| (format.name(), written(format))).collect::<Vec<_>>()
    };
    let expected = with_threads(1, export);
    for threads in [2, 5] {
        for (found, expected) in with_threads(threads, export).iter().zip(&expected) {
            assert!(found == expected, "{}, {threads} threads", expected.0);
        }
    }
}

/// Each way to pack the folder gives the folder's graph, file and all.
#[test]
fn from_a_tar_as_from_the_folder() {
    let folder = TempDir::new().unwrap();
    let files = files(&data());
    let entries = || files.iter().map(|(name, bytes)| (&**name, &**bytes));
    let in_order = tar(entries());
    let reversed = tar(entries().rev());
    let dotted: Vec<_> = files.iter().map(|(name, bytes)| (format!("./{name}"), bytes)).collect();
    let dotted = tar(dotted.iter().map(|(name, bytes)| (&**name, &***bytes)));
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(&reversed).unwrap();
    let cases = [
        ("a.tar", in_order),
        ("reversed.tar", reversed),
        ("dotted.tar", dotted),
        ("reversed.tar.gz", packed.finish().unwrap()),
    ];
    let expected = graph_file(&data());
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        assert_eq!(different(&graph_file(&path), &expected), [""; 0], "{name}");
    }
}

/// Two addresses of one page name the event in one way, whichever was seen first.
#[test]
fn titles_from_a_tar_in_any_order() {
    let page = |title: &str, related: &str| {
        format!("### [2006-01-26](/x)\n# {title}\n### Related:\n{related}")
    };
    let a = page("A", "1. [First](/news/2006/01/2/x.md)\n2. [Second](/news/2006/01/2/x.md#top)\n");
    let z = page("Z", "1. [Last](/news/2006/01/2/x.md#top)\n");
    let pages = [("news/2006/01/26/a.md", &*a), ("news/2006/01/26/z.md", &*z)];
    let entries = || pages.iter().map(|&(name, text)| (name, text.as_bytes()));
    let folder = TempDir::new().unwrap();
    let title = |bytes: Vec<u8>| {
        let path = folder.path().join("a.tar");
        std::fs::write(&path, bytes).unwrap();
        let (graph, _) = built(&path);
        let event = graph.find_key("news/2006/01/2/x").expect("the event is there");
        graph.title(event).to_owned()
    };
    assert_eq!(title(tar(entries())), "First");
    assert_eq!(title(tar(entries().rev())), "First");
}

/// A tar file usually has the folder itself in every name: it is left out of
/// the keys and named in the report, and that is all that differs.
#[test]
fn from_a_tar_with_a_top_folder() {
    let folder = TempDir::new().unwrap();
    let files: Vec<_> =
        files(&data()).into_iter().map(|(name, bytes)| (format!("moon/{name}"), bytes)).collect();
    let path = folder.path().join("moon.tar");
    std::fs::write(&path, tar(files.iter().map(|(name, bytes)| (&**name, &**bytes)))).unwrap();
    let (from_tar, _) = built(&path);
    let (expected, _) = built(&data());
    assert_eq!(from_tar.about().top_folder.as_deref(), Some("moon"));
    let keys = |graph: &threadline::EventGraph| -> Vec<String> {
        graph.events().map(|event| graph.key(event).to_owned()).collect()
    };
    assert_eq!(keys(&from_tar), keys(&expected));
    assert_eq!(crate::fixture::links(&from_tar), crate::fixture::links(&expected));
    let first = from_tar.events().find(|&event| from_tar.present(event)).unwrap();
    assert!(from_tar.page(first).unwrap().starts_with("moon/news/"));
    let found = crate::fixture::problems(&from_tar);
    let pages = found.lines().filter(|line| line.contains(".md:"));
    assert!(pages.clone().all(|line| line.starts_with("moon/")), "{found}");
}

/// Relative links lead from page to page, whatever folder all pages lie in and
/// however the other links are written.
#[test]
fn relative_links_from_a_tar_as_from_the_folder() {
    let pages = |prefix: &str| {
        format!(
            "//- news/2006/01/26/a.md
### [2006-01-26](/x)
# A
### Changes:
1. [Older A](./older-a.md) _2006-01-26 10:00:00 (First version)_
### Related:
1. [B](./b.md) _Context: Malta_
2. [C](../27/c.md) _Context: Malta_
3. [C again]({prefix}/news/2006/01/27/c.md) _Context: Malta_
4. [Gone](./gone.md)
//- news/2006/01/26/b.md
### [2006-01-26](/x)
# B
### Related:
1. [A]({prefix}/news/2006/01/26/older-a.md)
2. [C]({prefix}/news/2006/01/27/c.md)
//- news/2006/01/27/c.md
### [2006-01-27](/x)
# C
### Related:
1. [A]({prefix}/news/2006/01/26/a.md)
2. [B]({prefix}/news/2006/01/26/b.md)
3. [A](../26/a.md)
//- news/2006/01/27/index.md
## [2006-01-27](/news/2006/01/27/index.md)
### [C](./c.md)
Told of a day later.
"
        )
    };
    // Also where the prefix and the top folder have one name.
    for (prefix, top) in [("", "top"), ("/en", "top"), ("/en", "en")] {
        let text = pages(prefix);
        let folder = crate::fixture::folder(&text);
        let packed: Vec<_> = crate::fixture::split(&text)
            .into_iter()
            .map(|(path, text)| (format!("{top}/{path}"), text))
            .collect();
        let path = folder.path().join("packed.tar");
        let bytes = tar(packed.iter().map(|(path, text)| (&**path, text.as_bytes())));
        std::fs::write(&path, bytes).unwrap();
        let (from_tar, _) = built(&path);
        let (expected, _) = built(folder.path());
        let case = format!("links to {prefix}/news, pages in {top}/news");
        assert_eq!(from_tar.about().top_folder.as_deref(), Some(top), "{case}");
        assert_eq!(from_tar.about().prefix, expected.about().prefix, "{case}");
        for tell in [crate::fixture::events, crate::fixture::links, crate::fixture::revisions] {
            assert_eq!(tell(&from_tar), tell(&expected), "{case}");
        }
        let absent: Vec<_> = expected.events().filter(|&event| !expected.present(event)).collect();
        let absent: Vec<_> = absent.iter().map(|&event| expected.key(event)).collect();
        assert_eq!(absent, ["news/2006/01/26/gone"], "{case}");
    }
}

/// Drafts whose events, topics, contexts and links stand in another order.
#[test]
fn from_a_draft_in_any_order() {
    for seed in 0..20 {
        let draft = random_draft(50, 120, seed);
        let mut random = Random(seed);
        let shuffled = shuffled(&draft, &mut random);
        let (one, other) =
            (threadline::graph::build(draft).unwrap(), threadline::graph::build(shuffled).unwrap());
        for &table in threadline::graph::Table::ALL {
            assert_eq!(one.table(table).unwrap(), other.table(table).unwrap(), "seed {seed}");
        }
    }
}

fn shuffled(draft: &threadline::model::Draft, random: &mut Random) -> threadline::model::Draft {
    use threadline::model::{Draft, NONE};
    let mut order = |count: usize| {
        let mut order: Vec<u32> = (0..count as u32).collect();
        for at in (1..count).rev() {
            order.swap(at, random.below(at + 1));
        }
        order
    };
    let place = |order: &[u32]| {
        let mut place = vec![0; order.len()];
        for (new, &old) in (0..).zip(order) {
            place[old as usize] = new;
        }
        move |old: u32| if old == NONE { NONE } else { place[old as usize] }
    };
    let events = order(draft.events.date.len());
    let topics = order(draft.topics.len());
    let links = order(draft.links.source.len());
    let (event_at, topic_at) = (place(&events), place(&topics));
    let mut out = Draft::default();
    for &old in &events {
        let row = old as usize;
        out.events.key.push(draft.events.key.get(old));
        out.events.date.push(draft.events.date[row]);
        out.events.title.push(draft.events.title.get(old));
        out.events.summary.push(draft.events.summary.get(old));
        out.events.lead_topic.push(topic_at(draft.events.lead_topic[row]));
        out.events.present.push(draft.events.present[row]);
        out.events.page.push(draft.events.page.get(old));
    }
    for &old in &topics {
        out.topics.push(draft.topics.get(old));
    }
    out.contexts = draft.contexts.clone();
    out.context_topics = draft.context_topics.iter().map(|&topic| topic_at(topic)).collect();
    for &old in &links {
        let row = old as usize;
        out.links.source.push(event_at(draft.links.source[row]));
        out.links.target.push(event_at(draft.links.target[row]));
        out.links.rank.push(draft.links.rank[row]);
        out.links.context.push(draft.links.context[row]);
        out.links.line.push(draft.links.line[row]);
    }
    let pairs = draft.event_topics.iter().rev();
    out.event_topics = pairs.map(|&(event, topic)| (event_at(event), topic_at(topic))).collect();
    out
}
