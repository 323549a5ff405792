"""Tables go to every frame library as they are, and frames become graphs."""

from __future__ import annotations

import datetime
import pickle
from pathlib import Path
from typing import Any

import pytest

import threadline

pyarrow = pytest.importorskip("pyarrow")


def test_the_graphs_tables(moon: threadline.Graph) -> None:
    counts = moon.counts
    events, links = pyarrow.table(moon.events), pyarrow.table(moon.links)
    assert (events.num_rows, links.num_rows) == (counts["events"], counts["links"])
    assert events.schema.field("date").type == pyarrow.date32()
    assert events["key"][0].as_py().startswith("news/1957/10/4/")
    assert max(links["target"].to_pylist()) < events.num_rows
    for table in (moon.topic_names, moon.sources, moon.revisions, moon.problems):
        assert pyarrow.table(table).num_rows == len(table)


def test_problems_repeat_their_texts_and_hold_them_once(tmp_path: Path) -> None:
    pages = [f"news/1969/07/{day}/moon.md" for day in range(10, 30)]
    for page in pages:
        (tmp_path / page).parent.mkdir(parents=True)
        links = "1. [B](/news/1968/12/24/nowhere.md)\n2. [C](/news/1968/12/25/nobody.md)\n"
        (tmp_path / page).write_text(f"# A\n### Related:\n{links}")
    graph = threadline.build(tmp_path)
    expected = [problem["page"] for problem in graph.problems]
    assert expected == sorted(pages * 2)
    problems = pyarrow.table(graph.problems)
    assert problems.schema.field("page").type == pyarrow.dictionary(
        pyarrow.int32(), pyarrow.string()
    )
    assert problems["page"].to_pylist() == expected
    assert [len(problems[name].chunk(0).dictionary) for name in ("code", "page", "message")] == [
        1, 20, 2,
    ]  # fmt: skip
    assert [row.page for row in graph.check()] == expected
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    frame = problems.to_pandas()
    assert list(frame["page"]) == expected
    assert frame.groupby("message", observed=True).size().tolist() == [20, 20]
    assert frame[frame["page"].str.contains("/07/10/")]["line"].tolist() == [3, 4]
    assert list(pandas.DataFrame(graph.problems)["page"]) == expected
    frame = polars.DataFrame(graph.problems)
    assert frame["page"].to_list() == expected
    assert frame.filter(polars.col("code") == "missing-target").height == 40
    assert frame.group_by("message").len()["len"].to_list() == [20, 20]
    duckdb = pytest.importorskip("duckdb")
    query = "select count(*), min(page) from problems where message like '%nobody%'"
    assert duckdb.sql(query).fetchall() == [(20, pages[0])]


def test_tables_are_not_copied(moon: threadline.Graph) -> None:
    def address(table: threadline.Table) -> int:
        return pyarrow.table(table)["title"].chunk(0).buffers()[2].address

    assert address(moon.events) == address(moon.events)


def test_answers_as_tables(moon: threadline.Graph) -> None:
    chain = moon.chain("sputnik-1-the-first", "neil-armstrong-steps")
    hops = pyarrow.table(chain.hops).to_pylist()
    assert [hop["strength"] for hop in hops] == chain.best.strengths
    assert hops[0]["from_date"] == datetime.date(1957, 10, 4)
    assert hops[-1]["to_event"] == chain.best.events[-1].key
    years = pyarrow.table(moon.timeline("year").table)
    assert sum(years["count"].to_pylist()) == len(moon)
    rows = pyarrow.table(moon.timeline(("topic", "year")).table)
    assert set(rows.column_names) == {"name", "label", "start", "count"}
    for table in (
        moon.stories().table, moon.clusters().table, moon.bursts("topic").table, moon.rank().table,
        moon.search("apollo").table, moon.topics().table, moon.check().table,
    ):  # fmt: skip
        assert pyarrow.table(table).num_rows == len(table) > 0
    assert len(moon.search("xyzzy").table) == 0
    found = moon.stories()
    sagas = pyarrow.table(found.saga_table).to_pylist()
    assert [saga["size"] for saga in sagas] == [
        sum(story.size for story in found if story.saga == saga["id"]) for saga in sagas
    ]
    assert [story.id for story in found if story.saga == 4] == found.sagas[3].stories != []


