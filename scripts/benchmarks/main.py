"""What scripts/bench does."""

import argparse, json, sys, tempfile
from pathlib import Path

from benchmarks.circumstances import circumstances
from benchmarks.page import render
from benchmarks.parts import PARTS
from benchmarks.running import PACKAGES, ROOT, Bench, Failed, say

RESULTS = ROOT / "benches" / "results.json"
PAGE = ROOT / "docs" / "benchmarks.md"


def main(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dir", help="work folder, kept; by default a temporary one")
    parser.add_argument("--shared", default=ROOT.parent / "shared", help="where corpus/, bench/ and check/ are")
    parser.add_argument("--python", help="a Python that has " + ", ".join(PACKAGES))
    parser.add_argument("--only", help="parts to measure, with commas between them: " + ", ".join(PARTS))
    parser.add_argument("--million", action="store_true", help="the archive of a million pages too")
    parser.add_argument("--quick", action="store_true", help="small inputs, two runs; results stay in the work folder")
    parser.add_argument("--runs", type=int, help="runs of each command, instead of the usual number")
    parser.add_argument("--render", action="store_true", help="measure nothing, write the page again")
    args = parser.parse_args()
    if args.runs is not None and args.runs < 1:
        parser.error("--runs: at least one is needed")
    if args.only:
        parts = args.only.split(",")
        if unknown := set(parts) - set(PARTS):
            parser.error(f"no such part: {', '.join(sorted(unknown))}")
    else:
        parts = [part for part in PARTS if part != "million" or args.million]
    if args.render:
        if not RESULTS.exists():
            sys.exit("nothing was measured yet: benches/results.json is not there")
        PAGE.write_text(render(json.loads(RESULTS.read_text())), encoding="utf-8")
        return 0
    with tempfile.TemporaryDirectory(prefix="threadline-bench-") as temporary:
        folder = Path(args.dir or temporary).resolve()
        folder.mkdir(parents=True, exist_ok=True)
        return run(Bench(args, folder), [part for part in PARTS if part in parts])


def run(bench, parts):
    results_file, page = RESULTS, PAGE
    if bench.quick:
        results_file, page = bench.dir / "results.json", bench.dir / "benchmarks.md"
    bench.build()
    results = json.loads(results_file.read_text()) if results_file.exists() else {}
    failed = 0
    for part in parts:
        say(f"{part}:")
        try:
            at = circumstances()
            if at["load"] > 0.5:
                say(f"  the machine is busy (load {at['load']}): expect noise")
            results[part] = {"at": at, "data": PARTS[part].measure(bench)}
        except Failed as error:
            failed += 1
            say(f"  not measured: {error}")
            continue
        # After each part: what is measured stays, whatever comes.
        text = json.dumps(results, indent=1, ensure_ascii=False, sort_keys=True)
        results_file.write_text(text + "\n", encoding="utf-8")
        page.write_text(render(results), encoding="utf-8")
    if bench.quick and page.exists():
        print(page.read_text(encoding="utf-8"))
    return 1 if failed else 0
