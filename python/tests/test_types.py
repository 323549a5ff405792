"""Types hold, for mypy and for pyright, in the package and where it is used."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typed_examples

import threadline

PACKAGE = Path(threadline.__file__).parent
EXAMPLES = Path(typed_examples.__file__)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy: type checkers say nothing of what is installed."""
    shutil.copytree(
        PACKAGE,
        tmp_path / "threadline",
        ignore=shutil.ignore_patterns("*.so", "*.pyd", "__pycache__"),
    )
    shutil.copy(EXAMPLES, tmp_path)
    return tmp_path


def test_mypy(folder: Path) -> None:
    if importlib.util.find_spec("mypy") is None:
        pytest.skip("mypy is not installed")
    command = [sys.executable, "-m", "mypy", "--strict", "--ignore-missing-imports", "threadline"]
    done = subprocess.run(
        [*command, EXAMPLES.name], check=False, capture_output=True, text=True, cwd=folder
    )
    assert done.returncode == 0, done.stdout
    assert "source files" in done.stdout


def test_pyright(folder: Path) -> None:
    """Strict, but for what comes out of other libraries and of JSON."""
    if importlib.util.find_spec("pyright") is None:
        pytest.skip("pyright is not installed")
    settings = {
        "typeCheckingMode": "strict",
        "pythonVersion": "3.10",
        "reportMissingImports": False,
        "reportMissingTypeStubs": False,
        "reportUnknownArgumentType": False,
        "reportUnknownLambdaType": False,
        "reportUnknownMemberType": False,
        "reportUnknownVariableType": False,
        # It makes the insides of other libraries, whose types come and go.
        "ignore": ["threadline/_convert.py"],
        # Modules of one package.
        "reportPrivateUsage": False,
        # What is checked at run time is for those who do not check types.
        "reportUnnecessaryIsInstance": False,
    }
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=folder)
    try:
        # What npm says of an installation stands before it.
        found = json.loads(done.stdout[done.stdout.index("{") :])
    except ValueError:
        pytest.skip("pyright does not run here; it needs Node.js and npm's registry")
    wrong = [
        f"{Path(said['file']).name}:{said['range']['start']['line'] + 1}: {said['message']}"
        for said in found["generalDiagnostics"]
        if said["severity"] == "error"
    ]
    assert not wrong, "\n".join(wrong)
    assert found["summary"]["filesAnalyzed"] > 8


def test_the_examples_run(moon: threadline.Graph, archive: Path) -> None:
    stories = typed_examples.longest_stories(moon, 2)
    assert stories[0][1] >= stories[1][1] > 1
    assert len(typed_examples.longest_stories(moon.select(topic="Soviet Union"), 2)) == 2
    chain = typed_examples.connection(moon, "sputnik-1-the-first", "neil-armstrong-steps")
    assert "hops: 1957-10-04, " in chain
    evidence = typed_examples.evidence(moon, "sergei-korolev-dies")
    assert any("State secrecy" in topics for topics in evidence.values())
    assert typed_examples.busiest(moon, "Soviet Union", 1961) == "1961-04"
    assert typed_examples.busiest(moon, "Soviet Union", 1800) is None
    assert all(0 < s <= 1 for s in typed_examples.ties(moon, "Soviet Union", "NASA").values())
    assert ("Nikita Khrushchev", 5) in typed_examples.company(moon, "Sergei Korolev")
    assert "no event is called" in typed_examples.near_names(moon, "no such thing")
    assert typed_examples.report(str(archive))["sweep"] == 9
