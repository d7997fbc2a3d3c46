"""All measurements of monev in one command, as ratios within one run; a table on the terminal, JSON beside it.

    .venv/bin/python benchmarks/run.py [--runs N] [--only a,b,c,w,p,s,v,t,d,e,n,q,f,x,g,h,i] [--sizes 18,180,1800]
        [--programmes 50]

(a) clean build; (b) nothing changed; (c) one score changed; (w) the same under `build --watch`, from the change to the
line that tells the report; (d) the same notebooks by the papermill command line, one after the other, and rendered by
the same engine; (e) the same by `papermill.execute_notebook` in one process; (n) the same by `jupyter nbconvert
--execute`; (q) `quarto render` of the same notebooks and of the staged report, where Quarto is on PATH; (p) one part's
preview while watching; (s) the report and (v) one part's preview by the page of `monev app`, from the order to its end;
(t) a clean build by the code of commit a7a1f32 from its own lock, where this clone has it (all
then build the inputs of that commit);
(x) `check` of 20,000 rows, beside openpyxl reading the same workbooks once; (f) the limit: the same cells in one
process that is already warm, then pandoc and Typst; (g) synthetic plans; (h) a batch of small programmes on one and on
two workers, beside what two cores give over one without monev; (i) reading and checking a plan with 30 forms beside
openpyxl reading the forms once. And how long `--help` and `check` take.

What is measured runs in an environment made from the lock, as users have it: what only tests need changes times as well
(one library of them compiles a grammar whenever notebooks are read). The limit draws its charts, as a clean build does.
Of (a) and (c) each stage is told: its wall and CPU time, and how long the second core had nothing to do.

Wall time, CPU time of all processes, and the most memory that all processes of a command held at once (each page that
they share counted once). The commands of one round take turns, so that other load falls on all of them; told are the
medians.
Seconds of one machine say little about another: read the ratios.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import platform
import re
import resource
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

REPOSITORY = Path(__file__).resolve().parents[1]
EDITION = "2021-S2"
STARTS = 24  # of Python, to see what the machine gives
BEFORE = "a7a1f32"  # the code that (c) and (w) are held against
ROWS = (5_000, 20_000)
LOOK = 0.2  # seconds between looks at the processes of a command
python = sys.executable  # what commands run with; `main` puts the environment of the lock in its place
RESULTS = REPOSITORY / "outputs" / "benchmark.json"

sys.path[:0] = [str(REPOSITORY / "lib"), str(REPOSITORY / "tests")]


@dataclass(frozen=True)
class Cost:
    """What a command cost: seconds of wall and CPU time, most memory in bytes (0: not measured)."""

    wall: float
    cpu: float
    memory: int = 0


# Measuring ------------------------------------------------------------------------------------------------------------


def command(root: Path, *arguments: str) -> list[str]:
    """Return the command line of monev."""
    return [python, "-P", "-m", "monev", "--root", str(root), *arguments]


def cost_of(words: Sequence[str], home: Path, *, memory: bool = True, library: Path = REPOSITORY / "lib") -> Cost:
    """Run a command to its end; return what it cost. Raises SystemExit when it fails."""
    environment = os.environ | {"PYTHONPATH": str(library), "HOME": str(home)}
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(words, env=environment, stdout=said, stderr=said)
        peak = Family(child.pid) if memory else None
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        if status:
            said.seek(0)
            raise SystemExit(f"{' '.join(words)}\n{said.read().decode()[-3000:]}")
    cost = Cost(wall, usage.ru_utime + usage.ru_stime, peak.stop() if peak else 0)
    LAST[:] = [(at - start, cpu) for at, cpu in peak.spent] if peak else []
    return cost


LAST: list[tuple[float, float]] = []  # of the last command: seconds since its start, CPU time until then


class Family:
    """Looks a few times a second how much memory a process and all that come from it hold, and what they have spent."""

    def __init__(self, process: int) -> None:
        self._process = process
        self._most = 0
        self.spent: list[tuple[float, float]] = []
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._end.wait(LOOK):
            family = self._members()
            self._most = max(self._most, sum(map(self._held, family)))
            self.spent.append((time.perf_counter(), sum(family.values())))

    def _members(self) -> dict[Path, float]:
        """Return the processes, each with its CPU time and that of those that it has seen end."""
        found: dict[int, tuple[int, float]] = {}
        for process in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                fields = (process / "stat").read_text().rpartition(")")[2].split()
                found[int(process.name)] = int(fields[1]), sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
        family, more = {self._process}, True
        while more:
            more = bool(new := {number for number, (parent, _) in found.items() if parent in family} - family)
            family |= new
        return {Path(f"/proc/{number}"): found[number][1] for number in family if number in found}

    def _held(self, process: Path) -> int:
        try:
            lines = (process / "smaps_rollup").read_text().splitlines()
            return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
        except (OSError, StopIteration):
            return 0

    def seconds(self) -> float:
        """Return the CPU time of the processes that are there now, and of those that they have seen end."""
        return sum(self._members().values())

    def stop(self) -> int:
        """Return the most that was seen."""
        self._end.set()
        self._thread.join()
        return self._most


def median(costs: Sequence[Cost]) -> Cost:
    """Return the costs' medians, each by itself."""
    return Cost(
        statistics.median(c.wall for c in costs),
        statistics.median(c.cpu for c in costs),
        int(statistics.median(c.memory for c in costs)),
    )


