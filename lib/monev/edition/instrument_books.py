"""The workbooks in which respondents answer an instrument: rows to fill, drop-down lists, explanations."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from monev.edition.prepared_books import Row, prepared_rows
from monev.io.instrument_files import AnswerFile
from monev.io.workbook_writer import Layout, write_book
from monev.model.fields import Book
from monev.model.instruments import TARGET, Instrument, answer_sheet, book_file
from monev.model.params import Edition
from monev.rules.instrument_checks import Subject, subjects
from monev.rules.tidy import Dataset


def instrument_book(instrument: Instrument, respondent: str) -> Book:
    """Return a respondent's workbook: one sheet."""
    sheet = answer_sheet(instrument)
    return Book(instrument.kode, book_file(instrument, respondent), (sheet,), sheet.about)


def write_answers(path: Path, data: Dataset, place: AnswerFile, edition: Edition) -> int:
    """Write a respondent's workbook with its rows to fill; return how many there are."""
    instrument, who = place.instrument, place.respondent
    rows = instrument_rows(data, instrument, who, edition)
    book, layout = instrument_book(instrument, who), instrument_layout(data, instrument, who, edition)
    write_book(path, book, {book.sheets[0].name: rows}, layout)
    return len(rows)


def instrument_rows(data: Dataset, instrument: Instrument, respondent: str, edition: Edition) -> list[Row]:
    """Return the rows that a respondent should answer in the current period: subject by subject, in their order."""
    names = [name for name in answer_sheet(instrument).key if name != "question"]
    return [
        {
            **dict(zip(names, subject, strict=True)),
            "question": question.kode,
            **({"subject_name": name} if names else {}),
            "part_name": part.nama,
            "text": "\n".join(text for text in (question.teks, question.penjelasan) if text),
        }
        for subject, name in _subjects(data, instrument, respondent, edition).items()
        for part in instrument.bagian
        for question in part.pertanyaan
    ]


def _subjects(data: Dataset, instrument: Instrument, respondent: str, edition: Edition) -> dict[Subject, str]:
    """Return what is asked about; targets of a period that nobody has filled yet are those prepared for it."""
    period = edition.current.kode
    found = subjects(instrument, respondent, period, data)
    if instrument.tentang != TARGET or found:
        return found
    groups = [group for group in edition.groups if respondent not in edition.groups or group == respondent]
    rows = (row for group in groups for row in prepared_rows(data, group, edition))
    keys = ("commitment", "measure", "actor", "period", "no")
    return {tuple(row[key] for key in keys): str(row["target"] or row["measure_text"]) for row in rows}  # type: ignore[misc]


def instrument_layout(data: Dataset, instrument: Instrument, respondent: str, edition: Edition) -> Layout:
    """Return what a respondent's workbook offers besides its rows."""
    sheet = answer_sheet(instrument)
    lists: dict[str, list[str | int]] = {
        "commitment": [c.commitment for c in data.commitments],
        "actor": [actor.actor for actor in data.actors],
        "period": [edition.current.kode],
        "subject": [subject.kode for subject in instrument.subjek],
        "question": [question.kode for question in instrument.questions],
        "answer": [level.nama for level in instrument.skala.tingkat],
    }
    names = {column.name for column in sheet.columns}
    return Layout(
        lists={name: values for name, values in lists.items() if name in names},
        optional=tuple(column.name for column in (*sheet.columns, *sheet.context)),
        locked=sheet.key,
        guide=tuple(_guide(instrument, respondent, edition)),
    )


def _guide(instrument: Instrument, respondent: str, edition: Edition) -> Iterator[str]:
    period = edition.current
    who = respondent[:1].upper() + respondent[1:]
    yield f"{instrument.nama}: {who}, {period.label} {period.tahun} ({period.kode})"
    yield (
        f"Isi lembar {answer_sheet(instrument).name}. Setiap baris adalah satu pertanyaan; pilih Jawaban dari daftar "
        "pada selnya, dan tulis alasan atau buktinya dalam Catatan bila ada. Kolom kunci sudah terisi dan dikunci. "
        "Jawablah menurut pandangan responden ini sendiri; perbedaan dengan responden lain justru diperlihatkan."
    )
    yield "Pertanyaan yang belum dapat dijawab boleh dibiarkan kosong: tidak ikut dihitung."
    for level in instrument.skala.tingkat:
        yield f"{level.nama}: {level.arti or ('ikut dihitung' if level.nilai is not None else 'tidak dihitung')}."
    for part in instrument.bagian:
        if part.keterangan:
            yield f"{part.nama}: {part.keterangan}"
    yield f"Sumber: {instrument.sumber}. {instrument.keterangan}".strip()
    yield f"Sesudah diisi, simpan sebagai .xlsx lalu jalankan ./monev check {edition.edisi}."
