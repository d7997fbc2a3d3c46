"""Started by a service and not by a person: streams that are closed, and less of everything than people have."""

from __future__ import annotations

import itertools
import resource
import sys

import pytest

from e2e.test_faults import PATIENCE, annotate, start
from plans import EDITION
from support import Build, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="streams and limits of POSIX systems")
ROOM = 1024
STREAMS = [closed for count in (1, 2, 3) for closed in itertools.combinations((0, 1, 2), count)]


def closing(numbers: tuple[int, ...]) -> None:
    import os

    for number in numbers:
        os.close(number)


@pytest.mark.parametrize("closed", STREAMS)
def test_a_command_works_with_any_stream_closed(closed: tuple[int, ...], single: Build) -> None:
    check = start(single.root, "check", EDITION, "--no-salinan", before=lambda: closing(closed))
    said, told = check.communicate(timeout=PATIENCE)
    assert check.returncode == 0, told
    assert 1 in closed or "Tidak ada temuan" in said
    assert "Traceback" not in told


def test_a_report_is_built_with_all_streams_closed(own_small: Build) -> None:
    annotate(own_small.root, "Tanpa aliran")
    before = tree(own_small.folder)
    build = start(own_small.root, "build", EDITION, before=lambda: closing((0, 1, 2)))
    build.communicate(timeout=PATIENCE)
    assert build.returncode == 0
    assert tree(own_small.folder) != before


@pytest.mark.parametrize(
    ("limit", "size", "words"),
    [
        (resource.RLIMIT_NOFILE, 8, ("terlalu sedikit berkas", "too few files")),
        (resource.RLIMIT_NOFILE, 12, ("terlalu sedikit berkas", "too few files")),
        (resource.RLIMIT_AS, 30_000 * ROOM, ("memori tidak cukup", "not enough memory")),
        (resource.RLIMIT_AS, 150_000 * ROOM, ("memori tidak cukup", "not enough memory")),
    ],
)
@pytest.mark.parametrize("language", ["id", "en"])
def test_what_there_is_too_little_of_is_told(
    limit: int, size: int, words: tuple[str, str], language: str, single: Build
) -> None:
    before = tree(single.root)
    build = start(
        single.root,
        *("--lang", language, "build", EDITION, "--no-cache"),
        before=lambda: resource.setrlimit(limit, (size, size)),
    )
    _, told = build.communicate(timeout=PATIENCE)
    assert build.returncode == 3, told
    assert words[language == "en"] in told
    assert "Traceback" not in told
    assert tree(single.root) == before