# The builds -----------------------------------------------------------------------------------------------------------


class Bench:
    """A root of its own with the 2021 inputs, and what is measured on it."""

    def __init__(self, folder: Path, *, before: bool) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir()
        self.root = folder / "root"
        self.skipped: dict[str, str] = {}  # what was not measured, and why
        self.code = self._before_code() if before else None
        for name in ("params", "inputs"):
            shutil.copytree((self.code or REPOSITORY) / name, self.root / name)
        self._score = 0.0
        self.stages: dict[str, dict[str, Cost]] = {}  # of the last clean build and the last changed score

    def clean(self) -> Cost:
        """(a)."""
        for name in ("outputs", ".monev"):
            shutil.rmtree(self.root / name, ignore_errors=True)
        cost = cost_of(command(self.root, "build", EDITION, "--engine", "embedded"), self.home)
        self._note_stages("a", cost)
        return cost

    def _be_built(self) -> None:
        """Build what (b), (c), (w) and (p) start from, where (a) is not measured."""
        if not (self.root / "outputs" / EDITION).exists():
            self.clean()

    def _note_stages(self, name: str, cost: Cost) -> None:
        self.stages[name] = stages(self.root / "outputs" / EDITION / "run.log", cost, LAST)

    def unchanged(self) -> Cost:
        """(b), after (a)."""
        self._be_built()
        return cost_of(command(self.root, "build", EDITION, "--engine", "embedded"), self.home, memory=False)

    def one_score(self) -> Cost:
        """(c), after (a): a score that was never there before."""
        self._be_built()
        self._put_new_score()
        cost = cost_of(command(self.root, "build", EDITION, "--engine", "embedded"), self.home)
        self._note_stages("c", cost)
        return cost

    def _put_new_score(self) -> None:
        from support import put

        self._score = round(self._score + 0.01, 2)
        put(self.root, f"inputs/{EDITION}/capaian-kl.xlsx!Capaian!H3", self._score)

    def watched(self, *more: str) -> Cost:
        """(w), (p): the second change of a process that watches; the first has made everything warm."""
        self._be_built()
        environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "lib"), "HOME": str(self.home)}
        words = command(self.root, "build", EDITION, "--engine", "embedded", "--watch", *more)
        done = "Pratinjau" if more else "Laporan"
        child = subprocess.Popen(
            words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, bufsize=1
        )
        assert child.stdout is not None
        peak = Family(child.pid)
        try:
            _until("menunggu", child.stdout)
            for _ in range(2):
                before, start = peak.seconds(), time.perf_counter()
                self._put_new_score()
                _until(done, child.stdout)
                wall, cpu = time.perf_counter() - start, peak.seconds() - before
                _until("menunggu", child.stdout)
        finally:
            child.send_signal(signal.SIGINT)
            child.wait()
        return Cost(wall, cpu, peak.stop())

    def on_page(self, **order: str) -> Cost:
        """(s), (v): the second change by the page; the first has made everything warm."""
        from page_client import opened

        with opened(self.root, HOME=str(self.home)) as page:
            peak = Family(page.process.pid)
            page.carried_out(edisi=EDITION, **order)
            for _ in range(2):
                self._put_new_score()
                before = peak.seconds()
                wall = page.carried_out(edisi=EDITION, **order)
                cpu = peak.seconds() - before
        return Cost(wall, cpu, peak.stop())

    def by(self, how: str) -> Cost:
        """(d), (e)."""
        return cost_of([python, "-P", __file__, "--part", how, str(self.root)], self.home)

    def limit(self) -> Cost:
        """(f): told by the process itself, for only its second round counts."""
        words = [python, "-P", __file__, "--part", "limit", str(self.root)]
        environment = os.environ | {"HOME": str(self.home)}
        done = subprocess.run(words, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        return Cost(**json.loads(done.stdout.splitlines()[-1]))

    def _before_code(self) -> Path | None:
        """Return the files of commit BEFORE; None where this clone has not got it."""
        code, git = self.folder / "before", ["git", "-C", str(REPOSITORY)]
        made = subprocess.run([*git, "archive", BEFORE], check=False, capture_output=True)
        if made.returncode:
            return self._skip("t", f"this clone has no commit {BEFORE} (a shallow one?)")
        code.mkdir()
        subprocess.run(["tar", "-x", "-C", str(code)], input=made.stdout, check=True)
        return code

    def before(self) -> Cost | None:
        """(t): the code of that commit, in an environment of its own, which is made at the first call."""
        assert self.code is not None
        root = self.folder / "before-root"
        if not (theirs := environment_of(self.code / "requirements.lock", self.folder / "before-venv")):
            return self._skip("t", "its lock could not be installed (is there uv?)")
        shutil.rmtree(root, ignore_errors=True)
        for name in ("params", "inputs"):
            shutil.copytree(self.code / name, root / name)
        words = [theirs, "-P", "-m", "monev", "--root", str(root), "build", EDITION, "--engine", "embedded"]
        return cost_of(words, self.home, library=self.code / "lib")

    def _skip(self, name: str, why: str) -> None:
        self.skipped[name] = why

    def quarto(self) -> Cost | None:
        """(q): all notebooks as they are, then the staged report."""
        program = shutil.which("quarto")
        if not program:
            return self._skip("q", "there is no Quarto on PATH")
        staged = self.folder / "staged"
        shutil.rmtree(staged, ignore_errors=True)
        cost_of(command(self.root, "build", EDITION, "--stage", str(staged)), self.home)
        notebooks = self.folder / "quarto-notebooks"
        shutil.copytree(REPOSITORY / "notebooks", notebooks, dirs_exist_ok=True)
        lines = [f"{program} render {file} --execute --to html" for file in sorted(notebooks.glob("*.ipynb"))]
        lines.append(f"cd {staged} && {program} render laporan.qmd")
        os.environ["MONEV_ROOT"] = str(self.root)
        return cost_of(["sh", "-ec", "\n".join(lines)], self.home)

    def start(self, *arguments: str) -> Cost:
        """How long a light command takes."""
        return cost_of(command(self.root, *arguments), self.home, memory=False)


def environment_of(lock: Path, venv: Path) -> str:
    """Return the Python of an environment made from a lock, which is made at the first call; empty without uv."""
    made = str(venv / "bin" / "python")
    if not venv.exists():
        uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
        if not uv:
            return ""
        subprocess.run([uv, "venv", "-q", "--python", sys.executable, str(venv)], check=True)
        install = [uv, "pip", "install", "-q", "--no-deps", "--compile-bytecode", "--python", made, "-r", str(lock)]
        if subprocess.run(install, check=False).returncode:
            return ""
    return made


def stages(log: Path, cost: Cost, spent: Sequence[tuple[float, float]]) -> dict[str, Cost]:
    """What a build spent on each stage, by its run.log, wall and CPU; `spent` is its CPU time by the time.

    What is before the first stage is told apart. CPU time is looked at five times a second: shorter stages share it.
    """
    told = re.findall(r"^ *([\d.]+) s  (\D.*)$", log.read_text("utf-8"), re.MULTILINE)
    told = [(float(seconds), words) for seconds, words in told if not re.match(r"\d\d-", words)]
    before = max(0.0, cost.wall - told[-1][0] - 0.3)  # until the log begins; publishing takes a few tenths

    def until(at: float) -> float:
        return next((cpu for seconds, cpu in spent if seconds >= at), cost.cpu)

    begins = [0.0, *(before + seconds for seconds, _ in told), cost.wall]
    names = ["start", *(words for _, words in told)]
    return {
        name: Cost(end - begin, until(end) - until(begin) if begin else until(end))
        for name, begin, end in zip(names, begins, begins[1:], strict=False)
    }


def _until(words: str, lines: Iterable[str]) -> None:
    """Read lines until one holds some words. Raises SystemExit when none does."""
    if not any(words in line for line in lines):
        raise SystemExit(f"{words!r} was not said")


def part(how: str, root: Path) -> None:
    """Do (d), (e), (n), (f) or what (x) is held against in this process."""
    if how == "openpyxl":
        from openpyxl import load_workbook

        for file in sorted(root.rglob("*.xlsx")):
            for sheet in load_workbook(file):
                for row in sheet.iter_rows():
                    [cell.value for cell in row]
        return
    from monev.build.assembly import BuildMeans, assemble
    from monev.build.notebook_plan import read_notebook_plan
    from monev.edition import known_pictures
    from monev.edition.edition_cache import keep, opened_with_state
    from monev.kernels import in_process
    from monev.kernels.executed_notebook import Executed, normalised, sections
    from monev.render.engines import Engine

    os.environ["MONEV_ROOT"] = str(root)
    os.environ["PYTHONPATH"] = str(REPOSITORY / "lib")
    notebooks = REPOSITORY / "notebooks"

    def executed(name: str, made: Any) -> Executed:
        content = normalised(made)
        return Executed(name, content, sections(made), 0.0)

    def once(folder: Path) -> None:
        kept = opened_with_state(root, EDITION)
        keep(kept)
        known_pictures.know({})  # charts are drawn, as in a clean build
        found = []
        for task in read_notebook_plan().tasks(kept.opened):
            if how == "limit":
                found.append(in_process.execute(task, root))
                continue
            import nbformat

            out = folder / f"{task.name}.ipynb"
            if how == "command":
                words = [
                    sys.executable,
                    "-m",
                    "papermill",
                    str(notebooks / task.notebook),
                    str(out),
                    "--no-progress-bar",
                ]
                words += ["--cwd", str(notebooks), "--log-level", "ERROR"]
                for key, value in task.parameters.items():
                    words += ["-p", key, str(value)]
                subprocess.run(words, check=True)
            elif how == "nbconvert":
                import papermill

                prepared = folder / f"siap-{task.name}.ipynb"
                source = str(notebooks / task.notebook)
                papermill.execute_notebook(source, str(prepared), dict(task.parameters), prepare_only=True)
                words = [sys.executable, "-m", "jupyter", "nbconvert", "--execute", "--to", "notebook", str(prepared)]
                words += ["--output", str(out), "--log-level", "ERROR"]
                subprocess.run(words, check=True, cwd=notebooks)
            else:
                import papermill

                source = str(notebooks / task.notebook)
                papermill.execute_notebook(
                    source, str(out), dict(task.parameters), progress_bar=False, cwd=str(notebooks)
                )
            found.append(executed(task.name, nbformat.read(out, as_version=4)))
        means = BuildMeans(Engine("embedded"), jobs=2)
        assemble(root, kept.opened, found, means, folder / "new", folder / "staged", lambda words: None)

    if how == "limit":
        with tempfile.TemporaryDirectory() as folder:
            once(Path(folder))
    before, start = _cpu(), time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        once(Path(folder))
    print(json.dumps({"wall": time.perf_counter() - start, "cpu": _cpu() - before}))


def _cpu() -> float:
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in both)


