"""`monev new`: params and workbooks of the next period, ready to fill."""

from __future__ import annotations

import click

from monev.commands.bilingual import General, Number, command, option
from monev.commands.shared_arguments import edition_called
from monev.words.errors import EXIT_DONE
from monev.words.messages import rendered, tell


@command("new", more=tell("help.new.more"))
@edition_called(about=tell("help.new.edition"))
@option("--from", "source", required=True, called=tell("help.edition"), about=tell("help.new.from"))
@option("--code", also=("--kode",), called=tell("help.code"), about=tell("help.new.code"))
@option("--label", called="LABEL", about=tell("help.new.label"))
@option("--year", also=("--tahun",), type=Number(), called=tell("help.year"), about=tell("help.new.year"))
@option("--forms", "forms", is_flag=True, about=tell("help.new.forms"))
@click.pass_obj
def run(
    general: General, edition: str, source: str, code: str | None, label: str | None, year: int | None, forms: bool
) -> int:
    """Prepare the edition and tell what was written."""
    from monev.build.publication.ledger import latest
    from monev.display.phrases import period_name
    from monev.edition.next_edition import PeriodOverrides, prepare

    last = latest(general.root, source)
    wishes = PeriodOverrides(code, label, year, forms)
    made = prepare(general.root, edition, source, wishes, last.archive if last else None)
    current = made.edition.current
    rows = ", ".join(f"{group} {count}" for group, count in made.rows.items())
    period = f"{period_name(current)} {current.tahun}"
    for words in (
        tell("new.period", edition=edition, source=source, period=period),
        *(f"  {file}" for file in made.files),
        *([tell("new.released", source=source, number=last.number)] if last else []),
        tell("new.rows", rows=rows, unfinished=made.unfinished),
        *([tell("new.carried", count=made.carried)] if made.carried else []),
        tell("new.title", title=made.edition.judul),
        tell("new.next-forms" if current.masukan == "kiriman" else "new.next", edition=edition),
    ):
        print(rendered(words, general.language))
    return EXIT_DONE
