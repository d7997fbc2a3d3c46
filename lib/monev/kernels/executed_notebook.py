"""What running a notebook gives: its normalised file and the sections it shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from monev.display.section_output import SECTION_TYPE
from monev.io.read_log import Read


@dataclass(frozen=True)
class Filled:
    """A section that a notebook gave: its slot, Markdown and pictures."""

    slot: str
    markdown: str
    files: Mapping[str, str]


@dataclass(frozen=True)
class Executed:
    """One executed notebook: its normalised file, its sections, how long it took, what it read."""

    name: str
    notebook: bytes
    sections: tuple[Filled, ...]
    seconds: float
    reads: tuple[Read, ...] = ()  # what it read while it ran (`monev.io.read_log`)


def normalised(notebook: Mapping[str, Any]) -> bytes:
    """Return an executed notebook without times, machine names and counters: the same for the same content.

    Its texts are lists of lines, as nbformat writes them.
    """
    cells = [_cell(number, cell) for number, cell in enumerate(notebook["cells"], start=1)]
    metadata = {key: value for key, value in notebook["metadata"].items() if key != "papermill"}
    kept = {**notebook, "cells": cells, "metadata": metadata | {"language_info": {"name": "python"}}}
    return (json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _cell(number: int, cell: Mapping[str, Any]) -> dict[str, Any]:
    tags = {key: value for key, value in cell["metadata"].items() if key == "tags"}
    kept = {**cell, "id": f"sel-{number:02d}", "metadata": tags, "source": _lines(cell["source"])}
    return kept | {"outputs": [_output(output) for output in cell["outputs"]]} if "outputs" in cell else kept


def _output(output: Mapping[str, Any]) -> dict[str, Any]:
    if output["output_type"] == "stream":
        return {"name": output["name"], "output_type": "stream", "text": _lines(output["text"])}
    data = {kind: value if _is_json(kind) else _lines(value) for kind, value in output.get("data", {}).items()}
    return {**output, "metadata": {}} | ({"data": data} if "data" in output else {})


def _is_json(kind: str) -> bool:
    return kind == "application/json" or (kind.startswith("application/") and kind.endswith("+json"))


def _lines(text: Any) -> Any:
    return text.splitlines(keepends=True) if isinstance(text, str) else text


def sections(notebook: Mapping[str, Any]) -> tuple[Filled, ...]:
    """Return the sections that an executed notebook shows, in order."""
    found = []
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            data = output.get("data", {}).get(SECTION_TYPE)
            if data is not None:
                found.append(Filled(data["slot"], data["markdown"], dict(data["files"])))
    return tuple(found)
