"""Damages a genuine report in many ways and verifies it quickly: never a traceback, never a hang.

That what it looks at is noticed is for `e2e/test_quick_check.py`: a bit of a colour is no part of that.

    PYTHONPATH=lib:tests python tests/fuzz_verify.py ROOT EDITION --minutes 10

ROOT holds a finished build. What goes wrong is kept in `outputs/fuzz/` of the repository; `--first NUMBER` makes the
same files again.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from monev.build import quick_check
from monev.edition.opened import open_edition
from monev.io.folders import REPOSITORY

SLOWEST = 120.0  # seconds that one file may take, on a busy machine
Change = Callable[[random.Random, bytes], bytes]
_STREAM = re.compile(rb"/Length (\d+)[^>]*>>\nstream\n")
_TOKENS = (
    b"/JS",
    b"/AA<</O 1 0 R>>",
    b"/Kids[1 0 R]",
    b"/Count -1",
    b"/Length 99999999",
    b"<<",
    b"[" * 500,
    b"(",
    b">>",
)


def _flip(chance: random.Random, content: bytes) -> bytes:
    made = bytearray(content)
    for _ in range(chance.choice((1, 1, 3, 40))):
        made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
    return bytes(made)


def _cut(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] if chance.random() < 0.5 else content[:at] + content[at + chance.randrange(1, 5000) :]


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + chance.choice(_TOKENS) * chance.choice((1, 1, 30)) + content[at:]


def _repeat(chance: random.Random, content: bytes) -> bytes:
    at, length = chance.randrange(len(content)), chance.randrange(1, 20_000)
    return content[:at] + content[at : at + length] * chance.choice((2, 20)) + content[at + length :]


def _number(chance: random.Random, content: bytes) -> bytes:
    found = list(re.finditer(rb"\d+", content[: 1 << 20]))
    own = chance.choice(found)
    return content[: own.start()] + chance.choice((b"0", b"-1", b"9" * 30, b"1e9")) + content[own.end() :]


def _stream(chance: random.Random, content: bytes) -> bytes:
    """Change what a stream holds, so that it still unpacks."""
    found = chance.choice(list(_STREAM.finditer(content)))
    start, length = found.end(), int(found[1])
    try:
        plain = zlib.decompress(content[start : start + length])
    except zlib.error:
        return _flip(chance, content)
    change = chance.choice((_flip, _cut, _insert, _repeat))
    new = zlib.compress(change(chance, plain) if plain else b"x")
    head = found[0].replace(b"/Length %d" % length, b"/Length %d" % len(new))
    return content[: found.start()] + head + new + content[start + length :]


def _bomb(chance: random.Random, content: bytes) -> bytes:
    found = chance.choice(list(_STREAM.finditer(content)))
    start, length = found.end(), int(found[1])
    new = zlib.compress(b"\0" * 200_000_000, 1)
    head = found[0].replace(b"/Length %d" % length, b"/Length %d" % len(new))
    return content[: found.start()] + head + new + content[start + length :]


CHANGES: tuple[Change, ...] = (_flip, _cut, _insert, _repeat, _number, _stream, _stream, _stream, _bomb)


def damaged(number: int, content: bytes) -> bytes:
    """Return the file of a number: the same each time."""
    chance = random.Random(number)
    return chance.choice(CHANGES)(chance, content)


def fuzz(root: Path, edition: str, first: int, goes_on: Callable[[int], bool]) -> list[str]:
    """Verify damaged files from a number on; return what went wrong."""
    content = (root / "outputs" / edition / "laporan.pdf").read_bytes()
    genuine = root / "outputs" / edition / "laporan.pdf"
    said = quick_check.carried_by(genuine)
    assert said is not None
    made = quick_check._staged(said, root)
    opened = open_edition(root, edition)
    wrong: list[str] = []
    number = first
    with tempfile.TemporaryDirectory() as place, mock.patch.object(quick_check, "_staged", return_value=made):
        file = Path(place) / "laporan.pdf"
        with mock.patch.object(quick_check.verify, "__defaults__", (lambda *_: opened,)):
            while goes_on(number - first):
                made_bytes = damaged(number, content)
                file.write_bytes(made_bytes)
                if why := _fault(file, root):
                    wrong.append(f"{number}: {why}")
                    kept = REPOSITORY / "outputs" / "fuzz"
                    kept.mkdir(parents=True, exist_ok=True)
                    (kept / f"{number}.pdf").write_bytes(made_bytes)
                number += 1
    return wrong


def _fault(file: Path, root: Path) -> str:
    begin = time.monotonic()
    try:
        found = quick_check.check(file, root)
        found.record("id")
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    took = time.monotonic() - begin
    return f"{took:.0f} s" if took > SLOWEST else ""


def main() -> int:
    """Fuzz as the arguments say; the exit code is 1 when anything went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("root", type=Path)
    parser.add_argument("edition")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--first", type=int, default=0)
    asked = parser.parse_args()
    end = time.monotonic() + 60 * asked.minutes
    done: list[int] = [0]

    def goes_on(count: int) -> bool:
        done[0] = count
        return time.monotonic() < end

    wrong = fuzz(asked.root, asked.edition, asked.first, goes_on)
    print(f"{done[0]} files", *wrong, sep="\n")
    return bool(wrong)


if __name__ == "__main__":
    raise SystemExit(main())
