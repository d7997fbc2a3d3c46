"""Commands run in this process for the page: one after another in the main thread, and quick questions beside them.

What writes, builds, or looks into a PDF is a `Job`. Jobs run in the main thread, where an interrupt stops a command as
Ctrl-C does in the terminal: it tidies up, and the last outputs stay. Questions (`ask`) only read; they run in the
thread that asks, one at a time.
"""

from __future__ import annotations

import _thread
import contextlib
import os
import secrets
import signal
import sys
import threading
import time
import traceback
import zlib
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from monev.commands.command_line import carry_out
from monev.io.manifest import package_digest, package_on_disk
from monev.io.read_log import stand_aside
from monev.kernels import fork_client
from monev.words.errors import EXIT_DONE, EXIT_INPUT, EXIT_RUN
from monev.words.messages import Language, Words, rendered, tell
from monev.words.steps import Progress

State = Literal["waiting", "running", "done", "wrong", "failed", "stopped"]
_KEPT = 60  # jobs that are remembered
_MOST_LINES = 2_000  # of one command
_WAKE = getattr(signal, "SIGURG", None)  # does nothing but end a wait, so that an interrupt from before it is seen
_LOOK = 0.3  # seconds between looks for an interrupt; Windows does not wake who waits for ever
_out: ContextVar[Screen | None] = ContextVar("out", default=None)
_err: ContextVar[Screen | None] = ContextVar("err", default=None)


@dataclass
class Stage:
    """One stage of a command: its words, and how many of its notebooks are through."""

    words: str
    count: int = 0
    total: int = 0
    name: str = ""


class Screen:
    """What a command writes, line by line, and how far it is; a terminal to it, but for the bar."""

    encoding, errors = "utf-8", "replace"

    def __init__(self) -> None:
        self.lines: deque[str] = deque(maxlen=_MOST_LINES)
        self.stages: list[Stage] = []
        self._rest = ""

    def write(self, text: str) -> int:
        """Take text."""
        *lines, self._rest = (self._rest + text).split("\n")
        self.lines.extend(lines)
        return len(text)

    def flush(self) -> None:
        """Nothing waits here."""

    def isatty(self) -> bool:
        """Say that it is no terminal."""
        return False

    def text(self) -> str:
        """Return all that was written."""
        return "\n".join([*self.lines, self._rest]).strip("\n")

    def progress(self, language: Language) -> Progress:
        """Return where a command reports to (`words.steps.ShowsProgress`)."""

        def stage(words: Words) -> None:
            self.stages.append(Stage(str(rendered(words, language))))

        def notebook(count: int, total: int, name: str) -> None:
            self.stages[-1].count, self.stages[-1].total, self.stages[-1].name = count, total, name

        return Progress(stage, notebook)


class _Routed:
    """A standard stream that leads to the screen of whoever writes, else to where it led before."""

    def __init__(self, usual: Any, screen: ContextVar[Screen | None]) -> None:
        self._usual, self._screen = usual, screen

    def __getattr__(self, name: str) -> Any:
        return getattr(self._screen.get() or self._usual, name)


