"""A graph and a view of some of its events: every question is a method."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from html import escape
from os import PathLike
from typing import Any, Literal, TypeVar

from . import _threadline
from ._records import (
    Bursts,
    Chains,
    Clusters,
    Events,
    Problems,
    Record,
    ShownEvent,
    Stories,
    Thread,
    Timeline,
    ToldStory,
    Topics,
    _short,
)
from ._threadline import Table

Path = str | PathLike[str]
Names = str | Iterable[str]
R = TypeVar("R", bound=Record)

Period = Literal["day", "week", "month", "quarter", "year"]
By = Literal["closest", "strongest", "fewest", "coherent"]


def open(path: Path) -> Graph:
    """Opens a built graph (`NAME.threadline`); its tables stay in the file.

    Takes whatever the command line takes: an archive or another tool's graph is
    read as `build` does, without being told so.

    Args:
        path: The file, or the folder.

    Raises:
        FileNotFoundError: If there is nothing.
        threadline.DamagedError: If the file is cut, damaged or of another version.

    Example:
        >>> threadline.open(graph_file).counts
        {'events': 123, 'links': 431, 'topics': 116}
    """
    return Graph(_threadline.open(path))


def build(
    path: Path,
    output: Path | None = None,
    *,
    dialect: Path | None = None,
    progress: bool | Callable[[int, int | None], object] | None = None,
) -> Graph:
    """Reads an archive and builds its graph. Ctrl-C stops it.

    Args:
        path: A folder, `.tar` or `.tar.gz` of Markdown event pages, a folder of
            CSV tables, or a graph of another tool (`.graphml`, `.gexf`,
            node-link `.json`).
        output: The graph file to write as well; without it the graph is in
            memory only.
        dialect: The words of another language's section headings (TOML).
        progress: A function that is called with the pages read and the pages
            that there are (None if that is not known); True or False for a bar
            on standard error or none. By default a bar if that is a terminal.

    Returns:
        The graph. What is wrong with the archive is in `graph.problems`.

    Raises:
        FileNotFoundError: If there is no archive.
        KeyboardInterrupt: If it was stopped.

    Example:
        >>> threadline.build(archive).counts["events"]
        123
    """
    if progress is None:
        progress = sys.stderr.isatty()
    told = _bar if progress is True else progress or None
    try:
        graph = Graph(_threadline.open(path, dialect, told))
    finally:
        if told is _bar:
            sys.stderr.write("\r\x1b[K")
    if output is not None:
        graph.save(output)
    return graph


def _bar(pages: int, expected: int | None) -> None:
    if expected:
        done = 30 * pages // max(expected, 1)
        text = f"reading {'█' * done}{'·' * (30 - done)} {pages:,} of {expected:,} pages"
    else:
        text = f"reading {pages:,} pages"
    sys.stderr.write(f"\r{text}\x1b[K")
    sys.stderr.flush()


def from_tables(events: Any, links: Any) -> Graph:
    """Makes a graph of two frames of any library that speaks the Arrow C stream.

    Args:
        events: A frame of pandas, Polars, PyArrow or DuckDB with a column `key`
            (the event's name: text or number) and, if they are there, `date` (a
            date, a time, or text as 1969-07-20), `title`, `summary`,
            `lead_topic`, `topics` (a list of texts, or a text with `|` between
            names), `present`, `page`. Other columns are passed over.
        links: A frame with `source` and `target` (keys of events) and, if they
            are there, `rank`, `topics`, `line`. A link to a key that no event
            has makes an event without a page.

    Raises:
        ValueError: If a needed column is missing (those that are there are
            named), or has a type that makes no sense.
        TypeError: If it is no such frame.

    Example:
        >>> import pyarrow
        >>> events = pyarrow.table({"key": ["a", "b"], "date": ["1969-07-16", "1969-07-20"]})
        >>> links = pyarrow.table({"source": ["a"], "target": ["b"], "topics": [["Apollo 11"]]})
        >>> threadline.from_tables(events, links).chain("a", "b").best.length
        1
    """
    for name, frame in (("events", events), ("links", links)):
        if not hasattr(frame, "__arrow_c_stream__"):
            kind = type(frame).__name__
            raise TypeError(
                f"{name} is a {kind}, which does not speak the Arrow C stream; "
                "pandas (2.2 and later), Polars, PyArrow and DuckDB do"
            )
    return Graph(_threadline.from_tables(events, links))


def formats() -> dict[str, str]:
    """The formats that `export` writes, and what each is for.

    Example:
        >>> "gexf" in threadline.formats()
        True
    """
    return dict(_threadline.formats())


def _list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


class _Questions:
    """Every question of the command line, about all events or the selected ones."""

    _native: _threadline.Graph
    _select: dict[str, Any]

    def _ask(self, kind: type[R], question: str, picture: bool = False, **options: Any) -> R:
        options = {name: value for name, value in options.items() if value is not None}
        select, asked = json.dumps(self._select), json.dumps(options)
        answer = json.loads(self._native.ask(question, select, asked))
        if question == "bursts":
            answer = {"bursts": answer}
        if question == "story":
            answer = answer["stories"][0]
        if not picture:
            return kind(answer)
        native = self._native
        return kind(answer, lambda theme, width: native.draw(question, select, asked, theme, width))

    def search(self, words: str = "") -> Events:
        """Events whose title or summary holds all words, the best first.

        Without words, the events by date.

        Returns:
            `Events`: also `links` (in and out) and `in_title` of each.

        Example:
            >>> [event.date for event in moon.search("laika")][:1]
            ['1957-11-03']
        """
        return self._ask(Events, "search", words=words)

    def topics(self, *, with_: Names = (), between: tuple[str, str] | None = None) -> Topics:
        """Topics and how often; or what comes with some, or what ties two.

        Args:
            with_: Topics that come with this one (or all of these) more often
                than chance would have it (Dunning's log-likelihood).
            between: The events and links that tie two topics.

        Raises:
            KeyError: If there is no such topic; near ones are named.

        Example:
            >>> moon.topics().topics[0].name
            'Soviet Union'
        """
        options: dict[str, Any] = {"with": _list(with_), "between": list(between or ())}
        return self._ask(Topics, "topics", **options)

    def timeline(
        self,
        by: Names = (),
        *,
        bursts: bool = False,
        scaling: float | None = None,
        gamma: float | None = None,
        min_events: int | None = None,
    ) -> Timeline:
        """Counts events by day, week, month, quarter or year.

        Args:
            by: The length of a step (by default one that fits), "topic" or
                "story" for a row of each, or both: `("topic", "year")`.
            bursts: Find bursts as well, see `bursts`.
            scaling, gamma, min_events: See `bursts`.

        Returns:
            `Timeline`: `bins` with `label`, `start`, `count`, `events`; or
            `steps` and `rows`. `table` has all counts.

        Example:
            >>> moon.timeline("year").bins[0].label
            '1957'
        """
        options: dict[str, Any] = {"scaling": scaling, "gamma": gamma, "min_events": min_events}
        return self._ask(Timeline, "timeline", True, by=_list(by), bursts=bursts, **options)

    def bursts(
        self,
        by: Names = (),
        *,
        scaling: float | None = None,
        gamma: float | None = None,
        min_events: int | None = None,
    ) -> Bursts:
        """Spans in which events were far more frequent than usual (Kleinberg 2003).

        Args:
            by: "topic" or "story" for the bursts of each; the length of a step.
            scaling: How many times as frequent as usual events are in a burst.
            gamma: How reluctantly a burst begins.
            min_events: Bursts of fewer events are left out.

        Example:
            >>> len(moon.bursts("topic")) > 0
            True
        """
        options: dict[str, Any] = {"scaling": scaling, "gamma": gamma, "min_events": min_events}
        return self._ask(Bursts, "bursts", by=_list(by), **options)

    def clusters(
        self,
        *,
        method: Literal["leiden", "components"] = "leiden",
        quality: Literal["modularity", "cpm"] | None = None,
        resolution: float | None = None,
        weight: Literal["strength", "none"] | None = None,
        seed: int | None = None,
        stability: int | None = None,
        min_size: int = 1,
    ) -> Clusters:
        """What belongs together: communities (Leiden), or connected components.

        Args:
            method: "leiden" or "components".
            quality: What a good division is; by default "modularity".
            resolution: The higher, the smaller the communities; by default 1.0,
                for "cpm" 0.002.
            weight: What a link weighs; by default its strength.
            seed: Another may find another division as good; by default 1.
            stability: So many more runs tell in how many an event stays.
            min_size: Clusters of fewer events are folded.

        Example:
            >>> moon.clusters(method="components").clusters[0].size
            116
        """
        return self._ask(
            Clusters, "clusters", method=method, quality=quality, resolution=resolution,
            weight=weight, seed=seed, stability=stability, min_size=min_size,
        )  # fmt: skip

    def sweep(
        self,
        *,
        quality: Literal["modularity", "cpm"] | None = None,
        weight: Literal["strength", "none"] | None = None,
        seed: int | None = None,
    ) -> Record:
        """Communities at nine resolutions: number, size, and how stable they are.

        Example:
            >>> len(moon.sweep().levels)
            9
        """
        return self._ask(Record, "sweep", quality=quality, weight=weight, seed=seed)

    def stories(
        self,
        *,
        at: str | None = None,
        sort: Literal["size", "date", "burst"] = "size",
        scale: float | None = None,
        level: float | None = None,
        min_size: int | None = None,
    ) -> Stories:
        """Stories: events that belong together in matter and in time.

        Args:
            at: Those with events at most a week from this day.
            sort: "size", "date" or "burst".
            scale: Days after which a tie between two events has faded to 1/e.
            level: How fine stories are: 2 for smaller ones, 0.5 for larger ones.
            min_size: Events that a story has at least.

        Example:
            >>> moon.stories().stories[0].id
            1
        """
        return self._ask(
            Stories, "stories", at=at, sort=sort, scale=scale, level=level, min_size=min_size
        )

    def chain(
        self,
        from_event: str,
        to_event: str,
        *,
        by: By = "closest",
        in_time: bool = False,
        backward: bool = False,
        directed: bool = False,
        avoid: Names = (),
        max_links: int | None = None,
        surprise: bool = False,
        chains: int = 1,
    ) -> Chains:
        """How two events connect, each hop with its evidence.

        Args:
            from_event: The first event: its key, an end of it, or words.
            to_event: The last event.
            by: What makes a chain the best: "closest" (least total cost, where a
                strong link costs little), "strongest" (the weakest link is as
                strong as can be), "fewest" links, "coherent" (as strongest, and
                linked events have to be about the same).
            in_time: No event earlier than the one before it.
            backward: The same back in time.
            directed: Follow links only from the page that lists them.
            avoid: Topics whose links are not followed, or events.
            max_links: The longest chain to look for.
            surprise: Tell where the fewest links stand among random pairs even
                in a graph of more than 20,000 events.
            chains: So many chains that really differ.

        Returns:
            `Chains`: true if there is one; `best`, `hops` (a table); else
            `reason` says why there is none.

        Raises:
            KeyError: If a name means no event, or several; they are named.

        Example:
            >>> found = moon.chain("sputnik-1-the-first", "neil-armstrong-steps")
            >>> found.best.length, found.hops.column_names[0]
            (3, 'from_event')
        """
        return self._ask(
            Chains, "chain", True, from_event=from_event, to_event=to_event, by=by,
            in_time=in_time, backward=backward, directed=directed, avoid=_list(avoid),
            max_links=max_links, surprise=surprise, chains=chains,
        )  # fmt: skip

    def chains(self, from_event: str, to_event: str, k: int = 3, **options: Any) -> Chains:
        """The `k` best chains between two events that really differ; see `chain`.

        Example:
            >>> len(moon.chains("sputnik-1-the-first", "neil-armstrong-steps", 2))
            2
        """
        return self.chain(from_event, to_event, chains=k, **options)

    def thread(self, event: str, *, steps: int = 5, branches: int = 2) -> Thread:
        """What led to an event and what followed: the strongest chains in time.

        Args:
            event: Its key, an end of it, or words.
            steps: The most links each way.
            branches: The most chains each way.

        Example:
            >>> len(moon.thread("neil-armstrong-steps").before)
            2
        """
        return self._ask(Thread, "thread", True, event=event, steps=steps, branches=branches)

    def rank(
        self,
        *,
        by: Literal["pagerank", "degree", "betweenness"] = "pagerank",
        directed: bool = False,
        weight: Literal["none", "strength"] = "none",
        damping: float | None = None,
        tolerance: float | None = None,
        error: float | None = None,
    ) -> Events:
        """The events that matter most, each with its `value`.

        Args:
            by: "pagerank", "degree" or "betweenness".
            directed: Follow links only from the page that lists them.
            weight: What a link weighs, for PageRank and degree.
            damping, tolerance: Of PageRank.
            error: How far sampled betweenness may be from the true value.

        Example:
            >>> moon.rank(by="degree").events[0].value > 10
            True
        """
        return self._ask(
            Events, "rank", by=by, directed=directed, weight=weight, damping=damping,
            tolerance=tolerance, error=error,
        )  # fmt: skip

    def info(self) -> Record:
        """How much there is, from when to when, what hangs together.

        Example:
            >>> moon.info().first
            '1957-10-04'
        """
        return self._ask(Record, "info")

    def export(self, path: Path, *, to: str | None = None) -> None:
        """Writes the events and their links for another tool.

        Args:
            path: The file, or for some formats the folder.
            to: The format, see `threadline.formats`; by default what the path
                ends with.

        Raises:
            OSError: If it cannot be written; what was there is still there.
            ValueError: If there is no such format.
        """
        self._native.export(path, to, json.dumps(self._select))

    def _rows(self) -> list[int] | None:
        """The rows of the selected events; None for all."""
        return self._native.selected(json.dumps(self._select)) if self._select else None

    def to_networkx(self) -> Any:
        """A `networkx.MultiDiGraph`: nodes are keys, with all attributes."""
        from . import _convert

        return _convert.to_networkx(self._native, self._rows())

    def to_igraph(self) -> Any:
        """A directed `igraph.Graph`; a vertex has its key as `name`."""
        from . import _convert

        return _convert.to_igraph(self._native, self._rows())

    def to_scipy(self) -> Any:
        """A `scipy.sparse.csr_array`: the number of links from row to column.

        Rows are those of `graph.events`; of a view, its events in that order.
        """
        from . import _convert

        return _convert.to_scipy(self._native, self._rows())

    def to_rustworkx(self) -> Any:
        """A `rustworkx.PyDiGraph`; nodes and edges are dicts of attributes."""
        from . import _convert

        return _convert.to_rustworkx(self._native, self._rows())


class Graph(_Questions):
    """The graph of an archive's stories: events, links, topics as tables.

    Made by `threadline.open`, `build` or `from_tables`. It never changes and may
    be used from several threads. It is not pickled: save it and open the file.
    """

    def __init__(self, native: _threadline.Graph) -> None:
        if not isinstance(native, _threadline.Graph):
            raise TypeError("use threadline.open, threadline.build or threadline.from_tables")
        self._native = native
        self._select = {}

    @property
    def counts(self) -> dict[str, int]:
        """How many events, links and topics there are."""
        return dict(zip(("events", "links", "topics"), self._native.counts(), strict=True))

    @property
    def events(self) -> Table:
        """`key`, `date`, `title`, `summary`, `lead_topic` and `topics` (rows of
        `topics`), `present`, `page`; by (date, key). Not copied."""
        return self._native.table("events")

    @property
    def links(self) -> Table:
        """`source` and `target` (rows of `events`), `rank`, `topics` (rows of
        `topics`), `line`. Not copied."""
        return self._native.table("links")

    @property
    def topic_names(self) -> Table:
        """`name`, by name. Not copied."""
        return self._native.table("topics")

    @property
    def sources(self) -> Table:
        """`event` (a row of `events`), `name`, `url`, `kind`. Not copied."""
        return self._native.table("sources")

    @property
    def revisions(self) -> Table:
        """`event` (a row of `events`), `key`, `title`, `seen`, `kind`. Not copied."""
        return self._native.table("revisions")

    @property
    def problems(self) -> Table:
        """`code`, `severity`, `page`, `line`, `message`. Not copied."""
        return self._native.table("problems")

    def select(
        self,
        *,
        topic: Names = (),
        start: str | int | None = None,
        end: str | int | None = None,
        around: str | None = None,
        hops: int | None = None,
        cluster: int | None = None,
        story: int | None = None,
        present_only: bool = False,
    ) -> View:
        """Some of the events; every question can be put to them alone.

        Args:
            topic: Events with this topic, or with all of these.
            start: Events from this day, month or year on (the command line's
                `--from`).
            end: Events until this day, or the end of this month or year
                (`--until`).
            around: Events around this one.
            hops: How many links around it; by default 1.
            cluster: Events of one cluster, by its number in `clusters()`.
            story: Events of one story, by its number in `stories()`.
            present_only: Events that have a page of their own.

        Raises:
            KeyError: If there is no such topic, event, cluster or story.
            ValueError: If a date is none, or the span ends before it begins.

        Example:
            >>> moon.select(topic="Soviet Union", start=1961, end="1961-12")
            <threadline.View: 1 of 123 events>
        """
        asked = {
            "topic": _list(topic),
            "from": None if start is None else str(start),
            "until": None if end is None else str(end),
            "around": around,
            "hops": hops,
            "cluster": cluster,
            "story": story,
            "present_only": present_only,
        }
        given = {n: v for n, v in asked.items() if v is not None and v is not False and v != []}
        return View(self, given)

    def show(self, event: str) -> ShownEvent:
        """One event: its text, topics, sources, and its links both ways.

        Args:
            event: Its key, an unambiguous end of it, or words of its title.

        Raises:
            KeyError: If it means no event, or several; they are named.

        Example:
            >>> moon.show("neil-armstrong-steps").date
            '1969-07-21'
        """
        return self._ask(ShownEvent, "show", event=event)

    def story(
        self,
        story: str | int,
        *,
        stability: int | None = None,
        scale: float | None = None,
        level: float | None = None,
        min_size: int | None = None,
    ) -> ToldStory:
        """One story, told: its events, its parts, its pace, what it is tied to.

        Args:
            story: Its number in `stories()`, or the name of one of its events.
            stability: Find the stories so many times more with other seeds.
            scale, level, min_size: See `stories`.

        Raises:
            KeyError: If there is no such story, or the event is in none.

        Example:
            >>> moon.story(1).id
            1
        """
        options: dict[str, Any] = {"scale": scale, "level": level, "min_size": min_size}
        return self._ask(ToldStory, "story", True, story=str(story), stability=stability, **options)

    def check(self, *, code: Names = ()) -> Problems:
        """What is wrong with the archive, with page and line.

        Args:
            code: Only problems of this code, or of these.

        Example:
            >>> moon.check().problems[0].severity
            'warning'
        """
        return self._ask(Problems, "check", code=_list(code))

    def save(self, path: Path) -> None:
        """Writes the graph file (`NAME.threadline`), which `open` opens at once.

        Raises:
            OSError: If it cannot be written; what was there is still there.
        """
        self._native.save(path)

    def __len__(self) -> int:
        return self.counts["events"]

    def __repr__(self) -> str:
        counts = ", ".join(f"{n:,} {name}" for name, n in self.counts.items())
        return f"<threadline.Graph: {counts}>"

    def _repr_html_(self) -> str:
        info = self.info()
        names = ", ".join(topic.topic for topic in info.most_frequent_topics[:5])
        most = "".join(
            f"<li>{escape(event.date or 'no date')} {escape(_short(event.title, 160))}"
            f" <small>({event.links} links)</small></li>"
            for event in info.most_linked[:5]
        )
        return (
            f"<div><strong>{escape(repr(self)[1:-1])}</strong><br>"
            f"{escape(str(info.first))} to {escape(str(info.last))}, mostly {escape(names)}"
            f"<ul>{most}</ul></div>"
        )

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(
            "a graph is not pickled: save it with graph.save('NAME.threadline') and open the "
            "file with threadline.open, which takes no time; answers are pickled"
        )


class View(_Questions):
    """Some events of a graph, see `Graph.select`: every question but those
    about one event, one story or the archive."""

    def __init__(self, graph: Graph, select: dict[str, Any]) -> None:
        self.graph = graph
        self._native = graph._native
        self._select = select
        # A topic that is none is known here, not at the first question.
        self._count = len(self._rows() or ()) if select else len(graph)

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"<threadline.View: {self._count:,} of {len(self.graph):,} events>"

    def __reduce__(self) -> tuple[object, ...]:
        return self.graph.__reduce__()
