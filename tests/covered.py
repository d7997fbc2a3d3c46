"""Fails where a line or a branch of these modules has no test any more: `.venv/bin/python tests/covered.py`.

Not the whole suite is run for it, but the tests that are about these modules. A module for whose every line and branch
there is a test is added here, with those tests, and stays so.
"""

from __future__ import annotations

import sys

import pytest

MODULES = (
    *("model.closed_model", "model.groups", "model.letters", "model.number_formats", "model.published"),
    *("model.raw_tables", "model.value_digest"),
    *("rules.evidence_names", "rules.scores", "rules.target_plan"),
    *("figures.number_format", "figures.plan_figures", "figures.reconciliation", "figures.results", "figures.rule_fit"),
    *("figures.standings", "figures.suggestions"),
)
TESTS = (
    *("tests/unit/model", "tests/unit/rules", "tests/unit/figures"),
    *(f"tests/spec/test_{name}.py" for name in ("reconcile", "scores", "standings", "suggestions", "target_plan")),
)

if __name__ == "__main__":
    asked = [f"--cov=monev.{module}" for module in MODULES]
    sys.exit(pytest.main(["-q", "-m", "not slow", *TESTS, "--cov-branch", *asked, "--cov-fail-under=100"]))
