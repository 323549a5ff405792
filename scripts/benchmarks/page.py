"""The page: docs/benchmarks.md, from the figures."""

from benchmarks.parts import PARTS
from benchmarks.words import table

INTRODUCTION = """\
# Benchmarks

What the whole program takes, measured from outside, beside a bare reader of the same files and \
beside other libraries on the same graph. Ratios count more than seconds: both sides of a ratio run \
in turn, A B A B, on one machine with warm caches, and the ratio is the median over the pairs.

**To measure again**, have Rust and Python 3.11 or later, and run `scripts/bench` on \
a machine that does nothing else; it builds the program, makes its inputs with the generators in \
`../shared`, keeps every single run in `benches/results.json` and writes this page from it. \
`scripts/bench --million` adds the archive of a million pages, `--only PART` measures one part, \
`--quick` tries everything with small inputs and changes no file of the project, and `--dir DIR` keeps the \
inputs between runs. The speed of the parts of the program is measured by `cargo bench --benches`.
"""


def render(results):
    lines, targets, told = INTRODUCTION.splitlines() + [""], [], []
    measured = {part: result["data"] for part, result in results.items()}
    for name, part in PARTS.items():
        if name not in results:
            continue
        at = results[name]["at"]
        body, aims = part.render(measured)
        place = (f"{at['date']}, commit {at['commit']}; {at['processor']}, {at['cores']} cores, "
                 f"{at['memory']} of memory, {at['system']}; {at['rust']}, Python {at['python']}; load "
                 f"before the start {at['load']}.")
        told += [f"## {part.TITLE}", "", place, "", *body]
        targets += aims
    lines += ["## Targets", ""]
    reached = lambda target: "yes" if target["reached"] else "**no**"
    lines += table(["", "measured", "target", "reached"],
                   [[t["text"], t["value"], t["limit"], reached(t)] for t in targets])
    missed = sum(not target["reached"] for target in targets)
    lines += [f"{len(targets) - missed} of {len(targets)} reached.", ""]
    return "\n".join(lines + told).rstrip() + "\n"
