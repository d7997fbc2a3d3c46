"""PDFs as they are found: whole, foreign, locked, cut off, too large."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from monev.io import pdf_reader as module
from monev.io.pdf_reader import PdfError, parse_pdf, read_pdf


def made(attachments: dict[str, bytes] | None = None, **saving: object) -> bytes:
    """One blank page with attachments."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        for name, content in (attachments or {}).items():
            document.attachments[name] = pikepdf.AttachedFileSpec(document, content, filename=name)
        document.save(out, **saving)
    return out.getvalue()


def test_attachments_keep_names_and_bytes() -> None:
    files = {"lampiran/a.json": b"{}", "../../jahat.txt": b"x\x00y", "kosong": b""}
    found = parse_pdf(made(files))
    assert dict(found.attachments) == files
    assert found.pages == ("",)


def test_the_report_is_read(report: Path) -> None:
    found = read_pdf(report / "laporan.pdf")
    title, draft = found.title[:-1].split(" (DRAF ")
    assert title == "Laporan Monitoring dan Evaluasi RAN OGI 2021, Semester I dan II Tahun 2021"
    assert re.fullmatch(r"[0-9a-f]{4}(-[0-9a-f]{4}){3}", draft)
    assert len(found.pages) > 50
    assert "\r" not in "".join(found.pages)
    assert dict(found.attachments)["lampiran/angka.json"] == (report / "data" / "angka.json").read_bytes()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "bukan pdf"),
        (b"PK\x03\x04 buku kerja", "bukan pdf"),
        (b"%PDF-1.7\nbukan isi", "rusak"),
        (made()[:200], "rusak"),
        (made(encryption=pikepdf.Encryption(owner="a", user="b")), "terkunci"),
    ],
    ids=["kosong", "xlsx", "hanya awal", "terpotong", "terkunci"],
)
def test_what_cannot_be_read_says_why(content: bytes, reason: str) -> None:
    with pytest.raises(PdfError) as caught:
        parse_pdf(content)
    assert caught.value.reason == reason


def test_a_missing_file_says_why(tmp_path: Path) -> None:
    with pytest.raises(PdfError, match="tidak terbaca"):
        read_pdf(tmp_path / "tidak-ada.pdf")


@pytest.mark.parametrize(
    ("limit", "value"),
    [("MAX_ATTACHMENT", 10), ("MAX_ATTACHED", 150), ("MAX_ATTACHMENTS", 1), ("MAX_PAGES", 0)],
)
def test_limits(limit: str, value: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(PdfError, match="terlalu besar"):
        parse_pdf(made({"a": b"x" * 100, "b": b"x" * 100}))


def test_a_large_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_FILE", 100)
    (tmp_path / "besar.pdf").write_bytes(made())
    with pytest.raises(PdfError, match="terlalu besar"):
        read_pdf(tmp_path / "besar.pdf")


def test_no_damage_crashes() -> None:
    whole = made({"a": b"isi" * 50})
    for place in range(0, len(whole), 37):
        damaged = whole[:place] + b"\xff\x00>>" + whole[place + 4 :]
        try:
            parse_pdf(damaged)
        except PdfError as error:
            assert error.reason in ("bukan pdf", "rusak", "terlalu besar", "terkunci")  # noqa: PT017
