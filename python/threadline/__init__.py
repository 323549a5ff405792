"""Threadline: the stories in an archive of dated, linked events.

Open a graph, or build one, and ask it. `archive` is the path of a folder or tar
file of Markdown event pages, or of a folder with `events.csv` and `links.csv`:

>>> import threadline
>>> moon = threadline.build(archive)
>>> moon
<threadline.Graph: 123 events, 431 links, 116 topics>
>>> for event in moon.search("sputnik").events[:1]:
...     print(event.date, event.title)
1957-10-04 The Soviet Union launches Sputnik 1, the first artificial satellite, from the steppe of Kazakhstan.

`moon.save("moon.threadline")` writes it to a file, `threadline.open` opens that
at once. `threadline.from_tables` takes two frames instead of an archive.

**Questions** are methods, with the names and defaults of the command line:

    search, show            find events; one event with its text and links
    timeline, bursts        when was much going on, and in what
    topics, rank            what is frequent, what comes together; what matters
    stories, story          what belongs together in matter and in time; one of it, told
    chain, chains, thread   how two events connect; what led to one, what followed
    chains_between          the same for many pairs at once
    distances               how far the two events of each pair are apart
    clusters, sweep         communities, and at which resolution
    check, info             what is wrong with the archive; how much there is

>>> chain = moon.chain("sputnik-1-the-first", "neil-armstrong-steps", in_time=True)
>>> [event.date for event in chain.best.events]
['1957-10-04', '1966-01-14', '1967-04-24', '1969-07-21']

An event is named by its key, an unambiguous end of it, or words of its title.
Where one name is asked for (`Names` in a signature), a list of names will do.

**Some of the events**: every question can be put to a view.

>>> moon.select(topic="Soviet Union", start=1960, end=1969).rank(by="degree")
<threadline.Events: 28 events by degree>

**Answers** have attributes, which `dir(answer)` lists and `help(threadline.answers)`
explains; `to_dict()` is what the command line prints for `--json`. In a notebook
they are pictures and tables.

**Tables** (`moon.events`, `moon.links`, `answer.table`, `chain.hops`) go to other
libraries as they are, see `Table`. `moon.to_networkx()` and its like make graphs
of other libraries, `moon.export(path)` files for other programs (`formats()`).

**What goes wrong** is a `KeyError`, `ValueError` or `OSError` that says so in a
sentence, and always also a `threadline.Error`.
"""

from . import answers
from ._errors import (
    AmbiguousError,
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
    "AmbiguousError",
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
    "answers",
    "build",
    "formats",
    "from_tables",
    "open",
]
