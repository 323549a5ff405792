"""Answers: what the command line prints for `--json`, with attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from functools import cached_property
from typing import Any, ClassVar

from . import _html
from ._asked import Asked
from ._errors import Error, InputError
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
    # The question, if there are pictures of the answer.
    _asked: Asked | None

    def __init__(self, data: dict[str, Any], asked: Asked | None = None) -> None:
        object.__setattr__(self, "_data", data)
        object.__setattr__(self, "_asked", asked)

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
        return self._drawn(theme, width)

    def _drawn(self, theme: str, width: int, **further: Any) -> str:
        if self._asked is None:
            raise InputError(
                "a picture is of chains, a thread, a story, a timeline or topics that a graph has"
                " just given; one that was kept has to be asked for again"
            )
        return self._asked.svg(theme, width, **further)

    def _repr_html_(self) -> str:
        if self._asked is not None:
            try:
                return _html.picture(self.svg())
            except Error:
                pass  # No chain: the reason is text.
        if self._list is not None:
            return _html.rows(self._summary(), self._data.get(self._list, []), self._head)
        return _html.fields(type(self).__name__, self._data)


class Told(Record):
    """An answer that can be told as a dossier: dated entries, sources as footnotes, the
    file and line of each link."""

    def markdown(self) -> str:
        """The answer as a dossier in Markdown, as the command line writes `-o NAME.md`.

        Raises:
            KeyError: If there is nothing to tell: no chain.
        """
        return self._dossier(html=False)

    def html(self) -> str:
        """The same as a page of HTML that needs no other file and runs no script.

        Raises:
            KeyError: If there is nothing to tell: no chain.
        """
        return self._dossier(html=True)

    def _dossier(self, *, html: bool) -> str:
        if self._asked is None:
            raise InputError("a dossier is of an answer that a graph has just given; ask again")
        return self._asked.dossier(html=html)


class OverTime(Record):
    """An answer whose picture may have many rows."""

    def svg(self, *, theme: str = "auto", width: int = 900, rows: int = 20) -> str:
        """The answer as a picture: SVG, as the command line draws it with `-o`.

        Args:
            theme: "light", "dark", or "auto" for that of the reader's system.
            width: Pixels from side to side, 320 to 8000.
            rows: Of topics and stories draw so many, the first; 0 for all.

        Raises:
            threadline.InputError: If there are no pictures of such an answer, or none
                so wide.
        """
        return self._drawn(theme, width, most_rows=rows)


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


def columns_of(**kinds: str) -> list[Column]:
    return [(name, kind, _field(name)) for name, kind in kinds.items()]


def table_of(rows: list[dict[str, Any]], columns: list[Column]) -> Table:
    return table([(name, kind, [get(row) for row in rows]) for name, kind, get in columns])


EVENT = columns_of(key="text", date="date", title="text", present="bool")


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
        return table_of(rows, EVENT + columns_of(**{n: k for n, k in further.items() if n in known}))


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


class Distance(Record):
    """The fewest `links` from one event to another (keys); if None, the `reason`.

    That is "unlinked" (no links lead there at all), "not_selected" (one of the two
    is not selected), "selection" (links lead there through events that are not),
    "directed" (only against the links' direction) or "max_links" (only farther).
    """

    _optional: ClassVar[frozenset[str]] = frozenset({"reason"})
    from_event: str
    to_event: str
    links: int | None
    reason: str | None


class Distances(Record):
    """The fewest links between the events of pairs, in the order of the pairs."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"distances": Distance}
    _optional: ClassVar[frozenset[str]] = frozenset({"max_links"})
    _list = "distances"
    _head = ("links", "reason", "from_event", "to_event")
    directed: bool
    max_links: int | None
    distances: list[Distance]
    # As they were handed over: a list for each field. Of many pairs most are only
    # asked for their `links`, so a row for each is made when somebody looks.
    _columns: dict[str, Any]

    def __init__(self, columns: dict[str, Any]) -> None:
        object.__setattr__(self, "_columns", columns)
        object.__setattr__(self, "_asked", None)

    @cached_property
    def _data(self) -> dict[str, Any]:  # type: ignore[override]
        columns, names = self._columns, ("from_event", "to_event", "links", "reason")
        rows = [dict(zip(names, row)) for row in zip(*(columns[name] for name in names))]
        for row in rows:
            if row["reason"] is None:
                del row["reason"]
        head = {name: value for name, value in columns.items() if name not in names}
        return {**head, "distances": rows}

    def __reduce__(self) -> tuple[type[Record], tuple[dict[str, Any]]]:
        return type(self), (self._columns,)

    def __len__(self) -> int:
        return len(self._columns["links"])

    def __iter__(self) -> Iterator[Distance]:
        return iter(self.distances)

    @property
    def links(self) -> list[int | None]:
        """The fewest links of each pair; None if no chain ties the two."""
        return list(self._columns["links"])

    @property
    def table(self) -> Table:
        """A row for each pair: `from_event`, `to_event` (keys), `links`, `reason`."""
        columns = columns_of(from_event="text", to_event="text", links="int", reason="text")
        return table_of(self._data["distances"], columns)

    def _summary(self) -> str:
        tied = sum(links is not None for links in self.links)
        return f"{tied:,} of {_counted(len(self), 'pairs')} tied by links"


class Story(Record):
    """A story: `id`, `name`, `size`, `weight` (of the ties between its events), `unlinked`
    (how many of its events no link ties to the others), `first`, `last`, `topics`, `saga`,
    `key_events`, `events` (keys)."""

    id: int
    name: str
    size: int
    weight: float
    unlinked: int
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


class ToldStory(Story, Told):
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


class Saga(Record):
    """What several stories form that belong together: `id` (the number that `select(saga=…)` takes),
    `name`, `size` (events), `first`, `last`, `topics`, `stories` (their ids)."""

    id: int
    name: str
    size: int
    first: str | None
    last: str | None
    topics: list[str]
    stories: list[int]


class Stories(Record):
    """Stories, the `sagas` that they form, and the keys of events `alone`."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"stories": Story, "sagas": Saga}
    _list = "stories"
    _head = ("id", "name", "size", "first", "last")
    stories: list[Story]
    sagas: list[Saga]
    alone: list[str]

    def __len__(self) -> int:
        return len(self._data["stories"])

    def __iter__(self) -> Iterator[Story]:
        return iter(self.stories)

    @property
    def table(self) -> Table:
        """A row for each story: `id`, `name`, `size`, `weight` (of the ties between its events),
        `unlinked`, `first`, `last`, `topics`, `saga`, `key_events`, `events`."""
        columns = columns_of(
            id="int", name="text", size="int", weight="float", unlinked="int",
            first="date", last="date", topics="texts",
            saga="int", key_events="texts", events="texts",
        )  # fmt: skip
        return table_of(self._data["stories"], columns)

    @property
    def saga_table(self) -> Table:
        """A row for each saga: `id` (as in `saga` of a story's row), `name`, `size`, `first`,
        `last`, `topics`."""
        columns = columns_of(
            id="int", name="text", size="int", first="date", last="date", topics="texts"
        )
        return table_of(self._data["sagas"], columns)


class Clusters(Record):
    """Clusters, the largest first, and those `folded` for their size."""

    _optional: ClassVar[frozenset[str]] = frozenset(
        {"quality", "resolution", "weight", "seed", "iterations", "modularity"}
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
        columns = columns_of(
            id="int", size="int", first="date", last="date", topics="texts", events="texts"
        )
        return table_of(self._data["clusters"], columns)


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
        columns = columns_of(
            resolution="float", communities="int", of_several="int", largest="int", median="int",
            modularity="float", nmi="float", ari="float",
        )  # fmt: skip
        return table_of(self._data["levels"], columns)


class Timeline(OverTime):
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
        step = columns_of(label="text", start="date", count="int")
        if "bins" in self._data:
            return table_of(self._data["bins"], step + columns_of(events="texts"))
        rows = [
            {"name": _subject(row), **place, "count": count}
            for row in self._data["rows"]
            for place, count in zip(self._data["steps"], row["counts"], strict=True)
        ]
        return table_of(rows, columns_of(name="text") + step)


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
        columns += columns_of(
            start="date", end="date", weight="float", count="int", topics="texts",
            key_event="text", events="texts",
        )  # fmt: skip
        return table_of(self._data["bursts"], columns)


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
        columns = columns_of(code="text", severity="text", page="text", line="int", message="text")
        return table_of(self._data["problems"], columns)
