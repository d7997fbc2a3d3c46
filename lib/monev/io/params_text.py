"""New params from those of an earlier edition, changed as text so that comments and order stay."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from monev.model.imprint import Publication
from monev.model.params import OLD_KEYS, Edition, Period

PER_EDITION = ("aktif", *(key for (what, _), key in OLD_KEYS.items() if what == "aktif"))
"""Declared counts that hold for one period only: a new edition declares its own."""


class UnknownLayout(ValueError):
    """The text is laid out in a way that cannot be changed safely; `key` says where."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class _Edit:
    """The text from `start` to before `end` becomes `text`."""

    start: int
    end: int
    text: str


def following_edition(source: Edition, name: str, title: str, period: Period, register: str) -> Edition:
    """Return the edition that follows: a register of its own, one period more, no counts declared for the last one.

    No highlights are accepted either, what the earlier edition says of itself (`keterangan`) is not said again, and its
    forms have no day until when they are awaited yet.
    """
    said = source.pernyataan.model_copy(update={**dict.fromkeys(PER_EDITION), "aktif": {}})
    periods = (*source.periode, period)
    form = source.formulir.model_copy(update={"tenggat": None})
    own = {"pernyataan": said, "sorotan": (), "keterangan": "", "formulir": form, "terbitan": Publication()}
    changed = {"edisi": name, "judul": title, "rencana_aksi": register, "periode": periods}
    return Edition.model_validate(source.model_copy(update={**changed, **own}).model_dump())


