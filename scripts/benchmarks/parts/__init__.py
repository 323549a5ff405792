"""What is measured: one file a part, in the order of the page.

A part has a `TITLE`, `measure(bench)`, which gives its figures, and `render(measured)`, which makes lines
and targets of them.
"""

from benchmarks.parts import archives, chinese, communities, formats, graph, layout, million, peers, python

PARTS = {part.__name__.rsplit(".", 1)[1]: part for part in (
    chinese, archives, million, graph, peers, communities, formats, layout, python)}
