"""What a following edition takes over of the settings of forms: whom to ask, not until when."""

from __future__ import annotations

import pytest
import yaml

from monev.io.params_text import following_edition, following_text
from monev.model.params import Edition, Period

TEXT = """edisi: 2022-S3
judul: Laporan
rencana_aksi: inputs/2022-S3/rencana-aksi.xlsx
periode:
  - {{kode: B18, label: Semester III, tahun: 2022, inputs: inputs/2022-S3, masukan: kiriman}}
{forms}"""


@pytest.mark.parametrize(
    "forms",
    [
        "formulir: {tenggat: 2022-07-15, kontak: surel}\n",
        "formulir: {kontak: surel, tenggat: 2022-07-15}\n",
        "formulir:\n  tenggat: 2022-07-15   # hari kerja\n  kontak: surel\n",
        "formulir:\n  kontak: surel\n  tenggat: 2022-07-15\n",
        "formulir:\n  tenggat: 2022-07-15\n",
        "formulir: {tenggat: 2022-07-15}\n",
    ],
)
def test_the_day_is_not_taken_over(forms: str) -> None:
    text = TEXT.format(forms=forms)
    source = Edition.model_validate(yaml.safe_load(text))
    period = Period(kode="B24", label="Semester IV", tahun=2022, inputs="inputs/2022-S4", masukan="kiriman")
    edition = following_edition(source, "2022-S4", "Laporan", period, "inputs/2022-S4/rencana-aksi.xlsx")
    made = Edition.model_validate(yaml.safe_load(following_text(text, "2022-S3", edition)))
    assert made.formulir.tenggat is None
    assert made.formulir.kontak == source.formulir.kontak
    assert made.current.masukan == "kiriman"
