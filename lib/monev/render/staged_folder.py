"""The staged folder: a copy of `quarto/` with all that one edition puts into it, rendered by either engine.

After `stage()` the folder holds, beside the files of `quarto/`: one `_slot-<name>.md` per slot, `_angka.yml`
(metadata `angka`, `teks`, `ada`, `merek`, `lampiran-berkas`), the fonts in `fonts/` (and one for characters that they
lack), the given files (`gambar/*.svg`, `lampiran/*`). The same arguments give the same bytes.
"""

from __future__ import annotations

import importlib
import json
import re
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from monev.display.markdown import visible
from monev.io.brand_file import own_look
from monev.io.folders import REPOSITORY, make_steps
from monev.model.brand import FILE as BRAND_FILE
from monev.model.brand import Logo, Look
from monev.model.contents import EVERYTHING, Part
from monev.model.fields import GROUPS
from monev.model.groups import Group
from monev.render import fallback_font
from monev.render.composed_source import SOURCE, Composed, composed
from monev.render.fallback_font import FONTS, stand_ins
from monev.render.group_prose import for_groups
from monev.render.quarto_cli import ONE_STANDARD

FIGURES_FILE = "_angka.yml"
SLOT_FILE = "_slot-{name}.md"
FONT_FILES = {
    "font_source_serif_pro": ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt"),
    "font_source_sans_pro": ("Regular", "It", "Semibold", "SemiboldIt", "Bold", "BoldIt"),
}
FONT_NAMES = {"font_source_serif_pro": "SourceSerifPro", "font_source_sans_pro": "SourceSansPro"}

_SLOT = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_INCLUDE = re.compile(r"^\{\{< include _slot-([a-z0-9-]+)\.md >\}\}$", re.MULTILINE)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_SPECIAL_NAMES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Attachment:
    """One file carried inside the PDF; `name` is its path in the staged folder: `lampiran/angka.json`."""

    name: str
    description: str
    mime: str


def stage(
    quarto_dir: Path,
    target: Path,
    *,
    sections: Mapping[str, str],
    figures: Mapping[str, str],
    texts: Mapping[str, str],
    present: Mapping[str, bool],
    files: Mapping[str, bytes],
    attachments: Sequence[Attachment] = (),
    standards: Sequence[str] = ONE_STANDARD,
    revised: Collection[str] = (),
    look: Look | None = None,
    groups: Sequence[Group] = GROUPS,
    parts: Sequence[Part] = EVERYTHING,
    root: Path = REPOSITORY,
) -> None:
    """Write the self-contained folder `target`, which must be absent or empty.

    sections: slot name to Markdown; a slot that the report includes and nobody fills becomes an empty file.
    figures, texts, present: the metadata `angka`, `teks` and `ada`. files: relative name to content. standards: what
    Quarto is asked for (the embedded engine is told apart from the folder). revised: ids of figures that a revision
    changed, which are marked wherever words or tables print them. look: colours, fonts and logo (default: the
    repository's); its files lie below `root`. groups: of whom hand-written prose speaks. parts: what the report is made
    of; sections of others are left out.
    Raises ValueError for a name that leaves the folder or is taken already, a link in `quarto_dir`, a
    section without a place in the report, or an attachment that is not among the files; FileExistsError for a
    filled `target`.
    """
    target.mkdir(exist_ok=True)
    if any(target.iterdir()):
        raise FileExistsError(f"{target} is not empty")
    _copy_tree(quarto_dir, target)
    (target / BRAND_FILE).unlink(missing_ok=True)  # what it comes to is told as metadata
    sections = _compose(target, sections, groups, parts)
    if revised:
        sections = {name: _marked(text, revised) for name, text in sections.items()}
        for file in target.glob("*.qmd"):
            file.write_text(_marked(file.read_text("utf-8"), revised), "utf-8", newline="\n")
    _write_slots(target, sections)
    look = look or own_look()
    for name, content in sorted({**files, **_files_of(look, root)}.items()):
        _write_new(target, name, content)
    _check_attachments(target, attachments)
    metadata = _metadata(figures, texts, present, attachments, standards, look)
    _write_new(target, FIGURES_FILE, metadata.encode("utf-8"))
    _copy_fonts(target / FONTS)
    font = stand_ins((*sections.values(), *figures.values(), *texts.values()), target / FONTS)
    if font:
        _write_new(target, f"{FONTS}/{fallback_font.FILE}", font)


_FIGURE = re.compile(r'\]\{\.angka key="([^"]+)"\}')
_MARK = "^r^"


def _marked(text: str, revised: Collection[str]) -> str:
    """Return Markdown with a small r behind each figure that was revised."""
    return _FIGURE.sub(lambda found: found[0] + (_MARK if found[1] in revised else ""), text)


def escape_markdown(text: str) -> str:
    """`text` on one line with every ASCII punctuation mark escaped, so that Markdown reads it literally."""
    return _PUNCTUATION.sub(r"\\\1", " ".join(visible(text).split()))


def _copy_tree(source: Path, target: Path) -> None:
    for path in _regular_files(source):
        copy = target / path.relative_to(source)
        make_steps(target, copy.parent)
        shutil.copyfile(path, copy)


