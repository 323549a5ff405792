//! Tests that cannot run here. Cargo shows nothing of a test that passes, so what
//! was skipped goes into a file, which `scripts/test` shows at its end.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

/// Says why this test cannot run on this machine.
pub(crate) fn skipped(why: &str) {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("skipped.txt");
    let thread = std::thread::current();
    let line = format!("{}: {why}\n", thread.name().unwrap_or("a test"));
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    // In one piece, for tests run side by side.
    file.write_all(line.as_bytes()).unwrap();
}

/// The same for want of a program that `scripts/test` installs: if it says that it
/// has installed all of them (`THREADLINE_TEST_ALL`), the test fails.
#[track_caller]
pub(crate) fn lacking(program: &str) {
    let all = std::env::var_os("THREADLINE_TEST_ALL").is_some();
    assert!(!all, "there is no {program}, although THREADLINE_TEST_ALL is set");
    skipped(&format!("there is no {program}"));
}
