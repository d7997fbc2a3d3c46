"""`monev explain`: a figure down to its cells, the numerals of a printed page, or the list of all figures."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, Number, argument, command, option
from monev.commands.shared_arguments import Form, edition, form
from monev.words.errors import EXIT_DONE, EXIT_INPUT, UsageError
from monev.words.messages import tell

if TYPE_CHECKING:
    from monev.audit.explanation import Listing
    from monev.audit.printed_places import Of, PrintedPlace
    from monev.edition.opened import Opened
    from monev.figures.printed_numerals import Expected

_PLACE = re.compile(r"(halaman|tabel|gambar)\s+(\d{1,5})\.?", re.IGNORECASE)


@command("explain")
@edition
@argument("figure", required=False, called=tell("help.figure"), about=tell("help.explain.figure"))
@option("--search", also=("--cari",), several=True, called=tell("help.word"), about=tell("help.explain.search"))
@option("--page", type=Number(), called="N", about=tell("help.explain.page"))
@option("--text", called="T", about=tell("help.explain.text"))
@option("--table", type=Number(), called="N", about=tell("help.explain.table"))
@option("--figure", "picture", type=Number(), called="N", about=tell("help.explain.picture"))
@option("--depth", type=Number(), default=1, called="N", about=tell("help.explain.depth"))
@form
@click.pass_obj
def run(
    general: General,
    edition: str,
    figure: str | None,
    search: Sequence[str],
    page: int | None,
    text: str | None,
    table: int | None,
    picture: int | None,
    depth: int,
    form: Form,
) -> int:
    """Explain the figure, the numerals of a printed place, or list the figures that hold all the words."""
    from monev.audit.explanation import explain, show_explanation
    from monev.edition.opened import open_edition

    opened = open_edition(general.root, edition)
    wanted: dict[Of, int | str | None] = {"halaman": page, "teks": text, "tabel": table, "gambar": picture}
    asked = {of: value for of, value in wanted.items() if value is not None}
    if figure is not None and not asked and figure not in opened.register:
        if place := _PLACE.fullmatch(figure.strip()):
            asked = {place[1].lower(): int(place[2])}  # type: ignore[dict-item]
        elif listing := _called(opened, general.root, figure):
            _tell_stale(general, opened, _outputs(opened) / "manifest.json")
            show_explanation(listing, general.language, sys.stdout, form)
            return EXIT_DONE
        elif _is_printed(general.root, opened, figure):
            asked = {"teks": figure}
    if asked:
        of, value = next(iter(asked.items()))
        return _printed(general, opened, of, value, form)
    found = explain(opened, general.root, figure, search, depth=depth, language=general.language)
    _tell_stale(general, opened, _outputs(opened) / "manifest.json")
    show_explanation(found, general.language, sys.stdout, form)
    return EXIT_DONE


def _outputs(opened: Opened) -> Path:
    return Path("outputs") / opened.inputs.edition.edisi


def _called(opened: Opened, root: Path, words: str) -> Listing | None:
    """Return the figures of what the report calls so; None where nothing is."""
    from monev.audit.explanation import Listing, explain, named

    listing = explain(opened, root)
    assert isinstance(listing, Listing)
    found = named(listing, words)
    return found if found.entries else None


def _is_printed(root: Path, opened: Opened, text: str) -> bool:
    """Tell whether the report's last build prints numerals in such a text."""
    from monev.audit.printed_places import of_text, printed_places
    from monev.audit.verification import carried_numerals

    printed = carried_numerals(root / _outputs(opened) / "laporan.pdf")
    return printed is not None and bool(of_text(printed_places(*printed), text))


def _tell_stale(general: General, opened: Opened, made: Path) -> None:
    """Say which materials have changed since the outputs were made, if any; there may be no outputs."""
    from monev.audit.verification import changed_since

    now = (*opened.inputs.files, *opened.params_files(general.root))
    if stale := changed_since(general.root / made, general.root, now):
        words = tell("places.stale", path=made.parent.as_posix(), names=", ".join(stale))
        print(f"monev: {words.text(general.language)}", file=sys.stderr)


def _printed(general: General, opened: Opened, of: Of, value: int | str, form: Form) -> int:
    """Tell what the report's last build printed there; say so where its materials have changed since."""
    from monev.audit.printed_origins import Answers, show_places
    from monev.audit.printed_places import printed_places
    from monev.audit.verification import carried_numerals

    path = _outputs(opened) / "laporan.pdf"
    printed = carried_numerals(general.root / path)
    if printed is None:
        raise UsageError(tell("places.no-report", edition=opened.inputs.edition.edisi))
    expected, pages = printed
    found = _chosen(printed_places(expected, pages), expected, pages, of, value)
    _tell_stale(general, opened, path)
    if not found:
        print(tell("places.none", path=path.as_posix()).text(general.language), file=sys.stderr)
        return EXIT_INPUT
    answers = Answers.of(opened, general.root, expected)
    show_places(found, answers, len(pages), general.language, sys.stdout, form)
    return EXIT_DONE


def _chosen(
    every: Sequence[PrintedPlace], expected: Expected, pages: Sequence[str], of: Of, value: int | str
) -> list[PrintedPlace]:
    from monev.audit import printed_places as places

    if of == "halaman":
        return places.of_page(every, int(value))
    if of == "teks":
        return places.of_text(every, str(value))
    return places.of_float(every, expected, pages, of, int(value))
