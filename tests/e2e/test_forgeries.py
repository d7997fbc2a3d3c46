"""A report that was changed after it was made never verifies, whatever was changed; a genuine one does, renamed too."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
import yaml
from pikepdf import Array, Dictionary, Name, Pdf, String

from monev.build import rebuild
from monev.build.pipeline import Built
from monev.build.rebuild import prove, quiet
from monev.io import bounded_process, pdf_reader
from plans import EDITION
from support import Build, monev

pytestmark = pytest.mark.slow


@pytest.fixture
def root(small: Build) -> Path:
    return small.root


@pytest.fixture
def again(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Building again gives what it gave: told by a test of its own, so that each forgery need not build for itself."""
    asked: list[Path] = []

    def give(empty: Path, edition: str, *_: object) -> Built:
        asked.append(empty)
        folder = shutil.copytree(root / "outputs" / edition, empty / "outputs" / edition)
        return Built(folder, folder / "laporan.pdf", folder / "laporan.html")

    monkeypatch.setattr(rebuild, "build", give)
    here = lambda path: pdf_reader.parse_pdf(path.read_bytes())  # noqa: E731
    monkeypatch.setattr(rebuild, "read_pdf", here)
    monkeypatch.setattr("monev.audit.verification.read_pdf", here)
    monkeypatch.setattr(rebuild, "read_pictures", lambda path: tuple(pdf_reader.page_pictures(path.read_bytes())))
    return asked


def test_a_genuine_report_is_identical_also_renamed_and_elsewhere(root: Path, tmp_path: Path) -> None:
    mailed = shutil.copy(root / "outputs" / EDITION / "laporan.pdf", tmp_path / "Laporan (1).pdf")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    done = monev(root, "verify", str(mailed))
    assert done.returncode == 0, done.stdout + done.stderr
    assert "IDENTIK" in done.stdout
    done = monev(root, "verify", str(root / "outputs" / EDITION))
    assert done.returncode == 0, done.stdout + done.stderr
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


Change = Callable[[Pdf], object]


def _first_content(pdf: Pdf, edit: Callable[[bytes], bytes], page: int = 1) -> None:
    content = pdf.pages[page].Contents
    content.write(edit(content.read_bytes()))


def _attachment(pdf: Pdf, name: str, edit: Callable[[bytes], bytes]) -> None:
    found = next(key for key in pdf.attachments if key.endswith(name))
    spec = pdf.attachments[found].obj
    for key in ("/F", "/UF"):
        if key in spec.EF:
            stream = spec.EF[key]
            stream.write(edit(stream.read_bytes()))


def _json(edit: Callable[[object], object]) -> Callable[[bytes], bytes]:
    def change(content: bytes) -> bytes:
        value = json.loads(content)
        edit(value)
        return json.dumps(value, ensure_ascii=False, indent=1).encode()

    return change


def _script(pdf: Pdf) -> None:
    pdf.Root.OpenAction = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("app.alert('1')")))


def _named_script(pdf: Pdf) -> None:
    action = pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=String("1")))
    pdf.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), action]))


def _note(pdf: Pdf) -> None:
    page = pdf.pages[2]
    note = Dictionary(Type=Name.Annot, Subtype=Name.FreeText, Rect=Array([50, 700, 300, 730]), Contents=String("100%"))
    page.Annots = Array([*page.get("/Annots", Array()), pdf.make_indirect(note)])


def _layer(pdf: Pdf) -> None:
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("x")))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(OFF=Array([group])))


def _cover(pdf: Pdf) -> None:
    """Paint a white box over some words: the text stays, the picture does not."""
    _first_content(pdf, lambda content: content + b"\nq 1 1 1 rg 60 500 300 200 re f Q\n", 3)


def _other_embedded(pdf: Pdf) -> None:
    spec = next(iter(pdf.attachments.values())).obj
    spec.EF.UF = pdf.make_stream(b"lain")


def _other_af(pdf: Pdf) -> None:
    files = list(pdf.Root.AF)
    pdf.Root.AF = Array([files[-1], *files[:-1]])


def _link(pdf: Pdf) -> None:
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            if "/Dest" in annotation or "/A" in annotation:
                annotation.Rect = Array([0, 0, 10, 10])
                return
    raise AssertionError("no link")


def _alternative(pdf: Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, Dictionary) and "/Alt" in item:
            item.Alt = String("Semua komitmen berkategori Baik.")
            return
    raise AssertionError("no alternative")


def _swap(one: int, other: int) -> Change:
    def change(pdf: Pdf) -> None:
        a, b = pdf.pages[one], pdf.pages[other]
        a.Contents, b.Contents = b.Contents, a.Contents
        a.Resources, b.Resources = b.Resources, a.Resources

    return change


def _moved(pdf: Pdf) -> None:
    page = pdf.pages[4]
    del pdf.pages[4]
    pdf.pages.insert(2, page)


def _title(pdf: Pdf) -> None:
    pdf.docinfo["/Title"] = String("Laporan lain")