@contextlib.contextmanager
def routed() -> Iterator[None]:
    """Let the standard streams lead to screens within the block."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Routed(before[0], _out), _Routed(before[1], _err)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


@dataclass
class Job:
    """One command that was asked for; `arguments` are what is typed behind `monev`."""

    arguments: tuple[str, ...]
    language: Language
    edition: str = ""
    secret: bytes | None = field(default=None, repr=False)  # what the command asks for where nobody may read it
    keep: Path | None = None  # a folder of ours, removed afterwards
    id: str = field(default_factory=lambda: secrets.token_hex(6))
    state: State = "waiting"
    code: int = EXIT_DONE
    screen: Screen = field(default_factory=Screen)
    began: float = 0.0
    ended: float = 0.0

    @property
    def part(self) -> str:
        """The part of the report that it makes a preview of, if that is what it does."""
        only = [a.removeprefix("--only=") for a in self.arguments if a.startswith("--only=")]
        return only[0] if only else ""

    @property
    def over(self) -> bool:
        """Tell whether it has come to its end."""
        return self.state not in ("waiting", "running")

    @property
    def said(self) -> str:
        """Return what the command said, files that were sent by their names."""
        said = self.screen.text()
        return said.replace(f"{self.keep}{os.sep}", "") if self.keep else said

    @property
    def version(self) -> str:
        """Return what changes whenever there is something new to show."""
        last = self.screen.stages[-1] if self.screen.stages else None
        shown = (self.state, len(self.screen.stages), last and (last.count, last.name), self.screen.text())
        return f"{zlib.crc32(repr(shown).encode('utf-8', 'replace')):x}"

    @property
    def seconds(self) -> float:
        """Return how long it has been running."""
        return (self.ended or time.monotonic()) - self.began if self.began else 0.0


@dataclass(frozen=True)
class Answer:
    """What a question gave: the exit code, and the two outputs."""

    code: int
    out: str
    err: str


class Runner:
    """Runs the commands of one root."""

    def __init__(self, root: Path, run: Callable[[Sequence[str]], int] = carry_out) -> None:
        self.root, self._run = root, run
        self._jobs: dict[str, Job] = {}
        self._queue: deque[Job] = deque()
        self._change = threading.Condition()
        self._one_question = threading.Lock()
        self._running: Job | None = None
        self._stopping: Job | None = None
        self._ending = False
        package_digest()  # remembers what code this is

    def submit(self, job: Job) -> Job:
        """Put a job at the end of the queue; one that asks the same and has not begun stands for it."""
        with self._change:
            for same in self._queue:
                if (same.arguments, same.secret, same.keep) == (job.arguments, None, None):
                    return same
            self._queue.append(job)
            self._jobs[job.id] = job
            for old in [j for j in self._jobs.values() if j.over][: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old.id]
            self._change.notify_all()
        return job

    def find(self, id_: str) -> Job | None:
        """Return a job that is remembered."""
        return self._jobs.get(id_)

    def last(self, edition: str, *commands: str) -> Job | None:
        """Return the newest job of an edition that runs one of some commands; a preview is none of them."""
        own = (j for j in self._newest(edition) if j.arguments[0] in commands and not j.part)
        return next(own, None)

    def last_preview(self, edition: str) -> Job | None:
        """Return the newest job of an edition that makes a preview."""
        return next((j for j in self._newest(edition) if j.part), None)

    def _newest(self, edition: str) -> list[Job]:
        return [job for job in reversed([*self._jobs.values()]) if job.edition == edition]

    @property
    def busy(self) -> Job | None:
        """The job that is running."""
        return self._running

    def waiting(self) -> list[Job]:
        """Return the jobs that have not begun."""
        return [*self._queue]

    def cancel(self, id_: str) -> None:
        """Stop a job: take it from the queue, or interrupt it as Ctrl-C does."""
        with self._change:
            job = self._jobs.get(id_)
            if job is None:
                return
            if job in self._queue:
                self._queue.remove(job)
                job.state = "stopped"
                _tidy(job)
            elif job is self._running and self._stopping is not job:
                self._stopping = job
                self._interrupt()
                threading.Thread(target=self._wake, args=(job,), daemon=True).start()

    def _wake(self, job: Job) -> None:
        """Wake the main thread until it has stopped: an interrupt just before a wait is only seen after it."""
        thread = threading.main_thread().ident
        while _WAKE is not None and thread and self._stopping is job and self._running is job:
            time.sleep(_LOOK)
            signal.pthread_kill(thread, _WAKE)

    def end(self) -> None:
        """Have `serve` return, after stopping what is running."""
        with self._change:
            self._ending = True
            for job in [*self._queue]:
                self._queue.remove(job)
                job.state = "stopped"
                _tidy(job)
            if (running := self._running) is not None:
                self._stopping = running
                self._interrupt()
                threading.Thread(target=self._wake, args=(running,), daemon=True).start()
            self._change.notify_all()

    @staticmethod
    def _interrupt() -> None:
        thread = threading.main_thread().ident
        if hasattr(signal, "pthread_kill") and thread:
            signal.pthread_kill(thread, signal.SIGINT)  # wakes also who waits for a child
        else:
            _thread.interrupt_main()

    def serve(self) -> None:
        """Run jobs, in the main thread, until `end` or an interrupt that none of them was meant by."""
        if _WAKE is not None and threading.current_thread() is threading.main_thread():
            signal.signal(_WAKE, lambda *_: None)
        with routed(), fork_client.prepared(), contextlib.suppress(KeyboardInterrupt):
            while job := self._next():
                self._carry_out(job)
                if job.state == "stopped":
                    # What was interrupted in the middle of talking to the parent leaves it in an unknown state.
                    fork_client.stop()
                    if self._stopping is not job:  # Ctrl-C in the terminal ends all
                        return
                    self._stopping = None
                    if fork_client.available() and not self._ending:
                        fork_client.current()

    def _next(self) -> Job | None:
        with self._change:
            while not self._queue and not self._ending:
                self._change.wait(_LOOK)
            if self._ending:
                return None
            self._running = job = self._queue.popleft()
            job.state, job.began = "running", time.monotonic()
            return job

    def _carry_out(self, job: Job) -> None:
        interrupted = False
        try:
            job.code = self._command(job)
        except KeyboardInterrupt:  # before the command was ready for it
            interrupted = True
            job.code = EXIT_RUN
            job.screen.write(f"monev: {tell('build.stopped').text(job.language)}\n")
        while self._running is job:
            try:
                self._settle(job)
            except KeyboardInterrupt:
                interrupted = True
        if self._stopping is job and job.state != "stopped":  # it had ended before the order to stop came
            with contextlib.suppress(KeyboardInterrupt):
                time.sleep(0 if interrupted else _LOOK)
            self._stopping = None
        _tidy(job)

    def _settle(self, job: Job) -> None:
        with self._change:
            job.ended = time.monotonic()
            was_stopped = job.screen.text().endswith(tell("build.stopped").text(job.language))
            known: dict[int, State] = {EXIT_DONE: "done", EXIT_INPUT: "wrong"}
            job.state = "stopped" if job.code == EXIT_RUN and was_stopped else known.get(job.code, "failed")
            self._running = None

    def _command(self, job: Job) -> int:
        if package_on_disk() != package_digest():
            job.screen.write(f"monev: {tell('watch.code').text(job.language)}\n")
            return EXIT_RUN
        with _shown_on(job.screen, job.screen), _passphrase(job.secret) as more:
            try:
                return self._run([*self._general(job.language), *job.arguments, *more])
            except Exception:  # a fault of ours: the page says so, the terminal says what
                traceback.print_exc(file=sys.__stderr__)
                job.screen.write(f"monev: {tell('page.internal').text(job.language)}\n")
                return EXIT_RUN

    def _general(self, language: Language) -> list[str]:
        return ["--root", str(self.root), "--lang", language]

    def ask(self, arguments: Sequence[str], language: Language) -> Answer:
        """Run a command that only reads, and return what it says; one at a time, beside the jobs."""
        stand_aside()
        out, err = Screen(), Screen()
        with self._one_question, _shown_on(out, err):
            code = self._run([*self._general(language), *arguments])
        return Answer(code, out.text(), err.text())


@contextlib.contextmanager
def _shown_on(out: Screen, err: Screen) -> Iterator[None]:
    tokens = _out.set(out), _err.set(err)
    try:
        yield
    finally:
        _out.reset(tokens[0])
        _err.reset(tokens[1])


@contextlib.contextmanager
def _passphrase(secret: bytes | None) -> Iterator[list[str]]:
    """Give the option by which a command reads a passphrase from a pipe: nowhere else does it stand."""
    if secret is None:
        yield []
        return
    reader, writer = os.pipe()
    with os.fdopen(writer, "wb") as given:
        given.write(secret + b"\n")
    pipe = os.fstat(reader)
    try:
        yield ["--passphrase-fd", str(reader)]
    finally:
        with contextlib.suppress(OSError):  # the command has closed it, unless it never came to that
            if os.path.samestat(os.fstat(reader), pipe):
                os.close(reader)


def _tidy(job: Job) -> None:
    """Remove what a job was given in a folder of its own, and forget its passphrase."""
    import shutil

    job.secret = None
    if job.keep:
        shutil.rmtree(job.keep, ignore_errors=True)
