"""Reads instruments: those that come with the package, and those of a root, which come first where codes are equal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from monev.io.folders import REPOSITORY
from monev.io.params_file import load_placed, load_yaml
from monev.model.groups import Group
from monev.model.instruments import FOLDER, Instrument, book_file, faults, instrument_file
from monev.model.params import Edition, Period
from monev.words.errors import InputError
from monev.words.findings import Finding, nearest

SHIPPED = REPOSITORY / "lib" / "monev" / "model" / "instrumen"


@dataclass(frozen=True)
class Instruments:
    """The instruments that an edition switches on, and all those that may have columns in sheet Capaian."""

    asked: tuple[Instrument, ...] = ()
    columns: tuple[Instrument, ...] = ()


@dataclass(frozen=True)
class AnswerFile:
    """Where one respondent answers one instrument in one period: a workbook's path from the root."""

    instrument: Instrument
    respondent: str
    period: Period
    file: str


@cache
def shipped() -> tuple[Instrument, ...]:
    """Return the instruments of the package, by code."""
    return tuple(load_placed(Instrument, path, instrument_file(path.stem))[0] for path in sorted(SHIPPED.glob("*.yml")))


def load_instruments(root: Path, edition: Edition) -> Instruments:
    """Return what an edition asks. Raises InputError for unknown codes and faulty files, all of them."""
    own = {instrument.kode: instrument for instrument in shipped()}
    wanted: dict[str, Instrument] = {}
    findings: list[Finding] = []
    for place, code in enumerate(edition.instrumen):
        try:
            if (root / instrument_file(code)).is_file():
                wanted[code] = _load(root, code, edition.groups)
            elif code in own:
                wanted[code] = own[code]
            else:
                findings.append(_unknown(root, edition, place, [*own, *_codes(root)]))
        except InputError as error:
            findings += error.findings
    findings += _columns_twice({**own, **wanted}.values())
    if findings:
        raise InputError(tuple(findings))
    columns = {code: made for code, made in {**own, **wanted}.items() if made.in_columns}
    return Instruments(tuple(wanted.values()), tuple(sorted(columns.values(), key=lambda made: _order(made, own))))


def _order(made: Instrument, own: Collection[str]) -> tuple[bool, bool]:
    """Let the package's columns come first, those of several questions before those of one."""
    return made.kode not in own, len(made.questions) == 1


def _codes(root: Path) -> list[str]:
    return sorted(path.stem for path in (root / FOLDER).glob("*.yml"))


def _load(root: Path, code: str, groups: Sequence[Group]) -> Instrument:
    file = instrument_file(code)
    made, lines = load_placed(Instrument, root / file, file)
    found = list(faults(made, lines, groups))
    if made.kode != code:
        line = str(lines.get(("kode",), 1))
        found.insert(0, Finding("I13", file, cell=line, details={"value": made.kode, "expected": f"{code}.yml"}))
    identifiers = {given.kode: given.pengenal for given in shipped()}
    if made.pengenal != identifiers.get(code, ""):
        line = str(lines.get(("pengenal",), 1))
        found.append(Finding("I14", file, cell=line, details={"value": made.pengenal or "-"}))
    if found:
        raise InputError(tuple(found))
    return made


def _unknown(root: Path, edition: Edition, place: int, known: Sequence[str]) -> Finding:
    file, code = f"params/{edition.edisi}.yml", edition.instrumen[place]
    _, lines, _ = load_yaml(root / file, file)
    details = {"value": code[:80], "choices": ", ".join(sorted({*known})), "hint": nearest(code, known)}
    return Finding("I15", file, cell=str(lines.get(("instrumen", place), "")), details=details)


def _columns_twice(known: Iterable[Instrument]) -> Iterator[Finding]:
    """Yield instruments of a root that take the heading of another's column."""
    first: dict[str, str] = {}
    for made in known:
        for column in made.columns():
            other = first.setdefault(column.heading.casefold(), made.kode)
            if other != made.kode:
                yield Finding("I16", made.file, details={"value": column.heading, "other": other})


def answer_files(edition: Edition, asked: Sequence[Instrument]) -> Iterator[AnswerFile]:
    """Yield where the instruments with sheets of their own are answered, period by period, there or not."""
    for period in edition.periode:
        folder = period.inputs.rstrip("/")
        for instrument in asked:
            for respondent in () if instrument.in_columns else instrument.respondents(edition.groups):
                yield AnswerFile(instrument, respondent, period, f"{folder}/{book_file(instrument, respondent)}")


def files_read(root: Path, edition: Edition) -> list[str]:
    """Return all files that an edition's instruments are read from, there or not: paths from the root."""
    try:
        asked = load_instruments(root, edition).asked
    except InputError:
        asked = ()
    own = map(instrument_file, edition.instrumen)
    return [*own, *(answer.file for answer in answer_files(edition, asked))]
