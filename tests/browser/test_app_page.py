"""A semester in the browser, from *Edisi* to *Terbit*, without a terminal; and what axe says of every page.

On a small programme every day, on a copy of the 2021 plan with `--thorough`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from monev.io.folders import REPOSITORY
from plans import EDITION, MadePlan, make_plan
from support import copy_root

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = (375, 900, 1440)
PATIENCE = 1000 * (600 if os.environ.get("CI") else 900)  # milliseconds for a build, on a machine with much else to do


@dataclass(frozen=True)
class Played:
    """A root, the edition that is there, and the next one."""

    root: Path
    source: str
    edition: str


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Played:
    root = tmp_path_factory.mktemp("halaman") / "akar"
    if request.config.getoption("--thorough"):
        return Played(copy_root(root), "2021-S2", "2022-S3")
    return Played(make_plan(root, MadePlan()), EDITION, "uji-s3")


@pytest.fixture(scope="module")
def address(played: Played) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    command = [sys.executable, "-P", "-m", "monev", "--root", str(played.root), "app", "--no-browser"]
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY / "lib"), "MONEV_LANG": "id"}
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert server.stdout is not None
    line = server.stdout.readline().strip()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/[0-9a-f]{16}/\?kunci=\S{43}", line)
    yield line, server
    server.terminate()
    server.wait(30)


@pytest.fixture(scope="module")
def page(browser: Browser, address: tuple[str, subprocess.Popen[str]]) -> Iterator[Page]:
    context = browser.new_context(locale="id-ID", viewport={"width": 1440, "height": 900})
    made = context.new_page()
    made.set_default_timeout(60_000)
    made.goto(address[0])
    made.wait_for_selector("main#isi")
    assert "kunci" not in made.url
    yield made
    context.close()


def looked_at(page: Page) -> None:
    """Have axe look at a page in both schemes, and see that no width makes it scroll sideways."""
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=RULES).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], (page.url, scheme)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, (page.url, width)


def filled(file: Path, target: Path) -> Path:
    """Fill what `new` prepared as an analyst does in Excel, into a file of one's own."""
    book = load_workbook(file)
    sheet = book["Capaian"]
    at = {str(cell.value).rstrip("* "): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, at["Komitmen"]).value:
            for name, value in (("Target", f"Target {row}"), ("Capaian", f"Capaian {row}"), ("Nilai", 85)):
                sheet.cell(row, at[name]).value = value
            sheet.cell(row, at["Status Ko-Kreasi"]).value = "Aktif"
            sheet.cell(row, at["Data Dukung"]).value = "Ada"
    book.save(target)
    return target


def go(page: Page, name: str) -> None:
    page.get_by_role("navigation", name="Halaman utama").get_by_role("link", name=name).click()
    page.wait_for_load_state()


