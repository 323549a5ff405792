"""What makes no sense is an exception that says so, and of the right kind."""

from __future__ import annotations

import contextlib
import importlib
import pickle
import signal
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import threadline


def test_an_unknown_event_is_a_key_error(moon: threadline.Graph) -> None:
    with pytest.raises(KeyError, match="no event is called `no such thing`"):
        moon.show("no such thing")
    with pytest.raises(threadline.Error, match="could be any of 4 events"):
        moon.thread("neil")
    with pytest.raises(KeyError, match="pair 2: no event is called `no such thing`"):
        moon.distances([("laika", "laika"), ("laika", "no such thing")])
    with pytest.raises(KeyError, match="did you mean `Apollo Lunar Module`"):
        moon.select(topic="Apollo")
    with pytest.raises(KeyError, match="stories 1 to"):
        moon.story(999)
    with pytest.raises(KeyError, match="clusters 1 to"):
        moon.select(cluster=0)


def test_a_name_of_several_events_tells_which(moon: threadline.Graph) -> None:
    with pytest.raises(KeyError, match="could be any of 4 events") as raised:
        moon.show("neil")
    error = raised.value
    assert isinstance(error, threadline.AmbiguousError)
    assert [moon.show(key).key for key in error.candidates] == error.candidates
    assert len(error.candidates) == 4
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.candidates) == (str(error), error.candidates)
    with pytest.raises(threadline.AmbiguousError, match="pair 1") as raised:
        moon.distances([("laika", "neil")])
    assert raised.value.candidates == error.candidates


@pytest.mark.parametrize(
    ("ask", "text"),
    [
        (lambda g: g.chain("laika", "laika"), "same event"),
        (lambda g: g.chain("laika", "gagarin", by="nearest"), "there is no `nearest`"),
        (lambda g: g.chain("laika", "1961-04-12", in_time=True, backward=True), "cannot be both"),
        (lambda g: g.select(start="19"), "`19` is no date"),
        (lambda g: g.select(start=1970, end=1960), "before it begins"),
        (lambda g: g.select(hops=2), "`around`"),
        (lambda g: g.select(story=1, cluster=1), "at once"),
        (lambda g: g.timeline("fortnight"), "`by` takes day"),
        (lambda g: g.timeline(("day", "year")), "one length of a step"),
        (lambda g: g.rank(by="betweenness", weight="strength"), "number of links"),
        (lambda g: g.clusters(method="components", seed=1), "is for communities"),
        (lambda g: g.check(code="no-code"), "there is no code `no-code`"),
        (lambda g: g.export("graph.unknown"), "which format?"),
        (lambda g: g.topics(between=("Soviet Union",)), "takes two topics"),
        (lambda g: g.topics(between=()), "takes two topics"),
        (lambda g: g.topics(with_=[]), "`with_` takes a topic, or several"),
        (lambda g: g.chain("laika", 7), "invalid type"),
        (lambda g: g.distances([("laika", "sputnik-1-the-first"), ("laika",)]), "pair 2 is"),
        (lambda g: g.distances([("laika", 7)]), "pair 1 is .*; pairs are tuples of two names"),
        (lambda g: g.distances(["ab"]), "pair 1 is 'ab'"),
        # Options are called what the methods call them.
        (lambda g: g.select(start="soon"), "`start` makes no sense: `soon` is no date"),
        (lambda g: g.select(end="soon"), "`end` makes no sense"),
        (lambda g: g.topics(with_="a", between=("a", "b")), "`with_` and `between` are two"),
        (lambda g: g.distances([7]), "pair 1 is 7; pairs are tuples of two names"),
        (lambda g: g.distances([("laika", "laika", "laika")]), "pair 1 is"),
        (lambda g: g.distances([("laika", "\ud800")]), "pair 1 is"),
        (lambda g: g.chains_between([("laika", "sputnik-1-the-first"), ("laika", 7)]), "pair 2 is"),
        (lambda g: g.chains_between(5), "`pairs` is 5; pairs are tuples of two names"),
        (lambda g: g.distances(None), "`pairs` is None; pairs are tuples of two names"),
        (lambda g: g.chains_between([], by="nearest"), "there is no `nearest`"),
        (lambda g: g.chain("laika", "sputnik-1-the-first", avoid="laika"), "is an end of the chain"),
        (lambda g: g.distances([("laika", "laika")], max_links=-1), "`max_links` makes no sense"),
        (lambda g: g.thread("laika", steps=-1), "invalid value"),
        (lambda g: g.stories().svg(), "a picture is of chains"),
        (lambda g: g.thread("laika").svg(theme="pink"), "is no theme"),
        (lambda g: g.thread("laika").svg(width=10), "the width is 10; it is 320 to 8000 pixels"),
        (lambda g: g.timeline().svg(width=10**9), "the width is 1000000000; it is 320 to 8000"),
        (lambda g: g.svg(width=10), "the width is 10; it is 320 to 8000 pixels"),
        (lambda g: g.svg(width=10**9), "the width is 1000000000; it is 320 to 8000"),
        (lambda g: g.export("map.svg", width=10), "the width is 10; it is 320 to 8000 pixels"),
    ],
)
def test_nonsense_is_a_value_error(moon: threadline.Graph, ask: Any, text: str) -> None:
    with pytest.raises(ValueError, match=text) as raised:
        ask(moon)
    assert isinstance(raised.value, threadline.Error)


