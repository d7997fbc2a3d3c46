"""What the terminal shows: the worst first, the same of many cells in one line, nothing that moves the cursor."""

from __future__ import annotations

import io

from monev.commands.console import MOST_OF_A_KIND, inert, show_findings
from monev.words.findings import Finding


def told(*findings: Finding) -> list[str]:
    out = io.StringIO()
    show_findings(findings, "en", out)
    return out.getvalue().splitlines()


def test_errors_come_before_warnings_and_their_files_first() -> None:
    warning = Finding("C14", "a.xlsx", "S", "A1", {"read": "x"})
    later = Finding("C14", "b.xlsx", "S", "A2", {"read": "y"})
    error = Finding("C06", "b.xlsx", "S", "A3", {"value": "#REF!"})
    lines = told(warning, later, error)
    assert lines[0] == "b.xlsx (errors: 1, warnings: 1)"
    assert [line[:7] for line in lines if line.startswith("  ")] == ["  [C06]", "  [C14]", "  [C14]"]
    assert lines[3].startswith("a.xlsx")
    assert lines[-1] == "errors: 1, warnings: 2."


def test_rows_without_report_are_one_line() -> None:
    cells = ("H2", "H3", "H4", "H9")
    lines = told(*(Finding("R01", "a.xlsx", "S", cell) for cell in cells))
    assert len(lines) == 3
    assert "H2:H4, H9" in lines[1]


def test_many_of_a_kind_are_counted() -> None:
    lines = told(*(Finding("C06", "a.xlsx", "S", f"A{row}", {"value": "#REF!"}) for row in range(MOST_OF_A_KIND + 3)))
    assert len(lines) == MOST_OF_A_KIND + 3
    assert "3 more findings [C06]" in lines[-2]


def test_what_a_cell_holds_does_not_steer_the_terminal() -> None:
    assert inert("a\x1b[2Jb\tc\u202ed") == "a\ufffd[2Jb c\ufffdd"
