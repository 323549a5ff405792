//! Archives in other words: Chinese, a third language, two at once; and the
//! prefix that all addresses of an archive may have.

use threadline::parse::Dialects;
use threadline::pipeline::{BuildOptions, build_archive};

use crate::fixture::{archive, built, events, folder, links, problems, revisions, same, sources};

const CHINESE: &str = "//- news/2003/01/2/习近平访问.md
Formats: [HTML](/zh/news/2003/01/2/习近平访问.html)

### [2003-01-2](/news/2003/01/2/index.md)

##### 中国
# 习近平 访问

摘要。

### 信息来源:

1. [新华社](http://xinhua.cn/a)
1. [封面图片](http://xinhua.cn/a.jpg)

### 有关:

1. [月球 ](/zh/news/2003/01/1/月球.md) _消息: 美国, 中国_
2. [编码](/zh/news/2003/01/1/%E7%BC%96%E7%A0%81.md)
3. [括号 ]]》](/zh/news/2003/01/1/月球.md) _消息: -{zh-tw:莫三比克; zh-cn:莫桑比克;}-_
//- news/2003/01/1/月球.md
### [2003-01-1](/news/2003/01/1/index.md)
# 月球
";

#[test]
fn chinese_pages() {
    let graph = archive(CHINESE);
    same(
        &events(&graph),
        r#"
        2003-01-01 月球 "月球", about -{zh-tw:莫三比克; zh-cn:莫桑比克;}- | 中国 | 美国
        2003-01-01 编码 "编码" (absent)
        2003-01-02 习近平访问 "习近平 访问" under 中国, about -{zh-tw:莫三比克; zh-cn:莫桑比克;}- | 中国 | 美国: "摘要。"
        "#,
    );
    same(
        &links(&graph),
        "
        习近平访问 -[美国 | 中国]-> 月球, line 17
        习近平访问 --> 编码 (absent), line 18
        习近平访问 -[-{zh-tw:莫三比克; zh-cn:莫桑比克;}-]-> 月球, line 19
        ",
    );
    same(
        &sources(&graph),
        "
        习近平访问: 新华社 <http://xinhua.cn/a>
        习近平访问: 封面图片 <http://xinhua.cn/a.jpg> (image)
        ",
    );
}

#[test]
fn the_prefix_is_found_and_named() {
    let folder = folder(CHINESE);
    let (graph, _) = built(folder.path());
    let about = graph.about();
    assert_eq!(about.prefix.as_deref(), Some("zh"));
    assert_eq!(about.dialects.get("Chinese"), Some(&1));
    assert_eq!(about.event_pages, 2);
}

#[test]
fn a_folder_of_the_prefixs_name_makes_it_none() {
    let fixture = format!("{CHINESE}//- zh/other.md\n### [2003-01-3](/x)\n# 甲\n");
    let graph = archive(&fixture);
    let targets: Vec<_> =
        graph.links().map(|link| graph.key(graph.link(link).unwrap().target)).collect();
    assert_eq!(targets[0], "zh/news/2003/01/1/月球");
}

#[test]
fn two_dialects_in_one_archive() {
    let folder = folder(&format!(
        "{CHINESE}//- news/2003/01/3/a.md
### [2003-01-3](/news/2003/01/3/index.md)
# A
### Related:
1. [月球](/zh/news/2003/01/1/月球.md) _Context: Moon_
"
    ));
    let (graph, _) = built(folder.path());
    assert!(links(&graph).ends_with("a -[Moon]-> 月球, line 4"), "{}", links(&graph));
    let dialects: Vec<_> = graph.about().dialects.iter().collect();
    assert_eq!(dialects, [(&"Chinese".to_owned(), &1), (&"English".to_owned(), &1)]);
}

const GERMAN: &str = r#"
name = "Deutsch"
related = ["Verwandt", "Siehe auch"]
sources = ["Quelle", "Quellen"]
changes = ["Änderungen"]
context = ["Zusammenhang"]
images = ["Titelbild"]
first_version = ["Erste Fassung"]
current_version = ["Jetzige Fassung"]
"#;

#[test]
fn a_third_dialect_from_a_file() {
    let folder = folder(
        "
//- news/2003/01/2/a.md
### [2003-01-2](/news/2003/01/2/index.md)
# A
### Quellen:
1. [Zeitung](http://zeitung.de)
1. [Titelbild](http://zeitung.de/a.jpg)
### Änderungen:
1. [Alt](/news/2003/01/2/alt.md) _2003-01-02 10:00:00 (Erste Fassung)_
2. [Neu](/news/2003/01/2/neu.md) _2003-01-03 10:00:00 (Neu)_
2. [A](/news/2003/01/2/a.md) _(Jetzige Fassung)_
### Siehe auch:
1. [B](/news/2003/01/1/b.md) _Zusammenhang: Mond_
//- news/2003/01/1/b.md
### [2003-01-1](/news/2003/01/1/index.md)
# B
### Related:
1. [A](/news/2003/01/2/alt.md) _Context: Moon_
",
    );
    let options = BuildOptions { dialects: Dialects::built_in().with_toml(GERMAN).unwrap() };
    let (graph, _) = build_archive(folder.path(), &options, |_| {}).unwrap();
    same(&links(&graph), "b -[Moon]-> a, line 4\na -[Mond]-> b, line 11");
    same(
        &sources(&graph),
        "a: Zeitung <http://zeitung.de>\na: Titelbild <http://zeitung.de/a.jpg> (image)",
    );
    same(
        &revisions(&graph),
        r#"
        a: first alt "Alt" 2003-01-02T10:00:00
        a: update neu "Neu" 2003-01-03T10:00:00
        a: current a "A" ?
        "#,
    );
    same(&problems(&graph), "");
    assert_eq!(graph.about().dialects.get("Deutsch"), Some(&1));
    assert_eq!(graph.about().dialects.get("English"), Some(&1));
}

#[test]
fn a_file_that_is_no_dialect_is_refused() {
    let cases = [
        ("name = 'x'", "missing field `related`"),
        ("related = ['a']\nsources = []\ncontext = ['b']", "missing field `name`"),
        ("name = 'x'\nrelated = []\nsources = []\ncontext = ['c']", "at least one word"),
        (
            "name = 'x'\nrelated = ['a']\nsources = []\ncontext = ['c']\ncolour = 1",
            "unknown field `colour`",
        ),
        ("not toml at all", "this is no dialect (see docs/formats.md)"),
    ];
    for (text, expected) in cases {
        let error = format!("{:#}", Dialects::built_in().with_toml(text).unwrap_err());
        assert!(error.contains(expected), "input {text:?}: {error}");
    }
}
