"""A comment round: what comes back in Word and PDF files is read with its place, once, and never over an answer."""

from __future__ import annotations

import ctypes
import io
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from monev.build.publication.comment_round import take
from monev.build.publication.ledger import unanswered
from monev.build.publication.remarks import Remark, Unreadable, target_places
from monev.build.publication.word_comments import word_remarks
from monev.edition.opened import open_edition
from monev.io.publication_files import load_responses, responses_file
from monev.render import word_report
from monev.render.engines import report_of
from monev.words.errors import InputError
from plans import EDITION, MadePlan, make_plan
from support import render_here
from word_files import Edit, Note, begin, commented, crowded, end, plain_run, reviewed, sign

TO_ALL = (
    Note("Capaian 2 1", "Budi", "Nilai ini terlalu rendah."),
    Note("Capaian 3 1", "Citra", "Sudah beres.", settled=True),
    Note("Sidik Edisi", "Dewi", "Apa itu sidik?"),
)
CHANGES = (Edit("Langkah", "Eka", "Tiga langkah"), Edit("Ko-kreasi 1", "Eka", ""))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A root with a made plan, and beside it the report for Word."""
    folder = tmp_path_factory.mktemp("putaran")
    make_plan(folder / "akar", MadePlan())
    render_here(folder / "akar", EDITION, folder, pages=False, documents=False)
    word_report.render_docx(report_of(folder / "susun"), folder / "laporan.docx", timestamp=1_600_000_000)
    return folder


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    return shutil.copytree(made / "akar", tmp_path / "akar")


@pytest.fixture
def draft(made: Path) -> bytes:
    return (made / "laporan.docx").read_bytes()


def remarks(root: Path, content: bytes) -> list[Remark]:
    return word_remarks(content, EDITION, target_places(open_edition(root, EDITION).inputs.data.targets))


def came_back(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_comments_come_with_author_day_and_place(root: Path, draft: bytes) -> None:
    found = {remark.sender: remark for remark in remarks(root, reviewed(draft, TO_ALL))}
    budi, citra = found["Budi"], found["Citra"]
    assert (budi.date, budi.text, budi.quote) == ("2022-03-31", "Nilai ini terlalu rendah.", "Capaian 2 1")
    assert budi.section.startswith("Komitmen 2, UK 1, ")  # by the mark of its target
    assert (budi.settled, citra.settled) == (False, True)
    assert found["Dewi"].section == "Sidik Edisi"  # by its heading


def test_an_answer_names_what_it_answers(root: Path, draft: bytes) -> None:
    thread = (Note("Capaian 2 1", "Budi", "Terlalu rendah."), Note("Capaian 3 1", "Ani", "Setuju.", answers=0))
    answer = next(r for r in remarks(root, reviewed(draft, thread)) if r.sender == "Ani")
    assert answer.text == "Menjawab Budi ('Terlalu rendah.'): Setuju."
    assert answer.section.startswith("Komitmen 2, UK 1, ")


def test_tracked_changes_are_proposals(root: Path, draft: bytes) -> None:
    found = {remark.text for remark in remarks(root, reviewed(draft, (), CHANGES))}
    assert found == {"Usul: ganti 'Langkah' dengan 'Tiga langkah'.", "Usul: hapus 'Ko-kreasi 1'."}


_BOX = "<w:r><w:pict><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:pict></w:r>"
_TWICE = (
    '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    '<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:drawing></mc:Choice>'
    "<mc:Fallback><w:pict><w:txbxContent><w:p>{0}</w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)
_PARAGRAPH = "</w:p><w:p>"
_CHANGED = '<w:ins w:id="900" w:author="Eka" w:date="2022-03-31T10:00:00Z">{}</w:ins>'
_a, _b, _c = map(plain_run, ("satu ", "dua ", "tiga "))


@pytest.mark.parametrize(
    ("xml", "quotes"),
    [
        (begin(0) + _a + begin(1) + _b + end(1) + _c + end(0), ["satu dua tiga", "dua"]),
        (begin(0) + _a + begin(1) + _b + end(0) + _c + end(1), ["satu dua", "dua tiga"]),
        (begin(0) + begin(1) + _a + end(1) + end(0) + _b, ["satu", "satu"]),
        (begin(0) + _a + _PARAGRAPH + _b + end(0) + _PARAGRAPH + _c, ["satu dua"]),
        (begin(0) + _a + _CHANGED.format(begin(1) + _b + end(0)) + _c + end(1), ["satu dua", "dua tiga"]),
        (begin(0) + _a + sign(0) + _b, ["satu"]),  # no end
        (_a + _b + sign(0) + _c, ["satu dua"]),  # a point
        (_a + _BOX.format(begin(0) + _b + end(0)) + _c, ["dua"]),
        (_a + _TWICE.format(begin(0) + _b + end(0)) + _c, ["dua"]),
    ],
    ids=["nested", "crossed", "same", "paragraphs", "in a change", "no end", "point", "box", "box written twice"],
)
def test_a_comment_quotes_its_own_words(root: Path, draft: bytes, xml: str, quotes: list[str]) -> None:
    notes = [Note("", f"Orang {n}", f"Tanggapan {n}") for n in range(len(quotes))]
    found = [r for r in remarks(root, commented(draft, "Capaian 2 1", xml, notes)) if r.sender != "Eka"]
    assert {r.sender: r.quote for r in found} == {f"Orang {n}": quote for n, quote in enumerate(quotes)}
    assert all(r.section.startswith("Komitmen 2, UK 1, ") for r in found)


def test_the_same_words_about_another_place_are_another_remark(root: Path, draft: bytes) -> None:
    found = remarks(root, reviewed(draft, [Note("Capaian 2 1", "Budi", "Ulang"), Note("Capaian 3 1", "Budi", "Ulang")]))
    assert len({r.code for r in found}) == 2


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
def test_places_survive_libreoffice(root: Path, draft: bytes, tmp_path: Path) -> None:
    path = came_back(tmp_path, "asal.docx", reviewed(draft, TO_ALL, CHANGES))
    home = f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}"
    command = ["soffice", home, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "hasil"), str(path)]
    subprocess.run(command, capture_output=True, check=True, timeout=300)
    before, after = remarks(root, path.read_bytes()), remarks(root, (tmp_path / "hasil" / "asal.docx").read_bytes())
    assert {(r.sender, r.section, r.text, r.settled) for r in after} == {
        (r.sender, r.section, r.text, r.settled) for r in before
    }


def test_a_remark_comes_in_once_and_an_answer_stays(root: Path, draft: bytes, tmp_path: Path) -> None:
    first = came_back(tmp_path, "budi.docx", reviewed(draft, TO_ALL[:2]))
    second = came_back(tmp_path, "dewi.docx", reviewed(draft, TO_ALL, CHANGES))
    taken = take(root, EDITION, [first])
    assert (taken.found, taken.new, taken.open) == (2, 2, 1)
    book = load_workbook(root / responses_file(EDITION))
    sheet = book["Tanggapan"]
    head = {str(cell.value).rstrip("* "): cell.column_letter for cell in sheet[1]}
    row = next(n for n in range(2, 9) if sheet[f"{head['Dari']}{n}"].value == "Budi")
    sheet[f"{head['Jawaban']}{row}"] = "Nilainya menurut bukti."
    book.save(root / responses_file(EDITION))
    taken = take(root, EDITION, [first, second])
    assert (taken.found, taken.new, taken.open) == (7, 3, 3)
    assert take(root, EDITION, [second, first]).new == 0
    responses, findings = load_responses(root, open_edition(root, EDITION).inputs.edition)
    assert findings == []
    assert len(responses) == 5
    assert next(r for r in responses if r.sender == "Budi").answer == "Nilainya menurut bukti."


def test_check_names_what_waits(root: Path, draft: bytes, tmp_path: Path) -> None:
    take(root, EDITION, [came_back(tmp_path, "a.docx", reviewed(draft, TO_ALL))])
    found = [*unanswered(root, open_edition(root, EDITION).inputs.edition)]
    assert [finding.code for finding in found] == ["V07", "V07"]
    assert found[0].file == responses_file(EDITION)
    assert {finding.details["sender"] for finding in found} == {"Budi", "Dewi"}


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("bukan.docx", b"bukan zip", "bukan naskah Word"),
        ("kosong.docx", b"", "bukan naskah Word"),
        ("lain.txt", b"teks", "jenisnya harus .docx, .pdf"),
        ("rusak.pdf", b"%PDF-1.7 rusak", "bukan PDF"),
    ],
)
def test_files_that_are_no_report(root: Path, tmp_path: Path, name: str, content: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        take(root, EDITION, [came_back(tmp_path, name, content)])
    assert not (root / responses_file(EDITION)).exists()


def test_a_report_of_another_edition(root: Path, draft: bytes) -> None:
    with pytest.raises(Unreadable, match=f"laporan edisi {EDITION}"):
        word_remarks(draft, "2099-S1", {})


def test_a_file_without_remarks_gives_none(root: Path, draft: bytes, tmp_path: Path) -> None:
    taken = take(root, EDITION, [came_back(tmp_path, "diam.docx", draft)])
    assert (taken.found, taken.new) == (0, 0)
    assert not (root / responses_file(EDITION)).exists()


def test_five_thousand_comments(root: Path, draft: bytes) -> None:
    assert len({remark.code for remark in remarks(root, crowded(draft, 5_000))}) == 5_000


def test_annotations_of_a_pdf(made: Path, root: Path, tmp_path: Path) -> None:
    import pypdfium2.raw as pdfium

    from monev.build.publication.pdf_comments import _remarks

    document = pypdfium2.PdfDocument.new()
    page = document.new_page(595, 842)
    note = pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT)
    for key, value in ((b"Contents", "Salah ketik"), (b"T", "Fitri"), (b"M", "D:20220331100000Z")):
        held = (value + "\0").encode("utf-16-le")
        buffer = ctypes.create_string_buffer(held, len(held))
        pdfium.FPDFAnnot_SetStringValue(note, key, ctypes.cast(buffer, ctypes.POINTER(pdfium.FPDF_WCHAR)))
    pdfium.FPDFPage_CloseAnnot(note)
    page.close()
    held_file = io.BytesIO()
    document.save(held_file)
    document.close()
    again = pypdfium2.PdfDocument(held_file.getvalue())
    assert [*_remarks(again)] == [("Fitri", "2022-03-31", "hlm. 1", "", "Salah ketik")]
    again.close()
    path = came_back(tmp_path, "catatan.pdf", held_file.getvalue())
    with pytest.raises(InputError, match="tidak menyebut edisinya"):
        take(root, EDITION, [path])
