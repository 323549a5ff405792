//! The program as people and other programs call it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

use crate::fixture::put;
use crate::readers::python;
use crate::skip::skipped;

/// The program, in the project's folder, with its answer going to a pipe.
pub(crate) fn threadline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_threadline"));
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env_remove("CLICOLOR_FORCE");
    command
}

pub(crate) fn run(args: &[&str]) -> Output {
    threadline().args(args).output().unwrap()
}

/// Standard output of a command that is to be carried out.
pub(crate) fn answer(args: &[&str]) -> String {
    let output = run(args);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
    String::from_utf8(output.stdout).unwrap()
}

/// A command's answer for programs.
pub(crate) fn json(args: &[&str]) -> Value {
    let mut args = args.to_vec();
    args.push("--json");
    serde_json::from_str(&answer(&args)).unwrap()
}

/// Exit status and standard error of a command that is not to be carried out.
pub(crate) fn refusal(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    assert!(output.stdout.is_empty(), "{args:?} answered although it failed");
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// An archive of pages in a temporary folder.
pub(crate) fn archive(pages: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, text) in pages {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    folder
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_build_reports_what_it_found() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("moon.threadline");
    let report = answer(&["build", "data", "-o", text(&file)]);
    for expected in [
        "read 110 event and 110 day pages in ",
        "events             123",
        "links              431",
        "1957-10-04 to 1975-07-26",
        "Try next",
    ] {
        assert!(report.contains(expected), "{expected:?} is missing in\n{report}");
    }
    assert!(!report.contains('\u{1b}'), "colour in a pipe");
    let tables = answer(&["build", "exports/csv", "-o", text(&folder.path().join("x.threadline"))]);
    assert!(tables.contains("read its tables in "), "{tables}");
    // An event is named as shortly as can be: by its day, if nothing else happened on it.
    assert!(report.contains("\n  threadline chain "), "{report}");
    assert!(report.contains(".threadline 1957-10-04 1975-07-26\n"), "{report}");
    // What it says to try next works.
    let tries = report.lines().skip_while(|line| !line.contains("Try next")).skip(1);
    for line in tries {
        let arguments = line.trim().strip_prefix("threadline ").unwrap();
        let line = format!("\"$T\" {}", arguments.replace("-o graph.json", "-o -"));
        let status = Command::new("sh")
            .args(["-c", &line])
            .env("T", env!("CARGO_BIN_EXE_threadline"))
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{line}");
    }
}

#[test]
fn the_commands_of_the_readme_work() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("moon.threadline");
    answer(&["build", "data", "-o", text(&file)]);
    let readme =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/README.md")).unwrap();
    let rows =
        readme.lines().filter_map(|line| line.split_once("| `threadline ")).map(|(_, rest)| rest);
    let mut count = 0;
    for row in rows {
        let arguments = row.split('`').next().unwrap().replace("moon.threadline", "\"$G\"");
        let status = Command::new("sh")
            .args(["-c", &format!("\"$T\" {arguments}")])
            .env("T", env!("CARGO_BIN_EXE_threadline"))
            .env("G", &file)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        assert!(status.unwrap().success(), "{arguments}");
        count += 1;
    }
    assert!(count >= 8, "the README's table of questions was not found");
}

#[test]
fn a_chain_for_programs() {
    let found = json(&["chain", "data", "Sputnik 1", "shake hands"]);
    let chain = &found["chains"][0];
    let events = chain["events"].as_array().unwrap();
    let links = chain["links"].as_array().unwrap();
    assert_eq!((events.len(), links.len()), (5, 4));
    for (hop, link) in links.iter().enumerate() {
        let ends = [&events[hop]["key"], &events[hop + 1]["key"]];
        assert!(ends.contains(&&link["source"]) && ends.contains(&&link["target"]));
        let page =
            format!("{}/data/{}", env!("CARGO_MANIFEST_DIR"), link["page"].as_str().unwrap());
        let line = link["line"].as_u64().unwrap() as usize;
        let written = std::fs::read_to_string(page).unwrap();
        let written = written.lines().nth(line - 1).unwrap();
        // The page may call the event by a former wording.
        let topic = link["topics"][0].as_str().unwrap();
        let item = written.contains("](/news/") && written.contains(topic);
        assert!(item, "line {line} does not hold the link: {written}");
    }
    let none = json(&["chain", "data", "Sputnik 1", "Michael Adams"]);
    assert_eq!(none["chains"], serde_json::json!([]));
    assert!(none["reason"].as_str().unwrap().contains("no links lead"));
}

