"""Graphs of other libraries have every event, link and attribute."""

from __future__ import annotations

import pytest

import threadline


def test_networkx(moon: threadline.Graph) -> None:
    pytest.importorskip("networkx")
    graph = moon.to_networkx()
    counts = moon.counts
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (counts["events"], counts["links"])
    shown = moon.show("neil-armstrong-steps")
    node = graph.nodes[shown.key]
    assert (node["date"], node["title"], node["topics"]) == (shown.date, shown.title, shown.topics)
    link = shown.links[0]
    edges = graph.get_edge_data(link.source, link.target).values()
    assert {"rank": link.rank, "topics": link.topics, "line": link.line} in list(edges)


def test_a_view_has_its_own_events_and_the_links_between_them(moon: threadline.Graph) -> None:
    pytest.importorskip("networkx")
    view = moon.select(topic="Soviet Union")
    whole, part = moon.to_networkx(), view.to_networkx()
    keys = [event.key for event in view.search()]
    assert sorted(part) == sorted(keys) and 1 < len(keys) < len(moon)
    assert part.number_of_edges() == whole.subgraph(keys).number_of_edges() > 0


def test_igraph(moon: threadline.Graph) -> None:
    pytest.importorskip("igraph")
    graph = moon.to_igraph()
    assert (graph.vcount(), graph.ecount()) == (moon.counts["events"], moon.counts["links"])
    assert graph.is_directed()
    components = graph.connected_components(mode="weak")
    ours = moon.clusters(method="components").clusters
    assert sorted(map(len, components), reverse=True) == [part.size for part in ours]
    assert graph.vs[0]["name"].startswith("news/1957/10/4/")


def test_scipy(moon: threadline.Graph) -> None:
    pytest.importorskip("scipy")
    matrix = moon.to_scipy()
    assert matrix.format == "csr"
    assert matrix.sum() == moon.counts["links"]
    assert matrix.shape == (len(moon), len(moon))


def test_rustworkx(moon: threadline.Graph) -> None:
    pytest.importorskip("rustworkx")
    graph = moon.to_rustworkx()
    assert (graph.num_nodes(), graph.num_edges()) == (moon.counts["events"], moon.counts["links"])
    assert graph[0]["date"] == "1957-10-04"
