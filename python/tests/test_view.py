"""The map: what its state and its page hold, that hostile titles stay text, that a
saved notebook has all of it, and its scripts' functions."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

import threadline
from threadline.view._page import HERE, Page, script, style

HOSTILE = "</script><img src=x onerror=alert(1)><!--<script>\u2028 & \"'"


@pytest.fixture
def widgets() -> None:
    pytest.importorskip("anywidget")


def shown(view: Any) -> Any:
    return json.loads(gzip.decompress(view.data))


def hostile_graph() -> threadline.Graph:
    pyarrow = pytest.importorskip("pyarrow")
    events = {"key": ["a", HOSTILE], "date": ["1969-07-16", None], "title": [HOSTILE, "b"]}
    links = {"source": ["a"], "target": [HOSTILE], "topics": [[HOSTILE]]}
    return threadline.from_tables(pyarrow.table(events), pyarrow.table(links))


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the texts in them by name."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.attributes: list[dict[str, str | None]] = []
        self.texts: dict[str, list[str]] = {}
        self._open = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes.append(dict(attrs))
        self.texts.setdefault(tag, []).append("")
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data


def test_without_anywidget_it_says_what_to_install(
    moon: threadline.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(ImportError, match="pip install anywidget"):
        moon.view()


@pytest.mark.usefixtures("widgets")
def test_the_state_is_all_that_is_shown(moon: threadline.Graph) -> None:
    answer = shown(moon.view())
    events = answer["events"]
    assert len(events["key"]) == len(moon) == len(set(zip(events["x"], events["y"], strict=True)))
    laika = moon.show("laika")
    row = events["key"].index(laika.key)
    assert (events["title"][row], events["summary"][row]) == (laika.title, laika.summary)
    assert events["sources"][row] == [source.to_dict() for source in laika.sources]
    assert sorted(answer["topics"][topic] for topic in events["topics"][row]) == laika.topics
    stories = moon.stories()
    told = [(s["id"], s["name"], s["size"]) for s in answer["stories"]]
    assert sorted(told) == [(story.id, story.name, story.size) for story in stories]
    sizes = [size for _, _, size in told]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.usefixtures("widgets")
def test_a_selection_is_the_map_of_it(moon: threadline.Graph) -> None:
    direct, selected = moon.view(topic="Soviet Union"), moon.select(topic="Soviet Union").view()
    assert direct.data == selected.data
    assert shown(direct)["name"] == "Soviet Union"
    assert len(shown(direct)["events"]["key"]) == len(moon.select(topic="Soviet Union"))
    with pytest.raises(KeyError, match="Sowjet"):
        moon.view(topic="Sowjet")
    with pytest.raises(ValueError, match="force and time"):
        moon.view(layout="round")  # type: ignore[arg-type]


@pytest.mark.usefixtures("widgets")
def test_what_is_selected_is_an_event_of_the_map(moon: threadline.Graph) -> None:
    view = moon.view(start=1957, end=1958)
    assert (view.selected, view.span, view.places) == (None, None, "force")
    view.selected = "laika"
    assert view.selected == moon.show("laika").key
    with pytest.raises(KeyError, match="not among the 7 events"):
        view.selected = "neil-armstrong-steps"
    with pytest.raises(KeyError):
        view.selected = "there is no such event"
    assert view.selected == moon.show("laika").key
    view.selected = None


@pytest.mark.usefixtures("widgets")
def test_a_span_is_two_dates(moon: threadline.Graph) -> None:
    view = moon.view(start=1957, end=1958)
    view.span = ("1957-10-04", "1958-12-31")
    assert len(moon.select(start=view.span[0], end=view.span[1])) == 7
    for wrong in (["1957", "1958-01-01"], ["1958-02-30", "1958-03-01"]):
        with pytest.raises(ValueError, match="no date such as 1969-07-20"):
            view.span = wrong
    with pytest.raises(ValueError, match="before it begins"):
        view.span = ["1958-01-02", "1958-01-01"]
    assert view.span == ["1957-10-04", "1958-12-31"]


@pytest.mark.usefixtures("widgets")
def test_texts_that_are_left_out_are_asked_for(
    moon: threadline.Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = moon.view(texts=False)
    assert "summary" not in shown(view)["events"]
    sent: list[Any] = []
    monkeypatch.setattr(view, "send", sent.append)
    laika = moon.show("laika")
    for message in ({"key": laika.key}, {"key": "no such key"}, {"key": []}, [], None):
        view._handle_custom_msg(message, [])
    sources = [source.to_dict() for source in laika.sources]
    assert sent == [{"key": laika.key, "summary": laika.summary, "sources": sources}]


@pytest.mark.usefixtures("widgets")
def test_viewers_without_widgets_see_a_picture(moon: threadline.Graph) -> None:
    bundle = moon.view()._repr_mimebundle_()
    assert bundle is not None
    assert bundle[0]["image/svg+xml"].startswith("<?xml")
    assert "application/vnd.jupyter.widget-view+json" in bundle[0]


@pytest.mark.usefixtures("widgets")
def test_a_page_is_whole_and_titles_stay_text(tmp_path: Path) -> None:
    view = hostile_graph().view(layout="time")
    path = tmp_path / "map.html"
    view.to_html(path)
    text = path.read_text(encoding="utf-8")
    page = Elements(text)
    assert page.names.count("script") == 3 and "img" not in page.names
    assert not any(name in given for given in page.attributes for name in ("src", "href"))
    data, chosen, code = page.texts["script"]
    assert json.loads(data)["events"]["title"] == [HOSTILE, "b"]
    assert json.loads(chosen) == {"places": "time", "selected": None, "span": None}
    assert code == script("page.js")
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]
    view.to_html(path)
    assert path.read_text(encoding="utf-8") == text


def test_a_page_lets_no_script_run_but_its_own() -> None:
    page = Elements(str(Page("{}", {}, HOSTILE, 600)))
    [policy] = [given["content"] for given in page.attributes if "http-equiv" in given]
    assert policy is not None
    for name in ("script", "style"):
        digest = hashlib.sha256(page.texts[name][-1].encode()).digest()
        assert f"{name}-src 'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert page.texts["title"] == [HOSTILE]


def test_a_frame_holds_the_page() -> None:
    page = Page("{}", {}, HOSTILE, 600)
    frame = Elements(page._repr_html_())
    assert frame.names == ["iframe"]
    assert frame.attributes[0]["srcdoc"] == str(page)
    assert "allow-same-origin" not in str(frame.attributes[0]["sandbox"])


def test_a_page_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(threadline.FileError, match="cannot write the page"):
        Page("{}", {}, "", 600).save(tmp_path / "missing" / "map.html")


@pytest.mark.usefixtures("widgets")
def test_a_saved_notebook_has_all_of_it(graph_file: Path, tmp_path: Path) -> None:
    nbformat, nbclient = pytest.importorskip("nbformat"), pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    code = f"import threadline\nview = threadline.open({str(graph_file)!r}).view()\nview"
    cells = [code, "view.selected = 'laika'; view.span = ['1957-01-01', '1958-12-31']"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    nbclient.NotebookClient(notebook, timeout=120, store_widget_state=True).execute()
    nbformat.write(notebook, tmp_path / "saved.ipynb")
    saved = nbformat.read(tmp_path / "saved.ipynb", as_version=4)
    bundle = saved.cells[0].outputs[0].data
    models = saved.metadata.widgets["application/vnd.jupyter.widget-state+json"].state
    model = models[bundle["application/vnd.jupyter.widget-view+json"].model_id]
    [buffer] = model["buffers"]
    assert (buffer["path"], buffer["encoding"]) == (["data"], "base64")
    answer = json.loads(gzip.decompress(base64.b64decode(buffer["data"])))
    assert len(answer["events"]["summary"]) == 123
    assert model["state"]["span"] == ["1957-01-01", "1958-12-31"]
    assert model["state"]["selected"] in answer["events"]["key"]
    assert (model["state"]["_esm"], model["state"]["_css"]) == (script("widget.js"), style())


@pytest.fixture
def node(tmp_path: Path) -> Any:
    program = shutil.which("node")
    if program is None:
        pytest.skip("there is no node")
    (tmp_path / "package.json").write_text('{"type": "module"}')

    def run(*arguments: str) -> None:
        command = [program, *arguments]
        done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr

    return run


@pytest.mark.parametrize("entry", ["widget.js", "page.js"])
def test_the_scripts_make_one_module(entry: str, node: Any, tmp_path: Path) -> None:
    code = script(entry)
    assert "import " not in [line[:7] for line in code.splitlines()]
    (tmp_path / entry).write_text(code, encoding="utf-8")
    # Two of one name would be an error.
    node("--check", entry)


def test_the_scripts_ask_nobody_and_write_no_markup() -> None:
    for path in (HERE / "js").glob("*.js"):
        text = path.read_text(encoding="utf-8")
        for name in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
            assert name not in text, path.name
        for name in ("fetch(", "XMLHttpRequest", "WebSocket", "//cdn", "import("):
            assert name not in text, path.name


def test_the_scripts_functions(node: Any, tmp_path: Path) -> None:
    for path in [*(HERE / "js").glob("*.js"), Path(__file__).with_name("view.test.js")]:
        shutil.copy(path, tmp_path)
    node("--test", "view.test.js")
