"""Loads all inputs of an edition: params, workbooks, records, findings. The one edge where inputs are opened."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

from monev.figures.corrections import Placed, corrected, correction_problems, corrections_file
from monev.io import near_files
from monev.io.brand_file import files_of, load_look
from monev.io.evidence_files import read_evidence
from monev.io.instrument_files import AnswerFile, Instruments, answer_files, load_instruments
from monev.io.manuscript_files import load_manuscripts, pictures_of, with_own_settings
from monev.io.params_file import load_edition_params
from monev.io.params_records import LoadedMap, load_corrections, load_map
from monev.io.publication_files import (
    file_problems,
    load_release,
    load_responses,
    publication_files,
    sheet_foreword,
    text_foreword,
)
from monev.io.sent_files import Sent, both_present, read_sent
from monev.io.source_cells import shown_cell
from monev.io.workbook_reader import LIMITS, read_book
from monev.model.brand import FILE as BRAND_FILE
from monev.model.brand import Look
from monev.model.fields import EVALUATION, SENT, Sheet
from monev.model.imprint import Release, release_file
from monev.model.instruments import achievement_sheet, instrument_file
from monev.model.params import Edition, Limits
from monev.model.raw_tables import RawBook
from monev.rules.checks import check
from monev.rules.examples import NOTE, example_findings, without_left_over
from monev.rules.heading_maps import map_file, mapped
from monev.rules.indicators import read_indicators
from monev.rules.instrument_checks import answer_findings, silent_findings, too_many
from monev.rules.judgements import Question
from monev.rules.manuscripts import Manuscript
from monev.rules.rejudging import read_rejudged
from monev.rules.tidy import (
    Achievements,
    Answer,
    Dataset,
    Rejudged,
    read_answers,
    read_evaluation,
    read_plan,
    read_targets,
)
from monev.words.errors import InputError
from monev.words.findings import Finding, errors


@dataclass(frozen=True)
class Inputs:
    """An edition's params and data, with all findings (warnings too), and the look of its report.

    `files` are the workbooks that were read, what the publication names beside, the fonts and logo of the look, and the
    texts of one's own with their pictures. `release` is the record of the release that is made; None for a draft.
    `sent` is what the current period's forms tell, where it reads any.
    """

    edition: Edition
    data: Dataset
    findings: tuple[Finding, ...]
    files: tuple[str, ...]
    look: Look
    corrections: tuple[Placed, ...] = ()
    manuscripts: tuple[Manuscript, ...] = ()
    release: Release | None = None
    sent: Sent | None = None

    @property
    def unread(self) -> tuple[str, ...]:
        """The groups of which nothing was read in the current period because a workbook has errors."""
        wrong = {finding.file for finding in errors(self.findings)}
        plan, folder = self.edition.rencana_aksi, self.edition.current.inputs.rstrip("/")
        filled = {row.place.file for row in self.data.rows}
        files = {group: f"{folder}/{group.file}" for group in self.edition.groups}
        lost = plan in wrong and not self.data.actors
        return tuple(group for group, file in files.items() if lost or (file in wrong and file not in filled))

    @property
    def earlier(self) -> tuple[str, ...]:
        """The folders that only earlier periods are read from."""
        *before, current = (period.inputs.rstrip("/") for period in self.edition.periode)
        return tuple(folder for folder in dict.fromkeys(before) if folder != current)

    def sound(self) -> Inputs:
        """Return the inputs themselves. Raises InputError when a finding stops the build."""
        if errors(self.findings):
            raise InputError(self.findings, self.earlier)
        return self


def input_files(edition: Edition) -> list[str]:
    """Return the workbooks that an edition has by its params, as paths from the root, the plan's register first."""
    files = [edition.rencana_aksi]
    for period in edition.periode:
        if period.masukan != SENT:
            files += [f"{period.inputs.rstrip('/')}/{group.file}" for group in edition.groups]
    return [*files, f"{edition.current.inputs.rstrip('/')}/{EVALUATION.file}"]


def _open(
    root: Path, file: str, params_file: str, limits: Limits, files: Sequence[str]
) -> tuple[RawBook | None, list[Finding]]:
    if not _is_inside(root, file):
        return None, [Finding("F04", file)]
    path = root / file
    if not path.is_file():
        hint = near_files.hint(root, file, files)
        return None, [Finding("F01", file, details={"where": params_file, "hint": hint})]
    return read_book(path, file, limits)


