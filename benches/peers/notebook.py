#!/usr/bin/env python3
"""What the Python package takes for what a notebook asks, and what other ways take.

    notebook.py ARCHIVE GRAPH PLANTED MILLION    an archive, its graph file, those of a planted graph
                                                 and of a million events

The other way to build is a fair script: regular expressions compiled once, one pass over the files,
a NetworkX graph with dates, titles and the context of each link. NetworkX from lists gets the very
attributes that `to_networkx` hands over. Chains are those of fewest links between random events;
NetworKit says only through which events one runs, and finds all of the same length, or the script
stops. Distances are asked of the same pairs, of ours by key and all at once, of NetworKit by number
and without the way. Prints `name<TAB>seconds` lines.
"""
import random, re, statistics, subprocess, sys, time
from pathlib import Path

import networkit as nk
import networkx as nx
import numpy as np
import pyarrow
import threadline

DATE = re.compile(r"^### \[?(\d{4}-\d{1,2}-\d{1,2})", re.M)
TITLE = re.compile(r"^# (.+)$", re.M)
SECTION = re.compile(r"^### (?:Related|\u6709\u5173|\u6709\u95dc)[^\n]*\n(.*?)(?=^#|\Z)", re.M | re.S)
ITEM = re.compile(
    r"^\s*\d+\. \[(.*?)\]\(([^)\s]+)\)\s*(?:_(?:Context|\u6d88\u606f)[:\uff1a] ?(.*?)_)?", re.M)


def timed(name, work, times=1):
    """What `work` returns; its seconds are printed, of several times the median."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    print(f"{name}\t{statistics.median(seconds):.6f}")
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


def chains(name, graph):
    """A hundred chains, and their lengths alone; asked by key as one does, and of NetworKit by number."""
    keys = pyarrow.table(graph.events)["key"].to_pylist()
    links = pyarrow.table(graph.links)
    ends = [links[end].to_numpy().astype(np.uint64) for end in ("source", "target")]
    other = nk.GraphFromCoo((np.ones(len(ends[0])), tuple(ends)), n=len(keys), directed=False, weighted=False)
    other.removeMultiEdges()
    chosen = random.Random(1)
    pairs = [chosen.sample(range(len(keys)), 2) for _ in range(100)]

    def ours():
        found = (graph.chain(keys[a], keys[b], by="fewest", surprise=False).best for a, b in pairs)
        return [chain and chain.length for chain in found]

    def theirs(with_way):
        lengths = []
        for a, b in pairs:
            search = nk.distance.BidirectionalBFS(other, a, b, with_way)
            search.run()
            if with_way:
                search.getPath()
            length = search.getDistance()
            lengths.append(int(length) if length < len(keys) else None)
        return lengths

    named = [(keys[a], keys[b]) for a, b in pairs]
    lengths = [
        timed(f"{name}_chains", ours, 9),
        timed(f"{name}_chains_networkit", lambda: theirs(True), 9),
        timed(f"{name}_distances", lambda: graph.distances(named).links, 9),
        timed(f"{name}_distances_networkit", lambda: theirs(False), 9),
    ]
    if any(found != lengths[0] for found in lengths):
        sys.exit("chains of other lengths than NetworKit's")


def importing(code):
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main():
    archive, small, planted, million = sys.argv[1:5]
    timed("build", lambda: threadline.build(archive, progress=False))
    rough = timed("build_regex", lambda: by_regex(archive))
    print(f"regex_links\t{rough.number_of_edges()}")
    graph = threadline.open(small)
    print(f"links\t{graph.counts['links']}")
    whole = timed("to_networkx", graph.to_networkx)
    nodes, edges = list(whole.nodes(data=True)), list(whole.edges(keys=True, data=True))
    timed("networkx_lists", lambda: from_lists(nodes, edges))
    chains("archive", graph)
    chains("planted", threadline.open(planted))
    # What PyArrow does once a process, before its first table, is not measured.
    pyarrow.table(graph.events)
    large = threadline.open(million)
    timed("events_table", lambda: pyarrow.table(large.events))
    timed("events_table_again", lambda: pyarrow.table(large.events))
    empty = min(importing("pass") for _ in range(5))
    print(f"import\t{min(importing('import threadline') for _ in range(5)) - empty:.6f}")


if __name__ == "__main__":
    main()