def test_rows_are_what_arrow_says(moon: threadline.Graph) -> None:
    for table in (
        moon.events, moon.links, moon.topic_names, moon.sources, moon.revisions, moon.problems,
        moon.select(start=1961).events, moon.timeline("year").table, moon.rank().table,
        moon.search("apollo").table, moon.chain("laika", "apollo 8 goes").hops,
    ):  # fmt: skip
        rows = list(table)
        assert rows == pyarrow.table(table).to_pylist() and len(rows) == len(table) > 0
        assert list(rows[0]) == table.column_names
    far = pyarrow.table({"key": ["a"], "date": ["9999-12-31"]})
    (row,) = threadline.from_tables(far, pyarrow.table({"source": ["a"], "target": ["a"]})).events
    assert row["date"] == datetime.date(9999, 12, 31)


def test_pandas_takes_a_table_as_it_is(moon: threadline.Graph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(moon.events)
    assert list(frame.columns) == moon.events.column_names and len(frame) == len(moon)
    assert frame["title"][0].startswith("The Soviet Union launches Sputnik 1")
    assert len(pandas.DataFrame(moon.stories().table)) == len(moon.stories())


def test_chains_are_told_when_somebody_looks(moon: threadline.Graph) -> None:
    one = ("sputnik-1-the-first", "neil-armstrong-steps")
    frame = pyarrow.table({"from": [one[0], "laika"], "to": [one[1], "michael-adams"]})
    found, none = moon.chains_between(frame)
    asked = moon.chain(*one)
    assert found == asked and len(found) == 1 and not none and none.best is None
    assert none.reason == moon.chain("laika", "michael-adams").reason
    for chains in (found, asked, pickle.loads(pickle.dumps(asked))):
        best = chains.best
        assert best is not None and best.length == len(best.links) == len(best.keys) - 1
        assert best.keys == [event.key for event in best.events]
        assert pyarrow.table(best.hops) == pyarrow.table(asked.hops)
    assert found.svg() == asked.svg() and found.markdown() == asked.markdown()
    [(before, *_)] = [moon.thread(one[1]).before]
    assert before.keys[-1] == asked.best.keys[-1] and before.length == len(before.links)
    [itself] = moon.chains_between([("laika", "laika")])
    assert itself.best is not None and itself.best.length == 0 and len(itself.best.keys) == 1
    assert repr(itself) == repr(pickle.loads(pickle.dumps(itself)))
    assert "length" in dir(best) and best.to_dict()["length"] == best.length


def test_distances_of_a_frame_of_pairs(moon: threadline.Graph) -> None:
    named = [("sputnik-1-the-first", "neil-armstrong-steps"), ("laika", "michael-adams")] * 300
    expected = moon.distances(named)
    assert expected.links == [2, None] * 300
    columns = {"weight": [1] * 600, "to": [b for _, b in named], "from": [a for a, _ in named]}
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    frames = [
        pyarrow.table(columns),
        pyarrow.table(columns).slice(0, 0),
        polars.DataFrame(columns),
        pyarrow.table({name: pyarrow.array(columns[name]).dictionary_encode() for name in columns}),
    ]
    if hasattr(pandas.DataFrame, "__arrow_c_stream__"):
        frames.append(pandas.DataFrame(columns))
    for frame in frames:
        found = moon.distances(frame)
        assert found.links == expected.links[: len(frame)]
    # An answer is a frame of pairs, too, now with whole keys.
    table = pyarrow.table(expected.table)
    assert table.column_names == ["from_event", "to_event", "links", "reason"]
    assert table["reason"].to_pylist() == [None, "unlinked"] * 300
    assert table["links"].to_pylist() == expected.links
    assert moon.distances(expected.table) == expected
    assert moon.distances(iter(named)) == expected
    assert moon.distances([list(pair) for pair in named]) == expected
    # A key that was given comes back as the object that it is.
    keys = (expected.distances[0].from_event, expected.distances[0].to_event)
    found = moon.distances([keys]).distances[0]
    assert (found.from_event, found.to_event) == keys and found.from_event is keys[0]
    assert moon.distances([]).links == []
    with pytest.raises(ValueError, match="the column `from` is missing in the pairs; there are `a`"):
        moon.distances(pyarrow.table({"a": ["x"]}))
    # Row numbers are no names; of a graph whose keys are numbers they are.
    rows = pyarrow.table({"from": [0], "to": [1]})
    with pytest.raises(ValueError, match="`from` of the pairs holds numbers, and no event"):
        moon.distances(rows)
    numbered = threadline.from_tables(
        pyarrow.table({"key": [0, 1]}), pyarrow.table({"source": [0], "target": [1]})
    )
    assert numbered.distances(rows).links == [1]


def test_polars_pandas_duckdb(moon: threadline.Graph) -> None:
    polars, pandas = pytest.importorskip("polars"), pytest.importorskip("pandas")
    assert polars.DataFrame(moon.events).height == len(moon)
    frame = (
        pandas.DataFrame.from_arrow(moon.events)
        if hasattr(pandas.DataFrame, "from_arrow")
        else pyarrow.table(moon.events).to_pandas()
    )
    assert len(frame) == len(moon)


def test_duckdb(moon: threadline.Graph) -> None:
    duckdb = pytest.importorskip("duckdb")
    events = moon.events
    assert duckdb.sql("select count(*) from events").fetchall() == [(len(events),)]
    wanted = duckdb.sql("select key, date from events where present")
    none = duckdb.sql("select '' as source, '' as target where false")
    graph = threadline.from_tables(wanted, none)
    assert len(graph) == moon.info().present


EVENTS = {
    "key": ["launch", "landing", "return"],
    "date": ["1969-07-16", "1969-07-20", None],
    "title": ["Apollo 11 leaves", "Eagle lands", None],
}
LINKS = {
    "source": ["launch", "landing", "launch"],
    "target": ["landing", "return", "elsewhere"],
    "topics": [["Apollo 11"], ["Apollo 11", "Moon"], None],
}


def in_shanghai(days: list[datetime.date | None], zone: str) -> pyarrow.Array:
    """Midnights there, which in UTC are of the day before."""
    east = datetime.timezone(datetime.timedelta(hours=8))
    midnights = [
        None if day is None else datetime.datetime.combine(day, datetime.time(), east)
        for day in days
    ]
    return pyarrow.array(midnights, pyarrow.timestamp("ns", zone))


def frames() -> list[Any]:
    days = [datetime.date(1969, 7, 16), datetime.date(1969, 7, 20), None]
    times = [
        None if day is None else datetime.datetime.combine(day, datetime.time(23, 59))
        for day in days
    ]
    dictionary = pyarrow.array(EVENTS["key"]).dictionary_encode()
    joined = ["Apollo 11", "Apollo 11|Moon", None]
    texts = pyarrow.table(EVENTS)
    made = [
        (texts, pyarrow.table(LINKS)),
        (texts.set_column(1, "date", pyarrow.array(days)), pyarrow.table(LINKS)),
        (texts.set_column(1, "date", pyarrow.array(days, pyarrow.date64())), pyarrow.table(LINKS)),
        (
            texts.set_column(1, "date", pyarrow.array(times, pyarrow.timestamp("us"))),
            pyarrow.table(LINKS),
        ),
        (
            texts.set_column(1, "date", pyarrow.array(times, pyarrow.timestamp("s", "UTC"))),
            pyarrow.table(LINKS),
        ),
        (texts.set_column(1, "date", in_shanghai(days, "Asia/Shanghai")), pyarrow.table(LINKS)),
        (texts.set_column(1, "date", in_shanghai(days, "+08:00")), pyarrow.table(LINKS)),
        (texts.set_column(0, "key", dictionary), pyarrow.table({**LINKS, "topics": joined})),
        (
            texts.cast(pyarrow.schema([(name, pyarrow.large_utf8()) for name in EVENTS])),
            pyarrow.table(LINKS),
        ),
        (pyarrow.concat_tables([texts.slice(0, 1), texts.slice(1)]), pyarrow.table(LINKS).slice(0)),
    ]
    if hasattr(pyarrow, "string_view"):  # PyArrow 16
        views = pyarrow.schema([(name, pyarrow.string_view()) for name in EVENTS])
        made.append((texts.cast(views), pyarrow.table(LINKS)))
    try:
        import polars

        made.append((polars.DataFrame(EVENTS), polars.DataFrame(LINKS)))
        import pandas

        made.append((pandas.DataFrame(EVENTS), pandas.DataFrame(LINKS)))
    except ImportError:
        pass
    return made


@pytest.mark.parametrize("at", range(len(frames())))
def test_frames_become_graphs(at: int) -> None:
    events, links = frames()[at]
    graph = threadline.from_tables(events, links)
    assert graph.counts == {"events": 4, "links": 3, "topics": 2}
    assert [event.date for event in graph.search()] == ["1969-07-16", "1969-07-20", None, None]
    assert graph.show("landing").topics == ["Apollo 11", "Moon"]
    assert not graph.show("elsewhere").present
    assert graph.chain("launch", "return").best.length == 2


def test_numbers_as_keys() -> None:
    events = pyarrow.table({"key": [10, 20], "date": ["2020-01-01", "2020-01-02"]})
    links = pyarrow.table({"source": pyarrow.array([10], pyarrow.uint8()), "target": [20.0]})
    graph = threadline.from_tables(events, links)
    assert graph.counts["events"] == 2
    assert graph.chain("10", "20").best.length == 1


@pytest.mark.parametrize(
    ("events", "links", "text"),
    [
        ({"name": ["a"]}, LINKS, "the column `key` is missing in events; there are `name`"),
        (
            EVENTS,
            {"from": ["a"], "to": ["b"]},
            "the column `source` is missing in links; there are `from`, `to`",
        ),
        (EVENTS, {"source": ["launch"]}, "`target` is missing"),
        (EVENTS, {"source": [0], "target": [1]}, "holds numbers"),
        ({"key": [["a"]], "date": [{"day": 1}]}, LINKS, "makes no sense there"),
        ({"key": pyarrow.array([], pyarrow.utf8()), "title": []}, {}, "`source` is missing"),
    ],
)
def test_frames_that_make_no_sense(events: Any, links: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text):
        threadline.from_tables(pyarrow.table(events), pyarrow.table(links))


@pytest.mark.parametrize("thing", [None, {}, "frame", 7, object()])
def test_what_is_no_frame(thing: object) -> None:
    with pytest.raises(TypeError, match="does not speak the Arrow C stream"):
        threadline.from_tables(thing, thing)


def test_bad_rows_are_problems() -> None:
    events = pyarrow.table(
        {"key": ["a", None, "a", "b"], "date": ["yesterday", None, None, "2020-01-01"]}
    )
    links = pyarrow.table({"source": ["a", None], "target": [None, "b"]})
    graph = threadline.from_tables(events, links)
    assert graph.counts["events"] == 2
    said = [(problem.page, problem.line) for problem in graph.check()]
    assert ("events", 1) in said and ("events", 2) in said and ("links", 1) in said


def test_empty_frames() -> None:
    none = pyarrow.array([], pyarrow.utf8())
    graph = threadline.from_tables(
        pyarrow.table({"key": none}), pyarrow.table({"source": none, "target": none})
    )
    assert len(graph) == 0
    assert graph.stories().to_dict()["stories"] == []
    assert len(graph.stories().saga_table) == 0
    assert "0 events" in repr(graph) and graph._repr_html_()
