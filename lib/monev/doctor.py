"""`./monev doctor`: what is installed, what is missing, and what follows from it."""

from __future__ import annotations

import platform
import shutil
from importlib import metadata
from pathlib import Path
from typing import TextIO

from monev import __version__

_PACKAGES = (
    "papermill",
    "ipykernel",
    "nbconvert",
    "pandas",
    "matplotlib",
    "openpyxl",
    "XlsxWriter",
    "pydantic",
)


def report(root: Path, out: TextIO) -> int:
    """Print versions, engines and fonts found; return 0 when a report can be built, 3 when something is missing."""
    from monev.io.settings import editions
    from monev.run import render
    from monev.run.stage import FONT_FILES

    missing = []
    print(f"monev {__version__}, Python {platform.python_version()}, {platform.system()}", file=out)
    print("Paket:", file=out)
    for name in _PACKAGES:
        try:
            print(f"  {name} {metadata.version(name)}", file=out)
        except metadata.PackageNotFoundError:
            missing.append(name)
    print("Mesin penyusun:", file=out)
    try:
        versions = render.engine_versions()
        print(f"  embedded: pandoc {versions['pandoc']}, Typst {versions['typst']}", file=out)
        found = versions.get("quarto")
        print(
            f"  quarto: {found or 'tidak ada di PATH (tidak wajib; laporan disusun oleh mesin embedded)'}",
            file=out,
        )
        print(f"  dipakai bila --engine auto: {render.choose_engine('auto').name}", file=out)
    except (ImportError, OSError, metadata.PackageNotFoundError) as error:
        missing.append(f"pandoc atau Typst ({error})")
    print("Huruf:", file=out)
    for package in FONT_FILES:
        try:
            print(f"  {package} {metadata.version(package.replace('_', '-'))}", file=out)
        except metadata.PackageNotFoundError:
            missing.append(package)
    print(f"Folder data: {root}; edisi: {', '.join(editions(root)) or 'belum ada'}", file=out)
    free = shutil.disk_usage(root).free // 1024**2
    print(f"Ruang disk: {free} MB", file=out)
    if missing:
        print(f"KURANG: {', '.join(missing)}. Hapus folder .venv lalu jalankan ./monev lagi.", file=out)
        return 3
    print("Lengkap.", file=out)
    return 0
