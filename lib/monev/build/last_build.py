"""Whether the published outputs of an edition still stand: everything they were made from is the same, and so are they.

Told by content alone, and without reading an input as what it is: every file that the last build read (the
interpreter reported them, `monev.io.read_log`) or looked for in vain, the code, the tools, and each file of the
outputs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from monev.build.build_options import BuildOptions
from monev.io import manifest, read_log
from monev.io.folders import RootFolders
from monev.io.guarded_cache import Cache
from monev.io.read_log import Read

RECORD = "terbit"
LOG = "run.log"  # tells how long things took; no content


def stands(cache: Cache, root: Path, edition: str, options: BuildOptions) -> bool:
    """Tell whether a build with these options would give the outputs that are there."""
    kept = cache.read(RECORD)
    options = options.keeping(RootFolders(root).output(edition))
    if not isinstance(kept, dict) or kept.get("dasar") != _base(options):
        return False
    if any(read_log.file_digest(str(root / file)) != digest for file, digest in kept["bahan"].items()):
        return False
    if any(os.path.realpath(root / file) != leads for file, leads in kept["jalan"].items()):
        return False
    return bool(kept["hasil"] == _outputs(RootFolders(root).output(edition)))


def remember(
    cache: Cache, root: Path, edition: str, options: BuildOptions, read: Iterable[Read], absent: Iterable[str]
) -> None:
    """Keep what the outputs that were just published were made from.

    `read` are the reads of the build itself; `absent` are files that it would have read had they been there.
    """
    files = {file: "" for file in absent if not (root / file).exists()}
    for one in read:
        place = Path(one.get("berkas", ""))
        if place.is_relative_to(root):
            files[place.relative_to(root).as_posix()] = one["sidik"]
    leads = {file: os.path.realpath(root / file) for file in files}
    outputs = _outputs(RootFolders(root).output(edition))
    record = {"dasar": _base(options), "bahan": files, "jalan": leads, "hasil": outputs}
    cache.write(RECORD, record)


def _base(options: BuildOptions) -> dict[str, Any]:
    code = manifest.together(manifest.code_digests())
    return {"pesanan": list(options.asked), "kode": code, "alat": manifest.environment_digest(), "quarto": _quarto()}


def _quarto() -> str:
    """Return which Quarto is there, if any; its version would cost more to ask for than all the rest."""
    program = shutil.which("quarto")
    if not program:
        return ""
    known = os.stat(program)
    return f"{os.path.realpath(program)} {known.st_size} {known.st_mtime_ns}"


def _outputs(folder: Path) -> dict[str, str]:
    """Return the digest of each file of an output folder, but for those that are no content of the report."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name != LOG and not path.is_dir():
            found[name] = read_log.file_digest(str(path))
    return found
