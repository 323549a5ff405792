"""Figures as people read them, and the tables of the page."""

import statistics


def duration(seconds):
    if seconds < 0.9995e-3:
        return f"{seconds * 1e6:.0f} µs"
    if seconds < 0.09995:
        return f"{seconds * 1e3:.1f} ms"
    if seconds < 0.9995:
        return f"{seconds * 1e3:.0f} ms"
    return f"{seconds:.2f} s"


def size(count):
    for limit, unit, digits in ((1e9, "GB", 2), (1e6, "MB", 1)):
        if count >= limit:
            return f"{count / limit:.{digits}f} {unit}"
    return f"{count / 1e3:.0f} kB"


def median(row):
    return statistics.median(row["seconds"])


def ratio(a, b, what="seconds"):
    """How many times B's time A takes: the median over the pairs of runs."""
    return statistics.median(x / y for x, y in zip(a[what], b[what]))


def table(head, rows):
    right = " | ".join(["---"] + ["--:"] * (len(head) - 1))
    lines = [" | ".join(head), right] + [" | ".join(map(str, row)) for row in rows]
    return [f"| {line} |" for line in lines] + [""]


def run_row(row):
    seconds = row["seconds"]
    return [f"`{row['command']}`", duration(median(row)), duration(min(seconds)), duration(max(seconds)),
            duration(statistics.median(row["busy"])), size(max(row["memory"])), len(seconds)]


RUN_HEAD = ["command", "median", "fastest", "slowest", "processors busy", "peak memory", "runs"]


def at_most(text, value, limit, show=lambda v: f"{v:.2f}"):
    return {"text": text, "value": show(value), "limit": f"at most {show(limit)}", "reached": value <= limit}
