"""The cache believes only what this user's own builds wrote: anything else is taken for absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monev.io.guarded_cache import Cache, state_folder

VALUE = {"a": ["satu", 2, None], "b": "é\ud800" + "x" * 500}


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    (tmp_path / "akar").mkdir()
    return Cache.of(tmp_path / "akar", "2021-S2")


def test_what_is_kept_is_given_back(cache: Cache) -> None:
    assert cache.read("langkah/a") is None
    cache.write("langkah/a", VALUE)
    assert cache.read("langkah/a") == VALUE
    assert Cache.of(cache.folder.parents[1], "2021-S2").read("langkah/a") == VALUE


@settings(max_examples=60)
@given(place=st.integers(0, 10_000), bit=st.integers(0, 7), cut=st.booleans())
def test_a_file_that_was_cut_off_or_changed_is_taken_for_absent(
    tmp_path_factory: pytest.TempPathFactory, place: int, bit: int, cut: bool
) -> None:
    cache = Cache(tmp_path_factory.mktemp("s") / "2021-S2", b"k" * 32)
    cache.write("a", VALUE)
    content = bytearray((cache.folder / "a").read_bytes())
    place %= len(content)
    if cut:
        del content[place:]
    else:
        content[place] ^= 1 << bit
    (cache.folder / "a").write_bytes(content)
    assert cache.read("a") is None


def test_a_file_under_another_name_or_of_another_edition_or_user_is_taken_for_absent(cache: Cache) -> None:
    cache.write("langkah/a", VALUE)
    content = (cache.folder / "langkah" / "a").read_bytes()
    (cache.folder / "langkah" / "b").write_bytes(content)
    assert cache.read("langkah/b") is None
    other = Cache(cache.folder.with_name("2021-S1"), cache.key)
    (other.folder / "langkah").mkdir(parents=True)
    (other.folder / "langkah" / "a").write_bytes(content)
    assert other.read("langkah/a") is None
    assert Cache(cache.folder, b"x" * 32).read("langkah/a") is None
    assert cache.read("langkah/a") == VALUE


def test_the_key_is_the_users_alone_and_stands_outside_the_project(cache: Cache) -> None:
    cache.write("a", VALUE)
    key = state_folder() / "key"
    assert key.read_bytes() == cache.key
    assert not key.is_relative_to(cache.folder.parents[1])
    if os.name == "posix":
        assert key.stat().st_mode & 0o077 == 0


def test_without_a_place_for_the_key_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    cache = Cache.of(tmp_path / "akar", "x")
    cache.write("a", VALUE)
    assert cache.read("a") is None
    assert not (tmp_path / "akar").exists()


def test_a_broken_key_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    (tmp_path / "monev").mkdir()
    (tmp_path / "monev" / "key").write_bytes(b"short")
    assert Cache.of(tmp_path / "akar", "x").key is None


def test_a_folder_within_a_folder_tells_its_names(cache: Cache) -> None:
    cache.write("langkah/02-skor/a", 1)
    assert cache.names("langkah/02-skor") == ["langkah/02-skor/a"]
    assert cache.names("langkah/tiada") == []


def test_names_come_newest_first_and_half_written_files_do_not_count(cache: Cache) -> None:
    for number, name in enumerate(("a", "b", "c")):
        cache.write(f"langkah/{name}", number)
        os.utime(cache.folder / "langkah" / name, (number, number))
    (cache.folder / "langkah" / ".new-x-monev").touch()
    assert cache.names("langkah") == ["langkah/c", "langkah/b", "langkah/a"]
    cache.drop("langkah/b")
    assert cache.names("langkah") == ["langkah/c", "langkah/a"]
    cache.tidy({"langkah"})
    assert not list(cache.folder.rglob(".new-*"))


def test_it_says_of_itself_that_it_is_a_cache(cache: Cache) -> None:
    cache.write("a", 1)
    assert (cache.folder.parent / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    assert (cache.folder.parent / ".gitignore").read_text() == "*\n"
