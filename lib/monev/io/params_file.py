"""Reads params: YAML with places, so that a misspelt key is named with its line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args

import yaml
from pydantic import BaseModel, RootModel, ValidationError

from monev.io import yaml_faults
from monev.model.params import Edition
from monev.rules.content_settings import content_problems
from monev.rules.group_settings import group_problems
from monev.words.errors import InputError
from monev.words.findings import Finding, nearest
from monev.words.messages import Refusal, Words, tell

LARGEST = 1024**2  # bytes of one file of params
DEEPEST = 30  # lists and mappings within each other
Key = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the parser in C where PyYAML has it: many times as fast


def load_yaml(path: Path, file: str) -> tuple[Any, dict[Key, int], list[Finding]]:
    """Return the safe YAML value at `path`, the line of every key, and findings.

    Found are: no YAML, a key given twice, and what params have no use for but a hostile file has: tags that name types
    of Python, references that multiply, sheer size.
    """
    try:
        if path.stat().st_size > LARGEST:
            details = {"size": path.stat().st_size // 1024, "limit": LARGEST // 1024}
            return None, {}, [Finding("P10", file, details=details)]
        content = path.read_bytes()
    except OSError as error:
        return None, {}, [Finding("P04", file, details={"why": error.strerror or tell("why.unreadable")})]
    return read_yaml(content, file)


def read_yaml(content: bytes, file: str) -> tuple[Any, dict[Key, int], list[Finding]]:
    """Return the same of YAML as it came from anywhere. Never raises for what the bytes hold."""
    if len(content) > LARGEST:
        return None, {}, [Finding("P10", file, details={"size": len(content) // 1024, "limit": LARGEST // 1024})]
    try:
        if why := yaml_faults.of_bytes(content):
            return None, {}, [Finding("P04", file, details={"why": why})]
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
        findings = list(_refused(text, file))
        loader = _LOADER(text)
        node = None if findings else loader.get_single_node()
        lines: dict[Key, int] = {}
        findings += _walk(node, (), lines, file) if node else []
        value = loader.construct_document(node) if node and not findings else None
    except UnicodeDecodeError as error:
        return None, {}, [_unreadable(file, *yaml_faults.of_letter(content, error))]
    except yaml.YAMLError as error:
        return None, {}, [_unreadable(file, *yaml_faults.of_parser(text, error))]
    except (ValueError, OverflowError, RecursionError):
        return None, {}, [_unreadable(file, None, tell("why.unreadable"))]
    return value, lines, findings


def _unreadable(file: str, line: int | None, why: Words) -> Finding:
    return Finding("P04", file, cell=str(line) if line else "", details={"why": why})


_CUT_OFF = re.compile(r"\s+#[^\s#].*")


def _refused(text: str, file: str) -> Iterator[Finding]:
    """Yield what would make reading go on for ever, as a few lines of references, or of brackets, can; and lost words.

    The parser in C takes all of it in its stride.
    """
    depth, rows = 0, text.split("\n")
    for event in yaml.parse(text, Loader=_LOADER):
        line = str(event.start_mark.line + 1) if event.start_mark else ""
        if isinstance(event, yaml.AliasEvent):
            yield Finding("P09", file, cell=line, details={"value": f"*{event.anchor}"})
        elif isinstance(event, yaml.NodeEvent) and event.anchor:
            yield Finding("P09", file, cell=line, details={"value": f"&{event.anchor}"})
        elif isinstance(event, yaml.ScalarEvent) and event.value and event.end_mark and not event.style:
            lost = _CUT_OFF.fullmatch(rows[event.end_mark.line], event.end_mark.column)
            if lost:  # '#1' of a title; a comment of anybody's has a space behind its sign
                details = {"value": event.value[:80], "lost": lost[0].strip()[:80]}
                yield Finding("P15", file, cell=str(event.end_mark.line + 1), details=details)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            yield Finding("P04", file, cell=line, details={"why": tell("why.too-deep")})
            return


_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp")}


# YAML 1.1 has numbers that do not look like what they are: 021 is 17, 1:30 is 90, 1_0 is 10, 0x1F is 31.
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?")


def _odd_number(node: Any, file: str) -> Iterator[Finding]:
    number = node.tag in {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
    if number and not _PLAIN_NUMBER.fullmatch(node.value):
        yield Finding("P11", file, cell=str(node.start_mark.line + 1), details={"value": node.value[:80]})


def _walk(node: Any, at: Key, lines: dict[Key, int], file: str) -> Iterator[Finding]:
    yield from _odd_number(node, file)
    if node.tag not in _TAGS:
        line = str(node.start_mark.line + 1)
        yield Finding("P08", file, cell=line, details={"value": node.tag.replace("tag:yaml.org,2002:", "!!")})
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _odd_number(key, file)
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
    current = _items(model)
    for step in at:
        if isinstance(step, int) or current is None:
            continue
        fields = {given.alias or key: given for key, given in current.model_fields.items()}
        field = fields.get(str(step))
        current = _model_in(field.annotation) if field else None
    return current


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that an annotation is or holds: `Band`, `tuple[Band, ...]`, `Maps | None`."""
    found = [annotation, *get_args(annotation)]
    return next((t for t in found if isinstance(t, type) and issubclass(t, BaseModel)), None)


