"""Indonesian phrases that the report makes from data: enumerations, coverage, references to periods. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from monev.display.document import Inline, Inlines, Label, Link, Num, Tone
from monev.figures.register import NOT_ASSESSED, Register
from monev.model.fields import ADMINISTRATIVE, COCREATIVE
from monev.model.params import Edition, Period

UNSTATED = "tidak dinyatakan"
"""What is printed where the workbook does not say whether evidence was submitted."""

GROUP_NAMES = {"K/L": "Kementerian/Lembaga", "OMS": "Organisasi Masyarakat Sipil"}

MEANINGS = {
    (ADMINISTRATIVE, "baik"): "target dilaksanakan dengan baik",
    (ADMINISTRATIVE, "sedang"): "sebagian target masih harus dituntaskan",
    (ADMINISTRATIVE, "buruk"): "sebagian besar target belum tercapai",
    (ADMINISTRATIVE, "netral"): "pelaksanaannya belum dapat diukur",
    (COCREATIVE, "baik"): "pemerintah dan masyarakat sipil bekerja bersama",
    (COCREATIVE, "sedang"): "kerja sama berjalan, tetapi belum penuh",
    (COCREATIVE, "buruk"): "kerja sama belum terjadi",
    (COCREATIVE, "netral"): "prosesnya tidak dinilai pada periode ini",
}


def enumerate_words(words: Sequence[str]) -> str:
    """`a`, `a dan b`, `a, b, dan c`."""
    if len(words) < 3:
        return " dan ".join(words)
    return ", ".join(words[:-1]) + f", dan {words[-1]}"


def enumerate_inlines(items: Sequence[Inlines]) -> Inlines:
    """Enumerate runs of inlines as `enumerate_words` does."""
    made: list[Inline] = []
    for n, item in enumerate(items):
        if n:
            last = n == len(items) - 1
            made.append(" dan " if last and len(items) == 2 else ", dan " if last else ", ")
        made += item
    return tuple(made)


def coverage(periods: Sequence[Period]) -> str:
    """Name the periods that an edition reports: `Semester I dan II Tahun 2021`."""
    parts = []
    for year, group in groupby(periods, key=lambda period: period.tahun):
        labels = [period.label for period in group]
        parts.append(f"{_short_labels(labels)} Tahun {year}")
    return enumerate_words(parts)


def _short_labels(labels: Sequence[str]) -> str:
    first = labels[0].split(" ")[0] + " "
    if len(labels) > 1 and all(label.startswith(first) and label != first for label in labels):
        return first + enumerate_words([label.removeprefix(first) for label in labels])
    return enumerate_words(labels)


def period_name(period: Period) -> str:
    """`Semester II (B12)`."""
    return f"{period.label} ({period.kode})"


def accumulated(periods: Sequence[Period]) -> str:
    """Head the column over all periods: `Akumulasi 2021`."""
    return "Akumulasi " + "–".join(str(year) for year in sorted({period.tahun for period in periods}))


def commitment_link(number: int) -> Link:
    """Return a commitment's number as a link to its appendix."""
    return Link(str(number), f"sec-komitmen-{number:02d}")


def named_commitments(numbers: Sequence[int]) -> Inlines:
    """`Komitmen 1, 7, dan 15`, each number a link to its appendix."""
    return ("Komitmen ", *enumerate_inlines([(commitment_link(number),) for number in numbers]))


def source_line(edition: Edition) -> Inlines:
    """Return the line under a chart or table that says where it comes from."""
    return (f"Sumber: monitoring dan evaluasi {edition.nama.rencana} {coverage(edition.periode)}, diolah.",)


def tone(category: str, dimension: str, edition: Edition) -> Tone:
    """Tell how good a category is: best `baik`, worst `buruk`, between them `sedang`, off the scale `netral`.

    A scale of many categories is divided by thirds: of five, the upper two are `baik` and the lower two `buruk`.
    """
    rules = edition.penilaian
    scale: Sequence[str]
    if dimension == ADMINISTRATIVE:
        scale = [band.nama for band in rules.kategori]
    else:
        scale = [threshold.nama for threshold in rules.kokreasi.kategori]
    if category not in scale:
        return "netral"
    place, last = scale.index(category), len(scale) - 1
    return "baik" if 3 * place < last or place == 0 else "buruk" if 3 * place > 2 * last else "sedang"


def label(category: str, dimension: str, edition: Edition) -> Label:
    """Return a category as a label; an empty one says that nothing was assessed."""
    return Label(category or NOT_ASSESSED, tone(category, dimension, edition))


def given_evidence(register: Register, base: str) -> Inlines:
    """`6 dari 14 (43%)`: targets with evidence among those of which it is stated; `tidak dinyatakan` if of none."""
    stated = register[f"{base}.data-dukung.dinyatakan"]
    if not stated.value:
        return (UNSTATED,)
    count, share = register[f"{base}.data-dukung"], register[f"{base}.data-dukung.persen"]
    return (Num(count), " dari ", Num(stated), " (", Num(share), ")")


def texts(edition: Edition) -> dict[str, str]:
    """Return the texts that hand-written prose may ask for by key."""
    names = edition.nama
    return {
        "judul": edition.judul,
        "edisi": edition.edisi,
        "keterangan": edition.keterangan,
        "cakupan": coverage(edition.periode),
        "rencana": names.rencana,
        "program": names.program,
        "singkatan": names.singkatan,
        "sekretariat": names.sekretariat,
        "kanal-kl": names.kanal_kl,
        "kanal-oms": names.kanal_oms,
        "satuan-periode": names.satuan_periode,
        "tema": names.tema,
        "tema-latar": names.tema_latar,
        "isu": enumerate_words(names.isu),
        "prinsip-lanjut": names.prinsip_lanjut,
        "periode-daftar": enumerate_words([period_name(period) for period in edition.periode]),
        "periode-kini": period_name(edition.current),
    }


def present(edition: Edition) -> dict[str, bool]:
    """Return which conditional parts of the hand-written prose have what they need."""
    said = edition.pernyataan
    return {
        "pernyataan-rencana": said.rencana_pertama_tahun is not None and said.rencana_ke is not None,
        "pernyataan-aktif": said.kl_aktif is not None and said.oms_aktif is not None,
        "pernyataan-jumlah": None not in (said.jumlah_kl, said.jumlah_oms, said.jumlah_target),
        "prinsip-lanjut": bool(edition.nama.prinsip_lanjut),
        "tema": bool(edition.nama.tema),
        "isu": bool(edition.nama.isu),
        "rata-rata-target": edition.penilaian.agregasi == "rata-rata target",
        "rata-rata-periode": edition.penilaian.agregasi == "rata-rata periode",
        "kokreasi-terakhir": edition.penilaian.kokreasi.periode == "terakhir",
        "kokreasi-semua": edition.penilaian.kokreasi.periode == "semua",
    }