def synthetic(folder: Path, commitments: int) -> Cost:
    """(g): a clean build of a plan of that many commitments."""
    from plans import EDITION as MADE
    from plans import MadePlan, make_plan

    root = make_plan(folder / f"plan-{commitments}", MadePlan(commitments=commitments))
    home = folder / f"home-{commitments}"
    home.mkdir()
    return cost_of(command(root, "build", MADE, "--engine", "embedded"), home)


def rows(folder: Path, count: int) -> tuple[Cost, Cost]:
    """(x): `check` of a plan with that many rows of targets, and openpyxl reading its workbooks once."""
    from plans import EDITION as MADE
    from plans import KL, OMS, MadePlan, make_plan

    many = dict.fromkeys(range(1, 21), count // 40)
    plan = MadePlan(commitments=20, periods=(("B12", "Semester II", 2021),), targets=many, groups=(KL, OMS))
    root, home = make_plan(folder / f"rows-{count}", plan), folder / f"home-rows-{count}"
    home.mkdir()
    read = [python, "-P", __file__, "--part", "openpyxl", str(root)]
    return cost_of(command(root, "check", MADE, "--no-salinan"), home), cost_of(read, home)


def programmes(folder: Path, count: int, workers: int) -> tuple[Cost, list[float], list[int]]:
    """(h): a batch; returns also the seconds of each report in the order of their ends, and the workers' memory."""
    from plans import EDITION as MADE
    from plans import MadePlan, make_plan

    roots = [make_plan(folder / f"w{workers}" / f"p{n:03d}", MadePlan(commitments=2)) for n in range(count)]
    home = folder / f"home-w{workers}"
    home.mkdir()
    out = folder / f"w{workers}.json"
    words = command(roots[0], "batch", MADE, "--engine", "embedded", "--jobs", str(workers), "--format", "json")
    script = f"{' '.join(words)} --roots {' '.join(map(str, roots))} > {out}"
    cost = cost_of(["sh", "-c", script], home)
    rows = json.loads(out.read_text("utf-8"))
    return cost, [row["detik"] for row in rows], [row["memori"] for row in rows]


def machine(home: Path, lanes: int) -> float:
    """What the machine itself gives: seconds for the same work, of no part of monev, on one core or on two.

    The work is of the kind that a build does: starting Python, importing, small objects, memory.
    """
    work = f"{python} -P -c 'import pandas, matplotlib.figure, nbconvert'"
    lane = f"(for n in $(seq {STARTS // lanes}); do {work}; done) &"
    return cost_of(["sh", "-c", f"{lane * lanes} wait"], home, memory=False).wall


# Telling --------------------------------------------------------------------------------------------------------------


def rounds(bench: Bench, letters: str, runs: int) -> dict[str, Cost]:
    """Return the medians of (a) to (f); the commands of a round take turns."""
    order: Sequence[tuple[str, Callable[[], Cost | None]]] = (
        ("a", bench.clean),
        ("b", bench.unchanged),
        ("c", bench.one_score),
        ("w", bench.watched),
        ("p", lambda: bench.watched("--only", "komitmen-01")),
        ("s", lambda: bench.on_page(perintah="build")),
        ("v", lambda: bench.on_page(perintah="preview", bagian="komitmen-01")),
        ("t", bench.before),
        ("d", lambda: bench.by("command")),
        ("e", lambda: bench.by("process")),
        ("n", lambda: bench.by("nbconvert")),
        ("q", bench.quarto),
        ("f", bench.limit),
        ("help", lambda: bench.start("--help")),
        ("check", lambda: bench.start("check", EDITION, "--no-salinan")),
    )
    wanted = [(name, measure) for name, measure in order if name in letters or len(name) > 1]
    found: dict[str, list[Cost]] = {name: [] for name, _ in wanted}
    for number in range(runs):
        for name, measure in wanted:
            print(f"round {number + 1}: ({name})", file=sys.stderr, flush=True)
            if cost := measure() if name not in bench.skipped else None:
                found[name].append(cost)
    return {name: median(costs) for name, costs in found.items() if costs}


ABOUT = {
    "a": "clean build",
    "b": "nothing changed",
    "c": "one score changed",
    "w": "one score changed, while watching",
    "p": "preview of one part, while watching",
    "s": "one score changed, by the page",
    "v": "preview of one part, by the page",
    "t": f"clean build by the code of {BEFORE}",
    "n": "jupyter nbconvert --execute, one by one, same rendering",
    "q": "quarto render, notebooks one by one and the report",
    **{f"x{count}": f"monev check of {count} rows" for count in ROWS},
    **{f"y{count}": "openpyxl reading the same workbooks once" for count in ROWS},
    "d": "papermill command line, one by one, same rendering",
    "e": "papermill.execute_notebook in one process, same rendering",
    "f": "limit: same cells in a warm process, pandoc, Typst",
    "help": "monev --help",
    "check": "monev check",
}
GOALS = (
    ("a", "f", 1.4, "clean build to the limit (CPU)"),
    ("a", "d", 0.06, "clean build to the papermill command line (wall)"),
    ("a", "e", 1 / 3, "clean build to papermill in one process"),
    ("a", "n", 0.06, "clean build to jupyter nbconvert"),
    ("a", "q", 1, "clean build to quarto render"),
    ("b", "a", 0.05, "nothing changed to clean build"),
    ("c", "t", 0.30, f"one score changed to clean build of {BEFORE}"),
    ("w", "t", 0.15, f"one score changed, while watching, to clean build of {BEFORE}"),
    ("p", "a", 0.06, "one part's preview, while watching, to clean build"),
    ("s", "t", 0.15, f"one score changed, by the page, to clean build of {BEFORE}"),
    ("v", "a", 0.06, "one part's preview, by the page, to clean build"),
    ("c", "a", 0.30, "one score changed to clean build of this code"),
    *((f"x{count}", f"y{count}", 2, f"check of {count} rows to openpyxl (CPU)") for count in ROWS),
)


def tell(costs: dict[str, Cost]) -> list[dict[str, object]]:
    """Print the costs and the ratios; return the ratios."""
    print(f"\n{'':8}{'wall s':>9}{'CPU s':>9}{'MB':>8}")
    for name, cost in costs.items():
        memory = f"{cost.memory / 1e6:8.0f}" if cost.memory else f"{'-':>8}"
        print(f"{name:8}{cost.wall:9.2f}{cost.cpu:9.2f}{memory}  {ABOUT.get(name, '')}")
    ratios = []
    print()
    for one, other, goal, words in GOALS:
        if one in costs and other in costs:
            wall, cpu = costs[one].wall / costs[other].wall, costs[one].cpu / costs[other].cpu
            print(f"{one}/{other}  wall {wall:6.3f}  CPU {cpu:6.3f}  goal {goal:5.3f}  {words}")
            ratios.append({"ratio": f"{one}/{other}", "wall": wall, "cpu": cpu, "goal": goal})
    return ratios


def tell_sizes(sizes: dict[int, Cost]) -> list[dict[str, object]]:
    """Print what one commitment costs at each size; return it."""
    rows = []
    print(f"\n{'(g)':8}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'ms/commitment':>15}{'MB/commitment':>15}")
    for size, cost in sizes.items():
        each, memory = 1000 * cost.wall / size, cost.memory / 1e6 / size
        print(f"{size:<8}{cost.wall:9.1f}{cost.cpu:9.1f}{cost.memory / 1e6:8.0f}{each:15.1f}{memory:15.2f}")
        rows.append({"commitments": size, **asdict(cost), "ms_each": each, "mb_each": memory})
    return rows


def tell_batch(
    found: dict[int, tuple[Cost, list[float], list[int]]], bare: dict[int, float]
) -> list[dict[str, object]]:
    """Print what a batch costs with each number of workers; return it; `bare` is how long `machine` took."""
    rows = []
    print(f"\n{'(h)':8}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'5th s':>9}{'last s':>9}{'5th MB':>9}{'last MB':>9}")
    for workers, (cost, seconds, memory) in found.items():
        fifth, last = seconds[min(4, len(seconds) - 1)], seconds[-1]
        print(
            f"{workers} work. {cost.wall:9.1f}{cost.cpu:9.1f}{cost.memory / 1e6:8.0f}{fifth:9.2f}{last:9.2f}"
            f"{memory[min(4, len(memory) - 1)] / 1e6:9.0f}{memory[-1] / 1e6:9.0f}"
        )
        rows.append(
            {"workers": workers, **asdict(cost), "seconds": seconds, "memory_each": memory, "machine": bare[workers]}
        )
    if len(found) == 2:
        one, two = (found[number][0].wall for number in sorted(found))
        print(f"two workers are {one / two:.2f} times as fast as one (goal 1.8)")
        alone, both = (bare[number] for number in sorted(bare))
        print(f"the machine: two cores are {alone / both:.2f} times as fast as one")
    return rows


def forms(folder: Path, runs: int) -> dict[str, float]:
    """Return CPU seconds of checking a plan with 30 forms, and of openpyxl reading the same files once; warm, in turn.

    One actor's form goes as `.xlsx` thirty times, or as ten of each format; openpyxl reads the `.xlsx` of all.
    """
    from datetime import datetime

    from openpyxl import load_workbook

    from monev.edition.collecting import collect
    from monev.edition.forms import make_forms
    from monev.io.inputs import read_inputs
    from round import EDITION as PLAN
    from round import SENT, as_ods, by_libreoffice, filled, make_round, reported

    roots = {}
    for kind in ("xlsx", "mixed"):
        root = roots[kind] = make_round(folder / kind, 30, 4)
        made = sorted(make_forms(root, PLAN).folder.glob("*.xlsx"))
        for place, form in enumerate(made):
            form.write_bytes(content := filled(form, reported("Terbit", (1, 2, 3, 4))))
            ending = ("xlsx", "ods", "xls")[place % 3] if kind == "mixed" else "xlsx"
            if ending == "ods":
                (root / SENT / f"{form.stem}.ods").write_bytes(as_ods(content))
            elif ending == "xlsx":
                (root / SENT / form.name).write_bytes(content)
        if kind == "mixed":
            by_libreoffice(root / SENT, made[2::3], "xls")
        collect(root, PLAN, datetime(2022, 7, 1))
    files = sorted((roots["xlsx"] / SENT).glob("*.xlsx"))
    found: dict[str, list[float]] = {}

    def timed(name: str, work: Callable[[], object]) -> None:
        before = time.process_time()
        work()
        found.setdefault(name, []).append(time.process_time() - before)

    for _ in range(runs + 1):  # the first one imports
        timed("openpyxl", lambda: [load_workbook(file) for file in files])
        timed("check, 30 .xlsx", lambda: read_inputs(roots["xlsx"], PLAN))
        timed("check, ten of each format", lambda: read_inputs(roots["mixed"], PLAN))
    return {name: statistics.median(seconds[1:]) for name, seconds in found.items()}


def tell_forms(costs: dict[str, float]) -> dict[str, float]:
    """Print what forms cost; return the ratios."""
    base = costs["openpyxl"]
    print(f"\n{'30 forms':>28} {'CPU s':>8} {'ratio':>8}")
    for name, seconds in costs.items():
        print(f"{name:>28} {seconds:8.2f} {seconds / base:8.2f}")
    return {name: seconds / base for name, seconds in costs.items()}


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", default="a,b,c,w,p,s,v,t,d,e,n,q,f,x,g,h,i")
    parser.add_argument("--sizes", default="18,180,1800")
    parser.add_argument("--programmes", type=int, default=50)
    parser.add_argument("--part", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        part(arguments.part[0], Path(arguments.part[1]))
        return
    letters = arguments.only.replace(",", "")
    found: dict[str, object] = {"cores": os.cpu_count(), "python": platform.python_version(), "runs": arguments.runs}
    global python
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        python = environment_of(REPOSITORY / "requirements.lock", folder / "venv") or sys.executable
        found["environment"] = "of the lock" if python != sys.executable else "of whoever measures"
        if set(letters) & set("abcwpsvtdenqfx"):
            bench = Bench(folder, before="t" in letters)
            costs = rounds(bench, letters, arguments.runs)
            for count in ROWS if "x" in letters else ():
                costs[f"x{count}"], costs[f"y{count}"] = rows(folder, count)
            found["costs"] = {key: asdict(cost) for key, cost in costs.items()}
            found["ratios"] = tell(costs)
            found["skipped"] = bench.skipped
            for name, why in bench.skipped.items():
                print(f"({name}) not measured: {why}")
            found["stages"] = {
                name: {words: asdict(cost) for words, cost in own.items()} for name, own in bench.stages.items()
            }
            for name, own in bench.stages.items():
                print(f"\n({name}), last round {'wall s':>9}{'CPU s':>9}{'idle s':>9}  (of the second core)")
                for words, cost in own.items():
                    idle = max(0.0, 2 * cost.wall - cost.cpu)
                    print(f"{cost.wall:25.2f}{cost.cpu:9.2f}{idle:9.2f}  {words}")
        if "g" in letters:
            found["sizes"] = tell_sizes({n: synthetic(folder, n) for n in map(int, arguments.sizes.split(","))})
        if "h" in letters:
            bare = {n: machine(folder, n) for n in (1, 2)}
            found["batch"] = tell_batch({n: programmes(folder, arguments.programmes, n) for n in (1, 2)}, bare)
        if "i" in letters:
            found["forms"] = tell_forms(forms(folder, arguments.runs))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    print(f"\n{RESULTS.relative_to(REPOSITORY)}")


if __name__ == "__main__":
    main()