def _items(model: type[BaseModel]) -> type[BaseModel] | None:
    """Return a model itself, or that of its items where the whole file is a list."""
    return _model_in(model.model_fields["root"].annotation) if issubclass(model, RootModel) else model


_WHY = {
    "string_pattern_mismatch": "why.pattern",
    "int_parsing": "why.whole",
    "int_type": "why.whole",
    "int_from_float": "why.whole",
    "string_type": "why.text",
    "truth": "why.truth",
    "greater_than_equal": "why.least",
    "less_than_equal": "why.most",
    "tuple_type": "why.list",
    "dict_type": "why.pairs",
    "model_type": "why.pairs",
    "too_short": "why.one-item",
    "string_too_short": "why.empty",
    "date_type": "why.date-form",
    "date_parsing": "why.date-form",
    "date_from_datetime_parsing": "why.date-form",
    "date_from_datetime_inexact": "why.date-form",
}


def _finding(error: Any, model: type[BaseModel], lines: dict[Key, int], file: str) -> Finding:
    at: Key = error["loc"]
    line = next((lines[at[:n]] for n in range(len(at), 0, -1) if at[:n] in lines), None)
    name = ".".join(str(step + 1) if isinstance(step, int) else step for step in at)
    cell = str(line) if line else ""
    if error["type"] == "extra_forbidden":
        owner = _model_at(model, at[:-1])
        known = [field.alias or key for key, field in owner.model_fields.items()] if owner else []
        details = {"value": name, "choices": ", ".join(known), "hint": nearest(str(at[-1]), known)}
        return Finding("P01", file, cell=cell, details=details)
    if error["type"] == "missing":
        return Finding("P02", file, cell=cell, details={"value": name, "about": f"{at[-1]}: ..."})
    context = error.get("ctx", {})
    why = _why(error["type"], context) or str(context.get("error", error["msg"]))
    return Finding("P03", file, cell=cell, details={"value": name or "params", "why": why})


def _why(kind: str, context: Any) -> Words:
    """Return why pydantic refuses a value; an empty text where only its own words tell."""
    refused = context.get("error")
    if isinstance(refused, Refusal):
        return refused.message
    if kind == "literal_error":
        some, _, last = context["expected"].rpartition(" or ")
        return tell("why.choices", expected=tell("why.either", some=some, last=last) if some else last)
    return tell(_WHY[kind], **context) if kind in _WHY else ""


def load_model(model: type[M], path: Path, file: str) -> M:
    """Return the closed model that the YAML file holds. Raises InputError with every finding in it."""
    return load_placed(model, path, file)[0]


def load_placed(model: type[M], path: Path, file: str) -> tuple[M, dict[Key, int]]:
    """Return the closed model that the YAML file holds, and the line of every key and item in it.

    Raises InputError with every finding in it.
    """
    value, lines, findings = load_yaml(path, file)
    if findings:
        raise InputError(tuple(findings))
    try:
        return model.model_validate(value if value is not None else {}), lines
    except ValidationError as error:
        found = tuple(_finding(item, model, lines, file) for item in error.errors())
        raise InputError(found) from None


def editions(root: Path) -> list[str]:
    """Return the names of the editions that have params, sorted."""
    return sorted(path.stem for path in (root / "params").glob("*.yml"))


def load_edition_params(root: Path, name: str) -> Edition:
    """Return the params of an edition. Raises InputError for an unknown edition or faulty params."""
    known = editions(root)
    if name not in known:
        listed = ", ".join(known) or tell("findings.no-editions")
        details = {"value": name[:80], "choices": listed, "hint": nearest(name, known)}
        raise InputError((Finding("P05", "params", details=details),))
    file = f"params/{name}.yml"
    edition, lines = load_placed(Edition, root / file, file)
    if wrong := (*group_problems(edition, file, lines), *content_problems(edition, file, lines)):
        raise InputError(wrong)
    if edition.edisi != name:
        details = {"value": edition.edisi, "expected": f"{name}.yml"}
        raise InputError((Finding("P07", file, details=details),))
    return edition
