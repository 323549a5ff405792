"""Running whole processes: where things are, how long they take, what they print."""

import json, os, shutil, statistics, subprocess, sys, tempfile
from pathlib import Path

from benchmarks.words import duration

ROOT = Path(__file__).resolve().parents[2]


PACKAGES = ["numpy", "pyarrow", "igraph", "networkit", "networkx", "lxml", "rustworkx"]

# Starts a command and tells its seconds, the processors' seconds, peak memory and exit status. A
# process is charged the memory of the one that starts it until it becomes another program, so that
# one has to be small.
LAUNCHER = """
import os, sys, time
tell = int(sys.argv[1])
os.set_inheritable(tell, False)
start = time.perf_counter()
child = os.posix_spawnp(sys.argv[2], sys.argv[2:], os.environ)
_, status, usage = os.wait4(child, 0)
seconds = time.perf_counter() - start
busy = usage.ru_utime + usage.ru_stime
os.write(tell, b"%.9f %.6f %d %d" % (seconds, busy, usage.ru_maxrss, os.waitstatus_to_exitcode(status)))
"""


class Failed(Exception):
    """A part could not be measured; the others go on."""


class Bench:
    """Where things are, how much is asked for, and how to run a command there."""

    def __init__(self, args, folder):
        self.args, self.dir, self.quick = args, folder, args.quick
        self.shared = Path(args.shared).resolve()
        self.tools = {}
        self.peers_python = Path(args.python) if args.python else None

    def build(self):
        say("building the release binary and the drivers")
        subprocess.run(["cargo", "build", "--release", "--bin", "threadline"], cwd=ROOT, check=True)
        # Cargo takes the drivers for examples.
        names = ["bare_read", "open", "pairs", "communities", "rank", "layout"]
        drivers = [word for name in names for word in ("--example", name)]
        subprocess.run(["cargo", "build", "--release", *drivers], cwd=ROOT, check=True)
        metadata = output(["cargo", "metadata", "--no-deps", "--format-version", "1"], cwd=ROOT)
        release = Path(json.loads(metadata)["target_directory"]) / "release"
        self.tools = {"threadline": release / "threadline"}
        self.tools |= {name: release / "examples" / name for name in names}
        # Others may build while this runs: measure copies, the same ones to the end.
        for name, path in self.tools.items():
            copy = self.dir / "bin" / name
            copy.parent.mkdir(exist_ok=True)
            shutil.copy2(path, copy)
            self.tools[name] = copy

    def runs(self, count):
        return 2 if self.quick else self.args.runs or count

    def command(self, words):
        """`threadline build …` as one can run it; the first word may set a variable."""
        env = {k: v for k, v in os.environ.items() if k != "RAYON_NUM_THREADS"}
        words = list(words)
        while "=" in words[0]:
            name, value = words.pop(0).split("=", 1)
            env[name] = value
        if words[0] in self.tools:
            words[0] = self.tools[words[0]]
        elif words[0] == "python3":
            words[0] = sys.executable
            words[1] = self.shared / words[1].removeprefix("../shared/")
        return [str(word) for word in words], env

    def time(self, words, keep_output=False):
        """One run of a whole process: seconds, seconds that processors were busy with it, peak
        memory, and what it printed if wanted."""
        command, env = self.command(words)
        out = tempfile.TemporaryFile() if keep_output else open(os.devnull, "wb")
        told, tell = os.pipe()
        with tempfile.TemporaryFile() as err:
            # `-I -S` starts a Python that is as small as one can be.
            subprocess.run(
                [sys.executable, "-I", "-S", "-c", LAUNCHER, str(tell), *command], cwd=self.dir, env=env,
                stdin=subprocess.DEVNULL, stdout=out, stderr=err, pass_fds=[tell])
            os.close(tell)
            with open(told) as lines:
                figures = lines.read().split()
            if len(figures) != 4 or figures[3] != "0":
                err.seek(0)
                tail = err.read().decode(errors="replace").strip()[-2000:]
                said = f"ended with {figures[3]}" if len(figures) == 4 else "could not be started"
                raise Failed(f"`{' '.join(map(str, words))}` {said}: {tail}")
        seconds, busy = float(figures[0]), float(figures[1])
        # Bytes on macOS, kilobytes elsewhere.
        memory = int(figures[2]) * (1 if sys.platform == "darwin" else 1024)
        text = None
        if keep_output:
            out.seek(0)
            text = out.read().decode(errors="replace")
        out.close()
        return {"seconds": seconds, "busy": busy, "memory": memory, "text": text}

    def in_turn(self, commands, runs, new=()):
        """Runs commands A B A B …, after one round that warms the caches. Files named in `new` are
        removed before each run."""
        rows = {name: {"command": " ".join(words), "seconds": [], "busy": [], "memory": []}
                for name, words in commands.items()}
        for turn in range(runs + 1):
            os.sync()
            for name, words in commands.items():
                for file in new:
                    remove(self.dir / file)
                run = self.time(words)
                for what in ("seconds", "busy", "memory"):
                    rows[name][what] += [run[what]] if turn > 0 else []
        for row in rows.values():
            say(f"  {row['command']}: {duration(statistics.median(row['seconds']))}")
        return rows

    def alone(self, words, runs):
        return self.in_turn({"it": words}, runs)["it"]

    def made(self, name, make):
        """An input, made once: whole, or not there."""
        path = self.dir / name
        if not path.exists():
            say(f"  making {name}")
            unfinished = self.dir / f"{name}.unfinished"
            remove(unfinished)
            make(unfinished)
            unfinished.rename(path)
        return path

    def generator(self, name):
        path = self.shared / "bench" / name
        if not path.is_file():
            raise Failed(f"../shared/bench/{name} is not there; --shared names the folder it is in")
        return path

    def python_with_peers(self):
        if self.peers_python is None:
            venv = self.dir / "venv"
            self.peers_python = venv / "bin" / "python"
            if not (venv / "complete").exists():
                say(f"  installing {', '.join(PACKAGES)}")
                try:
                    subprocess.run([sys.executable, "-m", "venv", venv], check=True)
                    install = [self.peers_python, "-m", "pip", "install", "--quiet", *PACKAGES]
                    subprocess.run(install, check=True)
                except (subprocess.CalledProcessError, OSError) as error:
                    raise Failed(f"the peers cannot be installed ({error}); --python names a "
                                 "Python that has them") from error
                (venv / "complete").touch()
        return str(self.peers_python)


def output(command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise Failed(f"`{' '.join(map(str, command))}` failed: {done.stderr.strip()[-2000:]}")
    return done.stdout


def say(text):
    print(text, file=sys.stderr, flush=True)


def remove(path):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def table_of(text):
    """`name<TAB>value` lines, as the examples and the peers print them."""
    return dict(line.split("\t", 1) for line in text.splitlines() if "\t" in line)


def numbers(text):
    return {name: float(value) for name, value in table_of(text).items()}
