"""How numbers are printed in Indonesian: comma for decimals, dot for thousands (`78%`, `72,06`, `2.928`). Pure."""

from __future__ import annotations

from fractions import Fraction

from monev.rules.scores import whole_percent


def rounded(value: Fraction, places: int) -> Fraction:
    """Round half up to `places` decimals, exactly."""
    return Fraction(whole_percent(value * 10**places), 10**places)


def whole(value: int) -> str:
    """`2928` is printed `2.928`."""
    return f"{value:,}".replace(",", ".")


def decimal(value: Fraction, places: int, *, trim: bool = False) -> str:
    """Print with `places` decimals, rounded half up; `trim` drops trailing zeros."""
    scaled = whole_percent(abs(value) * 10**places)
    head, tail = divmod(scaled, 10**places)
    digits = f"{tail:0{places}d}" if places else ""
    if trim:
        digits = digits.rstrip("0")
    sign = "-" if value < 0 and scaled else ""
    return sign + whole(head) + (f",{digits}" if digits else "")


def percent(value: Fraction, places: int = 0, *, trim: bool = False) -> str:
    """Print a value in percent: `78%`, `83,3%`."""
    return decimal(value, places, trim=trim) + "%"


MINUS = "\u2212"


def signed(value: Fraction, places: int) -> str:
    """Print a difference with its sign: `+5,0`, `−5,0`; one that is printed as nothing has none: `0,0`."""
    size = decimal(abs(value), places)
    if not size.strip("0,"):
        return size
    return ("+" if value > 0 else MINUS) + size
