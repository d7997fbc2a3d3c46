"""What is wrong with the inputs: kinds of findings, and the findings themselves.

Each kind stands once in `KINDS` with its code, weight, and text in both languages. A text says what was found, what
was expected and what to do; the place (file, sheet, cell) is added by `Finding.line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Literal

Weight = Literal["error", "warning"]
Language = Literal["id", "en"]


@dataclass(frozen=True)
class Kind:
    """One kind of finding: `id` and `en` are templates filled with the finding's details."""

    code: str
    weight: Weight
    id: str
    en: str


_E: Weight = "error"
_W: Weight = "warning"

KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        # files
        Kind("F01", _E, "berkas tidak ada. Letakkan berkas itu di sana, atau perbaiki jalurnya di {where}.",
             "the file is missing. Put it there, or correct its path in {where}."),
        Kind("F02", _E, "berkas tidak dapat dibaca sebagai buku kerja Excel (.xlsx): {why}. Buka di Excel lalu simpan ulang sebagai .xlsx.",
             "the file cannot be read as an Excel workbook (.xlsx): {why}. Open it in Excel and save it as .xlsx."),
        Kind("F03", _E, "isi berkas melampaui batas: {why}. Hapus baris, kolom, atau gambar yang tidak dipakai.",
             "the file exceeds a limit: {why}. Delete unused rows, columns or pictures."),
        Kind("F04", _E, "jalur keluar dari folder proyek. Tulis jalur di dalam folder proyek.",
             "the path leaves the project folder. Give a path inside it."),
        # sheets and columns
        Kind("S01", _E, "lembar '{sheet}' tidak ada; lembar yang ada: {present}. Tambahkan atau ganti nama lembarnya.",
             "sheet '{sheet}' is missing; sheets present: {present}. Add it or rename one."),
        Kind("S02", _E, "kolom '{column}' tidak ada di baris judul. Tambahkan kolom itu dengan judul persis '{column}'.",
             "column '{column}' is missing from the heading row. Add it with exactly that heading."),
        Kind("S03", _W, "kolom '{column}' tidak dikenal dan tidak dipakai.{hint} Hapus atau perbaiki judulnya bila salah ketik.",
             "column '{column}' is unknown and not used.{hint} Remove it, or correct a misspelt heading."),
        Kind("S04", _E, "judul kolom '{column}' muncul dua kali. Sisakan satu.",
             "heading '{column}' occurs twice. Keep one."),
        Kind("S05", _E, "lembar tidak berisi baris data. Isi sekurang-kurangnya satu baris di bawah judul kolom.",
             "the sheet holds no rows. Fill at least one below the headings."),
        # cells
        Kind("C01", _E, "sel kosong; kolom {column} wajib diisi: {about}", "the cell is blank; column {column} must be filled: {about}"),
        Kind("C02", _E, "Nilai '{value}' bukan angka 0 sampai 100, N/A, atau -. Tulis salah satunya.",
             "Nilai '{value}' is not a number from 0 to 100, N/A or -. Write one of these."),
        Kind("C03", _E, "{column} '{value}' tidak dikenal; pilihan: {choices}.{hint}",
             "{column} '{value}' is unknown; choices: {choices}.{hint}"),
        Kind("C04", _E, "{column} '{value}' bukan bilangan bulat positif. Tulis angka seperti 1, 2, 3.",
             "{column} '{value}' is not a positive whole number. Write 1, 2, 3 and so on."),
        Kind("C05", _E, "sel berisi rumus tanpa hasil tersimpan ({value}). Hitung ulang dan simpan di Excel, atau tulis nilainya.",
             "the cell holds a formula without a stored result ({value}). Recalculate and save in Excel, or write the value."),
        Kind("C06", _E, "sel berisi galat Excel {value}. Perbaiki rumusnya atau tulis nilainya.",
             "the cell holds the Excel error {value}. Mend the formula or write the value."),
        Kind("C07", _E, "sel berisi {value}, bukan teks. Tulis teks; bila Excel mengubahnya menjadi tanggal, beri format Teks.",
             "the cell holds {value}, not text. Write text; if Excel turned it into a date, format it as Text."),
        Kind("C08", _E, "Nilai berisi tanggal {value}. Tulis angka 0 sampai 100, N/A, atau -.",
             "Nilai holds the date {value}. Write a number from 0 to 100, N/A or -."),
        Kind("C09", _E, "teks panjangnya {length} karakter; batasnya {limit}. Ringkaskan.",
             "the text has {length} characters; the limit is {limit}. Shorten it."),
        # keys and references
        Kind("K01", _E, "kunci ganda ({key}); baris pertama ada di sel {first}. Ubah kunci atau hapus salah satu baris.",
             "duplicate key ({key}); the first is in cell {first}. Change the key or delete a row."),
        Kind("K02", _E, "Komitmen {value} tidak ada dalam lembar Komitmen rencana aksi. Perbaiki nomornya atau lengkapi registernya.",
             "commitment {value} is not in the plan's sheet Komitmen. Correct the number or complete the register."),
        Kind("K03", _E, "Pelaksana '{value}' tidak ada dalam lembar Pelaksana rencana aksi.{hint} Pakai nama singkat yang terdaftar.",
             "actor '{value}' is not in the plan's sheet Pelaksana.{hint} Use a registered short name."),
        Kind("K04", _E, "Pelaksana '{value}' tidak terdaftar pada Komitmen {commitment} (lembar Pelaksana Komitmen). Perbaiki baris ini atau registernya.",
             "actor '{value}' is not registered for commitment {commitment} (sheet Pelaksana Komitmen). Correct the row or the register."),
        Kind("K05", _E, "UK {value} tidak terdaftar pada Komitmen {commitment} untuk {actor} (lembar Ukuran Keberhasilan). Perbaiki nomor UK atau registernya.",
             "UK {value} is not registered for commitment {commitment} and {actor} (sheet Ukuran Keberhasilan). Correct it or the register."),
        Kind("K06", _E, "{actor} termasuk kelompok {group}, jadi barisnya harus ada di {file}. Pindahkan baris ini.",
             "{actor} belongs to group {group}, so its row must stand in {file}. Move the row."),
        Kind("K07", _E, "Periode '{value}' tidak sesuai; folder ini untuk periode {period} menurut params. Tulis {period} atau pindahkan barisnya.",
             "period '{value}' does not fit; params give this folder period {period}. Write {period} or move the row."),
        Kind("K08", _E, "UK {value} tidak ada pada Komitmen {commitment}. Perbaiki nomor UK atau kosongkan.",
             "UK {value} does not exist in commitment {commitment}. Correct it or leave it blank."),
        Kind("K09", _E, "Koalisi '{value}' tidak ada dalam kolom Pelaksana.{hint}", "coalition '{value}' is not in column Pelaksana.{hint}"),
        # meaning
        Kind("M01", _E, "Kategori '{value}' tidak dikenal untuk dimensi {dimension}; pilihan: {choices}.",
             "category '{value}' is unknown for dimension {dimension}; choices: {choices}."),
        Kind("M02", _W, "penetapan ini tidak perlu: hasil hitungan Komitmen {commitment} memang {value}. Hapus barisnya.",
             "this determination is needless: commitment {commitment} is {value} by the rule. Delete the row."),
        Kind("M03", _E, "Komitmen {commitment} tidak punya target pada edisi ini, jadi tidak dapat ditetapkan. Hapus barisnya.",
             "commitment {commitment} has no target in this edition, so nothing can be determined. Delete the row."),
        Kind("M04", _W, "bagian {part} punya dua judul: '{value}' dan '{first}'. Samakan; yang pertama dipakai.",
             "part {part} has two titles: '{value}' and '{first}'. Make them equal; the first is used."),
        Kind("M05", _W, "Nilai {value} tetapi data dukung tidak dikumpulkan. Periksa apakah nilainya benar.",
             "the score is {value} but no evidence was submitted. Check that the score is right."),
        Kind("M06", _W, "Status Ko-Kreasi '{value}' tidak ikut dihitung, karena Nilai - berarti tidak ada target. Kosongkan statusnya atau isi nilainya.",
             "co-creation status '{value}' does not count, because Nilai - means no target. Clear it or give a score."),
        Kind("M07", _W, "Komitmen {value} tidak punya baris capaian pada edisi ini.", "commitment {value} has no achievement rows in this edition."),
        # params
        Kind("P01", _E, "kunci '{value}' tidak dikenal.{hint} Kunci yang ada: {choices}.", "key '{value}' is unknown.{hint} Known keys: {choices}."),
        Kind("P02", _E, "kunci '{value}' belum diisi. Tambahkan: {about}", "key '{value}' is missing. Add it: {about}"),
        Kind("P03", _E, "isi '{value}' tidak sah: {why}", "the value of '{value}' is not valid: {why}"),
        Kind("P04", _E, "bukan YAML yang sah: {why}. Periksa indentasi dan tanda baca.", "not valid YAML: {why}. Check indentation and punctuation."),
        Kind("P05", _E, "edisi '{value}' tidak ada.{hint} Edisi yang ada: {choices}.", "edition '{value}' does not exist.{hint} Editions: {choices}."),
        Kind("P06", _E, "kunci '{value}' ditulis dua kali. Sisakan satu.", "key '{value}' is given twice. Keep one."),
        Kind("P07", _E, "edisi di dalam berkas adalah '{value}', sedangkan nama berkasnya {expected}. Samakan keduanya.",
             "the edition in the file is '{value}' but the file is called {expected}. Make them equal."),
        # the published edition
        Kind("T01", _W, "angka terbit '{value}' ({published}) berbeda dari data ({computed}) dan belum dijelaskan. Tulis 'menurut_data' dan 'penjelasan'.",
             "published '{value}' ({published}) differs from the data ({computed}) and is not explained. Give menurut_data and penjelasan."),
        Kind("T02", _W, "penjelasan '{value}' ditulis untuk hasil hitungan lain; sekarang data memberi {computed} (terbit {published}). Periksa dan perbarui 'menurut_data' dan 'penjelasan'.",
             "the explanation of '{value}' was written for another result; the data now give {computed} (published {published}). Check it and renew menurut_data and penjelasan."),
        Kind("T03", _W, "penjelasan '{value}' tidak perlu: angka terbit {published} sama dengan data. Hapus 'menurut_data' dan 'penjelasan'.",
             "the explanation of '{value}' is needless: published {published} equals the data. Delete menurut_data and penjelasan."),
        Kind("T04", _W, "pembanding '{value}' (terbit {published}) tidak ada lagi di buku kerja. Periksa 'pola', nomor komitmen, atau nama yang dirujuk.",
             "what '{value}' (published {published}) is compared with is no longer in the workbooks. Check pola, the commitment or the name."),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """One finding: its kind's code, its place, and the details that fill the kind's text."""

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    @property
    def weight(self) -> Weight:
        """`error` stops a build, `warning` does not."""
        return KINDS[self.code].weight

    def place(self, language: Language = "id") -> str:
        """Return the place in words: file, sheet, cell."""
        words = {"id": ("lembar", "sel", "baris"), "en": ("sheet", "cell", "line")}[language]
        parts = [self.file]
        if self.sheet:
            parts.append(f"{words[0]} '{self.sheet}'")
        if self.cell:
            parts.append(f"{words[2] if self.cell.isdigit() else words[1]} {self.cell}")
        return ", ".join(parts)

    def text(self, language: Language = "id") -> str:
        """Return what was found, what was expected and what to do."""
        kind = KINDS[self.code]
        return (kind.id if language == "id" else kind.en).format_map({"hint": "", **self.details})

    def line(self, language: Language = "id") -> str:
        """Return the whole finding on one line."""
        return f"{self.place(language)}: {self.text(language)} [{self.code}]"


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop a build."""
    return tuple(finding for finding in findings if finding.weight == "error")


def nearest(word: str, known: Iterable[str]) -> str:
    """Return ` Maksudnya 'x'?` for the known word nearest to `word`, else an empty text."""
    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return f" Maksudnya '{by_fold[near[0]]}'?" if near else ""
