//! The formats that are tables – CSV for spreadsheets, Parquet, SQLite –, read
//! back by the programs they are for and compared cell by cell.

use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use threadline::EventGraph;
use threadline::export::{ExportOptions, Format, write_folder};
use threadline::graph::{SelectOptions, Selection};
use threadline::import::read_folder;
use threadline::model::EventId;
use threadline::model::cell;

use crate::random::random_graph;
use crate::readers::{path_read_by, python};
use crate::torture::{exported, graphs};

fn folder(graph: &EventGraph, format: Format, for_spreadsheet: bool) -> TempDir {
    let folder = TempDir::new().unwrap();
    let options = ExportOptions { for_spreadsheet, ..ExportOptions::default() };
    write_folder(graph, &Selection::all(graph), format, &options, folder.path()).unwrap();
    folder
}

const TABLES: [&str; 6] = ["events", "links", "topics", "sources", "revisions", "problems"];

fn bytes(folder: &Path, table: &str) -> String {
    std::fs::read_to_string(folder.join(format!("{table}.csv"))).unwrap()
}

/// No cell begins as a formula does, the texts are the same, and what is built
/// of it is the same graph.
#[test]
fn a_spreadsheet_runs_no_cell() {
    let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝']);
    for (name, graph) in graphs() {
        let (plain, guarded) =
            (folder(&graph, Format::Csv, false), folder(&graph, Format::Csv, true));
        for table in TABLES {
            let text = bytes(guarded.path(), table);
            assert!(text.starts_with("\u{feff}\""), "{name}, {table}");
            let rows = |text: &str| -> Vec<Vec<String>> {
                let mut reader =
                    csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
                let rows =
                    reader.records().map(|row| row.unwrap().iter().map(str::to_owned).collect());
                rows.collect()
            };
            let text = text.trim_start_matches('\u{feff}');
            let expected = bytes(plain.path(), table);
            let (found, expected) = (rows(text), rows(&expected));
            assert_eq!(found.len(), expected.len(), "{name}, {table}");
            for (found, expected) in found.iter().flatten().zip(expected.iter().flatten()) {
                assert!(!formula(found), "{name}, {table}: {found:?}");
                assert_eq!(cell::read(found), cell::read(expected), "{name}, {table}");
            }
        }
        let again = folder(&read_folder(guarded.path()).unwrap(), Format::Csv, true);
        for table in TABLES {
            let same = bytes(again.path(), table) == bytes(guarded.path(), table);
            assert!(same, "{name}, {table}");
        }
    }
}

/// What an export to a folder of tables has to hold: the rows of each, with
/// lists, null and numbers as in JSON.
fn expected(graph: &EventGraph) -> Value {
    let all = exported(graph, &Selection::all(graph), Format::Json);
    let all: Value = serde_json::from_slice(&all).unwrap();
    let pick = |row: &Value, names: &[&str]| -> Value {
        names.iter().map(|name| row[*name].clone()).collect()
    };
    let nodes = all["nodes"].as_array().unwrap();
    let of_nodes = |list: &str, names: &[&str]| -> Value {
        let rows = nodes.iter().flat_map(|node| {
            let rows = node[list].as_array().unwrap().iter();
            rows.map(|row| {
                let mut row = pick(row, names);
                row.as_array_mut().unwrap().insert(0, node["id"].clone());
                row
            })
        });
        rows.collect()
    };
    let events = ["id", "date", "title", "summary", "lead_topic", "topics", "present", "page"];
    let links = ["source", "target", "rank", "topics", "line"];
    let edges = all["edges"].as_array().unwrap();
    let problems = &graph.tables().problems;
    let problem = |row| {
        json!([
            problems.code.text(row),
            problems.severity.text(row),
            problems.page.text(row),
            problems.line[row],
            problems.message.text(row),
        ])
    };
    json!({
        "events": nodes.iter().map(|node| pick(node, &events)).collect::<Value>(),
        "links": edges.iter().map(|edge| pick(edge, &links)).collect::<Value>(),
        "topics": (0..graph.topic_count())
            .map(|row| json!([graph.tables().topics.text(row)])).collect::<Value>(),
        "sources": of_nodes("sources", &["name", "url", "kind"]),
        "revisions": of_nodes("revisions", &["key", "title", "seen", "kind"]),
        "problems": (0..problems.code.len()).map(problem).collect::<Value>(),
    })
}

fn same(place: &str, found: &Value, expected: &Value) {
    for table in TABLES {
        let (found, expected) =
            (found[table].as_array().unwrap(), expected[table].as_array().unwrap());
        assert_eq!(found.len(), expected.len(), "{place}, {table}");
        for (row, (found, expected)) in found.iter().zip(expected).enumerate() {
            assert_eq!(found, expected, "{place}, {table}, row {row}");
        }
    }
}

