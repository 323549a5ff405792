//! Whatever a path is, a graph comes of it, and how it was come by is told.

use threadline::analysis::{InnerArchive, inner_archives};
use threadline::pipeline::{BuildOptions, Opened, open_any};
use threadline::{Error, ErrorKind, store};

use crate::fixture::{archive, built, data};

#[test]
fn what_was_read_is_told() {
    let open = |path: &std::path::Path| {
        open_any(path, &BuildOptions::default(), |_| Ok(())).expect("it can be opened")
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("moon.threadline");
    let Opened { graph, read } = open("data".as_ref());
    assert!(read.expect("pages").files > graph.event_count());
    store::write(&graph, &file).unwrap();
    let opened = open(&file);
    assert!(opened.read.is_none(), "it was built before");
    assert_eq!(opened.graph.event_count(), graph.event_count());
    let tables = open("exports/csv".as_ref());
    assert_eq!(tables.read.expect("tables").files, 0);
}

#[test]
fn progress_can_stop_the_reading() {
    let stop = |_| Err(Error::new(ErrorKind::Input, "that is enough"));
    let error = open_any("data".as_ref(), &BuildOptions::default(), stop).unwrap_err();
    assert_eq!(error.to_string(), "that is enough");
}

#[test]
fn a_path_without_anything_names_what_may_be_meant() {
    let folder = tempfile::tempdir().unwrap();
    let message = |name: &str| {
        let error = open_any(&folder.path().join(name), &BuildOptions::default(), |_| Ok(()));
        let error = error.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Io);
        // Python's `FileNotFoundError` is told by the cause.
        assert!(std::error::Error::source(&error).is_some());
        error.to_string()
    };
    assert!(message("moon").ends_with("moon: cannot open the archive"));
    let build = "(`threadline build` makes one from an archive)";
    assert!(message("moon.threadline").ends_with(build));
    std::fs::write(folder.path().join("moon.threadline"), b"").unwrap();
    let near = message("moon");
    assert!(near.contains("did you mean `") && near.ends_with("moon.threadline`?)"), "{near}");
}

/// Two archives side by side, read as one: links between the pages of one lead
/// nowhere, and the report says which folder should be read alone.
#[test]
fn an_archive_in_an_archive_is_named() {
    let graph = archive(
        "
//- en/news/2001/01/1/a.md
# A
## Related
1. [B](/news/2001/01/2/b.md)
//- en/news/2001/01/2/b.md
# B
## Related
1. [A](/news/2001/01/1/a.md)
1. [Gone](/news/2001/01/3/gone.md)
//- fr/news/2001/01/1/autre.md
# A
## Related
1. [A](/en/news/2001/01/1/a.md)
",
    );
    let found = inner_archives(&graph);
    assert_eq!(found, [InnerArchive { folder: "en".to_owned(), pages: 2 }]);
    assert!(inner_archives(&built(&data()).0).is_empty());
}
