"""One part of the report as a PDF of its own, quickly: to look at while the inputs are still being corrected.

It stands aside from the edition's outputs (`outputs/pratinjau/`), carries no attachments, and is not to be published:
its tables are numbered from 1, and references out of the part say so. Notebooks that would read what they read before
are not run; the others run in this process, without a kernel. The embedded engine makes it, which is quicker, unless
Quarto is asked for by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from monev.build.assembly import texts_of_edition, timestamp_of
from monev.build.kept_runs import Editions, Reuse
from monev.build.notebook_plan import read_notebook_plan
from monev.display.parts import appendix, instrument_sections
from monev.display.parts.state import state
from monev.display.phrases import left_out, present, texts
from monev.edition.edition_cache import EditionWithState, keep, opened_with_state
from monev.edition.opened import Opened
from monev.io.folders import QUARTO
from monev.io.guarded_cache import Cache
from monev.io.work_folder import Workspace, locked, named_faults, workspace
from monev.kernels import in_process
from monev.kernels.executed_notebook import Executed, Filled
from monev.model.contents import EVERYTHING, PARTS, Part
from monev.render import engines, manuscript_pages, quarto_cli
from monev.render.composed_source import SOURCE, marked_parts, own_file
from monev.render.staged_folder import FIGURES_FILE, stage
from monev.render.written_pieces import TYPST, Report
from monev.words.errors import UsageError
from monev.words.findings import nearest
from monev.words.messages import tell

FOLDER = "pratinjau"
_INCLUDE = re.compile(r"\{\{< include (_[a-z0-9-]+\.(?:qmd|md)) >\}\}")
_SLOT = re.compile(r"_slot-([a-z0-9-]+)\.md")
_APPENDICES, _INSTRUMENTS = "lampiran", "instrumen"


def parts(contents: Sequence[Part] = EVERYTHING, quarto: Path = QUARTO) -> dict[str, list[str]]:
    """Return the chapters of a report: name to the files that each includes with its sections, in order."""
    _, known = marked_parts((quarto / SOURCE).read_text("utf-8"))
    found: dict[str, list[str]] = {}
    for part in contents:
        files = [own_file(part.name)] if part.is_own else _INCLUDE.findall(known[part.name])
        name = part.name if part.is_own or part.raised or not PARTS[part.name] else next(reversed(found))
        found.setdefault(name, []).extend(files)
    return found


def part_names(opened: Opened) -> list[str]:
    """Return what parts can be asked for: the report's, and each commitment's appendix."""
    appendices = opened.results.commitments if opened.inputs.edition.shows(_APPENDICES) else ()
    return [*parts(opened.inputs.edition.contents), *(f"komitmen-{r.commitment.commitment:02d}" for r in appendices)]


def preview(root: Path, edition: str, part: str, engine: str = "auto") -> Path:
    """Write the PDF of one part; return where it is.

    Raises UsageError for an unknown part, InputError and RunError as a build does.
    """
    kept = opened_with_state(root, edition)
    known = part_names(kept.opened)
    if part not in known:
        raise UsageError(tell("preview.unknown", part=part, known=", ".join(known), hint=nearest(part, known)))
    chosen = engines.EMBEDDED if engine == "auto" else engines.choose_engine(engine)
    with locked(root, edition, lambda: None), workspace(root, edition) as work, named_faults(root):
        return _preview(kept, part, work, chosen)


def _preview(kept: EditionWithState, part: str, work: Workspace, engine: engines.Engine) -> Path:
    edition = kept.opened.inputs.edition
    files = parts(edition.contents).get(part, ["_slot-lampiran.md"])
    cache = Cache.of(kept.root, kept.edition)
    sections = list(_sections(kept, part, [slot for file in files for slot in _SLOT.findall(file)], cache))
    slots = {s.slot: s.markdown for s in sections}
    for whole, names in _joined(kept.opened).items():
        found = [slots.pop(name) for name in names if name in slots]
        if found or f"_slot-{whole}.md" in files:
            slots[whole] = "\n\n".join(found)
    texts_of_own = kept.opened.inputs.manuscripts
    slots |= {name: text for name, text in manuscript_pages.pages(texts_of_own).items() if f"_slot-{name}.md" in files}
    pictures = {name: svg.encode("utf-8") for s in sections for name, svg in s.files.items()}
    staged = work.path / "susun"
    stage(
        QUARTO,
        staged,
        sections=slots,
        figures={figure.id: figure.printed for figure in kept.opened.register},
        texts=texts(edition)
        | texts_of_edition(kept.opened)
        | {"sidik": "(laporan lengkap)", "subjudul": texts(edition)["cakupan"]},
        present=present(edition)
        | {"keadaan": bool(state(kept.opened.register))}
        | {name: True for name, home in PARTS.items() if not home}
        | dict.fromkeys(slots, True)
        | left_out(edition),
        files=pictures | manuscript_pages.pictures(texts_of_own, kept.root),
        look=kept.opened.inputs.look,
        groups=edition.groups,
        parts=edition.contents,
        root=kept.root,
        standards=(),  # those for archives: a part by itself need not begin with a heading of the first level
    )
    _narrow(staged, files)
    made = work.path / f"{part}.pdf"
    _made(engine, staged, made, timestamp_of(kept.opened), cache)
    out = f"{kept.edition}-{part}.pdf"
    with work.outputs.step(FOLDER, make=True) as previews, work.outputs.step(work.name) as own:
        own.move(made.name, previews, out)
    return kept.root / "outputs" / FOLDER / out


def _made(engine: engines.Engine, staged: Path, made: Path, timestamp: int, cache: Cache) -> None:
    if engine.name == "quarto":
        quarto_cli.render_pdf(engine.program, staged, made, timestamp, ())
        return
    report = Report.of(engines.document_tree(staged, cache, 2, whole=False), staged)
    engines.compile_pdf(staged, engines.source_of(report, TYPST), made, timestamp, standards=())


def _narrow(staged: Path, files: Sequence[str]) -> None:
    """Leave in the staged report only what a part includes, and mark it as a preview."""
    source = staged / SOURCE
    head = re.match(r"---\n.*?\n---\n", source.read_text("utf-8"), re.DOTALL)
    included = [f"{{{{< include {file} >}}}}" for file in files]
    source.write_text("\n\n".join([head[0] if head else "", *included]) + "\n", "utf-8", newline="\n")
    with (staged / FIGURES_FILE).open("a", encoding="utf-8", newline="\n") as metadata:
        metadata.write("pratinjau: true\n")


def _sections(kept: EditionWithState, part: str, slots: Sequence[str], cache: Cache) -> Iterator[Filled]:
    """Yield the sections of a part, from kept runs of notebooks where they hold."""
    keep(kept)  # for the notebooks that run here
    wanted = _wanted(kept.opened, part, slots)
    reuse = Reuse(cache, Editions(kept.root, {kept.edition: kept.opened}))
    for task in read_notebook_plan().tasks(kept.opened):
        if not wanted:
            return
        own = reuse.slots(task)
        if own is not None and not wanted.keys() & own:
            continue
        executed: Executed | None = reuse.find(task)[0]
        for section in (executed or in_process.execute(task, kept.root, pages=False)).sections:
            if section.slot in wanted:
                del wanted[section.slot]
                yield section


def _joined(opened: Opened) -> Mapping[str, list[str]]:
    """Return the slots of the report that several sections fill, each by itself, with these."""
    return {
        _APPENDICES: [appendix.slot(r.commitment.commitment) for r in opened.results.commitments],
        _INSTRUMENTS: [instrument_sections.slot(instrument) for instrument in opened.results.data.asked],
    }


def _wanted(opened: Opened, part: str, slots: Sequence[str]) -> dict[str, None]:
    """Return the slots that make up a part; a part's slots in order, the appendices each by itself."""
    if part.startswith("komitmen-") and part not in parts(opened.inputs.edition.contents):
        return {appendix.slot(int(part.removeprefix("komitmen-"))): None}
    every = _joined(opened)
    return {name: None for slot in slots for name in every.get(slot, [slot])}
