"""Every question of the command line as a method, about all events or some."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterable
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any, Literal, TypeVar, overload

from . import _html, _threadline
from ._asked import Asked
from ._chains import Chains, Thread
from ._records import (
    Bursts,
    Clusters,
    Distances,
    Events,
    Info,
    Record,
    Stories,
    Sweep,
    Timeline,
)
from ._topics import DistinctiveTopics, Topics, TopicTies, topics_of

if TYPE_CHECKING:
    from .view import Layout
    from .view._widget import MapWidget

Path = str | PathLike[str]
Names = str | Iterable[str]
By = Literal["closest", "strongest", "fewest", "coherent"]
R = TypeVar("R", bound=Record)

MAP_EVENTS = 500
"""Events that a notebook shows as a map; of more it would take long and be large."""


def as_list(names: Names) -> list[str]:
    return [names] if isinstance(names, str) else list(names)


def _chain_options(
    by: By,
    in_time: bool,
    backward: bool,
    directed: bool,
    avoid: Names,
    max_links: int | None,
    surprise: bool | None,
    chains: int,
) -> dict[str, Any]:
    """The options of a chain that are not the usual ones."""
    options: dict[str, Any] = {"by": by}
    if in_time or backward or directed:
        options.update(in_time=in_time, backward=backward, directed=directed)
    if avoid:
        options["avoid"] = as_list(avoid)
    if max_links is not None:
        options["max_links"] = max_links
    if surprise is not None:
        options["surprise"] = surprise
    if chains != 1:
        options["chains"] = chains
    return options


class Questions:
    """Every question of the command line, about all events or the selected ones."""

    _native: _threadline.Graph
    _select: dict[str, Any]

    @cached_property
    def _selection(self) -> str:
        """What is selected, as the native part takes it."""
        return json.dumps(self._select)

    if TYPE_CHECKING:
        select: Callable[..., Questions]

    def _ask(self, kind: Callable[..., R], question: str, picture: bool = False, **options: Any) -> R:
        given = {name: value for name, value in options.items() if value is not None}
        asked = Asked(self._native, question, self._selection, given)
        answer = asked.answer()
        if question == "bursts":
            answer = {"bursts": answer}
        if question == "story":
            answer = answer["stories"][0]
        return kind(answer, asked) if picture else kind(answer)

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

    @overload
    def topics(self) -> Topics: ...
    @overload
    def topics(self, *, with_: Names) -> DistinctiveTopics: ...
    @overload
    def topics(self, *, distinctive: Literal[True]) -> DistinctiveTopics: ...
    @overload
    def topics(self, *, between: tuple[str, str]) -> TopicTies: ...
    def topics(
        self,
        *,
        with_: Names | None = None,
        between: tuple[str, str] | None = None,
        distinctive: bool = False,
    ) -> Topics | DistinctiveTopics | TopicTies:
        """Topics and how often; or those that tell a selection from the rest, what
        comes with some, what ties two.

        Args:
            with_: Topics that come with this one (or all of these) more often
                than chance would have it (Dunning's log-likelihood).
            between: The events and links that tie two topics.
            distinctive: Topics that tell the selected events from all others in the
                same way: what a year was about, or a story.

        Returns:
            `Topics`; for `with_` and `distinctive` `DistinctiveTopics`, for
            `between` `TopicTies`.

        Raises:
            KeyError: If there is no such topic; near ones are named.
            ValueError: If several are asked at once, or nothing is selected that
                could be told from the rest.

        Example:
            >>> moon.topics().topics[0].name
            'Soviet Union'
            >>> moon.topics(with_="Sergei Korolev").topics[0].name
            'R-7 (rocket family)'
            >>> moon.select(start="1969", end="1969").topics(distinctive=True).topics[0].name
            'Buzz Aldrin'
            >>> ties = moon.topics(between=("John F. Kennedy", "Soviet Union"))
            >>> len(ties.events), len(ties.links)
            (3, 4)
        """
        options: dict[str, Any] = {
            "with": None if with_ is None else as_list(with_),
            "between": None if between is None else list(between),
            "distinctive": distinctive,
        }
        return self._ask(topics_of, "topics", True, **options)

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
        return self._ask(Timeline, "timeline", True, by=as_list(by), bursts=bursts, **options)

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
        return self._ask(Bursts, "bursts", by=as_list(by), **options)

    def clusters(
        self,
        *,
        method: Literal["leiden", "components"] = "leiden",
        quality: Literal["modularity", "cpm"] | None = None,
        resolution: float | None = None,
        weight: Literal["strength", "none"] | None = None,
        seed: int | None = None,
        iterations: int | None = None,
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
            iterations: How often all links are gone through at most; by default
                10, above a million ties 2.
            stability: So many more runs tell in how many an event stays.
            min_size: Clusters of fewer events are folded.

        Example:
            >>> moon.clusters(method="components").clusters[0].size
            116
        """
        return self._ask(
            Clusters, "clusters", method=method, quality=quality, resolution=resolution,
            weight=weight, seed=seed, iterations=iterations, stability=stability, min_size=min_size,
        )  # fmt: skip

    def sweep(
        self,
        *,
        quality: Literal["modularity", "cpm"] | None = None,
        weight: Literal["strength", "none"] | None = None,
        seed: int | None = None,
        iterations: int | None = None,
    ) -> Sweep:
        """Communities at nine resolutions: number, size, and how stable they are.

        Example:
            >>> len(moon.sweep().levels)
            9
        """
        return self._ask(Sweep, "sweep", quality=quality, weight=weight, seed=seed, iterations=iterations)

    def stories(
        self,
        words: str = "",
        *,
        at: str | int | None = None,
        sort: Literal["weight", "size", "date", "burst"] = "weight",
        scale: float | None = None,
        level: float | None = None,
        min_size: int | None = None,
    ) -> Stories:
        """Stories: events that belong together in matter and in time.

        Args:
            words: Those with all these words in their names and those of their topics.
            at: Those with events at most a week from this day, month or year
                (`"1969-07-20"`, `"1969-07"`, `1969`).
            sort: "weight" (what most holds together first, by the ties between
                its events), "size", "date" or "burst".
            scale: Days after which a tie between two events has faded to 1/e.
            level: How fine stories are: 2 for smaller ones, 0.5 for larger ones.
            min_size: Events that a story has at least.

        Example:
            >>> moon.stories().stories[0].id
            1
            >>> [story.name for story in moon.stories("gemini").stories]
            ['Project Gemini, St. Louis, Missouri, Thomas Stafford']
            >>> [(saga.id, saga.size) for saga in moon.stories().sagas][:2]
            [(1, 16), (2, 13)]
        """
        return self._ask(
            Stories, "stories", words=words, at=None if at is None else str(at), sort=sort,
            scale=scale, level=level, min_size=min_size,
        )  # fmt: skip

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
        surprise: bool | None = None,
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
            surprise: Whether to tell where the fewest links stand among 1,000
                random pairs, which are searched once a graph; by default in a
                graph of up to 20,000 events.
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
        asked = _chain_options(by, in_time, backward, directed, avoid, max_links, surprise, chains)
        ways = self._native.ways(from_event, to_event, self._selection, json.dumps(asked))
        return Chains(ways, Asked(self._native, "chain", self._selection, asked))

    def chains(self, from_event: str, to_event: str, k: int = 3, **options: Any) -> Chains:
        """The `k` best chains between two events that really differ; see `chain`.

        Example:
            >>> len(moon.chains("sputnik-1-the-first", "neil-armstrong-steps", 2))
            2
        """
        return self.chain(from_event, to_event, chains=k, **options)

    def chains_between(
        self,
        pairs: Any,
        *,
        by: By = "closest",
        in_time: bool = False,
        backward: bool = False,
        directed: bool = False,
        avoid: Names = (),
        max_links: int | None = None,
        surprise: bool | None = None,
        chains: int = 1,
    ) -> list[Chains]:
        """How the two events of each pair connect: `chain` for many pairs at once, on all
        processors.

        Args:
            pairs: As `distances` takes them.
            by: This and all other options as `chain` takes them.

        Returns:
            `Chains` of each pair, in the order of the pairs; `best` is None where there
            is no chain, one of no links from an event to itself. Their evidence is
            gathered when somebody looks at it.

        Raises:
            KeyError: If a name means no event, or several; the pair is named.
            ValueError: If a pair is none of two names.

        Example:
            >>> pairs = [("sputnik-1-the-first", "neil-armstrong-steps"), ("laika", "michael-adams")]
            >>> [chains.best and chains.best.length for chains in moon.chains_between(pairs)]
            [3, None]
        """
        asked = _chain_options(by, in_time, backward, directed, avoid, max_links, surprise, chains)
        found = self._native.ways_between(pairs, self._selection, json.dumps(asked))
        how = Asked(self._native, "chain", self._selection, asked)
        return [Chains(ways, how) for ways in found]

    def distances(
        self, pairs: Any, *, directed: bool = False, max_links: int | None = None
    ) -> Distances:
        """The fewest links between the two events of each pair, of many at once.

        Args:
            pairs: Tuples of two names, each an event's key, an end of it, or
                words; or a frame of pandas, Polars, PyArrow or DuckDB with the
                columns `from` and `to` (or `from_event` and `to_event`). Whole
                keys are the fastest.
            directed: Follow links only from the page that lists them.
            max_links: The most links to look for.

        Returns:
            `Distances`: `links`, a number of each pair, or None if no chain ties
            the two; `distances`, which also have the `reason`; `table`.

        Raises:
            KeyError: If a name means no event, or several; the pair is named.
            ValueError: If a pair is none of two names, or a column holds numbers
                and no key of the graph is one.

        Example:
            >>> pairs = [("sputnik-1-the-first", "neil-armstrong-steps"), ("laika", "michael-adams")]
            >>> found = moon.distances(pairs)
            >>> found.links, found.distances[1].reason
            ([2, None], 'unlinked')
        """
        options = {"directed": directed, **({} if max_links is None else {"max_links": max_links})}
        select, asked = self._selection, json.dumps(options)
        return Distances(self._native.distances(pairs, select, asked))

    def thread(
        self, event: str, *, steps: int = 5, branches: int = 2, min_strength: float = 0.3
    ) -> Thread:
        """What led to an event and what followed: chains in time along strong links
        to events that are about the same and near in time.

        Where only links that tell little lead on, a chain ends: `weak_before` and
        `weak_after` tell at which event, and what the strongest of them is.

        Args:
            event: Its key, an end of it, or words.
            steps: The most links each way.
            branches: The most chains each way.
            min_strength: Follow no link weaker than this; 0 follows all.

        Example:
            >>> len(moon.thread("neil-armstrong-steps").before)
            2
        """
        return self._ask(
            Thread, "thread", True, event=event, steps=steps, branches=branches,
            min_strength=min_strength,
        )  # fmt: skip

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

    def info(self) -> Info:
        """How much there is, from when to when, what hangs together.

        Example:
            >>> moon.info().first
            '1957-10-04'
        """
        return self._ask(Info, "info")

    def export(
        self,
        path: Path,
        *,
        to: str | None = None,
        group_by: Literal["day", "component", "community", "story"] | None = None,
        for_spreadsheet: bool = False,
        no_stories: bool = False,
        base: str | None = None,
        layout: Literal["force", "time"] | None = None,
        layout_from: Path | None = None,
        width: int | None = None,
        theme: Literal["light", "dark", "auto"] | None = None,
    ) -> None:
        """Writes the events and their links for another tool; warns of events that the
        format leaves out, such as those without a date from a calendar.

        Args:
            path: The file, or for some formats the folder.
            to: The format, see `threadline.formats`; by default what the path
                ends with.
            group_by: dot: a box around the events of each of these.
            for_spreadsheet: csv: a spreadsheet opens it as it is, and takes no
                title for a formula.
            no_stories: json and its like, gexf, sqlite, neo4j, cypher: leave out
                the stories, which take longer to find than the rest to write.
            base: turtle, ntriples, jsonld: what the names of all resources begin
                with, such as "https://archive.example/".
            layout: A place for each event, where the format has one: linked
                events near one another ("force"), or the date from left to right
                and a lane for each story ("time").
            layout_from: Keep events where they are in this earlier export with
                places (`.json`, `.gexf`), or in this graph.
            width, theme: svg, png: pixels from side to side, by default 1200;
                "light" (the default), "dark", or "auto" for that of the reader's
                system.

        Raises:
            OSError: If it cannot be written; what was there is still there.
            ValueError: If there is no such format, or it has no place for what
                is asked for.

        Example:
            >>> import os, tempfile
            >>> with tempfile.TemporaryDirectory() as folder:
            ...     moon.export(f"{folder}/moon.dot", group_by="story")
            ...     os.listdir(folder)
            ['moon.dot']
        """
        options = {
            "group_by": group_by, "for_spreadsheet": for_spreadsheet,
            "no_stories": no_stories, "base": base, "layout": layout, "width": width, "theme": theme,
        }  # fmt: skip
        select = self._selection
        asked = json.dumps(options)
        for remark in self._native.export(path, to, select, asked, layout_from):
            warnings.warn(remark, stacklevel=2)

    def svg(self, *, theme: str = "auto", width: int = 900) -> str:
        """The map of the events as a picture, as `export` writes it to `.svg`.

        Linked events stand near one another, stories have colours, the largest
        have names. In a notebook a graph or view of at most 500 events is shown
        so; one of more events as its timeline, which is there at once.

        Args:
            theme: "light", "dark", or "auto" for that of the reader's system.
            width: Pixels from side to side, 320 to 8000.
        """
        return self._native.map(self._selection, theme, width)

    def __len__(self) -> int:
        rows = self._rows()
        return self._native.counts()[0] if rows is None else len(rows)

    def _repr_html_(self) -> str:
        said = _html.plain(repr(self)[1:-1])
        if len(self) == 0:
            return said
        return said + _html.picture(
            self.svg() if len(self) <= MAP_EVENTS else self.timeline().svg()
        )

    def view(
        self,
        *,
        layout: Layout = "force",
        height: int = 600,
        texts: bool | None = None,
        **select: Any,
    ) -> MapWidget:
        """A map to move around in, as a widget (needs anywidget).

        Drag, turn the wheel (after a click into the map), search (`/`), draw a
        span under the map, click an event for its text, sources and linked events.
        A saved notebook shows it without a kernel if the state of widgets is saved
        with it; `.to_html(path)` writes it as a page, `.embed()` puts that page into
        the cell.

        Args:
            layout: "force" for linked events near one another, "time" for the date
                from left to right; the map has a button for it.
            height: Pixels.
            texts: Put summaries and sources into the widget; by default up to
                20,000 events. The map asks the kernel for those that are not there.
            **select: As `Graph.select` takes them: `view(topic="Gagarin")` is
                `select(topic="Gagarin").view()`.

        Returns:
            A widget whose `selected` is the key of the event that was clicked, and
            whose `span` is the first and the last date of the time brush.

        Raises:
            ImportError: If anywidget is missing.
            KeyError, ValueError: As `Graph.select`.

        Example:
            >>> view = moon.view(start=1957, end=1958)
            >>> view.selected = "laika"
            >>> moon.show(view.selected).date
            '1957-11-03'
        """
        if select:
            return self.select(**select).view(layout=layout, height=height, texts=texts)
        from .view import make

        return make(self, layout, height, texts)

    def _rows(self) -> list[int] | None:
        """The rows of the selected events; None for all."""
        return self._native.selected(self._selection) if self._select else None

    def to_networkx(self, *, stories: bool = True) -> Any:
        """A `networkx.MultiDiGraph`; nodes are keys of events.

        Every `to_…` but `to_scipy` hands over what the node-link JSON of
        `export` says: of an event `date` (text), `title`, `summary`,
        `lead_topic`, `topics`, `present`, `page`, `sources`, `revisions`,
        `story` (its number in `stories()`) and `story_name`; of a link `rank`,
        `topics`, `line`, `strength`, and as its key the row in `graph.links`.

        Args:
            stories: Whether to find the stories, which takes longer than the rest
                in a large graph; without them `story` and `story_name` are missing.

        Example:
            >>> import networkx
            >>> graph = moon.to_networkx()
            >>> networkx.number_weakly_connected_components(graph)
            3
        """
        from . import _convert

        return _convert.to_networkx(self._native, self._selection, stories)

    def to_igraph(self, *, stories: bool = True) -> Any:
        """A directed `igraph.Graph` with all attributes, see `to_networkx`; a
        vertex has its key as `name`, an edge its row in `graph.links` as `key`."""
        from . import _convert

        return _convert.to_igraph(self._native, self._selection, stories)

    def to_scipy(self, *, weight: Literal["none", "strength"] = "none") -> Any:
        """A `scipy.sparse.csr_array`: the number of links from row to column.

        Rows are those of `graph.events`; of a view, its events in that order.

        Args:
            weight: What a link weighs: 1, or its strength.
        """
        from . import _convert

        return _convert.to_scipy(self._native, self._selection, weight)

    def to_rustworkx(self, *, stories: bool = True) -> Any:
        """A `rustworkx.PyDiGraph`; nodes and edges are dicts of all attributes,
        see `to_networkx`, `key` among them."""
        from . import _convert

        return _convert.to_rustworkx(self._native, self._selection, stories)

    def to_raphtory(self, *, stories: bool = True) -> Any:
        """A `raphtory.Graph`, which can be asked how it was at any time.

        A node is there from its event's day on, an edge from the later day of
        its two ends; what has no date is there from the first day on. All
        attributes (see `to_networkx`) of an event are metadata of its node, but
        for those that are None; those of a link are properties of an update of
        its edge, so that parallel links are told apart.

        Example:
            >>> early = moon.to_raphtory().before("1958-01-01")
            >>> early.count_nodes()
            3
        """
        from . import _convert

        return _convert.to_raphtory(self._native, self._selection, stories)
