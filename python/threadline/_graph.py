"""A graph and a view of some of its events: opened, built, made of frames."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from . import _threadline
from ._errors import InputError
from ._html import counted
from ._progress import Bar
from ._questions import Names, Path, Questions, as_list
from ._records import Problems, ShownEvent, ToldStory
from ._threadline import Table


def open(path: Path) -> Graph:
    """Opens a built graph (`NAME.threadline`); its tables stay in the file.

    Takes whatever the command line takes: an archive or another tool's graph is
    read as `build` does, without being told so.

    Args:
        path: The file, or the folder.

    Raises:
        FileNotFoundError: If there is nothing.
        ValueError: If it is read, and has no event.
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
            that there are (None if that is not known); True or False for a bar or
            none. By default a bar in a terminal and in a notebook, after a
            second.

    Returns:
        The graph. What is wrong with the archive is in `graph.problems`.

    Raises:
        FileNotFoundError: If there is no archive.
        ValueError: If it has no event page, or `output` is a folder, a file of
            another kind, or named as one.
        KeyboardInterrupt: If it was stopped.

    Example:
        >>> threadline.build(archive).counts["events"]
        123
    """
    bar = Bar() if progress is True or (progress is None and Bar.has_place()) else None
    told = progress if callable(progress) else bar
    try:
        return Graph(_threadline.build(path, output, dialect, told))
    finally:
        if bar is not None:
            bar.close()


def from_tables(events: Any, links: Any) -> Graph:
    """Makes a graph of two frames of any library that speaks the Arrow C stream.

    Args:
        events: A frame of pandas, Polars, PyArrow or DuckDB with a column `key`
            (the event's name: text or number) and, if they are there, `date` (a
            date, a time, or text as 1969-07-20), `title`, `summary`,
            `lead_topic`, `topics` (a list of texts, or a text with `|` between
            names), `present`, `page`. Other columns are passed over. What a row
            has that cannot be read is in `graph.problems`.
        links: A frame with `source` and `target` (keys of events) and, if they
            are there, `rank`, `topics`, `line`. A link to a key that no event
            has makes an event without a page, and a row of `graph.problems`.

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


class Graph(Questions):
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
        `topic_names`), `present`, `page`; by (date, key). Not copied."""
        return self._native.table("events")

    @property
    def links(self) -> Table:
        """`source` and `target` (rows of `events`), `rank`, `topics` (rows of
        `topic_names`), `line`. Not copied."""
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
        saga: str | int | None = None,
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
            saga: Events of the stories of one saga: its number in `stories().sagas`, or
                a part of its name.
            present_only: Events that have a page of their own.

        Raises:
            KeyError: If there is no such topic, event, cluster, story or saga.
            ValueError: If a date is none, or the span ends before it begins.

        Example:
            >>> moon.select(topic="Soviet Union", start=1961, end="1961-12")
            <threadline.View: 1 of 123 events>
        """
        asked = {
            "topic": as_list(topic),
            "from": None if start is None else str(start),
            "until": None if end is None else str(end),
            "around": around,
            "hops": hops,
            "cluster": cluster,
            "story": story,
            "saga": None if saga is None else str(saga),
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
        return self._ask(Problems, "check", code=as_list(code))

    def save(self, path: Path) -> None:
        """Writes the graph file (`NAME.threadline`), which `open` opens at once.

        Raises:
            OSError: If it cannot be written; what was there is still there.
            ValueError: If there is a folder or a file of another kind, or the name
                ends as that of another format (`export` writes those).
        """
        self._native.save(path)

    def __len__(self) -> int:
        return self.counts["events"]

    def __repr__(self) -> str:
        counts = ", ".join(counted(n, name) for name, n in self.counts.items())
        return f"<threadline.Graph: {counts}>"

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError(
            "a graph is not pickled: save it with graph.save('NAME.threadline') and open the "
            "file with threadline.open, which takes no time; answers are pickled"
        )


_NOT_OF_A_VIEW = {
    "show": "an event has the same text and links in every selection; ask view.graph.show(EVENT)",
    "story": "a story is told in the whole graph, where it has the same number; ask "
    "view.graph.story(NUMBER) or view.graph.story(EVENT)",
    "check": "problems are those of the whole archive; ask view.graph.check()",
    "problems": "problems are those of the whole archive; ask view.graph.problems",
    "save": "a graph file holds a whole graph; to keep some events, ask "
    "view.export(FOLDER, to='csv') and threadline.build(FOLDER)",
    "counts": "ask len(view), len(view.links)",
}


class View(Questions):
    """Some events of a graph, see `Graph.select`: every question but those
    about one event, one story or the archive, which `view.graph` answers."""

    def __init__(self, graph: Graph, select: dict[str, Any]) -> None:
        self.graph = graph
        self._native = graph._native
        self._select = select
        # A topic that is none is known here, not at the first question.
        self._count = len(self._rows() or ()) if select else len(graph)

    def select(self, **what: Any) -> View:
        """Some of the selected events: what both selections ask for; see `Graph.select`.

        Raises:
            ValueError: If both ask for the same thing, but for topics, which add up.

        Example:
            >>> moon.select(start=1961).select(topic="Soviet Union", end="1961-12")
            <threadline.View: 1 of 123 events>
        """
        further = self.graph.select(**what)._select
        topics = self._select.get("topic", []) + further.get("topic", [])
        twice = sorted(set(self._select) & set(further) - {"topic"})
        if twice:
            raise InputError(f"both selections ask for `{twice[0]}`; select from the graph instead")
        return View(
            self.graph, {**self._select, **further, **({"topic": topics} if topics else {})}
        )

    @property
    def events(self) -> Table:
        """The selected rows of `graph.events`, in that order; a copy."""
        return self._table("events")

    @property
    def links(self) -> Table:
        """The links between selected events; a copy.

        `source` and `target` are rows of this view's `events`, not of the
        graph's; `topics` are rows of `topic_names`.
        """
        return self._table("links")

    @property
    def topic_names(self) -> Table:
        """The names of all topics of the graph, also of those that no selected
        event has: `topics` in `events` and `links` are its rows."""
        return self.graph.topic_names

    @property
    def sources(self) -> Table:
        """The sources of selected events; `event` is a row of this view's
        `events`. A copy."""
        return self._table("sources")

    @property
    def revisions(self) -> Table:
        """The revisions of selected events; `event` is a row of this view's
        `events`. A copy."""
        return self._table("revisions")

    def _table(self, name: str) -> Table:
        if not self._select:
            return self._native.table(name)
        return self._native.selected_table(name, self._selection)

    if not TYPE_CHECKING:  # Else every name would be an attribute to a type checker.

        def __getattr__(self, name: str) -> Any:
            if name in _NOT_OF_A_VIEW:
                raise AttributeError(f"a view has no {name!r}: {_NOT_OF_A_VIEW[name]}")
            raise AttributeError(f"a view has no {name!r}")

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"<threadline.View: {self._count:,} of {len(self.graph):,} events>"

    def __reduce__(self) -> tuple[object, ...]:
        return self.graph.__reduce__()
