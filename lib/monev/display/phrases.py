"""Indonesian phrases that the report makes from data: enumerations, coverage, references to periods. Pure."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from monev.display.document import Break, Cell, Inline, Inlines, Label, Link, Num, Tone
from monev.figures.register import NOT_ASSESSED, ORDINALS, Register
from monev.figures.results import Outcome, Results
from monev.model.contents import EVERYTHING, PARTS
from monev.model.fields import ADMINISTRATIVE, COCREATIVE, DIMENSIONS
from monev.model.imprint import Release
from monev.model.number_formats import MONTHS
from monev.model.params import Edition, Period
from monev.rules.tidy import Measure, Target, Unreported

_NAMED_PERIODS = 2  # of more the scope of a figure is told by codes
UNSTATED = "tidak dinyatakan"
"""What is printed where the workbook does not say whether evidence was submitted."""

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


NUMBERS = ("tidak ada", "satu", "dua", "tiga", "empat", "lima", "enam")
_TOGETHER = {"baik": "para pelaksana bekerja bersama"}


def meaning_of(category: str, edition: Edition) -> str:
    """Return what a category of co-creation means; who works together depends on the groups."""
    found = tone(category, COCREATIVE, edition)
    return (not edition.has_usual_groups and _TOGETHER.get(found)) or MEANINGS[COCREATIVE, found]


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


def scope(periods: Sequence[Period]) -> str:
    """Say of which periods a figure is, in few words: `Semester II 2021`, `Semester I dan II 2021`, `B06–B24`."""
    if len(periods) > _NAMED_PERIODS:
        return f"{periods[0].kode}–{periods[-1].kode}"
    return coverage(periods).replace(" Tahun ", " ")


def full_title(edition: Edition) -> str:
    """Return the title with the periods of the edition, where it does not name them itself."""
    last = edition.current
    named = (re.search(rf"(?<!\w){re.escape(words)}(?!\w)", edition.judul) for words in (last.label, str(last.tahun)))
    return edition.judul if all(named) else f"{edition.judul}, {coverage(edition.periode)}"


def day(date: datetime.date) -> str:
    """`31 Desember 2021`."""
    return f"{date.day} {MONTHS['id'][date.month - 1]} {date.year}"


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


_BEFORE = {"commitment": "Komitmen ", "measure": "UK ", "period": ""}


def named_rows(rows: Sequence[Measure | Target | Unreported], *columns: str) -> Inlines:
    """Return rows of workbooks by their actor and, in brackets, the columns that tell them apart; each as its cell."""
    return enumerate_inlines([(*_name(row, columns),) for row in rows])


def _name(row: Measure | Target | Unreported, columns: Sequence[str]) -> Iterator[Inline]:
    yield Cell(row.actor, row.place.cell("actor"))
    for number, column in enumerate(columns):
        yield f"{', ' if number else ' ('}{_BEFORE[column]}"
        yield Cell(str(getattr(row, column)), row.place.cell(column))
    yield ")"


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


def determined_words(outcome: Outcome) -> str:
    """` (ditetapkan; menurut hitungan Baik)` behind a category that was determined; empty behind any other."""
    if not outcome.determination:
        return ""
    return f" (ditetapkan; menurut hitungan {outcome.computed or NOT_ASSESSED})"


def category_label(outcome: Outcome, dimension: str, edition: Edition) -> Inlines:
    """Return a commitment's category as the whole report tells it, with what the rule gives where it was determined."""
    words = determined_words(outcome)
    return (label(outcome.category, dimension, edition), *((words,) if words else ()))


MARK = "*"
"""Behind a commitment's number or score whose place in a chart or table is not where its category would put it."""
_NOTED = 12  # determinations told under a chart


def is_determined(results: Results, number: int, dimensions: Sequence[str] = DIMENSIONS) -> bool:
    """Tell whether a category of a commitment was set in one of these dimensions to another than the rule gives."""
    outcomes = (results.commitment(number).outcome(dimension) for dimension in dimensions)
    return any(o.determination is not None and o.category != o.computed for o in outcomes)