#[test]
fn answers_for_programs_have_their_form() {
    let sizes = |args: &[&str]| -> Vec<usize> {
        let clusters = json(&[&["clusters", "data"], args].concat());
        let clusters = clusters["clusters"].as_array().unwrap();
        clusters.iter().map(|cluster| cluster["events"].as_array().unwrap().len()).collect()
    };
    assert_eq!(sizes(&["--method", "components"]), [116, 6, 1]);
    assert_eq!(sizes(&[]).iter().sum::<usize>(), 123);
    let years = json(&["timeline", "data", "--by", "year"]);
    assert_eq!(years["bins"].as_array().unwrap().len(), 19);
    let counted: u64 =
        years["bins"].as_array().unwrap().iter().map(|bin| bin["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, 123);
    assert_eq!(json(&["search", "data", "TERESHKOVA"])["events"][0]["date"], "1963-06-16");
    assert_eq!(json(&["show", "data", "shake hands"])["date"], "1975-07-17");
    assert_eq!(json(&["topics", "data"])["topics"][0]["name"], "Soviet Union");
    assert_eq!(json(&["info", "data"])["links"], 431);
    assert_eq!(json(&["check", "data"])["problems"][0]["code"], "missing-target");
}

#[test]
fn communities_and_how_stable_they_are() {
    // Single events belong together with none: people are told how many there are.
    let shown = answer(&["clusters", "data", "--limit", "0"]);
    assert!(!shown.contains(" 1 event,"), "{shown}");
    assert!(shown.ends_with("1 event in no cluster with another (--min-size 1 lists them)\n"));
    let all = answer(&["clusters", "data", "--limit", "0", "--min-size", "1"]);
    assert!(all.contains(" 1 event,") && !all.contains("in no cluster"), "{all}");
    let options = ["--min-size", "3", "--stability", "5", "--weight", "none"];
    let found = json(&[&["clusters", "data"], options.as_slice()].concat());
    assert_eq!((&found["method"], &found["weight"]), (&"leiden".into(), &"none".into()));
    let mut listed = 0;
    for cluster in found["clusters"].as_array().unwrap() {
        let events = cluster["events"].as_array().unwrap().len();
        let shares = cluster["stability"].as_array().unwrap();
        assert!(events >= 3 && shares.len() == events);
        assert!(shares.iter().all(|share| (0.0..=1.0).contains(&share.as_f64().unwrap())));
        listed += events;
    }
    for folded in found["folded"].as_array().unwrap() {
        listed += folded["events"].as_array().unwrap().len();
    }
    assert_eq!(listed, 123, "folded or not, every event is listed");

    let found = json(&["clusters", "data", "--sweep", "--quality", "cpm"]);
    let levels = found["levels"].as_array().unwrap();
    let count = |level: &Value| level["communities"].as_u64().unwrap();
    assert!(count(&levels[0]) < count(&levels[levels.len() - 1]), "{levels:?}");
    assert!(answer(&["clusters", "data", "--sweep"]).contains("modularity"));
}

#[test]
fn communities_refuse_what_makes_no_sense() {
    let cases: [(&[&str], &str); 6] = [
        (&["--resolution", "0"], "the resolution is 0; it has to be a number above 0"),
        (&["--resolution", "-2"], "the resolution is -2"),
        (&["--resolution", "nan"], "the resolution is NaN"),
        (&["--stability", "0"], "0 runs to compare with"),
        (
            &["--method", "components", "--seed", "3"],
            "`--seed` is for communities; leave it out, or `--method components`",
        ),
        (&["--method", "components", "--sweep"], "`--sweep` is for communities"),
    ];
    for (args, expected) in cases {
        let (code, message) = refusal(&[&["clusters", "data"], args].concat());
        assert_eq!(code, Some(2), "{args:?}");
        assert!(message.contains(expected), "{args:?} says: {message}");
    }
}

#[test]
fn selections_work_everywhere() {
    let events =
        |args: &[&str]| json(&[&["info", "data"], args].concat())["events"].as_u64().unwrap();
    assert_eq!(events(&["--present-only"]), 110);
    assert_eq!(events(&["--cluster", "9"]), 6);
    assert_eq!(events(&["--from", "1969", "--until", "1969"]), 14);
    assert_eq!(events(&["--around", "Michael Adams", "--hops", "9"]), 6);
    assert_eq!(events(&["--topic", "soviet lunar program", "--topic", "Vasily Mishin"]), 6);
    for command in ["topics", "timeline", "clusters", "rank"] {
        let all = answer(&[command, "data"]);
        let some = answer(&[command, "data", "--from", "1969", "--until", "1969"]);
        assert_ne!(all, some, "{command} passes over a selection");
    }
    let slice = answer(&["export", "data", "--to", "json", "--cluster", "9"]);
    let slice: Value = serde_json::from_str(&slice).unwrap();
    assert_eq!(slice["nodes"].as_array().unwrap().len(), 6);
}

#[test]
fn what_cannot_be_done_is_said_and_is_exit_2() {
    let cases: [(&[&str], &str); 22] = [
        (&["info", "no/such/archive"], "cannot open the archive"),
        (&["info", "Cargo.toml"], "neither a folder nor a tar file"),
        (&["show", "data", "no such event at all"], "no event is called"),
        (&["show", "data", "gemini"], "could be any of"),
        (&["show", "data", " "], "name is empty"),
        (&["topics", "data", "--topic", "Soviet Unio"], "did you mean `Soviet Union`?"),
        (
            &["topics", "data", "--from", "1970", "--until", "1969"],
            "ends (1969-12-31) before it begins",
        ),
        (&["topics", "data", "--from", "1969-13"], "is no date"),
        (&["topics", "data", "--cluster", "99"], "there are clusters 1 to 10"),
        (&["export", "data", "-o", "x.unknown"], "which format? `.unknown` is the ending of none;"),
        (&["export", "data", "-o", "x.jpg"], "turtle (.ttl)"),
        (&["chain", "data", "Laika", "Laika"], "the same event"),
        (&["chain", "data", "Laika", "shake hands", "-k", "0"], "ask for 1 to 100"),
        (&["chain", "data", "Laika", "shake hands", "-k", "101"], "ask for 1 to 100"),
        (&["chain", "data", "Laika", "shake hands", "--avoid", "nowhere"], "names no topic"),
        (&["chain", "data", "Laika", "shake hands", "--avoid", "laika"], "an end of the chain"),
        (&["thread", "data", "shake hands", "--steps", "0"], "ask for 1 to 50"),
        (&["thread", "data", "shake hands", "--branches", "0"], "ask for at least 1"),
        (&["thread", "data", "shake hands", "--min-strength", "2"], "from 0 to 1"),
        (&["export", "data", "--to", "json", "--theme", "dark"], "a theme is for pictures, svg"),
        (&["export", "data", "--to", "html", "--width", "900"], "a width is for pictures, svg"),
        (&["thread", "data", "shake hands", "--until", "1970"], "not among the selected"),
    ];
    for (args, expected) in cases {
        let (code, message) = refusal(args);
        assert_eq!(code, Some(2), "{args:?}");
        assert!(message.contains(expected), "{args:?} says: {message}");
    }
    let (code, _) = refusal(&["build", "data", "-o", "no/such/folder/x.threadline"]);
    assert_eq!(code, Some(2));
    assert_eq!(refusal(&["export", "data", "-o", "no/such/folder/x.json"]).0, Some(2));
    assert_eq!(refusal(&["chain", "data"]).0, Some(2));
}

#[test]
fn a_selection_is_listed_by_date() {
    let listed = json(&["search", "data", "--topic", "Spaceflight accident"]);
    let dates: Vec<&str> =
        listed["events"].as_array().unwrap().iter().map(|e| e["date"].as_str().unwrap()).collect();
    assert!(dates.len() >= 8 && dates.is_sorted(), "{dates:?}");
    assert!(dates.contains(&"1967-01-27") && dates.contains(&"1970-04-14"), "{dates:?}");
    let years = json(&["timeline", "data", "--by", "year"]);
    let in_1969 = json(&["search", "data", "--from", "1969", "--until", "1969"]);
    let bin = years["bins"].as_array().unwrap().iter().find(|bin| bin["label"] == "1969").unwrap();
    let keys: Vec<&Value> =
        in_1969["events"].as_array().unwrap().iter().map(|e| &e["key"]).collect();
    assert_eq!(bin["events"].as_array().unwrap().iter().collect::<Vec<_>>(), keys);
}

#[test]
fn who_misses_the_archive_in_time_is_told_its_span() {
    for command in ["search", "timeline", "stories", "rank", "topics"] {
        let run = run(&[command, "data", "--from", "1990"]);
        let note = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success(), "{command}");
        let expected = "the events of this archive are from 1957-10-04 to 1975-07-26";
        assert!(note.contains(expected), "{command}: {note}");
    }
}

#[test]
fn misspelt_words_get_a_hint() {
    let (_, message) = refusal(&["show", "data", "appolo 13"]);
    assert!(message.contains("did you mean `apollo 13`?"), "{message}");
    // Two letters exchanged, not only of two neighbours.
    for (name, meant) in [("Vunes", "Venus"), ("NAAS", "NASA"), ("SANA", "NASA")] {
        let (_, message) = refusal(&["topics", "data", "--with", name]);
        assert!(message.contains(&format!("did you mean `{meant}`")), "{message}");
    }
    assert!(!refusal(&["topics", "data", "--with", "Vinos"]).1.contains("did you mean"));
    assert!(!refusal(&["show", "data", "xyzzyx"]).1.contains("did you mean"));
    assert!(answer(&["search", "data", "teréshkova"]).contains("did you mean: tereshkova"));
    let accidents = answer(&["search", "data", "accident"]);
    assert!(accidents.contains("also a topic: --topic 'Spaceflight accident'"), "{accidents}");
}

#[test]
fn what_is_not_ours_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("notes.txt");
    std::fs::write(&other, "mine").unwrap();
    let (code, message) = refusal(&["build", "data", "-o", text(&other)]);
    assert_eq!(code, Some(2));
    assert!(message.contains("no graph file"), "{message}");
    assert_eq!(std::fs::read_to_string(&other).unwrap(), "mine");
    // A document is a ZIP as well.
    let document = folder.path().join("report.docx");
    let mut zip = zip::ZipWriter::new(std::fs::File::create(&document).unwrap());
    zip.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
    zip.finish().unwrap();
    let before = std::fs::read(&document).unwrap();
    let (code, message) = refusal(&["build", "data", "-o", text(&document)]);
    assert_eq!(code, Some(2));
    assert!(message.contains("no graph file"), "{message}");
    assert_eq!(std::fs::read(&document).unwrap(), before);
    let nothing = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.threadline");
    let (code, message) = refusal(&["build", text(nothing.path()), "-o", text(&file)]);
    assert_eq!(code, Some(2));
    assert!(message.contains("no event pages in it"), "{message}");
    assert!(!file.exists());
    // An archive in which nothing is wrong is not one in which nothing is.
    let (code, message) = refusal(&["check", "--strict", text(nothing.path())]);
    assert_eq!(code, Some(2));
    assert!(message.contains("no event pages in it"), "{message}");
    std::fs::write(&file, "").unwrap();
    assert!(refusal(&["info", text(&file)]).1.contains("not a graph file"));
    std::fs::write(nothing.path().join("events.csv"), "key\na\n").unwrap();
    assert!(refusal(&["info", text(nothing.path())]).1.contains("links.csv"));
}

