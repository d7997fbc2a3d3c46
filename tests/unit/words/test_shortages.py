"""What there is too little of is named whatever the error was made of it."""

from __future__ import annotations

import errno

import pytest

from monev.words.errors import RunError
from monev.words.shortages import shortage, shortage_said


@pytest.mark.parametrize(
    ("cause", "words"),
    [
        (OSError(errno.EMFILE, "x"), "terlalu sedikit berkas"),
        (OSError(errno.EAGAIN, "x"), "terlalu sedikit proses"),
        (RuntimeError("can't start new thread"), "terlalu sedikit proses"),
        (MemoryError(), "memori tidak cukup"),
        (ImportError("libz.so: failed to map segment from shared object"), "memori tidak cukup"),
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
    assert shortage(ImportError("No module named 'x'")) is None


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("malloc: failed on request for 262144 bytes; message: enlargeStablePtrTable", "memori tidak cukup"),
        ("pandoc: getMBlocks: mmap: Cannot allocate memory", "memori tidak cukup"),
        ("Traceback (most recent call last):\n  ...\nMemoryError", "memori tidak cukup"),
        ("OpenBLAS blas_thread_init: pthread_create failed for thread 1 of 2", "terlalu sedikit proses"),
        ("BlockingIOError: [Errno 11] Resource temporarily unavailable", "terlalu sedikit proses"),
        ("pandoc: x.json: openBinaryFile: resource exhausted (Too many open files)", "terlalu sedikit berkas"),
        ("Error at line 3: unknown figure", ""),
    ],
)
def test_a_shortage_is_read_from_the_last_words_of_a_program(said: str, words: str) -> None:
    found = shortage_said(said)
    assert words in str(found) if words else found is None
