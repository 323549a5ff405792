//! Real archives, held against an independent reader: needs `../shared`,
//! `python3` and time; skipped where one of the first two is missing.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use flate2::read::GzDecoder;
use tempfile::TempDir;
use threadline::export::{ExportOptions, Format, write_folder};
use threadline::graph::Selection;

use crate::fixture::{built, data};
use crate::skip::skipped;

/// The folder of the shared files, if this machine has what the tests need.
fn shared() -> Option<PathBuf> {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let python = Command::new("python3")
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let able = shared.join("check/oracle.py").is_file() && python.is_ok_and(|s| s.success());
    if !able {
        skipped("there is no ../shared, or no python3");
    }
    able.then_some(shared)
}

/// Builds an archive, exports it, and has the oracle read the folder `root`.
#[track_caller]
fn compare(shared: &Path, archive: &Path, root: &Path) {
    let (graph, _) = built(archive);
    let tables = TempDir::new().unwrap();
    write_folder(
        &graph,
        &Selection::all(&graph),
        Format::Csv,
        &ExportOptions::default(),
        tables.path(),
    )
    .unwrap();
    let output = Command::new("python3")
        .arg(shared.join("check/oracle.py"))
        .arg("compare")
        .args([root, tables.path()])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let erred = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}:\n{said}{erred}", archive.display());
    // Nothing compared is nothing proved.
    assert!(!said.starts_with("0 present"), "{said}");
}

/// From the packed archive, and from the folder that it unpacks to.
#[track_caller]
fn compare_packed(name: &str) {
    let Some(shared) = shared() else { return };
    let packed = shared.join("corpus").join(name);
    let folder = TempDir::new().unwrap();
    let file = std::fs::File::open(&packed).unwrap();
    tar::Archive::new(GzDecoder::new(file)).unpack(folder.path()).unwrap();
    let root = only_folder(folder.path());
    compare(&shared, &root, &root);
    compare(&shared, &packed, &root);
}

/// The folder, or the one that is all there is in it.
fn only_folder(folder: &Path) -> PathBuf {
    let entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    match entries.as_slice() {
        [one] if one.is_dir() && !one.ends_with("news") => one.clone(),
        _ => folder.to_owned(),
    }
}

#[test]
fn the_english_archive() {
    compare_packed("en.tar.gz");
}

#[test]
fn the_chinese_archive() {
    compare_packed("zh.tar.gz");
}

#[test]
fn our_own_archive() {
    let Some(shared) = shared() else { return };
    compare(&shared, &data(), &data());
}

#[test]
fn archives_made_up() {
    let Some(shared) = shared() else { return };
    for seed in ["1", "2"] {
        let folder = TempDir::new().unwrap();
        let made = Command::new("python3")
            .arg(shared.join("bench/make_archive.py"))
            .arg("2000")
            .arg(folder.path())
            .args(["--seed", seed])
            .output()
            .unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        compare(&shared, folder.path(), folder.path());
    }
}
