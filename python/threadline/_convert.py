"""Graphs of other libraries; none of them is required.

An event and a link have what node-link JSON (`export(…, to="json")`) says of
them, under the same names.
"""

from __future__ import annotations

import gc
import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ._threadline import Graph


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Puts the garbage collector off: it would look through a growing graph
    again and again, in which nothing is garbage, for longer than making it takes."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _package(name: str) -> Any:
    """A library that a graph is made for.

    Raises:
        ImportError: If it is not installed; the error says how to.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as missing:
        package = name.partition(".")[0]
        if (missing.name or "").partition(".")[0] != package:
            raise  # It is there, and lacks something itself.
        text = f"to_{package}() needs {package}: pip install {package}"
        raise ImportError(text, name=package) from None


def to_networkx(native: Graph, select: str, stories: bool) -> Any:
    networkx = _package("networkx")

    graph = networkx.MultiDiGraph()
    with _without_collecting():
        nodes, links, (_, sources, targets) = native.attributes(select, stories)
        keys = [node.pop("key") for node in nodes]
        graph.add_nodes_from(zip(keys, nodes, strict=True))
        # Straight into the adjacency of the fresh graph: node, neighbour, key,
        # attributes, in one dict both ways. `add_edge` takes nearly three times
        # as long, `add_edges_from` four times.
        after, before = graph._succ, graph._pred
        for source, target, link in zip(sources, targets, links, strict=True):
            one, other = keys[source], keys[target]
            parallel = after[one].get(other)
            if parallel is None:
                parallel = after[one][other] = before[other][one] = {}
            parallel[link.pop("key")] = link
    return graph


def to_igraph(native: Graph, select: str, stories: bool) -> Any:
    igraph = _package("igraph")

    with _without_collecting():
        nodes, links, (_, sources, targets) = native.attributes(select, stories)
        ends = list(zip(sources, targets, strict=True))
        graph = igraph.Graph(n=len(nodes), edges=ends, directed=True)
        for name in nodes[0] if nodes else ():
            # What igraph itself calls a vertex by.
            graph.vs["name" if name == "key" else name] = [node[name] for node in nodes]
        for name in links[0] if links else ():
            graph.es[name] = [link[name] for link in links]
    return graph


def to_scipy(native: Graph, select: str, weight: str) -> Any:
    from ._errors import InputError

    sparse = _package("scipy.sparse")
    import numpy  # Without which there is no SciPy.

    if weight == "strength":
        _, links, (count, sources, targets) = native.attributes(select, False)
        values = numpy.array([link["strength"] for link in links], dtype=numpy.float64)
    elif weight == "none":
        count, sources, targets = native.ends(select)
        values = numpy.ones(len(sources), dtype=numpy.int64)
    else:
        raise InputError(f"`weight` is none or strength, not `{weight}`")
    # Links that stand twice are added up.
    return sparse.coo_array((values, (sources, targets)), shape=(count, count)).tocsr()


def to_rustworkx(native: Graph, select: str, stories: bool) -> Any:
    rustworkx = _package("rustworkx")

    graph = rustworkx.PyDiGraph(multigraph=True)
    with _without_collecting():
        nodes, links, (_, sources, targets) = native.attributes(select, stories)
        graph.add_nodes_from(nodes)
        graph.add_edges_from(list(zip(sources, targets, links, strict=True)))
    return graph


def to_raphtory(native: Graph, select: str, stories: bool) -> Any:
    raphtory = _package("raphtory")

    graph = raphtory.Graph()
    nodes, links, (_, sources, targets) = native.attributes(select, stories)
    keys = [node["key"] for node in nodes]
    dates = [node["date"] for node in nodes]
    # What has no date exists always: from the first day that there is.
    first = min((date for date in dates if date is not None), default="1970-01-01")
    for key, date, node in zip(keys, dates, nodes, strict=True):
        graph.add_node(date or first, key).add_metadata(_given(node))
    for source, target, link in zip(sources, targets, links, strict=True):
        # Both ends exist from the later one's day on.
        later = max(dates[source] or first, dates[target] or first)
        graph.add_edge(later, keys[source], keys[target], properties=link)
    return graph


def _given(attributes: Any) -> Any:
    """The attributes without those that are None, for which Raphtory has no type."""
    if isinstance(attributes, dict):
        return {name: _given(value) for name, value in attributes.items() if value is not None}
    if isinstance(attributes, list):
        return [_given(value) for value in attributes]
    return attributes
