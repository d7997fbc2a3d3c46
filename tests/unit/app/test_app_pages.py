"""What the pages show and do, asked without a socket: each action is a command, shown as it is typed."""

from __future__ import annotations

import hashlib
import io
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from openpyxl import load_workbook
from starlette.testclient import TestClient

from monev.app import site as site_module
from monev.app.presence import Person
from monev.app.running import Job
from monev.app.site import Site
from monev.io.folders import REPOSITORY
from monev.io.inputs import read_inputs
from monev.words.messages import tell
from support import column, tree

KL = "inputs/B12/capaian-kl.xlsx"
Work = Callable[[], None]


def order(client: TestClient, site: Site, fields: dict[str, str], **files: tuple[str, bytes]) -> tuple[int, str]:
    """Send a form of the page; return the status, and where it leads or what it says."""
    sent = list(files.items()) or [("kosong", ("", b""))]
    answer = client.post(f"{site.door.base}/perintah", data=fields, files=sent)
    return answer.status_code, answer.headers.get("location", answer.text)


def changed(file: Path, cell: str, value: object) -> bytes:
    book = load_workbook(file)
    book["Capaian"][cell] = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_the_first_page_lists_the_editions_with_their_state(client: TestClient, site: Site) -> None:
    page = client.get(f"{site.door.base}/").text
    assert '<html lang="id">' in page
    assert ">uji</h2>" in page
    assert "Semester II" in page
    assert "Belum disusun" in page
    assert f"./monev --root {site.root} new 2022-S3 --from=uji" in page


def test_the_language_is_the_browsers_until_somebody_chooses(client: TestClient, site: Site) -> None:
    place = f"{site.door.base}/"
    assert '<html lang="en">' in client.get(place, headers={"accept-language": "en-GB,id;q=0.5"}).text
    assert '<html lang="en">' in client.get(f"{place}?bahasa=en").text
    assert '<html lang="en">' in client.get(place).text
    assert '<html lang="id">' in client.get(f"{place}?bahasa=id").text


def test_the_other_language_is_of_the_same_page_and_never_of_a_form(client: TestClient, site: Site) -> None:
    assert 'href="?cari=skor&amp;bahasa=en"' in client.get(f"{site.door.base}/susun/uji?cari=skor").text
    refused = client.post(f"{site.door.base}/isi/uji/ganti", data={"file": KL}, files=[("x", ("", b""))])
    assert refused.status_code == 422
    assert f'href="{site.door.base}/isi/uji?bahasa=en"' in refused.text
    assert f'class="tombol" href="{site.door.base}/isi/uji"' in refused.text


def test_there_is_a_comparison_only_with_what_there_is(client: TestClient, site: Site, small: Path) -> None:
    assert "Belum ada yang dapat dibandingkan" in client.get(f"{site.door.base}/susun/uji").text
    (small / "params" / "uji2.yml").write_bytes((small / "params" / "uji.yml").read_bytes())
    page = client.get(f"{site.door.base}/susun/uji").text
    assert "Belum ada yang dapat dibandingkan" not in page
    assert f"./monev --root {small} diff uji2 uji" in page


def test_what_is_done_elsewhere_stands_as_a_command(client: TestClient, site: Site, small: Path) -> None:
    assert (
        f"<code>cp rencana-aksi.xlsx {small}/inputs/rencana-aksi.xlsx</code>"
        in client.get(f"{site.door.base}/isi/uji").text
    )
    page = client.get(f"{site.door.base}/terbit/uji").text
    assert "--pkcs11=token.so" in page
    assert "sign outputs/uji/laporan.pdf" in page
    site.call = ".\\monev"
    assert "<code>copy rencana-aksi.xlsx " in client.get(f"{site.door.base}/isi/uji").text


def test_a_panel_is_sent_again_only_with_something_new(client: TestClient, site: Site) -> None:
    job = site.runner.submit(Job(("build", "uji"), "id", "uji"))
    place = f"{site.door.base}/kerja/{job.id}"
    asked = {"hx-request": "true"}
    assert f'hx-get="{place}?versi={job.version}"' in client.get(place).text
    assert client.get(f"{place}?versi={job.version}", headers=asked).status_code == 204
    before = job.version
    job.screen.progress("id").stage(tell("build.read"))
    job.screen.write("baru")
    assert client.get(f"{place}?versi={before}", headers=asked).status_code == 200
    assert client.get(f"{place}?versi={job.version}").status_code == 200  # a page that is loaded is always whole


