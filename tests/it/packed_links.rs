//! Links in a tar file: tar writes the second name of a file as a link to the
//! first, and the page under it must not vanish.

use std::path::Path;

use insta::assert_snapshot;
use tempfile::TempDir;
use threadline::EventGraph;

use crate::fixture::{built, events, problems, put, same};

const A: &[u8] = b"### [2006-01-26](/x)\n# A\n";
const B: &[u8] = b"### [2006-01-27](/x)\n# B\n";

/// A tar file, entry by entry, as `tar` writes it.
struct Packer(tar::Builder<Vec<u8>>);

impl Packer {
    fn new() -> Self {
        Self(tar::Builder::new(Vec::new()))
    }

    fn file(mut self, name: &str, bytes: &[u8]) -> Self {
        let mut header = header(tar::EntryType::Regular);
        header.set_size(bytes.len() as u64);
        self.0.append_data(&mut header, name, bytes).unwrap();
        self
    }

    fn hard(self, name: &str, target: &str) -> Self {
        self.link(tar::EntryType::Link, name, target)
    }

    fn symbolic(self, name: &str, target: &str) -> Self {
        self.link(tar::EntryType::Symlink, name, target)
    }

    fn link(mut self, kind: tar::EntryType, name: &str, target: &str) -> Self {
        self.0.append_link(&mut header(kind), name, target).unwrap();
        self
    }

    fn other(mut self, kind: tar::EntryType, name: &str) -> Self {
        self.0.append_data(&mut header(kind), name, &b""[..]).unwrap();
        self
    }

    fn write(self, path: &Path) {
        std::fs::write(path, self.0.into_inner().unwrap()).unwrap();
    }

    fn graph(self) -> EventGraph {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("a.tar");
        self.write(&path);
        built(&path).0
    }
}

fn header(kind: tar::EntryType) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.set_entry_type(kind);
    header.set_mode(0o644);
    header.set_size(0);
    header
}

