"""What `verify --quick` notices: each forgery keeps the writer's own layout of bytes and makes all hashes agree."""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest

from fuzz_verify import fuzz
from monev.build import quick_check
from monev.build.quick_check import check
from monev.build.rebuild import prove, quiet
from monev.io.pdf_objects import Reader
from monev.io.pdf_shape import shape_of
from plans import EDITION, MadePlan, make_plan
from support import monev, once

pytestmark = pytest.mark.slow
Edit = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    def make(folder: Path) -> None:
        make_plan(folder / "akar", MadePlan())
        done = monev(folder / "akar", "build", EDITION, "--engine", "embedded")
        assert done.returncode == 0, done.stderr

    return once(tmp_path_factory, "cepat", make) / "akar"


@pytest.fixture(scope="module")
def genuine(root: Path) -> Path:
    return root / "outputs" / EDITION / "laporan.pdf"


@pytest.fixture(scope="module")
def made(root: Path, genuine: Path) -> object:
    """What the inputs give, once for all forgeries."""
    said = quick_check.carried_by(genuine)
    assert said is not None
    return quick_check._staged(said, root)


# The writer's layout -----------------------------------------------------------------------------------------


def laid_out(content: bytes) -> bytes:
    """Return a PDF whose objects were changed with its table of places made anew, as the writer lays it out."""
    end = content.rfind(b"\nxref\n") + 1
    reader, places = Reader(content[:end], content.index(b"1 0 obj\n")), []
    while reader.at < end:
        places.append(reader.at)
        reader.at = content.index(b"obj\n", reader.at) + 4
        value = reader.value()
        if content.startswith(b"\nstream\n", reader.at):
            reader.at += len(b"\nstream\n") + value["Length"] + len(b"\nendstream")
        assert content.startswith(b"\nendobj\n", reader.at)
        reader.at += len(b"\nendobj\n")
    table = b"".join(b"%010d 00000 n\r\n" % place for place in places)
    trailer = content[content.rfind(b"trailer\n") : content.rfind(b"startxref")]
    head = b"xref\n0 %d\n0000000000 65535 f\r\n" % (len(places) + 1)
    return content[:end] + head + table + trailer + b"startxref\n%d\n%%%%EOF" % end


def in_stream(content: bytes, number: int, edit: Edit) -> bytes:
    """Return a PDF with one stream changed."""
    found = re.search(rb"(?m)^%d 0 obj\n" % number, content)
    assert found is not None
    start = content.index(b"stream\n", found.end()) + 7
    head = content[found.end() : start]
    length = int(re.findall(rb"/Length (\d+)", head)[-1])
    packed = b"FlateDecode" in head
    old = content[start : start + length]
    plain = zlib.decompress(old) if packed else old
    changed = edit(plain)
    assert changed != plain
    new = zlib.compress(changed) if packed else changed
    head = head.replace(b"/Length %d" % length, b"/Length %d" % len(new))
    return content[: found.end()] + head + new + content[start + length :]


def page_content(content: bytes, number: int, edit: Edit) -> bytes:
    import io

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return in_stream(content, pdf.pages[number - 1].Contents.objgen[0], edit)


def attached(content: bytes, name: str, edit: Edit) -> bytes:
    import io

    with pikepdf.open(io.BytesIO(content)) as pdf:
        return in_stream(content, pdf.attachments[f"lampiran/{name}"].obj.EF.F.objgen[0], edit)


def with_hash(name: str, edit: Edit) -> Edit:
    """Change an attachment, and the manifest with it."""

    def change(content: bytes) -> bytes:
        new: list[bytes] = []
        made = attached(content, name, lambda old: new.append(edit(old)) or new[0])
        said = {"data/" + name: hashlib.sha256(new[0]).hexdigest()}
        return attached(made, "manifest.json", in_manifest(lambda value: value["keluaran"].update(said)))

    return change


def in_manifest(edit: Callable[[dict], object]) -> Edit:
    def change(old: bytes) -> bytes:
        value = json.loads(old)
        edit(value)
        return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()

    return change