def test_a_semester_without_a_terminal(page: Page, played: Played, tmp_path: Path) -> None:
    # Edisi: the next one is prepared.
    looked_at(page)
    page.get_by_label("Nama edisi baru").first.fill(played.edition)
    page.get_by_label("Dari edisi").select_option(played.source)
    page.get_by_role("button", name="Siapkan edisi").click()
    expect(page.get_by_text("Selesai dalam")).to_be_visible(timeout=PATIENCE)
    assert (played.root / "params" / f"{played.edition}.yml").is_file()
    looked_at(page)
    go(page, "Edisi")
    page.locator(f"#e-{played.edition} ~ div").get_by_role("link", name="Isi dan periksa").click()

    # Isi dan periksa: filled workbooks take the place of the prepared ones.
    looked_at(page)
    folder = played.root / "inputs" / played.edition
    for name in ("capaian-kl.xlsx", "capaian-oms.xlsx"):
        file = f"inputs/{played.edition}/{name}"
        page.get_by_label(f"Berkas pengganti untuk {file}").set_input_files(filled(folder / name, tmp_path / name))
        page.get_by_role("button", name=f"Ganti {file}").click()
        expect(page.get_by_text(f"{file} diganti dengan berkas yang dikirim.")).to_be_visible()
        looked_at(page)
        page.get_by_role("link", name="Kembali").click()
        assert (folder / name).read_bytes() == (tmp_path / name).read_bytes()
    assert {path.name for path in (folder / "cadangan").iterdir()} >= {"capaian-kl-1.xlsx", "capaian-oms-1.xlsx"}
    assert page.locator(".angka-besar").first.inner_text() == "0"

    # Susun dan laporan: built, one figure followed, one part previewed.
    go(page, "Susun dan laporan")
    looked_at(page)
    page.get_by_role("button", name="Susun laporan").click()
    expect(page.get_by_role("button", name="Hentikan")).to_be_visible()
    expect(page.get_by_text("Selesai dalam")).to_be_visible(timeout=PATIENCE)
    looked_at(page)
    go(page, "Susun dan laporan")
    expect(page.get_by_text("Laporan sesuai isi sekarang")).to_be_visible()
    page.get_by_text("PDF dan HTML berdampingan").click()
    report = page.frame_locator("iframe[title='laporan.html']")
    expect(report.locator("h1").first).to_be_visible(timeout=60_000)
    page.get_by_label("Cari angka").fill("skor komitmen")
    page.get_by_role("button", name="Cari", exact=True).click()
    page.get_by_role("link", name=re.compile(r"komitmen\.01\.skor$")).first.click()
    expect(page.get_by_text("Rumus:")).to_be_visible()
    looked_at(page)
    page.locator("select[name=bagian]").select_option("komitmen-01")
    page.get_by_role("button", name="Buat pratinjau").click()
    expect(page.locator("#lembar-pratinjau iframe")).to_be_attached(timeout=PATIENCE)
    assert (played.root / "outputs" / "pratinjau" / f"{played.edition}-komitmen-01.pdf").is_file()

    # Terbit: released with its sheet, and listed.
    go(page, "Terbit")
    looked_at(page)
    page.get_by_label("Diterbitkan oleh").fill("Siti Contoh")
    page.get_by_role("button", name="Terbitkan").click()
    expect(page.get_by_text("Selesai dalam")).to_be_visible(timeout=PATIENCE)
    go(page, "Terbit")
    expect(page.get_by_role("heading", name="Terbitan 1.0")).to_be_visible()
    expect(page.get_by_role("link", name="lembar-persetujuan.pdf")).to_be_visible()
    looked_at(page)
    assert (played.root / "releases" / played.edition / "1.0" / "publik" / "laporan.pdf").is_file()

    go(page, "Bantuan")
    looked_at(page)


def test_the_pages_are_walked_by_keyboard_alone(page: Page, played: Played) -> None:
    go(page, "Edisi")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lompat"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("(document.activeElement.textContent || document.activeElement.name || '').trim()"))
        if seen[-1] == "Susun dan laporan":
            break
    assert seen[-1] == "Susun dan laporan"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/susun/"))
    assert page.evaluate("getComputedStyle(document.querySelector(':focus-visible') || document.body).outlineStyle")


def test_another_site_cannot_frame_or_ask_it(page: Page, browser: Browser) -> None:
    base = page.url.split("/susun")[0].split("/bantuan")[0]
    other = browser.new_context().new_page()
    errors: list[str] = []
    other.on("console", lambda message: errors.append(message.text))
    other.goto("data:text/html,<p>lain")
    other.set_content(
        f'<iframe src="{base}/"></iframe><form method=post action="{base}/selesai"><button>x</button></form>'
    )
    other.wait_for_timeout(500)
    other.get_by_role("button").click()
    expect(other.get_by_text("Ditolak")).to_be_visible()
    other.close()
    page.reload()
    expect(page.locator("main#isi")).to_be_visible()


def test_the_button_ends_it(page: Page, address: tuple[str, subprocess.Popen[str]], played: Played) -> None:
    page.get_by_role("button", name="Selesai dan tutup").click()
    expect(page.get_by_role("heading", name="Halaman monev sudah selesai")).to_be_visible()
    assert address[1].wait(60) == 0
    assert list((played.root / ".monev" / "halaman").iterdir()) == []
