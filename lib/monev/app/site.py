"""The pages: what each address answers. All below one path that nobody can guess, behind `door.Guard`."""

from __future__ import annotations

import asyncio
import functools
import os
import re
import shutil
import subprocess
import sys
import threading
import traceback
import zlib
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.routing import Mount, Route

from monev.app import guide, shown
from monev.app.door import SAFE, Door, Guard
from monev.app.orders import PART, WITH_FILES, Form, command_of
from monev.app.presence import Presence
from monev.app.running import Job, Runner
from monev.app.uploads import Sent, read_form
from monev.app.watching import Watcher
from monev.audit.explanation import explain
from monev.build.preview import FOLDER as PREVIEWS
from monev.build.preview import part_names
from monev.build.publication.ledger import releases
from monev.build.publication.record import HALVES
from monev.commands.shell_words import POSIX, typed
from monev.edition.edition_cache import opened_with_state
from monev.edition.first_edition import SAMPLES
from monev.edition.opened import Opened
from monev.edition.replaced_book import FORMS, XLSX, books, put_forms, replace_book
from monev.io.brand_file import load_look
from monev.io.folders import REPOSITORY, RootFolders
from monev.io.params_file import load_edition_params
from monev.io.publication_files import load_responses
from monev.io.read_log import stand_aside
from monev.model.groups import FEWEST, MOST
from monev.model.imprint import NUMBER
from monev.render.staged_folder import FONT_NAMES
from monev.words.errors import InputError, MonevError, RunError, UsageError
from monev.words.messages import Language, Words, language, rendered, tell
from monev.words.shortages import shortage

LARGEST_FORM = 1  # megabytes of a form without files
LARGEST_FILES = 200  # of one with files
LANGUAGE_COOKIE = "bahasa"
_ASSETS = Path(__file__).parent / "assets"
_MOST_FIGURES = 60  # of a search that are listed
_FONT = re.compile(r"(SourceSansPro|SourceSerifPro)-([A-Za-z]+)\.ttf")
_REPORT_POLICY = (
    "sandbox allow-scripts allow-popups allow-downloads; default-src 'none'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'self'"
)
"""A report holds what others filled in: it may run its own scripts, in an origin of its own, and reach nothing."""
_PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"

Page = Callable[[Request], Any]


class NotFound(UsageError):
    """There is no such page, edition or file."""