#[test]
fn what_holds_no_event_is_refused_by_every_command() {
    let folder = archive(&[("notes/a.md", "# Hello\n")]);
    let sheets = archive(&[("events.csv", "key\n"), ("links.csv", "source,target\n")]);
    let asked: [&[&str]; 9] = [
        &["info"],
        &["search", "x"],
        &["topics"],
        &["timeline"],
        &["stories"],
        &["clusters"],
        &["rank"],
        &["export", "--to", "json"],
        &["build"],
    ];
    for args in asked {
        let (command, rest) = args.split_first().unwrap();
        for (path, said) in
            [(&folder, "no event pages in it: 1 page read; an event page is"), (&sheets, "no rows")]
        {
            let args = [&[*command, text(path.path())], rest].concat();
            let (code, message) = refusal(&args);
            assert_eq!(code, Some(2), "{args:?}");
            assert!(message.contains(said), "{args:?}: {message}");
        }
    }
    // What is wrong with the pages is the reason, and `check` lists all of it.
    let odd = archive(&[("news/1969/07/20/a.md", "")]);
    let (_, message) = refusal(&["stories", text(odd.path())]);
    assert!(message.contains("the first problem: news/1969/07/20/a.md: the page"), "{message}");
    assert!(answer(&["check", text(odd.path())]).contains("warning[empty-page]"));
    // A selection without events is an answer.
    assert!(answer(&["stories", "data", "--from", "2020"]).contains("no stories"));
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let is_link = |name: &str| path(name).symlink_metadata().unwrap().is_symlink();
    // Links, so that a mistake here replaces them and no device.
    for device in ["null", "stdout"] {
        symlink(Path::new("/dev").join(device), path(device)).unwrap();
    }
    answer(&["export", "data", "--to", "dot", "-o", text(&path("null"))]);
    answer(&["build", "data", "-o", text(&path("null"))]);
    let dot = answer(&["export", "data", "--to", "dot", "-o", text(&path("stdout"))]);
    assert!(dot.starts_with("digraph") && dot.ends_with("}\n"), "{dot}");
    assert!(is_link("null") && is_link("stdout"));

    if Command::new("mkfifo").arg(path("pipe")).status().is_ok_and(|status| status.success()) {
        for args in [&["export", "data", "--to", "json"][..], &["build", "data"]] {
            let pipe = path("pipe");
            let args = [args, &["-o", text(&pipe)]].concat();
            let end = pipe.clone();
            let reader = std::thread::spawn(move || std::fs::read(end).unwrap());
            answer(&args);
            assert!(pipe.metadata().unwrap().file_type().is_fifo(), "{args:?}");
            std::fs::write(path("read"), reader.join().unwrap()).unwrap();
        }
        assert!(answer(&["info", text(&path("read")), "--verify"]).contains("whole"));
    }
}

