"""Answers: what the command line prints for `--json`, with attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, ClassVar

from . import _html
from ._html import counted as _counted
from ._html import short as _short
from ._threadline import Table, table

Column = tuple[str, str, Callable[[Any], Any]]


class Record:
    """A part of an answer: its fields are attributes.

    `to_dict()` returns the plain data behind it, equal to the JSON of the
    command line. A field that the command line leaves out is None.
    """

    _kinds: ClassVar[dict[str, type[Record]]] = {}
    _optional: ClassVar[frozenset[str]] = frozenset()
    # What a notebook shows: the list that an answer is, and columns of it.
    _list: ClassVar[str | None] = None
    _head: ClassVar[tuple[str, ...]] = ()
    _data: dict[str, Any]
    _draw: Callable[[str, int], str] | None

    def __init__(self, data: dict[str, Any], draw: Callable[[str, int], str] | None = None) -> None:
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_draw", draw)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") or name not in self._data:
            if name in self._optional:
                return None
            fields = ", ".join(self._data)
            raise AttributeError(f"{type(self).__name__} has no field {name!r}; there are {fields}")
        return _wrapped(self._data[name], self._kinds.get(name, Record))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("an answer cannot be changed")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._data]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self._data == other._data

    def __hash__(self) -> int:
        return hash(repr(self._data))

    def __reduce__(self) -> tuple[type[Record], tuple[dict[str, Any]]]:
        return type(self), (self._data,)

    def to_dict(self) -> dict[str, Any]:
        """The plain data of this record, as the command line's `--json` has it."""
        return deepcopy(self._data)

    def __repr__(self) -> str:
        return f"<threadline.{type(self).__name__}: {self._summary()}>"

    def _summary(self) -> str:
        return ", ".join(_brief(name, value) for name, value in self._data.items())

    def svg(self, *, theme: str = "auto", width: int = 900) -> str:
        """The answer as a picture: SVG, as the command line draws it with `-o`.

        Args:
            theme: "light", "dark", or "auto" for that of the reader's system.
            width: Pixels from side to side, 320 to 8000.

        Raises:
            threadline.InputError: If there are no pictures of such an answer, or none
                so wide.
        """
        if self._draw is None:
            from ._errors import InputError

            raise InputError("there are pictures of chain, thread, story and timeline")
        return self._draw(theme, width)

    def _repr_html_(self) -> str:
        if self._draw is not None:
            from ._errors import Error

            try:
                return _html.picture(self._draw("auto", 900))
            except Error:
                pass  # No chain: the reason is text.
        if self._list is not None:
            return _html.rows(self._summary(), self._data.get(self._list, []), self._head)
        return _html.fields(type(self).__name__, self._data)


def _wrapped(value: Any, kind: type[Record]) -> Any:
    if isinstance(value, dict):
        return kind(value)
    if isinstance(value, list):
        return [_wrapped(item, kind) for item in value]
    return value


def _brief(name: str, value: Any) -> str:
    if isinstance(value, list):
        return _counted(len(value), name)
    if isinstance(value, dict):
        return f"{name} {{…}}"
    return f"{name}={_short(repr(value))}"


def _field(name: str) -> Callable[[Any], Any]:
    return lambda row: row.get(name)


def _columns(**kinds: str) -> list[Column]:
    return [(name, kind, _field(name)) for name, kind in kinds.items()]


def _table(rows: list[dict[str, Any]], columns: list[Column]) -> Table:
    return table([(name, kind, [get(row) for row in rows]) for name, kind, get in columns])


EVENT = _columns(key="text", date="date", title="text", present="bool")


class Event(Record):
    """An event where it is named: `key`, `date` (text or None), `title`, `present`."""

    key: str
    date: str | None
    title: str
    present: bool

    def _summary(self) -> str:
        return f"{self.date or 'no date'} {_short(self.title)}"


