//! The graph's file: written whole or not at all, and opened as it was.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use arrow_array::types::UInt8Type;
use arrow_array::{ArrayRef, DictionaryArray, RecordBatch, StringArray};
use arrow_ipc::writer::FileWriter;
use arrow_schema::{Field, Schema};
use insta::assert_snapshot;
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::graph::{About, DictionaryTexts, Lists, Table, Tables};
use threadline::store::{open, verify, write};

use crate::fixture::{archive, built, data, events, links, problems};
use crate::random::random_graph;

/// Writes a graph and opens it again.
fn again(graph: &EventGraph) -> EventGraph {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    write(graph, &path).unwrap();
    // A mapped file outlives its name.
    open(&path).unwrap()
}

fn same_tables(one: &EventGraph, other: &EventGraph) {
    for &table in Table::ALL {
        assert_eq!(one.table(table).unwrap(), other.table(table).unwrap(), "{table:?}");
    }
    assert_eq!(one.about(), other.about());
}

fn message(path: &Path) -> String {
    let error = open(path).unwrap_err();
    let folder = format!("{}/", path.parent().unwrap().display());
    format!("({:?}) {}", error.kind(), format!("{error:#}").replace(&folder, ""))
}

#[test]
fn what_is_written_is_what_is_opened() {
    let (graph, _) = built(&data());
    let opened = again(&graph);
    same_tables(&graph, &opened);
    assert_eq!(events(&graph), events(&opened));
    assert_eq!(links(&graph), links(&opened));
    assert_eq!(problems(&graph), problems(&opened));
    assert_eq!(opened.walk().unwrap().link_count(), graph.link_count());
    for (events, links) in [(1, 0), (1, 1), (9, 30), (64, 64), (65, 500)] {
        let graph = random_graph(events, links, 7);
        same_tables(&graph, &again(&graph));
    }
}

#[test]
fn an_empty_graph() {
    let graph = again(&EventGraph::empty());
    same_tables(&EventGraph::empty(), &graph);
    let counts = (graph.event_count(), graph.link_count(), graph.topic_count());
    assert_eq!(counts, (0, 0, 0));
    assert_eq!(graph.walk().unwrap().event_count(), 0);
}

#[test]
fn same_graph_same_bytes() {
    let folder = TempDir::new().unwrap();
    let graph = random_graph(40, 80, 1);
    let paths = ["a.threadline", "b"].map(|name| folder.path().join(name));
    for path in &paths {
        write(&graph, path).unwrap();
    }
    let [one, other] = paths.map(|path| std::fs::read(path).unwrap());
    assert!(one == other);
    let names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(names.len(), 2, "nothing else is left beside them");
}

/// A page with one broken link again and again.
const BROKEN: &str = "
//- news/2006/01/26/a-page-with-links-that-lead-nowhere.md
### [2006-01-26](/x)
# A
### Related:
1. [B](/news/2006/01/25/nobody-wrote-of-it.md)
2. [B](/news/2006/01/25/nobody-wrote-of-it.md)
3. [B](/news/2006/01/25/nobody-wrote-of-it.md)
4. [B](/news/2006/01/25/nobody-wrote-of-it.md)
";

/// An archive with thousands of broken links makes no file of the same two
/// sentences.
#[test]
fn what_problems_repeat_is_kept_once() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    let graph = archive(BROKEN);
    write(&graph, &path).unwrap();
    let table = entry_of(&path, "problems.arrow");
    let times = |text: &str| memchr::memmem::find_iter(&table, text).count();
    assert_eq!(problems(&graph).matches("no page for").count(), 4);
    assert_eq!(times("a-page-with-links"), 1);
    assert_eq!(times("no page for `news/2006/01/25/nobody-wrote-of-it`"), 1);
    assert_eq!((times("missing-target"), times("warning")), (1, 1));
    assert_eq!(problems(&open(&path).unwrap()), problems(&graph));
}

