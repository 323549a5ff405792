"""`export` writes what the command line's `export` writes, byte by byte."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import Any

import pytest
from conftest import CommandLine

import threadline

FORMATS = [
    "json", "dot", "csv", "gexf", "graphml", "cytoscape", "graphology", "jgf", "neo4j", "cypher",
    "markdown", "html", "bibtex", "csl-json", "icalendar", "timelinejs", "obsidian", "svg",
    *({"turtle", "ntriples", "jsonld", "parquet"} & set(threadline.formats())),
]  # fmt: skip

OPTIONS: list[tuple[str, dict[str, Any]]] = [
    *((name, {}) for name in FORMATS),
    *(("dot", {"group_by": by}) for by in ("day", "component", "community", "story")),
    ("csv", {"for_spreadsheet": True}),
    *((to, {"no_stories": True}) for to in ("json", "gexf")),
    *((name, {"base": "https://archive.example/"}) for name in FORMATS if name == "turtle"),
    *((to, {"layout": kind}) for to in ("json", "gexf", "dot") for kind in ("force", "time")),
    *(("svg", {"theme": theme}) for theme in ("light", "dark", "auto")),
    ("svg", {"width": 1500}),
]


def written(path: Path) -> dict[str, bytes]:
    """The files of an export, without what only a picture or a dossier of the
    command line has: where it comes from, and the command that makes it again."""
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    texts = {str(file.relative_to(path)): file.read_bytes() for file in files if file.is_file()}
    if path.suffix not in (".svg", ".markdown", ".html"):
        return texts
    said = re.compile(rb"moon\.threadline, ([^;]*); threadline export [^;]*;")
    left = rb"\1;" if path.suffix == ".svg" else rb"an archive, \1;"
    return {name: said.sub(left, text) for name, text in texts.items()}


def flags(options: dict[str, Any]) -> list[str]:
    words = []
    for name, value in options.items():
        words += [f"--{name.replace('_', '-')}"] + ([] if value is True else [str(value)])
    return words


@pytest.mark.parametrize(("to", "options"), OPTIONS, ids=str)
def test_same_bytes(
    moon: threadline.Graph, command_line: CommandLine, tmp_path: Path, to: str, options: Any
) -> None:
    ours, theirs = tmp_path / f"ours.{to}", tmp_path / f"theirs.{to}"
    moon.export(ours, to=to, **options)
    done = command_line.run("export", "--to", to, "-o", theirs, *flags(options))
    assert done.returncode == 0, done.stderr
    assert written(ours) == written(theirs) != {}
    if options:
        moon.export(tmp_path / f"plain.{to}", to=to)
        changed = written(tmp_path / f"plain.{to}") != written(ours)
        assert changed or options == {"theme": "light"}


def test_events_stay_where_they_were(
    moon: threadline.Graph, command_line: CommandLine, graph_file: Path, tmp_path: Path
) -> None:
    old, ours, theirs = (tmp_path / name for name in ("old.json", "ours.gexf", "theirs.gexf"))
    moon.select(end=1969).export(old, layout="force")
    for place in (old, graph_file):
        moon.export(ours, layout_from=place)
        command_line.run("export", "-o", theirs, "--layout-from", place)
        assert ours.read_bytes() == theirs.read_bytes()
        assert b"viz:position" in ours.read_bytes()


@pytest.mark.parametrize(
    ("to", "options", "text"),
    [
        ("gexf", {"group_by": "day"}, "only dot has boxes to group events in, gexf has none"),
        ("dot", {"group_by": "year"}, "there is no `year`, only `day`"),
        ("json", {"for_spreadsheet": True}, "only csv is written for a spreadsheet"),
        ("json", {"base": "https://archive.example/"}, "is for RDF, and json is not"),
        ("csv", {"layout": "force"}, "csv has no place for events; json"),
        ("csv", {"layout_from": "old.json"}, "csv has no place for events; json"),
        ("json", {"layout": "time", "layout_from": "old.json"}, "leave out the old places"),
        ("svg", {"layout": "time"}, "a map has no axis of time"),
        ("svg", {"width": 10}, "the width is 10; it is 320 to 8000 pixels"),
        ("svg", {"width": -1}, "`width` makes no sense"),
        ("json", {"theme": "dark"}, "a theme is for pictures, svg and png, and json is none"),
        ("html", {"width": 900}, "a width is for pictures"),
        ("svg", {"theme": "pink"}, "there is no `pink`"),
        ("word", {}, "there is no format `word`; there are json"),
        ("obsidan", {}, "did you mean `obsidian`"),
        ("ttl", {}, "did you mean `turtle`"),
        ("ics", {}, "did you mean `icalendar`"),
    ],
)
def test_what_does_not_fit(
    moon: threadline.Graph, tmp_path: Path, to: str, options: Any, text: str
) -> None:
    with pytest.raises(threadline.InputError, match=text) as raised:
        moon.export(tmp_path / "graph", to=to, **options)
    assert "--" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_there(moon: threadline.Graph, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        moon.export(tmp_path / "graph.json", layout_from=tmp_path / "old.json")
    with pytest.raises(ValueError, match="name the format `csv`, and a folder"):
        moon.export(tmp_path / "graph.csv")
    with pytest.raises(KeyError, match="nothing to draw"):
        moon.select(start=2030).export(tmp_path / "map.svg")
    assert list(tmp_path.iterdir()) == []


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    events = pyarrow.table({"key": ["a", "b"], "date": ["1969-07-16", None]})
    links = pyarrow.table({"source": ["a"], "target": ["b"]})
    graph = threadline.from_tables(events, links)
    with pytest.warns(UserWarning, match="1 event has no date, and icalendar has no place"):
        graph.export(tmp_path / "dates.ics")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph.export(tmp_path / "graph.json")
