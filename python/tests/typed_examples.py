"""What a user's own typed code looks like: type checkers read it, a test runs it."""

from __future__ import annotations

import threadline


def longest_stories(graph: threadline.Graph | threadline.View, most: int) -> list[tuple[str, int]]:
    found: threadline.answers.Stories = graph.stories(sort="size", min_size=2)
    return [(story.name, story.size) for story in found.stories[:most]]


def connection(graph: threadline.Graph, one: str, other: str) -> str:
    chain = graph.chain(one, other, by="strongest", in_time=True, avoid=["NASA"])
    if chain.best is None:
        return chain.reason or "no chain"
    hops: threadline.Table = chain.best.hops
    days = [event.date or "no date" for event in chain.best.events]
    return f"{len(hops)} hops: {', '.join(days)}"


def apart(graph: threadline.Graph, pairs: list[tuple[str, str]]) -> int:
    found: threadline.answers.Distances = graph.distances(pairs, directed=True, max_links=9)
    known = [links for links in found.links if links is not None]
    return max(known, default=0) + len(found.table)


def evidence(graph: threadline.Graph, event: str) -> dict[str, list[str]]:
    shown = graph.show(event)
    return {link.event.title: link.topics for link in [*shown.links, *shown.linked_from]}


def busiest(graph: threadline.Graph, topic: str, year: int) -> str | None:
    view = graph.select(topic=topic, start=year, end=year)
    table: threadline.Table = view.events
    if len(table) == 0:
        return None
    bins = view.timeline("month").bins or []
    return str(max(bins, key=lambda step: int(step.count)).label)


def ties(graph: threadline.Graph, one: str, other: str) -> dict[str, float]:
    found: threadline.answers.TopicTies = graph.topics(between=(one, other))
    assert len(found.table) == found.together
    return {link.source: link.strength for link in found.links if link.names_both}


def company(graph: threadline.Graph, topic: str) -> list[tuple[str, int]]:
    found: threadline.answers.DistinctiveTopics = graph.topics(with_=topic)
    assert found.with_ == [topic] and found.events <= found.of
    return [(other.name, sum(other.counts)) for other in found if other.together > 1]


def near_names(graph: threadline.Graph, name: str) -> str:
    try:
        return graph.show(name).key
    except threadline.NotFoundError as error:
        return str(error)


def report(path: str) -> dict[str, int]:
    read: list[int] = []
    graph = threadline.build(path, progress=lambda pages, expected: read.append(pages))
    counts = graph.counts
    return {**counts, "pages": read[-1], "sweep": len(graph.sweep().levels)}
