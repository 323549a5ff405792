"""Inputs and questions that several parts share."""

import json, sys

from benchmarks.running import output
from benchmarks.words import at_most, duration, median


def planted(bench, mixing="0.3"):
    events, links = (20_000, 100_000) if bench.quick else (1_000_000, 5_000_000)
    planted_graph = bench.generator("planted_graph.py")
    python = bench.python_with_peers()
    name = f"planted-{events}" + ("" if mixing == "0.3" else f"-{mixing}")
    bench.made(name, lambda folder: output([python, planted_graph, events, links, mixing, folder]))
    return name, events


def searches(bench, graph, words):
    rows = {}
    for kind, word in words.items():
        command = ["threadline", "search", graph, word]
        answer = json.loads(bench.time([*command, "--json"], True)["text"])
        rows[kind] = bench.alone(command, bench.runs(10)) | {"hits": len(answer["events"])}
    return rows


def search_targets(rows, where):
    return [at_most(f"search in {where}, whole process, a word of {row['hits']:,} events",
                    median(row), 0.2, duration) for row in rows.values()]


def made_archive(bench, pages):
    name, make_archive = f"made-{pages}", bench.generator("make_archive.py")
    bench.made(name, lambda folder: output([sys.executable, make_archive, pages, folder]))
    return name


def built(bench, name):
    """Builds the graph of an input, if it is not there yet."""
    if not (bench.dir / f"{name}.threadline").exists():
        bench.time(["threadline", "build", name, "-o", f"{name}.threadline"])