#[cfg(unix)]
#[test]
fn who_could_not_read_a_file_cannot_read_the_one_that_replaces_it() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for (name, command) in [("moon.threadline", "build"), ("moon.dot", "export")] {
        let path = folder.path().join(name);
        answer(&[command, "data", "-o", text(&path)]);
        for wanted in [0o600, 0o664] {
            std::fs::set_permissions(&path, PermissionsExt::from_mode(wanted)).unwrap();
            answer(&[command, "data", "-o", text(&path)]);
            assert_eq!(mode(&path), wanted, "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_stays_and_leads_to_the_new_file() {
    use std::os::unix::fs::symlink;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("kept")).unwrap();
    std::fs::write(path("kept/old.dot"), "old").unwrap();
    symlink("kept/old.dot", path("to-old.dot")).unwrap();
    symlink("to-old.dot", path("to-link.dot")).unwrap();
    symlink("kept/new.dot", path("to-nothing.dot")).unwrap();
    symlink("round.dot", path("round.dot")).unwrap();
    for (link, file) in [("to-link.dot", "kept/old.dot"), ("to-nothing.dot", "kept/new.dot")] {
        answer(&["export", "data", "-o", text(&path(link))]);
        assert!(path(link).symlink_metadata().unwrap().is_symlink(), "{link}");
        assert!(std::fs::read_to_string(path(file)).unwrap().starts_with("digraph"), "{link}");
    }
    let (code, message) = refusal(&["export", "data", "-o", text(&path("round.dot"))]);
    assert_eq!(code, Some(2), "{message}");
    assert!(message.contains("cannot write the file"), "{message}");
    let graph = path("to-graph.threadline");
    symlink("kept/moon.threadline", &graph).unwrap();
    for _ in 0..2 {
        answer(&["build", "data", "-o", text(&graph)]);
        assert!(graph.symlink_metadata().unwrap().is_symlink());
        assert!(path("kept/moon.threadline").is_file());
    }
}

/// What was typed stands in a picture, and need not be UTF-8.
#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_not_utf8() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &[u8]| folder.path().join(std::ffi::OsStr::from_bytes(name));
    let (dot, svg) = (path(b"a\xff.dot"), path(b"b\xff.svg"));
    for (args, file) in [(&["export", "data"][..], &dot), (&["timeline", "data"], &svg)] {
        let output = threadline().args(args).arg("-o").arg(file).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {errors}");
    }
    let drawn = std::fs::read_to_string(&svg).unwrap();
    assert!(drawn.contains("threadline timeline data -o "), "{drawn}");
    assert!(std::fs::read_to_string(&dot).unwrap().contains("digraph"));
}

