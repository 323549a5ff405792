"""An archive of a million pages in one tar file."""

import shutil, sys
from collections import Counter

from benchmarks.inputs import search_targets, searches
from benchmarks.parts.archives import linear
from benchmarks.running import Failed, output, table_of
from benchmarks.words import RUN_HEAD, at_most, duration, median, ratio, run_row, size, table

TITLE = "A million pages"

NEEDS = 14 << 30


def measure(bench):
    make_archive = bench.generator("make_archive.py")
    pages = 10_000 if bench.quick else 1_000_000
    name, graph = f"made-{pages}.tar", f"made-{pages}.threadline"
    free = shutil.disk_usage(bench.dir).free
    if not bench.quick and not (bench.dir / name).exists() and free < NEEDS:
        raise Failed(f"a million pages need {NEEDS >> 30} GB of disk in the work folder; "
                     f"{free >> 30} GB are free (--dir names another folder)")
    truth = bench.dir / f"truth-{pages}"

    def make(tar):
        output([sys.executable, make_archive, pages, truth, "--tar", tar])

    bench.made(name, make)
    commands = {"build": ["threadline", "build", name, "-o", graph], "bare": ["bare_read", name]}
    result = {"pages": pages} | bench.in_turn(commands, bench.runs(3))
    result["read"] = (bench.dir / name).stat().st_size
    result["written"] = (bench.dir / graph).stat().st_size
    with open(truth / "truth.tsv") as lines:
        slugs = (line.split("\t")[0].rsplit("/", 1)[1].removesuffix(".md") for line in lines)
        words = Counter(word for slug, _ in zip(slugs, range(10_000)) for word in set(slug.split("-")))
    result["open"] = table_of(bench.time(["open", graph], True)["text"])
    rare, common = str(pages * 3 // 5), words.most_common(1)[0][0]
    result["search"] = searches(bench, graph, {"rare": rare, "common": common})
    return result


def render(measured):
    data, archives = measured["million"], measured.get("archives")
    pages, memory = data["pages"], max(data["build"]["memory"])
    lines = [f"An archive of {pages:,} pages in one tar file of {size(data['read'])}, made by "
             f"`make_archive.py`; the graph written has {size(data['written'])}, the peak of memory is "
             f"{memory / data['written']:.2f} times that. `bare_read` reads the tar file in pieces on "
             "all cores and does not look for the pages in it.", ""]
    rows = [data["build"], data["bare"], data["search"]["rare"], data["search"]["common"]]
    lines += table(RUN_HEAD, [run_row(row) for row in rows])
    bare = ratio(data["build"], data["bare"])
    lines += [f"A build takes **{bare:.2f}** times as long as bare reading, "
              f"{duration(median(data['build']) / pages)} a page; no target was set for that, as a tar file "
              "has no thousands of files to open. Opening the graph file takes "
              f"{float(data['open']['median microseconds']):.0f} µs. The searched words are in "
              f"{data['search']['rare']['hits']:,} and in {data['search']['common']['hits']:,} events.", ""]
    said = f"{pages:,} pages from a tar"
    targets = [
        at_most(f"peak memory ÷ file written, {said}", memory / data["written"], 2.5),
        *search_targets(data["search"], f"the graph of {pages:,} pages"),
    ]
    if archives:
        few = sorted(map(int, archives["sizes"]))[-2]
        targets += linear(few, archives["sizes"][str(few)], pages, data)
    return lines, targets
