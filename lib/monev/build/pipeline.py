"""A build from end to end: read and check, run the notebooks, assemble, render, publish as a whole."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from monev.build.assembly import BuildMeans, Staged, assemble
from monev.build.build_options import BuildOptions
from monev.build.kept_runs import Editions, Reuse
from monev.build.last_build import remember, stands
from monev.build.notebook_plan import NotebookPlan, read_notebook_plan
from monev.build.own_notebooks import refresh
from monev.edition.edition_cache import EditionWithState, opened_with_state, unchanged
from monev.edition.opened import Opened
from monev.io import atomic_files, handed_folder, manifest, read_log
from monev.io.folders import RootFolders
from monev.io.guarded_cache import Cache
from monev.io.params_file import editions, load_edition_params
from monev.io.work_folder import Workspace, locked, named_faults, workspace
from monev.kernels.fork_client import prepared
from monev.kernels.notebook_runs import Executed, Task, begin_pages, check_parameters, run
from monev.model.imprint import release_file
from monev.render import engines
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import Words, tell
from monev.words.steps import Progress, Step

# Megabytes of a build with the embedded engine, as measured at 18, 180 and 1,800 commitments (`benchmarks/run.py`, g):
# nearly all of it is Typst's, for which the report is one document.
_MEMORY, _MEMORY_EACH = 290, 5.6


def memory_beyond(opened: Opened) -> int:
    """Return how many megabytes a build will need at its height, where that is beyond the params' limit; else 0."""
    need = round(_MEMORY + _MEMORY_EACH * len(opened.results.commitments))
    return need if need > opened.inputs.edition.batas.memori_megabita else 0


@dataclass(frozen=True)
class Built:
    """What a build gave: the folder, and the files that people open; `warnings` in the inputs, None if not read."""

    folder: Path
    pdf: Path
    html: Path
    steps: tuple[Step, ...] = ()
    warnings: int | None = None


@dataclass(frozen=True)
class _ReadEdition:
    """An edition as it was read, which files that took, and whether its notebooks read only what can be read again."""

    kept: EditionWithState
    files: tuple[read_log.Read, ...]
    knowable: bool = True


@dataclass(frozen=True)
class _Order:
    """What is to be built, how, by which notebooks, and what earlier builds left for it."""

    root: Path
    edition: str
    options: BuildOptions
    cache: Cache | None
    plan: NotebookPlan

    def read(self) -> _ReadEdition:
        """Open the edition, and note what that reads."""
        with read_log.collected() as found:
            kept = opened_with_state(self.root, self.edition)
        return _ReadEdition(kept, tuple(found))

    def stands(self) -> bool:
        """Tell whether the last outputs are what this order would give."""
        return self.cache is not None and stands(self.cache, self.root, self.edition, self.options)

    def built(self, steps: Sequence[Step] = (), warnings: int | None = None) -> Built:
        """Return the outputs."""
        folder = RootFolders(self.root).output(self.edition)
        return Built(folder, folder / "laporan.pdf", folder / "laporan.html", tuple(steps), warnings)


def _order(root: Path, edition: str, options: BuildOptions) -> _Order:
    """Raise InputError for an edition that is not there, before any process is started for it."""
    if edition not in editions(root):
        load_edition_params(root, edition)  # says which there are
    if not options.release and (root / release_file(edition)).exists():
        raise InputError((Finding("V10", release_file(edition)),))
    options = options.keeping(RootFolders(root).output(edition))
    return _Order(root, edition, options, Cache.of(root, edition) if options.cache else None, read_notebook_plan())


class _Log:
    """What a build tells: to whoever watches it, and in its run.log."""

    def __init__(self, order: _Order, progress: Progress) -> None:
        self.order, self.progress = order, progress
        self._began = time.monotonic()
        self._lines = [f"edisi {order.edition}"]

    def say(self, words: Words) -> None:
        """Tell that a stage begins."""
        self._lines.append(f"{time.monotonic() - self._began:7.2f} s  {words}")
        self.progress.stage(words)

    def waiting(self) -> None:
        """Tell that another build of the edition is under way."""
        self.progress.stage(tell("build.wait", edition=self.order.edition))

    def note(self, words: object) -> None:
        """Write a line into run.log only."""
        self._lines.append(str(words))

    def content(self) -> bytes:
        """Return run.log."""
        return ("\n".join(self._lines) + "\n").encode("utf-8")


