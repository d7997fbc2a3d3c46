"""The period that follows others: code, label and year from the pattern of the earlier ones. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ROMAN = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_CODE = re.compile(r"(\D*?)(\d+)(\D*)")


def roman(number: int) -> str:
    """Return a number from 1 on in roman numerals: 4 is `IV`."""
    made = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        made += sign * count
    return made


def from_roman(text: str) -> int | None:
    """Return what roman numerals say; None for anything else, also for those not in their usual form."""
    values = {sign: value for value, sign in _ROMAN}
    if not text or any(sign not in values for sign in text):
        return None
    numbers = [values[sign] for sign in text]
    total = sum(-n if n < after else n for n, after in zip(numbers, [*numbers[1:], 0], strict=True))
    return total if roman(total) == text else None


def next_code(codes: Sequence[str]) -> str | None:
    """Return the code that follows: `B06`, `B12` give `B18`; `B06` alone counts from zero. None without a pattern."""
    parts = [_CODE.fullmatch(code) for code in codes[-2:]]
    if not parts or any(part is None for part in parts):
        return None
    shapes = {(part[1], part[3]) for part in parts if part}
    numbers = [int(part[2]) for part in parts if part]
    step = numbers[-1] - numbers[0] if len(numbers) > 1 else numbers[0]
    last = parts[-1]
    if last is None or len(shapes) > 1 or step < 1:
        return None
    return f"{last[1]}{numbers[-1] + step:0{len(last[2])}d}{last[3]}"


def next_label(labels: Sequence[str]) -> str | None:
    """Return the label that follows: `Semester II` gives `Semester III`, `Triwulan 2` gives `Triwulan 3`.

    Labels that come round each year go on as they did before. None where the last one holds no number to count on.
    """
    last = labels[-1]
    if last in labels[:-1]:
        return labels[labels.index(last) + 1]
    words = last.split(" ")
    for place in range(len(words) - 1, -1, -1):
        number = from_roman(words[place])
        if number is not None:
            words[place] = roman(number + 1)
            return " ".join(words)
        if re.fullmatch(r"\d{1,3}", words[place], re.ASCII):
            words[place] = f"{int(words[place]) + 1:0{len(words[place])}d}"
            return " ".join(words)
    return None


def next_year(years: Sequence[int], edition: str) -> int:
    """Return the year of the next period: that with which the edition's name begins, else by periods per year."""
    if named := re.match(r"(?:19|20|21)\d\d(?!\d)", edition):
        return int(named[0])
    per_year = Counter(years)
    full = max(per_year.values())
    return years[-1] if per_year[years[-1]] < full else years[-1] + 1
