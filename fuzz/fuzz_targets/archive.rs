//! A tar file: a build ends, and what it built can be written and opened.
#![no_main]

use libfuzzer_sys::fuzz_target;
use threadline::graph::{Selection, Table};
use threadline::pipeline::{BuildOptions, build_archive};
use threadline::{export, store};

fuzz_target!(|data: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    // Raw bytes as a tar file, and pages in a sound one.
    let raw = folder.path().join("raw.tar");
    std::fs::write(&raw, data).expect("a temporary file");
    let _ = build_archive(&raw, &BuildOptions::default(), |_| {});
    let path = folder.path().join("pages.tar");
    let mut tar = tar::Builder::new(std::fs::File::create(&path).expect("a temporary file"));
    for (n, page) in data.split(|&byte| byte == 0).enumerate() {
        let name = if n % 4 == 3 { "index".to_owned() } else { format!("e{n}") };
        let mut header = tar::Header::new_gnu();
        let name = format!("news/1969/07/{}/{name}.md", n % 28 + 1);
        if n % 5 == 4 {
            // A link, to another page or to anywhere.
            header.set_entry_type([tar::EntryType::Link, tar::EntryType::Symlink][n % 2]);
            header.set_size(0);
            let text: String = String::from_utf8_lossy(page).chars().take(200).collect();
            let target = match page {
                [to] => format!("../{}/e{to}.md", to % 28 + 1),
                _ => text,
            };
            // No link leads to nothing: that one is not written.
            let _ = tar.append_link(&mut header, name, target);
            continue;
        }
        header.set_size(page.len() as u64);
        header.set_cksum();
        tar.append_data(&mut header, name, page).expect("a temporary file");
    }
    tar.finish().expect("a temporary file");
    drop(tar);
    let (graph, _) = build_archive(&path, &BuildOptions::default(), |_| {}).expect("it is a tar");
    graph.walk().expect("a built graph is sound");
    let all = Selection::all(&graph);
    let mut first = Vec::new();
    export::write(
        &graph,
        &all,
        export::Format::Json,
        &export::ExportOptions::default(),
        &mut first,
    )
    .expect("memory");
    let file = folder.path().join("x.threadline");
    store::write(&graph, &file).expect("a temporary file");
    let opened = store::open(&file).expect("what was written can be opened");
    let mut second = Vec::new();
    export::write(
        &opened,
        &all,
        export::Format::Json,
        &export::ExportOptions::default(),
        &mut second,
    )
    .expect("memory");
    assert_eq!(first, second);
    for &table in Table::ALL {
        assert_eq!(graph.table(table).expect("sound"), opened.table(table).expect("sound"));
    }
});
