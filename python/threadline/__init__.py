"""Threadline: the stories in an archive of dated, linked events.

Open a graph, or build one from an archive of Markdown event pages or from two
frames, and ask it what the command line answers:

>>> import threadline
>>> moon = threadline.build(archive)
>>> moon
<threadline.Graph: 123 events, 431 links, 116 topics>
>>> for event in moon.search("sputnik").events[:1]:
...     print(event.date, event.title)
1957-10-04 The Soviet Union launches Sputnik 1, the first artificial satellite, from the steppe of Kazakhstan.

`Graph` has every question as a method: `chain`, `thread`, `stories`,
`timeline`, … An answer has attributes, `to_dict()` is what the command line
prints for `--json`, and its tables go to Polars, pandas, PyArrow and DuckDB as
they are. An event is named by its key, an unambiguous end of it, or words of
its title.
"""

from ._errors import (
    DamagedError,
    Error,
    FileError,
    FileMissingError,
    InputError,
    NotFoundError,
)
from ._graph import Graph, View, build, formats, from_tables, open
from ._records import Record
from ._threadline import Table, __version__

__all__ = [
    "DamagedError",
    "Error",
    "FileError",
    "FileMissingError",
    "Graph",
    "InputError",
    "NotFoundError",
    "Record",
    "Table",
    "View",
    "__version__",
    "build",
    "formats",
    "from_tables",
    "open",
]
