"""Answers about topics: which there are, which are distinctive, what comes with one, what ties two."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from . import _html
from ._asked import Asked
from ._html import counted
from ._records import EVENT, Event, Link, OverTime, Record, columns_of, table_of
from ._threadline import Table


class TopicCount(Record):
    """A topic: its `name`, how many `events` and `links` bear it, the `first` and `last` day."""

    name: str
    events: int
    links: int
    first: str | None
    last: str | None


class Topics(OverTime):
    """Topics, the most frequent first; as a picture, those that tell most of the
    selected events, over time."""

    _kinds: ClassVar[dict[str, type[Record]]] = {"topics": TopicCount}
    _list = "topics"
    _head = ("name", "events", "links", "first", "last")
    topics: list[TopicCount]

    def _repr_html_(self) -> str:
        return _html.rows(self._summary(), self._data["topics"], self._head)

    def __len__(self) -> int:
        return len(self._data["topics"])

    def __iter__(self) -> Iterator[TopicCount]:
        return iter(self.topics)

    @property
    def table(self) -> Table:
        """A row for each topic: `name`, `events`, `links`, `first`, `last`."""
        columns = columns_of(name="text", events="int", links="int", first="date", last="date")
        return table_of(self._data["topics"], columns)


class CoTopic(Record):
    """A topic of some events: how many of them bear it (`together`), how many would by
    chance (`expected`) and how far that is from chance (`log_likelihood`), of how many
    `events` in all, when, and in each step (`counts`)."""

    name: str
    together: int
    events: int
    expected: float
    log_likelihood: float
    first: str | None
    last: str | None
    counts: list[int]


class DistinctiveTopics(Record):
    """Topics that tell some events from the others, the most telling first.

    The events are those that bear all topics of `with_`; if that is empty, those
    selected. `events` is how many they are, `of` how many they are told from, they
    among them; `steps` are the first days of those in which a topic's `counts` are.
    """

    _kinds: ClassVar[dict[str, type[Record]]] = {"topics": CoTopic}
    _list = "topics"
    _head = ("name", "together", "events", "expected", "log_likelihood", "first", "last")
    events: int
    of: int
    period: str
    steps: list[str]
    topics: list[CoTopic]

    @property
    def with_(self) -> list[str]:
        """The topics that all events bear; `with` in `to_dict()`."""
        return list(self._data["with"])

    def __len__(self) -> int:
        return len(self._data["topics"])

    def __iter__(self) -> Iterator[CoTopic]:
        return iter(self.topics)

    def __dir__(self) -> list[str]:
        return [name for name in super().__dir__() if name != "with"]

    def _summary(self) -> str:
        topics, events = counted(len(self), "topics"), counted(self.events, "events")
        if not self.with_:
            return f"{topics} of {events} selected"
        return f"{topics} that come with {' and '.join(self.with_)}"

    @property
    def table(self) -> Table:
        """A row for each topic: `name`, `together`, `events`, `expected`,
        `log_likelihood`, `first`, `last`."""
        columns = columns_of(
            name="text", together="int", events="int", expected="float",
            log_likelihood="float", first="date", last="date",
        )  # fmt: skip
        return table_of(self._data["topics"], columns)


class TiesEvent(Event):
    """An event that bears two topics: its `score`, how many of its `links` name the
    first and the second, and how many both (`links_with_both`)."""

    score: float
    links: list[int]
    links_with_both: int


class TiesLink(Link):
    """A link that ties two topics: whether it `names_both`, or leads from an event
    with the one to an event with the other; its `strength`."""

    names_both: bool
    strength: float


class TopicTies(Record):
    """The `events` that bear two topics and the `links` that tie them: true if there are any.

    `events_with` is how many events bear the one and the other, `of` how many are
    selected; `together` bear both, where chance would have it `expected`.
    """

    _kinds: ClassVar[dict[str, type[Record]]] = {"events": TiesEvent, "links": TiesLink}
    between: list[str]
    events_with: list[int]
    of: int
    together: int
    expected: float
    log_likelihood: float
    events: list[TiesEvent]
    links: list[TiesLink]

    def __len__(self) -> int:
        return len(self._data["events"])

    def __iter__(self) -> Iterator[TiesEvent]:
        return iter(self.events)

    def __bool__(self) -> bool:
        return bool(self._data["events"] or self._data["links"])

    def _summary(self) -> str:
        one, other = self.between
        events, links = counted(len(self), "events"), counted(len(self._data["links"]), "links")
        return f"{events} of both {one} and {other}, {links} that tie them"

    def _repr_html_(self) -> str:
        return _html.rows(self._summary(), self._data["events"], ("date", "title", "score"))

    @property
    def table(self) -> Table:
        """A row for each event: `key`, `date`, `title`, `present`, `score`, `links_with_both`."""
        columns = EVENT + columns_of(score="float", links_with_both="int")
        return table_of(self._data["events"], columns)

    @property
    def links_table(self) -> Table:
        """A row for each link: `source` and `target` (keys), `names_both`, `strength`,
        `topics`, `page`, `line`."""
        columns = columns_of(
            source="text", target="text", names_both="bool", strength="float",
            topics="texts", page="text", line="int",
        )  # fmt: skip
        return table_of(self._data["links"], columns)


def topics_of(answer: dict[str, Any], asked: Asked | None = None) -> Topics | DistinctiveTopics | TopicTies:
    """The answer as what it is: each has fields that the others have not."""
    if "between" in answer:
        return TopicTies(answer)
    return DistinctiveTopics(answer) if "with" in answer else Topics(answer, asked)
