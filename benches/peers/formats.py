#!/usr/bin/env python3
"""How long NetworkX takes to write a graph that Threadline exported as JSON.

    formats.py GRAPH.json FOLDER

Writes GEXF, GraphML and node-link JSON into FOLDER. Texts that NetworkX cannot write (lists,
nothing at all, control characters in XML) are made such that it can before the clock starts.
Prints `name<TAB>seconds` lines.
"""
import json, re, sys, time
from pathlib import Path

import networkx as nx

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def flat(value):
    if isinstance(value, list):
        value = "|".join(v if isinstance(v, str) else v.get("url") or v.get("key") or "" for v in value)
    return FORBIDDEN.sub("\ufffd", value) if isinstance(value, str) else value


def main():
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    data = json.loads(source.read_text(encoding="utf-8"))
    graph = nx.node_link_graph(data, edges="edges")
    plain = nx.MultiDiGraph()
    for key, attributes in graph.nodes(data=True):
        plain.add_node(flat(key), **{k: flat(v) for k, v in attributes.items() if v is not None})
    for a, b, attributes in graph.edges(data=True):
        plain.add_edge(flat(a), flat(b), **{k: flat(v) for k, v in attributes.items() if v is not None})

    def write_json(path):
        with open(path, "w", encoding="utf-8") as out:
            json.dump(nx.node_link_data(graph, edges="edges"), out, ensure_ascii=False)

    writers = {
        "gexf": lambda path: nx.write_gexf(plain, path),
        "graphml": lambda path: nx.write_graphml_lxml(plain, path) if has_lxml() else nx.write_graphml(plain, path),
        "json": write_json,
    }
    for name, write in writers.items():
        path = folder / f"networkx.{name}"
        path.unlink(missing_ok=True)
        start = time.perf_counter()
        write(path)
        print(f"{name}\t{time.perf_counter() - start:.4f}")


def has_lxml():
    try:
        import lxml.etree  # noqa: F401
        return True
    except ImportError:
        return False


if __name__ == "__main__":
    main()
