//! The commands that README.md and docs/ tell people to run.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::skip::skipped;

/// The commands of a page that run in a clone, without the words behind them.
fn recipes(page: &str) -> Vec<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let in_clone = |line: &&str| {
        let graph = line.split_whitespace().nth(2);
        line.starts_with("threadline ") && matches!(graph, Some("data" | "moon.threadline"))
    };
    let bare = |line: &str| line.split_once("  #").map_or(line, |(command, _)| command).to_owned();
    text.lines().filter(in_clone).map(bare).collect()
}

#[test]
fn every_recipe_works() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let program = Path::new(env!("CARGO_BIN_EXE_threadline")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let mut count = 0;
    for page in ["README.md", "docs/formats.md", "docs/analysis.md", "docs/problems.md"] {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(root.join("data"), folder.path().join("data")).unwrap();
        for command in
            ["threadline build data -o moon.threadline".to_owned()].into_iter().chain(recipes(page))
        {
            let mut shell = Command::new("sh");
            shell.args(["-c", &command]).current_dir(folder.path()).env("PATH", &path);
            let output = shell.stdin(Stdio::null()).output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{page}: {command}: {said}");
            count += 1;
        }
    }
    assert!(count > 40, "{count}");
}

#[test]
fn what_the_recipes_write_leaves_a_clone_clean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ignored = |name: &str| {
        let mut git = Command::new("git");
        git.current_dir(root).args(["check-ignore", "--quiet", "--no-index", name]);
        git.status().ok().and_then(|status| status.code())
    };
    if ignored("x.threadline") != Some(0) {
        return skipped("there is no git, or this is no clone");
    }
    let mut count = 0;
    for page in ["README.md", "docs/formats.md"] {
        for line in recipes(page) {
            let Some((_, name)) = line.split_once(" -o ") else { continue };
            let name = name.split_whitespace().next().unwrap();
            assert_eq!(
                ignored(name),
                Some(0),
                "{page}: git does not ignore what this writes: {line}"
            );
            count += 1;
        }
    }
    assert!(count > 30, "{count}");
}
