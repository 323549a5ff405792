"""Answers as HTML for a notebook: text that can be selected, no script, and no
colours of its own, so that it is read on light and on dark.

Plain data goes in and everything is escaped here; nothing here asks a question.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any

ROWS = 10
"""Rows of a table that are shown; it says how many more there are."""
LINKS = 8
"""Links of an event that are shown, of each direction."""

Data = dict[str, Any]

_LEFT = "style='text-align:left;vertical-align:top'"
_BOX = "<div style='overflow-x:auto'>"


def picture(svg: str) -> str:
    """A picture inside of a page: without the declaration of a file."""
    return f"{_BOX}{svg.split('?>', 1)[-1].strip()}</div>"


def plain(text: str) -> str:
    """One line where there is nothing else to show."""
    return f"<div><strong>{escape(text)}</strong></div>"


def fields(caption: str, data: Data) -> str:
    """A row for each field of a record."""
    rows = "".join(
        f"<tr><th {_LEFT}>{escape(name)}</th><td {_LEFT}>{escape(value(part))}</td></tr>"
        for name, part in data.items()
    )
    return f"{_BOX}<table>{_caption(caption)}<tbody>{rows}</tbody></table></div>"


def rows(caption: str, all_rows: Sequence[Data], columns: Iterable[str]) -> str:
    """The first rows of a table, and how many more there are.

    Columns that the rows do not have are left out.
    """
    if not all_rows:
        return plain(caption)
    names = [name for name in columns if name in all_rows[0]]
    head = "".join(f"<th {_LEFT}>{escape(name.replace('_', ' '))}</th>" for name in names)
    body = "".join(
        "<tr>" + "".join(_cell(value(row[name])) for name in names) + "</tr>"
        for row in all_rows[:ROWS]
    )
    more = len(all_rows) - ROWS
    if more > 0:
        body += f"<tr><td {_LEFT} colspan='{len(names)}'>… and {more:,} more</td></tr>"
    table = f"<table>{_caption(caption)}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"{_BOX}{table}</div>"


def event(data: Data) -> str:
    """A card: when, what, the text, topics, links both ways, sources."""
    place = data["page"] or f"{data['key']} (no page of its own)"
    text = "".join(f"<p>{escape(part)}</p>" for part in (data["summary"] or "").split("\n\n"))
    topics = ", ".join(data["topics"])
    parts = [
        f"<strong>{escape(data['title'])}</strong><br>",
        f"<small>{escape(data['date'] or 'no date')} · {escape(place)}</small>",
        text if data["summary"] else "",
        f"<p><em>{escape(topics)}</em></p>" if topics else "",
        _links("Links to", data["links"]),
        _links("Linked from", data["linked_from"]),
        _list("Sources", [_source(source) for source in data["sources"]]),
    ]
    style = "border-left:3px solid;padding-left:12px;max-width:48em"
    return f"<div style='{style}'>{''.join(parts)}</div>"


def _links(heading: str, links: Sequence[Data]) -> str:
    items = [
        f"{escape(link['event']['date'] or 'no date')} {escape(short(link['event']['title'], 120))}"
        f" <small>({escape(', '.join([*link['topics'], _place(link)]))})</small>"
        for link in links
    ]
    return _list(heading, items)


def _place(link: Data) -> str:
    """`news/1967/01/27/x.md:16`: where a link stands."""
    page, line = link["page"], link["line"]
    if not page:
        return str(link["source"])
    return f"{page}:{line}" if line else str(page)


def _source(source: Data) -> str:
    name, url = source["name"] or source["url"], source["url"]
    # Anything else than a page on the web could be a script.
    if not url.startswith(("http://", "https://")):
        return escape(name)
    return f"<a href='{escape(url)}' rel='noopener noreferrer'>{escape(name)}</a>"


def _list(heading: str, items: Sequence[str]) -> str:
    """Items that are HTML already, under a heading that says how many."""
    if not items:
        return ""
    shown = "".join(f"<li>{item}</li>" for item in items[:LINKS])
    more = len(items) - LINKS
    shown += f"<li>… and {more:,} more</li>" if more > 0 else ""
    return f"<small><strong>{escape(heading)}</strong> ({len(items):,})</small><ul>{shown}</ul>"


def _cell(text: str) -> str:
    # A date or a number is not broken into lines.
    style = _LEFT if len(text) > 10 else _LEFT.replace("style='", "style='white-space:nowrap;")
    return f"<td {style}>{escape(text)}</td>"


def _caption(text: str) -> str:
    return f"<caption {_LEFT}><strong>{escape(text)}</strong></caption>"


def short(text: str, most: int = 80) -> str:
    """A text of somebody else's for one line."""
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"


def counted(number: int, name: str) -> str:
    """`1 story`, `1,234 stories`; the name is a plural."""
    if number == 1:
        name = name[:-3] + "y" if name.endswith("ies") else name.removesuffix("s")
    return f"{number:,} {name}"


def value(part: Any) -> str:
    """A value of an answer as text; not yet escaped."""
    if part is None:
        return ""
    if isinstance(part, bool):
        return "yes" if part else "no"
    if isinstance(part, int):
        return f"{part:,}"
    if isinstance(part, float):
        return f"{part:.4g}"
    if isinstance(part, list):
        texts = ", ".join(value(item) for item in part[:4])
        return texts + (f" … and {len(part) - 4:,} more" if len(part) > 4 else "")
    if isinstance(part, dict):
        told = part.get("title") or part.get("name") or part.get("topic")
        inside = ", ".join(f"{name} {value(at)}" for name, at in part.items())
        return short(str(told or inside))
    return short(str(part), 160)
