"""Who may come in: one-time keys in the address, a cookie for the browser, and what every request must be like.

The page is served on loopback, but that alone keeps nobody out: other users of the machine reach the port, and so does
every page that the browser has open. So nothing is answered without the cookie, which only an address with a fresh
key gives; a name that leads to loopback (DNS rebinding) is no address of ours; and whatever changes something must come
from a page of ours. The cookie is bound to a path that nobody can guess, as browsers send cookies to every port.
"""

from __future__ import annotations

import hmac
import secrets
import threading
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KEY = "kunci"
SAFE = ("GET", "HEAD")
_OWN_SITE: tuple[list[str], ...] = ([], ["same-origin"])  # browsers that do not say it send the origin
_MOST_KEYS = 50  # that wait to be used
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""What every answer carries; an answer's own headers go first."""


@dataclass
class Door:
    """The secrets of one server: its path, the cookie's content, what another start proves itself by, unused keys."""

    place: str = field(default_factory=lambda: secrets.token_hex(8))
    cookie: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    master: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    port: int = 0
    _keys: list[str] = field(default_factory=list, repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def base(self) -> str:
        """The path that all pages stand below."""
        return f"/{self.place}"

    @property
    def origin(self) -> str:
        """The origin of the pages."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def cookie_name(self) -> str:
        """The cookie's name; two roots have a page each."""
        return f"monev-{self.place}"

    def address(self) -> str:
        """Return an address that opens the page once."""
        key = secrets.token_urlsafe(32)
        with self._turn:
            self._keys = [*self._keys, key][-_MOST_KEYS:]
        return f"{self.origin}{self.base}/?{KEY}={key}"

    def takes(self, key: str) -> bool:
        """Tell whether a key is good; it is used up by that."""
        with self._turn:
            found = [known for known in self._keys if same(known, key)]
            self._keys = [known for known in self._keys if known not in found]
        return bool(found)


def same(one: str, other: str) -> bool:
    """Compare secrets in constant time."""
    return hmac.compare_digest(one.encode(), other.encode("utf-8", "surrogateescape"))


class Guard:
    """Lets through what is allowed; stands before all pages."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self.app, self.door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        if scope["type"] != "http":  # no page uses a socket
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        answer = self.answer(scope) or self.app
        await answer(scope, receive, with_headers)

    def answer(self, scope: Scope) -> Response | None:
        """Return what to answer instead of the page; None lets it through."""
        headers, method, door = Headers(scope=scope), scope["method"], self.door
        site = headers.getlist("sec-fetch-site")
        if headers.getlist("host") != [f"127.0.0.1:{door.port}"]:
            return _refused(421)
        if "cross-site" in site and method not in SAFE:
            return _refused(403)
        if scope["path"] == f"{door.base}/alamat":
            return self._second_start(headers, method)
        if not _within(scope["path"], door.base):
            return _refused(404)
        key = parse_qs(scope["query_string"].decode("latin-1")).get(KEY)
        known = self._known(headers)
        if method in SAFE and key and scope["path"] == f"{door.base}/":
            if known:
                return RedirectResponse(f"{door.base}/", 303)
            return self._welcome() if method == "GET" and door.takes(key[0]) else _refused(403, "page.stale-key")
        if not known:
            return _refused(403, "page.no-key")
        if method not in (*SAFE, "POST"):
            return _refused(405)
        if not {*site} <= {"same-origin", "none"}:  # not even read: cookies come with what other ports' pages ask
            return _refused(403)
        return None if method in SAFE or self._is_own(headers) else _refused(403)

    def _known(self, headers: Headers) -> bool:
        from starlette.requests import cookie_parser

        given = [cookie_parser(line).get(self.door.cookie_name) for line in headers.getlist("cookie")]
        return any(one is not None and same(self.door.cookie, one) for one in given)

    def _is_own(self, headers: Headers) -> bool:
        """Tell whether an unsafe request comes from a page of ours: the browser itself says so."""
        return headers.getlist("origin") == [self.door.origin] and headers.getlist("sec-fetch-site") in _OWN_SITE

    def _welcome(self) -> Response:
        """Give the cookie, and lead on from a page of our own: a redirect would come from wherever the link was."""
        door = self.door
        page = f'<!doctype html><html lang="id"><head><meta charset="utf-8"><title>monev</title>\
<link rel="icon" href="{door.base}/aset/ikon.svg"><meta http-equiv="refresh" content="0; url={door.base}/"></head>\
<body><main><p><a href="{door.base}/">monev</a></p></main></body></html>'
        answer = HTMLResponse(page)
        answer.set_cookie(door.cookie_name, door.cookie, path=f"{door.base}/", httponly=True, samesite="strict")
        return answer

    def _second_start(self, headers: Headers, method: str) -> Response:
        """Give another start of the same user a fresh address; no browser sends what it proves itself by."""
        given = headers.get("authorization", "").removeprefix("Bearer ")
        if method != "POST" or "origin" in headers or not same(self.door.master, given):
            return _refused(403)
        return JSONResponse({"alamat": self.door.address()})


def _within(path: str, base: str) -> bool:
    return path.startswith(f"{base}/") and not any(c in path for c in "\\\x00")


def _refused(status: int, key: str = "page.refused") -> Response:
    from monev.words.messages import tell

    said = tell(key)
    return PlainTextResponse(f"{said.text('id')}\n\n{said.text('en')}\n", status)
