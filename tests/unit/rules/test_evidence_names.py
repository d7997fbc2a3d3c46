"""What column Data Dukung names: files, links, and words that are neither."""

from __future__ import annotations

import pytest

from monev.rules.evidence_names import broken_links, named_files, published_path


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ada", []),
        ("Tidak dikumpulkan", []),
        ("laporan akhir 2022.pdf", ["laporan akhir 2022.pdf"]),
        ("KIP\\foto.JPG; notulen rapat.docx", ["KIP/foto.JPG", "notulen rapat.docx"]),
        ("SK No. 12/2022\nlampiran.pdf", ["lampiran.pdf"]),
        ("lihat laporan.pdf dan foto.png", ["laporan.pdf", "foto.png"]),
        ("https://contoh.go.id/laporan.pdf", []),
        ("SK Menteri Nomor 4 Tahun 2022", []),
    ],
)
def test_files_are_named_by_their_endings(text: str, names: list[str]) -> None:
    assert list(named_files(text)) == names


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("https://contoh.go.id/a?b=1, www.contoh.go.id.", []),
        ("https:/contoh.go.id", ["https:/contoh.go.id"]),
        ("http://localhost dan https://a.id", ["http://localhost"]),
        ("tanpa tautan", []),
    ],
)
def test_links_are_looked_at_by_their_form(text: str, broken: list[str]) -> None:
    assert list(broken_links(text)) == broken


def test_evidence_is_published_by_period_and_name() -> None:
    assert published_path("inputs/2022-S3/bukti/KIP/a.pdf") == "bukti/2022-S3/KIP/a.pdf"
