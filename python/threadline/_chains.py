"""Chains and threads: through which events at once, their evidence when somebody looks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from typing import Any, ClassVar

from ._asked import Asked
from ._html import counted, short
from ._records import Event, Link, Record, Told, columns_of, table_of
from ._threadline import Table, Ways


class Chain(Record):
    """A chain with its evidence: `events`, `links` (one a hop), `strengths`, `coherence`, …

    Its `length` and `keys` are known at once; the rest is gathered when it is looked at.
    """

    _kinds: ClassVar[dict[str, type[Record]]] = {
        "events": Event,
        "links": Link,
        "further_links": Link,
    }
    # Its data, or of which chains it is which.
    _given: dict[str, Any] | tuple[Chains, int]
    events: list[Event]
    links: list[Link]
    further_links: list[list[Link]]
    span: Record | None
    strengths: list[float]
    weakest: int | None
    weak_hops: list[int]
    coherence: Record | None
    subject_changes: list[bool]

    def __init__(self, given: dict[str, Any] | tuple[Chains, int]) -> None:
        object.__setattr__(self, "_given", given)
        object.__setattr__(self, "_asked", None)

    @cached_property
    def _data(self) -> dict[str, Any]:  # type: ignore[override]
        if isinstance(self._given, dict):
            return self._given
        chains, number = self._given
        data: dict[str, Any] = chains._data["chains"][number]
        return data

    @property
    def length(self) -> int:
        """How many links it has."""
        if isinstance(self._given, dict):
            return len(self._given["links"])
        chains, number = self._given
        return chains._lengths[number]

    @property
    def keys(self) -> list[str]:
        """The keys of its events, both ends included."""
        if isinstance(self._given, tuple):
            chains, number = self._given
            if isinstance(chains._given, Ways):
                return chains._given.keys(number)
        return [event["key"] for event in self._data["events"]]

    def _summary(self) -> str:
        first, last = self.events[0], self.events[-1]
        return f"{counted(self.length, 'links')} from {short(first.title)!r} to {short(last.title)!r}"

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
        columns = columns_of(
            from_event="text", to_event="text", from_date="date", to_date="date",
            topics="texts", strength="float", page="text", line="int",
        )  # fmt: skip
        return table_of(rows, columns)


class Chains(Told):
    """Chains between two events, or the `reason` why there is none."""

    _optional: ClassVar[frozenset[str]] = frozenset({"reason", "gap", "surprise"})
    _given: dict[str, Any] | Ways
    _lengths: list[int]
    # The question, without its two events.
    _how: Asked | None
    by: str
    reason: str | None
    gap: Record | None
    surprise: Record | None

    def __init__(self, given: dict[str, Any] | Ways, how: Asked | None = None) -> None:
        if isinstance(given, dict):
            lengths = [len(chain["links"]) for chain in given["chains"]]
        else:
            lengths = given.lengths
        object.__setattr__(self, "_given", given)
        object.__setattr__(self, "_lengths", lengths)
        object.__setattr__(self, "_how", how)

    @cached_property
    def _asked(self) -> Asked | None:  # type: ignore[override]
        if self._how is None or isinstance(self._given, dict):
            return None
        from_event, to_event = self._given.ends
        return self._how.further(from_event=from_event, to_event=to_event)

    @cached_property
    def _data(self) -> dict[str, Any]:  # type: ignore[override]
        if isinstance(self._given, dict):
            return self._given
        data: dict[str, Any] = json.loads(self._given.told())
        return data

    def __len__(self) -> int:
        return len(self._lengths)

    def __iter__(self) -> Iterator[Chain]:
        return iter(self.chains)

    def __bool__(self) -> bool:
        return len(self) > 0

    @property
    def chains(self) -> list[Chain]:
        """The chains, the best first."""
        return [Chain((self, number)) for number in range(len(self))]

    @property
    def best(self) -> Chain | None:
        """The first chain; None if there is none."""
        return Chain((self, 0)) if self else None

    @property
    def hops(self) -> Table:
        """The hops of the best chain, see `Chain.hops`."""
        best = self.best or Chain({"events": [], "links": [], "further_links": [], "strengths": []})
        return best.hops

    def _summary(self) -> str:
        if self.reason is not None:
            return short(self.reason)
        return "; ".join(chain._summary() for chain in self)


class Thread(Told):
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
        before, after = counted(len(self.before), "chains"), len(self.after)
        return f"{short(self.event.title)!r} with {before} before and {after} after"