def _is_inside(root: Path, file: str) -> bool:
    """Tell whether a path from the params stays below the root, also behind symbolic links."""
    try:
        inside = (root / file).resolve().is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):  # a link to itself, a character that no path may hold
        return False
    windows = PureWindowsPath(file)
    return inside and not PurePosixPath(file).is_absolute() and not windows.drive and ".." not in windows.parts


class _Reader:
    """Opens workbooks one by one, corrects them, and collects what is found in all of them."""

    def __init__(
        self,
        root: Path,
        params_file: str,
        corrections: tuple[Placed, ...] = (),
        limits: Limits = LIMITS,
        files: Sequence[str] = (),
    ) -> None:
        self.root = root
        self.limits = limits
        self.params_file = params_file
        self.corrections = corrections
        self.files = files
        self.findings: list[Finding] = []

    def read(self, file: str, reader: Callable[[RawBook], tuple[Any, list[Finding]]], empty: Any) -> Any:
        book, findings = _open(self.root, file, self.params_file, self.limits, self.files)
        self.findings += findings
        if book is None:
            return empty
        book, findings = self.correct(book)
        self.findings += findings
        return self.take(reader(book))

    def take(self, found: tuple[Any, list[Finding]]) -> Any:
        """Keep the findings of what was read; return what it is."""
        records, findings = found
        self.findings += findings
        return records

    def correct(self, book: RawBook) -> tuple[RawBook, list[Finding]]:
        """Return a workbook with its corrections."""
        return corrected(book, self.corrections, shown_cell)


def read_inputs(root: Path, name: str, params: Path | None = None) -> Inputs:
    """Read and check all inputs of edition `name` below `root`; `params` is a root with other params, if given.

    Raises InputError for params that cannot be used; findings in the workbooks are returned, all in one pass.
    """
    edition = with_own_settings(root, load_edition_params(params or root, name))
    corrections = load_corrections(params or root, name)
    release = load_release(params or root, name)
    try:
        instruments = load_instruments(params or root, edition)
    except InputError as error:  # without them no workbook can be read; what else can be is told in the same pass
        _, unfit = load_manuscripts(root, edition)
        raise InputError((*error.findings, *load_look(root, params)[1], *unfit), error.earlier) from None
    sheet = achievement_sheet(instruments.columns)
    maps = {map_: load_map(params or root, map_, sheet) for map_ in map_names(edition)}
    files = [*input_files(edition), *(place.file for place in answer_files(edition, instruments.asked))]
    reader = _Reader(root, f"params/{name}.yml", corrections, edition.batas, files)
    plan: dict[str, Any] = reader.read(edition.rencana_aksi, partial(_read_register, edition=edition), {})
    reader.findings += both_present(root, edition)
    rows = Achievements()
    period_of: dict[str, str] = {}
    received: list[str] = []
    questions: tuple[Question, ...] = ()
    current: Sent | None = None
    rejudged: tuple[Rejudged, ...] = ()
    for period in edition.periode:
        if period.masukan == SENT:
            sent = read_sent(root, edition, period, Dataset(**plan), reader.correct, instruments.columns)
            rows += sent.rows
            questions += sent.questions
            rejudged += sent.rejudged
            if period == edition.current:
                current = sent
            received += sent.files
            reader.findings += sent.findings
            continue
        for group in edition.groups:
            file = f"{period.inputs.rstrip('/')}/{group.file}"
            period_of[file] = period.kode
            own = maps.get(period.map_of(group) or "")
            read_own = partial(_read_period, group=str(group), own=own, sheet=sheet, at=period.kode)
            reported, again = reader.read(file, read_own, (Achievements(), ()))
            rows += reported
            rejudged += again
    if plan.get("measures"):
        rows = reader.take(without_left_over(rows, plan["measures"]))
    reader.findings += correction_problems(corrections, [*files, *received])
    evaluation_file = input_files(edition)[-1]
    evaluation: dict[str, Any] = reader.read(evaluation_file, partial(_read_pages, edition=edition), {})
    reader.findings += file_problems(root, edition)
    if text := reader.take(text_foreword(root, edition)):
        evaluation["foreword"] = text
    if edition.terbitan.tanggapan:
        evaluation["responses"] = reader.take(load_responses(root, edition))
    answers, answered = _read_answers(reader, edition, instruments)
    evidence = read_evidence(root, edition, rows.targets, released=release is not None)
    reader.findings += evidence.findings
    data = Dataset(
        **vars(rows),
        **plan,
        **evaluation,
        asked=instruments.asked,
        columns=instruments.columns,
        answers=answers,
        evidence_files=evidence.named,
        questions=questions,
        rejudged=rejudged,
    )
    if plan.get("commitments") and not errors(f for f in reader.findings if f.file == edition.rencana_aksi):
        reader.findings += check(data, edition, period_of, whole=not errors(reader.findings))
        reader.findings += answer_findings(data, instruments.asked)
        for place in answer_files(edition, instruments.asked):
            if place.period == edition.current:
                reader.findings += too_many(place.instrument, place.respondent, data, edition)
    look, wrong = load_look(root, params)
    reader.findings += wrong
    if examples := list(example_findings(data)):
        reader.findings += examples
        edition = edition.model_copy(update={"keterangan": f"{edition.keterangan} {NOTE}".strip()})
    usual = input_files(edition)
    books = [*usual[:-1], *received, usual[-1]]
    order = {file: n for n, file in enumerate([*books, *files])}
    findings = sorted(reader.findings, key=lambda f: order.get(f.file, -1))
    manuscripts, unfit = load_manuscripts(root, edition)
    texts = [file for text in manuscripts for file in (text.file, *text.read)] + pictures_of(manuscripts)
    read = (*books, *answered, *publication_files(edition), *evidence.files, *files_of(look), *texts)
    return Inputs(
        edition,
        data,
        (*findings, *unfit),
        tuple(dict.fromkeys(read)),
        look,
        corrections,
        manuscripts,
        release,
        current,
    )


