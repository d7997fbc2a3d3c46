"""Action plans made up for tests: a root with params and workbooks of any size, bands and period codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monev.io.workbook_writer import write_book
from monev.model.fields import EVALUATION, GROUPS, KL, OMS, PLAN, achievements, plan_of
from monev.model.groups import Group, GroupSetting

EDITION = "uji"
LONG = " ".join(f"kata{n}" for n in range(60))[:300]
STATUSES = ("Aktif", "Semi-Aktif", "Pasif", "N/A", "")


@dataclass(frozen=True)
class MadePlan:
    """What a plan is like; whatever is not said is small and ordinary."""

    commitments: int = 3
    title: str = "Judul komitmen {n}"
    periods: Sequence[tuple[str, str, int]] = (("B06", "Semester I", 2021), ("B12", "Semester II", 2021))
    scoring: Mapping[str, Any] = field(default_factory=dict)
    names: Mapping[str, Any] = field(default_factory=dict)
    scores: Sequence[object] = (100, 62, 15.5, "N/A", 85)
    statuses: Sequence[str] = STATUSES
    targets: Mapping[int, int] = field(default_factory=dict)  # of a commitment per period and group, else 1
    texts: Mapping[str, str] = field(default_factory=dict)  # what a text column holds everywhere
    text: Callable[[str, str], str] = lambda column, usual: usual  # else: what it holds, by column and usual text
    determinations: Sequence[Mapping[str, object]] = ()
    groups: Sequence[str] | None = None  # those that report; all where it is not said
    kelompok: Sequence[Mapping[str, str]] = ()  # as params tell them; ministries and civil society where it is not said
    params: Mapping[str, Any] = field(default_factory=dict)  # further keys

    @property
    def known(self) -> tuple[Group, ...]:
        """The groups."""
        return tuple(GroupSetting(**setting).group() for setting in self.kelompok) or GROUPS


def make_plan(root: Path, plan: MadePlan) -> Path:
    """Write params and all workbooks of a plan below `root`; return it."""
    _write_params(root, plan)
    write_book(root / "inputs" / PLAN.file, plan_of(plan.known), _register(plan))
    for code, _, _ in plan.periods:
        for group in plan.known:
            rows = {"Capaian": _achievements(plan, group, code)}
            write_book(root / "inputs" / code / group.file, achievements(group), rows)
    write_book(root / "inputs" / plan.periods[-1][0] / EVALUATION.file, EVALUATION, _evaluation(plan))
    return root


def _write_params(root: Path, plan: MadePlan) -> None:
    params = {
        "edisi": EDITION,
        "judul": "Laporan Uji",
        "rencana_aksi": f"inputs/{PLAN.file}",
        "periode": [
            {"kode": code, "label": label, "tahun": year, "inputs": f"inputs/{code}"}
            for code, label, year in plan.periods
        ],
        "penilaian": dict(plan.scoring),
        "nama": {"rencana": "Rencana Uji", **plan.names},
        **({"kelompok": [dict(setting) for setting in plan.kelompok]} if plan.kelompok else {}),
        **plan.params,
    }
    (root / "params").mkdir(parents=True)
    (root / "params" / f"{EDITION}.yml").write_text(yaml.safe_dump(params, allow_unicode=True), "utf-8")


def _actors(plan: MadePlan) -> list[tuple[int, str, str]]:
    usual = {KL: "Kem", OMS: "LSM"}
    return [
        (n, f"{usual.get(group, group)} {n}", group) for n in range(1, plan.commitments + 1) for group in plan.known
    ]


def _text(plan: MadePlan, column: str, default: str) -> str:
    return plan.texts[column] if column in plan.texts else plan.text(column, default)


def _register(plan: MadePlan) -> dict[str, list[dict[str, object]]]:
    actors = _actors(plan)
    numbers = range(1, plan.commitments + 1)
    return {
        "Komitmen": [
            {"commitment": n, "title": _text(plan, "title", plan.title.format(n=n)), "theme": "Tema"} for n in numbers
        ],
        "Pelaksana": [
            {"actor": actor, "full_name": _text(plan, "full_name", f"Nama Lengkap {actor}"), "group": group}
            for _, actor, group in actors
        ],
        "Pelaksana Komitmen": [{"commitment": n, "actor": actor} for n, actor, _ in actors],
        "Ukuran Keberhasilan": [
            {"commitment": n, "actor": actor, "measure": 1, "text": _text(plan, "measure_text", f"Ukuran {n} {actor}")}
            for n, actor, _ in actors
        ],
    }


def _achievements(plan: MadePlan, group: str, period: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for n, actor, own in _actors(plan):
        if own != group or (plan.groups is not None and group not in plan.groups):
            continue
        for no in range(1, plan.targets.get(n, 1) + 1):
            place = len(rows)
            score = plan.scores[place % len(plan.scores)]
            rows.append(
                {
                    "commitment": n,
                    "measure": 1,
                    "actor": actor,
                    "period": period,
                    "no": no,
                    "target": _text(plan, "target", f"Target {n} {no}"),
                    "achievement": _text(plan, "achievement", f"Capaian {n} {no}"),
                    "score": score,
                    "cocreation_text": _text(plan, "cocreation_text", f"Ko-kreasi {n} {no}"),
                    "cocreation": "" if score == "-" else plan.statuses[place % len(plan.statuses)],
                    "evidence": _text(plan, "evidence", "Ada"),
                }
            )
    return rows


def _evaluation(plan: MadePlan) -> dict[str, list[dict[str, object]]]:
    return {
        "Tindak Lanjut": [
            {"commitment": 1, "measure": 1, "no": 1, "text": _text(plan, "followup", "Langkah satu")},
            {"commitment": 1, "no": 1, "text": _text(plan, "followup", "Langkah semua")},
        ],
        "Penetapan": [dict(row) for row in plan.determinations],
        "Sorotan": [
            {
                "part": "I",
                "title": _text(plan, "highlight_title", "Judul sorotan"),
                "commitment": 1,
                "actor": actor,
                "dimension": dimension,
                "no": 1,
                "text": _text(plan, "highlight", "Isi sorotan"),
            }
            for actor, dimension in (("", "Administratif"), (_actors(plan)[0][1], "Ko-Kreasi"))
        ],
        "Catatan Umum": [
            {
                "part": "I",
                "title": _text(plan, "note_title", "Judul catatan"),
                "kind": kind,
                "no": 1,
                "text": _text(plan, "note", "Isi catatan"),
            }
            for kind in ("Temuan", "Tindak Lanjut")
        ],
    }


TWO_BANDS = {
    "kategori": [{"nama": "Tercapai", "dari": 60, "sampai": 100}, {"nama": "Belum Tercapai", "dari": 0, "sampai": 59}],
    "tidak_terukur": "Tidak Terukur",
}
FIVE_BANDS = {
    "kategori": [
        {"nama": "Sangat Baik", "dari": 90, "sampai": 100},
        {"nama": "Baik", "dari": 75, "sampai": 89},
        {"nama": "Cukup", "dari": 50, "sampai": 74},
        {"nama": "Kurang", "dari": 25, "sampai": 49},
        {"nama": "Sangat Kurang", "dari": 0, "sampai": 24},
    ],
    "agregasi": "rata-rata target",
    "kokreasi": {"periode": "semua"},
}
FOUR_GROUPS = (
    {"kode": "KL", "nama": "K/L", "nama_panjang": "Kementerian/Lembaga", "kanal": "SISMONEV KSP"},
    {"kode": "PEMDA", "nama": "Pemda", "nama_panjang": "Pemerintah Daerah", "kanal": "Aplikasi Daerah"},
    {"kode": "OMS", "nama_panjang": "Organisasi Masyarakat Sipil", "kanal": "SISMONEV OGI"},
    {"kode": "SWASTA", "nama": "Swasta", "nama_panjang": "Dunia Usaha", "buku_kerja": "laporan-swasta.xlsx"},
)
SIX_GROUPS = (
    *FOUR_GROUPS,
    {"kode": "FIL", "nama": "Filantropi", "nama_panjang": "Lembaga Filantropi dan Mitra Pembangunan Internasional"},
    {"kode": "PT", "nama": "Akademisi", "nama_panjang": "Perguruan Tinggi dan Lembaga Penelitian"},
)
LONG_GROUPS = (
    {"kode": "A", "nama": "Lembaga Pemerintah Pusat dan Daerah", "nama_panjang": f"Lembaga {LONG[:110]}"},
    {"kode": "B", "nama": "Mitra Pembangunan dan Masyarakat", "nama_panjang": f"Mitra {LONG[:110]}"},
)
PLANS: Mapping[str, MadePlan] = {
    "tiga": MadePlan(),
    "enam-puluh": MadePlan(commitments=60, title="Komitmen panjang {n} " + LONG[:270], scoring=FIVE_BANDS),
    "nama-panjang": MadePlan(
        title=(LONG + "x" * 300)[:298] + "{n}",
        texts={"full_name": LONG, "highlight_title": LONG, "note_title": LONG},
        names={"program": LONG[:120], "rencana": LONG[:120], "sekretariat": LONG[:120]},
    ),
    "dua-kategori": MadePlan(
        scoring=TWO_BANDS,
        determinations=[
            {"commitment": 1, "dimension": "Administratif", "category": "Tidak Terukur", "reason": "Alasan"}
        ],
    ),
    "kode-lain": MadePlan(
        periods=[
            ("T1", "Triwulan I", 2030),
            ("T2", "Triwulan II", 2030),
            ("T3", "Triwulan III", 2030),
            ("T4", "Akhir", 2031),
        ]
    ),
    "satu-periode": MadePlan(periods=[("T1", "Tahun Pertama", 2030)]),
    "semua-na": MadePlan(scores=["N/A"], statuses=["N/A"]),
    "tanpa-target": MadePlan(scores=["-"], statuses=[""]),
    "tanpa-kokreasi": MadePlan(statuses=[""]),
    "enam-puluh-target": MadePlan(targets={2: 60}),
    "empat-kelompok": MadePlan(commitments=5, kelompok=FOUR_GROUPS),
    "enam-kelompok": MadePlan(commitments=4, kelompok=SIX_GROUPS),
    "kelompok-panjang": MadePlan(kelompok=LONG_GROUPS),
    "tanpa-oms": MadePlan(groups=[KL]),
    "tanpa-kl": MadePlan(groups=[OMS]),
    # Of each group one actor has nothing but N/A, and one no target at all.
    "pelaksana-tanpa-skor": MadePlan(commitments=4, scores=(100, "N/A", 40, "-")),
}
