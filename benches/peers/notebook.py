#!/usr/bin/env python3
"""What the Python package takes for what a notebook asks, and what other ways take.

    notebook.py ARCHIVE GRAPH PLANTED MILLION    an archive, its graph file, those of a planted graph
                                                 and of a million events

The other way to build is a fair script: regular expressions compiled once, one pass over the files,
the same graph in NetworkX but for what a person would leave out: earlier wordings, topics with commas
in them, what the pages get wrong. NetworkX from lists gets the very attributes that `to_networkx`
hands over. Chains are those of fewest links between random events; both say through which events one
runs, NetworKit finds all of the same length, or the script stops. Distances are asked of the same pairs, of ours by key and all at once, of NetworKit by number
and without the way. Prints `name<TAB>seconds` lines.
"""
import random, re, statistics, subprocess, sys, time
from pathlib import Path

import networkit as nk
import networkx as nx
import numpy as np
import pyarrow
import threadline

DATE = re.compile(r"^### \[?(\d{4})-(\d{1,2})-(\d{1,2})", re.M)
LEAD = re.compile(r"^##### (.+)$", re.M)
TITLE = re.compile(r"^# (.+)\n((?:(?!#).*\n?)*)", re.M)
SECTION = re.compile(r"^### (Related|Sources?|\u6709\u5173|\u6709\u95dc|\u4fe1\u606f\u6765\u6e90)[^\n]*\n(.*?)(?=^#|\Z)", re.M | re.S)
SOURCE = re.compile(r"\[(.*?)\]\((\S+)\)")
ITEM = re.compile(
    r"^\s*\d+\. \[(.*?)\]\(/?(?:zh/)?([^)\s]+?)(?:\.md)?\)\s*(?:_(?:Context|\u6d88\u606f)[:\uff1a] ?(.*?)_)?", re.M)


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
    """The graph of an archive with its attributes, as one writes it in an afternoon."""
    graph = nx.MultiDiGraph()
    for path in sorted(Path(folder).rglob("*.md")):
        if path.name in ("index.md", "README.md"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        key = path.relative_to(folder).as_posix().removesuffix(".md")
        date, lead, title = DATE.search(text), LEAD.search(text), TITLE.search(text)
        sources, topics = [], {lead.group(1)} if lead else set()
        for section in SECTION.finditer(text):
            words, items = section.groups()
            if words.startswith(("Source", "\u4fe1")):
                sources += [{"name": name, "url": url} for name, url in SOURCE.findall(items)]
                continue
            for rank, item in enumerate(ITEM.finditer(items), 1):
                words, target, context = item.groups()
                context = context.split(", ") if context else []
                topics.update(context)
                line = text.count("\n", 0, section.start(2) + item.start(1)) + 1
                graph.add_edge(key, target, rank=rank, line=line, topics=context)
                if "title" not in graph.nodes[target]:
                    graph.nodes[target]["title"] = words
        graph.add_node(
            key, date=date and "{}-{:0>2}-{:0>2}".format(*date.groups()),
            title=title and title.group(1).strip(), summary=title and title.group(2).strip(),
            lead_topic=lead and lead.group(1), topics=sorted(topics), sources=sources)
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

    def lengths_of(found):
        """Of each chain the events on the way, as NetworKit tells them, and with them its length."""
        return [chains.best and len(chains.best.keys) - 1 for chains in found]

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
        timed(f"{name}_chains", lambda: lengths_of(graph.chain(*pair, by="fewest") for pair in named), 9),
        timed(f"{name}_chains_between", lambda: lengths_of(graph.chains_between(named, by="fewest")), 9),
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
    # Neither is the first to read the files: whoever is reads them from the disk.
    for path in Path(archive).rglob("*.md"):
        path.read_bytes()
    timed("build", lambda: threadline.build(archive, progress=False), 5)
    rough = timed("build_regex", lambda: by_regex(archive), 3)
    graph = threadline.open(small)
    for name, count in (("events", rough.number_of_nodes()), ("links", rough.number_of_edges())):
        print(f"regex_{name}\t{count}")
        print(f"{name}\t{graph.counts[name]}")
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