#[test]
fn a_check_can_fail_a_run() {
    assert_eq!(run(&["check", "data"]).status.code(), Some(0));
    assert_eq!(run(&["check", "data", "--strict"]).status.code(), Some(1));
    let sound = archive(&[("news/1969/07/20/a.md", "### [1969-07-20](/x)\n# A\n")]);
    assert_eq!(run(&["check", text(sound.path()), "--strict"]).status.code(), Some(0));
    assert!(refusal(&["check", "data", "--code", "missing"]).1.contains("missing-target"));
    let lines = answer(&["check", "data", "--code", "double-link"]);
    assert_eq!(lines.lines().count(), 1);
    assert!(
        lines.starts_with("news/1968/10/11/") && lines.contains(": note[double-link]: "),
        "{lines}"
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let mut child = threadline()
        .args(["export", "data", "--to", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty());
}

#[test]
fn pages_cannot_harm_a_terminal() {
    let page = "### [1969-07-20](/x)\n# Red \u{1b}[31malert\u{7}\u{9b}31m \u{202e}live\n\nBell \u{7}.\n\n\
                ### Related:\n\n1. [X\u{1b}]0;title\u{7}](/news/1969/07/21/x.md) _Context: A\u{1b}[2J_\n";
    let folder = archive(&[("news/1969/07/20/a.md", page)]);
    let archive = text(folder.path());
    for args in [
        &["show", archive, "a"][..],
        &["show", archive, "a", "--json"],
        &["search", archive, "red"],
        &["topics", archive],
        &["timeline", archive],
        &["timeline", archive, "--by", "topic"],
        &["timeline", archive, "--by", "topic", "--bursts", "--min-events", "1", "--gamma", "0.01"],
        &["timeline", archive, "--bursts"],
        &["topics", archive, "--with", "A\u{1b}[2J"],
        &["rank", archive],
        &["clusters", archive],
        &["info", archive],
        &["check", archive],
        &["check", archive, "--json"],
        &["chain", archive, "a", "07/21/x"],
        &["chain", archive, "a", "07/21/x", "--json"],
        &["thread", archive, "a"],
        &["thread", archive, "a", "--json"],
    ] {
        let shown = answer(args);
        let harm = shown.chars().find(|&c| (c.is_control() && c != '\n') || c == '\u{202e}');
        assert_eq!(harm, None, "{args:?} shows\n{shown}");
    }
    // Nothing is lost for programs.
    let found = json(&["show", archive, "a"]);
    assert_eq!(found["title"], "Red \u{1b}[31malert\u{7}\u{9b}31m \u{202e}live");
}

#[test]
fn people_read_one_variant_of_a_title_and_programs_all() {
    const MARK: &str = "-{zh-cn:唐纳德·特朗普; zh-tw:唐納·川普;}-";
    let page = format!(
        "### [2017-01-20](/x)\n# {MARK}就职\n\n{MARK}宣誓。\n\n### Related:\n\n1. [{MARK}当选]\
         (/news/2016/11/9/b.md) _Context: {MARK}_\n"
    );
    let folder = archive(&[("news/2017/01/20/a.md", &page)]);
    let archive = text(folder.path());
    for args in [
        &["show", archive, "a"][..],
        &["search", archive, "就职"],
        // What is shown can be asked for.
        &["search", archive, "川普就职", "特朗普宣誓"],
        &["show", archive, "唐纳德·特朗普就职"],
        &["search", archive],
        &["timeline", archive],
        &["chain", archive, "a", "b"],
        &["thread", archive, "a"],
        &["rank", archive],
        &["info", archive],
        &["export", archive, "--to", "markdown"],
        &["export", archive, "--to", "html"],
        &["export", archive, "--to", "svg"],
        &["export", archive, "--to", "dot"],
        &["export", archive, "--to", "icalendar"],
        &["export", archive, "--to", "timelinejs"],
    ] {
        let shown = answer(args);
        assert!(shown.contains("唐纳德·特朗普") && !shown.contains("-{"), "{args:?}:\n{shown}");
    }
    assert_eq!(json(&["show", archive, "a"])["title"], format!("{MARK}就职"));
    assert!(
        answer(&["export", archive, "--to", "csv", "-o", &format!("{archive}-csv")]).is_empty()
    );
    let events = std::fs::read_to_string(format!("{archive}-csv/events.csv")).unwrap();
    std::fs::remove_dir_all(format!("{archive}-csv")).unwrap();
    assert!(events.contains(MARK), "{events}");
}

#[test]
fn an_export_replaces_no_graph_file() {
    let folder = tempfile::tempdir().unwrap();
    let (built, json) = (folder.path().join("a.threadline"), folder.path().join("a.json"));
    answer(&["build", "data", "-o", text(&built)]);
    for args in [&["export", text(&built), "--to", "json"][..], &["story", text(&built), "1"]] {
        let before = std::fs::read(&built).unwrap();
        let (code, said) = refusal(&[args, &["-o", text(&built)]].concat());
        assert_eq!(code, Some(2), "{args:?}");
        assert!(said.contains("a.threadline"), "{said}");
        assert_eq!(std::fs::read(&built).unwrap(), before);
    }
    for _ in 0..2 {
        answer(&["export", text(&built), "-o", text(&json)]);
    }
}

#[test]
fn stories_are_found_by_the_names_of_their_topics() {
    let names = |words: &[&str]| -> Vec<String> {
        let found = json(&[&["stories", "data"], words].concat());
        let name = |story: &Value| story["name"].as_str().unwrap().to_owned();
        found["stories"].as_array().unwrap().iter().map(name).collect()
    };
    let (all, salyut) = (names(&[]), names(&["salyut", "STATION"]));
    let holds = |name: &String| name.contains("Salyut") && name.contains("Space station");
    assert!(!salyut.is_empty() && salyut.iter().all(holds), "{salyut:?}");
    assert_eq!(salyut, all.into_iter().filter(holds).collect::<Vec<_>>());
    let none = answer(&["stories", "data", "xyz"]);
    assert!(none.contains("no story has all of these words in its name"), "{none}");
    let none = answer(&["stories", "data", "salyut", "--at", "1957"]);
    assert!(none.contains("no story of those asked for has all"), "{none}");
    let none = answer(&["stories", "data", "xyz", "--sagas"]);
    assert!(none.contains("none of the stories asked for is part of one"), "{none}");
    assert!(!answer(&["stories", "data", "salyut"]).contains("in no story"));
}

/// A mistyped date does not cost the file of yesterday.
#[test]
fn an_export_of_nothing_leaves_what_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let (file, tables) = (folder.path().join("moon.bib"), folder.path().join("tables"));
    answer(&["export", "data", "-o", text(&file)]);
    let before = std::fs::read(&file).unwrap();
    for output in [&["-o", text(&file)][..], &["--to", "csv", "-o", text(&tables)]] {
        let asked = [&["export", "data", "--from", "2030"][..], output].concat();
        let (code, said) = refusal(&asked);
        assert_eq!(code, Some(2), "{asked:?}");
        assert!(said.contains("no event is selected: there is nothing to write"), "{said}");
    }
    assert_eq!(std::fs::read(&file).unwrap(), before);
    assert!(!tables.exists());
}

#[test]
fn a_bibliography_says_which_events_name_no_source() {
    let page = "### [1957-10-4](/x)\n# A\n### Related:\n1. [B](/news/1957/10/5/b.md)\n";
    let archive = archive(&[("news/1957/10/4/a.md", page)]);
    let said = |format| run(&["export", text(archive.path()), "--to", format]).stderr;
    for (format, expected) in [("bibtex", true), ("csl-json", true), ("json", false)] {
        let said = String::from_utf8(said(format)).unwrap();
        let told = said.contains("2 events name no source that could be cited: left out");
        assert_eq!(told, expected, "{format}: {said}");
    }
}

#[test]
fn completions_and_man_pages() {
    assert!(answer(&["generate", "completions", "bash"]).contains("_threadline"));
    let folder = tempfile::tempdir().unwrap();
    answer(&["generate", "man", text(folder.path())]);
    let page = std::fs::read_to_string(folder.path().join("threadline-chain.1")).unwrap();
    assert!(page.contains("max\\-links"));
    assert!(!answer(&["--help"]).contains("generate"), "a command for packagers is hidden");
}

#[test]
fn the_exports_are_those_of_a_fresh_run() {
    let committed = |name: &str| {
        let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("exports").join(name);
        std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
    };
    let same = |name: &str, fresh: &str| {
        assert!(committed(name) == fresh, "exports/{name} is not what a fresh run writes");
    };
    same("moon.json", &answer(&["export", "data", "--to", "json"]));
    same("moon.dot", &answer(&["export", "data", "--to", "dot"]));
    same("moon.gexf", &answer(&["export", "data", "--to", "gexf"]));
    same("moon.graphml", &answer(&["export", "data", "--to", "graphml"]));
    // The line below a map names its command, so the file has to be the same.
    let map = tempfile::TempDir::new().unwrap();
    let map = map.path().join("moon-map.svg");
    answer(&["export", "data", "-o", map.to_str().unwrap()]);
    same("moon-map.svg", &std::fs::read_to_string(&map).unwrap());
    let topic = ["export", "data", "--to", "dot", "--topic", "Soviet lunar program"];
    same("soviet-lunar-program.dot", &answer(&topic));
    for (format, ending) in [
        ("turtle", "ttl"),
        ("markdown", "md"),
        ("html", "html"),
        ("bibtex", "bib"),
        ("csl-json", "csl.json"),
        ("icalendar", "ics"),
        ("timelinejs", "timeline.json"),
        ("cytoscape", "cyjs"),
        ("graphology", "graphology.json"),
        ("jgf", "jgf"),
        ("cypher", "cypher"),
    ] {
        let fresh = answer(&["export", "data", "--to", format, "--topic", "Soviet lunar program"]);
        same(&format!("soviet-lunar-program.{ending}"), &fresh);
    }
    let folder = tempfile::tempdir().unwrap();
    answer(&["export", "data", "--to", "csv", "-o", text(folder.path())]);
    let mut tables = 0;
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let fresh = std::fs::read_to_string(folder.path().join(&name)).unwrap();
        same(&format!("csv/{name}"), &fresh);
        tables += 1;
    }
    assert_eq!(tables, 6);
    // Another version of GraphViz draws otherwise.
    let version = Command::new("dot")
        .arg("-V")
        .output()
        .map(|o| String::from_utf8_lossy(&o.stderr).into_owned());
    let drawn = committed("soviet-lunar-program.svg");
    let by = drawn
        .split("Generated by graphviz version ")
        .nth(1)
        .and_then(|rest| rest.lines().next())
        .unwrap();
    match version {
        Ok(version) if version.contains(by.trim()) => {
            let dot = concat!(env!("CARGO_MANIFEST_DIR"), "/exports/soviet-lunar-program.dot");
            let output = Command::new("dot").args(["-Tsvg", dot]).output().unwrap();
            same("soviet-lunar-program.svg", &String::from_utf8(output.stdout).unwrap());
        }
        _ => skipped(&format!("the SVG was drawn by GraphViz {by}, which is not installed")),
    }
}