class Events(Record):
    """Found or ranked events; `table` has a row for each."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"events": Event}
    _optional: ClassVar[frozenset[str]] = frozenset({"by"})
    _list = "events"
    _head = ("date", "title", "links", "value")
    events: list[Event]

    def __len__(self) -> int:
        return len(self._data["events"])

    def __iter__(self) -> Iterator[Event]:
        return iter(self.events)

    def _summary(self) -> str:
        by = self.by
        return _counted(len(self), "events") + (f" by {by}" if by else "")

    @property
    def table(self) -> Table:
        """Columns `key`, `date`, `title`, `present`, and `links` and `in_title` or `value`."""
        further = {"links": "int", "in_title": "bool", "value": "float"}
        rows = self._data["events"]
        known = rows[0] if rows else {}
        return _table(rows, EVENT + _columns(**{n: k for n, k in further.items() if n in known}))


class Link(Record):
    """A link: `source` and `target` (keys), `rank`, `topics`, `page`, `line`; in a chain `strength`."""

    source: str
    target: str
    rank: int
    topics: list[str]
    page: str | None
    line: int


class Linked(Link):
    """A link, and the `event` at its other end."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"event": Event}
    event: Event


class ShownEvent(Event):
    """One event with its text: `summary`, `topics`, `sources`, `links`, `linked_from`, …"""

    _kinds: ClassVar[dict[str, type[Record]]] = {"links": Linked, "linked_from": Linked}
    summary: str | None
    lead_topic: str | None
    topics: list[str]
    page: str | None
    sources: list[Record]
    revisions: list[Record]
    links: list[Linked]
    linked_from: list[Linked]

    def _repr_html_(self) -> str:
        return _html.event(self._data)


class Chain(Record):
    """A chain with its evidence: `events`, `links` (one a hop), `strengths`, `coherence`, …"""

    _kinds: ClassVar[dict[str, type[Record]]] = {
        "events": Event,
        "links": Link,
        "further_links": Link,
    }
    events: list[Event]
    links: list[Link]
    further_links: list[list[Link]]
    length: int
    span: Record | None
    strengths: list[float]
    weakest: int | None
    weak_hops: list[int]
    coherence: Record | None
    subject_changes: list[bool]

    def _summary(self) -> str:
        first, last = self.events[0], self.events[-1]
        return f"{_counted(self.length, 'links')} from {_short(first.title)!r} to {_short(last.title)!r}"

    @property
    def hops(self) -> Table:
        """A row for each hop: from which event to which, by what, how strong.

        Columns `from_event`, `to_event` (keys), `from_date`, `to_date`,
        `topics`, `strength` (0 to 1), `page`, `line`.
        """
        events, strengths = self._data["events"], self._data["strengths"]
        ties = zip(self._data["links"], self._data["further_links"], strict=True)
        # Of several links between two events the one that makes the hop so strong.
        links = [
            max([first, *further], key=lambda link: link["strength"]) for first, further in ties
        ]
        rows = [
            {
                "from_event": one["key"],
                "to_event": other["key"],
                "from_date": one["date"],
                "to_date": other["date"],
                "strength": strength,
                **{name: link[name] for name in ("topics", "page", "line")},
            }
            for one, other, link, strength in zip(
                events, events[1:], links, strengths, strict=False
            )
        ]
        columns = _columns(
            from_event="text", to_event="text", from_date="date", to_date="date",
            topics="texts", strength="float", page="text", line="int",
        )  # fmt: skip
        return _table(rows, columns)


