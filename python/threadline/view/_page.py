"""Puts the scripts together, and a page of scripts and data that needs nothing else."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from .._errors import FileError

HERE = Path(__file__).parent
IMPORT = re.compile(r'^import \{[^}]*\} from "\./(\w+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const) )", re.MULTILINE)


@cache
def script(entry: str) -> str:
    """A script and all that it imports as one module.

    The modules of `js/` name nothing twice, so what they say can stand in one
    scope; each comes before those that import it.
    """
    order: list[str] = []

    def add(name: str) -> None:
        text = (HERE / "js" / name).read_text(encoding="utf-8")
        for needed in IMPORT.findall(text):
            if needed not in order:
                add(needed)
        order.append(name)

    add(entry)
    texts = ((HERE / "js" / name).read_text(encoding="utf-8") for name in order)
    return "\n".join(EXPORT.sub("", IMPORT.sub("", text)) for text in texts)


@cache
def style() -> str:
    """The style sheet."""
    return (HERE / "view.css").read_text(encoding="utf-8")


PAGE_STYLE = "\nhtml, body { height: 100%; margin: 0; }\n#map { height: 100%; border: 0; border-radius: 0; }\n"


class Page:
    """A map as one page of HTML: data, scripts and styles are in it.

    In a notebook it shows itself in a frame. The page may load nothing from
    anywhere, and no script but its own runs in it.
    """

    def __init__(self, data: str, chosen: dict[str, Any], title: str, height: int) -> None:
        self._data, self._chosen, self._title, self._height = data, chosen, title, height

    def __str__(self) -> str:
        code, look = script("page.js"), style() + PAGE_STYLE
        policy = f"default-src 'none'; script-src {_digest(code)}; style-src {_digest(look)}"
        return (
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
            f"<title>{escape(self._title)}</title>\n<style>{look}</style>\n</head>\n<body>\n"
            '<div id="map"></div>\n<noscript>The map is drawn by a script.</noscript>\n'
            f'<script type="application/json" id="data">{_in_script(self._data)}</script>\n'
            f'<script type="application/json" id="chosen">{_in_script(json.dumps(self._chosen))}'
            f'</script>\n<script type="module">{code}</script>\n</body>\n</html>\n'
        )

    def save(self, path: str | os.PathLike[str]) -> None:
        """Writes the page; what was there stays until it is whole.

        Raises:
            OSError: If it cannot be written.
        """
        part = Path(path).with_name(Path(path).name + ".part")
        try:
            part.write_text(str(self), encoding="utf-8", newline="\n")
            part.replace(path)
        except OSError as cause:
            raise FileError(f"cannot write the page: {cause}") from cause

    def __repr__(self) -> str:
        return f"<threadline.view.Page: {self._title}>"

    def _repr_html_(self) -> str:
        # Scripts alone are let in: the frame is of no origin and reaches nothing here.
        return (
            f'<iframe title="{escape(self._title)}" width="100%" height="{self._height}" '
            'style="border:0" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" '
            f'srcdoc="{escape(str(self))}"></iframe>'
        )


def _in_script(data: str) -> str:
    """JSON that cannot end the element that it stands in, whatever a title says."""
    return data.replace("<", "\\u003c")


def _digest(text: str) -> str:
    """How a page's policy names a text of its own."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