def test_a_programme_begins_in_a_folder_that_holds_nothing_but_the_page(
    client: TestClient, site: Site, small: Path, work: Work
) -> None:
    assert 'name="program"' not in client.get(f"{site.door.base}/").text
    assert "--root ../program-kami app" in client.get(f"{site.door.base}/").text
    for each in small.iterdir():
        shutil.rmtree(each)
    site.presence.renew()  # the page is there, and has a file of its own in the folder
    assert [each.name for each in small.iterdir()] == [".monev"]
    said = {"nama": "2030-S1", "program": "Program", "rencana": "Rencana", "sekretariat": "Sekretariat"}
    lines = {"kelompok": "KL, Kementerian\nOMS, Organisasi Masyarakat Sipil", "periode": "S1, Semester I, 2030"}
    assert 'name="program"' in client.get(f"{site.door.base}/").text
    _, where = order(client, site, {"perintah": "init", **said, **lines})
    work()
    assert "Selesai dalam" in client.get(where).text
    assert (small / "params" / "2030-S1.yml").is_file()
    assert ">2030-S1</h2>" in client.get(f"{site.door.base}/").text


def test_files_that_were_sent_are_told_by_their_names(client: TestClient, site: Site, work: Work) -> None:
    _, where = order(client, site, {"perintah": "comments", "edisi": "uji"}, berkas=("budi.docx", b"bukan"))
    folder = site.runner.waiting()[0].keep
    work()
    page = client.get(where).text
    assert "budi.docx (1 kesalahan" in page
    assert str(folder) not in page


def test_findings_stand_with_the_row_around_the_cell_errors_first(client: TestClient, site: Site, small: Path) -> None:
    cell = f"{column(small, KL, 'Capaian', 'Nilai')}3"
    (small / KL).write_bytes(changed(small / KL, cell, "seratus"))
    page = client.get(f"{site.door.base}/isi/uji").text
    first = page[page.index('class="temuan salah"') :]
    assert "C02" in first[:400]
    assert f"{KL} · Capaian · {cell}" in first
    assert '<td class="kena">seratus' in first
    assert '<th scope="col">Komitmen*</th>' in first or '<th scope="col">Komitmen</th>' in first


def test_completeness_is_told_actor_by_actor(client: TestClient, site: Site) -> None:
    page = client.get(f"{site.door.base}/isi/uji").text
    told = page[page.index("Menurut pelaksana") :]
    data = read_inputs(site.root, "uji").data
    assert all(f'<th scope="row">{actor.actor}</th>' in told for actor in data.actors)


def test_an_edition_that_cannot_be_read_is_told_in_words(client: TestClient, site: Site, small: Path) -> None:
    params = small / "params" / "uji.yml"
    params.write_text(params.read_text("utf-8") + "kunci_asing: 1\n", "utf-8")
    for page in ("/", "/isi/uji", "/susun/uji", "/terbit/uji"):
        answer = client.get(f"{site.door.base}{page}")
        assert answer.status_code == 200, page
        assert "Traceback" not in answer.text
    assert "kunci_asing" in client.get(f"{site.door.base}/isi/uji").text


def test_an_order_runs_the_command_that_it_shows(client: TestClient, site: Site, small: Path, work: Work) -> None:
    status, where = order(client, site, {"perintah": "new", "nama": "uji2", "dari": "uji", "tahun": "2022"})
    assert status == 303
    waiting = client.get(where).text
    assert "Menunggu giliran" in waiting
    work()
    page = client.get(where).text
    assert f"./monev --root {small} new uji2 --from=uji --year=2022" in page
    assert (small / "params" / "uji2.yml").is_file()
    assert "params/uji2.yml" in page
    assert "Selesai dalam" in page
    assert ">uji2</h2>" in client.get(f"{site.door.base}/").text


def test_what_is_wrong_is_told_as_the_command_tells_it(client: TestClient, site: Site, work: Work) -> None:
    _, where = order(client, site, {"perintah": "new", "nama": "uji", "dari": "uji"})
    work()
    page = client.get(where).text
    assert "Ada yang perlu diperbaiki" in page
    assert "[N0" in page


def test_the_same_order_twice_is_one_while_it_waits(client: TestClient, site: Site) -> None:
    check = {"perintah": "check", "edisi": "uji"}
    assert order(client, site, check) == order(client, site, check)
    assert len(site.runner.waiting()) == 1
    job = site.runner.waiting()[0]
    client.post(f"{site.door.base}/kerja/{job.id}/batal", data={"x": "1"})
    assert site.runner.waiting() == []
    assert "Dihentikan" in client.get(f"{site.door.base}/kerja/{job.id}").text


# Workbooks ------------------------------------------------------------------------------------------------------------


