"""The HTML report in a browser: search, filter, sort, follow links, ask where a figure comes from, print, by keyboard.

What is expected is counted from `data/*` of the same build, not from the page.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import parse_qs

import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from browser.conftest import Open
from plans import EDITION, MadePlan, make_plan
from support import render_here

Row = Mapping[str, str]


@pytest.fixture(scope="module")
def html(report: Path, browser: Browser) -> Path:
    return report / "laporan.html"


@pytest.fixture(scope="module")
def targets(report: Path) -> list[Row]:
    with (report / "data" / "target.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def figures(report: Path) -> dict[str, dict[str, object]]:
    rows = json.loads((report / "data" / "angka.json").read_text("utf-8"))
    return {row["id"]: row for row in rows}


def count(page: Page) -> str:
    return page.locator("#monev-cari-jumlah").inner_text()


def shown_targets(page: Page) -> list[str]:
    """Return the ids of the targets that the appendices show."""
    return page.eval_on_selector_all("tbody.target", "all => all.filter(t => t.checkVisibility()).map(t => t.id)")


def listed(page: Page) -> list[str]:
    """Return the ids that the list of results links to."""
    return page.eval_on_selector_all("#monev-cari-hasil tbody a", "all => all.map(a => a.hash.slice(1))")


def column(page: Page, table: str, place: int) -> list[str]:
    cells = page.locator(f"#{table} tbody tr td:nth-child({place})")
    return [text.strip() for text in cells.all_inner_texts()]


# The page itself ----------------------------------------------------------------------------------------------------


def test_the_page_works_from_disk_and_asks_for_nothing(html: Path, visit: Open) -> None:
    page, seen = visit(html)
    page.fill("#monev-cari-kata", "keterbukaan")
    expect(page.locator("#monev-cari-hasil")).to_be_visible()
    assert seen.asked == [html.as_uri()]
    assert seen.errors == []


def test_the_browser_itself_would_refuse_anything_from_elsewhere(html: Path, visit: Open) -> None:
    page, seen = visit(html)
    page.evaluate("() => { const i = new Image(); i.src = 'https://contoh.example/x.png'; document.body.append(i); }")
    page.wait_for_timeout(100)
    assert any("Content Security Policy" in error for error in seen.errors)


def test_the_file_stays_small(html: Path) -> None:
    assert html.stat().st_size < 3_000_000


def test_everything_can_be_read_without_the_script(html: Path, visit: Open, targets: list[Row]) -> None:
    page, _ = visit(html, script=False)
    expect(page.locator("#monev-cari")).to_be_hidden()
    expect(page.locator(".daftar-isi")).to_be_visible()
    assert page.locator("tbody.target").count() == len(targets)
    figure = page.locator("main p a.angka").first
    key = figure.get_attribute("data-key")
    figure.click()
    assert page.url.endswith(f"#angka.{key}")
    expect(page.locator(f"[id='angka.{key}']")).to_be_visible()


def test_identifiers_are_unique_and_links_lead_somewhere(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    page.click("#monev-asal-angka summary")
    expect(page.locator("#monev-asal-angka .asal").first).to_be_visible()
    ids, links = page.evaluate(
        "() => [[...document.querySelectorAll('[id]')].map(e => e.id),"
        " [...document.querySelectorAll('a[href]')].map(a => [a.getAttribute('href'), a.innerText.trim()])]"
    )
    assert len(ids) == len(set(ids)) > 300
    inside = {link for link, _ in links if link[0] == "#"}
    assert inside
    assert {link for link in inside if link[1:] not in ids} == set()
    outside = [(link, text) for link, text in links if link[0] != "#"]  # addresses that workbooks name, as they are
    assert len(outside) > 5
    assert {(link, text) for link, text in outside if link not in (text, f"http://{text}")} == set()


# Search and filters -------------------------------------------------------------------------------------------------

FILTERS: list[tuple[dict[str, str], Callable[[Row], bool]]] = [
    ({"komitmen": "7"}, lambda row: row["komitmen"] == "7"),
    ({"kelompok": "OMS"}, lambda row: row["kelompok"] == "OMS"),
    ({"periode": "B12", "kategori": "Kurang"}, lambda row: (row["periode"], row["kategori"]) == ("B12", "Kurang")),
    ({"status": "Pasif", "kelompok": "K/L"}, lambda row: (row["kokreasi"], row["kelompok"]) == ("Pasif", "K/L")),
    ({"kategori": "Tidak ada target"}, lambda row: row["status_nilai"] == "tidak ada target"),
]


@pytest.mark.parametrize(("wish", "fits"), FILTERS)
def test_filters_give_what_the_data_hold(
    html: Path, visit: Open, targets: list[Row], wish: dict[str, str], fits: Callable[[Row], bool]
) -> None:
    page, _ = visit(html)
    for name, value in wish.items():
        page.select_option(f"#monev-cari-{name}", value)
    wanted = sum(fits(row) for row in targets)
    assert 0 < wanted < len(targets)
    expect(page.locator("#monev-cari-jumlah")).to_have_text(f"{wanted} dari {len(targets)} target cocok.")
    assert len(shown_targets(page)) == wanted
    more = page.locator("#monev-cari-semua")
    if more.is_visible():
        more.click()
    assert sorted(listed(page)) == sorted(shown_targets(page))


def test_an_actor_is_found_by_name_and_by_filter(html: Path, visit: Open, targets: list[Row]) -> None:
    page, _ = visit(html)
    page.select_option("#monev-cari-pelaksana", "KIP")
    own = sum(row["pelaksana"] == "KIP" for row in targets)
    expect(page.locator("#monev-cari-jumlah")).to_have_text(f"{own} dari {len(targets)} target cocok.")
    by_filter = set(shown_targets(page))
    page.click("text=Hapus saringan")
    page.fill("#monev-cari-kata", "KOMISI informasi pusat")
    expect(page.locator("#monev-cari-jumlah")).to_contain_text("cocok")
    assert by_filter <= set(shown_targets(page))
    page.fill("#monev-cari-kata", "tidak-mungkin-ada")
    expect(page.locator("#monev-cari-jumlah")).to_contain_text("Tidak ada target yang cocok")
    assert shown_targets(page) == []
    page.click("#monev-tersaring button")
    assert len(shown_targets(page)) == len(targets)


def test_words_are_searched_in_cells_not_in_labels(html: Path, visit: Open, targets: list[Row]) -> None:
    page, _ = visit(html)
    page.fill("#monev-cari-kata", "data dukung")
    expect(page.locator("#monev-cari-jumlah")).to_contain_text("cocok")
    assert len(shown_targets(page)) < len(targets) / 2
    assert page.evaluate("() => CSS.highlights.get('monev-kata').size") > 0
    marked = "getComputedStyle(document.querySelector('.sel'), '::highlight(monev-kata)').backgroundColor"
    assert page.evaluate(marked) != "rgba(0, 0, 0, 0)"


def test_headings_without_targets_left_are_hidden(html: Path, visit: Open) -> None:
    page, _ = visit(html, "#?komitmen=7&periode=B12")
    expect(page.locator("#komitmen-07")).to_be_visible()
    assert page.locator(".lampiran-komitmen:visible").count() == 1
    empty = page.eval_on_selector_all(
        "#komitmen-07 section",
        "all => all.filter(s => s.checkVisibility() && s.querySelector('tbody.target') &&"
        " ![...s.querySelectorAll('tbody.target')].some(t => t.checkVisibility())).length",
    )
    assert empty == 0


def test_the_address_keeps_the_state_and_restores_it(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    page.select_option("#monev-cari-kelompok", "K/L")
    page.fill("#monev-cari-kata", "pengaduan")
    page.wait_for_url("**#?*kata*")
    page.uncheck("[name=lampiran]")
    page.wait_for_url("**lampiran=semua*")
    state = parse_qs(page.url.partition("#?")[2])
    assert state == {"kata": ["pengaduan"], "kelompok": ["K/L"], "lampiran": ["semua"]}
    told = count(page)
    again, _ = visit(html, "#?" + page.url.partition("#?")[2])
    expect(again.locator("#monev-cari-jumlah")).to_have_text(told)
    assert again.input_value("#monev-cari-kata") == "pengaduan"
    assert not again.is_checked("[name=lampiran]")
    again.click("text=Hapus saringan")
    expect(again.locator("#monev-cari-hasil")).to_be_hidden()
    assert "#" not in again.url


@pytest.mark.parametrize("place", ["#?komitmen=999&periode=X", "#?%E0%A4%A", "#%E0%A4%A", "#?kata=%3Cimg%20src=x%3E"])
def test_a_strange_address_does_no_harm(html: Path, visit: Open, place: str) -> None:
    page, seen = visit(html, place)
    expect(page.locator("#monev-cari-jumlah")).to_contain_text("target")
    assert seen.errors == []
    assert page.locator("img[src=x]").count() == 0


def test_a_result_leads_to_its_target_and_back(html: Path, visit: Open) -> None:
    page, _ = visit(html, "#?pelaksana=KIP")
    first = page.locator("#monev-cari-hasil tbody a").first
    id_ = listed(page)[0]
    first.click()
    expect(page.locator(f"[id='{id_}']")).to_be_in_viewport()
    assert page.url.endswith(f"#{id_}")
    page.go_back()
    assert page.url.endswith("#?pelaksana=KIP")
    assert listed(page)[0] == id_


def test_a_deep_link_opens_at_its_target_even_when_filtered_away(html: Path, visit: Open, targets: list[Row]) -> None:
    page, _ = visit(html, "#target.07-1-mahkamah-agung-b06-1")
    expect(page.locator("[id='target.07-1-mahkamah-agung-b06-1']")).to_be_in_viewport()
    page.select_option("#monev-cari-komitmen", "1")
    expect(page.locator("#komitmen-07")).to_be_hidden()
    page.evaluate("() => { location.hash = '#target.07-1-mahkamah-agung-b06-1'; }")
    expect(page.locator("[id='target.07-1-mahkamah-agung-b06-1']")).to_be_in_viewport()
    assert len(shown_targets(page)) == len(targets)


def test_the_link_of_a_target_can_be_copied(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    link = page.locator("[id='target.01-1-kip-b06-1'] .tautan")
    assert "Target B06" in (link.get_attribute("aria-label") or "")
    link.click()
    expect(page.locator("#monev-kabar")).to_have_text("Tautan disalin.")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{html.as_uri()}#target.01-1-kip-b06-1"


# Tables -------------------------------------------------------------------------------------------------------------


def numbers(texts: list[str]) -> list[float]:
    return [float(re.match(r"[\d.,]+", t)[0].replace(".", "").replace(",", ".")) for t in texts]  # type: ignore[index]


def test_a_table_is_sorted_by_number_and_back(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    table, place = "tbl-administratif-baik", 3
    before = column(page, table, place)
    assert any("," in text for text in before)
    assert numbers(before) != sorted(numbers(before))
    head = page.locator(f"#{table} th").nth(place - 1)
    button = head.locator("button")
    button.click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    assert numbers(column(page, table, place)) == sorted(numbers(before))
    assert column(page, table, place) != sorted(before), "sorted as text"
    button.press("Enter")
    expect(head).to_have_attribute("aria-sort", "descending")
    assert numbers(column(page, table, place)) == sorted(numbers(before), reverse=True)
    button.press("Space")
    assert head.get_attribute("aria-sort") is None
    assert column(page, table, place) == before
    expect(page.locator("#monev-kabar")).to_contain_text("urutan semula")


def test_changes_are_sorted_by_their_sign_not_by_their_label(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    table = page.locator("figure:has(th:has-text('Perubahan'))").first
    place = [text.strip() for text in table.locator("th").all_inner_texts()].index("Perubahan (poin persen)")
    table.locator("th button").nth(place).click()
    told = [cell.split()[-1] for cell in table.locator(f"tbody tr td:nth-child({place + 1})").all_inner_texts()]
    changes = [float(text.replace("\u2212", "-").replace(",", ".")) for text in told]
    assert changes == sorted(changes)
    assert changes[0] < 0 < changes[-1]


def test_sorting_is_stable_and_totals_stay_last(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    table = "tbl-kelengkapan-pelaksana"
    names = column(page, table, 1)
    page.locator(f"#{table} th button").nth(1).click()
    groups = column(page, table, 2)
    assert groups == sorted(groups)
    for group in set(groups):
        own = [name for name, each in zip(column(page, table, 1), groups, strict=True) if each == group]
        assert own == [name for name in names if name in own]
    page.locator("#tbl-kl th button").nth(1).click()
    assert column(page, "tbl-kl", 1)[-1] == "Total"
    page.locator("#tbl-kl th button").nth(1).click()
    assert column(page, "tbl-kl", 1)[-1] == "Total"


# Figures ------------------------------------------------------------------------------------------------------------


def test_every_printed_figure_has_an_explanation(
    html: Path, visit: Open, figures: dict[str, dict[str, object]]
) -> None:
    page, _ = visit(html)
    keys = page.eval_on_selector_all(".angka", "all => all.map(a => [a.dataset.key, a.getAttribute('href')])")
    assert len(keys) > 500
    assert all(href == f"#angka.{key}" for key, href in keys)
    page.click("#monev-asal-angka summary")
    expect(page.locator("#monev-asal-angka .asal").first).to_be_visible()
    entries = page.eval_on_selector_all("#monev-asal-angka .asal", "all => all.map(e => e.id)")
    assert {f"angka.{key}" for key in figures} == set(entries)
    assert {key for key, _ in keys} <= set(figures)


def test_a_figure_tells_its_formula_and_cells(html: Path, visit: Open, figures: dict[str, dict[str, object]]) -> None:
    page, _ = visit(html)
    figure = page.locator("a.angka[data-key='komitmen.01.skor']").first
    figure.click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    told, row = dialog.inner_text(), figures["komitmen.01.skor"]
    assert str(row["cetak"]) in told
    assert str(row["rumus"]) in told
    sources = [str(source) for source in row["sumber"]]  # type: ignore[attr-defined]
    assert all(source.split("!")[0] in told for source in sources)
    assert str(row["aturan"][0]) in told  # type: ignore[index]
    dialog.get_by_role("link", name="komitmen.01.periode.b06.skor").click()
    half = dialog.inner_text()
    dialog.get_by_role("link", name="target.01-1-kip-b06-1").click()
    cell = str(figures["target.01-1-kip-b06-1"]["sumber"][0]).split("!")  # type: ignore[index]
    assert f"{cell[0]}, lembar {cell[1]}: {cell[2]}" in dialog.inner_text()
    dialog.get_by_role("button", name="Angka sebelumnya").click()
    assert dialog.inner_text() == half
    dialog.get_by_role("button", name="Angka sebelumnya").click()
    assert dialog.inner_text() == told
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(figure).to_be_focused()


def test_an_explanation_has_an_address(html: Path, visit: Open) -> None:
    page, _ = visit(html, "#angka.komitmen.07.skor")
    expect(page.get_by_role("dialog")).to_contain_text("komitmen.07.skor")


# Contents, keyboard, paper ------------------------------------------------------------------------------------------


def test_the_contents_follow_the_reader(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    assert page.locator(".daftar-isi li").count() == page.locator(".daftar-isi li > a").count() > 40
    here = page.locator(".daftar-isi a[aria-current]")
    for id_ in ("sec-komitmen-07", "sec-komitmen-12"):
        page.evaluate("id => document.getElementById(id).scrollIntoView()", id_)
        expect(here).to_have_attribute("href", f"#{id_}")
        expect(here).to_be_in_viewport()
    assert here.count() == 1


def test_the_contents_fold_on_a_phone(html: Path, visit: Open) -> None:
    page, _ = visit(html, width=390)
    link = page.locator(".daftar-isi a[href='#sec-komitmen-07']")
    expect(link).to_be_hidden()
    page.click(".daftar-isi summary")
    link.click()
    expect(link).to_be_hidden()
    expect(page.locator("#sec-komitmen-07 > h2")).to_be_in_viewport()
    page.click("a.ke-cari")
    expect(page.locator("#monev-cari-kata")).to_be_focused()
    expect(page.locator("#monev-cari-kata")).to_be_in_viewport()


def focused(page: Page) -> str:
    return str(page.evaluate("() => document.activeElement.id || document.activeElement.className"))


def test_the_whole_way_by_keyboard(html: Path, visit: Open) -> None:
    page, _ = visit(html)
    page.keyboard.press("Tab")
    assert focused(page) == "lompat"
    page.keyboard.press("Tab")
    assert focused(page) == "monev-cari-kata"
    page.keyboard.type("LAPOR")
    for _ in range(2):
        page.keyboard.press("Tab")
    assert focused(page) == "monev-cari-komitmen"
    page.keyboard.type("2.")
    expect(page.locator("#monev-cari-jumlah")).to_contain_text("cocok")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('#monev-cari-hasil tbody a')"):
            break
    page.keyboard.press("Enter")
    assert re.search(r"#target\.02-", page.url)
    expect(page.locator("tbody.target:focus")).to_be_in_viewport()
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('a.angka')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("target.02-")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_nothing_is_wider_than_the_window(html: Path, visit: Open, width: int) -> None:
    page, _ = visit(html, "#?kata=data", width=width)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 390])
def test_no_chart_is_cut_on_a_phone(html: Path, visit: Open, width: int) -> None:
    page, _ = visit(html, width=width)
    charts = page.locator("span.gulir")
    assert charts.count() >= 9
    for chart in charts.all():
        chart.scroll_into_view_if_needed()
        assert chart.evaluate("e => e.scrollWidth <= e.clientWidth")
        picture, points = chart.locator("img"), "e => e.clientWidth / e.naturalWidth"
        assert picture.evaluate(points) >= width / 390  # as large as it was drawn


def printed(page: Page, tmp_path: Path) -> str:
    path = tmp_path / "cetak.pdf"
    path.write_bytes(page.pdf(format="A4"))
    document = pypdfium2.PdfDocument(path)
    text = " ".join(sheet.get_textpage().get_text_range() for sheet in document)
    document.close()
    return " ".join(text.split())


def test_paper_gets_the_report_and_not_the_tools(html: Path, visit: Open, tmp_path: Path) -> None:
    page, _ = visit(html)
    text = printed(page, tmp_path)
    assert "Ringkasan Eksekutif" in text
    assert all(f"Komitmen {n}: " in text for n in range(1, 19))
    for tool in ("Cari Target", "Hapus saringan", "Daftar Isi", "Asal Setiap Angka", "Salin tautan", "\u2195"):
        assert tool not in text


def test_paper_says_that_it_was_filtered(html: Path, visit: Open, tmp_path: Path) -> None:
    page, _ = visit(html, "#?komitmen=7")
    text = printed(page, tmp_path)
    assert re.search(r"Lampiran disaring: \d+ dari \d+ target", text)
    assert "Ukuran Keberhasilan 1 " in text


# Accessibility ------------------------------------------------------------------------------------------------------

SERIOUS = ("serious", "critical")
ONE = MadePlan(commitments=1, periods=(("T1", "Semester I", 2030),), scores=(100, 62, 15.5, "N/A", "-"), targets={1: 3})


def violations(page: Page) -> list[str]:
    """Return the serious findings of axe."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found if v["impact"] in SERIOUS]


