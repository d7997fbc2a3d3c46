"""`monev update`: the workbooks of an edition brought up to its register, and what was done to each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, command
from monev.commands.shared_arguments import edition
from monev.words.errors import EXIT_DONE
from monev.words.messages import Words, join, rendered, tell

if TYPE_CHECKING:
    from monev.edition.book_update import BookUpdate, ListChange, RowsOf, Updated


@command("update", more=tell("help.update.more"))
@edition
@click.pass_obj
def run(general: General, edition: str) -> int:
    """Update the workbooks and tell what was done."""
    from monev.edition.book_update import update
    from monev.io.workbook_reader import locks

    made = update(general.root, edition)
    for words in _told(made):
        print(rendered(words, general.language))
    if locks(general.root / made.edition.rencana_aksi):
        print(rendered(tell("update.register-open", register=made.edition.rencana_aksi), general.language))
    return EXIT_DONE


def _told(made: Updated) -> Iterator[Words]:
    yield tell("update.head", edition=made.edition.edisi, register=made.edition.rencana_aksi)
    for book in made.books:
        done = [tell("update.item", what=words) for words in _done(book)]
        if book.mapped:
            yield tell("update.mapped", file=book.file)
        elif book.made:
            yield tell("update.made", file=book.file, count=len(book.added.rows))
            continue
        elif not book.aside:
            yield tell("update.unchanged", file=book.file)
        else:
            yield tell("update.changed", file=book.file)
        yield from done
    if made.without_measure:
        yield tell("update.no-measure", names=", ".join(map(str, made.without_measure)))
    yield tell("update.next", edition=made.edition.edisi)


def _done(book: BookUpdate) -> Iterator[Words]:
    if book.questions:
        yield from _questions(book)
    elif book.added.rows:
        yield tell("update.added", count=len(book.added.rows), rows=_rows(book.added), names=_names(book.added))
    if book.renewed and not book.questions:
        yield tell("update.renewed", count=book.renewed)
    if book.planned:
        yield tell("update.planned", count=book.planned)
    for new in book.columns:
        yield tell("update.columns", sheet=new.sheet, names=", ".join(new.headings))
    for change in book.lists:
        yield tell("update.list", column=change.column, changes=_change(change))
    if book.gone.rows and not book.questions:
        yield tell("update.gone", rows=_rows(book.gone), names=_names(book.gone))
    if book.aside:
        yield tell("update.aside", path=book.aside)


def _questions(book: BookUpdate) -> Iterator[Words]:
    if book.added.rows:
        yield tell("update.questions", count=len(book.added.rows), rows=_rows(book.added))
    if book.renewed:
        yield tell("update.texts", count=book.renewed)
    if book.gone.rows:
        yield tell("update.questions-gone", rows=_rows(book.gone))


def _rows(of: RowsOf) -> Words:
    from monev.model.raw_tables import ranges

    return tell("update.rows", rows=ranges([str(row) for row in of.rows]).replace(":", "-"))


def _names(of: RowsOf) -> Words:
    keys = (tell("update.key", commitment=c, measure=m, actor=actor) for c, m, actor in of.keys)
    return join(list(keys), ", ")


def _change(change: ListChange) -> Words:
    parts = {"update.list-added": change.added, "update.list-removed": change.removed}
    told = [tell(key, names=", ".join(map(str, names))) for key, names in parts.items() if names]
    return join(told or [tell("update.list-order")], ", ")