def replaced(client: TestClient, site: Site, content: bytes, shown: str, name: str = "isi.xlsx", file: str = KL) -> str:
    fields = {"file": file, "sidik": shown}
    answer = client.post(f"{site.door.base}/isi/uji/ganti", data=fields, files=[("berkas", (name, content))])
    return f"{answer.status_code} {answer.text}"


def test_a_workbook_is_replaced_and_the_old_one_kept(client: TestClient, site: Site, small: Path) -> None:
    before, new = (small / KL).read_bytes(), changed(small / KL, "K3", 77)
    told = replaced(client, site, new, digest(small / KL))
    assert told.startswith("200")
    assert (small / KL).read_bytes() == new
    assert (small / "inputs/B12/cadangan/capaian-kl-1.xlsx").read_bytes() == before
    assert "inputs/B12/cadangan/capaian-kl-1.xlsx" in told


def test_nothing_is_overwritten_that_changed_meanwhile(client: TestClient, site: Site, small: Path) -> None:
    new = changed(small / KL, "K3", 77)
    shown = digest(small / KL)
    (small / KL).write_bytes(changed(small / KL, "K4", 12))
    before = tree(small)
    told = replaced(client, site, new, shown)
    assert told.startswith("422")
    assert "sudah berubah sejak halaman ini dibuka" in told
    assert tree(small) == before


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"0" * 300_000_000)
    return out.getvalue()


def test_hostile_files_do_not_take_the_place_of_a_workbook(client: TestClient, site: Site, small: Path) -> None:
    good = changed(small / KL, "K3", 77)
    other = (small / "inputs" / "rencana-aksi.xlsx").read_bytes()
    before = tree(small)
    for content, name, words in (
        (b"bukan xlsx", "isi.xlsx", "F02"),
        (bomb(), "isi.xlsx", "F0"),
        (good, "isi.xlsm", "jenisnya harus .xlsx"),
        (good[:-200], "isi.xlsx", "F02"),
        (other, "isi.xlsx", "tidak memuat lembar Capaian"),
    ):
        told = replaced(client, site, content, digest(small / KL), name)
        assert told.startswith("422"), words
        assert words in told
    assert tree(small) == before


def test_two_gigabytes_are_refused_before_they_come(client: TestClient, site: Site, small: Path) -> None:
    headers = {"content-length": str(2 * 1024**3), "content-type": "multipart/form-data; boundary=x"}
    answer = client.post(f"{site.door.base}/isi/uji/ganti", content=b"--x\r\n", headers=headers)
    assert answer.status_code == 422
    assert "200 MB" in answer.text

    def endless() -> object:
        yield b'--x\r\ncontent-disposition: form-data; name="berkas"; filename="a.xlsx"\r\n\r\n'
        for _ in range(2 * 1024):
            yield b"0" * 1024**2

    unsaid = {"content-type": "multipart/form-data; boundary=x", "transfer-encoding": "chunked"}
    answer = client.post(f"{site.door.base}/isi/uji/ganti", content=endless(), headers=unsaid)  # type: ignore[arg-type]
    assert answer.status_code == 422


def test_a_workbook_that_is_open_is_left_alone(client: TestClient, site: Site, small: Path) -> None:
    (small / "inputs/B12/~$capaian-kl.xlsx").write_bytes(b"")
    before = tree(small)
    told = replaced(client, site, changed(small / KL, "K3", 77), digest(small / KL))
    assert "U01" in told
    assert tree(small) == before
    assert "sedang terbuka" in client.get(f"{site.door.base}/isi/uji").text