_SHOWN = re.compile(rb"/f0 [\d.]+ Tf [^\[]*(\[(?:[^\]\\]|\\.)*\])TJ", re.DOTALL)


def shown(place: int, instead: int) -> Edit:
    """Print at one place of a page what stands at another, in the same font."""

    def change(old: bytes) -> bytes:
        found = [m for m in _SHOWN.finditer(old) if len(m[1]) > 20]
        one, other = found[place], found[instead]
        assert one[1] != other[1]
        return old[: one.start(1)] + other[1] + old[one.end(1) :]

    return change


def both_ways(place: int, other: int) -> Edit:
    """Let two texts of a page change places, so that each is still printed once."""

    def change(old: bytes) -> bytes:
        found = [m for m in _SHOWN.finditer(old) if len(m[1]) > 20]
        a, b = found[place], found[other]
        assert a[1] != b[1]
        return old[: a.start(1)] + b[1] + old[a.end(1) : b.start(1)] + a[1] + old[b.end(1) :]

    return change


def kids(one: int, other: int) -> Edit:
    def change(content: bytes) -> bytes:
        begin = content.index(b"/Kids[") + 6
        end = content.index(b"]", begin)
        own = re.findall(rb"\d+ 0 R", content[begin:end])
        own[one - 1], own[other - 1] = own[other - 1], own[one - 1]
        return content[:begin] + b" ".join(own) + content[end:]

    return change


def once_instead(old: bytes, new: bytes) -> Edit:
    def change(content: bytes) -> bytes:
        assert old in content
        return content.replace(old, new, 1)

    return change


_LINK = re.compile(rb"(/Subtype/Link.*?)/Dest *(?:\([^)]*\)|\[[^\]]*\])", re.DOTALL)
PAGE = 8  # one with text of several cells
FORGERIES: dict[str, Edit] = {
    "a word in another's place": lambda c: page_content(c, PAGE, shown(3, 4)),
    "two texts of a page changed places": lambda c: page_content(c, PAGE, both_ways(2, 4)),
    "a text gone": lambda c: page_content(c, PAGE, lambda d: d.replace(_SHOWN.findall(d)[4], b"[]", 1)),
    "two neighbouring pages changed places": kids(PAGE, PAGE + 1),
    "two distant pages changed places": kids(4, 9),
    "a script at opening": once_instead(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(1)>>"),
    "a script with a name in disguise": once_instead(b"/Type/Catalog", b"/Type/Catalog/Open#41ction<</S/J#53>>"),
    "an action of a page": once_instead(b"/Type/Page/", b"/Type/Page/AA<</O<</S/Named/N/Print>>>>/"),
    "a link that starts a program": lambda c: _LINK.sub(rb"\1/A<</S/Launch/F(calc.exe)>>", c, count=1),
    "a link to somebody else": lambda c: _LINK.sub(rb"\1/A<</S/URI/URI(http://lain.example)>>", c, count=1),
    "a link that goes on to an action": lambda c: _LINK.sub(rb"\1/A<</S/GoTo/D[0]/Next<</S/Named>>>>", c, count=1),
    "a note": once_instead(b"/Subtype/Link", b"/Subtype/Text"),
    "a page turned": once_instead(b"/Type/Page/", b"/Type/Page/Rotate 180/"),
    "a page cut": once_instead(b"/Type/Page/", b"/Type/Page/CropBox[0 0 9 9]/"),
    "a hidden layer": once_instead(b"/Type/Catalog", b"/Type/Catalog/OCProperties<</OCGs[]/D<<>>>>"),
    "a form": once_instead(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[]>>"),
    "another alternative text": lambda c: re.sub(rb"/Alt\(.", b"/Alt(X", c, count=1),
    "another language": once_instead(b"/Lang(id)", b"/Lang(en)"),
    "another title": once_instead(b"/Title(", b"/Title(Bukan "),
    "an attachment with two names": once_instead(b"/UF(lampiran/target.csv)", b"/UF(lampiran/tarhet.csv)"),
    "an attachment with two contents": lambda c: re.sub(
        rb"(/F\(lampiran/target.csv\).*?/UF) (\d+) 0 R", lambda m: m[1] + b" %d 0 R" % (int(m[2]) + 1), c, count=1
    ),
    "associated files in another order": lambda c: re.sub(rb"/AF\[(\d+ 0 R) (\d+ 0 R)", rb"/AF[\2 \1", c, count=1),
    "an associated file elsewhere": lambda c: re.sub(rb"/Type/Page/", b"/Type/Page/AF[]/", c, count=1),
    "data": with_hash("target.csv", lambda d: d.replace(b"Baik", b"Cukup", 1)),
    "a unit of the register": with_hash("angka.json", lambda d: d.replace(b'"persen"', b'"orang"', 1)),
    "a formula of the register": with_hash("angka.json", lambda d: d.replace(b'"rumus": "', b'"rumus": "x', 1)),
    "an origin of structure": with_hash("cetakan.json", lambda d: d.replace(b"struktur tbl-", b"struktur tbx-", 1)),
    "the workbook of tables": with_hash("tabel.xlsx", lambda d: d + b"\0"),
    "the description of the data": with_hash("datapackage.json", lambda d: d.replace(b'"type"', b'"tipe"', 1)),
    "the engine": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(mesin="quarto"))),
    "a version": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v["versi"].update(typst="0.0.1"))),
    "the standards": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(standar_pdf=[]))),
    "a key more": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(catatan="disetujui"))),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
