"""`monev check`: everything that is wrong with an edition's inputs, without making a report."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from monev.commands.bilingual import General, command, option
from monev.commands.shared_arguments import Form, edition, form
from monev.io.folders import seen_from_here
from monev.words.errors import EXIT_DONE, InputError, RunError
from monev.words.messages import tell

if TYPE_CHECKING:
    from monev.figures.suggestions import Suggestion
    from monev.io.inputs import Inputs
    from monev.rules.target_plan import Hint
    from monev.words.findings import Finding


@command("check")
@edition
@form
@option("--copies/--no-copies", also=("--salinan/--no-salinan",), default=True, about=tell("help.check.copies"))
@option("--earlier", "everything", is_flag=True, about=tell("help.check.earlier"))
@click.pass_obj
def run(general: General, edition: str, form: Form, copies: bool, everything: bool) -> int:
    """Check, tell who reported and what could be highlighted, and mark copies of the workbooks."""
    from monev.build.publication.ledger import standing, unanswered
    from monev.figures import suggestions
    from monev.figures.reporting import completeness
    from monev.figures.results import evaluate
    from monev.io import near_files
    from monev.io.inputs import read_inputs
    from monev.io.sent_files import unlisted
    from monev.rules.target_plan import smart_hints
    from monev.words.findings import errors

    complete = None
    earlier: tuple[str, ...] = ()
    suggested: tuple[Suggestion, ...] = ()
    hints: tuple[Hint, ...] = ()
    try:
        inputs = read_inputs(general.root, edition)
        seen = (*near_files.copies(general.root, inputs.files), *unlisted(general.root, inputs.edition))
        findings = (*inputs.findings, *seen)
        findings += (*standing(general.root, edition), *unanswered(general.root, inputs.edition))
        earlier = inputs.earlier
        hints = smart_hints(inputs.data)
        complete = completeness(inputs.data, inputs.edition, inputs.unread)
        if not errors(findings):
            results = evaluate(inputs.data, inputs.edition)
            findings = (*findings, *_of_manuscripts(general, inputs))
            findings, suggested = (*findings, *suggestions.suggestion_findings(results)), suggestions.suggest(results)
    except InputError as error:
        findings = error.findings
    if form == "json":
        told = {
            "temuan": [finding.record(general.language) for finding in findings],
            "kelengkapan": complete.record() if complete else None,
            "usulan_sorotan": suggestions.record(suggested),
        }
        if hints:
            told["saran_target"] = [f.record(general.language) for hint in hints for f in hint.findings]
        print(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        from monev.commands.console import show_completeness, show_hints, show_suggestions
        from monev.commands.findings_list import show_findings

        show_findings(findings, general.language, sys.stdout, () if everything else earlier)
        if complete:
            show_completeness(complete, general.language, sys.stdout)
        show_suggestions(suggested, general.language, sys.stdout)
        show_hints(hints, general.language, sys.stdout)
    if copies:
        _mark_copies(general, edition, findings, form)
    return InputError.exit_code if errors(findings) else EXIT_DONE


def _of_manuscripts(general: General, inputs: Inputs) -> Iterator[Finding]:
    """Yield what texts of one's own ask for and there is not; only where there are texts are the figures computed.

    Raises InputError for what stops a build.
    """
    if inputs.manuscripts:
        from monev.edition.manuscript_checks import manuscript_findings
        from monev.edition.opened import open_edition

        opened = open_edition(general.root, inputs.edition.edisi)
        yield from manuscript_findings(inputs.manuscripts, opened.results, opened.register)


def _mark_copies(general: General, edition: str, findings: Sequence[Finding], form: Form) -> None:
    """Renew the marked copies of an edition that exists; a folder that cannot be written is no fault of the inputs."""
    from monev.io import marked_copies
    from monev.io.params_file import editions

    if edition not in editions(general.root):
        return
    sys.stdout.flush()
    try:
        if not findings:
            marked_copies.clear(general.root, edition)
            return
        folder = marked_copies.write(general.root, edition, findings, general.language)
    except (OSError, RunError) as error:
        why = error.message if isinstance(error, RunError) else error.strerror or error
        told = tell("marked.failed", path=marked_copies.place(edition), why=why)
        print(f"monev: {told.text(general.language)}", file=sys.stderr)
        return
    told = tell("marked.done", path=seen_from_here(folder / marked_copies.SUMMARY))
    print(told.text(general.language), file=sys.stdout if form == "text" else sys.stderr)