class Chains(Record):
    """Chains between two events, or the `reason` why there is none."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"chains": Chain}
    _optional: ClassVar[frozenset[str]] = frozenset({"reason", "gap", "surprise"})
    by: str
    chains: list[Chain]
    reason: str | None
    gap: Record | None
    surprise: Record | None

    def __len__(self) -> int:
        return len(self._data["chains"])

    def __iter__(self) -> Iterator[Chain]:
        return iter(self.chains)

    def __bool__(self) -> bool:
        return len(self) > 0

    @property
    def best(self) -> Chain | None:
        """The first chain; None if there is none."""
        return self.chains[0] if self else None

    @property
    def hops(self) -> Table:
        """The hops of the best chain, see `Chain.hops`."""
        best = self.best or Chain({"events": [], "links": [], "further_links": [], "strengths": []})
        return best.hops

    def _summary(self) -> str:
        return self.reason or "; ".join(chain._summary() for chain in self)


class Distances(Record):
    """The fewest links between the events of pairs, in the order of the pairs."""

    _optional: ClassVar[frozenset[str]] = frozenset({"max_links"})
    _list = "distances"
    _head = ("links", "from_event", "to_event")
    directed: bool
    max_links: int | None
    distances: list[Record]

    def __len__(self) -> int:
        return len(self._data["distances"])

    def __iter__(self) -> Iterator[Record]:
        return iter(self.distances)

    @property
    def links(self) -> list[int | None]:
        """The fewest links of each pair; None if no chain ties the two."""
        return [row["links"] for row in self._data["distances"]]

    @property
    def table(self) -> Table:
        """A row for each pair: `from_event`, `to_event` (keys), `links`."""
        columns = _columns(from_event="text", to_event="text", links="int")
        return _table(self._data["distances"], columns)

    def _summary(self) -> str:
        tied = sum(links is not None for links in self.links)
        return f"{tied:,} of {_counted(len(self), 'pairs')} tied by links"


class Thread(Record):
    """What led to an event (`before`) and what followed (`after`): chains in time.

    `weak_before` and `weak_after` are the ends from which only links that tell
    little lead on: `event` (key), how many `events` they lead to, the `strength`
    and `topics` of the strongest.
    """

    _kinds: ClassVar[dict[str, type[Record]]] = {"event": Event, "before": Chain, "after": Chain}
    event: Event
    before: list[Chain]
    after: list[Chain]
    weak_before: list[Record]
    weak_after: list[Record]

    def _summary(self) -> str:
        before, after = _counted(len(self.before), "chains"), len(self.after)
        return f"{_short(self.event.title)!r} with {before} before and {after} after"


class Story(Record):
    """A story: `id`, `name`, `size`, `first`, `last`, `topics`, `key_events`, `events` (keys)."""

    id: int
    name: str
    size: int
    first: str | None
    last: str | None
    topics: list[str]
    saga: int | None
    key_events: list[str]
    events: list[str]

    def _summary(self) -> str:
        return (
            f"{self.id}: {self.name}, {_counted(self.size, 'events')}, {self.first} to {self.last}"
        )


class ToldStory(Story):
    """A story, told: also `ranks`, `loose` (events that no link ties to the others:
    `event`, the `other` it is nearest to, `topics` of both, `days`), `sub_stories`,
    `related`, `timeline`, `bursts`, and `asked`, the key of the event whose name it was asked for by (None for a number)."""

    asked: str | None
    ranks: list[Record]
    loose: list[Record]
    sub_stories: list[Record]
    related: list[Record]
    period: str
    timeline: list[Record]
    bursts: list[Record]


class Stories(Record):
    """Stories, the `sagas` that they form, and the keys of events `alone`."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"stories": Story}
    _list = "stories"
    _head = ("id", "name", "size", "first", "last")
    stories: list[Story]
    sagas: list[Record]
    alone: list[str]

    def __len__(self) -> int:
        return len(self._data["stories"])

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    @property
    def table(self) -> Table:
        """A row for each story: `id`, `name`, `size`, `first`, `last`, `topics`, `saga`, `events`."""
        columns = _columns(
            id="int", name="text", size="int", first="date", last="date", topics="texts",
            saga="int", key_events="texts", events="texts",
        )  # fmt: skip
        return _table(self._data["stories"], columns)


class Clusters(Record):
    """Clusters, the largest first, and those `folded` for their size."""

    _optional: ClassVar[frozenset[str]] = frozenset(
        {"quality", "resolution", "weight", "seed", "modularity"}
    )
    _list = "clusters"
    _head = ("id", "size", "first", "last", "topics")
    method: str
    clusters: list[Record]
    folded: list[Record]

    def __len__(self) -> int:
        return len(self._data["clusters"])

    def __iter__(self) -> Iterator[Record]:
        return iter(self.clusters)

    @property
    def table(self) -> Table:
        """A row for each cluster: `id`, `size`, `first`, `last`, `topics`, `events` (keys)."""
        columns = _columns(
            id="int", size="int", first="date", last="date", topics="texts", events="texts"
        )
        return _table(self._data["clusters"], columns)


class Sweep(Record):
    """Communities at several resolutions, one of the `levels` each."""

    _list = "levels"
    _head = (
        "resolution", "communities", "of_several", "largest", "median", "modularity", "nmi", "ari",
    )  # fmt: skip
    quality: str
    levels: list[Record]

    @property
    def table(self) -> Table:
        """A row for each level: `resolution`, `communities`, `of_several` (of more
        than one event), `largest`, `median`, `modularity`, `nmi`, `ari`."""
        columns = _columns(
            resolution="float", communities="int", of_several="int", largest="int", median="int",
            modularity="float", nmi="float", ari="float",
        )  # fmt: skip
        return _table(self._data["levels"], columns)


