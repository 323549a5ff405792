#!/usr/bin/env python3
"""Write the pairs of events that peers.py asks for, so that Threadline can answer the same ones.

    pairs.py PEERS_PY DIR OUT       DIR holds links.csv; OUT gets FROM, TO, LENGTH a line, with tabs

LENGTH is the number of links of the shortest chain as NetworKit finds it, `-` for none; the column
is left out if NetworKit is not installed.
"""
import importlib.util, sys
import numpy as np
import pyarrow.csv as pc


def lengths(n, edges, pairs):
    try:
        import networkit as nk
    except ImportError:
        return None
    coo = (np.ones(len(edges)), (edges[:, 0].astype(np.uint64), edges[:, 1].astype(np.uint64)))
    graph = nk.GraphFromCoo(coo, n=n, directed=False, weighted=False)
    found = []
    for a, b in pairs:
        search = nk.distance.BidirectionalBFS(graph, int(a), int(b))
        search.run()
        distance = search.getDistance()
        found.append(int(distance) if distance < n else None)
    return found


def main():
    peers_py, folder, out = sys.argv[1:]
    spec = importlib.util.spec_from_file_location("peers", peers_py)
    peers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peers)
    n, edges, _ = peers.load(folder)
    pairs = np.random.default_rng(1).integers(0, n, (100, 2))
    table = pc.read_csv(f"{folder}/links.csv").select(["source", "target"])
    names = np.unique(np.concatenate([table["source"].to_numpy(), table["target"].to_numpy()]).astype(str))
    found = lengths(n, edges, pairs)
    with open(out, "w") as f:
        for at, (a, b) in enumerate(pairs):
            f.write(f"{names[a]}\t{names[b]}")
            f.write("\n" if found is None else f"\t{'-' if found[at] is None else found[at]}\n")


if __name__ == "__main__":
    main()
