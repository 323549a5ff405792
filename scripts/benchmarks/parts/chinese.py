"""The Chinese archive: a build beside bare reading and beside the oracle, and questions to the graph."""

import tarfile

from benchmarks.running import Failed
from benchmarks.words import RUN_HEAD, at_most, duration, median, ratio, run_row, size, table

TITLE = "A real archive"

# Questions to the Chinese archive's built graph, and the most seconds that each may take.
ANSWERS = {
    ("stories", "chinese.threadline"): 0.5,
    ("timeline", "chinese.threadline", "--by", "topic", "--bursts"): 0.1,
    ("clusters", "chinese.threadline"): None,
    ("rank", "chinese.threadline", "--by", "betweenness"): None,
}


def measure(bench):
    packed = bench.shared / "corpus" / "zh.tar.gz"
    if not packed.is_file():
        raise Failed("../shared/corpus/zh.tar.gz is not there; --shared names the folder it is in")

    def unpack(folder):
        with tarfile.open(packed) as tar:
            tar.extractall(folder, filter="data")

    folder = bench.made("chinese", unpack)
    inner = [path for path in folder.iterdir() if path.is_dir()]
    name = f"chinese/{inner[0].name}" if len(inner) == 1 else "chinese"
    build = ["threadline", "build", name, "-o", "chinese.threadline"]
    new = ["threadline", "build", name, "-o", "new.threadline"]
    one = ["threadline", "--threads", "1", "build", name, "-o", "chinese.threadline"]
    oracle = ["python3", "../shared/check/oracle.py", "read", name]
    result = {
        "all": bench.in_turn({"build": new, "again": build, "bare": ["bare_read", name]}, bench.runs(20),
                             new=["new.threadline"]),
        "one": bench.in_turn(
            {"build": one, "bare": ["RAYON_NUM_THREADS=1", "bare_read", name]}, bench.runs(20)),
        "oracle": bench.in_turn({"build": build, "oracle": oracle}, bench.runs(5)),
        "read": int(bench.time(["bare_read", name], True)["text"]),
        "written": (bench.dir / "chinese.threadline").stat().st_size,
    }
    bench.time(build)
    result["answers"] = [bench.alone(["threadline", *words], bench.runs(20)) for words in ANSWERS]
    return result


def render(measured):
    data = measured["chinese"]
    both, one, oracle = data["all"], data["one"], data["oracle"]
    lines = [f"The Chinese archive: {size(data['read'])} of pages, written as a graph of "
             f"{size(data['written'])}.", ""]
    lines += table(RUN_HEAD, [run_row(row) for part in (both, one, oracle) for row in part.values()])
    bare, bare_one = ratio(both["build"], both["bare"]), ratio(one["build"], one["bare"])
    faster = ratio(oracle["oracle"], oracle["build"])
    lines += [f"A build takes **{bare:.2f}** times as long as bare reading on all cores and "
              f"**{bare_one:.2f}** times on one thread (processors are busy "
              f"{ratio(both['build'], both['bare'], 'busy'):.2f} times as long, whoever else uses "
              f"them); the oracle takes **{faster:.1f}** times as "
              "long as a build.", ""]
    if "again" in both:
        again = ratio(both["again"], both["bare"])
        lines += [f"A build that replaces the file of the last one takes {again:.2f} times as long as bare "
                  "reading: ext4 begins to write out a file that takes the place of another one, so that a "
                  "crash loses neither.", ""]
    answers = data.get("answers", [])
    if answers:
        lines += ["Questions to the built file, whole processes, the answer printed:", ""]
        lines += table(RUN_HEAD, [run_row(row) for row in answers])
    return lines, [
        *(at_most(f"`{row['command']}`, whole process", median(row), limit, duration)
          for row, limit in zip(answers, ANSWERS.values()) if limit),
        at_most("build of the Chinese archive ÷ bare parallel read", bare, 2.5),
        {"text": "`oracle.py read` ÷ build of the Chinese archive", "value": f"{faster:.1f}",
         "limit": "at least 12", "reached": faster >= 12},
    ]