def marked(results: Results, number: int, dimensions: Sequence[str] = DIMENSIONS) -> str:
    """Return the mark of a commitment with a determined category, else nothing."""
    return MARK if is_determined(results, number, dimensions) else ""


def mark_note(results: Results, lead: str, dimensions: Sequence[str] = DIMENSIONS) -> Inlines:
    """Explain the marks of a chart or table, each commitment with both categories; empty where nothing is marked."""
    told: list[Inlines] = []
    for dimension in dimensions:
        for result in results.commitments:
            number, outcome = result.commitment.commitment, result.outcome(dimension)
            if is_determined(results, number, (dimension,)):
                rule = f" (menurut hitungan {outcome.computed or NOT_ASSESSED})"
                told.append((*named_commitments([number]), f" {outcome.category}{rule}"))
    if not told:
        return ()
    lead = f"{MARK} {lead} kategorinya ditetapkan"
    named = (": ", *enumerate_inlines(told)) if len(told) <= _NOTED else ()
    return (lead, *named, ".", Break())


def given_evidence(register: Register, base: str) -> Inlines:
    """`6 dari 14 (43%)`: targets with evidence among those of which it is stated; `tidak dinyatakan` if of none."""
    stated = register[f"{base}.data-dukung.dinyatakan"]
    if not stated.value:
        return (UNSTATED,)
    count, share = register[f"{base}.data-dukung"], register[f"{base}.data-dukung.persen"]
    return (Num(count), " dari ", Num(stated), " (", Num(share), ")")


def _title_of(part: str, edition: Edition) -> str:
    return next((own.title for own in edition.contents if own.name == part and not own.is_own), "")


_TEXT_KEYS: Mapping[str, str] = {
    "judul": "judul",
    "judul-lengkap": "judul",
    "edisi": "edisi",
    "keterangan": "keterangan",
    "rencana": "nama!rencana",
    "rencana-lengkap": "nama!rencana_lengkap",
    "program": "nama!program",
    "singkatan": "nama!singkatan",
    "sekretariat": "nama!sekretariat",
    "kanal-kl": "nama!kanal_kl",
    "kanal-oms": "nama!kanal_oms",
    "satuan-periode": "nama!satuan_periode",
    "tema": "nama!tema",
    "tema-latar": "nama!tema_latar",
    "isu": "nama!isu",
    "prinsip-lanjut": "nama!prinsip_lanjut",
    **dict.fromkeys(
        ("cakupan", "subjudul", "lingkup", "lingkup-kini", "sampai", "periode-daftar", "periode-kini"), "periode"
    ),
}


def text_key(name: str, edition: Edition) -> str:
    """Return the key of the params that gives a text, as a source names it: `nama!rencana`; groups give the rest.

    `nama-ringkasan`, the name of a part, is the title that the params set for it; empty where they set none, since the
    report then calls it by its own words.
    """
    if name.startswith("nama-"):
        return "bagian" if _title_of(name.removeprefix("nama-"), edition) else ""
    return _TEXT_KEYS.get(name, "kelompok")


def texts(edition: Edition) -> dict[str, str]:
    """Return the texts that hand-written prose may ask for by key."""
    names = edition.nama
    return {
        "judul": edition.judul,
        "edisi": edition.edisi,
        "keterangan": edition.keterangan,
        "judul-lengkap": full_title(edition),
        "cakupan": coverage(edition.periode),
        "lingkup": scope(edition.periode),
        "lingkup-kini": scope([edition.current]),
        "sampai": day(edition.current.last_day),
        "rencana": names.rencana,
        "rencana-lengkap": names.rencana_lengkap or names.rencana,
        "program": names.program,
        "singkatan": names.singkatan,
        "sekretariat": names.sekretariat,
        **_of_groups(edition),
        "nama-ringkasan": next((p.title for p in edition.contents if p.name == "ringkasan"), "")
        or "ringkasan eksekutif",
        "satuan-periode": names.satuan_periode,
        "tema": names.tema,
        "tema-latar": names.tema_latar,
        "isu": enumerate_words(names.isu),
        "prinsip-lanjut": names.prinsip_lanjut,
        "periode-daftar": enumerate_words([period_name(period) for period in edition.periode]),
        "periode-kini": period_name(edition.current),
    }


