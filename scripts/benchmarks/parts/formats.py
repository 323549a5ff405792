"""Each format of the Chinese archive, beside NetworkX; and memory by the size of the graph."""

import statistics
from pathlib import Path

from benchmarks.inputs import built, made_archive, planted
from benchmarks.parts import chinese
from benchmarks.running import ROOT, numbers, remove
from benchmarks.words import duration, median, size, table

TITLE = "Formats"

# Formats that are one file of text; the others are folders or binary.
TEXT_FORMATS = [
    "json", "graphml", "gexf", "cytoscape", "graphology", "jgf", "dot", "cypher", "markdown", "html", "bibtex",
    "csl-json", "icalendar", "timelinejs", "turtle", "ntriples", "jsonld"]
# Those that NetworkX writes as well and that hold the stories, which take most of the time.
WITH_STORIES = ["json", "gexf"]
# Those whose memory is held against the size of the graph.
LARGE_FORMATS = ["json", "graphml", "gexf", "parquet"]


def measure(bench):
    if not (bench.dir / "chinese.threadline").exists():
        chinese.measure(bench)

    def export(graph, name):
        return ["threadline", "export", graph, "--to", name, "-o", f"{Path(graph).stem}.{name}"]

    words = {name: export("chinese.threadline", name) for name in TEXT_FORMATS}
    words |= {f"{name} without stories": [*words[name], "--no-stories"] for name in WITH_STORIES}
    new = [f"chinese.{name}" for name in TEXT_FORMATS]
    result = {"ours": bench.in_turn(words, bench.runs(10), new), "bytes": {}, "large": {}}
    for name, command in words.items():
        bench.time(command)
        result["bytes"][name] = (bench.dir / command[command.index("-o") + 1]).stat().st_size
    bench.time(words["json"])
    helper = ROOT / "benches" / "peers" / "formats.py"
    command = [bench.python_with_peers(), helper, "chinese.json", bench.dir]
    result["networkx"] = [numbers(bench.time(command, True)["text"]) for _ in range(bench.runs(3))]
    for pages in [1_000, 5_000] if bench.quick else [10_000, 100_000]:
        name = made_archive(bench, pages)
        bench.time(["threadline", "build", name, "-o", f"{name}.threadline"])
        result["large"][str(pages)] = large_formats(bench, f"{name}.threadline", export)
    name, events = planted(bench)
    built(bench, name)
    result["large"][str(events)] = large_formats(bench, f"{name}.threadline", export)
    return result


def large_formats(bench, graph, export):
    rows = {}
    for name in LARGE_FORMATS:
        row = bench.alone(export(graph, name), bench.runs(2))
        written = bench.dir / f"{Path(graph).stem}.{name}"
        files = written.iterdir() if written.is_dir() else [written]
        rows[name] = row | {"bytes": sum(file.stat().st_size for file in files)}
        remove(written)
    return rows | {"graph": (bench.dir / graph).stat().st_size}


def render(measured):
    data = measured["formats"]
    ours, theirs = data["ours"], data["networkx"]
    rows, targets = [], []
    for name, row in ours.items():
        written = data["bytes"][name]
        format_name = name.split()[0]
        peer = statistics.median(run[format_name] for run in theirs) if format_name in theirs[0] else None
        times = f"{peer / median(row):.0f}" if peer else ""
        rows.append([f"`{row['command']}`", size(written), duration(median(row)),
                     duration(statistics.median(row["busy"])), f"{written / median(row) / 1e6:.0f} MB/s",
                     size(max(row["memory"])), duration(peer) if peer else "", times])
        if peer:
            reached = peer / median(row)
            targets.append({"text": f"NetworkX writing {name} ÷ ours, the Chinese archive",
                            "value": f"{reached:.0f}", "limit": "at least 30", "reached": reached >= 30})
    lines = ["The built Chinese archive into every format that is one file of text, whole processes, files that "
             "were not there before; stories, strengths and ranks are found on the way where a format holds them. "
             "NetworkX writes the same graph, already in its memory, and finds nothing on the way.", ""]
    lines += table(["command", "written", "median", "processors busy", "", "peak memory", "NetworkX", "times"], rows)
    lines += ["Memory by the size of the graph: the graph's file is mapped, and the pages of it that were read "
              "count as the process's.", ""]
    rows = []
    for events, formats in data["large"].items():
        for name in LARGE_FORMATS:
            row = formats[name]
            rows.append([f"`{row['command']}`", f"{int(events):,}", size(formats["graph"]), size(row["bytes"]),
                         duration(median(row)), size(max(row["memory"]))])
    lines += table(["command", "pages or events", "graph's file", "written", "median", "peak memory"], rows)
    return lines, targets
