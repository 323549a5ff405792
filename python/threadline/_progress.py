"""How far reading has come: a line in a terminal or under a notebook's cell."""

from __future__ import annotations

import sys
import time
from typing import Any

AFTER = 1.0
"""Seconds that pass before anything is shown: most archives are read by then."""


class Bar:
    """Called with the pages read and the pages that there are, if that is known."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._cell: Any = None
        self._shown = False

    @staticmethod
    def has_place() -> bool:
        """Whether anybody would see it."""
        return sys.stderr.isatty() or in_notebook()

    def __call__(self, pages: int, expected: int | None) -> None:
        if time.monotonic() - self._start < AFTER:
            return
        self._show(line(pages, expected))

    def close(self) -> None:
        """Takes it away again."""
        if self._shown:
            self._show("")

    def _show(self, text: str) -> None:
        self._shown = True
        if in_notebook():
            from IPython.display import HTML, display  # type: ignore[import-not-found, unused-ignore]

            if self._cell is None:
                self._cell = display(HTML(""), display_id=True)  # type: ignore[no-untyped-call, unused-ignore]
            self._cell.update(HTML(f"<pre>{text}</pre>" if text else ""))  # type: ignore[no-untyped-call, unused-ignore]
        else:
            sys.stderr.write(f"\r{text}\x1b[K")
            sys.stderr.flush()


def in_notebook() -> bool:
    """Whether this runs in a kernel. A script may have imported one, too."""
    if "ipykernel" not in sys.modules:
        return False
    from IPython import get_ipython  # type: ignore[import-not-found, unused-ignore]

    return hasattr(get_ipython(), "kernel")  # type: ignore[no-untyped-call, unused-ignore]


def line(pages: int, expected: int | None) -> str:
    """`reading ███··· 1,234 of 5,678 pages`."""
    if not expected:
        return f"reading {pages:,} pages"
    done = min(30, 30 * pages // expected)
    return f"reading {'█' * done}{'·' * (30 - done)} {pages:,} of {expected:,} pages"