#[test]
fn a_hard_link_is_the_page_under_its_own_path() {
    let graph = Packer::new()
        .file("./news/2006/01/26/a.md", A)
        .hard("./news/2006/01/27/b.md", "./news/2006/01/26/a.md")
        // Of a file that is no page by its first name.
        .file("draft.txt", B)
        .hard("news/2006/01/28/c.md", "draft.txt")
        .graph();
    same(
        &events(&graph),
        "2006-01-26 a \"A\"
         2006-01-26 b \"A\"
         2006-01-27 c \"B\"",
    );
    assert_snapshot!(problems(&graph), @"
    news/2006/01/27/b.md:1: note[date-mismatch]: the heading says 2006-01-26, the path 2006-01-27; the heading counts
    news/2006/01/28/c.md:1: note[date-mismatch]: the heading says 2006-01-27, the path 2006-01-28; the heading counts
    ");
}

/// What is read of a folder and of its tar file is the same, whatever links
/// there are to pages: to the hash of all that was read.
#[cfg(unix)]
#[test]
fn a_folder_with_links_and_its_tar_file_say_the_same() {
    use std::os::unix::fs::symlink;
    let day = b"## [2006-01-26](/x)\n### [A](/news/2006/01/26/a.md)\n";
    let links = [
        // Ahead of what they lead to; over one another; through a folder.
        ("news/2006/01/25/to-come.md", "../26/a.md"),
        ("news/2006/01/25/twice.md", "to-come.md"),
        ("news/2006/01/25/by-folder.md", "../../../latest/01/26/a.md"),
        ("news/latest", "2006"),
        ("news/2006/01/26/README.md", "index.md"),
        ("news/2006/01/26/picture.png", "/somewhere/else.png"),
    ];
    let folder = TempDir::new().unwrap();
    put(folder.path(), "news/2006/01/26/a.md", A);
    put(folder.path(), "news/2006/01/26/index.md", day);
    put(folder.path(), "news/2006/01/25/b.md", B);
    let packed = TempDir::new().unwrap();
    let packed = packed.path().join("a.tar");
    let mut packer = Packer::new();
    for (name, target) in links {
        if !name.ends_with(".png") {
            std::fs::create_dir_all(folder.path().join(name).parent().unwrap()).unwrap();
            symlink(target, folder.path().join(name)).unwrap();
        }
        packer = packer.symbolic(name, target);
    }
    packer
        .file("news/2006/01/26/a.md", A)
        .file("news/2006/01/26/index.md", day)
        .file("news/2006/01/25/b.md", B)
        .write(&packed);
    let (of_folder, first) = built(folder.path());
    let (of_tar, second) = built(&packed);
    assert_eq!(events(&of_folder), events(&of_tar));
    assert_eq!(of_folder.about().hash, of_tar.about().hash);
    assert_eq!((first.files, first.twins), (second.files, second.twins));
    assert_eq!(of_tar.event_count(), 5, "{}", events(&of_tar));
    assert_eq!(of_tar.about().skipped.get(".png"), Some(&1));
}

#[test]
fn links_that_lead_to_nothing_in_the_tar_file() {
    let graph = Packer::new()
        .file("news/2006/01/26/a.md", A)
        .hard("news/2006/01/26/b.md", "news/2006/01/26/gone.md")
        .symbolic("news/2006/01/26/c.md", "/drafts/c.md")
        .symbolic("news/2006/01/26/d.md", "../../../../../d.md")
        .symbolic("news/2006/01/26/e.md", "e.md")
        .symbolic("news/2006/01/26/f.md", "../26")
        // Folders: one elsewhere, one whose pages are read where they stand.
        .symbolic("news/2007", "../../older/2007")
        .symbolic("news/kept", "../.kept")
        .symbolic("news/latest", "2006")
        // Nobody would read these in a folder.
        .symbolic(".git/x.md", "/x.md")
        .symbolic("news/image.png", "/image.png")
        .hard("news/image.jpg", "gone.jpg")
        .graph();
    same(&events(&graph), "2006-01-26 a \"A\"");
    assert_snapshot!(problems(&graph), @"
    news/2006/01/26/b.md: error[link-not-followed]: the hard link leads to `news/2006/01/26/gone.md`, and no page was found there; pack the archive with `tar --hard-dereference`
    news/2006/01/26/c.md: error[link-not-followed]: the symbolic link leads to `/drafts/c.md`, and no page was found there; pack the archive with `tar --dereference`
    news/2006/01/26/d.md: error[link-not-followed]: the symbolic link leads to `../../../../../d.md`, and no page was found there; pack the archive with `tar --dereference`
    news/2006/01/26/e.md: error[link-not-followed]: the symbolic link leads to `e.md`, and no page was found there; pack the archive with `tar --dereference`
    news/2006/01/26/f.md: error[link-not-followed]: the symbolic link leads to `../26`, and no page was found there; pack the archive with `tar --dereference`
    news/2007: error[link-not-followed]: the symbolic link leads to `../../older/2007`, and no page was found there; pack the archive with `tar --dereference`
    news/kept: error[link-not-followed]: the symbolic link leads to `../.kept`, and no page was found there; pack the archive with `tar --dereference`
    ");
    let skipped: Vec<_> = graph.about().skipped.iter().map(|(name, n)| (&**name, *n)).collect();
    assert_eq!(skipped, [("(no extension)", 1), (".jpg", 1), (".md", 1), (".png", 1)]);
}

#[test]
fn entries_that_are_no_files_are_counted_as_skipped() {
    let graph = Packer::new()
        .file("news/2006/01/26/a.md", A)
        .other(tar::EntryType::Fifo, "pipe.md")
        .other(tar::EntryType::Char, "terminal")
        .other(tar::EntryType::Directory, "news/")
        .other(tar::EntryType::XGlobalHeader, "pax_global_header")
        .graph();
    same(&events(&graph), "2006-01-26 a \"A\"");
    assert_eq!(problems(&graph), "");
    let skipped: Vec<_> = graph.about().skipped.iter().map(|(name, n)| (&**name, *n)).collect();
    assert_eq!(skipped, [("(no extension)", 1), (".md", 1)]);
}

/// Kinds of entry that are plain files by another name.
#[test]
fn contiguous_files_are_pages() {
    let mut packer = Packer::new();
    let mut header = header(tar::EntryType::Continuous);
    header.set_size(A.len() as u64);
    packer.0.append_data(&mut header, "news/2006/01/26/a.md", A).unwrap();
    same(&events(&packer.graph()), "2006-01-26 a \"A\"");
}

/// Links are looked for in the archive again; it may be cut off there, too.
#[test]
fn a_cut_off_tar_file_with_links() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.tar");
    Packer::new()
        .symbolic("news/2006/01/26/b.md", "a.md")
        .symbolic("news/2006/01/26/d.md", "c.md")
        .file("news/2006/01/26/a.md", A)
        .file("news/2006/01/26/c.md", A)
        .write(&path);
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..4 * 512 + 100]).unwrap();
    let (graph, _) = built(&path);
    same(&events(&graph), "2006-01-26 a \"A\"\n2006-01-26 b \"A\"");
    assert_snapshot!(problems(&graph), @"
    error[truncated-archive]: the archive ends or is damaged behind its entry 3 (failed to read entire block); the pages before that place were read, those behind it are missing
    news/2006/01/26/d.md: error[link-not-followed]: the symbolic link leads to `c.md`, and no page was found there; pack the archive with `tar --dereference`
    ");
}
