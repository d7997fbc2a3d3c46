"""Letters that look like others, and characters that nobody sees."""

from __future__ import annotations

import pytest

from monev.model.letters import look_alike, plain, shown


@pytest.mark.parametrize(
    ("text", "marks", "found"),
    [
        ("Kementerian", False, None),
        ("\u0410ktif", False, ("\u0410", "A")),  # Cyrillic
        ("\uff21ktif", False, ("\uff21", "A")),  # full width
        ("Aktif – ya", False, None),
        ("Aktif – ya", True, ("–", "-")),
        ("K\u2215L", True, ("\u2215", "/")),
        ("Résumé", True, None),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", False, None),  # a Russian word, with letters of its own
        ("\u041c\u043e\u0441\u043a\u0432\u0430x", False, ("\u041c", "M")),  # which a Latin letter is not
        ("\u0421\u041e\u041e", False, ("\u0421", "C")),  # nothing in it is only Cyrillic
    ],
)
def test_the_first_foreign_letter_and_what_it_looks_like(text: str, marks: bool, found: tuple[str, str] | None) -> None:
    assert look_alike(text, marks=marks) == found


def test_blanks_and_what_has_no_width_go() -> None:
    assert plain(" a\u200b \t\n b\ufeff ") == "a b"


def test_a_character_is_named_as_people_can_look_it_up() -> None:
    assert shown("\u0410") == "U+0410 CYRILLIC CAPITAL LETTER A"
    assert shown("\x01") == "U+0001 tanpa nama"
