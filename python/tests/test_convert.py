"""Graphs of other libraries have every event, link and attribute."""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

import pytest

import threadline


def exported(asked: threadline.Graph | threadline.View, folder: Path) -> Any:
    """The same events by way of a file, as NetworkX reads it."""
    networkx = pytest.importorskip("networkx")
    asked.export(folder / "graph.json")
    data = json.loads((folder / "graph.json").read_text("utf-8"))
    # Before NetworkX 3.6 edges were called links.
    return networkx.node_link_graph({**data, "links": data["edges"]})


def test_networkx_gets_what_node_link_json_says(moon: threadline.Graph, tmp_path: Path) -> None:
    pytest.importorskip("networkx")
    for asked in (moon, moon.select(topic="Soviet Union")):
        ours, by_file = asked.to_networkx(), exported(asked, tmp_path)
        assert list(ours.nodes(data=True)) == list(by_file.nodes(data=True))
        edges = list(ours.edges(keys=True, data=True))
        assert edges == list(by_file.edges(keys=True, data=True)) and len(edges) > 0
        for source, target, key, link in edges:
            assert ours.pred[target][source][key] is ours.succ[source][target][key]
            assert 0 < link["strength"] <= 1


def test_without_stories_all_else_is_there(moon: threadline.Graph) -> None:
    pytest.importorskip("networkx")
    whole, bare = moon.to_networkx(), moon.to_networkx(stories=False)
    for node, attributes in whole.nodes(data=True):
        assert {"story", "story_name"} <= set(attributes)
        left = {n: v for n, v in attributes.items() if n not in ("story", "story_name")}
        assert bare.nodes[node] == left
    assert list(bare.edges(keys=True, data=True)) == list(whole.edges(keys=True, data=True))


def test_the_collector_works_on_afterwards(moon: threadline.Graph) -> None:
    networkx = pytest.importorskip("networkx")
    assert gc.isenabled()
    moon.to_networkx()
    assert gc.isenabled()
    with pytest.MonkeyPatch.context() as patch, pytest.raises(RuntimeError, match="full"):
        patch.setattr(networkx.MultiDiGraph, "add_nodes_from", no_room)
        moon.to_networkx()
    assert gc.isenabled()
    gc.disable()
    try:
        moon.to_networkx()
        assert not gc.isenabled()
    finally:
        gc.enable()


def no_room(*arguments: object, **attributes: object) -> None:
    raise RuntimeError("full")


def test_a_view_has_its_own_events_and_the_links_between_them(moon: threadline.Graph) -> None:
    pytest.importorskip("networkx")
    view = moon.select(topic="Soviet Union")
    whole, part = moon.to_networkx(), view.to_networkx()
    keys = [event.key for event in view.search()]
    assert sorted(part) == sorted(keys) and 1 < len(keys) < len(moon)
    assert part.number_of_edges() == whole.subgraph(keys).number_of_edges() > 0


def test_igraph(moon: threadline.Graph, tmp_path: Path) -> None:
    pytest.importorskip("igraph")
    graph = moon.to_igraph()
    assert (graph.vcount(), graph.ecount()) == (moon.counts["events"], moon.counts["links"])
    assert graph.is_directed()
    components = graph.connected_components(mode="weak")
    ours = moon.clusters(method="components").clusters
    assert sorted(map(len, components), reverse=True) == [part.size for part in ours]
    by_file = exported(moon, tmp_path)
    for vertex in graph.vs:
        attributes = vertex.attributes()
        assert by_file.nodes[attributes.pop("name")] == attributes
    for edge in graph.es:
        attributes = edge.attributes()
        ends = (graph.vs[at]["name"] for at in edge.tuple)
        assert by_file.edges[(*ends, attributes.pop("key"))] == attributes


def test_scipy(moon: threadline.Graph) -> None:
    pytest.importorskip("scipy")
    matrix = moon.to_scipy()
    assert matrix.format == "csr"
    assert matrix.sum() == moon.counts["links"]
    assert matrix.shape == (len(moon), len(moon))
    link = moon.chain("sputnik-1-the-first", "neil-armstrong-steps", directed=True).best.links[0]
    rows = {event.key: row for row, event in enumerate(moon.search())}
    place = (rows[link.source], rows[link.target])
    assert matrix[place] == 1
    assert round(moon.to_scipy(weight="strength")[place], 4) == link.strength
    with pytest.raises(ValueError, match="none or strength"):
        moon.to_scipy(weight="much")  # type: ignore[arg-type]


