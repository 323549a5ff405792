"""Placing all events."""

from benchmarks.running import output
from benchmarks.words import RUN_HEAD, at_most, duration, median, run_row, table

TITLE = "Layout"

# Events and links to plant, so that about 8 different links an event are left, and the most seconds
# that placing them may take.
LAYOUTS = [(10_000, 104_000, 5), (100_000, 800_000, 60)]


def measure(bench):
    make, python = bench.generator("planted_graph.py"), bench.python_with_peers()
    rows = []
    for events, links, _ in [(1_000, 8_000, 5)] if bench.quick else LAYOUTS:
        name = f"layout-{events}"
        bench.made(name, lambda folder: output([python, make, events, links, "0.3", folder]))
        bench.time(["threadline", "build", name, "-o", f"{name}.threadline"])
        row = bench.alone(["layout", f"{name}.threadline"], bench.runs(3))
        rows.append(row | {"graph": bench.time(["layout", f"{name}.threadline"], True)["text"].split("\t")[0]})
    if (bench.dir / "chinese.threadline").exists():
        row = bench.alone(["layout", "chinese.threadline"], bench.runs(3))
        rows.append(row | {"graph": bench.time(["layout", "chinese.threadline"], True)["text"].split("\t")[0]})
    return {"graphs": rows}


def render(measured):
    data = measured["layout"]
    lines = ["ForceAtlas2 over all events; the graph is opened in the same process.", ""]
    head = ["graph", *RUN_HEAD]
    lines += table(head, [[row["graph"], *run_row(row)] for row in data["graphs"]])
    return lines, [at_most(f"layout of {row['graph']}", median(row), limit, duration)
                   for row, (_, _, limit) in zip(data["graphs"], LAYOUTS)]