/// The keys of a dictionary are believed no more than anything else.
#[test]
fn problems_whose_text_is_not_there() {
    let mut tables = archive(BROKEN).tables().clone();
    let page = tables.problems.page.dictionary().clone();
    let rows = tables.problems.page.len();
    for key in [1, -1, i32::MAX, i32::MIN] {
        let keys = vec![key; rows];
        tables.problems.page = DictionaryTexts::from_buffers(keys.into(), page.clone());
        let graph = EventGraph::new(tables.clone(), About::default());
        assert_eq!(graph.tables().problems.page.text(0), "");
        let error = graph.table(Table::Problems).unwrap_err().to_string();
        assert!(error.starts_with("the table `problems` is damaged; build the"), "{error}");
        let path = TempDir::new().unwrap().path().join("x.threadline");
        assert!(write(&graph, &path).is_err() && !path.exists());
    }
}

/// Another program may write the table its own way; so did version 1.
#[test]
fn a_table_of_problems_of_another_kind_is_refused() {
    let folder = TempDir::new().unwrap();
    let (path, other) = (folder.path().join("x.threadline"), folder.path().join("other"));
    write(&archive(BROKEN), &path).unwrap();
    let table = archive(BROKEN).table(Table::Problems).unwrap();
    let with_code = |code: ArrayRef| {
        let mut fields = table.schema().fields().to_vec();
        fields[0] = Arc::new(Field::new("code", code.data_type().clone(), false));
        let mut columns = table.columns().to_vec();
        columns[0] = code;
        let table = RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).unwrap();
        let parts = Table::ALL.iter().map(|table| format!("{table}.arrow"));
        let parts = parts.chain(["manifest.json".to_owned()]).map(|name| {
            let problems = name == "problems.arrow";
            let bytes = if problems { arrow_file(&table) } else { entry_of(&path, &name) };
            (name, bytes)
        });
        let parts: Vec<_> = parts.collect();
        let entries: Vec<_> = parts.iter().map(|(name, b)| (name.as_str(), &b[..])).collect();
        std::fs::write(&other, zipped(&entries)).unwrap();
        open(&other).err().map(|_| message(&other))
    };
    assert_eq!(with_code(table.column(0).clone()), None);
    let codes = vec!["missing-target"; table.num_rows()];
    let small_keys: DictionaryArray<UInt8Type> = codes.iter().copied().collect();
    let expected = "(Damaged) other: the graph file is damaged: the table `problems` cannot be \
                    used (its columns are not those of the table); build it again";
    for wrong in [Arc::new(StringArray::from(codes)) as ArrayRef, Arc::new(small_keys)] {
        assert_eq!(with_code(wrong).as_deref(), Some(expected));
    }
}

fn arrow_file(table: &RecordBatch) -> Vec<u8> {
    let mut writer = FileWriter::try_new(Vec::new(), &table.schema()).unwrap();
    writer.write(table).unwrap();
    writer.into_inner().unwrap()
}

fn entry_of(path: &Path, name: &str) -> Vec<u8> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut bytes = Vec::new();
    std::io::copy(&mut zip.by_name(name).unwrap(), &mut bytes).unwrap();
    bytes
}

/// Anyone can look inside: a plain ZIP, stored, each entry readable by Arrow.
#[test]
fn any_arrow_reader_reads_the_tables() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    let (graph, _) = built(&data());
    write(&graph, &path).unwrap();
    let mut zip = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    for &table in Table::ALL {
        let mut entry = zip.by_name(&format!("{table}.arrow")).unwrap();
        assert_eq!(entry.compression(), zip::CompressionMethod::Stored);
        assert_eq!(entry.data_start().unwrap() % 64, 0, "{table:?} is not aligned");
        let mut bytes = Vec::new();
        std::io::copy(&mut entry, &mut bytes).unwrap();
        let cursor = std::io::Cursor::new(bytes);
        let mut reader = arrow_ipc::reader::FileReader::try_new(cursor, None).unwrap();
        let batch = reader.next().unwrap().unwrap();
        assert_eq!(batch, graph.table(table).unwrap());
        assert!(reader.next().is_none());
    }
}

