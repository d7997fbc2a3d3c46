"""`monev releases`: what was released, by whom and when, and how it stands now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, argument, command
from monev.commands.shared_arguments import Form, form
from monev.words.errors import EXIT_DONE
from monev.words.messages import Words, join, rendered, tell

if TYPE_CHECKING:
    from monev.build.publication.ledger import Released


@command("releases")
@argument("edition", required=False, called=tell("help.edition"), about=tell("help.releases.edition"))
@form
@click.pass_obj
def run(general: General, edition: str | None, form: Form) -> int:
    """List the releases; a file that is not as its sum says is counted, none is built again."""
    from dataclasses import asdict

    from monev.build.publication.ledger import releases
    from monev.build.publication.release_check import changed_files

    found = releases(general.root, edition)
    changed = {made.folder: changed_files(made.folder) for made in found}
    if form == "json":
        rows = [
            {"edisi": made.edition, "nomor": made.number, "catatan": asdict(made.record) if made.record else None}
            | {"berubah": changed[made.folder]}
            for made in found
        ]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
        return EXIT_DONE
    if not found:
        print(tell("releases.none").text(general.language))
    for made, following in zip(found, [*found[1:], None], strict=True):
        later = following.number if following and following.edition == made.edition else ""
        print(rendered(_line(made, later, len(changed[made.folder])), general.language))
    return EXIT_DONE


def _line(made: Released, later: str, count: int) -> Words:
    record = made.record
    if record is None:
        return tell("releases.broken", edition=made.edition, number=made.number)
    said = (
        tell("releases.replaced", number=later) if later else tell("releases.current"),
        tell("releases.signed") if record.ditandatangani else "",
        tell("releases.open", count=record.terbuka) if record.terbuka else "",
        tell("releases.differs", count=count) if count else "",
    )
    return tell(
        "releases.line",
        edition=made.edition,
        number=made.number,
        date=record.waktu[:10],
        by=record.oleh,
        sidik=record.sidik,
        state=join([words for words in said if words], ", "),
    )
