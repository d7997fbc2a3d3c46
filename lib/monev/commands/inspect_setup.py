"""`monev doctor`: what is installed, what is missing, and what follows from it."""

from __future__ import annotations

import platform
import shutil
import sys
from collections.abc import Iterable
from importlib import metadata
from typing import TextIO

import click

from monev import __version__
from monev.commands.bilingual import General, command
from monev.words.errors import EXIT_DONE, EXIT_RUN
from monev.words.messages import tell

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


@command("doctor")
@click.pass_obj
def run(general: General) -> int:
    """Print versions, engines and fonts found; return 0 when a report can be built, 3 when something is missing."""
    from monev.io.params_file import editions
    from monev.render import engines
    from monev.render.staged_folder import FONT_FILES

    root, out = general.root, sys.stdout

    def say(key: str, **details: object) -> str:
        return tell(key, **details).text(general.language)

    missing: list[str] = []
    print(f"monev {__version__}, Python {platform.python_version()}, {platform.system()}", file=out)
    print(say("doctor.packages"), file=out)
    missing += _told(_PACKAGES, out)
    print(say("doctor.engines"), file=out)
    try:
        versions = engines.engine_versions()
        print(f"  embedded: pandoc {versions['pandoc']}, Typst {versions['typst']}", file=out)
        print(f"  quarto: {versions.get('quarto') or say('doctor.no-quarto')}", file=out)
        chosen = engines.choose_engine("auto")
        print(f"  {say('doctor.chosen', name=chosen.name, standards=' + '.join(chosen.standards))}", file=out)
    except (ImportError, OSError, metadata.PackageNotFoundError) as error:
        missing.append(say("doctor.no-engine", error=error))
    print(say("doctor.fonts"), file=out)
    missing += _told(FONT_FILES, out)
    listed = ", ".join(editions(root)) or tell("findings.no-editions")
    print(say("doctor.root", root=root, editions=listed), file=out)
    free = shutil.disk_usage(root).free // 1024**2
    print(say("doctor.space", free=free), file=out)
    if missing:
        print(say("doctor.missing", names=", ".join(missing)), file=out)
        return EXIT_RUN
    print(say("doctor.complete"), file=out)
    return EXIT_DONE


def _told(packages: Iterable[str], out: TextIO) -> list[str]:
    """Print the version of each package; return those that are missing."""
    missing = []
    for name in packages:
        try:
            print(f"  {name} {metadata.version(name)}", file=out)  # of a font: metadata take `_` and `-` as the same
        except metadata.PackageNotFoundError:
            missing.append(name)
    return missing