def following_text(text: str, source: str, edition: Edition) -> str:
    """Return the params of `edition` as text: those of edition `source` in `text`, changed where they differ.

    Raises UnknownLayout when the changed text does not give exactly that edition.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        raise UnknownLayout("edisi")
    nodes = {str(key.value): (key, value) for key, value in root.value}
    edits = [
        _scalar(nodes["edisi"][1], edition.edisi),
        _scalar(nodes["judul"][1], edition.judul),
        _scalar(nodes["rencana_aksi"][1], edition.rencana_aksi),
        _appended(text, nodes["periode"][1], edition.current),
        *_withdrawn(nodes.get("pernyataan", (None, None))[1], edition.current),
        *_unaccepted(nodes.get("sorotan", (None, None))[1]),
        *_unsaid(text, nodes.get("keterangan", (None, None))[1]),
        *_undated(nodes.get("formulir", (None, None))[1]),
        *_unpublished(text, nodes.get("terbitan", (None, None))[1]),
    ]
    text = _headed(_edited(text, edits), source, edition.edisi)
    try:
        made = Edition.model_validate(yaml.safe_load(text))
    except (yaml.YAMLError, ValueError):
        raise UnknownLayout("periode") from None
    if made != edition:
        raise UnknownLayout("periode")
    return text


def _edited(text: str, edits: Iterable[_Edit]) -> str:
    for edit in sorted(edits, key=lambda e: e.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def following_corrections(text: str, gone: str, moved: Mapping[str, str]) -> str:
    """Return corrections as text without those of workbook `gone`, which the new edition does not read.

    Those of workbooks that the new edition has copies of name the copies: `moved` leads from one path to the other.
    Empty when none is left. Raises UnknownLayout when items cannot be told apart by their lines.
    """
    return _renamed_books(_without(text, gone), moved)


def _renamed_books(text: str, moved: Mapping[str, str]) -> str:
    edits = []
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    for item in root.value if isinstance(root, yaml.SequenceNode) else ():
        for key, value in item.value:
            book, _, place = str(value.value).partition("!")
            if key.value == "sel" and book in moved:
                edits.append(_scalar(value, f"{moved[book]}!{place}"))
    return _edited(text, edits)


def _without(text: str, gone: str) -> str:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.SequenceNode):
        return ""
    values = yaml.safe_load(text)
    keep = [not str(value.get("sel", "")).startswith(f"{gone}!") for value in values]
    if not any(keep):
        return ""
    if all(keep):
        return text
    if root.flow_style:
        raise UnknownLayout("sel")
    lines = text.splitlines(keepends=True)
    starts = [*(node.start_mark.line for node in root.value), len(lines)]
    kept = lines[: starts[0]]
    for wanted, start, end in zip(keep, starts, starts[1:], strict=False):
        kept += lines[start:end] if wanted else []
    made = "".join(kept)
    if yaml.safe_load(made) != [value for value, wanted in zip(values, keep, strict=True) if wanted]:
        raise UnknownLayout("sel")
    return made


def _dumped(value: Any) -> str:
    """Return a value as YAML on one line."""
    made: str = yaml.safe_dump(value, default_flow_style=True, allow_unicode=True, sort_keys=False, width=10**6)
    return made.removesuffix("\n").removesuffix("\n...")


def _scalar(node: yaml.Node, value: str) -> _Edit:
    ends_line = isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")
    return _Edit(node.start_mark.index, node.end_mark.index, _dumped(value) + "\n" * ends_line)


def _appended(text: str, node: yaml.Node, period: Period) -> _Edit:
    """Put a period behind the last one, in the way in which the list is written."""
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise UnknownLayout("periode")
    last, item = node.value[-1], _dumped(period.model_dump(exclude_none=True, exclude_defaults=True))
    end = _end(last)
    if node.flow_style:
        return _Edit(end, end, f", {item}")
    line_start = text.rfind("\n", 0, last.start_mark.index) + 1
    before = text[line_start : last.start_mark.index]
    if before.strip() != "-":
        raise UnknownLayout("periode")
    line_end = text.find("\n", end)
    place = len(text) if line_end < 0 else line_end
    return _Edit(place, place, f"\n{before[: before.index('-')]}- {item}")


def _end(node: yaml.Node) -> int:
    """Return where a node's own text ends; a block's mark stands only where the next thing begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        return _end(last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    return end


def _withdrawn(node: yaml.Node | None, period: Period) -> Iterator[_Edit]:
    """Comment out what was declared for the earlier period only."""
    if not isinstance(node, yaml.MappingNode):
        return
    own = [(key, value) for key, value in node.value if key.value in PER_EDITION]
    if not own:
        return
    if node.flow_style or len(own) == len(node.value):
        raise UnknownLayout("pernyataan")
    for key, value in own:
        said = value.value
        if isinstance(value, yaml.MappingNode):
            said = ", ".join(f"{code.value} {count.value}" for code, count in value.value)
        wish = f"# {key.value}:   # isi untuk {period.label} ({period.kode}); terdahulu {said}"
        yield _Edit(key.start_mark.index, _end(value), wish)


def _undated(node: yaml.Node | None) -> Iterator[_Edit]:
    """Take away the day until when the earlier edition's forms were awaited."""
    if not isinstance(node, yaml.MappingNode):
        return
    pairs = node.value
    at = next((n for n, (key, _) in enumerate(pairs) if key.value == "tenggat"), None)
    if at is None:
        return
    if len(pairs) == 1:
        yield _Edit(node.start_mark.index, node.end_mark.index if node.flow_style else _end(node), "{}")
    elif at + 1 < len(pairs):
        yield _Edit(pairs[at][0].start_mark.index, pairs[at + 1][0].start_mark.index, "")
    else:
        yield _Edit(_end(pairs[at - 1][1]), _end(pairs[at][1]), "")


def _unaccepted(node: yaml.Node | None) -> Iterator[_Edit]:
    """Empty the list of accepted highlights: what a rule points to in the new edition is to be accepted anew."""
    if isinstance(node, yaml.SequenceNode) and node.value:
        end = node.end_mark.index if node.flow_style else _end(node)
        yield _Edit(node.start_mark.index, end, "[]")


def _unpublished(text: str, node: yaml.Node | None) -> Iterator[_Edit]:
    """Empty what is said of a publication: each edition has a number, a date and a foreword of its own."""
    if isinstance(node, yaml.MappingNode) and node.value:
        start, end = node.start_mark.index, _end(node)
        if node.flow_style:
            end = node.end_mark.index
        yield _Edit(start, end, "{}\n" if text[start:end].endswith("\n") else "{}")


def _unsaid(text: str, node: yaml.Node | None) -> Iterator[_Edit]:
    """Empty a text, also one that is written in several lines."""
    if isinstance(node, yaml.ScalarNode) and node.value:
        start, end = node.start_mark.index, node.end_mark.index
        yield _Edit(start, end, '""\n' if text[start:end].endswith("\n") else '""')


def _headed(text: str, source: str, name: str) -> str:
    """Let the first comment speak of the new edition."""
    words = f"# Params edisi {name}, disiapkan dari {source} dengan ./monev new."
    pattern = re.compile(rf"^# Params edisi {re.escape(source)}\b.*$", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: words, text, count=1)
    return f"{words}\n{text}"
