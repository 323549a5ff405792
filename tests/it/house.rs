//! The house's own rules: imports go down, files are short and say what they
//! are, and what the documents name is there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use threadline::model::Code;

/// Bottom floor first. A room may use rooms on lower floors, and itself; never
/// a neighbour on its own floor, but for those named in `NEIGHBOURS`.
const FLOORS: &[&[&str]] = &[
    &["model", "error"],
    &["archive", "parse", "resolve", "graph"],
    &["store", "analysis", "import"],
    &["picture"],
    &["pipeline", "export"],
    &["answers"],
    &["cli"],
];

/// Rooms that may use a room of their own floor.
const NEIGHBOURS: &[(&str, &str)] = &[];

const MOST_LINES: usize = 600;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file of `src/`, with its text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path.strip_prefix(root().join("src")).unwrap().to_owned(), text));
            }
        }
    }
    found.sort();
    found
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn floor(room: &str) -> usize {
    let found = FLOORS.iter().position(|rooms| rooms.contains(&room));
    found.unwrap_or_else(|| panic!("`{room}` is on no floor: say where it belongs in FLOORS"))
}

/// `analysis/chain.rs` → `analysis`.
fn room_of(path: &Path) -> String {
    let first = path.components().next().unwrap();
    first.as_os_str().to_str().unwrap().trim_end_matches(".rs").to_owned()
}

/// The rooms that a file names behind `crate::`, comments left out.
fn rooms_used(text: &str) -> BTreeSet<String> {
    let code: String = text
        .lines()
        .map(|line| line.trim_start())
        .filter(|line| !line.starts_with("//"))
        .map(|line| line.split(" // ").next().unwrap())
        .collect::<Vec<_>>()
        .join("\n");
    let mut used = BTreeSet::new();
    for after in code.split("crate::").skip(1) {
        if let Some(list) = after.strip_prefix('{') {
            // `use crate::{error::Error, model::{Date, Page}};`
            let (mut depth, mut name) = (0, String::new());
            for c in list.chars() {
                match c {
                    '{' => depth += 1,
                    '}' if depth == 0 => break,
                    '}' => depth -= 1,
                    ',' if depth == 0 => used.extend(first_name(&std::mem::take(&mut name))),
                    c => name.extend((depth == 0).then_some(c)),
                }
            }
            used.extend(first_name(&name));
        } else {
            used.extend(first_name(after));
        }
    }
    used
}

/// What the crate's root hands on, and from where.
fn first_name(path: &str) -> Option<String> {
    let end = |c: char| !c.is_alphanumeric() && c != '_';
    let name = path.trim().split(end).next().filter(|name| !name.is_empty())?;
    Some(match name {
        "Error" | "ErrorKind" | "Result" => "error".to_owned(),
        "EventGraph" => "graph".to_owned(),
        name => name.to_owned(),
    })
}

#[test]
fn imports_go_down() {
    let mut wrong = Vec::new();
    let mut imports = 0;
    for (path, text) in sources() {
        let room = room_of(&path);
        if ["lib", "main"].contains(&room.as_str()) {
            continue;
        }
        for used in rooms_used(&text) {
            imports += 1;
            let allowed = used == room
                || floor(&used) < floor(&room)
                || NEIGHBOURS.contains(&(room.as_str(), used.as_str()));
            if !allowed {
                wrong.push(format!("src/{} uses `{used}`", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "imports that do not go down:\n{}", wrong.join("\n"));
    assert!(imports > 50, "only {imports} imports found: this test has gone blind");
}

#[test]
fn the_test_sees_every_form_of_import() {
    let cases: [(&str, &[&str]); 7] = [
        ("use crate::graph::EventGraph;", &["graph"]),
        ("let x = crate::store::open(path)?;", &["store"]),
        ("use crate::{Error, model::{Date, Page}, parse};", &["error", "model", "parse"]),
        ("use crate::EventGraph;", &["graph"]),
        ("/// See [`EventGraph`](crate::graph::EventGraph).", &[]),
        ("//! Of crate::cli.", &[]),
        ("pub(crate) fn x() {} // as crate::cli does", &[]),
    ];
    for (text, expected) in cases {
        let found: Vec<_> = rooms_used(text).into_iter().collect();
        assert_eq!(found, expected, "input {text:?}");
    }
}

#[test]
fn every_room_is_on_a_floor() {
    for (path, _) in sources() {
        let room = room_of(&path);
        if !["lib", "main"].contains(&room.as_str()) {
            floor(&room);
        }
    }
}

#[test]
fn files_are_short_and_say_what_they_are() {
    for (path, text) in sources() {
        let path = path.display();
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "src/{path} has {lines} lines");
        let begins = text.starts_with("//! ") || text.starts_with("#![doc");
        assert!(begins, "src/{path} does not begin with a line `//! …`");
    }
}

#[test]
fn every_code_is_explained() {
    let text = read("docs/problems.md");
    let headings = text.lines().filter_map(|line| line.strip_prefix("## `"));
    let explained: Vec<_> = headings.map(|rest| rest.trim_end_matches('`')).collect();
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    assert_eq!(explained, codes, "docs/problems.md, in the order of Code::ALL");
    // Each with its severity, and how to mend it.
    for (section, code) in text.split("\n## `").skip(1).zip(Code::ALL) {
        let severity = format!("**{}.**", capital(code.severity().name()));
        assert!(section.contains(&severity), "{}: {severity} is missing", code.name());
        assert!(section.contains("end it:"), "{} does not say how to mend it", code.name());
    }
}

fn capital(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}

/// Whether a text in backticks means a file or folder of the project.
fn looks_like_a_path(text: &str) -> bool {
    let top = text.split('/').next().unwrap();
    let known = [
        "src", "data", "exports", "tests", "benches", "docs", "python", "web", "fuzz", "scripts",
        ".ci",
    ];
    // `README.md`, but not the `index.md` of an archive.
    let named = text.ends_with(".md") || text.ends_with(".toml");
    let named = named && text.starts_with(|c: char| c.is_ascii_uppercase());
    !text.contains(['<', '*', '…', ' ', '(', '{'])
        && ((text.contains('/') && known.contains(&top)) || (named && !text.contains('/')))
}

#[test]
fn what_the_map_names_is_there() {
    let text = read("docs/ARCHITECTURE.md");
    let paths: Vec<_> =
        text.split('`').skip(1).step_by(2).filter(|t| looks_like_a_path(t)).collect();
    assert!(paths.len() > 10, "only {paths:?} found: this test has gone blind");
    for path in paths {
        let there =
            [root().join(path), root().join("docs").join(path), root().join("src").join(path)];
        assert!(there.iter().any(|path| path.exists()), "docs/ARCHITECTURE.md names `{path}`");
    }
}

#[test]
fn the_map_has_every_room() {
    let text = read("docs/ARCHITECTURE.md");
    for (path, _) in sources() {
        let room = room_of(&path);
        let named = text.contains(&format!("src/{room}")) || text.contains(&format!("`{room}"));
        assert!(named || room == "lib", "docs/ARCHITECTURE.md does not name src/{room}");
    }
}