def _read_register(book: RawBook, edition: Edition) -> tuple[dict[str, Any], list[Finding]]:
    """Read the plan's register, and the values of its indicators in the periods of the edition."""
    plan, findings = read_plan(book, edition.groups)
    indicators, more = read_indicators(book, [period.kode for period in edition.periode])
    return plan | {"indicators": indicators}, [*findings, *more]


def _read_pages(book: RawBook, edition: Edition) -> tuple[dict[str, Any], list[Finding]]:
    """Read the secretariat's pages, and the foreword where it is one of their sheets."""
    read, findings = read_evaluation(book)
    foreword, more = sheet_foreword(book, edition)
    return read | {"foreword": foreword}, [*findings, *more]


def _read_answers(
    reader: _Reader, edition: Edition, instruments: Instruments
) -> tuple[tuple[Answer, ...], tuple[str, ...]]:
    """Return the rows of all instruments' workbooks and the workbooks that are there; what lacks is told when due."""
    answers: list[Answer] = []
    files = []
    for place in answer_files(edition, instruments.asked):
        current = place.period.kode == edition.current.kode
        if not (reader.root / place.file).is_file():
            if current:
                details = {"instrument": place.instrument.nama, "who": place.respondent, "edition": edition.edisi}
                reader.findings.append(Finding("I20", place.file, details=details))
            continue
        files.append(place.file)
        before = len(reader.findings)
        own = reader.read(place.file, partial(_answers_of, place=place), ())
        answers += own
        if current and not errors(reader.findings[before:]):
            reader.findings += silent_findings(place.instrument, place.file, own)
    return tuple(answers), tuple(files)


def _answers_of(book: RawBook, place: AnswerFile) -> tuple[tuple[Answer, ...], list[Finding]]:
    return read_answers(book, place.instrument, place.respondent, place.period.kode)


def _read_period(
    book: RawBook, group: str, own: LoadedMap | None, sheet: Sheet, at: str
) -> tuple[tuple[Achievements, tuple[Rejudged, ...]], list[Finding]]:
    """Read an achievements workbook, and what it judges again of earlier periods."""
    rows, findings = _read_mapped(book, group, own, sheet)
    again, more = read_rejudged(book, at)
    return (rows, again), [*findings, *more]


def _read_mapped(book: RawBook, group: str, own: LoadedMap | None, sheet: Sheet) -> tuple[Achievements, list[Finding]]:
    """Read an achievements workbook, through its map of headings where it has one."""
    if own is None:
        return read_targets(book, group, sheet)
    renamed, findings = mapped(book, own.map, own.file, own.lines, sheet)
    return read_targets(renamed, group, sheet) if renamed else (Achievements(), findings)


def map_names(edition: Edition) -> list[str]:
    """Return the maps of headings that an edition uses, each once."""
    names = [period.map_of(group) for period in edition.periode for group in edition.groups]
    return list(dict.fromkeys(name for name in names if name))


def settings_files(root: Path, edition: Edition) -> list[str]:
    """Return the params that reading an edition's workbooks depends on, as far as they are there: paths from `root`."""
    name = edition.edisi
    files = [f"params/{name}.yml", corrections_file(name), release_file(name)]
    files += [*map(map_file, map_names(edition)), BRAND_FILE, *map(instrument_file, edition.instrumen)]
    return [file for file in files if (root / file).is_file()]
