"""Reads the texts of one's own that an edition names (`naskah/<name>.md`), and the pictures that they show."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

from monev.io.notebook_files import load_notebook, read_notebook
from monev.io.pandoc import markdown_tree
from monev.model.contents import NOTEBOOK
from monev.model.params import Edition
from monev.rules.manuscripts import FOLDER, Manuscript, read_manuscript
from monev.rules.own_notebooks import file_of, record_of
from monev.words.findings import Finding
from monev.words.messages import Words, tell

LARGEST = 1024**2  # bytes of a text
LARGEST_PICTURE = 5 * 1024**2
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_PICTURES = (".png", ".jpg", ".jpeg")


def manuscript_files(edition: Edition) -> list[str]:
    """Return the texts of one's own that an edition names, as paths from the root; of notebooks also what they gave."""
    own = [part for part in edition.contents if part.is_own and _NAME.fullmatch(part.name)]
    files = [f"{FOLDER}/{part.name}.md" for part in own if not part.is_notebook]
    books = [part.name for part in own if part.is_notebook]
    return [*files, *map(file_of, books), *(record_of(name, edition.edisi) for name in books)]


def with_own_settings(root: Path, edition: Edition) -> Edition:
    """Return an edition whose notebooks stand where they say themselves, as far as the params do not say it."""
    parts = []
    for setting in edition.bagian:
        name = setting.naskah.removesuffix(NOTEBOOK)
        if setting.naskah.endswith(NOTEBOOK) and not setting.sesudah and _NAME.fullmatch(name):
            _, own, _ = read_notebook(root, name)
            parts.append(setting.model_copy(update={"sesudah": own.after}))
        else:
            parts.append(setting)
    return edition if tuple(parts) == edition.bagian else edition.model_copy(update={"bagian": tuple(parts)})


def picture_path(target: str) -> str:
    """Return the path from the root of a picture that a text names from its own folder."""
    return posixpath.normpath(posixpath.join(FOLDER, target))


def load_manuscripts(root: Path, edition: Edition) -> tuple[tuple[Manuscript, ...], list[Finding]]:
    """Return the texts that can be read, and every finding in all of them."""
    found: list[Finding] = []
    made: list[Manuscript] = []
    ids: dict[str, str] = {}
    for part in edition.contents:
        if not part.is_own:
            continue
        file = file_of(part.name) if part.is_notebook else f"{FOLDER}/{part.name}.md"
        if not _NAME.fullmatch(part.name):
            found.append(Finding("W01", file[:200], details={"why": tell("why.text-name")}))
            continue
        if part.is_notebook:
            notebook, wrong = load_notebook(root, part, edition.edisi)
            found += wrong
            made += [notebook] if notebook else []
            continue
        if why := _unusable(root, file, LARGEST):
            found.append(Finding("W01", file, details={"why": why}))
            continue
        try:
            text = (root / file).read_text("utf-8-sig")
            manuscript, wrong = read_manuscript(part.name, text, markdown_tree(text))
        except (UnicodeDecodeError, ValueError):
            found.append(Finding("W01", file, details={"why": tell("why.unreadable")}))
            continue
        found += wrong
        for target, line in manuscript.pictures:
            if why := _bad_picture(root, target):
                found.append(Finding("W06", file, cell=str(line), details={"value": target, "why": why}))
        for id_, line in manuscript.ids:
            if ids.setdefault(id_, file) != file or [i for i, _ in manuscript.ids].count(id_) > 1:
                found.append(Finding("W02", file, cell=str(line), details={"what": tell("why.id-twice", name=id_)}))
        made.append(manuscript)
    return tuple(made), found


def pictures_of(manuscripts: tuple[Manuscript, ...]) -> list[str]:
    """Return the pictures of some texts, each once, as paths from the root."""
    return list(dict.fromkeys(picture_path(target) for own in manuscripts for target, _ in own.pictures))


def _bad_picture(root: Path, target: str) -> Words:
    if re.match(r"[a-z]+:|/|\\", target, re.IGNORECASE):
        return tell("why.not-beside")
    if not target.casefold().endswith(_PICTURES):
        return tell("why.other-kind", kinds=", ".join(_PICTURES))
    return _unusable(root, picture_path(target), LARGEST_PICTURE)


def _unusable(root: Path, file: str, limit: int) -> Words:
    """Say why a file of the root cannot be used; an empty text where it can."""
    try:
        inside = (root / file).resolve().is_relative_to(root.resolve())
        size = (root / file).stat().st_size if (root / file).is_file() else -1
    except (OSError, ValueError, RuntimeError):
        return tell("why.not-there")
    if not inside:
        return tell("why.not-beside")
    if size < 0:
        return tell("why.not-there")
    return tell("why.large-file", limit=limit // 1024**2) if size > limit else ""