def test_what_it_notices(
    name: str, genuine: Path, root: Path, made: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quick_check, "_staged", lambda *_: made)
    content = genuine.read_bytes()
    forged = laid_out(FORGERIES[name](content))
    assert forged != content
    file = tmp_path / "laporan.pdf"
    file.write_bytes(forged)
    found = check(file, root)
    assert found.exit_code == 4, name
    assert any(note.weight in ("beda", "tidak dapat diperiksa") for note in found.notes), found.notes


def test_a_genuine_report_passes_and_the_result_says_what_was_not_looked_at(genuine: Path, root: Path) -> None:
    assert laid_out(genuine.read_bytes()) == genuine.read_bytes()
    done = monev(root, "verify", "--quick", str(genuine))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gambar dan tata letak tidak" in done.stdout
    assert "IDENTIK" not in done.stdout


@pytest.mark.parametrize(
    "added", [b"\n", b"\n%%EOF", b"\n1 0 obj\n<<>>\nendobj\nxref\n0 0\ntrailer\n<<>>\nstartxref\n0\n%%EOF"]
)
def test_anything_behind_the_report_is_told(added: bytes, genuine: Path) -> None:
    assert shape_of(genuine.read_bytes() + added).faults


def test_documents_are_left_to_building_again(root: Path) -> None:
    found = check(root / "outputs" / EDITION / "laporan.html", root)
    assert found.exit_code == 4
    assert "--quick" in found.notes[0].text()


# A signature -------------------------------------------------------------------------------------------------


