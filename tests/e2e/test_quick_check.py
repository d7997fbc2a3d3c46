"""What `verify --quick` notices: each forgery keeps the writer's own layout of bytes and makes all hashes agree."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

import pikepdf
import pytest
from fontTools.ttLib import TTFont
from pikepdf import Dictionary, Operator, String

from fuzz_verify import fuzz
from monev.build import quick_check
from monev.build.quick_check import check
from monev.build.rebuild import prove, quiet
from monev.edition.opened import Opened, open_edition
from monev.io import pdf_reader
from monev.io.pdf_content import letters_at_hand
from monev.io.pdf_objects import Reader
from monev.io.pdf_shape import shape_of
from plans import EDITION
from support import Build, monev

pytestmark = pytest.mark.slow
Edit = Callable[[bytes], bytes]


@pytest.fixture(scope="module")
def root(small: Build) -> Path:
    return small.root


@pytest.fixture(scope="module")
def genuine(root: Path) -> Path:
    return root / "outputs" / EDITION / "laporan.pdf"


@pytest.fixture(scope="module")
def made(root: Path, genuine: Path) -> object:
    """What the inputs give, once for all forgeries."""
    said = quick_check.carried_by(genuine)
    assert said is not None
    return quick_check._staged(said, root)


@pytest.fixture
def here(made: object, root: Path, opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the inputs give is there, and the file is read in this process: what is compared stays the same."""
    read = lambda path: parsed(path.read_bytes())  # noqa: E731
    monkeypatch.setattr(quick_check, "_staged", lambda *_: made)
    monkeypatch.setattr(quick_check, "read_pdf", read)
    monkeypatch.setattr("monev.audit.verification.read_pdf", read)
    monkeypatch.setattr(quick_check, "read_shape", lambda path: shape_of(path.read_bytes()))
    monkeypatch.setattr(quick_check, "letters_at_hand", lambda fonts, texts: at_hand(fonts, frozenset(texts)))
    monkeypatch.setattr(quick_check.verify, "__defaults__", (lambda *_: opened,))


at_hand = cache(letters_at_hand)
parsed = lru_cache(2)(pdf_reader.parse_pdf)


@pytest.fixture(scope="module")
def opened(root: Path) -> Opened:
    return open_edition(root, EDITION)


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
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return in_stream(content, pdf.pages[number - 1].Contents.objgen[0], edit)


def attached(content: bytes, name: str, edit: Edit) -> bytes:
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


