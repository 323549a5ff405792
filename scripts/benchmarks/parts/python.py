"""The package beside a script with regular expressions and NetworkX, and beside NetworkX itself."""

import statistics, subprocess, sys

from benchmarks.inputs import built, planted
from benchmarks.parts import chinese
from benchmarks.running import ROOT, numbers, output, say
from benchmarks.words import at_most, duration, table

TITLE = "The Python package"

CHAINED = {"archive": "the Chinese archive", "planted": "100,000 planted events"}


def measure(bench):
    if not (bench.dir / "chinese.threadline").exists():
        chinese.measure(bench)
    inner = [path for path in (bench.dir / "chinese").iterdir() if path.is_dir()]
    archive = inner[0] if len(inner) == 1 else bench.dir / "chinese"
    venv = bench.dir / "package"
    say("  building the wheel")
    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
    install = [venv / "bin" / "python", "-m", "pip", "install", "--quiet", "networkit", "networkx", "pyarrow", ROOT / "python"]
    subprocess.run(install, check=True)
    helper = ROOT / "benches" / "peers" / "notebook.py"
    name, _ = planted(bench)
    built(bench, name)
    events, links = (1_000, 8_000) if bench.quick else (100_000, 500_000)
    smaller, make = f"planted-{events}", bench.generator("planted_graph.py")
    bench.made(smaller, lambda folder: output([bench.python_with_peers(), make, events, links, "0.3", folder]))
    bench.time(["threadline", "build", smaller, "-o", f"{smaller}.threadline"])
    graphs = [archive, *(bench.dir / f"{graph}.threadline" for graph in ("chinese", smaller, name))]
    command = [str(venv / "bin" / "python"), helper, *graphs]
    return {"runs": [numbers(bench.time(command, True)["text"]) for _ in range(bench.runs(5))]}


def render(measured):
    data = measured["python"]
    figure = {name: statistics.median(run[name] for run in data["runs"]) for name in data["runs"][0]}
    lines = ["The Python package, built for release, in one process of Python; medians of "
             f"{len(data['runs'])} runs (`benches/peers/notebook.py`).", ""]
    lines += table(["", "Threadline", "otherwise", "times"], [
        ["build the Chinese archive's graph; otherwise regular expressions and NetworkX",
         duration(figure["build"]), duration(figure["build_regex"]),
         f"{figure['build_regex'] / figure['build']:.1f}"],
        ["hand that graph to NetworkX, all attributes; otherwise NetworkX from lists that are there",
         duration(figure["to_networkx"]), duration(figure["networkx_lists"]),
         f"{figure['networkx_lists'] / figure['to_networkx']:.2f}"],
        ["`import threadline`, a process of its own, less that of an empty one", duration(figure["import"]), "", ""],
        *([f"100 chains of fewest links, {graph}; otherwise NetworKit's bidirectional BFS",
           duration(figure[f"{name}_chains"]), duration(figure[f"{name}_chains_networkit"]),
           f"{figure[f'{name}_chains_networkit'] / figure[f'{name}_chains']:.3f}"]
          for name, graph in CHAINED.items() if f"{name}_chains" in figure),
        *([f"the same in one question, {graph}; otherwise NetworKit's bidirectional BFS",
           duration(figure[f"{name}_chains_between"]), duration(figure[f"{name}_chains_networkit"]),
           f"{figure[f'{name}_chains_networkit'] / figure[f'{name}_chains_between']:.3f}"]
          for name, graph in CHAINED.items() if f"{name}_chains_between" in figure),
        *([f"100 distances in one question, {graph}; otherwise NetworKit's bidirectional BFS",
           duration(figure[f"{name}_distances"]), duration(figure[f"{name}_distances_networkit"]),
           f"{figure[f'{name}_distances_networkit'] / figure[f'{name}_distances']:.2f}"]
          for name, graph in CHAINED.items() if f"{name}_distances" in figure),
        ["`events` of a million, just opened, as an Arrow table (PyArrow has made another before)", duration(figure["events_table"]), "", ""],
        *([["the same once more", duration(figure["events_table_again"]), "", ""]]
          if "events_table_again" in figure else []),
    ])
    lines += ["Of a chain both tell the events on the way, ours by key; its evidence (links, topics, strengths, "
              "coherence) ours gathers when somebody looks at it, which is not measured here. For distances both tell "
              "only how far it is. Each is asked nine times: the median. The script with regular expressions builds "
              f"a graph of {figure.get('regex_events', 0):,.0f} events and {figure.get('regex_links', 0):,.0f} links "
              f"(ours: {figure.get('events', 0):,.0f} and {figure.get('links', 0):,.0f}) with dates, titles, "
              "summaries, topics, sources, ranks and lines.", ""]
    build = figure["build_regex"] / figure["build"]
    return lines, [
        {"text": "a script in Python ÷ `threadline.build`, the Chinese archive", "value": f"{build:.1f}",
         "limit": "at least 20", "reached": build >= 20},
        at_most("`to_networkx` ÷ NetworkX from lists", figure["to_networkx"] / figure["networkx_lists"], 1.0),
        at_most("`import threadline`", figure["import"], 0.05, duration),
        *(at_most(f"100 distances from Python ÷ NetworKit's, {graph}",
                  figure[f"{name}_distances"] / figure[f"{name}_distances_networkit"], 1.0)
          for name, graph in CHAINED.items() if f"{name}_distances" in figure),
        *(at_most(f"100 chains from Python ÷ NetworKit's, {graph}",
                  figure[f"{name}_chains"] / figure[f"{name}_chains_networkit"], 1.0)
          for name, graph in CHAINED.items() if f"{name}_chains" in figure),
        *(at_most(f"100 chains in one question from Python ÷ NetworKit's, {graph}",
                  figure[f"{name}_chains_between"] / figure[f"{name}_chains_networkit"], 1.0)
          for name, graph in CHAINED.items() if f"{name}_chains_between" in figure),
        at_most("a million events as an Arrow table", figure["events_table"], 0.01, duration),
    ]