def signed(content: bytes, page_more: bytes = b"", field_more: bytes = b"", beside: bytes = b"") -> bytes:
    """Sign as programs do: an addition with field, value, page and catalogue, and places of what it holds."""
    root = int(re.findall(rb"/Root (\d+) 0 R", content)[-1])
    size = int(re.findall(rb"/Size (\d+)", content)[-1])
    at = int(re.findall(rb"startxref\n(\d+)", content)[-1])
    kid = int(re.findall(rb"\d+", content[content.index(b"/Kids[") :])[0])

    def body(number: int) -> bytes:
        found = re.search(rb"(?ms)^%d 0 obj\n(<<.*?>>)\nendobj\n" % number, content)
        assert found is not None
        return found[1]

    page = body(kid)
    if b"/Annots[" in page:
        page = page.replace(b"/Annots[", b"/Annots[", 1)
        end = page.index(b"]", page.index(b"/Annots["))
        page = page[:end] + b" %d 0 R" % size + page[end:]
    else:
        page = page[:-2] + b"/Annots[%d 0 R]>>" % size
    objects = {
        root: body(root)[:-2] + b"/AcroForm<</Fields[%d 0 R]/SigFlags 3>>>>" % size,
        kid: page[:-2] + page_more + b">>",
        size: b"<</Type/Annot/Subtype/Widget/FT/Sig/T(Tanda)/Rect[0 0 0 0]/F 132/P %d 0 R/V %d 0 R%s>>"
        % (kid, size + 1, field_more),
        size + 1: b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/adbe.pkcs7.detached"
        b"/ByteRange[0 0000000000 0000000000 0000000000]/Contents<" + b"0" * 64 + b">>>",
    }
    made, places = content + b"\n", {}
    for number, text in sorted(objects.items()):
        places[number] = len(made)
        made += b"%d 0 obj\n%s\nendobj\n" % (number, text)
    made += beside
    table = len(made)
    made += b"xref\n" + b"".join(b"%d 1\n%010d 00000 n\r\n" % item for item in sorted(places.items()))
    trailer = re.findall(rb"trailer\n(<<.*>>)\nstartxref", content, re.DOTALL)[-1]
    made += b"trailer\n" + trailer.replace(b"/Size %d" % size, b"/Size %d" % (size + 2))[:-2] + b"/Prev %d>>\n" % at
    made += b"startxref\n%d\n%%%%EOF\n" % table
    hole = made.rindex(b"/Contents<") + len(b"/Contents")
    end = made.index(b">", hole) + 1
    span = b"[0 %010d %010d %010d]" % (hole, end, len(made) - end)
    return made.replace(b"[0 0000000000 0000000000 0000000000]", span)


def test_a_signature_may_follow_and_the_bytes_before_it_are_what_is_compared(
    genuine: Path, root: Path, tmp_path: Path
) -> None:
    file = tmp_path / "bertanda.pdf"
    file.write_bytes(signed(genuine.read_bytes()))
    with pikepdf.open(file) as pdf:  # an independent reader finds it well formed
        assert pdf.Root.AcroForm.Fields[0].FT == "/Sig"
    for found in (prove(file, root, 1, quiet()), check(file, root)):
        assert found.exit_code == 0, [note.text() for note in found.notes]
        assert "R11" in {note.code for note in found.notes}
    forged = signed(laid_out(FORGERIES["a page turned"](genuine.read_bytes())))
    file.write_bytes(forged)
    assert check(file, root).exit_code == 4
    assert prove(file, root, 1, quiet()).exit_code == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda c: signed(c, page_more=b"/Rotate 90"),
        lambda c: signed(c, page_more=b"/Contents 5 0 R"),
        lambda c: signed(c, field_more=b"/AP<</N 4 0 R>>"),
        lambda c: signed(c).replace(b"/Rect[0 0 0 0]", b"/Rect[0 0 9 9]"),
        lambda c: signed(c, field_more=b"/AA<</Fo<</S/JavaScript/JS(1)>>>>"),
        lambda c: signed(c, beside=b"4 0 obj\n<</Length 0>>\nendobj\n"),
        lambda c: signed(c).replace(b"/SigFlags 3", b"/SigFlags 3/XFA()"),
        lambda c: signed(c) + b"%\n",
        lambda c: signed(signed(c)),
        lambda c: signed(c).replace(b"/FT/Sig", b"/FT/Btn"),
    ],
)
def test_a_signature_that_changes_more_is_told(change: Edit, genuine: Path) -> None:
    made = shape_of(change(genuine.read_bytes()))
    assert made.faults
    assert not made.signed


def test_damaged_reports_are_not_the_end_of_it(root: Path) -> None:
    """For longer runs: `tests/fuzz_verify.py`."""
    assert fuzz(root, EDITION, 100, lambda count: count < 12) == []
