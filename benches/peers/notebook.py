#!/usr/bin/env python3
"""What the Python package takes for what a notebook asks, and what other ways take.

    notebook.py ARCHIVE GRAPH MILLION        an archive, its graph file, the graph file of a million events

The other way to build is a fair script: regular expressions compiled once, one pass over the files,
a NetworkX graph with dates, titles and the context of each link. Prints `name<TAB>seconds` lines.
"""
import re, subprocess, sys, time
from pathlib import Path

import networkx as nx
import pyarrow
import threadline

DATE = re.compile(r"^### \[?(\d{4}-\d{1,2}-\d{1,2})", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)
SECTION = re.compile(r"^### (?:Related|\u6709\u5173|\u6709\u95dc)[^\n]*\n(.*?)(?=^#|\Z)", re.M | re.S)
ITEM = re.compile(
    r"^\s*\d+\. \[(.*?)\]\(([^)\s]+)\)\s*(?:_(?:Context|\u6d88\u606f)[:\uff1a] ?(.*?)_)?", re.M)


def timed(name, work):
    start = time.perf_counter()
    result = work()
    print(f"{name}\t{time.perf_counter() - start:.6f}")
    return result


def by_regex(folder):
    """The graph of an archive, as one writes it in an afternoon."""
    graph = nx.MultiDiGraph()
    for path in sorted(Path(folder).rglob("*.md")):
        if path.name in ("index.md", "README.md"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        key = path.relative_to(folder).as_posix().removesuffix(".md")
        date, title = DATE.search(text), TITLE.search(text)
        graph.add_node(key, date=date and date.group(1), title=title and title.group(1))
        for section in SECTION.findall(text):
            for words, address, context in ITEM.findall(section):
                target = address.lstrip("/").removesuffix(".md")
                topics = context.split(", ") if context else []
                graph.add_edge(key, target, title=words, topics=topics)
    return graph


def from_lists(nodes, edges):
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(edges)
    return graph


def importing(code):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main():
    archive, small, million = sys.argv[1:4]
    timed("build", lambda: threadline.build(archive, progress=False))
    rough = timed("build_regex", lambda: by_regex(archive))
    print(f"regex_links\t{rough.number_of_edges()}")
    graph = threadline.open(small)
    print(f"links\t{graph.counts['links']}")
    whole = timed("to_networkx", graph.to_networkx)
    nodes, edges = list(whole.nodes(data=True)), list(whole.edges(keys=True, data=True))
    timed("networkx_lists", lambda: from_lists(nodes, edges))
    large = threadline.open(million)
    timed("events_table", lambda: pyarrow.table(large.events))
    empty = min(importing("pass") for _ in range(5))
    print(f"import\t{min(importing('import threadline') for _ in range(5)) - empty:.6f}")


if __name__ == "__main__":
    main()
