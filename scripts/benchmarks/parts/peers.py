"""Chains, components and ranks beside other libraries."""

import statistics

from benchmarks.inputs import built, planted
from benchmarks.running import PACKAGES, ROOT, Failed, output, say, table_of
from benchmarks.words import RUN_HEAD, at_most, duration, run_row, table

TITLE = "Beside other libraries"


def measure(bench):
    name, events = planted(bench)
    graph = f"{name}.threadline"
    python, peers = bench.python_with_peers(), bench.generator("peers.py")
    built(bench, name)
    helper = ROOT / "benches" / "peers" / "pairs.py"
    pairs = f"{name}.pairs.tsv"
    bench.made(pairs, lambda out: output([python, helper, peers, bench.dir / name, out]))
    result = {"events": events, "ours": [], "peers": {}, "rank": {"inside": [], "whole": []}}
    rank = ["threadline", "rank", graph]

    def rank_once():
        """To NetworKit's tolerance and to igraph's inside one process, and as a whole one."""
        result["rank"]["inside"].append(table_of(bench.time(["rank", graph, "1e-8", "1e-10"], True)["text"]))
        result["rank"]["whole"].append(bench.time(rank)["seconds"])

    result["clusters"] = bench.alone(["threadline", "clusters", graph, "--method", "components"], bench.runs(10))
    # NetworKit three times, the others once; ours before each and behind the last.
    for library in ["networkit"] * (1 if bench.quick else 3) + ["igraph", "rustworkx", "networkx"]:
        result["ours"].append(table_of(bench.time(["pairs", graph, pairs], True)["text"]))
        rank_once()
        say(f"  asking {library}")
        try:
            text = output([python, peers, bench.dir / name, library])
        except Failed as error:
            say(f"  {library} left out: {error}")
            continue
        cells = [line.split("\t") for line in text.splitlines()]
        rows = {row[1]: float(row[2]) for row in cells if len(row) >= 3}
        result["peers"].setdefault(library, []).append(rows)
    result["ours"].append(table_of(bench.time(["pairs", graph, pairs], True)["text"]))
    rank_once()
    code = "import importlib.metadata as m, sys; print(*(f'{p} {m.version(p)}' for p in sys.argv[1:]), sep=', ')"
    result["versions"] = output([python, "-c", code, *PACKAGES]).strip()
    return result


def render(measured):
    data = measured["peers"]
    ours = {task: [float(row[task]) for row in data["ours"]] for task in data["ours"][0]}
    chains = next(task for task in ours if task.endswith(" chains"))
    evidence = next(task for task in ours if "evidence" in task)
    cells = [duration(statistics.median(ours[task])) for task in (chains, "components", "open")]
    rows = [["Threadline", *cells, len(data["ours"])],
            ["Threadline, with evidence, one question at a time",
             duration(statistics.median(ours[evidence])), "", "", len(data["ours"])]]
    theirs = {}
    for library, runs in data["peers"].items():
        tasks = {task: statistics.median(run[task] for run in runs) for task in runs[0]}
        theirs[library] = tasks
        cell = lambda task: duration(tasks[task]) if task in tasks else "—"
        rows.append([library, cell(chains), cell("components"), cell("load"), len(runs)])
    lines = [f"The planted graph again, {chains.removesuffix(' chains')} pairs of events that `peers.py` "
             "draws, all inside one process; the chains have the lengths that NetworKit finds. For "
             "Threadline, loading is opening the built file; for the others it is making their graph of "
             "arrays that are in memory already.", ""]
    lines += table(["", chains, "components", "load", "runs"], rows)
    lines += [f"Before its first walk a process checks the ids of all links once: "
              f"{duration(statistics.median(ours['check before the first walk']))}, not counted above. "
              "Components as a whole process, the answer printed:", ""]
    lines += table(RUN_HEAD, [run_row(data["clusters"])])
    lines += [f"Versions: {data['versions']}.", ""]
    targets = []
    if "networkit" in theirs:
        value = statistics.median(ours[chains]) / theirs["networkit"][chains]
        targets.append(at_most(f"{chains} in one process ÷ NetworKit's bidirectional BFS", value, 1.0))
    for library, tasks in theirs.items():
        if "components" in tasks:
            value = statistics.median(ours["components"]) / tasks["components"]
            targets.append(at_most(f"components ÷ {library}'s", value, 1.0))
    # Figures of before there was a rank have none.
    if "rank" in data:
        more, aims = render_rank(data["rank"], theirs)
        lines += more
        targets += aims
    return lines, targets


def render_rank(rank, theirs):
    tasks = [task for task in rank["inside"][0] if task.startswith("pagerank")]
    middle = lambda task: statistics.median(float(run[task]) for run in rank["inside"])
    whole = statistics.median(rank["whole"])
    rows = [[f"Threadline, {task.removeprefix('pagerank ')}", duration(middle(task)), len(rank["inside"])]
            for task in tasks]
    rows.append(["Threadline, to 1e-10, the whole process from the built file", duration(whole), len(rank["whole"])])
    libraries = {name: found["pagerank"] for name, found in theirs.items() if "pagerank" in found}
    rows += [[name, duration(seconds), ""] for name, seconds in libraries.items()]
    lines = ["PageRank of the same graph, damping 0.85. For Threadline the tolerance bounds the sum of the "
             "errors of all ranks; NetworKit stops at a change of 1e-8, igraph's PRPACK at 1e-10. Theirs "
             "run on a graph that is in memory already, ours makes its own of the built file each time.", ""]
    lines += table(["", "pagerank", "runs"], rows)
    return lines, [at_most(f"PageRank, whole process ÷ {name}'s", whole / seconds, 1 / 3)
                   for name, seconds in libraries.items()]
