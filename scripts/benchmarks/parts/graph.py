"""A graph of a million events: opening it, chains, searching."""

import json, random, statistics
from collections import Counter

from benchmarks.inputs import planted, search_targets, searches
from benchmarks.running import table_of
from benchmarks.words import RUN_HEAD, at_most, duration, median, run_row, size, table

TITLE = "A million events: opening, chains, searching"


def measure(bench):
    name, events = planted(bench)
    graph = f"{name}.threadline"
    result = {"events": events}
    result["build"] = bench.alone(["threadline", "build", name, "-o", graph], bench.runs(3))
    result["tables"] = sum(bench.dir.joinpath(name, t).stat().st_size for t in ("events.csv", "links.csv"))
    result["written"] = (bench.dir / graph).stat().st_size
    result["open"] = table_of(bench.time(["open", graph], True)["text"])
    # Any two events, those without a link among them: then the answer takes longest.
    rng = random.Random(1)
    result["chains"] = []
    for _ in range(4 if bench.quick else 20):
        pair = [f"e/{rng.randrange(events):09}" for _ in range(2)]
        words = ["threadline", "chain", graph, *pair, "--by", "fewest"]
        found = json.loads(bench.time([*words, "--json"], True)["text"])["chains"]
        row = bench.alone(words, bench.runs(5))
        result["chains"].append(row | {"length": found[0]["length"] if found else None})
    rng = random.Random(1)
    pairs = [[f"e/{rng.randrange(events):09}" for _ in range(2)] for _ in range(2 if bench.quick else 5)]
    result["kinds"] = {kind: [bench.alone(["threadline", "chain", graph, *pair, "--by", kind], bench.runs(3))
                              for pair in pairs] for kind in ("closest", "strongest", "coherent")}
    result["search"] = searches(bench, graph, {"rare": str(events // 8 + 7), "common": "event"})
    return result


def render(measured):
    data = measured["graph"]
    chains = data["chains"]
    medians = [median(row) for row in chains]
    worst = chains[medians.index(max(medians))]
    lines = [f"`planted_graph.py` with {data['events']:,} events: tables of {size(data['tables'])}, "
             f"a graph file of {size(data['written'])}.", ""]
    lines += table(RUN_HEAD, [run_row(row) for row in
                              (data["build"], data["search"]["rare"], data["search"]["common"], worst)])
    told = lambda row: "no chain" if row["length"] is None else f"{row['length']} links"
    counts = sorted(Counter(map(told, chains)).items())
    lines += [f"`threadline chain` for {len(chains)} random pairs of events, each a process of its own, "
              f"{len(chains[0]['seconds'])} times: median **{duration(statistics.median(medians))}**, "
              f"slowest pair **{duration(max(medians))}** ({told(worst)}; in the table), slowest single "
              f"run {duration(max(max(row['seconds']) for row in chains))}, peak memory at most "
              f"{size(max(max(row['memory']) for row in chains))} (pages of the mapped file included). "
              f"Found: {', '.join(f'{length} ({n})' for length, n in counts)}.", ""]
    slowest = {}
    for kind, rows in data.get("kinds", {}).items():
        medians_ = [statistics.median(row["seconds"]) for row in rows]
        slowest[kind] = max(medians_)
        lines += [f"`chain --by {kind}`, {len(rows)} pairs, {len(rows[0]['seconds'])} runs each: median "
                  f"**{duration(statistics.median(medians_))}**, slowest pair {duration(max(medians_))}, peak "
                  f"memory at most {size(max(max(row['memory']) for row in rows))}.", ""]
    opened = data["open"]
    lines += [f"Opening the file inside a process (`open`, 100 times): median "
              f"**{float(opened['median microseconds']):.0f} µs**, slowest "
              f"{float(opened['worst microseconds']):.0f} µs; the process grows by "
              f"{size(int(opened.get('resident bytes each', 0)))} for each, of which "
              f"{size(int(opened.get('own bytes each', 0)))} are its own and the rest pages of the file "
              "that the system holds anyway. The searched words are in "
              f"{data['search']['rare']['hits']:,} and in {data['search']['common']['hits']:,} events.", ""]
    targets = [
        at_most("opening the graph file", float(opened["median microseconds"]) / 1e6, 5e-3, duration),
        at_most("chain, whole process, median pair", statistics.median(medians), 0.1, duration),
        at_most("chain, whole process, slowest pair", max(medians), 0.1, duration),
        *(at_most(f"chain --by {kind}, whole process, slowest pair", seconds, 1.0, duration)
          for kind, seconds in slowest.items()),
        *search_targets(data["search"], f"{data['events']:,} events"),
    ]
    return lines, targets
