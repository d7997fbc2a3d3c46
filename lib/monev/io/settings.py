"""Reads params: YAML with places, so that a misspelt key is named with its line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, ValidationError

from monev.errors import InputError
from monev.findings import Finding, nearest
from monev.params import Edition

Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)


def load_yaml(path: Path, file: str) -> tuple[Any, dict[Key, int], list[Finding]]:
    """Return the safe YAML value at `path`, the line of every key, and findings (not YAML, a key given twice)."""
    try:
        text = path.read_text("utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        lines: dict[Key, int] = {}
        findings = list(_walk(node, (), lines, file)) if node else []
        value = None if findings else yaml.safe_load(text)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        why = getattr(error, "problem", None) or "isinya tidak dapat dibaca"
        return None, {}, [Finding("P04", file, cell=str(mark.line + 1) if mark else "", details={"why": why})]
    return value, lines, findings


def _walk(node: Any, at: Key, lines: dict[Key, int], file: str) -> Iterator[Finding]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*at, str(key.value))
            line = key.start_mark.line + 1
            if here in lines:
                yield Finding("P06", file, cell=str(line), details={"value": ".".join(map(str, here))})
            lines[here] = line
            yield from _walk(value, here, lines, file)
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            here = (*at, index)
            lines[here] = value.start_mark.line + 1
            yield from _walk(value, here, lines, file)


def _model_at(model: type[BaseModel], at: Key) -> type[BaseModel] | None:
    """Return the model that stands at a place of the params, to name its keys."""
    current: type[BaseModel] | None = model
    for step in at:
        if isinstance(step, int) or current is None:
            continue
        field = current.model_fields.get(str(step))
        found = [field.annotation, *get_args(field.annotation)] if field else []
        current = next((t for t in found if isinstance(t, type) and issubclass(t, BaseModel)), None)
    return current


_WHY = {
    "string_pattern_mismatch": "bentuknya tidak sesuai; pakai huruf, angka, titik, garis bawah, atau tanda hubung",
    "int_parsing": "harus bilangan bulat",
    "int_type": "harus bilangan bulat",
    "int_from_float": "harus bilangan bulat",
    "string_type": "harus teks; beri tanda kutip",
    "greater_than_equal": "terlalu kecil; batas bawahnya {ge}",
    "less_than_equal": "terlalu besar; batas atasnya {le}",
    "tuple_type": "harus daftar",
    "dict_type": "harus berisi pasangan kunci dan nilai",
    "model_type": "harus berisi pasangan kunci dan nilai",
    "too_short": "harus berisi sekurang-kurangnya satu butir",
    "string_too_short": "tidak boleh kosong",
    "literal_error": "pilihan: {expected}",
}


def _finding(error: Any, model: type[BaseModel], lines: dict[Key, int], file: str) -> Finding:
    at: Key = error["loc"]
    line = next((lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in lines), None)
    name = ".".join(str(step + 1) if isinstance(step, int) else step for step in at)
    cell = str(line) if line else ""
    if error["type"] == "extra_forbidden":
        owner = _model_at(model, at[:-1])
        known = list(owner.model_fields) if owner else []
        details = {"value": name, "choices": ", ".join(known), "hint": nearest(str(at[-1]), known)}
        return Finding("P01", file, cell=cell, details=details)
    if error["type"] == "missing":
        return Finding("P02", file, cell=cell, details={"value": name, "about": f"{at[-1]}: ..."})
    context = error.get("ctx", {})
    why = _WHY.get(error["type"], "").format_map(context) or str(context.get("error", error["msg"]))
    return Finding("P03", file, cell=cell, details={"value": name or "params", "why": why})


def load_model(model: type[M], path: Path, file: str) -> M:
    """Return the closed model that the YAML file holds. Raises InputError with every finding in it."""
    value, lines, findings = load_yaml(path, file)
    if findings:
        raise InputError(tuple(findings))
    try:
        return model.model_validate(value if value is not None else {})
    except ValidationError as error:
        found = tuple(_finding(item, model, lines, file) for item in error.errors())
        raise InputError(found) from None


def editions(root: Path) -> list[str]:
    """Return the names of the editions that have params, sorted."""
    return sorted(path.stem for path in (root / "params").glob("*.yml"))


def load_edition(root: Path, name: str) -> Edition:
    """Return the params of an edition. Raises InputError for an unknown edition or faulty params."""
    known = editions(root)
    if name not in known:
        listed = ", ".join(known) or "belum ada"
        details = {"value": name[:80], "choices": listed, "hint": nearest(name, known)}
        raise InputError((Finding("P05", "params", details=details),))
    file = f"params/{name}.yml"
    edition = load_model(Edition, root / file, file)
    if edition.edisi != name:
        details = {"value": edition.edisi, "expected": f"{name}.yml"}
        raise InputError((Finding("P07", file, details=details),))
    return edition
