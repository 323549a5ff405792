"""Graphs of other libraries, made of the tables; none of them is required."""

from __future__ import annotations

from typing import Any

from ._threadline import Graph, columns


def _tables(native: Graph, rows: list[int] | None) -> tuple[list[dict[str, Any]], Any, Any, Any]:
    """The attributes of each event, and of each link its ends and attributes."""
    events, topics = columns(native.table("events")), columns(native.table("topics"))["name"]
    links = columns(native.table("links"))
    names = [[topics[at] for at in ids] for ids in events["topics"]]
    leads = [None if at is None else topics[at] for at in events["lead_topic"]]
    fields = ("key", "date", "title", "summary", "present", "page")
    nodes = [
        dict(zip((*fields, "lead_topic", "topics"), values, strict=True))
        for values in zip(*(events[name] for name in fields), leads, names, strict=True)
    ]
    place = None
    if rows is not None:
        place = dict(zip(rows, range(len(rows)), strict=True))
        nodes = [nodes[row] for row in rows]
    sources, targets, attributes = [], [], []
    for source, target, rank, ids, line in zip(
        links["source"], links["target"], links["rank"], links["topics"], links["line"], strict=True
    ):
        if place is not None:
            if source not in place or target not in place:
                continue
            source, target = place[source], place[target]
        sources.append(source)
        targets.append(target)
        attributes.append({"rank": rank, "topics": [topics[at] for at in ids], "line": line})
    return nodes, sources, targets, attributes


def to_networkx(native: Graph, rows: list[int] | None) -> Any:
    import networkx

    nodes, sources, targets, attributes = _tables(native, rows)
    graph = networkx.MultiDiGraph()
    keys = [node["key"] for node in nodes]
    graph.add_nodes_from((node.pop("key"), node) for node in nodes)
    graph.add_edges_from(
        (keys[source], keys[target], link)
        for source, target, link in zip(sources, targets, attributes, strict=True)
    )
    return graph


def to_igraph(native: Graph, rows: list[int] | None) -> Any:
    import igraph

    nodes, sources, targets, attributes = _tables(native, rows)
    graph = igraph.Graph(
        n=len(nodes), edges=list(zip(sources, targets, strict=True)), directed=True
    )
    fields = ("key", "date", "title", "summary", "present", "page", "lead_topic", "topics")
    for name in fields:
        graph.vs["name" if name == "key" else name] = [node[name] for node in nodes]
    for name in ("rank", "topics", "line"):
        graph.es[name] = [link[name] for link in attributes]
    return graph


def to_scipy(native: Graph, rows: list[int] | None) -> Any:
    import numpy
    from scipy import sparse

    nodes, sources, targets, _ = _tables(native, rows)
    ones = numpy.ones(len(sources), dtype=numpy.int64)
    shape = (len(nodes), len(nodes))
    # Links that stand twice are added up.
    return sparse.coo_array((ones, (sources, targets)), shape=shape).tocsr()


def to_rustworkx(native: Graph, rows: list[int] | None) -> Any:
    import rustworkx

    nodes, sources, targets, attributes = _tables(native, rows)
    graph = rustworkx.PyDiGraph(multigraph=True)
    graph.add_nodes_from(nodes)
    graph.add_edges_from(list(zip(sources, targets, attributes, strict=True)))
    return graph