/// Prints the tables of a folder of Parquet files, read by `read`.
fn parquet_script(read: &str) -> String {
    format!(
        "
import datetime, json, sys
{read}
def plain(value):
    if isinstance(value, datetime.datetime): return value.isoformat()
    if isinstance(value, datetime.date): return value.isoformat()
    return value
tables = ['events', 'links', 'topics', 'sources', 'revisions', 'problems']
json.dump({{table: [[plain(value) for value in row] for row in rows(f'{{sys.argv[1]}}/{{table}}.parquet')]
           for table in tables}}, sys.stdout)"
    )
}

#[test]
fn pyarrow_duckdb_and_polars_read_parquet() {
    let Some(python) = python("duckdb, polars, pyarrow") else { return };
    let readers = [
        (
            "pyarrow",
            "import pyarrow.parquet as pq\n\
             def rows(path): return [list(row.values()) for row in pq.read_table(path).to_pylist()]",
        ),
        (
            "DuckDB",
            "import duckdb\n\
             def rows(path): return duckdb.read_parquet(path).fetchall()",
        ),
        (
            "Polars",
            "import polars\n\
             def rows(path): return polars.read_parquet(path).rows()",
        ),
    ];
    for (name, graph) in graphs() {
        let folder = folder(&graph, Format::Parquet, false);
        let expected = expected(&graph);
        for (reader, read) in readers {
            let Some(found) = path_read_by(&python, &parquet_script(read), folder.path()) else {
                return;
            };
            same(&format!("{name}, {reader}"), &found, &expected);
        }
    }
}

/// Types as documented, dictionaries, statistics, zstd.
#[test]
fn parquet_is_packed_as_documented() {
    let Some(python) = python("pyarrow.parquet") else { return };
    let script = "
import json, sys, pyarrow.parquet as pq
def column(table, name):
    file = pq.ParquetFile(f'{sys.argv[1]}/{table}.parquet')
    group = file.metadata.row_group(0)
    at = [group.column(i).path_in_schema.split('.')[0] for i in range(group.num_columns)].index(name)
    column = group.column(at)
    return [str(file.schema_arrow.field(name).type), column.compression,
            column.has_dictionary_page, column.is_stats_set]
json.dump([column('events', 'date'), column('events', 'topics'), column('links', 'source'),
           column('links', 'rank'), column('revisions', 'seen')], sys.stdout)";
    let (_, graph) = graphs().swap_remove(1);
    let folder = folder(&graph, Format::Parquet, false);
    let Some(found) = path_read_by(&python, script, folder.path()) else { return };
    let expected = json!([
        ["date32[day]", "ZSTD", true, true],
        ["list<element: string not null>", "ZSTD", true, true],
        ["string", "ZSTD", true, true],
        ["uint16", "ZSTD", true, true],
        ["timestamp[ms]", "ZSTD", true, true],
    ]);
    assert_eq!(found, expected);
}

/// What is in memory at a time is a group of rows.
#[test]
fn parquet_with_many_rows_has_several_groups() {
    let Some(python) = python("pyarrow.parquet") else { return };
    let script = "
import json, sys, pyarrow.parquet as pq
data = pq.ParquetFile(f'{sys.argv[1]}/links.parquet').metadata
json.dump([data.row_group(i).num_rows for i in range(data.num_row_groups)], sys.stdout)";
    let graph = random_graph(400, 130_000, 1);
    let folder = folder(&graph, Format::Parquet, false);
    let Some(found) = path_read_by(&python, script, folder.path()) else { return };
    assert_eq!(found, json!([122_880, graph.link_count() - 122_880]));
}

fn database(graph: &EventGraph) -> (TempDir, std::path::PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.sqlite");
    std::fs::write(&path, exported(graph, &Selection::all(graph), Format::Sqlite)).unwrap();
    (folder, path)
}