#[test]
fn networkx_reads_json_graphml_and_gexf_as_they_are() {
    let Some(python) = python("networkx") else { return };
    let script = "import json, networkx as nx\n\
                  g = nx.node_link_graph(json.load(open('exports/moon.json')))\n\
                  print(type(g).__name__, g.number_of_nodes(), g.number_of_edges())\n\
                  a = next(n for n in g if 'sputnik-1-the-first' in n)\n\
                  b = next(n for n in g if 'shake-hands' in n)\n\
                  print(nx.shortest_path_length(g.to_undirected(), a, b))\n\
                  g = nx.read_graphml('exports/moon.graphml')\n\
                  print(type(g).__name__, g.number_of_nodes(), g.number_of_edges())\n\
                  g = nx.read_gexf('exports/moon.gexf', version='1.3')\n\
                  print(type(g).__name__, g.number_of_nodes(), g.number_of_edges())";
    let output = Command::new(python)
        .args(["-c", script])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "MultiDiGraph 123 431\n4\nMultiDiGraph 123 431\nMultiDiGraph 123 431\n",
        "{errors}"
    );
}

#[test]
fn stories_are_listed_and_told() {
    let listed = answer(&["stories", "data"]);
    assert!(listed.contains("Fallen astronauts and cosmonauts"), "{listed}");
    assert!(listed.contains("in no story"), "{listed}");
    let told = answer(&["story", "data", "Komarov dies"]);
    for expected in ["Key events", "What happened", "Tied to", "1968-04-22", "by Oxygen fire"] {
        assert!(told.contains(expected), "{expected:?} is missing in\n{told}");
    }
    // Each link with its page and line.
    let shown = answer(&["show", "data", "Komarov dies"]);
    for told in [&told, &shown] {
        let place = "news/1967/01/27/gus-grissom-ed-white-and-roger-chaffee-die-in-a-fire";
        let mut lines = told.lines().filter(|line| line.trim().starts_with(place));
        assert!(lines.all(|line| line.contains(".md:1")), "{told}");
        assert!(told.contains(place), "{told}");
    }
    // A number means the story that the list shows under it.
    let (asked, told) = told.split_once("\n\n").unwrap();
    let number = told.split(':').next().unwrap();
    assert_eq!(answer(&["story", "data", number]), told.replace('▸', " "));
    let cut = answer(&["story", "data", number, "-n", "2"]);
    assert!(cut.contains("… and 5 more"), "{cut}");
    // Which event the name meant stands above, and is marked wherever it is listed.
    assert!(asked.starts_with("The story of the event\n▸ 1967-04-24  Vladimir Komarov dies"));
    assert_eq!(told.matches("▸ 1967-04-24  Vladimir Komarov dies").count(), 2, "{told}");
    let rare = answer(&["story", "data", "The Rescue Agreement", "-n", "2"]);
    assert!(rare.contains("\n▸ 1968-04-22") && rare.contains("… and 4 more"), "{rare}");
    // What was going on that day, and in a selection.
    let then = answer(&["stories", "data", "--at", "1969-07-20"]);
    assert!(then.starts_with("   1 ") && then.contains("Neil Armstrong"), "{then}");
    // Below a story stands an event of those that were asked for.
    let near = answer(&["stories", "data", "--at", "1967-04-30"]);
    assert!(near.contains("1 of 7 events in the week around, "), "{near}");
    assert!(near.contains("\n     1967-04-24  Vladimir Komarov dies"), "{near}");
    let some = answer(&["stories", "data", "--topic", "Vladimir Komarov"]);
    assert!(some.contains("1 of 7 events"), "{some}");
    assert_eq!(answer(&["stories", "data", "--at", "1920-01-01"]), "no stories\n");
    // A month or a year is all of its days, and a week before and behind.
    let ids = |args: &[&str]| -> Vec<u64> {
        let found = json(&[&["stories", "data"], args].concat());
        let stories = found["stories"].as_array().unwrap();
        stories.iter().map(|story| story["id"].as_u64().unwrap()).collect()
    };
    for (at, from, until) in [
        ("1967", "1966-12-25", "1968-01-07"),
        ("1967-04", "1967-03-25", "1967-05-07"),
        ("1967-04-24", "1967-04-17", "1967-05-01"),
    ] {
        assert_eq!(ids(&["--at", at]), ids(&["--from", from, "--until", until]), "{at}");
    }
    let by_date = json(&["stories", "data", "--sort", "date"]);
    assert!(by_date["stories"][0]["first"].as_str() == Some("1957-10-04"), "{by_date}");
    let selected = json(&["search", "data", "--story", number]);
    assert_eq!(selected["events"].as_array().unwrap().len(), 7);
}

/// Ten days of one story and a last event of it, among events of every month.
#[test]
fn when_a_story_stands_out_has_another_name_than_its_own_pace() {
    let mut days: Vec<(u32, u32)> = (1..=10).map(|day| (2, day)).collect();
    days.push((7, 20));
    let link = |&(month, day): &(u32, u32)| {
        format!("1. [Tea](/news/2001/{month:02}/{day}/tea.md) _Context: tea_\n")
    };
    let links: String = days.iter().map(link).collect();
    let mut pages: Vec<(String, String)> = Vec::new();
    for (month, day) in &days {
        let path = format!("news/2001/{month:02}/{day}/tea.md");
        pages.push((path, format!("# Tea {month} {day}\n\n### Related:\n\n{links}")));
    }
    for n in 0..80 {
        let (year, month, day) = (1998 + n / 12, n % 12 + 1, n % 27 + 1);
        let path = format!("news/{year}/{month:02}/{day}/other.md");
        pages.push((path, format!("### [{year}-{month:02}-{day}](/x)\n# Other {n}\n")));
    }
    let pages: Vec<(&str, &str)> =
        pages.iter().map(|(path, page)| (path.as_str(), page.as_str())).collect();
    let folder = archive(&pages);
    let listed = answer(&["stories", text(folder.path()), "--level", "0.3"]);
    assert!(listed.contains(", stands out from 2001-02-01 to 2001-02-10"), "{listed}");
    let told = answer(&["story", text(folder.path()), "2001/02/1/tea", "--level", "0.3"]);
    assert!(told.contains("most at once: 2001-02-01 to 2001-02-10"), "{told}");
}

