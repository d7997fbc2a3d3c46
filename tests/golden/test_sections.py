"""Golden sections: the Markdown of some slots, byte for byte. A missing golden file fails.

After a change that is meant: `./monev test tests/golden --renew-golden`, then read the difference before committing it.
"""

from pathlib import Path

import pytest

from monev.display.section_output import SECTION_TYPE
from monev.io.folders import REPOSITORY
from monev.notebook import Laporan, load_edition

GOLDEN = Path(__file__).parent / "sections"
SECTIONS = (
    "sekilas",
    "ringkasan_umum",
    "ringkasan_administratif",
    "ringkasan_kokreasi",
    "skala_administratif",
    "skala_kokreasi",
    "dasar_aturan",
    "sorotan",
    "catatan_umum",
    "catatan_sumber",
    "daftar_komitmen",
    "singkatan",
    "deskripsi",
    "kelengkapan",
    "belum_selesai",
    "perubahan",
    "peta_capaian",
    "kuadran",
    "skor_pelaksana",
    "rapor",
    "audit",
    "rekonsiliasi",
)


@pytest.fixture(scope="module")
def laporan() -> Laporan:
    return load_edition("2021-S2", REPOSITORY)


def compare(name: str, made: str, renew: bool) -> None:
    path = GOLDEN / f"{name}.md"
    if renew:
        path.parent.mkdir(exist_ok=True)
        path.write_text(made, "utf-8", newline="\n")
    assert path.is_file(), f"golden file {path.name} is missing; make it with --renew-golden"
    assert made == path.read_text("utf-8")


@pytest.mark.parametrize("name", SECTIONS)
def test_section(laporan: Laporan, name: str, request: pytest.FixtureRequest) -> None:
    bundle = getattr(laporan, name)()._repr_mimebundle_()
    compare(name, bundle[SECTION_TYPE]["markdown"], request.config.getoption("--renew-golden"))


@pytest.mark.parametrize("number", [4, 7])
def test_appendix(laporan: Laporan, number: int, request: pytest.FixtureRequest) -> None:
    bundle = laporan.lampiran(number)._repr_mimebundle_()
    compare(f"lampiran-{number:02d}", bundle[SECTION_TYPE]["markdown"], request.config.getoption("--renew-golden"))


def test_no_golden_file_is_left_over() -> None:
    wanted = {*SECTIONS, "lampiran-04", "lampiran-07"}
    assert {path.stem for path in GOLDEN.glob("*.md")} == wanted
