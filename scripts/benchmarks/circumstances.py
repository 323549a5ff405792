"""Where and when it was measured."""

import datetime, os, platform
from pathlib import Path

from benchmarks.running import ROOT, Failed, output


def circumstances():
    def first(path, start):
        try:
            lines = Path(path).read_text().splitlines()
        except OSError:
            return None
        return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(start)), None)

    def ask(*command):
        try:
            return output(command, cwd=ROOT).strip()
        except (Failed, OSError):
            return "unknown"

    memory = first("/proc/meminfo", "MemTotal")
    git = ["git", "--no-optional-locks"]
    changed = ask(*git, "status", "--porcelain", "--", "src", "Cargo.toml", "Cargo.lock")
    commit = ask(*git, "rev-parse", "--short", "HEAD") + (" with changes" if changed else "")
    return {
        "date": datetime.date.today().isoformat(),
        "commit": commit,
        "processor": first("/proc/cpuinfo", "model name") or platform.processor() or platform.machine(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory": f"{int(memory.split()[0]) / 2**20:.0f} GB" if memory else "unknown",
        "system": f"{platform.system()} {platform.release()}",
        "rust": ask("rustc", "--version"),
        "python": platform.python_version(),
        "load": round(os.getloadavg()[0], 2),
    }