FORGERIES: dict[str, Change] = {
    "a page is gone": lambda pdf: pdf.pages.__delitem__(3),
    "a page twice": lambda pdf: pdf.pages.append(pdf.pages[3]),
    "pages moved": _moved,
    "two pages change places": _swap(2, 4),
    "the last page moved": lambda pdf: pdf.pages.insert(1, pdf.pages[-1]),
    "a page turned": lambda pdf: setattr(pdf.pages[2], "Rotate", 180),
    "a page cut": lambda pdf: setattr(pdf.pages[2], "CropBox", Array([0, 0, 300, 400])),
    "words painted over": _cover,
    "a drawing over a chart": lambda pdf: _first_content(pdf, lambda c: c + b"\nq 1 0 0 rg 100 100 90 90 re f Q\n", 3),
    "colours changed": lambda pdf: _first_content(pdf, lambda c: c.replace(b" scn", b" scn 1 0 0 rg", 1), 0),
    "text moved": lambda pdf: _first_content(pdf, lambda c: b"1 0 0 1 5 5 cm\n" + c, 3),
    "text gone": lambda pdf: _first_content(pdf, lambda c: c[: len(c) // 2] + b"\n", 5),
    "text added": lambda pdf: _first_content(pdf, lambda c: c + c[c.find(b"BT") : c.find(b"ET") + 2], 3),
    "a script at opening": _script,
    "a named script": _named_script,
    "a note on a page": _note,
    "a hidden layer": _layer,
    "an action of the catalogue": lambda pdf: setattr(
        pdf.Root, "AA", Dictionary(WC=Dictionary(S=Name.Named, N=Name.Print))
    ),
    "a form": lambda pdf: setattr(pdf.Root, "AcroForm", Dictionary(Fields=Array([]))),
    "a link moved": _link,
    "another alternative text": _alternative,
    "another title": _title,
    "another language": lambda pdf: setattr(pdf.Root, "Lang", String("en")),
    "no structure": lambda pdf: pdf.Root.__delitem__("/StructTreeRoot"),
    "metadata changed": lambda pdf: pdf.Root.Metadata.write(pdf.Root.Metadata.read_bytes().replace(b"monev", b"venom")),
    "a figure changed": lambda pdf: _attachment(pdf, "angka.json", _json(lambda v: v[0].update(nilai=99, cetak="99"))),
    "a formula changed": lambda pdf: _attachment(pdf, "angka.json", _json(lambda v: v[0].update(rumus="lain"))),
    "a unit changed": lambda pdf: _attachment(pdf, "angka.json", _json(lambda v: v[0].update(satuan="lain"))),
    "data changed": lambda pdf: _attachment(pdf, "target.csv", lambda c: c.replace(b"Baik", b"Cukup")),
    "tables changed": lambda pdf: _attachment(pdf, "tabel.xlsx", lambda c: c[:-1] + b"x"),
    "numerals changed": lambda pdf: _attachment(pdf, "cetakan.json", lambda c: c.replace(b"angka", b"teks", 1)),
    "the engine changed": lambda pdf: _attachment(pdf, "manifest.json", _json(lambda v: v.update(mesin="quarto"))),
    "versions changed": lambda pdf: _attachment(pdf, "manifest.json", _json(lambda v: v["versi"].update(typst="9"))),
    "standards changed": lambda pdf: _attachment(pdf, "manifest.json", _json(lambda v: v.update(standar_pdf=[]))),
    "another fingerprint": lambda pdf: _attachment(pdf, "manifest.json", _json(lambda v: v.update(sidik="0000-0000"))),
    "another edition": lambda pdf: _attachment(pdf, "manifest.json", _json(lambda v: v.update(edisi="2021-S2"))),
    "an input outside": lambda pdf: _attachment(
        pdf, "manifest.json", _json(lambda v: v["masukan"].update({"../../etc/passwd": "0" * 64}))
    ),
    "code of another": lambda pdf: _attachment(
        pdf, "manifest.json", _json(lambda v: v["kode"].update({"lib/monev/lain.py": "0" * 64}))
    ),
    "a rule changed": lambda pdf: _attachment(pdf, f"{EDITION}.yml", lambda c: c.replace(b"70", b"60")),
    "no manifest": lambda pdf: pdf.attachments.__delitem__(next(n for n in pdf.attachments if "manifest" in n)),
    "one attachment more": lambda pdf: pdf.attachments.__setitem__("lain.csv", b"a,b\n"),
    "two files in one attachment": _other_embedded,
    "attachments in another order": _other_af,
}


@pytest.mark.parametrize("name", FORGERIES)
def test_a_changed_pdf_is_never_proved(name: str, root: Path, again: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "laporan.pdf"
    with pikepdf.open(root / "outputs" / EDITION / "laporan.pdf") as pdf:
        FORGERIES[name](pdf)
        pdf.save(file)
    made = prove(file, root, 1, quiet())
    assert not made.sound
    assert made.exit_code == 4
    assert any(note.weight in ("beda", "tidak dapat diperiksa") for note in made.notes), made.notes


def test_bytes_that_were_added_or_changed_are_told(root: Path, again: list[Path], tmp_path: Path) -> None:
    genuine = (root / "outputs" / EDITION / "laporan.pdf").read_bytes()
    file = tmp_path / "laporan.pdf"
    file.write_bytes(genuine + b"\n% lain\n")
    assert "R07" in {note.code for note in prove(file, root, 1, quiet()).notes}
    chance = random.Random(7)
    for _ in range(12):
        content = bytearray(genuine)
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
        file.write_bytes(content)
        assert prove(file, root, 1, quiet()).exit_code == 4


def test_encryption_is_no_report(root: Path, again: list[Path], tmp_path: Path) -> None:
    file = tmp_path / "laporan.pdf"
    with pikepdf.open(root / "outputs" / EDITION / "laporan.pdf") as pdf:
        pdf.save(file, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert prove(file, root, 1, quiet()).exit_code == 4


@pytest.mark.parametrize("where", ["report", "project"])
def test_params_count_on_both_sides_and_are_told_by_key(
    where: str, root: Path, again: list[Path], tmp_path: Path
) -> None:
    own = Path(shutil.copytree(root, tmp_path / "akar"))
    params = own / "params" / f"{EDITION}.yml"
    said = yaml.safe_load(params.read_text("utf-8"))
    if where == "project":
        said.setdefault("nama", {})["sekretariat"] = "Kantor Lain"
        params.write_text(yaml.safe_dump(said, allow_unicode=True), "utf-8")
        wanted = ("P07", "nama.sekretariat")
    else:
        params.unlink()
        wanted = ("P05", params.name)
    made = prove(root / "outputs" / EDITION / "laporan.pdf", own, 1, quiet())
    assert made.exit_code == 4
    assert any(note.code == wanted[0] and wanted[1] in note.text() for note in made.notes)


def test_corrections_that_only_the_project_has_are_told(root: Path, again: list[Path], tmp_path: Path) -> None:
    own = Path(shutil.copytree(root, tmp_path / "akar"))
    (own / "params" / "koreksi").mkdir(exist_ok=True)
    (own / "params" / "koreksi" / f"{EDITION}.yml").write_text("[]\n", "utf-8")
    made = prove(root / "outputs" / EDITION / "laporan.pdf", own, 1, quiet())
    assert made.exit_code == 4
    assert "P06" in {note.code for note in made.notes}


def test_every_file_of_an_output_folder_is_held(root: Path, again: list[Path], tmp_path: Path) -> None:
    folder = root / "outputs" / EDITION
    names = [
        path.relative_to(folder) for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "run.log"
    ]
    assert len(names) > 20
    for name in random.Random(3).sample(names, 8):
        own = Path(shutil.copytree(folder, tmp_path / "keluaran"))
        content = bytearray((own / name).read_bytes())
        content[len(content) // 2] ^= 1
        (own / name).write_bytes(content)
        made = prove(own, root, 1, quiet())
        assert made.exit_code == 4, name
        shutil.rmtree(own)
    own = Path(shutil.copytree(folder, tmp_path / "keluaran"))
    (own / "data" / "lebih.csv").write_text("a\n")
    (own / "laporan.html").unlink()
    assert {"K03", "K04"} <= {note.code for note in prove(own, root, 1, quiet()).notes}


def test_documents_alone_are_proved_or_say_what_to_hand_over(root: Path, again: list[Path], tmp_path: Path) -> None:
    folder = root / "outputs" / EDITION
    page = shutil.copy(folder / "laporan.html", tmp_path / "unduhan.html")
    assert prove(page, root, 1, quiet()).exit_code == 0
    page.write_text(page.read_text("utf-8").replace("Baik", "Kurang", 1), "utf-8")
    assert prove(page, root, 1, quiet()).exit_code == 4
    for name in ("data/target.csv", "data/tabel.xlsx", "notebooks/02-skor.ipynb"):
        made = prove(folder / name, root, 1, quiet())
        assert made.exit_code == 4
        assert "laporan.pdf" in made.notes[0].text()


def test_inputs_that_are_not_at_hand_leave_it_unproved(root: Path, again: list[Path], tmp_path: Path) -> None:
    own = Path(shutil.copytree(root, tmp_path / "akar"))
    book = next((own / "inputs").rglob("capaian-kl.xlsx"))
    book.unlink()
    made = prove(root / "outputs" / EDITION / "laporan.pdf", own, 1, quiet())
    assert made.proof == "kurang"
    assert made.exit_code == 4
    assert not again


def test_a_hostile_pdf_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading ends in time, in a process of its own; the one who asked goes on."""
    monkeypatch.setattr(bounded_process, "MAX_SECONDS", 1)
    monkeypatch.setattr(bounded_process.subprocess, "run", _sleeping(bounded_process.subprocess.run))
    file = tmp_path / "a.pdf"
    file.write_bytes(b"%PDF-1.7\n")
    with pytest.raises(pdf_reader.PdfError, match="lebih dari 1 detik"):
        pdf_reader.read_pdf(file)


def _sleeping(run: Callable[..., object]) -> Callable[..., object]:
    def start(command: list[str], **more: object) -> object:
        return run([command[0], "-c", "import time; time.sleep(60)"], **more)

    return start