def test_a_workbook_opens_in_its_program_with_the_cell_told(
    client: TestClient, site: Site, small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(site_module, "open_file", lambda path: opened.append(path) or True)
    told = client.post(f"{site.door.base}/isi/uji/buka", data={"file": KL, "sel": "Capaian K3"}).text
    assert opened == [small / KL]
    assert "Selnya: Capaian K3" in told


def test_forms_that_came_back_are_put_where_they_are_read(client: TestClient, site: Site, small: Path) -> None:
    place = f"{site.door.base}/isi/uji/kiriman"
    files = [("berkas", ("KIP.xlsx", b"satu")), ("berkas", ("KIP.xlsx", b"dua"))]
    assert "tidak membaca formulir" in client.post(place, files=files).text
    params = small / "params" / "uji.yml"
    settings = yaml.safe_load(params.read_text("utf-8"))
    settings["periode"][-1]["masukan"] = "kiriman"
    params.write_text(yaml.safe_dump(settings), "utf-8")
    assert client.post(place, files=files).status_code == 200
    assert client.post(place, files=files[:1]).status_code == 200
    assert client.post(place, files=[("berkas", ("jahat.exe", b"x"))]).status_code == 422
    folder = small / "inputs" / "B12" / "kiriman"
    found = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert sorted(found.values()) == [b"dua", b"satu", b"satu"]
    assert "KIP.xlsx" in found
    assert "Formulir yang kembali" in client.get(f"{site.door.base}/isi/uji").text


# Report ---------------------------------------------------------------------------------------------------------------


def test_a_figure_is_explained_down_to_its_cells(client: TestClient, site: Site) -> None:
    found = client.get(f"{site.door.base}/susun/uji?cari=skor+komitmen").text
    assert "komitmen.01.skor" in found
    page = client.get(f"{site.door.base}/susun/uji?angka=komitmen.01.skor").text
    assert "komitmen.01.skor = " in page
    assert "Rumus:" in page
    assert KL in page
    assert f"./monev --root {site.root} explain uji komitmen.01.skor" in page


def test_a_report_is_shown_in_an_origin_of_its_own(client: TestClient, site: Site, small: Path) -> None:
    folder = small / "outputs" / "uji"
    folder.mkdir(parents=True)
    (folder / "laporan.html").write_text("<script>fetch('/')</script>", "utf-8")
    (folder / "laporan.pdf").symlink_to(REPOSITORY / "README.md")
    answer = client.get(f"{site.door.base}/hasil/uji/laporan.html")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-scripts ")
    assert "allow-same-origin" not in policy
    assert "default-src 'none'" in policy
    assert client.get(f"{site.door.base}/hasil/uji/laporan.pdf").status_code == 404  # leads out of the root


def test_outputs_deleted_below_it_are_no_fault(client: TestClient, site: Site, small: Path) -> None:
    assert not (small / "outputs").exists()
    assert client.get(f"{site.door.base}/susun/uji").status_code == 200
    answer = client.get(f"{site.door.base}/hasil/uji/laporan.pdf")
    assert (answer.status_code, "tidak ada" in answer.text) == (404, True)


def test_the_passphrase_of_a_key_stands_nowhere(client: TestClient, site: Site) -> None:
    release = {"perintah": "release", "edisi": "uji", "nomor": "1.0", "oleh": "Siti Contoh", "frasa": "rahasia sekali"}
    _, where = order(client, site, release, kunci=("kunci.p12", b"x"))
    page = client.get(where).text
    assert "--p12=kunci.p12" in page
    assert "rahasia sekali" not in page
    job = site.runner.waiting()[0]
    assert "rahasia" not in repr(job)
    site.runner.cancel(job.id)
    assert job.secret is None
    assert job.keep is not None
    assert not job.keep.exists()


def test_a_fault_of_ours_is_told_in_words(
    client: TestClient, site: Site, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(site_module.shown, "edition_shown", broken)
    answer = client.get(f"{site.door.base}/terbit/uji")
    assert answer.status_code == 500
    assert "kesalahan di dalam monev sendiri" in answer.text
    assert "Zero" not in answer.text


def test_what_was_ordered_last_stands_on_the_page_where_it_was_ordered(client: TestClient, site: Site) -> None:
    for place, fields in {"terbit": {"perintah": "comments"}, "susun": {"perintah": "build"}}.items():
        files = {"berkas": ("budi.docx", b"x")} if place == "terbit" else {}
        assert order(client, site, fields | {"edisi": "uji"}, **files)[0] == 303
        page = client.get(f"{site.door.base}/{place}/uji").text
        assert "Menunggu giliran" in page, place
        assert 'hx-trigger="every 1s"' in page


# Many hands, help -----------------------------------------------------------------------------------------------------


def test_two_people_are_told_of_each_other(client: TestClient, site: Site) -> None:
    site.presence._others = (Person("Budi", "LAPTOP-2", "2026-01-02T10:30", "build uji"),)
    assert "Budi di LAPTOP-2 juga membuka folder ini" in client.get(f"{site.door.base}/").text
    status, told = order(client, site, {"perintah": "build", "edisi": "uji"})
    assert status == 422
    assert "Budi di LAPTOP-2 sedang menjalankan build uji" in told


def test_the_guide_is_there_with_its_links(client: TestClient, site: Site) -> None:
    page = client.get(f"{site.door.base}/bantuan/panduan-analis").text
    assert "<h1" in page
    assert f'href="{site.door.base}/bantuan/temuan"' in page
    assert "style=" not in page
    assert client.get(f"{site.door.base}/bantuan/tidak-ada").status_code == 404