class Site:
    """All that the pages need: the root, who runs its commands, who may come in, who else is there."""

    def __init__(self, root: Path, runner: Runner, door: Door, presence: Presence, speaks: Language, call: str) -> None:
        self.root, self.runner, self.door, self.presence = root, runner, door, presence
        self.speaks, self.call = speaks, call
        self.watcher = Watcher(root, self._changed)
        self._replacing = threading.Lock()
        self.templates = Environment(
            loader=PackageLoader("monev.app", "pages"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
            auto_reload=False,
        )  # fmt: skip
        for page in self.templates.list_templates():  # all as this code knows them, though monev may be renewed
            self.templates.get_template(page)

    def app(self) -> Guard:
        """Return the application."""
        pages = [
            Route("/", self._page(self.editions)),
            Route("/isi/{edition}", self._page(self.inputs)),
            Route("/isi/{edition}/berkas", self._page(self.workbook)),
            Route("/isi/{edition}/buka", self._order(self.open_book), methods=["POST"]),
            Route("/isi/{edition}/ganti", self._order(self.replace, LARGEST_FILES), methods=["POST"]),
            Route("/isi/{edition}/kiriman", self._order(self.forms_back, LARGEST_FILES), methods=["POST"]),
            Route("/susun/{edition}", self._page(self.making)),
            Route("/susun/{edition}/pratinjau", self._page(self.preview_state)),
            Route("/susun/{edition}/otomatis", self._order(self.automatic), methods=["POST"]),
            Route("/terbit/{edition}", self._page(self.publishing)),
            Route("/perintah", self._order(self.command, LARGEST_FILES), methods=["POST"]),
            Route("/kerja/{job}", self._page(self.job)),
            Route("/kerja/{job}/batal", self._order(self.cancel), methods=["POST"]),
            Route("/hasil/{edition}/laporan.{kind}", self._page(self.report)),
            Route("/pratinjau/{edition}/{part}.pdf", self._page(self.preview)),
            Route("/terbitan/{edition}/{number}/{half}/{name}", self._page(self.released)),
            Route("/bantuan", self._page(self.help)),
            Route("/bantuan/gambar/{name}", self._page(self.picture)),
            Route("/bantuan/{name}", self._page(self.help)),
            Route("/hadir", self._page(self.people)),
            Route("/selesai", self._order(self.end), methods=["POST"]),
            Route("/aset/{name}", self._page(self.asset)),
            Route("/{rest:path}", self._page(self.nothing)),
        ]
        return Guard(Starlette(routes=[Mount(self.door.base, routes=pages)]), self.door)

    # How pages are answered ---------------------------------------------------------------------------------------

    def _page(self, answer: Page) -> Page:
        """Answer in a thread whose reads are nobody's, with failures in words."""

        def told(request: Request) -> Response:
            stand_aside()
            try:
                made: Response = answer(request)
            except Exception as error:
                return self._failure(request, error)
            return self._remembering(request, made)

        return functools.wraps(answer)(told)

    def _order(self, answer: Callable[[Request, Sent], Any], most: int = LARGEST_FORM) -> Page:
        """Answer a form; files of more than `most` megabytes are refused while they come."""

        async def told(request: Request) -> Response:
            try:
                sent = await read_form(request, most)
                made = await run_in_threadpool(self._aside, answer, request, sent)
            except ClientDisconnect:  # nobody is left to be told
                return Response(status_code=400)
            except Exception as error:
                return await run_in_threadpool(self._failure, request, error)
            return self._remembering(request, made)

        return functools.wraps(answer)(told)

    @staticmethod
    def _aside(answer: Callable[[Request, Sent], Response], request: Request, sent: Sent) -> Response:
        stand_aside()
        try:
            return answer(request, sent)
        finally:
            for file in sent.files:
                file.file.close()

    def _failure(self, request: Request, error: Exception) -> Response:
        """Say what went wrong in words; of a fault of ours the terminal says more."""
        status = 404 if isinstance(error, NotFound) else 422
        if not isinstance(error, MonevError):
            traceback.print_exception(error, file=sys.__stderr__)
            status, error = 500, RunError(shortage(error) or tell("page.internal"))
        speaks = self.language(request)
        detail = str(rendered(getattr(error, "detail", ""), speaks))
        findings = error.findings if isinstance(error, InputError) else ()
        said = [finding.line(speaks) for finding in findings] or [error.text(speaks)]
        edition = str(request.path_params.get("edition", ""))
        known = edition if edition in shown.known_editions(self.root) else ""
        return self.render(request, "galat.html", status, said=said, detail=detail, edition=known)

    def language(self, request: Request) -> Language:
        """Return the language that a request asks for: by the address, by a cookie, by the browser."""
        asked = request.query_params.get("bahasa") or request.cookies.get(LANGUAGE_COOKIE)
        if asked:
            return language(asked)
        accepted = request.headers.get("accept-language", "").strip().lower()
        return "en" if accepted.startswith("en") else self.speaks

    def _remembering(self, request: Request, made: Response) -> Response:
        if asked := request.query_params.get("bahasa"):
            made.set_cookie(
                LANGUAGE_COOKIE, language(asked), path=f"{self.door.base}/", httponly=True, samesite="strict"
            )
        return made

    def typed(self, arguments: tuple[str, ...], keep: Path | None = None) -> str:
        """Return a command as it is typed in the shell at hand; files that were sent by their names."""
        own = [Path(a).name if keep and Path(a).parent == keep else a for a in arguments]
        own = [f"--p12={Path(a).name}" if keep and a.startswith(f"--p12={keep}") else a for a in own]
        folder = [] if self.root == REPOSITORY else ["--root", str(self.root)]
        return typed([*folder, *own], self.call)

    def _copied(self, file: str) -> str:
        """Return the command that puts a filled workbook in the place of the one that is there."""
        arguments = typed((Path(file).name, str(self.root / file)), self.call).removeprefix(self.call)
        return f"{'cp' if self.call == POSIX else 'copy'}{arguments}"

    def render(self, request: Request, page: str, status: int = 200, **values: Any) -> HTMLResponse:
        """Return a page in the language of the request."""
        speaks = self.language(request)

        def words(key: str, **details: object) -> str:
            return tell(key, **details).text(speaks)

        made = self.templates.get_template(page).render(
            t=words,
            said=values.pop("said", ()),
            speaks=speaks,
            base=self.door.base,
            other_language=self._other_language(request, str(values.get("edition", ""))),
            root=self.root,
            typed=lambda *arguments: self.typed(tuple(arguments)),
            editions=shown.known_editions(self.root),
            others=self.presence.others,
            others_mark=self._others_mark(),
            busy=self.runner.busy,
            show=self.typed,
            copied=self._copied,
            **{"edition": "", "tab": "", "refresh": False, "fragment": False, **values},
        )
        return HTMLResponse(made.replace(POSIX, self.call), status)

    def _other_language(self, request: Request, edition: str) -> str:
        """Return the address of the same page in the other language; what answered a form has none of its own."""
        other = "id" if self.language(request) == "en" else "en"
        if request.method not in SAFE:
            return f"{self.door.base}/{f'isi/{edition}' if edition else ''}?bahasa={other}"
        return f"?{request.url.include_query_params(bahasa=other).query}"

    def edition(self, request: Request) -> str:
        """Return the edition of an address. Raises NotFound."""
        name = str(request.path_params["edition"])
        if name not in shown.known_editions(self.root):
            raise NotFound(tell("page.no-edition", name=name[:64]))
        return name

    # Pages --------------------------------------------------------------------------------------------------------

    def editions(self, request: Request) -> Response:
        """All editions with their state; the next one; a new programme."""
        speaks = self.language(request)
        found = [shown.edition_shown(self.root, name, speaks) for name in shown.known_editions(self.root)]
        elsewhere = typed(("--root", "../program-kami", "app"), self.call)
        return self.render(
            request, "edisi.html", tab="edisi", found=found, samples=_samples(), elsewhere=elsewhere,
            groups=(FEWEST, MOST),
        )  # fmt: skip

    def inputs(self, request: Request) -> Response:
        """The workbooks of an edition, and what `check` finds in them."""
        name, speaks = self.edition(request), self.language(request)
        about = shown.edition_shown(self.root, name, speaks)
        told = self.runner.ask(("check", name, "--format=json", "--no-copies"), speaks)
        try:
            found, said = shown.findings_shown(self.root, told.out, speaks)
        except (ValueError, KeyError):  # it ended in an error of its own
            found, said = [], {}
        return self.render(
            request, "isi.html", tab="isi", edition=name, about=about, found=found, complete=said.get("kelengkapan"),
            suggested=said.get("usulan_sorotan") or [], trouble=told.err if not said else "",
            books=shown.books_shown(self.root, about.params) if about.params else [],
            errors=sum(finding.weight == "error" for finding in found), most=LARGEST_FILES,
        )  # fmt: skip

    def workbook(self, request: Request) -> Response:
        """A workbook to be opened elsewhere."""
        name = self.edition(request)
        file = self._book(name, request.query_params.get("file", ""))
        return FileResponse(self.root / file, filename=Path(file).name)

    def _book(self, name: str, file: str) -> str:
        """Return a workbook of an edition that is there, and lies where it seems to. Raises NotFound."""
        edition = load_edition_params(self.root, name)
        if not file.endswith(XLSX) or file not in books(self.root, edition) or not _lies_below(self.root, file):
            raise NotFound(tell("replace.no-book", file=file[:200], edition=name))
        return file

    def open_book(self, request: Request, sent: Sent) -> Response:
        """Have the system open a workbook in the program that it has for it."""
        name = self.edition(request)
        file = self._book(name, sent.fields.get("file", ""))
        opened = open_file(self.root / file)
        cell = sent.fields.get("sel", "")[:200]
        key = "page.opened" if opened else "page.not-opened"
        return self._said(request, name, tell(key, file=file), tell("page.opened-at", cell=cell) if cell else "")

    def replace(self, request: Request, sent: Sent) -> Response:
        """Put a workbook that was sent in the place of the one that is there."""
        name = self.edition(request)
        if len(sent.files) != 1:
            raise UsageError(tell("page.one-file"))
        self._nobody_works(name)
        folder, (path,) = sent.kept((".xlsx",))
        try:
            with self._replacing:  # two windows at once: the second has seen another version
                made = replace_book(self.root, name, sent.fields.get("file", ""), path, sent.fields.get("sidik", ""))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        aside = tell("replace.aside", path=made.aside) if made.aside else ""
        return self._said(request, name, tell("replace.done", file=made.file), aside)

    def forms_back(self, request: Request, sent: Sent) -> Response:
        """Put forms that came back where `collect` finds them."""
        name = self.edition(request)
        if not sent.files:
            raise UsageError(tell("page.one-file"))
        folder, paths = sent.kept(FORMS)
        try:
            with self._replacing:
                made = put_forms(self.root, name, paths)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return self._said(request, name, tell("page.put", count=len(made), names=", ".join(made)))

    def _said(self, request: Request, edition: str, *said: Words) -> Response:
        speaks = self.language(request)
        told = [str(rendered(words, speaks)) for words in said if words]
        return self.render(request, "kabar.html", edition=edition, tab="isi", said=told)

    def making(self, request: Request) -> Response:
        """The report: built, looked at, explained, compared."""
        name, speaks = self.edition(request), self.language(request)
        about = shown.edition_shown(self.root, name, speaks)
        opened, trouble = self._opened(name, speaks)
        wanted = request.query_params.get("angka", "").strip()
        words = request.query_params.get("cari", "").split()
        figure = listing = None
        if opened and wanted in opened.register:
            figure = explain(opened, self.root, wanted, language=speaks)
        elif opened and (words or wanted):
            listing = explain(opened, self.root, search=words or [wanted], language=speaks)
        job = self.runner.last(name, "build")
        return self.render(
            request, "susun.html", tab="susun", edition=name, about=about, figure=figure, listing=listing,
            words=" ".join(words), trouble=trouble, parts=part_names(opened) if opened else [], job=job,
            part=self.watcher.wanted(name) or self._last_part(name), automatic=bool(self.watcher.wanted(name)),
            version=self._version(name, self._last_part(name)), most=_MOST_FIGURES, back=f"/susun/{name}",
            stamp=self._stamp(RootFolders(self.root).output(name) / "laporan.pdf"), there=self._previewed(name),
            preview=self.runner.last_preview(name),
            sides=[each for each in shown.known_editions(self.root) if each != name]
            + [f"outputs/{made}" for made in self._made()],
            difference=self.runner.last(name, "diff"),
        )  # fmt: skip

    def _opened(self, name: str, speaks: Language) -> tuple[Opened | None, str]:
        try:
            return opened_with_state(self.root, name).opened, ""
        except InputError as error:
            return None, tell("page.inputs-wrong", count=len(error.findings)).text(speaks)

    def _made(self) -> list[str]:
        return [name for name in shown.known_editions(self.root) if shown.page_of(self.root, name, "pdf")]

    def _last_part(self, name: str) -> str:
        """Return the part that was last looked at."""
        job = self.runner.last_preview(name)
        return job.part if job else ""

    def _previewed(self, name: str) -> bool:
        part = self.watcher.wanted(name) or self._last_part(name)
        return bool(part) and self._preview_path(name, part).is_file()

    def _preview_path(self, name: str, part: str) -> Path:
        return self.root / "outputs" / PREVIEWS / f"{name}-{part}.pdf"

    @staticmethod
    def _stamp(path: Path) -> str:
        try:
            return f"{path.stat().st_mtime_ns:x}"
        except OSError:
            return ""

    def _version(self, name: str, part: str) -> str:
        """Return what changes when a preview does, or what became of the last order for one."""
        job = self.runner.last_preview(name)
        return f"{self._stamp(self._preview_path(name, part))}-{job.id}-{job.state}" if job else ""

    def preview_state(self, request: Request) -> Response:
        """The preview once more where it is another; the page asks for it again and again."""
        name = self.edition(request)
        wanted = self.watcher.wanted(name)
        if wanted:
            self.watcher.want(name, wanted)
        part = wanted or self._last_part(name)
        version = self._version(name, part)
        if version == request.query_params.get("versi"):
            return Response(status_code=204)
        return self.render(
            request, "pratinjau.html", edition=name, part=part, version=version, automatic=bool(wanted),
            job=self.runner.last_preview(name), there=self._previewed(name), fragment=True,
            stamp=self._stamp(self._preview_path(name, part)),
        )  # fmt: skip

    def automatic(self, request: Request, sent: Sent) -> Response:
        """Make a part's preview, now and after each change, or no more."""
        name = self.edition(request)
        if sent.fields.get("berhenti"):
            self.watcher.drop(name)
            return RedirectResponse(f"{self.door.base}/susun/{name}#pratinjau", 303)
        part = sent.fields.get("bagian", "")
        opened, trouble = self._opened(name, self.language(request))
        if not PART.fullmatch(part) or (opened and part not in part_names(opened)):
            raise UsageError(tell("page.bad-field", name="bagian"))
        if trouble:
            raise UsageError(trouble)
        self.watcher.drop(name)
        if sent.fields.get("terus"):
            self.watcher.want(name, part)
        self._changed(name, part, self.language(request))
        return RedirectResponse(f"{self.door.base}/susun/{name}#pratinjau", 303)

    def _changed(self, edition: str, part: str, speaks: Language | None = None) -> None:
        self.runner.submit(Job(("build", edition, f"--only={part}"), speaks or self.speaks, edition))

    def publishing(self, request: Request) -> Response:
        """Comments, approval, release, signature."""
        name, speaks = self.edition(request), self.language(request)
        about = shown.edition_shown(self.root, name, speaks)
        responses = load_responses(self.root, about.params)[0] if about.params else ()
        found = [(made, [*_public_files(made.folder)]) for made in reversed(about.releases)]
        return self.render(
            request, "terbit.html", tab="terbit", edition=name, about=about, responses=responses, found=found,
            waiting=sum(response.open for response in responses),
            job=self.runner.last(name, "comments", "release", "verify"),
            following=_following(about.releases[-1].number if about.releases else ""),
        )  # fmt: skip

    def command(self, request: Request, sent: Sent) -> Response:
        """Run the command that a form stands for."""
        order = sent.fields.get("perintah", "")
        known = shown.known_editions(self.root)
        there = [f"{made.edition}/{made.number}" for made in releases(self.root)]
        arguments = list(command_of(order, Form(sent.fields, known, there)))
        edition = sent.fields.get("edisi") or sent.fields.get("edisi_kini", "").removeprefix("outputs/")
        edition = edition if edition in known else ""
        self._nobody_works(edition)
        keep, secret = None, None
        if order in WITH_FILES and sent.files:
            _, kinds = WITH_FILES[order]
            keep, paths = sent.kept(kinds)
            if order == "release":
                arguments.append(f"--p12={paths[0]}")
                secret = sent.fields.get("frasa", "").encode()
                arguments += [f"--tsa={tsa}"] if (tsa := sent.fields.get("tsa", "").strip()) else []
            else:
                arguments += [str(path) for path in paths]
        elif sent.files:
            raise UsageError(tell("page.bad-form"))
        elif order == "comments":
            raise UsageError(tell("page.one-file"))
        job = Job(tuple(arguments), self.language(request), edition, secret, keep)
        made = self.runner.submit(job)
        back = sent.fields.get("kembali", "")
        where = f"?kembali={back}" if re.fullmatch(r"(?:susun|terbit|isi)", back) else ""
        return RedirectResponse(f"{self.door.base}/kerja/{made.id}{where}", 303)

    def _nobody_works(self, edition: str) -> None:
        """Raise UsageError where somebody else's page is running a command for the edition just now."""
        for person in self.presence.others:
            if edition and edition in person.doing.split():
                raise UsageError(tell("page.at-work", name=person.name, machine=person.machine, doing=person.doing))

    def job(self, request: Request) -> Response:
        """How far a command is, and what it said."""
        found = self._job(request)
        fragment = "hx-request" in request.headers
        if fragment and request.query_params.get("versi") == found.version:
            return Response(status_code=204)  # what is as it was keeps its focus, and is not read out once more
        back = request.query_params.get("kembali", "")
        ahead = self.runner.waiting()
        made = self.render(
            request, "panel.html" if fragment else "kerja.html", job=found, fragment=fragment, edition=found.edition,
            back=back if back in ("susun", "terbit", "isi") else "", refresh=not found.over,
            ahead=ahead.index(found) if found in ahead else 0,
        )  # fmt: skip
        if fragment and found.over:
            made.headers["HX-Refresh"] = "true"
        return made

    def _job(self, request: Request) -> Job:
        found = self.runner.find(str(request.path_params["job"]))
        if found is None:
            raise NotFound(tell("page.no-job"))
        return found

    def cancel(self, request: Request, sent: Sent) -> Response:
        """Stop a command."""
        found = self._job(request)
        self.runner.cancel(found.id)
        return RedirectResponse(f"{self.door.base}/kerja/{found.id}", 303)

    def end(self, request: Request, sent: Sent) -> Response:
        """End the server, after this answer."""
        asyncio.run_coroutine_threadsafe(self._end_soon(), self.loop)
        return self.render(request, "selesai.html")

    loop: asyncio.AbstractEventLoop

    async def _end_soon(self) -> None:
        await asyncio.sleep(0.3)
        self.runner.end()

    def people(self, request: Request) -> Response:
        """Who else has the folder open; nothing where that is as before, so that nobody is told twice."""
        if request.query_params.get("tanda") == self._others_mark():
            return Response(status_code=204)
        return self.render(request, "hadir.html", fragment=True)

    def _others_mark(self) -> str:
        return f"{zlib.crc32(repr(self.presence.others).encode()):x}"

    def help(self, request: Request) -> Response:
        """A page of the guide."""
        name = str(request.path_params.get("name", guide.FIRST))
        there = [page for page in guide.PAGES if (guide.DOCS / f"{page}.md").is_file()]
        if name not in there:
            raise NotFound(tell("page.nothing"))
        text = guide.page(name, self.door.base)
        listed = [(page, guide.title(page)) for page in there]
        return self.render(request, "bantuan.html", tab="bantuan", text=text, listed=listed, name=name)

    # Files --------------------------------------------------------------------------------------------------------

    def report(self, request: Request) -> Response:
        """The report of an edition's outputs."""
        name, kind = self.edition(request), str(request.path_params["kind"])
        path = shown.page_of(self.root, name, kind) if kind in shown.FORMATS else None
        return self._file(path, f"{name}-laporan.{kind}")

    def preview(self, request: Request) -> Response:
        """The PDF of one part."""
        name, part = self.edition(request), str(request.path_params["part"])
        return self._file(self._preview_path(name, part) if PART.fullmatch(part) else None, f"{name}-{part}.pdf")

    def released(self, request: Request) -> Response:
        """A file of a release."""
        name, number, half, file = (str(request.path_params[k]) for k in ("edition", "number", "half", "name"))
        fits = NUMBER.fullmatch(number) and half in HALVES and re.fullmatch(r"[a-z0-9][a-z0-9.-]{0,60}", file)
        made = [r for r in releases(self.root, name) if r.number == number] if fits else []
        return self._file(made[0].folder / half / file if made else None, f"{name}-{number}-{file}")

    def _file(self, path: Path | None, name: str) -> Response:
        """Return a file that lies below the root, not by way of a link; HTML in an origin of its own."""
        if path is None or not path.is_file() or not _lies_below(self.root, path.relative_to(self.root).as_posix()):
            raise NotFound(tell("page.nothing"))
        looked_at = path.suffix in (".pdf", ".html")
        made = FileResponse(path, filename=name, content_disposition_type="inline" if looked_at else "attachment")
        made.headers["Content-Security-Policy"] = _REPORT_POLICY if path.suffix == ".html" else _PDF_POLICY
        made.headers["X-Frame-Options"] = "SAMEORIGIN"
        return made

    def picture(self, request: Request) -> Response:
        """A picture of the guide."""
        name = str(request.path_params["name"])
        path = guide.DOCS / "gambar" / name
        if not guide.PICTURES.fullmatch(name) or not path.is_file():
            raise NotFound(tell("page.nothing"))
        return FileResponse(path)

    def asset(self, request: Request) -> Response:
        """What the pages are drawn with: style, script, fonts, the colours of the report."""
        name = str(request.path_params["name"])
        if name == "warna.css":
            colours = "".join(f"--{key}:#{value};" for key, value in load_look(self.root)[0].colours.items())
            return Response(f":root{{{colours}}}\n", media_type="text/css")
        if font := _FONT.fullmatch(name):
            return self._font(font[1], name)
        path = _ASSETS / name
        if not re.fullmatch(r"[a-z0-9.-]+\.(?:css|js|svg|txt)", name, re.IGNORECASE) or not path.is_file():
            raise NotFound(tell("page.nothing"))
        return FileResponse(path)

    @staticmethod
    def _font(family: str, name: str) -> Response:
        package = next(package for package, called in FONT_NAMES.items() if called == family)
        path = Path(str(import_module(package).font_directory)) / name
        if not path.is_file():
            raise NotFound(tell("page.nothing"))
        return FileResponse(path, media_type="font/ttf", headers={"Cache-Control": "private, max-age=86400"})

    def nothing(self, request: Request) -> Response:
        """Say that there is no such page."""
        raise NotFound(tell("page.nothing"))


def _samples() -> dict[str, str]:
    """Return an example of each thing that a new programme is asked for line by line."""
    return {name: text.strip("'") for name, text in SAMPLES.items()}


def _lies_below(root: Path, file: str) -> bool:
    """Tell whether a file that the root is said to hold lies there, and no link leads elsewhere."""
    try:
        return (root / file).resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, ValueError, RuntimeError):
        return False


def _public_files(folder: Path) -> list[tuple[str, str]]:
    """Return the files of a release that people open, each with its half."""
    known = [("publik", f"laporan.{kind}") for kind in shown.FORMATS] + [("arsip", "lembar-persetujuan.pdf")]
    return [(half, name) for half, name in known if (folder / half / name).is_file()]


def _following(number: str) -> str:
    """Return the number that a next release would usually have."""
    if not number:
        return "1.0"
    major, minor = number.split(".")
    return f"{major}.{int(minor) + 1}"


def open_file(path: Path) -> bool:
    """Have the system open a file; tell whether it has a way to."""
    if sys.platform == "win32":
        os.startfile(path)
        return True
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if not program:
        return False
    subprocess.Popen(
        [program, str(path)], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    return True
