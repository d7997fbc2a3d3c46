"""The manifest: SHA-256 of everything an edition is made from and of what came out. No time of day, no machine path."""

from __future__ import annotations

import functools
import hashlib
import json
import os
import platform
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from monev import __version__
from monev.io.folders import NOTEBOOKS, QUARTO, REPOSITORY
from monev.io.guarded_folders import GuardedFolder

_TOOLS = (
    "papermill",
    "ipykernel",
    "nbconvert",
    "pandas",
    "matplotlib",
    "openpyxl",
    "pydantic",
    "typst",
    "pypandoc_binary",
    "numpy",
    "XlsxWriter",
    "fonttools",
    "font-source-serif-pro",
    "font-source-sans-pro",
)
OVER = "sidik_dari"  # in a manifest: the groups that its fingerprint is over; earlier ones do not say
_FILES = ("masukan", "params", "kode")


def digest(content: bytes) -> str:
    """Return the SHA-256 of bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def file_digests(root: Path, files: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of files given by their path from `root`."""
    return {file: digest((root / file).read_bytes()) for file in sorted(files)}


def _below(folder: Path, *patterns: str) -> list[str]:
    paths = {path for pattern in patterns for path in folder.rglob(pattern) if path.is_file()}
    hidden = (
        path
        for path in paths
        if not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    )
    return [path.relative_to(REPOSITORY).as_posix() for path in hidden]


def code_digests() -> dict[str, str]:
    """Return the SHA-256 of the package, the notebooks with their order and what lies beside, the Quarto project."""
    package = REPOSITORY / "lib" / "monev"
    files = [
        *_below(package, "*.py"),
        *_below(package / "model" / "instrumen", "*.yml"),
        *_below(NOTEBOOKS, "*"),
        *_below(QUARTO, "*"),
    ]
    return file_digests(REPOSITORY, files)


def tool_versions() -> dict[str, str]:
    """Return the versions of the tools that shape the outputs."""
    versions = {"python": platform.python_version(), "monev": __version__}
    return versions | {name: metadata.version(name) for name in _TOOLS}


def sources(files: Mapping[str, Mapping[str, str]], tools: Mapping[str, object]) -> dict[str, object]:
    """Return what a manifest says of its edition's making, with the fingerprint over all of it.

    `files` are inputs, params and code by name and SHA-256, `tools` the engine, its standards, and versions.
    """
    made = {**files, **tools}
    said = {**made, OVER: sorted(made)}
    return {"sidik": fingerprint(said), **said}


def fingerprint(said: Mapping[str, object]) -> str:
    """Return the fingerprint of what a manifest says: a short hash, printed on the last page."""
    over = said.get(OVER)
    groups = {name: said.get(name) for name in (over if isinstance(over, list) else _FILES)}
    files = [group for name, group in groups.items() if name in _FILES and isinstance(group, dict)]
    tools = {name: json.dumps(group, sort_keys=True) for name, group in groups.items() if name not in _FILES}
    whole = together(*files, tools)
    return "-".join(whole[n : n + 4] for n in range(0, 16, 4))


def package_on_disk() -> str:
    """Return one SHA-256 over the package's code as it stands on the disk now."""
    below = REPOSITORY / "lib" / "monev"
    return together(file_digests(REPOSITORY, _below(below, "*.py")))


@functools.cache
def package_digest() -> str:
    """Return one SHA-256 over the package's code as it was when this process asked first: the code that it runs."""
    return package_on_disk()


def environment_digest() -> str:
    """Return one SHA-256 over the interpreter, the system and the names and versions of all installed packages."""
    names = {
        entry.name
        for folder in sys.path
        if os.path.isdir(folder)
        for entry in os.scandir(folder)
        if entry.name.endswith((".dist-info", ".egg-info"))
    }
    system = (platform.python_implementation(), platform.python_version(), sys.platform, platform.machine())
    return digest("\n".join([*system, *sorted(names)]).encode("utf-8"))


def together(*groups: Mapping[str, str]) -> str:
    """Return one SHA-256 over files given by name and SHA-256."""
    lines = sorted(f"{value}  {name}" for group in groups for name, value in group.items())
    return digest("\n".join(lines).encode("utf-8"))


def is_output_folder(folder: GuardedFolder) -> bool:
    """Tell whether a folder holds outputs of a build: its manifest says so."""
    try:
        made = json.loads(folder.read("manifest.json"))
    except (OSError, ValueError):
        return False
    return isinstance(made, dict) and {"edisi", "sidik", "keluaran"} <= made.keys()