#[test]
fn every_part_of_a_whole_file_is_whole() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    write(&random_graph(40, 80, 1), &path).unwrap();
    let checks = verify(&path).unwrap();
    assert!(checks.iter().all(|check| check.fault.is_none()), "{checks:?}");
    let parts: Vec<_> = checks.iter().map(|check| check.part.as_str()).collect();
    assert_eq!(
        parts,
        [
            "manifest.json",
            "events.arrow",
            "links.arrow",
            "topics.arrow",
            "sources.arrow",
            "revisions.arrow",
            "problems.arrow",
            "adjacency.arrow",
            "how the tables fit together"
        ]
    );
}

/// A file whose checksums are right, as one by another program, may still make
/// no sense.
#[test]
fn ids_that_name_no_row_are_found() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    let graph = archive(
        "//- a.md
### [2006-01-26](/x)
##### Moon
# A
### Source:
1. [BBC](http://bbc)
2. [CNN](http://cnn)
### Changes:
1. [Old](/old.md) _2006-01-26 10:00:00 (First version)_
### Related:
1. [B](/b.md) _Context: X_
",
    );
    let fault = |change: &dyn Fn(&mut Tables)| {
        let mut tables = graph.tables().clone();
        change(&mut tables);
        write(&EventGraph::new(tables, graph.about().clone()), &path).unwrap();
        let last = verify(&path).unwrap().pop().unwrap();
        assert_eq!(last.part, "how the tables fit together");
        last.fault
    };
    let list = |ids: &[u32], rows: usize| {
        let lengths = std::iter::once(ids.len()).chain((1..rows).map(|_| 0));
        Lists::collect(lengths, ids.to_vec()).unwrap()
    };
    assert_eq!(fault(&|_| ()), None);
    let topic = "is damaged: it names a topic that is not there";
    let event = "is damaged: it names an event that is not there";
    type Case<'c> = (&'c dyn Fn(&mut Tables), String);
    let cases: [Case<'_>; 6] = [
        (&|t| t.events.topics = list(&[0, 9], 2), format!("the table `events` {topic}")),
        (&|t| t.events.lead_topic = vec![9, 9].into(), format!("the table `events` {topic}")),
        (&|t| t.links.topics = list(&[2], 1), format!("the table `links` {topic}")),
        (&|t| t.sources.event = vec![0, 2].into(), format!("the table `sources` {event}")),
        (&|t| t.revisions.event = vec![9].into(), format!("the table `revisions` {event}")),
        (
            &|t| t.sources.event = vec![1, 0].into(),
            "the table `sources` is damaged: it is out of order".to_owned(),
        ),
    ];
    for (change, expected) in cases {
        assert_eq!(fault(change), Some(expected));
    }
}

#[test]
fn files_that_are_no_graph() {
    let folder = TempDir::new().unwrap();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    assert_snapshot!(message(&folder.path().join("none")), @"(Io) none: cannot open the graph file: No such file or directory (os error 2)");
    assert_snapshot!(message(&put("text", b"Just words.\n")), @"(Damaged) text: this is not a graph file; `threadline build ARCHIVE -o FILE` makes one");
    assert_snapshot!(message(&put("empty", b"")), @"(Damaged) empty: this is not a graph file; `threadline build ARCHIVE -o FILE` makes one");
    assert_snapshot!(message(&put("zip", &zipped(&[("readme.txt", b"words")]))), @"(Damaged) zip: this is a ZIP, but no graph file: it holds no manifest.json; `threadline build ARCHIVE -o FILE` makes one");
    assert_snapshot!(message(&put("begins", b"PK\x03\x04 and then words")), @"(Damaged) begins: the graph file is cut or damaged (its directory of tables cannot be read); build it again: invalid Zip archive: Could not find EOCD");
    let other = br#"{"format": "other", "version": 1}"#;
    assert_snapshot!(message(&put("other", &zipped(&[("manifest.json", other)]))), @"(Damaged) other: the graph file is damaged: its manifest is that of another program; build it again");
    // All else may have changed in a later version.
    let later = br#"{"format": "threadline", "version": 3, "more": []}"#;
    assert_snapshot!(message(&put("later", &zipped(&[("manifest.json", later)]))), @"(Version) later: the graph file is of version 3, this program reads version 2; build it again from its archive");
    let before = br#"{"format": "threadline", "version": 1, "more": []}"#;
    assert_snapshot!(message(&put("before", &zipped(&[("manifest.json", before)]))), @"(Version) before: the graph file is of version 1, this program reads version 2; build it again from its archive");
    assert_snapshot!(message(&put("odd", &zipped(&[("manifest.json", b"{}")]))), @"(Damaged) odd: the graph file is damaged: its manifest cannot be read; build it again: missing field `format` at line 1 column 2");
    let bare = br#"{"format": "threadline", "version": 2, "generator": "", "counts": {"events": 0, "links": 0, "topics": 0, "sources": 0, "revisions": 0, "problems": 0}, "archive": {}}"#;
    assert_snapshot!(message(&put("bare", &zipped(&[("manifest.json", bare)]))), @"(Damaged) bare: the graph file is damaged: `events.arrow` is missing; build it again");
    let folder = message(folder.path());
    assert!(
        folder.starts_with("(Io) ") && folder.contains("cannot open the graph file"),
        "{folder}"
    );
}

fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Stored)
        .with_alignment(64);
    for (name, bytes) in entries {
        zip.start_file(*name, options).unwrap();
        std::io::Write::write_all(&mut zip, bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn a_write_that_fails_leaves_the_old_file() {
    let folder = TempDir::new().unwrap();
    let missing = folder.path().join("no/such/x.threadline");
    let error = write(&random_graph(9, 9, 1), &missing).unwrap_err();
    assert_eq!(error.kind(), threadline::ErrorKind::Io);
    assert!(format!("{error:#}").contains("cannot write the graph file: No such file"), "{error}");

    // A folder stands where the file should be: the rename fails.
    let taken = folder.path().join("taken");
    std::fs::create_dir(&taken).unwrap();
    std::fs::write(taken.join("old"), b"old").unwrap();
    write(&random_graph(9, 9, 1), &taken).unwrap_err();
    assert_eq!(std::fs::read(taken.join("old")).unwrap(), b"old");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "nothing half written is left: {left:?}");
}

#[test]
fn who_has_a_file_open_keeps_it_when_it_is_replaced() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    let (old, new) = (random_graph(30, 60, 1), random_graph(50, 90, 2));
    write(&old, &path).unwrap();
    let opened = open(&path).unwrap();
    write(&new, &path).unwrap();
    same_tables(&opened, &old);
    same_tables(&open(&path).unwrap(), &new);
}

/// Where a process of this test writes two graphs in turn, for ever.
const WRITE_TO: &str = "THREADLINE_TEST_WRITE_TO";

/// Does nothing unless the test below runs it in a process of its own.
#[test]
fn write_for_ever() {
    let Some(path) = std::env::var_os(WRITE_TO) else { return };
    let graphs = [random_graph(300, 900, 1), random_graph(400, 500, 2)];
    loop {
        for graph in &graphs {
            write(graph, Path::new(&path)).unwrap();
        }
    }
}

#[test]
fn a_writer_killed_at_any_moment_leaves_a_whole_file() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.threadline");
    let graphs = [random_graph(300, 900, 1), random_graph(400, 500, 2)];
    write(&graphs[0], &path).unwrap();
    let written = || std::fs::metadata(&path).unwrap().modified().unwrap();
    let mut random = crate::random::Random(3);
    for round in 0..30 {
        let before = written();
        let mut writer = Command::new(std::env::current_exe().unwrap())
            .args(["store::write_for_ever", "--exact"])
            .env(WRITE_TO, &path)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // However slow the machine is, it is killed while it writes.
        while written() == before && writer.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(random.next() % 60_000));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let opened = open(&path).unwrap();
        let which = usize::from(opened.event_count() == 400);
        same_tables(&opened, &graphs[which]);
        let checks = verify(&path).unwrap();
        assert!(checks.iter().all(|check| check.fault.is_none()), "round {round}: {checks:?}");
    }
}