@pytest.fixture(scope="module")
def small(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report with everything once: axe looks at each element, which takes its time in a long one."""
    target = tmp_path_factory.mktemp("kecil")
    return render_here(make_plan(target / "akar", ONE), EDITION, target, pages=False) / "laporan.html"


def test_axe_finds_nothing_serious_on_a_screen(small: Path, visit: Open) -> None:
    page, _ = visit(small)
    page.locator("#tbl-kl th button").first.click()
    assert violations(page) == []
    page.fill("#monev-cari-kata", "target")
    expect(page.locator("#monev-cari-hasil")).to_be_visible()
    assert violations(page) == []
    page.locator("main p a.angka").first.click()
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_serious_on_a_phone(small: Path, visit: Open) -> None:
    page, _ = visit(small, "#?kata=tidak-mungkin-ada", width=390)
    page.click(".daftar-isi summary")
    assert violations(page) == []
    page.fill("#monev-cari-kata", "target")
    expect(page.locator("#monev-cari-hasil")).to_be_visible()
    assert violations(page) == []


def test_axe_finds_nothing_serious_in_the_list_of_figures(small: Path, visit: Open) -> None:
    page, _ = visit(small)
    page.locator("#monev-asal-angka summary").click()
    expect(page.locator("#monev-asal-angka .asal").first).to_be_visible()
    page.evaluate("() => document.querySelectorAll('main > section:not(#monev-asal-angka)').forEach(e => e.remove())")
    assert violations(page) == []
