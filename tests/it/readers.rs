//! The programs that read what is exported: Python's and npm's packages, where
//! `scripts/test` has put them. A test whose reader is not there says so.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::skip::lacking;

/// The Python that `scripts/test` sets up, if it has these modules; says so if
/// not.
pub(crate) fn python(modules: &str) -> Option<String> {
    let python = std::env::var("THREADLINE_TEST_PYTHON").ok();
    let has_them = |python: &String| {
        let script = format!("import {modules}");
        let found = Command::new(python).args(["-c", &script]).stderr(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    };
    let found = python.filter(has_them);
    if found.is_none() {
        lacking(&format!("Python with {modules} (THREADLINE_TEST_PYTHON)"));
    }
    found
}

/// The folder with the `node_modules` of `tests/readers/package.json`.
fn node() -> Option<String> {
    let found = std::env::var("THREADLINE_TEST_NODE").ok();
    if found.is_none() {
        lacking("Node with packages (THREADLINE_TEST_NODE)");
    }
    found
}

/// What a Python script makes of its standard input: the JSON it prints;
/// nothing if there is no such Python.
pub(crate) fn read_by(python: &str, script: &str, input: &[u8]) -> Option<Value> {
    answer(Command::new(python).args(["-c", script]), input)
}

/// What a Python script makes of a file or folder, named in `sys.argv[1]`.
pub(crate) fn path_read_by(python: &str, script: &str, path: &Path) -> Option<Value> {
    answer(Command::new(python).args(["-c", script]).arg(path), b"")
}

/// What a script of Node makes of its standard input, which it has as `input`:
/// the JSON of what it hands to `answer`.
pub(crate) fn read_by_node(script: &str, input: &[u8]) -> Option<Value> {
    let folder = node()?;
    let script = format!(
        "const input = require('fs').readFileSync(0, 'utf8');\n\
         const answer = value => require('fs').writeSync(1, JSON.stringify(value));\n{script}"
    );
    answer(Command::new("node").args(["-e", &script]).current_dir(folder), input)
}

/// A reader that fails is a failed test; one that is not there is none.
fn answer(command: &mut Command, input: &[u8]) -> Option<Value> {
    let mut reader = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = reader.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(&input));
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "the reader does not take it");
    writer.join().unwrap().unwrap();
    Some(serde_json::from_slice(&output.stdout).unwrap())
}
