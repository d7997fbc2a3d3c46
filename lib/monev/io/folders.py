"""Where things are: the repository that holds code, notebooks and `quarto/`, and the root that holds the data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[3]
NOTEBOOKS = REPOSITORY / "notebooks"
QUARTO = REPOSITORY / "quarto"
CHART_STYLE = QUARTO / "_extensions" / "monev" / "monev.mplstyle"
ROOT_VARIABLE = "MONEV_ROOT"


@dataclass(frozen=True)
class RootFolders:
    """The folders of one root (`--root`; default: the repository)."""

    root: Path

    def output(self, edition: str) -> Path:
        """Return where an edition's outputs stand."""
        return self.root / "outputs" / edition


def seen_from_here(path: Path) -> str:
    """Return a path as short as it can be named from the current folder."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