class Timeline(Record):
    """Counts over time: `bins` of all events, or `steps` and `rows`."""

    _optional: ClassVar[frozenset[str]] = frozenset({"bins", "undated", "steps", "rows", "bursts"})
    period: str
    bins: list[Record] | None
    rows: list[Record] | None
    steps: list[Record] | None
    bursts: list[Record] | None

    @property
    def table(self) -> Table:
        """A row for each step: `label`, `start`, `count`; with rows one for each
        row and step, with `name` (a topic, or a story's number and name)."""
        step = _columns(label="text", start="date", count="int")
        if "bins" in self._data:
            return _table(self._data["bins"], step + _columns(events="texts"))
        rows = [
            {"name": _subject(row), **place, "count": count}
            for row in self._data["rows"]
            for place, count in zip(self._data["steps"], row["counts"], strict=True)
        ]
        return _table(rows, _columns(name="text") + step)


def _subject(row: dict[str, Any]) -> str | None:
    if "story" in row:
        return f"{row['story']}: {row['name']}"
    return row.get("topic")


class Bursts(Record):
    """Bursts: spans in which events were far more frequent than usual."""

    _list = "bursts"
    _head = ("topic", "story", "name", "start", "end", "count", "weight", "topics")
    bursts: list[Record]

    def __len__(self) -> int:
        return len(self._data["bursts"])

    def __iter__(self) -> Iterator[Record]:
        return iter(self.bursts)

    @property
    def table(self) -> Table:
        """A row for each: `name`, `start`, `end`, `weight`, `count`, `topics`, `key_event`, `events`."""
        columns: list[Column] = [("name", "text", _subject)]
        columns += _columns(
            start="date", end="date", weight="float", count="int", topics="texts",
            key_event="text", events="texts",
        )  # fmt: skip
        return _table(self._data["bursts"], columns)


class Topics(Record):
    """Topics, or what comes with one, or what ties two."""

    _optional: ClassVar[frozenset[str]] = frozenset(
        {"with", "between", "events", "links", "of", "together"}
    )
    _list = "topics"
    _head = ("name", "events", "links", "together", "expected", "log_likelihood", "first", "last")

    def __len__(self) -> int:
        return len(self._data.get("topics", ()))

    def _summary(self) -> str:
        if "between" in self._data:
            one, other = self._data["between"]
            return _counted(len(self._data["events"]), "events") + f" of both {one} and {other}"
        if "with" in self._data:
            others = " and ".join(self._data["with"])
            return _counted(len(self), "topics") + f" that come with {others}"
        return _counted(len(self), "topics")

    def _repr_html_(self) -> str:
        if "between" in self._data:
            return _html.rows(self._summary(), self._data["events"], ("date", "title", "score"))
        return super()._repr_html_()

    @property
    def table(self) -> Table:
        """A row for each topic."""
        rows = self._data.get("topics", [])
        kinds = {
            "name": "text", "events": "int", "links": "int", "together": "int",
            "expected": "float", "log_likelihood": "float", "first": "date", "last": "date",
        }  # fmt: skip
        known = rows[0] if rows else {}
        return _table(
            rows, _columns(**{n: k for n, k in kinds.items() if n in known or n == "name"})
        )


class Info(Record):
    """How much there is: `events` (of them `present` and `absent`), `links`, `topics`,
    `first` and `last` day, `components`, `most_linked`, `most_frequent_topics`, …"""

    events: int
    present: int
    absent: int
    links: int
    topics: int
    first: str | None
    last: str | None
    undated: int
    components: int
    largest_components: list[int]
    most_linked: list[Record]
    most_frequent_topics: list[Record]


class Problems(Record):
    """What is wrong with an archive."""

    _list = "problems"
    _head = ("severity", "code", "page", "line", "message")
    problems: list[Record]

    def __len__(self) -> int:
        return len(self._data["problems"])

    def __iter__(self) -> Iterator[Record]:
        return iter(self.problems)

    @property
    def table(self) -> Table:
        """A row for each: `code`, `severity`, `page`, `line`, `message`."""
        columns = _columns(code="text", severity="text", page="text", line="int", message="text")
        return _table(self._data["problems"], columns)
