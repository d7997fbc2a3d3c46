"""Writes a good example of a notebook of one's own: a theme across commitments, in twenty lines."""

from __future__ import annotations

import json
import re
from pathlib import Path

from monev.io.guarded_folders import guarded
from monev.io.notebook_files import taken_names
from monev.io.notebook_trust import trust
from monev.io.params_file import editions
from monev.rules.manuscripts import FOLDER
from monev.rules.own_notebooks import file_of
from monev.words.errors import InputError, RunError
from monev.words.findings import Finding
from monev.words.messages import tell

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_INTRODUCTION = """\
# {title}

Bagian ini membandingkan komitmen satu sama lain. Ganti kata-katanya dengan kata-kata Anda."""
_TABLE = """\
komitmen = laporan.komitmen[["komitmen", "judul", "skor", "kategori"]]
urut = komitmen.dropna(subset=["skor"]).sort_values("skor", ascending=False)
laporan.tabel(urut, keterangan="Komitmen menurut skor administratif")"""
_FIGURE = """\
target = laporan.target.dropna(subset=["nilai"])
rerata = target.groupby("kelompok")["nilai"].mean().sort_values()
fig, bidang = laporan.bidang()
bidang.barh(list(rerata.index), list(rerata))
bidang.set_xlabel("rata-rata nilai target (persen)")
laporan.gambar(
    fig,
    keterangan="Rata-rata nilai target menurut kelompok pelaksana",
    teks_alternatif="Diagram batang rata-rata nilai target tiap kelompok; angkanya ada dalam tabel sesudahnya.",
)"""
_NUMBER = """\
selisih = laporan.catat(
    "{name}.selisih-kelompok",
    round(float(rerata.max() - rerata.min()), 1),
    "rata-rata tertinggi dikurangi rata-rata terendah di antara kelompok pelaksana",
    target["sumber"],
    satuan="poin",
)
laporan.teks(f"Selisih rata-rata antara kelompok tertinggi dan terendah {{selisih.md}} poin.")"""


def example(name: str, edition: str) -> bytes:
    """Return the notebook called `name`, for an edition to begin with."""
    title = name.replace("-", " ").capitalize()
    cells = [
        _cell("markdown", _INTRODUCTION.format(title=title)),
        _cell("code", f'edisi = "{edition}"  # str: kode edisi, sama dengan nama berkas di params/', ["parameters"]),
        _cell("code", "from monev.notebook import load_edition\n\nlaporan = load_edition(edisi)"),
        _cell("code", "laporan.target.head()", ["tanpa-laporan"]),
        _cell("code", _TABLE),
        _cell("code", _FIGURE),
        _cell("code", _NUMBER.format(name=name)),
    ]
    notebook = {
        "cells": [{**cell, "id": f"sel-{n:02d}"} for n, cell in enumerate(cells, start=1)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
            "monev": {"judul": title},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _cell(kind: str, source: str, tags: list[str] | None = None) -> dict[str, object]:
    cell: dict[str, object] = {
        "cell_type": kind,
        "metadata": {"tags": tags} if tags else {},
        "source": source.splitlines(keepends=True),
    }
    return cell | ({"execution_count": None, "outputs": []} if kind == "code" else {})


def write_example(root: Path, name: str) -> str:
    """Write the notebook into `naskah/`, trusted; return its path from the root.

    Raises InputError for a name that is taken or no name, and where a file is there; RunError when it cannot be
    written.
    """
    file = file_of(name)
    if not _NAME.fullmatch(name):
        raise InputError((Finding("W01", file[:200], details={"why": tell("why.text-name")}),))
    if name in taken_names():
        raise InputError((Finding("W08", file, details={"why": tell("why.notebook-taken", name=name)}),))
    known = editions(root)
    content = example(name, known[-1] if known else "EDISI")
    try:
        with guarded(root, FOLDER, make=True) as folder:
            folder.write(f"{name}.ipynb", content, new=True)
    except FileExistsError:
        raise InputError((Finding("N01", file),)) from None
    except OSError as error:
        raise RunError(tell("new.unwritable", why=error.strerror or type(error).__name__)) from None
    trust(root, name, content)
    return file
