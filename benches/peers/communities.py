#!/usr/bin/env python3
"""Communities of one library, or a score for those that Threadline found.

    communities.py PEERS_PY DIR LIBRARY          the call that peers.py makes, alone in a process
    communities.py PEERS_PY DIR labels LABELS    KEY, COMMUNITY a line, with a tab

DIR holds links.csv, and truth.csv if communities are planted. Prints `name<TAB>value` lines:
seconds, modularity, number, nmi.
"""
import importlib.util, sys
import numpy as np
import pyarrow.csv as pc


def of_file(folder, path):
    table = pc.read_csv(f"{folder}/links.csv").select(["source", "target"])
    names = np.unique(np.concatenate([table["source"].to_numpy(), table["target"].to_numpy()]).astype(str))
    with open(path, encoding="utf-8") as lines:
        labels = dict(line.rstrip("\n").split("\t") for line in lines)
    return np.array([int(labels[name]) for name in names])


def main():
    peers_py, folder, what = sys.argv[1:4]
    spec = importlib.util.spec_from_file_location("peers", peers_py)
    peers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peers)
    n, edges, truth = peers.load(folder)
    if what == "labels":
        labels = of_file(folder, sys.argv[4])
    else:
        # Tasks are done when they are asked for: nothing behind this one is.
        rows = (row for row in peers.tasks(what, n, edges, []) if row[0] == "communities (Leiden)")
        _, seconds, labels = next(rows)
        print(f"seconds\t{seconds:.4f}")
    print(f"modularity\t{peers.modularity(labels, n, edges):.4f}")
    print(f"number\t{len(np.unique(labels))}")
    if truth is not None:
        print(f"nmi\t{peers.nmi(labels, truth):.4f}")


if __name__ == "__main__":
    main()
