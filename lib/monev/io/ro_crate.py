"""The outputs as an RO-Crate: which runs made which file from what, for tools that read research objects.

Follows RO-Crate 1.1 and the profile Process Run Crate 0.5. Everything comes from the manifest, so the same build gives
the same bytes: no time of day, no path of a machine. Three things are so on purpose:

- An action has no `endTime`, which the profile recommends: it would differ from build to build. `run.log` has it.
- Workbooks, params, notebooks and templates lie outside the output folder, where a crate cannot have files. They are
  contextual entities with local ids (`#inputs/2021-S2/capaian-kl.xlsx`), named by their path from the root and by
  their SHA-256, also as an `ni:` URI (RFC 6920). Two files with equal content stay two.
- `manifest.json` has no hash here: it is written last, and holds the hash of this file.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from urllib.parse import quote

from monev.model.params import Edition

FILE = "ro-crate-metadata.json"
ROCRATE = "https://w3id.org/ro/crate/1.1"
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = (f"{ROCRATE}/context", "https://w3id.org/ro/terms/workflow-run/context")
MONEV, SECRETARIAT, RIGHTS = "#monev", "#sekretariat", "#hak-pemakaian"
UNHASHED = {"manifest.json": "Sidik semua bahan dan hasil", "run.log": "Catatan jalannya penyusunan"}

Entity = Mapping[str, object]
Digests = Mapping[str, str]

_FORMATS = {
    ".csv": "text/csv",
    ".css": "text/css",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".js": "text/javascript",
    ".json": "application/json",
    ".log": "text/plain",
    ".pdf": "application/pdf",
    ".qmd": "text/markdown",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".yml": "application/yaml",
}
_HOMES = {
    "monev": "",
    "pandoc": "https://pandoc.org/",
    "python": "https://www.python.org/",
    "quarto": "https://quarto.org/",
}
_RIGHTS = "Hak pemakaian ditentukan oleh {publisher}; crate ini sendiri tidak memberi lisensi."
_ABOUT = "Laporan, data terbuka, dan buku catatan edisi {edition} beserta asal-usulnya, disusun oleh monev."


def crate(manifest: Mapping[str, object], edition: Edition) -> dict[str, object]:
    """Return `ro-crate-metadata.json` of an output folder.

    `manifest` is the manifest with all outputs but this file itself: `versi`, `masukan`, `params`, `kode` and
    `keluaran` map names to versions or hashes, `mesin` names the engine, `sidik` is the fingerprint. Raises ValueError
    for a manifest of another shape.
    """
    versions, outputs, code = (_group(manifest, key) for key in ("versi", "keluaran", "kode"))
    materials = {**_group(manifest, "masukan"), **_group(manifest, "params")}
    notebooks = {file: value for file, value in code.items() if file.startswith("notebooks/")}
    templates = {file: value for file, value in code.items() if file.startswith("quarto/")}
    actions = _actions(manifest, materials, notebooks, templates, outputs)
    graph = [
        {
            "@id": FILE,
            "@type": "CreativeWork",
            "about": _ref("./"),
            "conformsTo": _ref(ROCRATE),
        },
        _root(manifest, edition, outputs, actions),
        {"@id": PROFILE, "@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"},
        {"@id": SECRETARIAT, "@type": "Organization", "name": edition.nama.sekretariat},
        {"@id": RIGHTS, "@type": "CreativeWork", "name": "Hak pemakaian", "description": _rights(edition)},
        *actions,
        *_software(versions),
        *(_file(name, value) for name, value in sorted(outputs.items())),
        *(_file(name, "") for name in UNHASHED),
        *(_outside(name, value) for name, value in sorted({**materials, **notebooks, **templates}.items())),
    ]
    return {"@context": list(CONTEXT), "@graph": graph}


def _rights(edition: Edition) -> str:
    if edition.terbitan.lisensi:
        return edition.terbitan.lisensi
    return _RIGHTS.format(publisher=edition.nama.sekretariat)


def _group(manifest: Mapping[str, object], key: str) -> dict[str, str]:
    value = manifest.get(key)
    if not isinstance(value, Mapping):
        raise ValueError(f"manifest has no group '{key}'")
    return {str(name): str(item) for name, item in value.items()}


def _ref(id_: str) -> dict[str, str]:
    return {"@id": id_}


def _inner(name: str) -> str:
    """Return the id of a file in the crate."""
    return quote(name)


def _outer(name: str) -> str:
    """Return the id of a file outside the crate."""
    return f"#{quote(name)}"


def _refs(names: Iterable[str]) -> list[dict[str, str]]:
    return [_ref(name) for name in names]


def _root(
    manifest: Mapping[str, object], edition: Edition, outputs: Iterable[str], actions: Sequence[Entity]
) -> Entity:
    return {
        "@id": "./",
        "@type": "Dataset",
        "author": _ref(SECRETARIAT),
        "conformsTo": _ref(PROFILE),
        # The report's only date, as in the PDF: that of its publication, else the last day of the current period.
        "datePublished": (edition.terbitan.tanggal or edition.current.last_day).isoformat(),
        "description": _ABOUT.format(edition=edition.edisi),
        "hasPart": _refs(_inner(name) for name in (*sorted(outputs), *UNHASHED)),
        "identifier": f"{edition.edisi} {manifest.get('sidik', '')}".strip(),
        "inLanguage": "id",
        "license": _ref(RIGHTS),
        "mentions": _refs(str(action["@id"]) for action in actions),
        "name": edition.judul,
        "publisher": _ref(SECRETARIAT),
    }


def _actions(
    manifest: Mapping[str, object], materials: Digests, notebooks: Digests, templates: Digests, outputs: Digests
) -> list[Entity]:
    """Return the three runs of a build: figures and open data, notebooks, report."""
    data = [name for name in sorted(outputs) if name.startswith("data/")]
    executed = [name for name in sorted(outputs) if name.startswith("notebooks/")]
    report = [name for name in sorted(outputs) if name not in (*data, *executed)]
    outside = [_outer(name) for name in sorted(materials)]
    command = f"monev build {manifest.get('edisi', '')} --engine {manifest.get('mesin', '')}"
    return [
        _action("#hitungan", "Menghitung angka dan data terbuka", command, outside, data),
        _action(
            "#buku-catatan",
            "Menjalankan buku catatan",
            command,
            [*outside, *map(_outer, sorted(notebooks))],
            executed,
        ),
        _action(
            "#laporan",
            "Menyusun laporan",
            command,
            [*map(_inner, (*data, *executed)), *map(_outer, sorted(templates))],
            [*report, "manifest.json"],
        ),
    ]


def _action(id_: str, name: str, command: str, objects: Iterable[str], results: Iterable[str]) -> Entity:
    return {
        "@id": id_,
        "@type": "CreateAction",
        "agent": _ref(SECRETARIAT),
        "description": command,
        "instrument": _ref(MONEV),
        "name": name,
        "object": _refs(objects),
        "result": _refs(map(_inner, results)),
    }


def _software(versions: Mapping[str, str]) -> list[Entity]:
    """Return monev and what shapes its outputs, each with its version."""
    tools = {name: version for name, version in sorted(versions.items()) if name != "monev"}
    home = {name: _HOMES.get(name, f"https://pypi.org/project/{name}/{version}/") for name, version in tools.items()}
    monev: Entity = {
        "@id": MONEV,
        "@type": "SoftwareApplication",
        "name": "monev",
        "softwareRequirements": _refs(home.values()),
        "softwareVersion": versions.get("monev", ""),
    }
    return [
        monev,
        *(
            {
                "@id": home[name],
                "@type": "SoftwareApplication",
                "name": name,
                "softwareVersion": version,
                "url": home[name],
            }
            for name, version in tools.items()
        ),
    ]


def _described(name: str, digest: str) -> dict[str, object]:
    row: dict[str, object] = {"name": UNHASHED.get(name, name)}
    if encoding := _FORMATS.get(PurePosixPath(name).suffix):
        row["encodingFormat"] = encoding
    return row | ({"sha256": digest} if digest else {})


def _file(name: str, digest: str) -> Entity:
    return {"@id": _inner(name), "@type": "File", **_described(name, digest)}


def _outside(name: str, digest: str) -> Entity:
    return {
        "@id": _outer(name),
        "@type": "CreativeWork",
        "identifier": named_information(digest),
        **_described(name, digest),
    }


def named_information(digest: str) -> str:
    """Return a hexadecimal SHA-256 as an `ni:` URI (RFC 6920). Raises ValueError for other digits."""
    packed = base64.urlsafe_b64encode(bytes.fromhex(digest)).decode("ascii").rstrip("=")
    return f"ni:///sha-256;{packed}"