/// Four events in the wake of each other, by links or by a topic alone.
#[test]
fn a_story_that_no_link_holds_together_says_so() {
    let (mut events, mut links) =
        ("key,date,topics\n".to_owned(), "source,target,topics\n".to_owned());
    for n in 0..4 {
        events += &format!("tea{n},2001-02-0{},tea\nmilk{n},2005-02-0{},\n", n + 1, n + 1);
        links += &format!("milk{n},milk{},milk\n", (n + 1) % 4);
    }
    for n in 0..80 {
        events += &format!("other{n},{}-{:02}-01,\n", 1998 + n / 12, n % 12 + 1);
    }
    let folder = tempfile::TempDir::new().unwrap();
    put(folder.path(), "events.csv", events.as_bytes());
    put(folder.path(), "links.csv", links.as_bytes());
    let found = json(&["stories", text(folder.path())]);
    let counts = |name: &str| {
        let stories = found["stories"].as_array().unwrap();
        let story = stories.iter().find(|story| story["name"] == name).unwrap();
        [&story["size"], &story["unlinked"]].map(|count| count.as_u64().unwrap())
    };
    assert_eq!((counts("tea"), counts("milk")), ([4, 4], [4, 0]), "{found}");
    let listed = answer(&["stories", text(folder.path())]);
    let said = "4 events (no link between them), 2001-02-01 to 2001-02-04\n";
    assert!(listed.contains(said), "{listed}");
    assert!(listed.contains("4 events, 2005-02-01 to 2005-02-04\n"), "{listed}");
    // Also where not all of it is asked for.
    let some = answer(&["stories", text(folder.path()), "--until", "2001-02-02"]);
    assert!(some.contains("2 of 4 events (no link between them), 2001"), "{some}");
}

#[test]
fn stories_for_programs() {
    let listed = json(&["stories", "data"]);
    let told = json(&["story", "data", "1"]);
    let (first, one) = (&listed["stories"][0], &told["stories"][0]);
    assert_eq!(one["asked"], Value::Null);
    let asked = &json(&["story", "data", "Komarov dies"])["stories"][0]["asked"];
    assert!(asked.as_str().unwrap().starts_with("news/1967/04/24/vladimir-komarov-dies"));
    for field in [
        "id",
        "name",
        "size",
        "weight",
        "unlinked",
        "first",
        "last",
        "topics",
        "key_events",
        "events",
        "saga",
    ] {
        assert_eq!(first[field], one[field], "{field}");
    }
    assert_eq!(first["events"].as_array().unwrap().len() as u64, first["size"].as_u64().unwrap());
    assert_eq!(one["ranks"].as_array().unwrap().len() as u64, first["size"].as_u64().unwrap());
    let counted: u64 =
        one["timeline"].as_array().unwrap().iter().map(|bin| bin["count"].as_u64().unwrap()).sum();
    assert_eq!(counted, first["size"].as_u64().unwrap());
    assert!(one["related"][0]["strongest"]["line"].as_u64().unwrap() > 0);
}

#[test]
fn the_stories_of_a_saga_are_listed() {
    let told = answer(&["story", "data", "Komarov dies"]);
    assert!(told.contains("\na part of saga 4, with 2 other stories: Project Gemini"), "{told}");
    let loose = json(&["story", "data", "Komarov dies"])["stories"][0].clone();
    assert_eq!(loose["unlinked"], loose["loose"].as_array().unwrap().len());
    assert_eq!(loose["unlinked"], 2);
    let all = json(&["stories", "data"]);
    for name in ["4", "gemini", "Project Gemini, Luna program, Surveyor program"] {
        let found = json(&["stories", "data", "--saga", name]);
        assert_eq!(found["sagas"], serde_json::json!([all["sagas"][3]]));
        let mut ids: Vec<&Value> =
            found["stories"].as_array().unwrap().iter().map(|story| &story["id"]).collect();
        ids.sort_by_key(|id| id.as_u64());
        assert_eq!(serde_json::json!(ids), all["sagas"][3]["stories"]);
        let listed = answer(&["stories", "data", "--saga", name]);
        assert!(listed.starts_with("Saga 4: Project Gemini"), "{listed}");
        assert!(
            listed.contains("\n3 stories, 19 events, 1965-12-15 to 1968-04-22\n")
                && !listed.contains("in no story")
        );
    }
    for (name, said) in [
        ("6", "there are sagas 1 to 5, and no 6"),
        (
            "xyzzy",
            "no saga is called `xyzzy`; there are:\n  1   1968-09-18 to 1969-07-24  Apollo program",
        ),
        (
            "program",
            "`program` could be any of 3 sagas; name one by its number:\n  1   1968-09-18 to 1969-07-24  Apollo",
        ),
        (" ", "is empty"),
    ] {
        let (code, message) = refusal(&["stories", "data", "--saga", name]);
        assert_eq!(code, Some(2));
        assert!(message.contains(said), "{message}");
    }
}

/// Which sagas are there, so that one can be asked for by its number?
#[test]
fn sagas_are_listed() {
    let all = json(&["stories", "data"]);
    assert_eq!(json(&["stories", "data", "--sagas"]), all);
    let count = |value: &Value| value.as_u64().unwrap() as usize;
    let events = |id: &Value| &all["stories"].as_array().unwrap()[count(id) - 1]["size"];
    let (listed, sagas) =
        (answer(&["stories", "data", "--sagas"]), all["sagas"].as_array().unwrap());
    let (mut expected, mut within) = (String::new(), 0);
    for saga in sagas {
        let ids = saga["stories"].as_array().unwrap();
        assert_eq!(ids.iter().map(|id| count(events(id))).sum::<usize>(), count(&saga["size"]));
        let numbers: Vec<String> = ids.iter().map(Value::to_string).collect();
        let word = |value: &Value| value.as_str().unwrap().to_owned();
        let [name, first, last] = ["name", "first", "last"].map(|field| word(&saga[field]));
        expected += &format!(
            "{:>4} {name}\n     {} events, {first} to {last}\n     {} stories: {}\n",
            count(&saga["id"]),
            saga["size"],
            ids.len(),
            numbers.join(", ")
        );
        within += ids.len();
        // The number is the one that `--saga` takes.
        let one = answer(&["stories", "data", "--saga", &saga["id"].to_string()]);
        assert!(one.starts_with(&format!("Saga {}: {name}\n", saga["id"])), "{one}");
        assert!(one.contains(&format!("{} events, {first} to {last}\n", saga["size"])), "{one}");
    }
    let mut single: Vec<usize> = all["stories"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|story| story["saga"].is_null())
        .map(|story| count(&story["id"]))
        .collect();
    single.sort_unstable();
    assert_eq!(single.len() + within, 17);
    let single: Vec<String> = single.iter().map(usize::to_string).collect();
    expected += &format!("{} stories in no saga: {}\n", single.len(), single.join(", "));
    assert_eq!(listed, expected);
    let cut = answer(&["stories", "data", "--sagas", "-n", "2"]);
    assert!(cut.ends_with("\n… and 3 more (--limit 0 shows all)\n"), "{cut}");
    // Of a selection only what is in it.
    let some = answer(&["stories", "data", "--sagas", "--topic", "Vladimir Komarov"]);
    assert_eq!(
        some,
        "   1 Apollo program, Soviet lunar program\n     \
         1 of 16 events, 1968-09-18 to 1969-07-24\n     \
         1 of 3 stories: 1\n   \
         4 Project Gemini, Luna program, Surveyor program\n     \
         1 of 19 events, 1965-12-15 to 1968-04-22\n     \
         1 of 3 stories: 16\n   \
         5 Nikita Khrushchev, Pavel Belyayev, Ranger program\n     \
         1 of 11 events, 1964-07-31 to 1965-07-20\n     \
         1 of 2 stories: 7\n"
    );
    let none = answer(&["stories", "data", "--sagas", "--min-size", "1000"]);
    assert_eq!(none, "no sagas: no stories form a larger one\n");
}

