"""What the tests share: the sample archive, its graph, the command line."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

import threadline

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def archive() -> Path:
    return ROOT / "data"


@pytest.fixture(scope="session")
def graph_file(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("graphs") / "moon.threadline"
    threadline.build(archive, path, progress=False)
    return path


@pytest.fixture(scope="session")
def moon(graph_file: Path) -> threadline.Graph:
    return threadline.open(graph_file)


def program() -> str | None:
    """The command line that these tests compare with: `THREADLINE_BIN`, else
    what cargo built."""
    named = os.environ.get("THREADLINE_BIN")
    if named:
        return named
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    built = [target / kind / "threadline" for kind in ("debug", "release")]
    there = [path for path in built if path.is_file()]
    newest = max(there, key=lambda path: path.stat().st_mtime, default=None)
    return str(newest) if newest else shutil.which("threadline")


class CommandLine:
    def __init__(self, program: str, graph_file: Path) -> None:
        self.program, self.graph_file = program, graph_file

    def run(self, question: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        command = [self.program, question, str(self.graph_file), *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    def __call__(self, question: str, *arguments: object) -> Any:
        """What `threadline QUESTION … --json` prints."""
        done = self.run(question, *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def command_line(graph_file: Path) -> CommandLine:
    found = program()
    if found is None:
        pytest.skip("the program `threadline` is not built: cargo build")
    return CommandLine(found, graph_file)
