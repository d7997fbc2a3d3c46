"""How papermill and nbconvert are imported: without a grammar that takes seconds to build and is never used."""

from __future__ import annotations

import importlib
import sys

# jsonschema tries to import this package for the format "iri", which the notebook format does not use. Importing it
# builds parsers for all of RFC 3987 (2.7 s).
_UNUSED = "rfc3987_syntax"


def import_papermill() -> None:
    """Import papermill, nbconvert and what they need."""
    absent = _UNUSED not in sys.modules
    if absent:
        sys.modules[_UNUSED] = None  # type: ignore[assignment]  # so an import fails, which jsonschema expects
    try:
        for module in ("nbformat", "papermill.execute", "papermill.inspection", "nbconvert"):
            importlib.import_module(module)
    finally:
        if absent:
            sys.modules.pop(_UNUSED, None)
