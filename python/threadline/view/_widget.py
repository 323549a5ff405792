"""The map as an anywidget: its state is all that is shown, so that a saved
notebook shows it without a kernel."""

from __future__ import annotations

import gzip
import json
from datetime import date
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from .._errors import InputError, NotFoundError
from ._page import Page, script, style

if TYPE_CHECKING:
    from .._questions import Questions

TEXTS = 20_000
"""Of more events than this, summaries and sources stay with the kernel."""

PICTURED = 2_000
"""Of more events than this there is no picture for viewers without widgets."""


class MapWidget(anywidget.AnyWidget):
    """What `Graph.view` returns: a map to move around in.

    To be read in the next cell, or set to change what is shown:

    - `selected`: the key of the event that was clicked, or None; set to a name
      of an event as any question takes it.
    - `span`: the first and the last date of the time brush, or None.
    - `places`: "force" or "time".

    `to_html` and `embed` make a page of it that needs no kernel, no widgets and
    no network.
    """

    _esm = script("widget.js")
    _css = style()

    data = traitlets.Bytes().tag(sync=True)
    """The answer of the native part, by gzip: a third of the plain text."""
    height = traitlets.Int(600, min=320).tag(sync=True)
    places = traitlets.Enum(["force", "time"], "force").tag(sync=True)
    selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)
    span = traitlets.List(traitlets.Unicode(), None, allow_none=True, minlen=2, maxlen=2).tag(
        sync=True
    )

    def __init__(self, questions: Questions, places: str, height: int, texts: bool | None) -> None:
        if places not in ("force", "time"):
            raise InputError(f"`{places}` is no layout; there are force and time")
        if texts is None:
            texts = len(questions) <= TEXTS
        self._questions = questions
        select, options = json.dumps(questions._select), json.dumps({"without_texts": not texts})
        self._answer = questions._native.ask("map", select, options)
        data = gzip.compress(self._answer.encode(), mtime=0)
        super().__init__(data=data, places=places, height=height)
        self.on_msg(self._tell)

    def to_html(self, path: str | PathLike[str]) -> None:
        """Writes the map as one page of HTML, which any browser opens from a disk.

        Data, scripts and styles are in it; it asks for nothing from anywhere.

        Raises:
            OSError: If it cannot be written; what was there is still there.
        """
        self.embed().save(path)

    def embed(self) -> Page:
        """The same page in the output of a cell, for notebooks that are exported.

        It tells the kernel nothing, and stays what it is where there are no
        widgets: `jupyter nbconvert --to html` writes a page with it that works
        without a network.
        """
        chosen = {name: getattr(self, name) for name in ("places", "selected", "span")}
        return Page(self._answer, chosen, f"Threadline: {self._name}", self.height)

    @property
    def _name(self) -> str:
        return f"{len(self._questions):,} events"

    def __repr__(self) -> str:
        return f"<threadline.view.MapWidget: {self._name}>"

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        bundle = super()._repr_mimebundle_(**kwargs)
        if bundle is not None and self._picture:
            bundle[0]["image/svg+xml"] = self._picture
        return bundle

    @cached_property
    def _picture(self) -> str | None:
        """The map as a picture, for those who see a notebook without its widgets."""
        if not 0 < len(self._questions) <= PICTURED:
            return None
        return self._questions.svg(theme="light")

    @cached_property
    def _keys(self) -> frozenset[str]:
        return frozenset(json.loads(self._answer)["events"]["key"])

    @traitlets.validate("selected")
    def _key_of(self, proposal: Any) -> str | None:
        """The key that a name means; it has to be on the map."""
        name: str | None = proposal["value"]
        if name is None or name in self._keys:
            return name
        key: str = self._show(name)["key"]
        if key not in self._keys:
            raise NotFoundError(f"`{key}` is not among the {self._name} of this map")
        return key

    @traitlets.validate("span")
    def _dates_of(self, proposal: Any) -> list[str] | None:
        """Two dates, the first not after the last."""
        span: list[str] | None = proposal["value"]
        for text in span or ():
            if not _is_date(text):
                raise InputError(f"`{text}` is no date such as 1969-07-20")
        if span is not None and span[0] > span[1]:
            raise InputError(f"the span ends on {span[1]}, before it begins on {span[0]}")
        return span

    def _show(self, name: str) -> dict[str, Any]:
        answer = self._questions._native.ask("show", "{}", json.dumps({"event": name}))
        return dict(json.loads(answer))

    def _tell(self, _: object, message: Any, __: object) -> None:
        """Answers the map, which asks for texts that it was not given."""
        key = message.get("key") if isinstance(message, dict) else None
        if isinstance(key, str) and key in self._keys:
            shown = self._show(key)
            self.send({name: shown[name] for name in ("key", "summary", "sources")})


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