#[test]
fn stories_of_a_selection_come_with_its_own_sagas_and_single_events() {
    let topic = ["--topic", "Project Mercury"];
    let some = json(&[&["stories", "data"], topic.as_slice()].concat());
    let all = json(&["stories", "data"]);
    let list = |answer: &Value, field: &str| answer[field].as_array().unwrap().clone();
    let ids: Vec<Value> = list(&some, "stories").iter().map(|story| story["id"].clone()).collect();
    assert!(list(&some, "sagas").len() < list(&all, "sagas").len());
    for saga in list(&some, "sagas") {
        assert!(list(&saga, "stories").iter().any(|id| ids.contains(id)), "{saga}");
    }
    let selected = json(&[&["search", "data"], topic.as_slice()].concat());
    let selected: Vec<Value> =
        list(&selected, "events").iter().map(|event| event["key"].clone()).collect();
    assert!(list(&some, "alone").len() < list(&all, "alone").len());
    for key in list(&all, "alone") {
        assert_eq!(list(&some, "alone").contains(&key), selected.contains(&key), "{key}");
    }
}

#[test]
fn a_story_that_is_not_there_is_said() {
    let cases: &[(&[&str], &str)] = &[
        (&["story", "data", "0"], "there are stories 1 to 17, and no 0"),
        (&["story", "data", "18"], "there are stories 1 to 17, and no 18"),
        (
            &["story", "data", "Michael Adams"],
            "is in no story: it belongs together with 2 other events only; `--min-size 3` makes",
        ),
        (&["story", "data", "Luna 2 strikes", "--min-size", "9"], "`--min-size 3` makes"),
        (&["story", "data", "Scott Crossfield"], "in no story: too little ties it"),
        (&["story", "data", "Atlantis"], "no event is called `Atlantis`"),
        (&["stories", "data", "--scale", "0"], "the time scale is 0"),
        (&["stories", "data", "--level", "NaN"], "the level is NaN"),
        (&["search", "data", "--story", "99"], "there are stories 1 to 17, and no 99"),
    ];
    for (args, expected) in cases {
        let (status, message) = refusal(args);
        assert_eq!(status, Some(2), "{args:?}");
        assert!(message.contains(expected), "{args:?}: {message}");
    }
}

#[test]
fn a_timeline_has_a_row_for_each_story() {
    let rows = json(&["timeline", "data", "--by", "story", "--by", "year"]);
    let stories = json(&["stories", "data"]);
    let (rows, stories) =
        (rows["rows"].as_array().unwrap(), stories["stories"].as_array().unwrap());
    assert_eq!(rows.len(), stories.len());
    for (row, story) in rows.iter().zip(stories) {
        assert_eq!((&row["story"], &row["name"]), (&story["id"], &story["name"]));
        let counts: u64 = row["counts"].as_array().unwrap().iter().flat_map(Value::as_u64).sum();
        assert_eq!(Some(counts), story["size"].as_u64());
    }
    let shown = answer(&["timeline", "data", "--by", "story"]);
    assert!(shown.starts_with("17 stories by quarter"), "{shown}");
}

/// So many problems that nobody looks them through: how many there are of each code.
#[test]
fn many_problems_are_counted_by_code() {
    let item = |n: usize| format!("1. [Other {n}](/news/2001/01/2/other-{n}.md)\n");
    let page = format!(
        "# A title\n\n### Related:\n\n{}1. [A title](/news/2001/01/1/one.md)\n",
        (0..101).map(item).collect::<String>()
    );
    let folder = archive(&[("news/2001/01/1/one.md", &page)]);
    let output = run(&["check", text(folder.path())]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        said.ends_with("\nmissing-target 101, self-link 1; --code shows those of one\n"),
        "{said}"
    );
    let many = run(&["check", text(folder.path()), "--code", "missing-target"]);
    assert_eq!(String::from_utf8(many.stderr).unwrap(), "0 errors, 101 warnings, 0 notes\n");
    let one = run(&["check", text(folder.path()), "--code", "self-link"]);
    assert_eq!(String::from_utf8(one.stderr).unwrap(), "0 errors, 0 warnings, 1 note\n");
}

/// A saga in a dossier is called by its name; what takes no selection says so.
#[test]
fn a_saga_is_exported_under_its_name() {
    let dossier = answer(&["export", "data", "--saga", "gemini", "--to", "markdown"]);
    assert!(dossier.starts_with("# Saga 4 (Project Gemini, Luna program"), "{dossier}");
    assert!(dossier.contains("\n19 events, 1965-12-15 to 1968-04-22"), "{dossier}");
    let map = answer(&["export", "data", "--saga", "4", "--to", "svg"]);
    assert!(map.contains(">19 events, 3 stories. Events that are linked"), "{map}");
    let (code, message) = refusal(&["story", "data", "1", "--saga", "4"]);
    assert_eq!(code, Some(2));
    assert!(message.contains("tip: this command takes no selection; `search`"), "{message}");
    let (_, message) = refusal(&["story", "data", "1", "--sage", "4"]);
    assert!(!message.contains("selection") && !message.contains("as a value"), "{message}");
    let (_, message) = refusal(&["timeline", "data", "--at", "1969"]);
    assert!(message.contains("tip: `--at` is an option of `stories`\n"), "{message}");
    let (_, message) = refusal(&["export", "data", "--json"]);
    assert!(message.contains("tip: `--json` is an option of `build`, `check`, "), "{message}");
    for both in [["--saga", "4", "--story", "1"], ["--saga", "4", "--cluster", "1"]] {
        let (code, message) = refusal(&[&["search", "data", "moon"][..], &both].concat());
        assert_eq!(code, Some(2));
        assert!(message.contains("cannot be used with"), "{message}");
    }
}
