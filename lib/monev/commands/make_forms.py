"""`monev forms`: a form and a covering letter for each actor of an edition."""

from __future__ import annotations

import click

from monev.commands.bilingual import General, command
from monev.commands.shared_arguments import edition
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE
from monev.words.messages import rendered, tell


@command("forms", more=tell("help.forms.more"))
@edition
@click.pass_obj
def run(general: General, edition: str) -> int:
    """Write the forms and tell how many, for whom there is none, and what the letters leave out."""
    from monev.edition.forms import MOST_QUESTIONS, make_forms

    made = make_forms(general.root, edition)
    rows = sum(form.rows for form in made.forms)
    said = [tell("forms.made", count=len(made.forms), rows=rows, path=seen_from_here(made.folder))]
    if asking := [form for form in made.forms if form.questions]:
        count = sum(form.questions for form in asking)
        said.append(tell("forms.questions", count=count, forms=len(asking)))
    if waiting := sum(form.waiting for form in made.forms):
        said.append(tell("forms.waiting", count=waiting, most=MOST_QUESTIONS))
    if made.without:
        said.append(tell("forms.without", names=", ".join(actor.actor for actor in made.without)))
    said += [tell("forms.lacking", name=name) for name in made.lacking]
    if made.edition.current.masukan != "kiriman":
        said.append(tell("forms.not-collected", edition=edition, code=made.edition.current.kode))
    said.append(tell("forms.next", edition=edition, folder=f"{made.edition.current.inputs.rstrip('/')}/kiriman/"))
    for words in said:
        print(rendered(words, general.language))
    return EXIT_DONE