def build(root: Path, edition: str, options: BuildOptions, progress: Progress) -> Built:
    """Build an edition and put it in the place of its last outputs, as a whole.

    With a cache, notebooks that would read what they read before are not run again, and nothing is done when the
    outputs stand for what there is now. The formats that the last build made are made again. A build of the same
    edition that is under way is waited for.
    Raises InputError for faulty inputs (with all findings) and RunError when a notebook or the rendering fails; the
    last outputs then stay as they were.
    """
    order = _order(root, edition, options)
    log = _Log(order, progress)
    with prepared():
        log.say(tell("build.read"))
        read = order.read()  # without the lock: whoever finds faults in the inputs writes nothing at all
        with locked(root, order.edition, log.waiting) as waited:
            if waited:
                if order.stands():  # the other build has done it
                    return order.built()
                read = order.read()
            read = _with_own_notebooks(order, read, log)
            with workspace(root, order.edition) as work:
                return _build(order, read, work, log)


def stage_only(root: Path, edition: str, target: Path, options: BuildOptions, progress: Progress) -> None:
    """Write the staged folder of an edition to `target`, for `quarto render` by hand; no outputs change.

    The engine settles which standards Quarto is asked for. Raises UsageError for a `target` that holds anything but
    what was staged there before, InputError and RunError as a build does.
    """
    handed_folder.check(target)
    order = _order(root, edition, options)
    log = _Log(order, progress)
    with prepared():
        log.say(tell("build.read"))
        read = order.read()
        with (
            locked(root, order.edition, log.waiting),
            workspace(root, order.edition) as work,
            named_faults(root),
        ):
            read = _with_own_notebooks(order, read, log)
            executed, _ = _notebooks(order, read.kept, order.plan.tasks(read.kept.opened), log)
            log.say(tell("build.assemble"))
            means = BuildMeans(engines.choose_engine(options.engine), order.cache, options.jobs)
            staged = work.path / "susun"
            Staged.of(root, read.kept.opened, executed, means, staged).completed(begin_pages(executed, order.cache))
            handed_folder.hand_over(staged, target)


def _with_own_notebooks(order: _Order, read: _ReadEdition, log: _Log) -> _ReadEdition:
    """Return the edition as it is once its own notebooks have given what they give now."""
    new, known = refresh(read.kept, order.options.jobs, allow=order.options.trust, say=log.say)
    read = order.read() if new else read
    return replace(read, knowable=known)


def _build(order: _Order, read: _ReadEdition, work: Workspace, log: _Log) -> Built:
    root, edition, kept = order.root, order.edition, read.kept
    opened = kept.opened
    chosen = engines.choose_engine(order.options.engine)
    tasks = order.plan.tasks(opened)
    check_parameters(tasks)
    if need := memory_beyond(opened):
        log.say(tell("build.memory", count=len(opened.results.commitments), need=f"{need / 1000:.1f}"))
    executed, steps = _notebooks(order, kept, tasks, log)
    pages = begin_pages(executed, order.cache)
    new = work.path / "baru"
    with named_faults(root):
        means = BuildMeans(chosen, order.cache, order.options.jobs, order.options.formats)
        assemble(root, opened, executed, means, new, work.path / "susun", log.say, pages)
        if not unchanged(kept):
            raise RunError(tell("build.changed-meanwhile"))
        log.say(tell("build.publish"))
        atomic_files.write_files(new, {"run.log": log.content()})
    try:
        work.publish(new.name, edition, ours=manifest.is_output_folder)
    except OSError as error:
        raise RunError(tell("build.outputs-held", edition=edition, why=error.strerror)) from None
    if order.cache and read.knowable:
        remember(order.cache, root, edition, order.options, read.files, (file for file, _, _ in kept.state))
    return order.built(steps, len(opened.checked))


def _notebooks(
    order: _Order, kept: EditionWithState, tasks: list[Task], log: _Log
) -> tuple[list[Executed], list[Step]]:
    """Run those notebooks that would not read what they read before; return all, and what became of each."""
    found: dict[str, Executed] = {}
    steps = {task.name: Step(task.name, True, tell("step.no-cache")) for task in tasks}
    reuse = Reuse(order.cache, Editions(order.root, {order.edition: kept.opened})) if order.cache else None
    if reuse:
        for task in tasks:
            executed, why = reuse.find(task)
            steps[task.name] = Step(task.name, executed is None, why)
            if executed:
                found[task.name] = executed
    todo = [task for task in tasks if task.name not in found]
    todo = order.plan.whole_first(todo)
    todo = reuse.longest_first(todo) if reuse else todo
    log.say(tell("build.notebooks", count=len(todo), reused=len(found)))
    by_name = {task.name: task for task in tasks}

    def done(result: Executed) -> None:
        found[result.name] = result
        log.note(f"{result.seconds:7.2f} s  {result.name}")
        log.progress.notebook(len(found), len(tasks), result.name)
        if reuse:
            reuse.keep(by_name[result.name], result)

    if todo:
        run(todo, order.root, order.options.jobs, done, kept=kept, cache=order.cache)
    for step in steps.values():
        log.note(tell("step.ran" if step.ran else "step.reused", name=step.name, why=step.why))
    return [found[task.name] for task in tasks], list(steps.values())
