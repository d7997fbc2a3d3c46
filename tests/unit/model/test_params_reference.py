"""The page of params keys is that of the models, and shows what they say."""

from __future__ import annotations

import pytest

from monev.io.folders import REPOSITORY
from monev.model import params_reference
from monev.model.params_reference import reference


def test_the_page_is_that_of_the_models() -> None:
    """To renew it: `.venv/bin/python -m monev.model.params_reference > docs/params.md`."""
    assert (REPOSITORY / "docs" / "params.md").read_text("utf-8") == reference()


@pytest.mark.parametrize(
    "row",
    [
        "| `edisi` | teks | wajib | nama edisi, sama dengan nama berkasnya |",
        "| `batas.rasio` | bilangan bulat, paling sedikit 10 | 200 |",
        "| `penilaian.kategori` | daftar bagian | Baik 70 100; Cukup 51 69; Kurang 0 50 |",
        "| `penilaian.kokreasi.bobot` | bilangan menurut nama | Aktif 1, Semi-Aktif 0,5, Pasif 0, N/A 0 |",
        "| `penilaian.agregasi` | `rata-rata target` atau `rata-rata periode` | rata-rata periode |",
        "| `periode.akhir` | tanggal |  |",
    ],
)
def test_a_row_tells_kind_bounds_and_default(row: str) -> None:
    assert row in reference()


def test_a_key_without_words_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    words = {path: about for path, about in params_reference.ABOUT.items() if path != "batas.sel"}
    monkeypatch.setattr(params_reference, "ABOUT", words)
    with pytest.raises(KeyError, match=r"batas\.sel"):
        reference()
    monkeypatch.setattr(params_reference, "ABOUT", {**words, "batas.sel": "x", "batas.lain": "x"})
    with pytest.raises(KeyError, match=r"batas\.lain"):
        reference()