def test_rustworkx(moon: threadline.Graph, tmp_path: Path) -> None:
    pytest.importorskip("rustworkx")
    graph, by_file = moon.to_rustworkx(), exported(moon, tmp_path)
    assert (graph.num_nodes(), graph.num_edges()) == (moon.counts["events"], moon.counts["links"])
    keys = [node.pop("key") for node in graph.nodes()]
    assert [by_file.nodes[key] for key in keys] == graph.nodes()
    for source, target, link in graph.weighted_edge_list():
        assert by_file.edges[(keys[source], keys[target], link.pop("key"))] == link


def test_raphtory(moon: threadline.Graph, tmp_path: Path) -> None:
    pytest.importorskip("raphtory")
    for asked in (moon, moon.select(topic="Soviet Union")):
        graph, by_file = asked.to_raphtory(), exported(asked, tmp_path)
        assert graph.count_nodes() == len(by_file)
        assert graph.count_temporal_edges() == by_file.number_of_edges()
        for key, attributes in by_file.nodes(data=True):
            node = graph.node(key)
            known = node.metadata.as_dict()
            assert known.pop("key") == key
            given = {name: value for name, value in attributes.items() if value is not None}
            assert known == without_none(given)
            assert day(node.earliest_time) == attributes["date"]
        for update in graph.edges.explode():
            source, target = update.src.name, update.dst.name
            link = update.properties.as_dict()
            assert by_file.edges[(source, target, link.pop("key"))] == link
            later = max(by_file.nodes[key]["date"] for key in (source, target))
            assert day(update.earliest_time) == later


def test_raphtory_what_has_no_date_is_there_from_the_first_day() -> None:
    pytest.importorskip("raphtory")
    pyarrow = pytest.importorskip("pyarrow")
    events = {"key": ["a", "b", "c", "d"], "date": ["1961-04-12", None, "1969-07-20", None]}
    links = {"source": ["b", "b", "a", "a"], "target": ["c", "d", "c", "c"]}
    graph = threadline.from_tables(pyarrow.table(events), pyarrow.table(links)).to_raphtory()
    assert [day(graph.node(key).earliest_time) for key in "abcd"] == [
        "1961-04-12", "1961-04-12", "1969-07-20", "1961-04-12"
    ]  # fmt: skip
    assert day(graph.edge("b", "c").earliest_time) == "1969-07-20"
    assert day(graph.edge("b", "d").earliest_time) == "1961-04-12"
    double = [update.properties["key"] for update in graph.edge("a", "c").explode()]
    assert sorted(double) == [0, 1] and graph.count_edges() == 3
    undated = {"key": ["a", "b"]}, {"source": ["a"], "target": ["b"]}
    graph = threadline.from_tables(*map(pyarrow.table, undated)).to_raphtory()
    assert day(graph.edge("a", "b").earliest_time) == "1970-01-01"


def day(time: Any) -> str:
    return str(time.dt.date())


def without_none(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: without_none(item) for name, item in value.items() if item is not None}
    return [without_none(item) for item in value] if isinstance(value, list) else value


def test_graphs_without_events(moon: threadline.Graph) -> None:
    nothing = moon.select(start="2030")
    for library in ("networkx", "igraph", "rustworkx", "raphtory"):
        pytest.importorskip(library)
        graph = getattr(nothing, f"to_{library}")()
        count = {"igraph": "vcount", "rustworkx": "num_nodes", "raphtory": "count_nodes"}
        assert getattr(graph, count.get(library, "number_of_nodes"))() == 0


@pytest.mark.parametrize("package", ["networkx", "igraph", "scipy", "rustworkx", "raphtory"])
def test_without_its_library_it_says_what_to_install(
    moon: threadline.Graph, monkeypatch: pytest.MonkeyPatch, package: str
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, package, None)
    said = rf"to_{package}\(\) needs {package}: pip install {package}"
    with pytest.raises(ImportError, match=said) as raised:
        getattr(moon, f"to_{package}")()
    assert raised.value.name == package
