"""Archives of growing size, beside bare reading."""

from benchmarks.inputs import made_archive
from benchmarks.words import at_most, duration, median, ratio, size, table

TITLE = "Archives of growing size"


def measure(bench):
    sizes = [200, 1_000, 5_000] if bench.quick else [1_000, 10_000, 100_000]
    result = {"least_memory": bench.time(["true"])["memory"], "sizes": {}}
    for pages in sizes:
        name = made_archive(bench, pages)
        graph = f"{name}.threadline"
        commands = {"build": ["threadline", "build", name, "-o", graph], "bare": ["bare_read", name]}
        rows = bench.in_turn(commands, bench.runs(20 if pages < 50_000 else 7))
        read = int(bench.time(["bare_read", name], True)["text"])
        written = (bench.dir / graph).stat().st_size
        result["sizes"][str(pages)] = rows | {"read": read, "written": written}
    return result


def render(measured):
    data = measured["archives"]
    rows, targets = [], []
    for pages, row in data["sizes"].items():
        row = row | {"ratio": ratio(row["build"], row["bare"]), "memory": max(row["build"]["memory"])}
        rows.append((int(pages), row))
    lines = ["Archives that `make_archive.py` made, as folders: `threadline build made-N -o "
             "made-N.threadline` and `bare_read made-N` in turn.", ""]
    lines += table(
        ["pages", "read", "bare read", "build", "fastest build", "ratio", "of busy time", "build a page",
         "peak memory", "file written", "memory ÷ file", "runs"],
        [[f"{pages:,}", size(row["read"]), duration(median(row["bare"])), duration(median(row["build"])),
          duration(min(row["build"]["seconds"])), f"{row['ratio']:.2f}",
          f"{ratio(row['build'], row['bare'], 'busy'):.2f}",
          duration(median(row["build"]) / pages), size(row["memory"]), size(row["written"]),
          f"{row['memory'] / row['written']:.2f}", len(row["build"]["seconds"])] for pages, row in rows])
    lines += [f"No process shows less than {size(data['least_memory'])} of memory here (that is what "
              "`true` is charged, from the script that starts it), so the smallest archive's is an "
              "upper bound.", ""]
    (middle, mid), (largest, large) = rows[-2:]
    share = large["memory"] / large["written"]
    targets.append(at_most(f"build of {largest:,} pages ÷ bare parallel read", large["ratio"], 2.5))
    targets.append(at_most(f"peak memory ÷ file written, {largest:,} pages", share, 2.5))
    targets += linear(middle, mid, largest, large)
    return lines, targets


def linear(few, small, many, large):
    """Growth is linear if a page costs no more in the larger archive, within a quarter."""
    per_page = median(large["build"]) / many / (median(small["build"]) / few)
    memory = max(large["build"]["memory"]) / many / (max(small["build"]["memory"]) / few)
    said = f"{many:,} pages against {few:,}"
    return [at_most(f"time for a page, {said}", per_page, 1.25),
            at_most(f"memory for a page, {said}", memory, 1.25)]