def published_on(edition: Edition, release: Release | None) -> datetime.date | None:
    """Return the day of publication: as the params say, else that of the release; None for a draft without one."""
    return edition.terbitan.tanggal or (release.tanggal if release else None)


def publication_texts(edition: Edition, release: Release | None, fingerprint: str) -> dict[str, str]:
    """Return the texts of a publication: `draf` or `versi`, what the cover says of it, its title as a document."""
    said, date = edition.terbitan, published_on(edition, release)
    title = full_title(edition)
    draft = "" if release else f"DRAF {fingerprint}"
    dated = ", ".join(part for part in (said.kota, day(date) if date else "") if part)
    named = (
        f"Versi {release.versi}" if release else "",
        f"Nomor {said.nomor}" if said.nomor else "",
        dated,
        f"ISBN {_isbn(said.isbn)}" if said.isbn else "",
    )
    told = {
        "draf": draft,
        "versi": f"Versi {release.versi}" if release else "",
        "terbit-pada": day(date) if date else "",
        "terbitan": " · ".join(part for part in named if part),
        "nomor": said.nomor or "",
        "isbn": _isbn(said.isbn) if said.isbn else "",
        "lisensi": said.lisensi or "",
        "tanggal-terbit": date.isoformat() if date else "",
        "judul-dokumen": f"{title} ({draft})" if draft else title,
    }
    return {key: text for key, text in told.items() if text}


def _isbn(text: str) -> str:
    """Return an ISBN without the word before it."""
    return re.sub(r"^ISBN[:\s]*", "", text.strip(), flags=re.IGNORECASE)


_USUAL_PARTIES = "Pemerintah dan organisasi masyarakat sipil"


def _of_groups(edition: Edition) -> dict[str, str]:
    """Return what prose says of the groups: of ministries and civil society in other words than of any others."""
    groups, usual = edition.groups, edition.has_usual_groups
    short = enumerate_words(groups)
    return {
        "kelompok": short,
        "kelompok-lengkap": enumerate_words([g.full if g == g.full else f"{g.full} ({g})" for g in groups]),
        "para-pihak": _USUAL_PARTIES if usual else enumerate_words([g.in_sentences for g in groups]),
        "pihak-penyusun": "Pemerintah bersama OMS" if usual else f"bersama oleh {short}",
        "pihak-bekerja-sama": "Pemerintah dan OMS" if usual else short,
        "ke-sekian-pihak": f"{ORDINALS[len(groups)]} pihak",
        "sekian-kanal": f"{NUMBERS[sum(1 for group in groups if group.channel)]} kanal",
        **{f"kanal-{group.id}": group.channel for group in groups if group.channel},
    }


def left_out(edition: Edition) -> dict[str, bool]:
    """Return that sections are not there which have something to say, and of which the report has no part."""
    return {name: False for name in PARTS if name != "rapor" and not edition.shows(name)}


def present(edition: Edition) -> dict[str, bool]:
    """Return which conditional parts of the hand-written prose have what they need."""
    said = edition.pernyataan
    return {
        "pernyataan-rencana": said.rencana_pertama_tahun is not None and said.rencana_ke is not None,
        "pernyataan-aktif": all(said.said("aktif", group) for group in edition.groups),
        "pernyataan-jumlah": said.jumlah_target is not None
        and all(said.said("jumlah", group) for group in edition.groups),
        "kanal": any(group.channel for group in edition.groups),
        "sebagian": edition.contents != EVERYTHING,
        **{f"bagian-{name}": edition.shows(name) for name in PARTS},
        "prinsip-lanjut": bool(edition.nama.prinsip_lanjut),
        "tema": bool(edition.nama.tema),
        "isu": bool(edition.nama.isu),
        "rata-rata-target": edition.penilaian.agregasi == "rata-rata target",
        "rata-rata-periode": edition.penilaian.agregasi == "rata-rata periode",
        "kokreasi-terakhir": edition.penilaian.kokreasi.periode == "terakhir",
        "kokreasi-semua": edition.penilaian.kokreasi.periode == "semua",
    }
