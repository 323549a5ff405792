"""Every answer is what the command line prints for `--json`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import threadline

SPUTNIK, ARMSTRONG = "sputnik-1-the-first", "neil-armstrong-steps"
Ask = Callable[[threadline.Graph], Any]

# What Python is asked, and the same for the command line.
QUESTIONS: list[tuple[Ask, list[object]]] = [
    (lambda g: g.search("apollo"), ["search", "apollo"]),
    (lambda g: g.search(), ["search"]),
    (lambda g: g.search("xyzzy"), ["search", "xyzzy"]),
    (lambda g: g.select(topic="Soviet Union", end=1969).search("moon"),
     ["search", "moon", "--topic", "Soviet Union", "--until", "1969"]),
    (lambda g: g.show(ARMSTRONG), ["show", ARMSTRONG]),
    (lambda g: g.topics(), ["topics"]),
    (lambda g: g.select(start="1965", end="1969-07").topics(),
     ["topics", "--from", "1965", "--until", "1969-07"]),
    (lambda g: g.topics(with_="Soviet Union"), ["topics", "--with", "Soviet Union"]),
    (
        lambda g: g.select(start="1969", end="1969").topics(distinctive=True),
        ["topics", "--from", "1969", "--until", "1969", "--distinctive"],
    ),
    (lambda g: g.topics(between=("Soviet Union", "Neil Armstrong")),
     ["topics", "--between", "Soviet Union", "Neil Armstrong"]),
    (lambda g: g.timeline(), ["timeline"]),
    (lambda g: g.timeline("year", bursts=True), ["timeline", "--by", "year", "--bursts"]),
    (lambda g: g.timeline(("topic", "year")), ["timeline", "--by", "topic,year"]),
    (lambda g: g.timeline("story", bursts=True, gamma=0.5, min_events=2),
     ["timeline", "--by", "story", "--bursts", "--gamma", 0.5, "--min-events", 2]),
    (lambda g: g.clusters(), ["clusters"]),
    (lambda g: g.clusters(method="components", min_size=3),
     ["clusters", "--method", "components", "--min-size", 3]),
    (lambda g: g.clusters(quality="cpm", resolution=0.01, weight="none", seed=7, stability=2),
     ["clusters", "--quality", "cpm", "--resolution", 0.01, "--weight", "none", "--seed", 7,
      "--stability", 2]),
    (lambda g: g.sweep(), ["clusters", "--sweep"]),
    (lambda g: g.stories(), ["stories"]),
    (lambda g: g.stories(at="1969-07", sort="burst", level=2),
     ["stories", "--at", "1969-07", "--sort", "burst", "--level", 2]),
    (lambda g: g.stories(at=1969), ["stories", "--at", 1969]),
    (lambda g: g.stories("salyut"), ["stories", "salyut"]),
    (lambda g: g.stories(), ["stories", "--sagas"]),
    (lambda g: g.select(saga="gemini").stories(), ["stories", "--saga", "gemini"]),
    (lambda g: g.select(saga=2).stories(sort="date"), ["stories", "--saga", 2, "--sort", "date"]),
    (lambda g: g.chain(SPUTNIK, ARMSTRONG), ["chain", SPUTNIK, ARMSTRONG]),
    (lambda g: g.chains(SPUTNIK, ARMSTRONG, 3, by="strongest", in_time=True, avoid="Soviet Union"),
     ["chain", SPUTNIK, ARMSTRONG, "-k", 3, "--by", "strongest", "--in-time", "--avoid",
      "Soviet Union"]),
    (lambda g: g.chain(ARMSTRONG, SPUTNIK, by="coherent", backward=True, directed=True),
     ["chain", ARMSTRONG, SPUTNIK, "--by", "coherent", "--backward", "--directed"]),
    (lambda g: g.chain(SPUTNIK, ARMSTRONG, by="fewest", max_links=1),
     ["chain", SPUTNIK, ARMSTRONG, "--by", "fewest", "--max-links", 1]),
    (lambda g: g.select(around=SPUTNIK, hops=2).chain(SPUTNIK, ARMSTRONG),
     ["chain", SPUTNIK, ARMSTRONG, "--around", SPUTNIK, "--hops", 2]),
    (lambda g: g.chains_between([("laika", "michael-adams"), (SPUTNIK, ARMSTRONG)], chains=2)[1],
     ["chain", SPUTNIK, ARMSTRONG, "-k", 2]),
    (lambda g: g.select(end=1969).chains_between([(SPUTNIK, ARMSTRONG)], by="fewest")[0],
     ["chain", SPUTNIK, ARMSTRONG, "--until", "1969", "--by", "fewest"]),
    (lambda g: g.distances([(SPUTNIK, ARMSTRONG), (ARMSTRONG, "Michael Adams")]),
     ["distances", SPUTNIK, ARMSTRONG, ARMSTRONG, "Michael Adams"]),
    (lambda g: g.select(end=1969).distances([(SPUTNIK, ARMSTRONG)], directed=True, max_links=9),
     ["distances", SPUTNIK, ARMSTRONG, "--until", "1969", "--directed", "--max-links", 9]),
    (lambda g: g.thread(ARMSTRONG), ["thread", ARMSTRONG]),
    (lambda g: g.thread(SPUTNIK, steps=2, branches=3),
     ["thread", SPUTNIK, "--steps", 2, "--branches", 3]),
    (lambda g: g.thread(SPUTNIK, min_strength=0), ["thread", SPUTNIK, "--min-strength", 0]),
    (lambda g: g.rank(), ["rank"]),
    (lambda g: g.rank(by="degree", weight="strength"),
     ["rank", "--by", "degree", "--weight", "strength"]),
    (lambda g: g.select(story=1).rank(by="betweenness", directed=True),
     ["rank", "--by", "betweenness", "--directed", "--story", 1]),
    (lambda g: g.select(cluster=2, present_only=True).rank(damping=0.5),
     ["rank", "--damping", 0.5, "--cluster", 2, "--present-only"]),
    (lambda g: g.check(), ["check"]),
    (lambda g: g.check(code="missing-target"), ["check", "--code", "missing-target"]),
    (lambda g: g.info(), ["info"]),
    (lambda g: g.select(topic="Soviet Union").info(), ["info", "--topic", "Soviet Union"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("ask", "arguments"),
    QUESTIONS,
    ids=lambda x: " ".join(map(str, x)) if isinstance(x, list) else "",
)
def test_answers(
    moon: threadline.Graph, command_line: Any, ask: Ask, arguments: list[object]
) -> None:
    question, *rest = arguments
    assert ask(moon).to_dict() == command_line(question, *rest)


@pytest.mark.parametrize("story", [1, "luna-9-lands-softly"])
def test_story(moon: threadline.Graph, command_line: Any, story: str | int) -> None:
    assert {"stories": [moon.story(story).to_dict()]} == command_line("story", story)


def test_story_with_stability(moon: threadline.Graph, command_line: Any) -> None:
    told = moon.story(2, stability=2, min_size=2)
    answer = command_line("story", 2, "--stability", 2, "--min-size", 2)
    assert {"stories": [told.to_dict()]} == answer


@pytest.mark.parametrize("by", [(), "topic", ("story", "month")])
def test_bursts(moon: threadline.Graph, command_line: Any, by: Any) -> None:
    words = [by] if isinstance(by, str) else list(by)
    options = [part for word in words for part in ("--by", word)]
    answer = command_line("timeline", "--bursts", *options)
    assert moon.bursts(by).to_dict() == {"bursts": answer["bursts"]}


@pytest.mark.parametrize("to", ["json", "gexf", "dot", "csv"])
def test_exports(moon: threadline.Graph, command_line: Any, tmp_path: Any, to: str) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    moon.select(topic="Soviet Union").export(ours, to=to)
    done = command_line.run("export", "--to", to, "-o", theirs, "--topic", "Soviet Union")
    assert done.returncode == 0, done.stderr
    if ours.is_dir():
        names = sorted(path.name for path in theirs.iterdir())
        assert names == sorted(path.name for path in ours.iterdir()) != []
        assert all((ours / name).read_bytes() == (theirs / name).read_bytes() for name in names)
    else:
        assert ours.read_bytes() == theirs.read_bytes() != b""


def test_errors_say_the_same(moon: threadline.Graph, command_line: Any) -> None:
    done = command_line.run("show", "neil")
    with pytest.raises(KeyError) as raised:
        moon.show("neil")
    assert done.stderr == f"threadline: {raised.value}\n"


def test_every_question_of_the_command_line_is_a_method(command_line: Any) -> None:
    done = command_line.run("--help")
    after = done.stdout.split("Commands:")[1].split("Options:")[0]
    named = {
        line.split()[0] for line in after.splitlines() if line.startswith("  ") and line[2] != " "
    }
    assert {"search", "chain", "story"} <= named
    elsewhere = {"help", "build"}
    missing = {name for name in named - elsewhere if not hasattr(threadline.Graph, name)}
    assert not missing
