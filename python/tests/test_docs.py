"""Docstrings run, what is public is documented, and nothing heavy is imported."""

from __future__ import annotations

import doctest
import importlib.util
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import threadline
from threadline import _graph, _questions, _threadline, answers

PACKAGE = Path(threadline.__file__).parent


@pytest.mark.parametrize(
    "module", [threadline, answers, _graph, _questions], ids=lambda module: module.__name__
)
def test_examples(module: Any, moon: threadline.Graph, archive: Path, graph_file: Path) -> None:
    for needed in ("pyarrow", "networkx", "raphtory"):
        if importlib.util.find_spec(needed) is None:
            pytest.skip(f"the examples need {needed}")
    names = {"threadline": threadline, "moon": moon, "archive": archive, "graph_file": graph_file}
    done = doctest.testmod(module, extraglobs=names)
    assert done.attempted > 1 and done.failed == 0


def test_what_is_public_is_documented() -> None:
    things = [
        threadline,
        *(getattr(answers, name) for name in answers.__all__),
        *(getattr(threadline, name) for name in threadline.__all__ if name != "__version__"),
    ]
    for thing in things:
        assert thing.__doc__, thing
    for kind in (threadline.Graph, threadline.View, threadline.Record):
        for name in dir(kind):
            if not name.startswith("_"):
                assert getattr(kind, name).__doc__, f"{kind.__name__}.{name}"


def test_the_stub_names_what_the_native_part_has() -> None:
    stub = (PACKAGE / "_threadline.pyi").read_text()
    for name in dir(_threadline):
        if not name.startswith("_"):
            assert f"class {name}:" in stub or f"def {name}(" in stub, name
            for method in dir(getattr(_threadline, name)):
                if isinstance(getattr(_threadline, name), type) and not method.startswith("_"):
                    assert f"def {method}(" in stub, f"{name}.{method}"


def test_importing_brings_nothing_heavy() -> None:
    heavy = "pyarrow pandas polars numpy networkx igraph scipy rustworkx raphtory anywidget"
    code = f"import sys, threadline; print([m for m in {heavy.split()!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
