"""The question that an answer is of, to draw it or to tell it."""

from __future__ import annotations

import json
from typing import Any

from . import _threadline


class Asked:
    """A question to a graph with its options, as the native part takes it."""

    def __init__(
        self,
        native: _threadline.Graph,
        question: str,
        select: str,
        options: dict[str, Any],
    ) -> None:
        self._native, self._question = native, question
        self._select, self._options = select, options

    def further(self, **options: Any) -> Asked:
        """The same question with further options."""
        return Asked(self._native, self._question, self._select, {**self._options, **options})

    def answer(self) -> Any:
        """The plain data of the answer."""
        asked = json.dumps(self._options)
        return json.loads(self._native.ask(self._question, self._select, asked))

    def svg(self, theme: str, width: int, **further: Any) -> str:
        """The answer as a picture; `further` options are for it alone."""
        asked = json.dumps({**self._options, **further})
        return self._native.draw(self._question, self._select, asked, theme, width)

    def dossier(self, *, html: bool) -> str:
        """The answer as a dossier, in HTML or in Markdown."""
        asked = json.dumps(self._options)
        return self._native.dossier(self._question, self._select, asked, html)
