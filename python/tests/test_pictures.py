"""Answers as pictures and as dossiers: those of the command line."""

from __future__ import annotations

import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import CommandLine

import threadline

SPUTNIK, ARMSTRONG = "sputnik-1-the-first", "neil-armstrong-steps"
Ask = Callable[[threadline.Graph], Any]

CHAIN: tuple[Ask, list[object]] = (
    lambda g: g.chain(SPUTNIK, ARMSTRONG),
    ["chain", SPUTNIK, ARMSTRONG],
)
THREAD: tuple[Ask, list[object]] = (lambda g: g.thread(ARMSTRONG), ["thread", ARMSTRONG])
STORY: tuple[Ask, list[object]] = (lambda g: g.story("laika"), ["story", "laika"])


def written(command_line: CommandLine, path: Path, *arguments: object) -> str:
    """What the command writes, without from what and how it was made, which only
    the command knows."""
    question, *rest = arguments
    done = command_line.run(str(question), *rest, "-o", path)
    assert done.returncode == 0, done.stderr
    said = re.compile(r"moon\.threadline, ([^;]*); threadline [^;]*;")
    left = r"\1;" if path.suffix == ".svg" else r"an archive, \1;"
    return said.sub(left, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("draw", "arguments"),
    [
        (lambda g, **how: CHAIN[0](g).svg(**how), CHAIN[1]),
        (lambda g, **how: THREAD[0](g).svg(**how), THREAD[1]),
        (lambda g, **how: STORY[0](g).svg(**how), STORY[1]),
        (lambda g, **how: g.timeline().svg(**how), ["timeline"]),
        (lambda g, **how: g.timeline("topic").svg(**how), ["timeline", "--by", "topic"]),
        (lambda g, **how: g.timeline("story", bursts=True).svg(rows=0, **how),
         ["timeline", "--by", "story", "--bursts", "-n", 0]),
        (lambda g, **how: g.topics().svg(**how), ["topics"]),
        (lambda g, **how: g.select(start=1969).topics().svg(rows=5, **how),
         ["topics", "--from", 1969, "-n", 5]),
    ],
    ids=lambda x: " ".join(map(str, x)) if isinstance(x, list) else "",
)  # fmt: skip
def test_pictures_are_those_of_the_command_line(
    moon: threadline.Graph,
    command_line: CommandLine,
    tmp_path: Path,
    draw: Any,
    arguments: list[object],
) -> None:
    theirs = written(command_line, tmp_path / "x.svg", *arguments, "--width", 900)
    assert draw(moon, theme="light", width=900) == theirs


@pytest.mark.parametrize(("ask", "arguments"), [CHAIN, THREAD, STORY], ids=["chain", "thread", "story"])
def test_dossiers_are_those_of_the_command_line(
    moon: threadline.Graph,
    command_line: CommandLine,
    tmp_path: Path,
    ask: Ask,
    arguments: list[object],
) -> None:
    answer = ask(moon)
    assert answer.markdown() == written(command_line, tmp_path / "x.md", *arguments)
    assert answer.html() == written(command_line, tmp_path / "x.html", *arguments)


def test_a_notebook_draws_as_many_rows_as_can_be_seen(moon: threadline.Graph) -> None:
    rows = moon.timeline("topic")
    assert len(rows.rows or ()) == 116
    assert "20 of 116 topics" in rows._repr_html_()
    assert "20 of" not in rows.svg(rows=0)
    with pytest.raises(threadline.InputError, match="`rows` makes no sense"):
        rows.svg(rows=-1)


def test_what_cannot_be_drawn_or_told_says_why(moon: threadline.Graph) -> None:
    with pytest.raises(threadline.InputError, match="a picture is of chains, a thread, a story"):
        moon.topics(with_="NASA").svg()
    none = moon.chain(SPUTNIK, "michael-adams")
    for ask in (none.svg, none.markdown, none.html):
        with pytest.raises(KeyError, match="no chain"):
            ask()
    kept = pickle.loads(pickle.dumps(STORY[0](moon)))
    with pytest.raises(threadline.InputError, match="ask again"):
        kept.markdown()
