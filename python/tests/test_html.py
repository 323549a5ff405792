"""What a notebook shows: pictures, cards and short tables, in which nothing of a
page is markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest

import threadline
from threadline import _html, _questions

pyarrow = pytest.importorskip("pyarrow")

EVIL = """<script>alert("x")</script> <img src=x onerror='y()'> O'Neil & "Sons" ]]></style>"""
QUESTIONS = {
    "graph": lambda g: g,
    "view": lambda g: g.select(start=1900),
    "show": lambda g: g.show("a"),
    "search": lambda g: g.search(),
    "rank": lambda g: g.rank(),
    "topics": lambda g: g.topics(),
    "topics with": lambda g: g.topics(with_=EVIL),
    "topics between": lambda g: g.topics(between=(EVIL, "other")),
    "timeline": lambda g: g.timeline(),
    "rows": lambda g: g.timeline(("topic", "year")),
    "bursts": lambda g: g.bursts("topic", gamma=0.1, min_events=1),
    "clusters": lambda g: g.clusters(),
    "sweep": lambda g: g.sweep(),
    "stories": lambda g: g.stories(min_size=1),
    "one story": lambda g: g.stories(min_size=1).stories[0],
    "story": lambda g: g.story(1, min_size=1),
    "chain": lambda g: g.chain("a", "b"),
    "no chain": lambda g: g.chain("b", "a", in_time=True),
    "distances": lambda g: g.distances([("a", "b"), ("b", "d")]),
    "thread": lambda g: g.thread("b"),
    "check": lambda g: g.check(),
    "info": lambda g: g.info(),
}


class Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = self.style = ""
        self._inside = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.style += " ".join(value or "" for name, value in attrs if name == "style")
        self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.style += data
        else:
            self.text += data


@pytest.fixture(scope="module")
def hostile() -> threadline.Graph:
    keys = ["a", "b", "c", "d"]
    days = ["1969-07-16", "1969-07-17", "1969-07-18", EVIL]
    events = {
        "key": keys,
        "title": [EVIL] * 4,
        "summary": [EVIL + "\n\n" + EVIL, None, None, EVIL],
        "date": days,
        "topics": [[EVIL, "other"]] * 3 + [["other"]],
        "page": ["a.md", None, "c.md", "d.md"],
    }
    links = {
        "source": ["a", "b", "a", "c", "c"],
        "target": ["b", "c", "c", "d", EVIL],
        "topics": [[EVIL]] * 5,
    }
    return threadline.from_tables(pyarrow.table(events), pyarrow.table(links))


@pytest.mark.parametrize("name", QUESTIONS)
def test_nothing_of_a_page_is_markup(hostile: threadline.Graph, name: str) -> None:
    html = QUESTIONS[name](hostile)._repr_html_()
    page = Tags(html)
    assert not page.tags & {"script", "img", "iframe", "object", "link", "foreignobject"}
    assert not [name for name in page.attributes if name.startswith("on")]
    assert len(page.text) > 5
    # Nothing is loaded from elsewhere.
    assert not page.attributes & {"src", "srcset", "xlink:href", "data", "background"}
    assert not re.search(r"url\(|@import", page.style)


@pytest.mark.parametrize("name", ["show", "search", "rank", "topics", "chain", "thread", "check"])
def test_the_text_is_there_all_the_same(hostile: threadline.Graph, name: str) -> None:
    text = Tags(QUESTIONS[name](hostile)._repr_html_()).text
    assert "<script>" in text and "O'Neil" in text.replace("O'Nei…", "O'Neil")


def test_only_pages_of_the_web_are_links() -> None:
    def card(url: str) -> Tags:
        source = {"name": EVIL, "url": url, "kind": "article"}
        event = {
            "key": "a", "date": None, "title": EVIL, "summary": None, "page": None, "topics": [],
            "sources": [source], "links": [], "linked_from": [],
        }  # fmt: skip
        return Tags(_html.event(event))

    assert "a" in card("https://example.org/?a='><b>").tags
    assert "b" not in card("https://example.org/?a='><b>").tags
    for url in ("javascript:alert(1)", " https://x", "data:text/html,x", "//x", "JAVASCRIPT:x"):
        assert "a" not in card(url).tags, url


