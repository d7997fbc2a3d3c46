"""One SHA-256 for a value: equal values give the same, in every process and on every machine. Pure.

Knows what the report is made of (text, numbers, tuples, mappings, frozen dataclasses, params models) and refuses
anything else: a value whose content cannot be told would be taken for equal to others.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from operator import attrgetter
from typing import Any

from monev.model.groups import Group


def digest_of(value: object) -> str:
    """Return the SHA-256 of a value as hexadecimal digits. Raises TypeError for a kind that it cannot tell."""
    out: list[str] = []
    _write(value, out)
    return hashlib.sha256("".join(out).encode("utf-8", "surrogatepass")).hexdigest()


def _write(value: Any, out: list[str]) -> None:
    kind = type(value)
    if kind is str:
        out.append(f"s{len(value)}:{value}")
    elif kind is Group:
        out.append(f"g{value!r}")
        _write(value.__getnewargs__(), out)
    elif value is None or kind in (bool, int, float):
        out.append(f"{kind.__name__}:{value!r};")
    elif kind in (tuple, list):
        _write_all("l", value, len(value), out)
    elif dataclasses.is_dataclass(kind):
        out.append(f"d{kind.__module__}.{kind.__qualname__}")
        _write_all("l", _reader(kind)(value), 0, out)
    elif isinstance(value, Mapping):
        _write_all("m", (part for item in value.items() for part in item), 2 * len(value), out)
    elif isinstance(value, set | frozenset):
        _write_all("e", sorted(digest_of(part) for part in value), len(value), out)
    elif isinstance(value, Enum):
        _write((f"{kind.__qualname__}.{value.name}",), out)
    elif isinstance(value, Fraction | Decimal | date | datetime | bytes) or hasattr(kind, "__fspath__"):
        out.append(f"{kind.__name__}{value!r};")
    elif callable(getattr(kind, "model_dump", None)):
        out.append(f"d{kind.__module__}.{kind.__qualname__}")
        _write(dict(value), out)
    else:
        raise TypeError(f"{kind.__module__}.{kind.__qualname__} has no digest")


def _write_all(mark: str, parts: Iterable[Any], count: int, out: list[str]) -> None:
    out.append(f"{mark}{count}[")
    for part in parts:
        _write(part, out)
    out.append("]")


@cache
def _reader(kind: type) -> Callable[[Any], tuple[Any, ...]]:
    """Return what reads all fields of a dataclass; a field left out of comparisons is content all the same."""
    names = [field.name for field in dataclasses.fields(kind)]
    if len(names) == 1:
        one = attrgetter(names[0])
        return lambda value: (one(value),)
    return attrgetter(*names) if names else lambda value: ()
