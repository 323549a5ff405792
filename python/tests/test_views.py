"""A view has tables of its own, and says where to ask what it does not answer."""

from __future__ import annotations

import pytest

import threadline

pyarrow = pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def view(moon: threadline.Graph) -> threadline.View:
    return moon.select(topic="Soviet Union", start=1957, end=1969)


def test_events_are_the_selected_rows_in_their_order(
    moon: threadline.Graph, view: threadline.View
) -> None:
    keys = {event.key for event in view.search()}
    part, whole = pyarrow.table(view.events), pyarrow.table(moon.events)
    assert part.schema == whole.schema
    assert part.to_pylist() == [row for row in whole.to_pylist() if row["key"] in keys]
    assert 1 < part.num_rows == len(view) < len(moon)


def test_links_name_rows_of_the_views_own_events(
    moon: threadline.Graph, view: threadline.View
) -> None:
    def named(graph: threadline.Graph | threadline.View) -> list[tuple[object, ...]]:
        keys = pyarrow.table(graph.events)["key"].to_pylist()
        topics = pyarrow.table(graph.topic_names)["name"].to_pylist()
        return [
            (
                keys[link["source"]], keys[link["target"]], link["rank"], link["line"],
                [topics[at] for at in link["topics"]],
            )
            for link in pyarrow.table(graph.links).to_pylist()
        ]  # fmt: skip

    keys = set(pyarrow.table(view.events)["key"].to_pylist())
    both_ends = [link for link in named(moon) if link[0] in keys and link[1] in keys]
    assert named(view) == both_ends
    assert 0 < len(both_ends) < len(moon.links)
    assert pyarrow.table(view.links).schema == pyarrow.table(moon.links).schema


@pytest.mark.parametrize("name", ["sources", "revisions"])
def test_what_belongs_to_events(moon: threadline.Graph, view: threadline.View, name: str) -> None:
    def named(graph: threadline.Graph | threadline.View) -> list[dict[str, object]]:
        keys = pyarrow.table(graph.events)["key"].to_pylist()
        rows = pyarrow.table(getattr(graph, name)).to_pylist()
        return [{**row, "event": keys[row["event"]]} for row in rows]

    keys = set(pyarrow.table(view.events)["key"].to_pylist())
    expected = [row for row in named(moon) if row["event"] in keys]
    assert named(view) == expected != []
    assert len(expected) < len(getattr(moon, name))


def test_a_view_of_nothing_and_of_everything(moon: threadline.Graph) -> None:
    nothing = moon.select(start=1800, end=1801)
    assert (len(nothing), len(nothing.events), len(nothing.links)) == (0, 0, 0)
    everything = moon.select()
    assert pyarrow.table(everything.links).equals(pyarrow.table(moon.links))
    dated = moon.select(start=1900)
    assert pyarrow.table(dated.links).equals(pyarrow.table(moon.links))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("show", r"view\.graph\.show"),
        ("story", r"view\.graph\.story"),
        ("check", r"view\.graph\.check"),
        ("problems", r"view\.graph\.problems"),
        ("save", r"threadline\.build"),
        ("counts", r"len\(view\)"),
        ("colour", "no 'colour'"),
    ],
)
def test_what_a_view_has_not(view: threadline.View, name: str, text: str) -> None:
    assert not hasattr(view, name)
    with pytest.raises(AttributeError, match=text):
        getattr(view, name)


def test_a_view_is_kept_as_the_error_says(view: threadline.View, tmp_path: object) -> None:
    folder = f"{tmp_path}/part"
    view.export(folder, to="csv")
    again = threadline.build(folder)
    assert (len(again), len(again.links)) == (len(view), len(view.links))
