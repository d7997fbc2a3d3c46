"""Who may come in: forty requests of others, each refused, none of which changes a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.testclient import TestClient

from monev.app.door import HEADERS, Door, same
from monev.app.site import Site
from support import tree


@dataclass(frozen=True)
class Hostile:
    """A request that must be refused; `known` ones carry the cookie, as the user's own browser would."""

    why: str
    path: str
    method: str = "POST"
    headers: Mapping[str, str | None] = field(default_factory=dict)  # None: left out
    data: Mapping[str, str] = field(default_factory=dict)
    file: bytes | None = None
    known: bool = True


REFUSED = (403, 404, 405, 421, 422)
FOREIGN = {"origin": "https://jahat.example", "sec-fetch-site": "cross-site"}
OUT = ("../../etc/passwd", "/etc/passwd", "..\\..\\x.xlsx", "inputs/../../x.xlsx", "inputs/\0.xlsx", "tautan.xlsx")
NEW = {"perintah": "new", "nama": "2022-S3", "dari": "uji"}
BUILD = {"perintah": "build", "edisi": "uji"}


def hostile() -> Iterator[Hostile]:
    yield Hostile("no cookie", "/", "GET", known=False)
    yield Hostile("no cookie, an order", "/perintah", data=NEW, known=False)
    yield Hostile("no cookie, an upload", "/isi/uji/ganti", file=b"x", known=False)
    yield Hostile("no cookie, the end", "/selesai", known=False)
    yield Hostile("a guessed cookie", "/", "GET", {"cookie": "{name}=tebakan"}, known=False)
    yield Hostile("a cookie with more behind", "/", "GET", {"cookie": "{name}={cookie}x"}, known=False)
    yield Hostile("a guessed key", "/?kunci=tebakan", "GET", known=False)
    yield Hostile("an empty key", "/?kunci=", "GET", known=False)
    yield Hostile("a key by POST", "/?kunci={key}", known=False)
    yield Hostile("another site's form", "/perintah", headers=FOREIGN, data=NEW)
    yield Hostile("another site's upload", "/isi/uji/ganti", headers=FOREIGN, file=b"x")
    yield Hostile("another site ends it", "/selesai", headers=FOREIGN)
    yield Hostile("an opaque origin", "/perintah", headers={"origin": "null"}, data=NEW)
    yield Hostile("no origin", "/perintah", headers={"origin": None}, data=NEW)
    yield Hostile("another port of this machine", "/perintah", headers={"origin": "http://127.0.0.1:8000"}, data=NEW)
    yield Hostile("localhost's origin", "/perintah", headers={"origin": "http://localhost:50000"}, data=NEW)
    yield Hostile("another scheme", "/perintah", headers={"origin": "https://127.0.0.1:50000"}, data=NEW)
    yield Hostile("a page of the same site", "/perintah", headers={"sec-fetch-site": "same-site"}, data=NEW)
    yield Hostile("a name that leads to loopback", "/", "GET", {"host": "jahat.example:50000"})
    yield Hostile("the same, an order", "/perintah", headers={"host": "jahat.example:50000"}, data=NEW)
    yield Hostile("localhost by name", "/", "GET", {"host": "localhost:50000"})
    yield Hostile("no port in the host", "/", "GET", {"host": "127.0.0.1"})
    for where in ("/", "/isi/uji/berkas?file=inputs/B12/capaian-kl.xlsx", "/hasil/uji/laporan.html", "/aset/ikon.svg"):
        for asked_by in ("cross-site", "same-site"):
            yield Hostile(f"{where} read for a page that is {asked_by}", where, "GET", {"sec-fetch-site": asked_by})
    yield Hostile("another method", "/perintah", "PUT", data=NEW)
    yield Hostile("one more", "/isi/uji/ganti", "DELETE")
    yield Hostile("the second start with a guess", "/alamat", headers={"authorization": "Bearer x", "origin": None})
    yield Hostile("the second start from a browser", "/alamat", headers={"authorization": "Bearer {master}"})
    yield Hostile("a path of no secret", "/../", "GET")
    for file in OUT:
        yield Hostile(f"download of {file!r}", "/isi/uji/berkas", "GET", data={"file": file})
    yield Hostile("the upload leads out", "/isi/uji/ganti", data={"file": OUT[0], "sidik": ""}, file=b"PK")
    yield Hostile("open what is no workbook", "/isi/uji/buka", data={"file": "/bin/sh"})
    yield Hostile("an edition that leads out", "/isi/..%2f..%2fetc", "GET")
    yield Hostile("outputs that lead out", "/hasil/uji/laporan.pdf%2f..%2f..%2f..%2fparams%2fuji.yml", "GET")
    yield Hostile("a release that leads out", "/terbitan/uji/1.0/publik/..%2f..%2f..%2fparams%2fuji.yml", "GET")
    yield Hostile("a part that leads out", "/pratinjau/uji/..%2f..%2fx.pdf", "GET")
    yield Hostile("an asset that leads out", "/aset/..%2fsite.py", "GET")
    yield Hostile("an edition that is an option", "/perintah", data=BUILD | {"edisi": "--root=/"})
    yield Hostile("a part that is an option", "/perintah", data=BUILD | {"perintah": "preview", "bagian": "--no-cache"})
    yield Hostile("a new edition that leads out", "/perintah", data=NEW | {"nama": "../luar"})
    yield Hostile("an order that there is not", "/perintah", data={"perintah": "test", "edisi": "uji"})
    diff = {"perintah": "diff", "lama": "/etc", "edisi_kini": "uji"}
    yield Hostile("a comparison with a folder", "/perintah", data=diff)
    yield Hostile("a line break in a name", "/perintah", data=NEW | {"label": "a\nb"})
    yield Hostile("a release that there is not", "/perintah", data={"perintah": "verify", "terbitan": "uji/../.."})


