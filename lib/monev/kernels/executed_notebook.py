"""What running a notebook gives: its normalised file and the sections it shows; and that file as a page."""

from __future__ import annotations

import functools
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


_PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c232b; }}
pre, code {{ font-family: ui-monospace, monospace; font-size: .9em; }}
pre {{ background: #f5f7fa; padding: .6rem .8rem; overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #c3ccd6; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
svg {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


@functools.cache
def _exporter() -> Any:
    """Return nbconvert's exporter with the filters that it otherwise sets for each notebook."""
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    exporter = HTMLExporter(template_name="basic", extra_template_basedirs=[])  # none of the folder it is called in
    exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python", parent=exporter))
    exporter.register_filter("filter_data_type", WidgetsDataTypeFilter({}, parent=exporter))
    return exporter


def page(notebook: bytes, title: str) -> bytes:
    """Return a normalised notebook as one HTML page that loads nothing from elsewhere."""
    import nbformat
    from nbconvert import TemplateExporter

    # HTMLExporter's own method parses the page once more to mark what its other template has, which takes most of its
    # time; here is nothing to mark.
    found = nbformat.reads(notebook.decode("utf-8"), as_version=4)
    body, _ = TemplateExporter.from_notebook_node(_exporter(), found)
    return _PAGE.format(title=title, body=body).encode("utf-8")