def test_a_graph_is_a_map_and_a_large_one_a_timeline(
    moon: threadline.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    for graph in (moon, moon.select(topic="Soviet Union")):
        html = graph._repr_html_()
        assert "Events that are linked stand near one another" in html
        assert "events by" not in html
    monkeypatch.setattr(_questions, "MAP_EVENTS", 100)
    assert "123 events by quarter" in moon._repr_html_()
    assert "Events that are linked" in moon.select(topic="Soviet Union")._repr_html_()


def test_the_map_is_the_exported_one(moon: threadline.Graph, tmp_path: Any) -> None:
    path = tmp_path / "map.svg"
    moon.select(topic="Soviet Union").export(path)
    dots = re.compile(r"<circle [^>]*>")
    ours = moon.select(topic="Soviet Union").svg(theme="light", width=1200)
    assert dots.findall(ours) == dots.findall(path.read_text(encoding="utf-8")) != []


def test_tables_are_short_and_say_how_many_more(moon: threadline.Graph) -> None:
    for answer, rows in [
        (moon.search(), 123), (moon.rank(), 123), (moon.topics(), 116), (moon.stories(), 17),
        (moon.check(), 20),
    ]:  # fmt: skip
        html = answer._repr_html_()
        assert html.count("<tr>") == 1 + _html.ROWS + 1
        assert f"… and {rows - _html.ROWS} more" in html
    few = moon.clusters(method="components")._repr_html_()
    assert few.count("<tr>") == 1 + len(moon.clusters(method="components")) and "more" not in few


def test_a_card_has_text_topics_links_both_ways_and_sources(moon: threadline.Graph) -> None:
    shown = moon.show("gagarin-circles")
    text = Tags(shown._repr_html_()).text
    for part in (shown.title, shown.date, shown.page, shown.topics[0], shown.sources[0].name):
        assert part in text
    for heading in (f"Links to ({len(shown.links)})", f"Linked from ({len(shown.linked_from)})"):
        assert heading in text
    assert f"… and {len(shown.links) - _html.LINKS} more" in text
    absent = next(event for event in moon.search() if not event.present)
    assert "no page of its own" in moon.show(absent.key)._repr_html_()


def test_light_and_dark(moon: threadline.Graph) -> None:
    assert "prefers-color-scheme: dark" in moon._repr_html_()
    # Text has the notebook's own colours.
    for answer in (moon.show("laika"), moon.search(), moon.info()):
        assert not re.search(r"color|background", answer._repr_html_())


def test_plain_text_says_what_it_is(moon: threadline.Graph) -> None:
    for answer, text in [
        (moon, "Graph: 123 events, 431 links, 116 topics"),
        (moon.select(start=1975), "View: 4 of 123 events"),
        (moon.search("apollo"), "Events: 24 events"),
        (moon.rank(), "Events: 123 events by pagerank"),
        (moon.topics(with_="Soviet Union"), "topics that come with Soviet Union"),
        (moon.topics(between=("Soviet Union", "NASA")), "events of both Soviet Union and NASA"),
        (moon.show("laika"), "ShownEvent: 1957-11-03 The dog Laika"),
        (moon.sweep(), "Sweep: "),
        (moon.bursts(), "Bursts: 1 burst>"),
        (moon.chain("laika", "belka-and-strelka-come"), "Chains: 1 link from"),
        (moon.distances([("laika", "laika")]), "Distances: 1 of 1 pair tied by links"),
        (moon.timeline("year", bursts=True), "19 bins, undated=0, 1 burst>"),
    ]:
        assert repr(answer).startswith("<threadline.") and text in repr(answer)