/// Puts keys and names in the place of ids, as the other formats have them.
const READ_SQLITE: &str = "
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
def rows(query, *values): return [list(row) for row in database.execute(query, values)]
assert rows('PRAGMA integrity_check') == [['ok']]
assert rows('PRAGMA foreign_key_check') == []
assert rows('PRAGMA user_version') == [[1]]
database.execute(\"INSERT INTO search (search, rank) VALUES ('integrity-check', 1)\")
def topics(table, column, order, id):
    return [name for name, in database.execute(
        f'SELECT name FROM {table} JOIN topics ON topics.id = topic WHERE {column} = ? ORDER BY {order}', [id])]
events = rows('SELECT events.id, key, date, title, summary, name, present, page FROM events'
              ' LEFT JOIN topics ON topics.id = lead_topic ORDER BY events.id')
links = rows('SELECT links.id, a.key, b.key, rank, line FROM links JOIN events a ON a.id = source'
             ' JOIN events b ON b.id = target ORDER BY links.id')
json.dump({
    'events': [[*row[:5], topics('event_topics', 'event', 'topic', id), bool(row[5]), row[6]]
               for id, *row in events],
    'links': [[*row[:3], topics('link_topics', 'link', 'place', id), row[3]] for id, *row in links],
    'topics': rows('SELECT name FROM topics ORDER BY id'),
    'sources': rows('SELECT events.key, name, url, kind FROM sources JOIN events ON events.id = event'
                    ' ORDER BY sources.id'),
    'revisions': rows('SELECT events.key, r.key, r.title, seen, kind FROM revisions r'
                      ' JOIN events ON events.id = event ORDER BY r.id'),
    'problems': rows('SELECT code, severity, page, line, message FROM problems ORDER BY id'),
    'stories': rows('SELECT key, stories.id, name FROM events LEFT JOIN stories ON stories.id = story'
                    ' ORDER BY events.id'),
    'strengths': [strength for strength, in database.execute('SELECT strength FROM links ORDER BY id')],
}, sys.stdout)";

#[test]
fn sqlite_holds_every_graph() {
    let Some(python) = python("sqlite3") else { return };
    for (name, graph) in graphs() {
        let (_folder, path) = database(&graph);
        let Some(found) = path_read_by(&python, READ_SQLITE, &path) else { return };
        same(&format!("{name}, SQLite"), &found, &expected(&graph));
        let all = exported(&graph, &Selection::all(&graph), Format::Json);
        let all: Value = serde_json::from_slice(&all).unwrap();
        let nodes = all["nodes"].as_array().unwrap().iter();
        let stories = nodes.map(|node| json!([node["id"], node["story"], node["story_name"]]));
        assert_eq!(found["stories"], stories.collect::<Value>(), "{name}");
        let strengths = found["strengths"].as_array().unwrap().iter().map(Value::as_f64);
        let edges = all["edges"].as_array().unwrap().iter();
        assert!(strengths.eq(edges.map(|edge| edge["strength"].as_f64())), "{name}");
    }
}

/// What a row refers to is there in a selection, too, and nothing else.
#[test]
fn sqlite_holds_a_selection() {
    let Some(python) = python("sqlite3") else { return };
    let (_, graph) = graphs().swap_remove(0);
    let only = graph.events().skip(20).take(30).collect();
    let options = SelectOptions { only: Some(only), ..SelectOptions::default() };
    let selection = Selection::new(&graph, &options).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("x.sqlite");
    std::fs::write(&path, exported(&graph, &selection, Format::Sqlite)).unwrap();
    let script = "
import json, sqlite3, sys
database = sqlite3.connect(sys.argv[1])
def count(rest): return database.execute(f'SELECT count(*) FROM {rest}').fetchone()[0]
json.dump([len(database.execute('PRAGMA foreign_key_check').fetchall()), count('events'),
           count('topics WHERE id NOT IN (SELECT topic FROM event_topics)'),
           count('stories WHERE id NOT IN (SELECT story FROM events WHERE story IS NOT NULL)'),
           count('search')], sys.stdout)";
    let Some(found) = path_read_by(&python, script, &path) else { return };
    assert_eq!(found, json!([0, 30, 0, 0, 30]));
}

/// The queries of docs/formats.md, in order, answered by Python's sqlite3.
#[test]
fn the_documented_queries_of_sqlite_answer() {
    let Some(python) = python("sqlite3") else { return };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/formats.md");
    let document = std::fs::read_to_string(path).unwrap();
    let queries: Vec<&str> =
        document.split("```sql\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(queries.len(), 4, "the queries of the section SQLite");
    let (_, graph) = graphs().swap_remove(0);
    let (_folder, path) = database(&graph);
    let script = format!(
        "import json, sqlite3, sys\n\
         database = sqlite3.connect(sys.argv[1])\n\
         json.dump([database.execute(query).fetchall() for query in json.loads({:?})], sys.stdout)",
        serde_json::to_string(&queries).unwrap()
    );
    let Some(answers) = path_read_by(&python, &script, &path) else { return };
    let answer = |query: usize| answers[query].as_array().unwrap();
    // Events of July 1969 with the topic.
    assert!(!answer(0).is_empty());
    assert!(answer(0).iter().all(|row| row[0].as_str().unwrap().starts_with("1969-07")));
    // The neighbours of Sputnik 1, in both directions.
    let sputnik = |&event: &EventId| graph.key(event).contains("launches-sputnik-1-the-first");
    let event = graph.events().find(sputnik).unwrap();
    let walk = graph.walk().unwrap();
    assert_eq!(answer(1).len(), walk.degree(event), "{:?}", answer(1));
    // Found by a part of a word.
    assert!(!answer(2).is_empty());
    assert!(answer(2).iter().all(|row| row[1].as_str().unwrap().to_lowercase().contains("lun")));
    // Most linked first.
    let counts: Vec<_> = answer(3).iter().map(|row| row[2].as_u64().unwrap()).collect();
    assert!(counts.len() == 10 && counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    let most = graph.events().map(|event| walk.degree(event)).max().unwrap();
    assert!(counts[0] as usize <= most);
}