def test_a_view_of_a_view(moon: threadline.Graph) -> None:
    once = moon.select(topic=["Soviet Union", "Cold War"], start=1957, end=1962)
    twice = moon.select(topic="Soviet Union", start=1957).select(topic="Cold War", end=1962)
    assert [e.key for e in twice.search()] == [e.key for e in once.search()] != []
    with pytest.raises(ValueError, match="both selections ask for `from`"):
        once.select(start=1960)


def test_files(moon: threadline.Graph, graph_file: Path, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        threadline.open(tmp_path / "nothing.threadline")
    with pytest.raises(OSError, match="no such folder to write the file into"):
        moon.save(tmp_path / "no" / "folder" / "a.threadline")
    cut = tmp_path / "cut.threadline"
    cut.write_bytes(graph_file.read_bytes()[:-200])
    with pytest.raises(threadline.Error):
        threadline.open(cut)
    text = tmp_path / "text.threadline"
    text.write_text("no graph")
    with pytest.raises(threadline.Error):
        threadline.open(text)


def test_a_file_that_is_replaced_while_it_is_open(graph_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "a.threadline"
    path.write_bytes(graph_file.read_bytes())
    graph = threadline.open(path)
    before = graph.search("apollo")
    other = threadline.from_tables(*_two_events())
    other.save(path)  # Beside it, and renamed over it.
    assert graph.search("apollo") == before
    assert len(threadline.open(path)) == 2


def _two_events() -> tuple[Any, Any]:
    pyarrow = pytest.importorskip("pyarrow")
    events = pyarrow.table({"key": ["a", "b"]})
    return events, pyarrow.table({"source": ["a"], "target": ["b"]})


def test_threads(moon: threadline.Graph) -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: moon.chain("sputnik-1-the-first", "neil-armstrong-steps"), range(16))
        )
    assert all(answer == answers[0] for answer in answers)


def test_pickling(moon: threadline.Graph) -> None:
    with pytest.raises(TypeError, match=r"graph\.save"):
        pickle.dumps(moon)
    with pytest.raises(TypeError, match=r"graph\.save"):
        pickle.dumps(moon.select(start=1960))
    answer = moon.stories()
    assert pickle.loads(pickle.dumps(answer)) == answer


def test_building_stops_where_the_callback_raises(archive: Path) -> None:
    class Stop(Exception):
        pass

    def stop(pages: int, expected: int | None) -> None:
        raise Stop

    with pytest.raises(Stop):
        threadline.build(archive, progress=stop)


def test_ctrl_c_stops_building(archive: Path) -> None:
    if threading.current_thread() is not threading.main_thread():
        pytest.skip("signals reach the main thread only")
    # What a shell starts in the background is told to ignore the signal.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with pytest.raises(KeyboardInterrupt):
            threadline.build(archive, progress=lambda *_: signal.raise_signal(signal.SIGINT))
            # The signal is seen at the latest when control is back.
    finally:
        signal.signal(signal.SIGINT, before)


def test_progress_is_told(archive: Path) -> None:
    told: list[tuple[int, int | None]] = []
    threadline.build(archive, progress=lambda pages, expected: told.append((pages, expected)))
    assert told and told[-1][0] > 100


def test_a_bar_shows_up_late_and_goes_away(
    archive: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from threadline import _progress

    # A kernel that is imported and does not run is no notebook.
    with contextlib.suppress(ImportError):
        importlib.import_module("ipykernel")
    assert _progress.line(50, 100) == f"reading {'█' * 15}{'·' * 15} 50 of 100 pages"
    assert _progress.line(1234, None) == "reading 1,234 pages"
    threadline.build(archive, progress=True)
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(_progress, "AFTER", 0.0)
    threadline.build(archive, progress=True)
    shown = capsys.readouterr().err
    assert " pages" in shown and shown.endswith("\r\x1b[K")
    threadline.build(archive, progress=False)
    assert capsys.readouterr().err == ""


def test_answers_do_not_change(moon: threadline.Graph) -> None:
    event = moon.show("laika")
    with pytest.raises(AttributeError):
        event.title = "another"
    with pytest.raises(AttributeError, match="there are key"):
        _ = event.colour


def test_what_is_no_archive_is_refused_as_by_the_command(
    command_line: Any, archive: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    (tmp_path / "notes.txt").write_text("mine")
    cases = [
        (empty, tmp_path / "a.threadline", "no event pages in it"),
        (archive, tmp_path / "a.json", "`export` writes json"),
        (archive, empty, "this is a folder"),
        (archive, tmp_path / "notes.txt", "no graph file; name another"),
    ]
    for source, output, text in cases:
        with pytest.raises(ValueError, match=text) as raised:
            threadline.build(source, output)
        program = [command_line.program, "build", source, "-o", output]
        done = subprocess.run(program, check=False, capture_output=True, text=True)
        assert done.stderr == f"threadline: {raised.value}\n"
    for read in (threadline.build, threadline.open):
        with pytest.raises(ValueError, match="no event pages in it"):
            read(empty)
    with pytest.raises(ValueError, match="no graph file"):
        threadline.build(archive).save(tmp_path / "notes.txt")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["empty", "notes.txt"]
