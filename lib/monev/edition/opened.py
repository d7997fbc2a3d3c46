"""An edition opened for reporting: inputs read and checked, results, register. What notebooks and commands build on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from monev.edition.manuscript_checks import manuscript_findings
from monev.figures import suggestions
from monev.figures.analysis import with_analysis
from monev.figures.assessment_figures import with_assessment
from monev.figures.completion_figures import with_completion
from monev.figures.corrections import with_corrections, with_revision
from monev.figures.instrument_figures import with_instruments
from monev.figures.plan_figures import with_target_plan
from monev.figures.reconciliation import Comparison, compare, reconciliation_findings, with_reconciliation
from monev.figures.recorded import with_recorded
from monev.figures.register import Register, build_register
from monev.figures.results import Results, evaluate
from monev.figures.round_figures import with_round
from monev.figures.rule_fit import with_rule_fit
from monev.io.inputs import Inputs, read_inputs, settings_files
from monev.io.params_file import load_model
from monev.model.published import Published
from monev.words.errors import InputError
from monev.words.findings import Finding, errors


@dataclass(frozen=True)
class Opened:
    """One edition's inputs with what they give; `comparisons` set it beside its published edition, if there is one."""

    inputs: Inputs
    results: Results
    register: Register
    comparisons: tuple[Comparison, ...] = ()

    @property
    def checked(self) -> tuple[Finding, ...]:
        """The findings that `check` tells: in the inputs, and in the accepted highlights."""
        own = manuscript_findings(self.inputs.manuscripts, self.results, self.register)
        return (*self.inputs.findings, *own, *suggestions.suggestion_findings(self.results))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that `check` tells, and those in the explanations of the published figures."""
        return (*self.checked, *reconciliation_findings(self.comparisons))

    def params_files(self, root: Path) -> list[str]:
        """Return the params that the edition reads, as paths from the root."""
        published = published_file(self.inputs.edition.edisi)
        return [*settings_files(root, self.inputs.edition), *([published] if (root / published).is_file() else [])]


def published_file(edition: str) -> str:
    """Return where an edition's published figures stand, if anywhere."""
    return f"params/terbit/{edition}.yml"


def open_edition(root: Path, edition: str, params: Path | None = None) -> Opened:
    """Read, check and compute an edition; `params` is a root with other params (those that a PDF carries).

    Raises InputError with all findings when the inputs are not sound.
    """
    inputs = read_inputs(root, edition, params).sound()
    results = evaluate(inputs.data, inputs.edition)
    register = with_instruments(with_analysis(build_register(results), results), results)
    register = with_assessment(with_round(with_target_plan(register, results), results), results)
    register = with_completion(register, results)
    published = load_published(params or root, edition)
    comparisons = compare(published, results, register) if published else ()
    register = with_rule_fit(with_reconciliation(register, comparisons, edition), published, results)
    register = with_revision(with_corrections(register, inputs.corrections), inputs.release)
    register = with_recorded(register, inputs.manuscripts)
    opened = Opened(inputs, results, register, comparisons)
    if wrong := errors(opened.checked):
        raise InputError((*inputs.findings, *wrong), inputs.earlier)
    return opened


def load_published(root: Path, edition: str) -> Published | None:
    """Return an edition's published figures; None when it has none. Raises InputError when they are faulty."""
    file = published_file(edition)
    if not (root / file).is_file():
        return None
    published = load_model(Published, root / file, file)
    if published.edisi != edition:
        raise InputError((Finding("P07", file, details={"value": published.edisi, "expected": f"{edition}.yml"}),))
    return published