def typed(old: str, new: str, page: int = 2, place: int = 0) -> Edit:
    """Print other words at the place where a text stands for the nth time from a page on, in its own font."""

    def change(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = 0
            for own in [*pdf.pages][page - 1 :]:
                steps, font = [*pikepdf.parse_content_stream(own)], {}
                for n, (operands, operator) in enumerate(steps):
                    if str(operator) == "Tf":
                        font = letters_by_code(own.Resources.Font[str(operands[0])])
                    if str(operator) not in ("Tj", "TJ"):
                        continue
                    parts = operands[0] if str(operator) == "TJ" else operands
                    codes = b"".join(bytes(part) for part in parts if isinstance(part, String))
                    text = "".join(font[codes[at : at + 2]] for at in range(0, len(codes), 2))
                    code = {letter: code for code, letter in font.items()}
                    if old not in text or not {*new} <= code.keys():
                        continue
                    found += 1
                    if found > place:
                        changed = text.replace(old, new, 1)
                        steps[n] = ([String(b"".join(code[letter] for letter in changed))], Operator("Tj"))
                        program = pikepdf.unparse_content_stream(steps)
                        return in_stream(content, own.Contents.objgen[0], lambda _, new=program: new)
        raise LookupError(old)

    return change


def letters_by_code(font: pikepdf.Object) -> dict[bytes, str]:
    said = re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>", font.ToUnicode.read_bytes())
    return {bytes.fromhex(code.decode()): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in said}


def in_font(key: str, edit: Callable[[bytes, dict[str, bytes]], bytes]) -> Edit:
    """Change a part of the font of the text: its outlines, or the table of its letters."""

    def change(content: bytes) -> bytes:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            fonts = [o for o in pdf.objects if isinstance(o, Dictionary) and "/ToUnicode" in o]
            font = next(o for o in fonts if str(o.BaseFont).endswith("SerifPro-Regular"))
            code = {letter: b"%04X" % int.from_bytes(code, "big") for code, letter in letters_by_code(font).items()}
            part = font.ToUnicode if key == "table" else font.DescendantFonts[0].FontDescriptor.FontFile2
            return in_stream(content, part.objgen[0], lambda old: edit(old, code))

    return change


def exchanged(content: bytes, code: dict[str, bytes]) -> bytes:
    """Let two letters be drawn as one another, though the text that is taken out stays."""
    font, made = TTFont(io.BytesIO(content)), io.BytesIO()
    one, other = (font.getGlyphName(int(code[letter], 16)) for letter in "ai")
    table = font["glyf"]
    table[one], table[other] = table[other], table[one]
    font.save(made)
    return made.getvalue()


def mapped(letter: str, now: bytes, then: bytes) -> Callable[[bytes, dict[str, bytes]], bytes]:
    return lambda table, code: table.replace(b"<%s> <%s>" % (code[letter], now), b"<%s> <%s>" % (code[letter], then))


def told(say: bytes) -> Edit:
    """Let a run of text give other words than it shows."""
    run = re.compile(rb"BT 0 Tr.*?ET\n", re.DOTALL)
    return lambda content: run.sub(lambda found: b"/Span<<%s>>BDC\n%sEMC\n" % (say, found[0]), content, count=1)


def changed_places(pattern: bytes, one: int, other: int) -> Edit:
    """Let the texts of two keys change places."""

    def change(content: bytes) -> bytes:
        found = [*re.finditer(pattern + rb"(\((?:[^()\\]|\\.)*\)|<[0-9A-F]*>)", content)]
        (start, end), (begin, stop) = found[one].span(1), found[other].span(1)
        return content[:start] + found[other][1] + content[end:begin] + found[one][1] + content[stop:]

    return change


_LINK = re.compile(rb"(/Subtype/Link.*?)/Dest *(?:\([^)]*\)|\[[^\]]*\])", re.DOTALL)
PAGE = 8  # one with text of several cells
NOTEBOOK, CRATE = "notebooks/02-skor.html", "ro-crate-metadata.json"
FORGERIES: dict[str, Edit] = {
    "a word in another's place": lambda c: page_content(c, PAGE, shown(3, 4)),
    "two texts of a page changed places": lambda c: page_content(c, PAGE, both_ways(2, 4)),
    "a text gone": lambda c: page_content(c, PAGE, lambda d: d.replace(_SHOWN.findall(d)[4], b"[]", 1)),
    "two neighbouring pages changed places": kids(PAGE, PAGE + 1),
    "two distant pages changed places": kids(4, 9),
    "a link to somebody else": lambda c: _LINK.sub(rb"\1/A<</S/URI/URI(http://lain.example)>>", c, count=1),
    "another alternative text": lambda c: re.sub(rb"/Alt\(.", b"/Alt(X", c, count=1),
    "another title": once_instead(b"/Title(", b"/Title(Bukan "),
    "an attachment with two contents": lambda c: re.sub(
        rb"(/F\(lampiran/target.csv\).*?/UF) (\d+) 0 R", lambda m: m[1] + b" %d 0 R" % (int(m[2]) + 1), c, count=1
    ),
    "data": with_hash("target.csv", lambda d: d.replace(b"Baik", b"Cukup", 1)),
    "a unit of the register": with_hash("angka.json", lambda d: d.replace(b'"persen"', b'"orang"', 1)),
    "a formula of the register": with_hash("angka.json", lambda d: d.replace(b'"rumus": "', b'"rumus": "x', 1)),
    "an origin of structure": with_hash("cetakan.json", lambda d: d.replace(b"struktur tbl-", b"struktur tbx-", 1)),
    "the workbook of tables": with_hash("tabel.xlsx", lambda d: d + b"\0"),
    "the description of the data": with_hash("datapackage.json", lambda d: d.replace(b'"type"', b'"tipe"', 1)),
    "a notebook's hash": lambda c: attached(
        c, "manifest.json", in_manifest(lambda v: v["keluaran"].update({NOTEBOOK: "0" * 64}))
    ),
    "the engine": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(mesin="quarto"))),
    "a version": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v["versi"].update(typst="0.0.1"))),
    "the standards": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(standar_pdf=[]))),
    "another category": typed("Baik", "Kurang", 3),
    "another unit": typed("%", " ", 3),
    "a decimal comma that became a point": typed(",2", ".2", 3),
    "a negation gone": typed("belum", "sudah", 3),
    "a head of another commitment": typed("Komitmen 1", "Komitmen 2", 12),
    "another page in the contents": typed("8", "9"),
    "letters that look like others": in_font("table", mapped("a", b"0061", b"0430")),
    "letters drawn as one another": in_font("file", exchanged),
    "a letter that gives another": in_font("table", mapped("7", b"0037", b"0038")),
    "titles of the outline that changed places": changed_places(rb"/Title", 6, 9),
    "alternative texts that changed places": changed_places(rb"/Alt", 0, 1),
    "a key more": lambda c: attached(c, "manifest.json", in_manifest(lambda v: v.update(catatan="disetujui"))),
}  # fmt: skip
SHAPES: dict[str, Edit] = {
    "a script at opening": once_instead(b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(1)>>"),
    "a script with a name in disguise": once_instead(b"/Type/Catalog", b"/Type/Catalog/Open#41ction<</S/J#53>>"),
    "an action of a page": once_instead(b"/Type/Page/", b"/Type/Page/AA<</O<</S/Named/N/Print>>>>/"),
    "a link that starts a program": lambda c: _LINK.sub(rb"\1/A<</S/Launch/F(calc.exe)>>", c, count=1),
    "a link that goes on to an action": lambda c: _LINK.sub(rb"\1/A<</S/GoTo/D[0]/Next<</S/Named>>>>", c, count=1),
    "a note": once_instead(b"/Subtype/Link", b"/Subtype/Text"),
    "a page turned": once_instead(b"/Type/Page/", b"/Type/Page/Rotate 180/"),
    "a page cut": once_instead(b"/Type/Page/", b"/Type/Page/CropBox[0 0 9 9]/"),
    "a hidden layer": once_instead(b"/Type/Catalog", b"/Type/Catalog/OCProperties<</OCGs[]/D<<>>>>"),
    "a form": once_instead(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[]>>"),
    "another language": once_instead(b"/Lang(id)", b"/Lang(en)"),
    "an attachment with two names": once_instead(b"/UF(lampiran/target.csv)", b"/UF(lampiran/tarhet.csv)"),
    "associated files in another order": lambda c: re.sub(rb"/AF\[(\d+ 0 R) (\d+ 0 R)", rb"/AF[\2 \1", c, count=1),
    "an associated file elsewhere": lambda c: re.sub(rb"/Type/Page/", b"/Type/Page/AF[]/", c, count=1),
    "a further table of letters": in_font("table", lambda d, _: d.replace(b"endcmap", b"1 beginbfrange endcmap")),
    "text that gives other words": lambda c: page_content(c, PAGE, told(b"/ActualText(Baik)")),
    "the same in disguise": lambda c: page_content(c, PAGE, told(b"/Actual#54ext(Baik)")),
    "the same by a property": lambda c: re.sub(rb"/Resources \d+ 0 R", b"/Resources<</Properties<<>>>>", c, count=1),
    "a font of the reader": lambda c: re.sub(rb"/Font<</f0 \d+ 0 R", b"/Font<</f0<</BaseFont/Arial>>", c, count=1),
    "text that nobody sees": lambda c: page_content(c, PAGE, lambda d: d.replace(b"0 Tr", b"3 Tr", 1)),
    "a picture within a page": lambda c: page_content(c, PAGE, lambda d: d + b"\nBI /W 1 ID x EI\n"),
    "a page's program elsewhere": lambda c: re.sub(rb"<</Length (\d+)", rb"<</F(a.txt)/Length \1", c, count=1),
    "a smaller page": lambda c: re.sub(rb"(?s)^(.*?/MediaBox.*?/MediaBox)\[[^]]*\]", rb"\1[0 0 300 400]", c, count=1),
    "a larger unit": once_instead(b"/Type/Page/", b"/Type/Page/UserUnit 2/"),
    "an outline that starts a program": once_instead(b"/Type/Outlines", b"/Type/Outlines/A<</S/Launch/F(calc.exe)>>"),
    "another label of a page": once_instead(b"/St 4", b"/St 5"),
    "a hybrid table": once_instead(b"trailer\n<<", b"trailer\n<</XRefStm 20 "),
}  # fmt: skip


@pytest.mark.parametrize("name", FORGERIES)
@pytest.mark.usefixtures("here")
def test_what_it_notices(name: str, genuine: Path, root: Path, tmp_path: Path) -> None:
    content = genuine.read_bytes()
    forged = laid_out(FORGERIES[name](content))
    assert forged != content
    file = tmp_path / "laporan.pdf"
    file.write_bytes(forged)
    found = check(file, root)
    assert found.exit_code == 4, name
    assert any(note.weight in ("beda", "tidak dapat diperiksa") for note in found.notes), found.notes


@pytest.mark.parametrize("name", SHAPES)
def test_a_shape_that_it_notices(name: str, genuine: Path) -> None:
    content = genuine.read_bytes()
    assert shape_of(laid_out(SHAPES[name](content))).faults


def test_a_genuine_report_passes_and_the_result_says_what_was_not_looked_at(genuine: Path, root: Path) -> None:
    assert laid_out(genuine.read_bytes()) == genuine.read_bytes()
    done = monev(root, "verify", "--quick", str(genuine))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "gambar dan tata letak tidak" in done.stdout
    assert "IDENTIK" not in done.stdout


def sealed(folder: Path, **changed: bytes) -> None:
    """Write files of an output folder, and make its manifest agree with them."""

    def agree(value: dict) -> None:
        for name in value["keluaran"]:
            value["keluaran"][name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()

    for name, content in changed.items():
        (folder / name).write_bytes(content)
    path = folder / "manifest.json"
    path.write_bytes(in_manifest(agree)(path.read_bytes()))


def test_notebooks_and_the_crate_of_a_folder_are_made_again(
    genuine: Path, root: Path, made: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each forgery makes all hashes agree: in the folder's manifest, in the crate, and in what the PDF carries."""
    monkeypatch.setattr(quick_check, "_staged", lambda *_: made)
    folder = tmp_path / "hasil"
    shutil.copytree(genuine.parent, folder)
    sealed(folder)
    assert check(folder, root).exit_code == 0, check(folder, root).notes
    crate = (folder / CRATE).read_bytes()
    sealed(folder, **{CRATE: crate.replace(b'"inLanguage": "id"', b'"inLanguage": "en"')})
    told = {note.details["name"] for note in check(folder, root).notes if note.code == "R04"}
    assert told == {CRATE, "manifest.json"}
    old = (folder / NOTEBOOK).read_bytes()
    new = old.replace(b"Skor dan skala", b"Skor tanpa skala")
    hashes = [hashlib.sha256(content).hexdigest().encode() for content in (old, new)]
    lie = in_manifest(lambda value: value["keluaran"].update({NOTEBOOK: hashes[1].decode()}))
    pdf = laid_out(attached(genuine.read_bytes(), "manifest.json", lie))
    reports = [hashlib.sha256(content).hexdigest().encode() for content in (genuine.read_bytes(), pdf)]
    sealed(folder, **{NOTEBOOK: new, "laporan.pdf": pdf, CRATE: crate.replace(*hashes).replace(*reports)})
    found = check(folder, root)
    assert found.exit_code == 4
    assert [note.details["name"] for note in found.notes if note.code == "W05"] == [f"keluaran ({NOTEBOOK})"]


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


SIGNED = b"308006092a864886f70d010702a0800000"  # how every signature begins


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
        b"/ByteRange[0 0000000000 0000000000 0000000000]/Contents<" + SIGNED + b"0" * 24 + b">>>",
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


def led_astray(content: bytes) -> bytes:
    """Let the table lead into the text of the signature, where another object of the report stands."""
    made = content.replace(b"/SubFilter", b"/Reason(\n4 0 obj\n<<>>\nendobj\n)/SubFilter", 1)
    table = b"4 1\n%010d 00000 n\r\n" % (made.index(b"/Reason(\n") + 9)
    at = made.rindex(b"\nxref\n") + 6
    made = made[:at] + table + made[at:]
    end = made.index(b">", made.rindex(b"/Contents<")) + 1
    span = b"[0 %010d %010d %010d]" % (made.rindex(b"/Contents<") + 9, end, len(made) - end)
    made = re.sub(rb"\[0 \d{10} \d{10} \d{10}\]", span, made)
    return re.sub(rb"startxref\n\d+\n%%EOF\n$", b"startxref\n%d\n%%%%EOF\n" % (at - 5), made)


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
    forged = signed(laid_out(SHAPES["a page turned"](genuine.read_bytes())))
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
        lambda c: signed(c, page_more=b"/Rotate 90/Fields[]"),
        lambda c: signed(c).replace(SIGNED, b"0" * len(SIGNED)),
        lambda c: signed(c).replace(b"/Rect[0 0 0 0]", b"/Rect[1 0 R]"),
        lambda c: signed(c).replace(b"/SigFlags 3", b"/NeedAppearances true"),
        lambda c: led_astray(signed(c)),
    ],
)
def test_a_signature_that_changes_more_is_told(change: Edit, genuine: Path) -> None:
    made = shape_of(change(genuine.read_bytes()))
    assert made.faults
    assert not made.signed


def test_damaged_reports_are_not_the_end_of_it(root: Path) -> None:
    """For longer runs: `tests/fuzz_verify.py`."""
    assert fuzz(root, EDITION, 100, lambda count: count < 12) == []
