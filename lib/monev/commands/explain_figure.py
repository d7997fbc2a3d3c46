"""`monev explain`: a figure down to its cells, the numerals of a printed page, or the list of all figures."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, Number, argument, command, option
from monev.commands.shared_arguments import Form, edition, form
from monev.words.errors import EXIT_DONE, EXIT_INPUT, UsageError
from monev.words.messages import tell

if TYPE_CHECKING:
    from monev.audit.printed_places import Of
    from monev.edition.opened import Opened


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
    if asked:
        of, value = next(iter(asked.items()))
        return _printed(general, opened, of, value, form)
    found = explain(opened, general.root, figure, search, depth=depth, language=general.language)
    show_explanation(found, general.language, sys.stdout, form)
    return EXIT_DONE


def _printed(general: General, opened: Opened, of: Of, value: int | str, form: Form) -> int:
    """Tell what the report's last build printed there; say so where its materials have changed since."""
    from monev.audit import printed_places as places
    from monev.audit.explanation import Listing, explain, sources_of
    from monev.audit.verification import carried_numerals, changed_since

    edition = opened.inputs.edition.edisi
    path = general.root / "outputs" / edition / "laporan.pdf"
    printed = carried_numerals(path)
    if printed is None:
        raise UsageError(tell("places.no-report", edition=edition))
    expected, pages = printed
    every = places.printed_places(expected, pages)
    if of == "halaman":
        found = places.of_page(every, int(value))
    elif of == "teks":
        found = places.of_text(every, str(value))
    else:
        found = places.of_float(every, expected, pages, of, int(value))
    if stale := changed_since(path, general.root):
        print(f"monev: {tell('places.stale', names=', '.join(stale)).text(general.language)}", file=sys.stderr)
    if not found:
        print(tell("places.none", path=f"outputs/{edition}/laporan.pdf").text(general.language), file=sys.stderr)
        return EXIT_INPUT
    listing = explain(opened, general.root)
    assert isinstance(listing, Listing)
    places.show_places(found, listing, sources_of(opened, general.root), general.language, sys.stdout, form)
    return EXIT_DONE
