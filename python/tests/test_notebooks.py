"""The notebooks run from start to end, and say what was committed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[1] / "notebooks").glob("*.ipynb"))


def texts(notebook: Any) -> list[str]:
    """What each cell prints and answers, without pictures. What it prints may
    arrive in pieces."""

    def text(output: Any) -> str:
        return output.get("text") or output.get("data", {}).get("text/plain", "")

    return ["".join(map(text, cell.get("outputs", []))) for cell in notebook.cells]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook(path: Path) -> None:
    nbformat = pytest.importorskip("nbformat")
    nbclient = pytest.importorskip("nbclient")
    for name in ("ipykernel", "polars", "altair", "vl_convert", "networkx", "igraph", "duckdb"):
        pytest.importorskip(name)
    committed = nbformat.read(path, as_version=4)
    fresh = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    nbclient.NotebookClient(fresh, timeout=120, resources=where).execute()
    assert sum(map(bool, texts(fresh))) > 5
    assert texts(fresh) == texts(committed)
