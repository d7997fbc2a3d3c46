"""What the page may have done: for each order, the command that it stands for, made from the fields of a form. Pure.

Nothing of a form is taken for an option: editions, parts and numbers are looked at, and free text stands behind `=`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from monev.model.imprint import NUMBER
from monev.model.params import is_edition_name
from monev.words.errors import UsageError
from monev.words.messages import tell

PART = re.compile(r"[a-z0-9][a-z0-9-]{0,80}")
_MOST = 2_000  # letters of a field
_MOST_LINES, _LONGEST_LINE = 20, 300  # of a field with several
_UNSEEN = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True)
class Form:
    """The fields of a form, and the editions and releases (`edition/number`) that there are."""

    fields: Mapping[str, str]
    editions: Collection[str]
    releases: Collection[str] = ()

    def text(self, name: str) -> str:
        """Return a field on one line. Raises UsageError for what no form of ours would send."""
        value = self.fields.get(name, "").strip()
        if len(value) > _MOST or _UNSEEN.search(value):
            raise UsageError(tell("page.bad-field", name=name))
        return value

    def option(self, name: str, option: str) -> list[str]:
        """Return an option with the field's text; nothing for an empty field."""
        value = self.text(name)
        return [f"--{option}={value}"] if value else []

    def flag(self, name: str, option: str) -> list[str]:
        """Return an option without value where the field is ticked."""
        return [f"--{option}"] if self.text(name) else []

    def edition(self, name: str = "edisi") -> str:
        """Return an edition that there is. Raises UsageError."""
        value = self.text(name)
        if value not in self.editions or not is_edition_name(value):
            raise UsageError(tell("page.bad-field", name=name))
        return value

    def side(self, name: str) -> str:
        """Return what may be compared: an edition, or the outputs of one."""
        value = self.text(name)
        if value.removeprefix("outputs/") not in self.editions or not is_edition_name(value.removeprefix("outputs/")):
            raise UsageError(tell("page.bad-field", name=name))
        return value

    def fitting(self, name: str, form: re.Pattern[str]) -> str:
        """Return a field that has a form. Raises UsageError."""
        value = self.text(name)
        if not form.fullmatch(value):
            raise UsageError(tell("page.bad-field", name=name))
        return value

    def release(self) -> str:
        """Return a release that there is, as `edition/number`. Raises UsageError."""
        value = self.text("terbitan")
        if value not in self.releases:
            raise UsageError(tell("page.bad-field", name="terbitan"))
        return value


def _new(form: Form) -> list[str]:
    name = form.text("nama")
    if not is_edition_name(name):
        raise UsageError(tell("why.edition-name"))
    wishes = [*form.option("kode", "code"), *form.option("label", "label"), *form.option("tahun", "year")]
    return ["new", name, f"--from={form.edition('dari')}", *wishes, *form.flag("formulir", "forms")]


def _lines(form: Form, name: str, option: str) -> list[str]:
    """Return an option for each line of a field."""
    lines = [line.strip() for line in form.fields.get(name, "").splitlines() if line.strip()]
    if len(lines) > _MOST_LINES or any(len(line) > _LONGEST_LINE or _UNSEEN.search(line) for line in lines):
        raise UsageError(tell("page.bad-field", name=name))
    return [f"--{option}={line}" for line in lines]


def _init(form: Form) -> list[str]:
    name = form.text("nama")
    if not is_edition_name(name):
        raise UsageError(tell("why.edition-name"))
    words = (("program", "program"), ("rencana", "plan"), ("sekretariat", "secretariat"))
    said = [part for field, option in words for part in form.option(field, option)]
    several = (("kelompok", "group"), ("periode", "period"), ("kategori", "band"))
    return ["init", name, *said, *(part for field, option in several for part in _lines(form, field, option))]


def _build(form: Form) -> list[str]:
    docx = ["--format=docx"] if form.text("docx") else []
    return ["build", form.edition(), *docx, *form.flag("tanpa_simpanan", "no-cache")]


def _release(form: Form) -> list[str]:
    return [
        "release",
        form.edition(),
        f"--number={form.fitting('nomor', NUMBER)}",
        f"--by={form.text('oleh')}",
        *form.option("alasan", "reason"),
        *form.option("biarkan", "allow-open"),
        *form.flag("lembar", "sheet"),
    ]


ORDERS: Mapping[str, Callable[[Form], list[str]]] = {
    "init": _init,
    "new": _new,
    "check": lambda form: ["check", form.edition()],
    "update": lambda form: ["update", form.edition()],
    "forms": lambda form: ["forms", form.edition()],
    "collect": lambda form: ["collect", form.edition()],
    "build": _build,
    "preview": lambda form: ["build", form.edition(), f"--only={form.fitting('bagian', PART)}"],
    "diff": lambda form: ["diff", form.side("lama"), form.side("edisi_kini")],
    "comments": lambda form: ["comments", form.edition()],
    "release": _release,
    "verify": lambda form: ["verify", f"releases/{form.release()}"],
}
"""The orders by name; `comments` and `release` may have files behind them."""

WITH_FILES: Mapping[str, tuple[str, Sequence[str]]] = {
    "comments": ("berkas", (".docx", ".pdf")),
    "release": ("kunci", (".p12", ".pfx")),
}
"""Of an order: the field of its files, and the kinds that they may be of."""


def command_of(order: str, form: Form) -> tuple[str, ...]:
    """Return what is typed behind `monev` for an order. Raises UsageError for what no form of ours sends."""
    if order not in ORDERS:
        raise UsageError(tell("page.bad-field", name="perintah"))
    return tuple(ORDERS[order](form))