def test_forty_hostile_requests_are_refused_and_change_nothing(
    site: Site, stranger: TestClient, small: Path, tmp_path: Path
) -> None:
    (tmp_path / "rahasia.xlsx").write_bytes(b"rahasia")
    (small / "tautan.xlsx").symlink_to(tmp_path / "rahasia.xlsx")
    before = tree(tmp_path)
    answers = {each.why: sent(each, site.door, stranger) for each in hostile()}
    assert len(answers) >= 40
    assert {why: code for why, (code, _) in answers.items() if code not in REFUSED} == {}
    assert [why for why, (_, text) in answers.items() if "rahasia" in text or "Traceback" in text] == []
    assert site.runner.waiting() == []
    assert tree(tmp_path) == before


def sent(each: Hostile, door: Door, client: TestClient) -> tuple[int, str]:
    """Send a request; return the status and the text of the answer."""
    secrets = {"name": door.cookie_name, "cookie": door.cookie, "key": "x", "master": door.master}
    if "{key}" in each.path:
        secrets["key"] = door.address().partition("=")[2]
    headers = {"origin": door.origin, "sec-fetch-site": "same-origin", **each.headers}
    if each.known:
        headers.setdefault("cookie", f"{door.cookie_name}={door.cookie}")
    told = {name: value.format(**secrets) for name, value in headers.items() if value is not None}
    where = "/" if each.why == "a path of no secret" else door.base + each.path.format(**secrets)
    files = [("berkas", ("x.xlsx", each.file))] if each.file is not None else [("x", ("", b""))]
    given = {"params": each.data} if each.method == "GET" else {"data": each.data, "files": files}
    answer = client.request(each.method, where, headers=told, **given)  # type: ignore[arg-type]
    return answer.status_code, answer.text


def test_a_key_opens_once_and_the_address_then_shows_none(site: Site, stranger: TestClient) -> None:
    address = site.door.address()
    welcome = stranger.get(address)
    cookie = welcome.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert f"Path={site.door.base}/" in cookie
    assert f'content="0; url={site.door.base}/"' in welcome.text
    assert "kunci" not in welcome.text
    assert stranger.get(f"{site.door.base}/").status_code == 200
    again = stranger.get(address)  # the browser that has the cookie is led on
    assert (again.status_code, again.headers["location"]) == (303, f"{site.door.base}/")
    stranger.cookies.clear()
    stale = stranger.get(address)
    assert stale.status_code == 403
    assert "sudah dipakai" in stale.text


def test_a_link_from_elsewhere_opens_it_by_its_key_only(site: Site, stranger: TestClient) -> None:
    elsewhere = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "document"}
    assert stranger.get(site.door.address(), headers=elsewhere).status_code == 200
    assert stranger.get(site.door.address(), headers=elsewhere).status_code == 303  # led on, as it is known
    assert stranger.get(f"{site.door.base}/", headers=elsewhere).status_code == 403
    assert stranger.get(f"{site.door.base}/", headers={"sec-fetch-site": "none"}).status_code == 200  # a bookmark


def test_every_answer_carries_the_policy(client: TestClient, site: Site) -> None:
    for answer in (client.get(f"{site.door.base}/"), client.get("/"), client.get(f"{site.door.base}/tidak-ada")):
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
    assert "default-src 'self'" in HEADERS["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]


def test_a_second_start_gets_a_fresh_address(site: Site, stranger: TestClient) -> None:
    proof = {"authorization": f"Bearer {site.door.master}"}
    answer = stranger.post(f"{site.door.base}/alamat", headers=proof)
    address = answer.json()["alamat"]
    assert stranger.get(address).status_code == 200


def test_secrets_are_long_and_of_one_server() -> None:
    one, other = Door(), Door()
    assert len({one.cookie, one.master, one.place, other.cookie, other.master, other.place}) == 6
    assert min(len(one.cookie), len(one.master)) >= 43
    assert repr(one).count(one.cookie) == 0
    assert same("a", "a")
    assert not same("a", "b")
    assert not same("a", "\udcff")
