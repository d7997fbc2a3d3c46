"""Forms as browsers send them, files among them: no more than is allowed, and nowhere but in a folder of ours."""

from __future__ import annotations

import re
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

from starlette.datastructures import UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import Request

from monev.words.errors import UsageError
from monev.words.messages import tell

MEGABYTE = 1024**2
MOST_FILES, MOST_FIELDS = 30, 40
LARGEST_FIELD = 64 * 1024


@dataclass(frozen=True)
class Sent:
    """A form: its fields, and the files that came with it."""

    fields: dict[str, str]
    files: tuple[UploadFile, ...]

    def kept(self, kinds: Sequence[str]) -> tuple[Path, list[Path]]:
        """Write the files into a new folder of ours; return it and them. Raises UsageError for another kind."""
        for file in self.files:
            if not plain_name(file.filename or "").lower().endswith(tuple(kinds)):
                raise UsageError(tell("page.other-kind", name=(file.filename or "")[:80], kinds=", ".join(kinds)))
        folder = Path(tempfile.mkdtemp(prefix="monev-"))
        paths: list[Path] = []
        for number, file in enumerate(self.files):
            name = plain_name(file.filename or "")
            if (folder / name).exists():
                name = f"{number}-{name}"
            with (folder / name).open("xb") as out:
                while block := file.file.read(MEGABYTE):
                    out.write(block)
            paths.append(folder / name)
        return folder, paths


def plain_name(name: str) -> str:
    """Return the last step of a file's name without what a path, an option or a terminal could take for its own."""
    last = re.sub(r"[^\w .()+-]", "_", PureWindowsPath(name).name.strip())
    return last.lstrip("-. ")[-100:] or "berkas"


async def read_form(request: Request, most: int) -> Sent:
    """Read a form of at most `most` megabytes, files streamed to the disk. Raises UsageError for anything else."""
    limit = most * MEGABYTE
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > limit:
        raise UsageError(tell("page.too-large", limit=most))

    async def bounded() -> AsyncIterator[bytes]:
        seen = 0
        async for block in request.stream():
            seen += len(block)
            if seen > limit:
                raise UsageError(tell("page.too-large", limit=most))
            yield block

    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    try:
        if kind == "multipart/form-data":
            parser = MultiPartParser(
                request.headers,
                bounded(),  # type: ignore[arg-type]
                max_files=MOST_FILES,
                max_fields=MOST_FIELDS,
                max_part_size=LARGEST_FIELD,
            )
            form = await parser.parse()
        elif kind == "application/x-www-form-urlencoded" and limit:
            form = await FormParser(request.headers, bounded()).parse()  # type: ignore[arg-type]
        else:
            raise UsageError(tell("page.bad-form"))
    except (MultiPartException, KeyError, ValueError) as error:
        raise UsageError(tell("page.bad-form")) from error
    items = form.multi_items()
    files = tuple(value for _, value in items if isinstance(value, UploadFile) and value.filename)
    return Sent({name: value for name, value in items if isinstance(value, str)}, files)