def _compose(
    target: Path, sections: Mapping[str, str], groups: Sequence[Group], parts: Sequence[Part]
) -> Mapping[str, str]:
    """Bring the report's source into the form that the edition has; return the sections that it holds."""
    before = {path.name: path.read_text("utf-8") for path in sorted(target.glob("*.qmd"))}
    prose = {name: for_groups(text, groups) for name, text in before.items()}
    slots = {SLOT_FILE.format(name=name): text for name, text in sections.items()}
    possible = included_slots(target)
    made = composed({**prose, **slots}, parts) if SOURCE in prose else Composed("", {})
    for name, text in {**prose, **made.files, **({SOURCE: made.source} if SOURCE in prose else {})}.items():
        if name in before and text != before[name]:
            (target / name).write_text(text, "utf-8", newline="\n")
    held = included_slots(target)
    return {
        name: made.files.get(SLOT_FILE.format(name=name), text)
        for name, text in sections.items()
        if name in held or name not in possible  # one without any place is told
    }


def _regular_files(folder: Path) -> Iterator[Path]:
    """Files below `folder` in a fixed order; hidden ones (an editor's, Quarto's own cache) stay out."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_symlink():
            raise ValueError(f"{path} is a symbolic link; quarto/ holds real files only")
        if path.is_dir():
            yield from _regular_files(path)
        else:
            yield path


def included_slots(folder: Path) -> tuple[str, ...]:
    """The slots that the report's own files include, in order of the files' names."""
    found = [name for file in sorted(folder.glob("*.qmd")) for name in _INCLUDE.findall(file.read_text("utf-8"))]
    return tuple(dict.fromkeys(found))


def _write_slots(target: Path, sections: Mapping[str, str]) -> None:
    wanted = included_slots(target)
    for name in sections:
        if not _SLOT.fullmatch(name):
            raise ValueError(f"slot name {name!r}: only a-z, 0-9 and single hyphens")
    homeless = sorted(set(sections) - set(wanted))
    if homeless:
        raise ValueError(f"no place in the report for: {', '.join(homeless)}")
    for name in wanted:
        text = sections.get(name, "").strip("\n")
        _write_new(target, SLOT_FILE.format(name=name), f"{text}\n".encode())


def _write_new(target: Path, name: str, content: bytes) -> None:
    """Write a file that is not there yet, at a relative POSIX path inside `target`."""
    path = target / _inside(name)
    if path.exists():
        raise ValueError(f"{name} is already taken in the staged folder")
    make_steps(target, path.parent)
    path.write_bytes(content)


def _inside(name: str) -> PurePosixPath:
    path = PurePosixPath(name)
    odd = not path.parts or path.is_absolute() or str(path) != name or not name.isprintable() or {"\\", ":"} & {*name}
    if odd or any(part.startswith(".") or _SPECIAL_NAMES.fullmatch(part) for part in path.parts):
        raise ValueError(f"{name!r} is not a plain relative file name")
    return path


def _check_attachments(target: Path, attachments: Sequence[Attachment]) -> None:
    for attachment in attachments:
        if not (target / _inside(attachment.name)).is_file():
            raise ValueError(f"attachment {attachment.name!r} is not among the staged files")


def _metadata(
    figures: Mapping[str, str],
    texts: Mapping[str, str],
    present: Mapping[str, bool],
    attachments: Sequence[Attachment],
    standards: Sequence[str],
    look: Look,
) -> str:
    """Text of `_angka.yml`. JSON strings are YAML; they are escaped, as pandoc reads metadata as Markdown."""
    lines = ["# Made by lib/monev/render/staged_folder.py; text is escaped because pandoc reads metadata as Markdown."]
    lines += _mapping("angka", {key: _text(value) for key, value in sorted(figures.items())})
    lines += _mapping("teks", {key: _text(value) for key, value in sorted(texts.items())})
    lines += _mapping("ada", {key: "true" if value else "false" for key, value in sorted(present.items())})
    lines += _mapping("merek", {key: _text(value) for key, value in _told(look).items()})
    lines += ["lampiran-berkas:" if attachments else "lampiran-berkas: []"]
    for file in attachments:
        lines += [
            f"  - path: {_text(file.name)}",
            f"    uraian: {_text(file.description)}",
            f"    mime: {_text(file.mime)}",
        ]
    lines += [f"pdf-standard: [{', '.join(standards)}]"] if standards else []
    return "\n".join(lines) + "\n"


def _files_of(look: Look, root: Path) -> dict[str, bytes]:
    """Return the files of a look by their names in the staged folder."""
    fonts = {f"{FONTS}/Merek-{n}{Path(file).suffix}": file for n, file in enumerate(look.files, start=1)}
    logo = {_logo(look.logo): look.logo.file} if look.logo else {}
    return {name: (root / file).read_bytes() for name, file in {**fonts, **logo}.items()}


def _logo(logo: Logo) -> str:
    return f"gambar/merek-logo{Path(logo.file).suffix.lower()}"


def _told(look: Look) -> dict[str, str]:
    """Return what templates and filter are told of a look."""
    logo = {"logo": _logo(look.logo), "logo-alt": look.logo.alt} if look.logo else {}
    return {**look.colours, "huruf-teks": look.text, "huruf-judul": look.headings, **logo}


def _mapping(name: str, values: Mapping[str, str]) -> list[str]:
    if not values:
        return [f"{name}: {{}}"]
    return [
        f"{name}:",
        *(f"  {json.dumps(key, ensure_ascii=False)}: {value}" for key, value in values.items()),
    ]


def _text(value: str) -> str:
    return json.dumps(escape_markdown(value), ensure_ascii=False)


def _copy_fonts(target: Path) -> None:
    """The fonts come as packages, so that a PDF looks the same on every machine."""
    target.mkdir(exist_ok=True)
    for package, styles in FONT_FILES.items():
        folder = Path(str(importlib.import_module(package).font_directory))
        for style in styles:
            name = f"{FONT_NAMES[package]}-{style}.ttf"
            shutil.copyfile(folder / name, target / name)
