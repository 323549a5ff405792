"""The map of a graph, to move around in: in a notebook, or as a page of its own.

`Graph.view` is the way in; nothing here is imported before it is called. Where
events stand, which stories there are and how they are coloured comes from the
native part; the scripts in `js/` draw it and ask nobody for anything. They are
plain modules without a package manager or a build step, and `_page` puts them
together into one text.
"""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, Literal

from ._page import Page

if TYPE_CHECKING:
    from .._questions import Questions
    from ._widget import MapWidget

__all__ = ["Layout", "Page", "make"]

Layout = Literal["force", "time"]


def make(questions: Questions, layout: Layout, height: int, texts: bool | None) -> MapWidget:
    """The widget for a graph or a selection, see `Graph.view`.

    Raises:
        ImportError: If anywidget is missing.
    """
    if find_spec("anywidget") is None:
        raise ImportError("view() needs anywidget: pip install anywidget")
    from ._widget import MapWidget

    return MapWidget(questions, layout, height, texts)
