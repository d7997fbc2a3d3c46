"""How the large packages are imported: without parts that take long to import and that no report uses."""

from __future__ import annotations

import importlib

from monev.io.omitted_imports import without


def import_papermill() -> None:
    """Import papermill, nbconvert and what they need."""
    # jsonschema wants these for the formats "iri" and "duration", which notebooks do not use; the first builds parsers
    # for RFC 3987 (2.7 s).
    with without("rfc3987_syntax"), without("isoduration"):
        for module in ("nbformat", "papermill.execute", "papermill.inspection", "nbconvert"):
            importlib.import_module(module)


def import_kernel() -> None:
    """Import what a kernel consists of, with the modules it would import when it starts; without its debugger."""
    with without("debugpy"):
        importlib.import_module("ipykernel.debugger")
    for module in (
        "ipykernel.kernelapp",
        "ipykernel.ipkernel",
        "ipykernel.zmqshell",
        "IPython.core.completerlib",
        "IPython.core.debugger",
        "IPython.core.logger",
        "IPython.core.oinspect",
        "IPython.extensions.storemagic",
        "pdb",
        "resource",
        "sqlite3",
        "tornado.platform.asyncio",
    ):
        importlib.import_module(module)
