"""What the terminal shows: the worst first, the same of many cells in one line, nothing that moves the cursor."""

from __future__ import annotations

import io

import pytest

from monev.commands.findings_list import MOST_OF_A_KIND, FindingsTold, inert, show_findings
from monev.words.findings import Finding


class Terminal(io.StringIO):
    """A terminal, as wide as COLUMNS says."""

    def isatty(self) -> bool:
        return True


def told(*findings: Finding, earlier: tuple[str, ...] = (), out: io.StringIO | None = None) -> list[str]:
    out = out or io.StringIO()
    show_findings(findings, "en", out, earlier)
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


def test_all_errors_come_before_all_warnings() -> None:
    found = [
        Finding(code, f"{file}.xlsx", "S", "A1", {"value": "x", "read": "x"})
        for file in "ab"
        for code in ("C14", "C06")
    ]
    codes = [line[3:6] for line in told(*found) if line.startswith("  [")]
    assert codes == ["C06", "C06", "C14", "C14"]


def test_on_a_terminal_errors_are_red_and_words_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    path = "inputs/2021-S2/" + "sangat-panjang-" * 6 + "capaian.xlsx"
    error = Finding("F01", "inputs/2021-S2/capaian-kl.xlsx", details={"where": path})
    warning = Finding("C14", "b.xlsx", "S", "A2", {"read": "kata " * 30})
    lines = told(error, warning, out=Terminal())
    text = "\n".join(lines)
    assert text.count("\x1b[31m") == 1
    assert text.index("\x1b[31m") < text.index("[F01]") < text.index("\x1b[0m") < text.index("[C14]")
    whole = {word for line in (*told(error), *told(warning)) for word in line.split()}
    plain = text.replace("\x1b[31m", "").replace("\x1b[0m", "")
    assert {word for line in plain.splitlines()[:-1] for word in line.split()} <= whole | {
        "errors:",
        "1,",
        "warnings:",
        "1)",
    }
    assert all(len(line) < 60 or " " not in line.strip() for line in plain.splitlines())
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in "".join(told(error, out=Terminal()))


def test_warnings_of_earlier_periods_are_one_line_per_folder() -> None:
    old = [Finding("C14", f"inputs/2021-S1/{n}.xlsx", "S", "A1", {"read": "x"}) for n in "abc"]
    wrong = Finding("C06", "inputs/2021-S1/a.xlsx", "S", "A3", {"value": "#REF!"})
    new = Finding("C14", "inputs/2021-S2/a.xlsx", "S", "A2", {"read": "y"})
    lines = told(*old, wrong, new, earlier=("inputs/2021-S1",))
    assert [line for line in lines if "2021-S1" in line] == [
        "inputs/2021-S1/a.xlsx (errors: 1, warnings: 0)",
        "inputs/2021-S1 (earlier period): 3 warnings [C14]; ./monev check EDITION --earlier names each",
    ]
    assert any("A3" in line for line in lines)
    assert lines[-1] == "errors: 1, warnings: 4."


def test_each_round_of_a_watch_tells_less() -> None:
    first = [Finding("C06", "a.xlsx", "S", f"A{n}", {"value": "#REF!"}) for n in (1, 2, 3)]
    warning = Finding("C14", "a.xlsx", "S", "A9", {"read": "x"})
    before, rounds = FindingsTold(), []
    for found in ((*first, warning), (*first[1:], warning), (first[2],)):
        out = io.StringIO()
        show_findings(found, "id", out, (), before)
        rounds.append(out.getvalue())
    assert len(rounds[0]) > len(rounds[1]) > len(rounds[2])
    assert rounds[1].splitlines() == [
        "a.xlsx (2 kesalahan, 1 peringatan)",
        "  [C06] salah: lembar 'S', sel A2: masih sama",
        "  [C06] salah: lembar 'S', sel A3: masih sama",
        "Beres sejak putaran sebelumnya: 1.",
        "2 kesalahan, 1 peringatan.",
    ]
    out = io.StringIO()
    show_findings([*first], "id", out, (), before)
    assert out.getvalue().count("#REF!") == 2  # new ones are told at length
