"""What there is too little of is named whatever the error was made of it."""

from __future__ import annotations

import errno

import pytest

from monev.words.errors import RunError
from monev.words.shortages import shortage


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.EMFILE, "x"), "terlalu sedikit berkas"),
        (OSError(errno.EAGAIN, "x"), "terlalu sedikit proses"),
        (RuntimeError("can't start new thread"), "terlalu sedikit proses"),
        (MemoryError(), "memori tidak cukup"),
    ],
)
def test_a_shortage_is_found_behind_the_error_that_it_became(cause: Exception, words: str) -> None:
    def fail() -> None:
        try:
            raise cause
        except Exception:
            raise RunError("tidak dapat ditulisi") from None

    with pytest.raises(RunError) as caught:
        fail()
    assert words in str(shortage(caught.value))


def test_other_errors_are_no_shortage() -> None:
    assert shortage(OSError(errno.ENOENT, "x")) is None
    assert shortage(RunError("x")) is None
