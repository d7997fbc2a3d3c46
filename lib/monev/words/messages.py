"""Everything that monev says in the terminal, in Indonesian and English: one text per message id. Pure.

A `Message` names its text and holds what fills it; whoever prints it chooses the language. So a failure deep inside can
be told in either language without knowing which. `str()` of a message is Indonesian, as the report and its logs are.
Texts of findings stand beside their kinds in `findings.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from monev.words.page_messages import PAGE

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
LANGUAGE_VARIABLE = "MONEV_LANG"


class Text(NamedTuple):
    """One text in both languages; the same `{names}` are filled in each."""

    id: str
    en: str


def language(wish: str | None) -> Language:
    """Return the language that a setting asks for: `en`, `EN`, `en_US` are English, all else Indonesian."""
    return "en" if (wish or "").strip().lower().startswith("en") else "id"


@dataclass(frozen=True)
class Message:
    """One message: its id in `MESSAGES`, and what fills it; messages may fill messages."""

    key: str
    details: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: Language = "id") -> str:
        """Return the message in words."""
        words = MESSAGES[self.key]
        template = words.en if language == "en" else words.id
        return template.format_map({name: rendered(value, language) for name, value in self.details.items()})

    def __str__(self) -> str:
        return self.text()


@dataclass(frozen=True)
class Messages:
    """Several messages told together."""

    parts: tuple[Words, ...]
    between: str = "; "

    def text(self, language: Language = "id") -> str:
        """Return all of them in words, one after another."""
        return self.between.join(str(rendered(part, language)) for part in self.parts)

    def __str__(self) -> str:
        return self.text()


Words = str | Message | Messages
"""What can be told: a message, or words that are the same in every language (names, what a program said)."""


def tell(key: str, **details: object) -> Message:
    """Return the message called `key`. Raises KeyError for an unknown one."""
    MESSAGES[key]
    return Message(key, details)


def join(parts: Sequence[Words], between: str = "; ") -> Words:
    """Return several messages as one."""
    return parts[0] if len(parts) == 1 else Messages(tuple(parts), between)


def rendered(value: object, language: Language) -> object:
    """Return a message in words; anything else as it is."""
    return value.text(language) if isinstance(value, Message | Messages) else value


class Refusal(ValueError):
    """A value of the params that is not valid; says why in both languages (pydantic hands it on as it is)."""

    def __init__(self, message: Words) -> None:
        super().__init__(str(message))
        self.message = message


MESSAGES: Mapping[str, Text] = {
    # help: the program
    "help.about": Text(
        "monev menyusun laporan monitoring dan evaluasi dari buku kerja Excel.\n\n"
        "Langkah satu semester:\n"
        "  ./monev new 2022-S3 --from 2021-S2   siapkan params dan buku kerja semester baru\n"
        "  ./monev check 2021-S2     periksa buku kerja; setiap temuan menyebut berkas, lembar, dan sel\n"
        "  ./monev build 2021-S2     susun laporan; hasilnya outputs/2021-S2/laporan.pdf\n",
        "monev makes monitoring and evaluation reports from Excel workbooks.\n\n"
        "The steps of a semester:\n"
        "  ./monev new 2022-S3 --from 2021-S2   prepare params and workbooks of a new semester\n"
        "  ./monev check 2021-S2     check the workbooks; every finding names file, sheet and cell\n"
        "  ./monev build 2021-S2     make the report: outputs/2021-S2/laporan.pdf\n",
    ),
    "help.exits": Text(
        "Kode keluar: 0 selesai; 1 masukan atau params salah; 2 perintah salah; 3 buku catatan atau penyusunan gagal;\n"
        "4 verify menemukan perbedaan, atau reconcile menemukan beda tanpa penjelasan.\n",
        "Exit codes: 0 done; 1 the inputs or params have errors; 2 wrong usage; 3 a notebook or the rendering failed;\n"
        "4 verify found a difference, or reconcile an unexplained one.\n",
    ),
    "help.usage": Text("pemakaian: ", "usage: "),
    "help.options": Text("pilihan", "options"),
    "help.options.usage": Text("PILIHAN", "OPTIONS"),
    "help.arguments": Text("argumen", "arguments"),
    "help.commands": Text("perintah", "commands"),
    "help.command": Text("PERINTAH", "COMMAND"),
    "help.general": Text("pilihan umum (ditulis sebelum perintah)", "general options (before the command)"),
    "help.help": Text("tampilkan bantuan ini", "show this help"),
    "help.version": Text("tampilkan versi", "show the version"),
    "help.root": Text(
        "folder yang memuat params/, inputs/, dan outputs/ (baku: repositori ini)",
        "folder with params/, inputs/ and outputs/ (default: this repository)",
    ),
    "help.lang": Text(
        "bahasa pesan, bantuan, dan temuan (baku: isi MONEV_LANG, atau id); laporan selalu berbahasa Indonesia",
        "language of messages, help and findings (default: MONEV_LANG, else id); the report stays Indonesian",
    ),
    "help.edition": Text("EDISI", "EDITION"),
    "help.code": Text("KODE", "CODE"),
    "help.year": Text("TAHUN", "YEAR"),
    # help: commands
    "help.build": Text("susun laporan satu edisi", "make the report of one edition"),
    "help.build.more": Text(
        "Contoh: ./monev build 2021-S2\nBila gagal, hasil terakhir di outputs/ tidak berubah.",
        "Example: ./monev build 2021-S2\nIf it fails, the last outputs in outputs/ stay as they are.",
    ),
    "help.build.edition": Text(
        "kode edisi, sama dengan nama berkas di params/", "the edition's code, as its file in params/ is called"
    ),
    "help.batch": Text("susun banyak laporan sekaligus", "make many reports at once"),
    "help.batch.more": Text(
        "Contoh: ./monev batch 2021-S1 2021-S2 --roots /data/kab-a /data/kab-b --jobs 4\n"
        "Laporan yang gagal tidak menghentikan yang lain. Jalankan lagi untuk meneruskan: yang sudah jadi dilewati.",
        "Example: ./monev batch 2021-S1 2021-S2 --roots /data/district-a /data/district-b --jobs 4\n"
        "A report that fails does not stop the others. Run it again to go on: what is done is passed over.",
    ),
    "help.batch.editions": Text("kode edisi, satu atau lebih", "the editions' codes, one or more"),
    "help.batch.roots": Text(
        "folder program, masing-masing dengan params/ dan inputs/ (baku: --root)",
        "the programmes' folders, each with params/ and inputs/ (default: --root)",
    ),
    "help.batch.jobs": Text(
        "banyaknya laporan yang disusun bersamaan di mesin ini (baku: jumlah inti)",
        "how many reports are built at once on this machine (default: the cores)",
    ),
    "help.batch.scheduler": Text(
        "alamat penjadwal Dask, misalnya tcp://10.0.0.5:8786 (lihat docs/cluster.md)",
        "address of a Dask scheduler, such as tcp://10.0.0.5:8786 (see docs/cluster.md)",
    ),
    "hints.head": Text(
        "Saran rumusan target (bukan penilaian): {count} target pada lembar '{sheet}' ({file}).",
        "Hints at the wording of targets (no judgement): {count} targets in sheet '{sheet}' ({file}).",
    ),
    "hints.line": Text("[{code}] {what} {cells}", "[{code}] {what} {cells}"),
    "help.forms": Text(
        "buat formulir dan surat pengantar untuk setiap pelaksana", "make a form and a covering letter for each actor"
    ),
    "help.forms.more": Text(
        "Contoh: ./monev forms 2022-S3\nFormulir memuat baris pelaksana itu saja, tanpa nilai; hasilnya di "
        "outputs/formulir/2022-S3/.",
        "Example: ./monev forms 2022-S3\nA form holds that actor's rows only, without scores; they go to "
        "outputs/formulir/2022-S3/.",
    ),
    "forms.made": Text(
        "{count} formulir dengan surat pengantarnya ({rows} target) ada di {path}.",
        "{count} forms with covering letters ({rows} targets) are in {path}.",
    ),
    "forms.questions": Text(
        "{count} pertanyaan yang masih terbuka termuat dalam {forms} formulir, di barisnya sendiri.",
        "{count} open questions are in {forms} forms, each at its row.",
    ),
    "forms.waiting": Text(
        "{count} pertanyaan belum termuat, karena satu baris memuat paling banyak {most}; jalankan lagi sesudah yang "
        "lain dijawab.",
        "{count} questions are not in the forms yet, as a row carries {most} at most; run it again once others are "
        "answered.",
    ),
    "forms.without": Text(
        "Tanpa target pada periode ini, jadi tanpa formulir: {names}.", "No target in this period, so no form: {names}."
    ),
    "forms.lacking": Text(
        "Surat tidak menyebut {name}, karena params tidak mengisinya (bagian formulir).",
        "The letters do not mention {name}, as the params do not give it (section formulir).",
    ),
    "forms.not-collected": Text(
        "Params edisi {edition} membaca buku kerja capaian. Untuk membaca formulir yang kembali, tulis masukan: "
        "kiriman pada periode {code}.",
        "The params of edition {edition} read achievements workbooks. To read forms that come back, write masukan: "
        "kiriman for period {code}.",
    ),
    "forms.next": Text(
        "Berikutnya: kirimkan; yang kembali diletakkan di {folder} apa adanya, lalu ./monev collect {edition}.",
        "Next: send them out; what comes back goes into {folder} as it is, then ./monev collect {edition}.",
    ),
    "forms.filled": Text(
        "folder {path} memuat berkas yang diubah atau ditambahkan sesudah dibuat ({names}), jadi tidak diganti. "
        "Pindahkan dahulu ke inputs/.../kiriman/ atau tempat lain.",
        "the folder {path} holds files that were changed or added since it was made ({names}), so it is not "
        "replaced. Move them to inputs/.../kiriman/ or elsewhere first.",
    ),
    "help.collect": Text(
        "catat formulir yang kembali; sebut siapa sudah dan belum mengirim",
        "register forms that came back; tell who has sent and who has not",
    ),
    "help.collect.more": Text(
        "Contoh: ./monev collect 2022-S3\nBerkas di inputs/2022-S3/kiriman/ dibaca apa adanya (.xlsx, .xls, .ods) "
        "dan dicatat dalam penerimaan.xlsx.",
        "Example: ./monev collect 2022-S3\nFiles in inputs/2022-S3/kiriman/ are read as they are (.xlsx, .xls, .ods) "
        "and registered in penerimaan.xlsx.",
    ),
    "collect.head": Text(
        "Kiriman edisi {edition}: {count} berkas tercatat, {new} di antaranya baru.",
        "Received for edition {edition}: {count} files registered, {new} of them new.",
    ),
    "collect.new": Text("  baru: '{name}', dari {actor}{how}", "  new: '{name}', from {actor}{how}"),
    "collect.unknown": Text("pelaksana yang belum dikenali", "an actor not known yet"),
    "collect.by-rows": Text(
        " (tandanya hilang; dikenali dari barisnya)", " (its marks are gone; recognised by its rows)"
    ),
    "collect.renamed": Text("  ganti nama: '{old}' kini '{new}'", "  renamed: '{old}' is now '{new}'"),
    "collect.copy": Text(
        "  salinan: '{copy}' sama isinya dengan '{other}', jadi tidak dicatat",
        "  copy: '{copy}' holds the same as '{other}' and is not registered",
    ),
    "collect.other": Text("  bukan buku kerja, dilewati: '{name}'", "  no workbook, passed over: '{name}'"),
    "collect.version": Text(
        "  versi {actor}: '{newer}' sesudah '{older}'; sel yang lain: {cells}; baris bertambah {added}, hilang "
        "{removed}",
        "  version of {actor}: '{newer}' after '{older}'; cells that differ: {cells}; rows added {added}, gone "
        "{removed}",
    ),
    "collect.whole": Text("Sudah lengkap ({count}):", "Complete ({count}):"),
    "collect.partial": Text("Baru sebagian ({count}):", "In part ({count}):"),
    "collect.silent": Text("Belum mengirim ({count}):", "Nothing sent ({count}):"),
    "collect.actor": Text(
        "  {actor}: {reported} dari {due} target; {since}; versi diterima: {versions}",
        "  {actor}: {reported} of {due} targets; {since}; versions received: {versions}",
    ),
    "collect.assessment": Text(
        "Penilaian: {file} dibuat dengan {count} baris; sekretariat mengisinya di samping kata-kata pelaksana.",
        "Assessment: {file} made with {count} rows; the secretariat fills it beside the actors' words.",
    ),
    "collect.assessed": Text(
        "Penilaian: {judged} dari {reported} target yang dilaporkan sudah dinilai; baris baru {added}, kata-kata "
        "diperbarui {renewed}, jawaban dibawa {answered}.",
        "Assessment: {judged} of {reported} reported targets are judged; rows added {added}, words renewed {renewed}, "
        "answers brought in {answered}.",
    ),
    "collect.aside": Text("  yang lama disimpan di {path}", "  the old one is kept in {path}"),
    "collect.judged-before": Text("  berubah sesudah dinilai: {target}", "  changed after judging: {target}"),
    "collect.row-gone": Text("  barisnya tidak ada lagi: {target}", "  its target is gone: {target}"),
    "collect.restored": Text(
        "  sel {cell} berisi '{was}', dikembalikan ke kata-kata pelaksana: '{now}'",
        "  cell {cell} held '{was}', put back to the actor's words: '{now}'",
    ),
    "collect.more": Text("  ... dan {count} lagi", "  ... and {count} more"),
    "collect.open": Text("Pertanyaan terbuka ({count}):", "Open questions ({count}):"),
    "collect.open-of": Text(
        "  {actor}: {count}, terlama {since}",
        "  {actor}: {count}, the oldest {since}",
    ),
    "collect.question": Text("    {target}: {since}: '{question}'", "    {target}: {since}: '{question}'"),
    "collect.days": Text("{days} hari (sejak {day})", "{days} days (since {day})"),
    "collect.undated": Text("tanpa tanggal", "no date"),
    "collect.future": Text("bertanggal {day}, sesudah hari ini", "dated {day}, after today"),
    "collect.next": Text(
        "Daftar pengingat: {path}. Berikutnya: ./monev check {edition}.",
        "Reminder list: {path}. Next: ./monev check {edition}.",
    ),
    "collect.unwritable": Text("{file} tidak dapat ditulis: {why}", "{file} cannot be written: {why}"),
    "evidence.no-ending": Text("tanpa akhiran nama", "no ending of its name"),
    "evidence.other-content": Text("isinya bukan {ending}", "its content is no {ending}"),
    "help.part": Text("BAGIAN", "PART"),
    "help.build.only": Text(
        "pratinjau satu bagian saja sebagai PDF tersendiri di outputs/pratinjau/ (ringkasan, komitmen-07, ...)",
        "preview one part only as a PDF of its own in outputs/pratinjau/ (ringkasan, komitmen-07, ...)",
    ),
    "help.build.stage": Text(
        "hanya siapkan naskah laporan di DIR, untuk diolah sendiri dengan quarto render; outputs/ tidak berubah",
        "only write the report's sources to DIR, to go on with quarto render by hand; outputs/ does not change",
    ),
    "help.build.no-cache": Text(
        "jalankan semua langkah, juga yang bahannya tidak berubah",
        "run every step, also those whose inputs have not changed",
    ),
    "help.build.explain": Text(
        "ceritakan setiap langkah: dijalankan atau dipakai lagi, dan mengapa",
        "tell of every step whether it ran or was reused, and why",
    ),
    "help.build.watch": Text(
        "susun lagi setiap kali isi inputs/ atau params/ berubah, sampai dihentikan dengan Ctrl-C",
        "build again whenever anything in inputs/ or params/ changes, until stopped with Ctrl-C",
    ),
    "help.build.engine": Text(
        "penyusun PDF dan HTML: Quarto bila terpasang, atau pandoc dan Typst bawaan (baku: auto)",
        "what makes PDF and HTML: Quarto where installed, or pandoc and Typst as packages (default: auto)",
    ),
    "help.build.format": Text(
        "bentuk tambahan: docx, untuk dikomentari di Word (pdf dan html selalu dibuat; yang pernah dibuat ikut "
        "diperbarui selama berkasnya ada di outputs/)",
        "a further form: docx, to comment on in Word (pdf and html are always made; one that was made is renewed as "
        "long as its file is in outputs/)",
    ),
    "help.build.jobs": Text(
        "banyaknya buku catatan yang berjalan bersamaan (baku: jumlah inti prosesor)",
        "how many notebooks run at the same time (default: number of processor cores)",
    ),
    "help.check": Text(
        "periksa buku kerja satu edisi tanpa menyusun laporan",
        "check the workbooks of one edition without making a report",
    ),
    "help.check.edition": Text("kode edisi", "the edition's code"),
    "help.check.earlier": Text(
        "sebut juga peringatan periode terdahulu satu per satu", "name the warnings of earlier periods one by one too"
    ),
    "help.check.copies": Text(
        "tulis salinan bertanda ke outputs/periksa/EDISI/ bila ada temuan (baku: ya)",
        "write marked copies to outputs/periksa/EDISI/ if there are findings (default: yes)",
    ),
    "help.check.format": Text("bentuk keluaran (baku: text)", "form of the output (default: text)"),
    "help.figure": Text("ANGKA", "FIGURE"),
    "help.word": Text("KATA", "WORD"),
    "help.file": Text("BERKAS", "PATH"),
    "help.explain": Text(
        "terangkan sebuah angka sampai ke selnya, atau daftar semua angka",
        "explain a figure down to its cells, or list all figures",
    ),
    "help.explain.figure": Text(
        "id angka, atau yang tercetak: 78%, 'Tabel 8', 'halaman 17', nama pelaksana; tanpa itu: daftar semua angka",
        "the figure's id, or what is printed: 78%, 'Tabel 8', 'halaman 17', an actor; without it: all figures",
    ),
    "help.explain.search": Text("hanya angka yang memuat semua kata ini", "only figures that hold all of these words"),
    "help.explain.depth": Text(
        "banyaknya tingkat angka penyusun (baku: 1)", "how many levels of the figures below (default: 1)"
    ),
    "help.explain.page": Text(
        "semua bilangan pada halaman ini, dengan angka atau selnya", "every numeral of this page, with figure or cell"
    ),
    "help.explain.text": Text(
        "semua bilangan seperti ini dalam laporan, misalnya 84,9", "every such numeral of the report, such as 84,9"
    ),
    "help.explain.table": Text("semua bilangan tabel bernomor ini", "every numeral of the table with this number"),
    "help.explain.picture": Text(
        "bilangan pada judul gambar bernomor ini", "the numerals in the caption of the figure with this number"
    ),
    "help.verify": Text(
        "periksa laporan.pdf atau folder hasil terhadap buku kerjanya",
        "verify a laporan.pdf or an output folder against its workbooks",
    ),
    "help.verify.more": Text(
        "Laporan disusun ulang dari bahannya di tempat kosong dan dibandingkan sampai ke byte.\n"
        "Contoh: ./monev verify outputs/2021-S2/laporan.pdf\nKode keluar 0 hanya bila semuanya identik.",
        "The report is built again from its materials in an empty place and compared to the byte.\n"
        "Example: ./monev verify outputs/2021-S2/laporan.pdf\nExit code 0 only when everything is identical.",
    ),
    "help.verify.quick": Text(
        "tanpa menyusun ulang: periksa angka dan bilangannya saja",
        "without building again: check figures and numerals only",
    ),
    "help.verify.path": Text("laporan.pdf, atau folder outputs/EDISI", "a laporan.pdf, or the folder outputs/EDITION"),
    "help.diff": Text("bandingkan dua edisi, atau dua folder hasil", "compare two editions, or two output folders"),
    "help.diff.side": Text(
        "kode edisi, folder hasil, atau laporan.pdf", "an edition's code, an output folder, or a laporan.pdf"
    ),
    "diff.summary": Text("Ringkasan menurut komitmen dan pelaksana", "Summary by commitment and actor"),
    "diff.subject": Text("{name}: {steps}", "{name}: {steps}"),
    "diff.commitment": Text("Komitmen {number}", "Commitment {number}"),
    "diff.score": Text("skor {old} -> {new}", "score {old} -> {new}"),
    "diff.cocreation": Text("ko-kreasi {old} -> {new}", "co-creation {old} -> {new}"),
    "diff.targets": Text("target {old} -> {new}", "targets {old} -> {new}"),
    "diff.scores": Text("{count} nilai target lain", "scores of targets that differ: {count}"),
    "diff.none": Text("(tidak ada)", "(none)"),
    "help.reconcile": Text(
        "sandingkan angka edisi terbit dengan angka menurut data", "set published figures beside the computed ones"
    ),
    "help.reconcile.edition": Text(
        "kode edisi yang punya params/terbit/EDISI.yml", "code of an edition that has params/terbit/EDITION.yml"
    ),
    "help.reconcile.all": Text("tampilkan juga angka yang sama", "show equal figures too"),
    "reconcile.none": Text(
        "edisi {edition} tidak punya angka terbit; tulis {file}",
        "edition {edition} has no published figures; write {file}",
    ),
    "reconcile.sides": Text(
        "terbit {published}; menurut data {computed}  <{id}>", "published {published}; by the data {computed}  <{id}>"
    ),
    "reconcile.sum": Text("{count} butir: {counts}.", "{count} entries: {counts}."),
    "help.test": Text("jalankan semua pemeriksaan kode dan semua uji", "run all checks of the code and all tests"),
    "help.test.more": Text("Contoh: ./monev test tests/spec -k skor", "Example: ./monev test tests/spec -k skor"),
    "help.test.arguments": Text("diteruskan ke pytest", "passed on to pytest"),
    "help.doctor": Text("periksa versi, mesin penyusun, dan huruf yang tersedia", "check versions, engines and fonts"),
    "help.new": Text(
        "siapkan edisi baru: params dan buku kerja yang siap diisi",
        "prepare a new edition: params, and workbooks ready to fill",
    ),
    "help.new.more": Text(
        "Contoh: ./monev new 2022-S3 --from 2021-S2\nBerkas yang sudah ada tidak pernah ditimpa.",
        "Example: ./monev new 2022-S3 --from 2021-S2\nA file that exists is never overwritten.",
    ),
    "help.new.edition": Text("kode edisi baru", "the new edition's code"),
    "help.new.from": Text("edisi terdahulu yang dilanjutkan", "the earlier edition that it follows"),
    "help.new.code": Text(
        "kode periode baru (baku: menurut pola, B06, B12 lalu B18)",
        "code of the new period (default: by the pattern, B06, B12, then B18)",
    ),
    "help.new.label": Text(
        "label periode baru (baku: menurut pola, Semester II lalu Semester III)",
        "label of the new period (default: by the pattern, Semester II, then Semester III)",
    ),
    "help.new.year": Text(
        "tahun periode baru (baku: awal kode edisi, atau menurut pola)",
        "year of the new period (default: as the edition's code begins, else by the pattern)",
    ),
    "help.new.forms": Text(
        "pelaksana melapor lewat formulir: tanpa buku kerja capaian (baku: seperti edisi terdahulu)",
        "actors report in forms: no achievements workbooks (default: as the earlier edition)",
    ),
    # releases
    "help.release": Text(
        "terbitkan sebuah edisi: bernomor, terkunci, dan dapat dibuktikan",
        "release an edition: numbered, locked, and open to proof",
    ),
    "help.release.more": Text(
        'Contoh: ./monev release 2021-S2 --number 1.0 --by "Siti Contoh"\n'
        "Hasilnya releases/EDISI/NOMOR/publik dan .../arsip, sekaligus atau tidak sama sekali. Yang sudah terbit\n"
        "tidak pernah ditulis lagi; koreksinya adalah nomor berikut, dengan --reason.",
        'Example: ./monev release 2021-S2 --number 1.0 --by "Siti Contoh"\n'
        "It makes releases/EDITION/NUMBER/publik and .../arsip, as a whole or not at all. What is released is never\n"
        "written again; a correction is the next number, with --reason.",
    ),
    "help.release.number": Text("nomor terbitan: 1.0, lalu 1.1, 2.0, ...", "number of the release: 1.0, then 1.1, 2.0"),
    "help.release.by": Text("siapa yang menerbitkan", "who releases it"),
    "help.release.reason": Text(
        "alasan revisi, sesudah terbitan pertama", "reason of a revision, after the first release"
    ),
    "help.release.allow-open": Text(
        "terbitkan walaupun ada tanggapan yang belum dijawab, dengan alasan ini, yang dicatat",
        "release though comments are not answered, for this reason, which is recorded",
    ),
    "help.release.sheet": Text(
        "sertakan lembar persetujuan satu halaman untuk ditandatangani dengan tangan",
        "add an approval sheet of one page, to be signed by hand",
    ),
    "help.name": Text("NAMA", "NAME"),
    "help.number": Text("NOMOR", "NUMBER"),
    "help.reason": Text("ALASAN", "REASON"),
    "help.releases": Text("daftar terbitan beserta keadaannya", "list the releases with their state"),
    "help.releases.edition": Text("hanya edisi ini", "this edition only"),
    "help.verify.trust": Text(
        "jalankan juga buku catatan sendiri; untuk terbitan yang disusun kode lain: kode di dalam terbitan itu sendiri",
        "run notebooks of your own as well; for a release made by other code: the code that lies in the release itself",
    ),
    "release.not-built": Text("belum disusun", "there are none"),
    "release.not-equal": Text(
        "verify menemukan perbedaan dengan bahannya: {what}",
        "verify finds that they are not what the inputs give: {what}",
    ),
    "release.taken": Text("sudah terbit, dan tidak pernah ditulis lagi", "it is released, and never written again"),
    "release.bad-number": Text("tulis seperti 1.0 atau 1.1", "write it as 1.0 or 1.1"),
    "release.not-after": Text("harus sesudah {last}", "it has to follow {last}"),
    "release.check": Text("membuktikan draf di outputs/{edition}", "proving the draft in outputs/{edition}"),
    "release.make": Text("menyusun terbitan {number}", "building release {number}"),
    "release.lock": Text("menghitung sidik dan mengunci", "taking sums and locking"),
    "release.done": Text("Terbitan {number}: {path}", "Release {number}: {path}"),
    "release.revised": Text(
        "Revisi atas {before}: {count} perubahan dicetak dalam Riwayat Revisi.",
        "Revision of {before}: {count} changes are printed in Riwayat Revisi.",
    ),
    "release.sheet": Text("Lembar persetujuan: {path}", "Approval sheet: {path}"),
    "release.next": Text("Periksa kapan saja: ./monev verify {path}", "Verify at any time: ./monev verify {path}"),
    "release.unwritable": Text(
        "terbitan tidak dapat ditulis di {path}: {why}; tidak ada yang berubah",
        "the release cannot be written to {path}: {why}; nothing was changed",
    ),
    "release.draft-of-next": Text(
        "Edisi {edition} sudah terbit sebagai {number}; hasil ini draf versi berikutnya.",
        "Edition {edition} is released as {number}; this is a draft of the next version.",
    ),
    "new.released": Text(
        "menurut isi yang terbit sebagai {source} {number}", "by what was released as {source} {number}"
    ),
    "help.sign": Text("tandatangani sebuah laporan secara digital", "sign a report digitally"),
    "help.sign.more": Text(
        "Contoh: ./monev sign outputs/2021-S2/laporan.pdf --p12 kunci.p12\n"
        "Hasilnya laporan-ttd.pdf di sampingnya; laporannya sendiri tidak berubah. Frasa sandi ditanyakan.",
        "Example: ./monev sign outputs/2021-S2/laporan.pdf --p12 key.p12\n"
        "It makes laporan-ttd.pdf beside it; the report itself stays as it is. The passphrase is asked for.",
    ),
    "help.sign.path": Text("laporan.pdf di luar releases/", "a laporan.pdf outside releases/"),
    "help.sign.p12": Text(
        "kunci dan sertifikat (PKCS#12) untuk menandatangani", "key and certificate (PKCS#12) to sign with"
    ),
    "help.sign.pkcs11": Text(
        "modul PKCS#11 sebuah token, kartu, atau layanan yang menyimpan kuncinya",
        "PKCS#11 module of a token, card or service that keeps the key",
    ),
    "help.sign.token": Text("token yang dipakai, bila ada beberapa", "the token to use, where there are several"),
    "help.sign.certificate": Text(
        "sertifikat pada token yang dipakai, bila ada beberapa",
        "the token's certificate to use, where there are several",
    ),
    "help.sign.foreign": Text(
        "tandatangani juga berkas yang bukan laporan monev", "sign a file that is no report by monev, too"
    ),
    "help.sign.passphrase": Text(
        "baca frasa sandi atau PIN dari deskriptor berkas ini, bukan dari terminal",
        "read the passphrase or PIN from this file descriptor, not from the terminal",
    ),
    "help.sign.tsa": Text(
        "alamat layanan cap waktu (PAdES B-T); tanpa ini tidak ada yang diminta dari jaringan",
        "address of a time-stamp service (PAdES B-T); without it nothing is asked of the network",
    ),
    "help.sign.name": Text("nama penanda tangan di dalam tanda tangan", "name of the signer within the signature"),
    "help.sign.reason": Text("alasan menandatangani", "reason of signing"),
    "help.verify.roots": Text(
        "berkas sertifikat akar (PEM) yang dipercaya untuk tanda tangan",
        "root certificates (PEM) to trust for signatures",
    ),
    "sign.done": Text("Ditandatangani: {path}, {what}", "Signed: {path}, {what}"),
    "sign.of-release": Text(
        "laporan terbitan edisi {edition}, sidik {sidik}", "the released report of {edition}, fingerprint {sidik}"
    ),
    "sign.of-draft": Text("DRAF edisi {edition}, sidik {sidik}", "a DRAFT of {edition}, fingerprint {sidik}"),
    "sign.no-report": Text("yang BUKAN laporan monev", "which is NO report by monev"),
    "sign.foreign": Text(
        "bukan laporan monev, atau sudah diubah sejak disusun; untuk tetap menandatanganinya beri --foreign",
        "it is no report by monev, or was changed since it was made; to sign it all the same give --foreign",
    ),
    "sign.ask-pin": Text("PIN {file}: ", "PIN of {file}: "),
    "sign.two-keys": Text("beri --p12 atau --pkcs11, bukan keduanya", "give --p12 or --pkcs11, not both"),
    "sign.no-key-given": Text(
        "dengan kunci apa? Beri --p12 BERKAS atau --pkcs11 MODUL", "with which key? Give --p12 FILE or --pkcs11 MODULE"
    ),
    "sign.other-pin": Text("PIN-nya lain", "its PIN is another"),
    "sign.locked-pin": Text("PIN-nya terkunci", "its PIN is locked"),
    "sign.no-module": Text(
        "modul PKCS#11 itu tidak dapat dipakai ({why})", "that PKCS#11 module cannot be used ({why})"
    ),
    "sign.which": Text("pilih salah satu dengan {option}: {names}", "choose one by {option}: {names}"),
    "sign.nothing": Text("tidak ada yang dapat dipakai", "there is none that can be used"),
    "sign.ask": Text("Frasa sandi {file}: ", "Passphrase of {file}: "),
    "sign.no-passphrase": Text(
        "frasa sandi atau PIN tidak dapat ditanyakan di sini; berikan lewat --passphrase-fd",
        "the passphrase or PIN cannot be asked for here; give it by --passphrase-fd",
    ),
    "sign.no-descriptor": Text(
        "--passphrase-fd {number} tidak dapat dibaca: {why}", "--passphrase-fd {number} cannot be read: {why}"
    ),
    "extra.installing": Text(
        "memasang alat tambahan ({extra}) dari {lock}; hanya pada pemakaian pertama",
        "installing extra tools ({extra}) from {lock}; only at the first use",
    ),
    "extra.no-tools": Text(
        "alat tambahan ({extra}) tidak dapat dipasang. Periksa sambungan internet, atau jalankan: {command}",
        "the extra tools ({extra}) cannot be installed. Check the internet connection, or run: {command}",
    ),
    "sign.unreadable": Text("tidak dapat dibaca ({why})", "it cannot be read ({why})"),
    "sign.no-key": Text(
        "bukan kunci PKCS#12 dengan sertifikat, atau frasa sandinya lain",
        "it is no PKCS#12 key with a certificate, or its passphrase is another",
    ),
    "sign.expired": Text("sertifikatnya tidak berlaku (sampai {date})", "its certificate is not valid (until {date})"),
    "sign.no-pdf": Text("bukan berkas .pdf", "it is no .pdf file"),
    "sign.in-release": Text(
        "bagian terbitan, yang tidak pernah ditulis lagi; tandatangani ketika menerbitkan",
        "it is part of a release, which is never written again; sign when releasing",
    ),
    "sign.taken": Text("{name} sudah ada", "{name} exists"),
    "sign.no-time-stamp": Text(
        "layanan cap waktu {address} tidak menjawab dengan benar: {why}",
        "the time-stamp service {address} did not answer well: {why}",
    ),
    "sign.failed": Text("tidak dapat ditandatangani: {why}", "cannot be signed: {why}"),
    "sign.unwritable": Text("{path} tidak dapat ditulis: {why}", "{path} cannot be written: {why}"),
    "help.comments": Text(
        "kumpulkan tanggapan dari naskah Word dan PDF yang kembali", "gather comments from returned Word and PDF files"
    ),
    "help.comments.more": Text(
        "Contoh: ./monev comments 2021-S2 kiriman/*.docx\n"
        "Tanggapan yang baru ditambahkan ke inputs/EDISI/tanggapan.xlsx; yang sudah ada dan jawabannya tidak diubah.",
        "Example: ./monev comments 2021-S2 received/*.docx\n"
        "New comments are added to inputs/EDITION/tanggapan.xlsx; those that are there and their answers stay.",
    ),
    "help.comments.files": Text("naskah .docx atau .pdf yang kembali", "returned .docx or .pdf files"),
    "comments.done": Text(
        "{found} tanggapan dibaca, {new} baru di {file}; {open} belum dijawab.",
        "comments read: {found}; new in {file}: {new}; not answered: {open}.",
    ),
    "comments.no-word": Text(
        "bukan naskah Word (.docx) yang dapat dibaca", "it is no Word file (.docx) that can be read"
    ),
    "comments.no-pdf": Text("bukan PDF yang dapat dibaca", "it is no PDF that can be read"),
    "comments.no-report": Text(
        "bukan laporan monev: tidak menyebut edisinya", "it is no report of monev: it names no edition"
    ),
    "comments.other-edition": Text("laporan edisi {edition}", "it is a report of edition {edition}"),
    "comments.large": Text("lebih dari {limit} MB", "it is larger than {limit} MB"),
    "comments.unwritable": Text("{path} tidak dapat ditulis: {why}", "{path} cannot be written: {why}"),
    "releases.none": Text("belum ada terbitan", "no releases"),
    "releases.line": Text(
        "{edition} {number}  {date}  {by}  sidik {sidik}  {state}", "{edition} {number}  {date}  {by}  {sidik}  {state}"
    ),
    "releases.broken": Text("{edition} {number}  RUSAK: catatannya tidak terbaca", "{edition} {number}  BROKEN record"),
    "releases.current": Text("berlaku", "current"),
    "releases.replaced": Text("digantikan {number}", "replaced by {number}"),
    "releases.signed": Text("ditandatangani", "signed"),
    "releases.open": Text("{count} hal dibiarkan terbuka", "{count} things left open"),
    "releases.differs": Text("SUMS BERBEDA: {count} berkas", "SUMS DIFFER: {count} files"),
    # wrong usage
    "usage.see": Text("Lihat: {program} --help", "See: {program} --help"),
    "usage.required": Text("argumen ini wajib diberikan: {names}", "these arguments are required: {names}"),
    "usage.unknown": Text("argumen tidak dikenal: {names}", "unknown arguments: {names}"),
    "usage.general": Text("{name} ditulis sebelum perintah", "{name} stands before the command"),
    "usage.choice": Text(
        "{name}: '{value}' tidak dikenal; pilihan: {choices}", "{name}: '{value}' is unknown; choices: {choices}"
    ),
    "usage.one": Text("{name} memerlukan satu nilai", "{name} needs one value"),
    "usage.no-value": Text("{name} tidak memerlukan nilai", "{name} takes no value"),
    "usage.number": Text("{name}: '{value}' bukan bilangan bulat", "{name}: '{value}' is not a whole number"),
    "usage.count": Text("{name}: harus bilangan bulat mulai dari 1", "{name}: must be a whole number from 1 on"),
    "usage.root": Text("folder {root} tidak ada; periksa --root", "folder {root} does not exist; check --root"),
    # the checks of the code
    "test.style": Text("gaya kode", "style of the code"),
    "test.layout": Text("tata letak kode", "layout of the code"),
    "test.types": Text("tipe", "types"),
    "test.tests": Text("uji", "tests"),
    "test.failed": Text("Gagal: {names}", "Failed: {names}"),
    # findings in the terminal
    "findings.none": Text("Tidak ada temuan.", "No findings."),
    "findings.error": Text("salah", "error"),
    "findings.warning": Text("periksa", "warning"),
    "findings.sum": Text("{errors} kesalahan, {warnings} peringatan", "errors: {errors}, warnings: {warnings}"),
    "findings.more": Text(
        "... dan {count} temuan [{code}] lagi di lembar '{sheet}'; semuanya ada dalam salinan bertanda",
        "... and {count} more findings [{code}] in sheet '{sheet}'; the marked copies hold all of them",
    ),
    "findings.earlier": Text(
        "{folder} (periode terdahulu): {count} peringatan [{codes}]; ./monev check EDISI --earlier menyebutnya",
        "{folder} (earlier period): {count} warnings [{codes}]; ./monev check EDITION --earlier names each",
    ),
    "findings.again": Text("masih sama", "still the same"),
    "findings.gone": Text("Beres sejak putaran sebelumnya: {count}.", "Settled since the last round: {count}."),
    "findings.beside": Text(
        " Di folder itu ada {names}; mungkin itu yang dimaksud, maka ganti namanya.",
        " That folder has {names}; if that is the one, rename it.",
    ),
    "findings.beside-format": Text(
        " Di folder itu ada {names}; bila itu yang dimaksud, simpan sebagai Excel Workbook dengan nama {name}.",
        " That folder has {names}; if that is the one, save it as an Excel Workbook called {name}.",
    ),
    "findings.elsewhere": Text(
        " Yang mirip ada di {names}; mungkin itu yang dimaksud, maka pindahkan.",
        " There is {names}; if that is the one, move it.",
    ),
    "findings.folder": Text(
        " Folder {folder} tidak ada; yang ada {names}. Ganti nama foldernya, atau `inputs` periode itu.",
        " There is no folder {folder}; there is {names}. Rename that folder, or correct `inputs` of the period.",
    ),
    "findings.other-name": Text(
        " Itu nama lain dari '{word}', yang harus ditulis di sini.",
        " That is another name of '{word}', which is to be written here.",
    ),
    "findings.other-row": Text(
        " Judul-judul itu ada di baris {row}: tulis `baris_judul: {above}`.",
        " Those headings are in row {row}: write `baris_judul: {above}`.",
    ),
    "findings.nearest": Text(" Maksudnya '{word}'?", " Did you mean '{word}'?"),
    "findings.no-editions": Text("belum ada", "none yet"),
    # notebooks of one's own
    "help.new-notebook": Text("tulis contoh buku catatan sendiri", "write an example of a notebook of your own"),
    "help.new-notebook.more": Text(
        "Contoh: ./monev new-notebook tema-keuangan\nBuku catatannya ditulis di naskah/ dan dipercaya di komputer ini.",
        "Example: ./monev new-notebook finance-theme\nIt is written into naskah/, and trusted on this machine.",
    ),
    "help.new-notebook.name": Text(
        "nama berkas tanpa .ipynb: huruf kecil, angka, dan tanda hubung",
        "name of the file without .ipynb: small letters, digits and hyphens",
    ),
    "new-notebook.done": Text(
        "{file} ditulis. Supaya masuk laporan, sebut dalam params edisi:\n\n"
        "bagian:\n  - lengkap\n  - {{naskah: {name}.ipynb, sesudah: deskripsi}}\n\n"
        "Ubah isinya di Jupyter, lalu jalankan ./monev build EDISI; sesudah berubah, sekali dengan --trust.",
        "{file} is written. To have it in the report, name it in the edition's params:\n\n"
        "bagian:\n  - lengkap\n  - {{naskah: {name}.ipynb, sesudah: deskripsi}}\n\n"
        "Change it in Jupyter, then run ./monev build EDITION; after a change once with --trust.",
    ),
    "help.build.trust": Text(
        "percayai isi buku catatan sendiri yang ada sekarang, dan jalankan",
        "trust the notebooks of your own as they are now, and run them",
    ),
    "build.own-notebooks": Text("menjalankan buku catatan sendiri: {names}", "running notebooks of your own: {names}"),
    "notebook.no-figure": Text(
        "tidak ada angka '{value}' dalam register.{hint}", "there is no figure '{value}'.{hint}"
    ),
    "notebook.figure-taken": Text(
        "id '{value}' sudah dipakai dalam register", "the register has the id '{value}' already"
    ),
    "notebook.figure-id": Text(
        "id '{value}' tidak sah: pakai huruf kecil, angka, titik, dan tanda hubung",
        "the id '{value}' is not valid: use small letters, digits, dots and hyphens",
    ),
    "notebook.figure-value": Text(
        "nilai angka '{id}' bukan bilangan: {value}. Periksa data yang membentuknya, misalnya yang kosong",
        "the value of '{id}' is no number: {value}. Check the data it comes from, empty ones for example",
    ),
    "notebook.figure-formula": Text(
        "angka '{value}' tanpa rumus; katakan bagaimana ia dihitung", "'{value}' has no formula; say how it is computed"
    ),
    "notebook.no-picture": Text(
        "bukan gambar matplotlib: {value}. Berikan gambar (fig) atau bidangnya",
        "no figure of matplotlib: {value}. Hand over the figure (fig) or its axes",
    ),
    "notebook.no-origin": Text(
        "'{value}' bukan sel atau baris buku kerja edisi ini, dan bukan id angka",
        "'{value}' is no cell or row of this edition's workbooks, and no id of a figure",
    ),
    # a programme's first edition
    "help.init": Text("mulai program baru di folder kosong, dengan contoh", "begin a programme in an empty folder"),
    "help.init.more": Text(
        "Contoh: ./monev --root ../program-kami init 2026-S1\n"
        "Yang belum diberikan ditanyakan di terminal. Tanpa terminal, berikan semuanya:\n"
        "  --program 'Jawa Barat Terbuka' --plan 'Rencana Aksi 2026' --secretariat 'Bappeda' \\\n"
        "  --group 'PD, Perangkat Daerah' --group 'OMS, Organisasi Masyarakat Sipil' --period 'S1, Semester I, 2026'",
        "Example: ./monev --root ../our-programme init 2026-S1\n"
        "What is not given is asked for in the terminal. Without a terminal give all of it:\n"
        "  --program 'Open West Java' --plan 'Action Plan 2026' --secretariat 'Bappeda' \\\n"
        "  --group 'PD, Local Government' --group 'CSO, Civil Society' --period 'S1, Semester I, 2026'",
    ),
    "help.init.edition": Text("nama edisi pertama, misalnya 2026-S1", "name of the first edition, such as 2026-S1"),
    "help.init.program": Text("nama program", "name of the programme"),
    "help.init.short": Text("singkatan nama program", "its short name"),
    "help.init.plan": Text("nama rencana aksi", "name of the action plan"),
    "help.init.secretariat": Text("lembaga yang menilai dan menerbitkan", "who assesses and publishes"),
    "help.init.title": Text("judul laporan", "title of the report"),
    "help.init.group": Text(
        "satu kelompok pelaksana: 'KODE, nama panjang' atau 'KODE, nama, nama panjang'; dua sampai enam kali",
        "one group of actors: 'CODE, long name' or 'CODE, name, long name'; two to six times",
    ),
    "help.init.period": Text(
        "satu periode: 'KODE, label, tahun'; yang terakhir adalah periode kini",
        "one period: 'CODE, label, year'; the last one is the current",
    ),
    "help.init.band": Text(
        "satu kategori nilai dari yang terbaik: 'nama, persen terendah'; tanpa ini Baik 70, Cukup 51, Kurang 0",
        "one band, best first: 'name, lowest percent'; without it Baik 70, Cukup 51, Kurang 0",
    ),
    "init.ask.program": Text("Nama program", "Name of the programme"),
    "init.ask.plan": Text("Nama rencana aksi", "Name of the action plan"),
    "init.ask.secretariat": Text("Lembaga yang menilai dan menerbitkan", "Who assesses and publishes"),
    "init.ask.groups": Text(
        "Kelompok pelaksana {number}, misalnya {example}", "Group of actors {number}, such as {example}"
    ),
    "init.ask.periods": Text("Periode {number}, misalnya {example}", "Period {number}, such as {example}"),
    "init.ask.bands": Text(
        "Kategori nilai {number} dari yang terbaik, misalnya {example}", "Band {number}, best first, such as {example}"
    ),
    "init.ask.enough": Text(" (kosong: cukup)", " (empty: enough)"),
    "init.ask.usual": Text(" (kosong: Baik 70, Cukup 51, Kurang 0)", " (empty: Baik 70, Cukup 51, Kurang 0)"),
    "init.missing": Text(
        "{names} belum diberikan, dan tidak ada terminal untuk menanyakannya. Tidak ada yang ditulis.",
        "{names} not given, and there is no terminal to ask in. Nothing was written.",
    ),
    "init.done": Text("Program dimulai di {root}:", "The programme is begun in {root}:"),
    "init.next": Text(
        "Isinya contoh. Lihat laporan pertamanya:\n  {run} build {edition}\nLangkah selanjutnya ada di {readme}.",
        "It holds examples. See the first report:\n  {run} build {edition}\nThe next steps are in {readme}.",
    ),
    "findings.and-more": Text(" dan {count} lagi", " and {count} more"),
    "why.parts": Text(
        "bagiannya, dipisah koma, tidak sebanyak yang diperlukan", "it has not the parts it needs, with commas between"
    ),
    # a new edition
    "new.code": Text("kode", "the code"),
    "new.label": Text("label", "the label"),
    "new.code-taken": Text("kode {value} sudah dipakai periode terdahulu", "an earlier period has code {value}"),
    "new.bad-year": Text("tahun atau labelnya tidak sah", "its year or label is not valid"),
    "new.unwritable": Text(
        "berkas edisi baru tidak dapat ditulis: {why}. Tidak ada yang berubah.",
        "the new edition's files cannot be written: {why}. Nothing has changed.",
    ),
    "new.period": Text(
        "Edisi {edition} disiapkan dari {source}; periode barunya {period}.",
        "Edition {edition} is prepared from {source}; its new period is {period}.",
    ),
    "new.title": Text(
        "Judul laporan: {title}. Ubah di params bila perlu.",
        "Title of the report: {title}. Change it in params if needed.",
    ),
    "new.rows": Text(
        "Baris siap diisi: {rows}. Target terdahulu yang belum selesai: {unfinished}.",
        "Rows ready to fill: {rows}. Earlier targets not completed: {unfinished}.",
    ),
    "new.carried": Text(
        "Tindak lanjut yang dibawa karena belum selesai: {count} (lembar Tindak Lanjut, kolom Asal).",
        "Follow-ups carried over because they are open: {count} (sheet Tindak Lanjut, column Asal).",
    ),
    "new.next": Text(
        "Selanjutnya: isi buku kerjanya, lalu jalankan ./monev check {edition}.",
        "Next: fill the workbooks, then run ./monev check {edition}.",
    ),
    "new.next-forms": Text(
        "Selanjutnya: lengkapi register, lalu jalankan ./monev forms {edition}.",
        "Next: complete the register, then run ./monev forms {edition}.",
    ),
    # workbooks brought up to their register
    "help.update": Text(
        "samakan buku kerja satu edisi dengan registernya; isian tetap", "bring workbooks up to the edition's register"
    ),
    "help.update.more": Text(
        "Contoh: ./monev update 2022-S3\n"
        "Komitmen, pelaksana, dan ukuran keberhasilan baru mendapat baris di bawah baris yang ada; isian tetap.\n"
        "Berkas lama disimpan bernomor dalam cadangan/ di sampingnya.",
        "Example: ./monev update 2022-S3\n"
        "New commitments, actors and success measures get rows below the others; what is filled stays.\n"
        "The old file is kept, numbered, in cadangan/ beside it.",
    ),
    "update.head": Text(
        "Edisi {edition} disamakan dengan {register}.", "Edition {edition} is brought up to {register}."
    ),
    "update.unchanged": Text("{file}: tidak berubah", "{file}: unchanged"),
    "update.mapped": Text(
        "{file}: dibaca melalui peta judul, jadi tidak diubah",
        "{file}: read through a map of headings, so it is left as it is",
    ),
    "update.changed": Text("{file}: diperbarui", "{file}: updated"),
    "update.item": Text("  {what}", "  {what}"),
    "update.next": Text(
        "Selanjutnya: isi baris barunya, lalu jalankan ./monev check {edition}.",
        "Next: fill the new rows, then run ./monev check {edition}.",
    ),
    "update.added": Text("baris baru: {count} ({rows}): {names}", "new rows: {count} ({rows}): {names}"),
    "update.made": Text("{file}: dibuat, {count} pertanyaan untuk dijawab", "{file}: made, with {count} questions"),
    "update.questions": Text("pertanyaan baru: {count} ({rows})", "new questions: {count} ({rows})"),
    "update.questions-gone": Text(
        "tidak ditanyakan lagi, barisnya tetap ({rows})", "no longer asked, the rows stay ({rows})"
    ),
    "update.texts": Text("{count} baris uraian diperbarui", "rows whose texts were renewed: {count}"),
    "update.renewed": Text(
        "{count} uraian ukuran keberhasilan diperbarui", "texts of success measures renewed: {count}"
    ),
    "update.planned": Text(
        "{count} target dari register ditulis pada baris yang Target-nya kosong",
        "targets of the register written where none stood: {count}",
    ),
    "update.columns": Text("kolom baru pada lembar '{sheet}': {names}", "new columns in sheet '{sheet}': {names}"),
    "update.list": Text("daftar pilihan {column}: {changes}", "list {column}: {changes}"),
    "update.list-added": Text("ditambah {names}", "{names} added"),
    "update.list-removed": Text("dikurangi {names}", "{names} removed"),
    "update.list-order": Text("urutannya berubah", "in another order"),
    "update.gone": Text(
        "tidak ada lagi dalam register, barisnya tetap ({rows}): {names}",
        "no longer in the register, the rows stay ({rows}): {names}",
    ),
    "update.aside": Text("berkas lama: {path}", "the old file: {path}"),
    "update.key": Text("Komitmen {commitment} UK {measure} {actor}", "Commitment {commitment} UK {measure} {actor}"),
    "update.rows": Text("baris {rows}", "rows {rows}"),
    "update.no-measure": Text(
        "Belum ada ukuran keberhasilan dalam register, jadi belum ada barisnya: Komitmen {names}.",
        "Without a success measure in the register, so without rows yet: commitments {names}.",
    ),
    "update.register-open": Text(
        "{register} sedang dibuka; yang dipakai ialah isinya saat terakhir disimpan.",
        "{register} is open; what was last saved is used.",
    ),
    "update.unwritable": Text(
        "buku kerja tidak dapat diperbarui: {why}. Tidak ada yang berubah.",
        "the workbooks cannot be updated: {why}. Nothing has changed.",
    ),
    "update.changed-meanwhile": Text(
        "{file} berubah sementara diperbarui. Tidak ada yang ditulis; jalankan lagi.",
        "{file} changed while it was being updated. Nothing was written; run again.",
    ),
    "update.not-kept": Text(
        "{file}, lembar '{sheet}': isinya tidak akan tetap, jadi tidak ada yang ditulis. Tambahkan barisnya sendiri.",
        "{file}, sheet '{sheet}': its content would not stay the same, so nothing was written. Add the rows by hand.",
    ),
    "update.pivot": Text("tabel pivot ({part})", "a pivot table ({part})"),
    "update.drawing": Text("gambar atau diagram ({part})", "a drawing or chart ({part})"),
    "update.picture": Text("foto atau gambar ({part})", "a picture ({part})"),
    "update.link": Text("tautan ke buku kerja lain ({part})", "a link to another workbook ({part})"),
    "update.custom": Text("data XML tambahan ({part})", "custom XML ({part})"),
    "update.layout": Text("lembar yang tidak ditulis seperti oleh Excel ({part})", "a sheet unlike Excel's ({part})"),
    "update.other": Text("bagian lain ({part})", "another part ({part})"),
    # completeness
    "suggestions.head": Text(
        "Usulan sorotan (tercetak hanya bila diterima di params, `sorotan`):",
        "Suggested highlights (printed only where the params accept them, `sorotan`):",
    ),
    "suggestions.line": Text("{rule}: Komitmen {number}{equal}{state}", "{rule}: Commitment {number}{equal}{state}"),
    "suggestions.equal": Text("; sama: {numbers}", "; equal: {numbers}"),
    "suggestions.accepted": Text(" (diterima)", " (accepted)"),
    "completeness.head": Text("Kelengkapan {period}:", "Completeness of {period}:"),
    "completeness.faulty": Text("{count} baris berisi kesalahan.", "Rows with errors: {count}."),
    "completeness.missing": Text("{count} UK tanpa baris.", "Measures without a row: {count}."),
    "completeness.unread": Text(
        "{group}: belum diketahui, karena buku kerjanya tidak terbaca (lihat kesalahannya di atas).",
        "{group}: not known, because its workbook could not be read (see the errors above).",
    ),
    "completeness.group": Text(
        "{group}: {reported} dari {due} target dilaporkan; data dukung ada pada {evidence} dari {stated} yang "
        "dinyatakan{share}; {silent} dari {actors} pelaksana belum melapor.",
        "{group}: {reported} of {due} targets reported; evidence given for {evidence} of the {stated} stated{share}; "
        "{silent} of {actors} actors have not reported.",
    ),
    "completeness.silent": Text("Belum melapor: {names}.", "Not reported: {names}."),
    "completeness.partial": Text("Baru sebagian: {names}.", "Reported in part: {names}."),
    "completeness.unscored": Text("Belum dinilai: {names}.", "Not assessed: {names}."),
    "completeness.no-row": Text("UK tanpa baris: {names}.", "Measures without a row: {names}."),
    # from a printed number to its cells
    "places.head": Text(
        "{count} bilangan: {figures} angka register, {cells} dari sel.",
        "{count} numerals: {figures} figures of the register, {cells} from cells.",
    ),
    "places.recorded": Text(
        "dari sel {cell} buku catatan {name}; dicatat, tidak dihitung ulang",
        "from cell {cell} of notebook {name}; recorded, not recomputed",
    ),
    "places.typed": Text("diketik pada {name}", "typed in {name}"),
    "places.held": Text("{source}: {text}", "{source}: {text}"),
    "places.fingerprint": Text(
        "sidik edisi, dihitung dari semua bahannya (manifest.json, `sidik_dari`)",
        "the edition's fingerprint, made of all its materials (manifest.json, `sidik_dari`)",
    ),
    "places.last-day": Text(
        "hari terakhir periode kini, menurut {source}", "the last day of the current period, by {source}"
    ),
    "places.commitment": Text(
        "nomor Komitmen {number}: {title} ({cell})", "number of Commitment {number}: {title} ({cell})"
    ),
    "places.table": Text("nomor Tabel {number}. {caption}", "number of Table {number}. {caption}"),
    "places.picture": Text("nomor Gambar {number}. {caption}", "number of Figure {number}. {caption}"),
    "places.list": Text("nomor urut dalam daftar", "number of an item in a list"),
    "places.target": Text(
        "kode periode sebuah target (params, `periode`), dan nomornya bila pelaksananya punya beberapa",
        "the period's code over a target (params, `periode`), and the target's number where its actor has several",
    ),
    "places.note": Text(
        "nomor catatan dalam lampiran Catatan atas Sumber Data",
        "number of a note in the annex Catatan atas Sumber Data",
    ),
    "places.measure": Text("nomor ukuran keberhasilan (UK)", "number of a success measure (UK)"),
    "places.column": Text(
        "kode atau tahun periode yang mengepalai sebuah kolom (params, `periode`)",
        "a period's code or year that heads a column (params, `periode`)",
    ),
    "places.reference": Text(
        "bagian laporan yang dirujuk ({name})", "a part of the report that is referred to ({name})"
    ),
    "places.foot-page": Text("nomor halaman ini", "the number of this page"),
    "places.foot-pages": Text("banyaknya halaman laporan", "how many pages the report has"),
    "places.foot-title": Text(
        "judul laporan pada kaki halaman ({source})", "the report's title in the foot ({source})"
    ),
    "places.foot-state": Text(
        "keadaan edisi yang diulang kaki halaman; asal angkanya ada pada sampul (--page 1)",
        "the edition's state, which the foot repeats; the cover tells where its figures come from (--page 1)",
    ),
    "places.own-words": Text(
        "kata-kata laporan sendiri ({name}), bukan dari params", "the report's own words ({name}), not of the params"
    ),
    "places.head-running": Text(
        "kepala halaman, yang mengulang judul bab atau komitmennya",
        "the head of the page, which repeats its chapter or commitment",
    ),
    "places.contents": Text("halaman yang dirujuk daftar isi", "the page that the contents refer to"),
    "places.contents-title": Text(
        "judul yang diulang daftar isi; cari di halamannya", "a title that the contents repeat; look on its page"
    ),
    "places.index": Text("halaman yang dirujuk indeks", "a page that the index refers to"),
    "places.head-repeated": Text(
        "kepala tabel yang diulang pada halaman lanjutannya", "a table's head, repeated where it goes on"
    ),
    "places.unknown": Text("asalnya tidak diketahui", "of unknown origin"),
    "places.none": Text("tidak ada bilangan seperti itu dalam {path}", "there is no such numeral in {path}"),
    "places.no-report": Text(
        "laporan edisi {edition} belum ada atau tidak dapat dibaca; susun dahulu dengan ./monev build {edition}",
        "the report of edition {edition} is not there or cannot be read; build it first with ./monev build {edition}",
    ),
    "places.stale": Text(
        "{path} disusun dari bahan yang sejak itu berubah: {names}. Penjelasan ini menurut bahan yang sekarang; "
        "susun ulang agar keduanya cocok.",
        "{path} was made from materials that have changed since: {names}. This explanation goes by those of now; "
        "build again to make both agree.",
    ),
    # a build
    "build.read": Text("membaca dan memeriksa buku kerja", "reading and checking the workbooks"),
    "batch.inputs": Text(
        "{count} kesalahan pada masukan, yang pertama: {first}", "{count} errors in the inputs, the first: {first}"
    ),
    "batch.lost": Text(
        "proses penyusunnya mati (kode {code}), juga saat dicoba lagi",
        "its worker died (code {code}), also when tried again",
    ),
    "batch.cluster-lost": Text("pekerja klaster hilang: {why}", "lost on the cluster: {why}"),
    "batch.unsafe-scheduler": Text(
        "penjadwal {address} dihubungi tanpa pengamanan: siapa pun di jaringan itu dapat menjalankan kode. Pakai "
        "alamat tls://..., atau penjadwal di komputer ini (tcp://127.0.0.1:...). Lihat docs/cluster.md.",
        "the scheduler {address} would be spoken to in the clear: anyone on that network could run code. Use an "
        "address tls://..., or a scheduler on this machine (tcp://127.0.0.1:...). See docs/cluster.md.",
    ),
    "batch.no-dask": Text(
        "Dask tidak terpasang; cara memasangnya ada di docs/cluster.md.",
        "Dask is not installed; docs/cluster.md says how to install it.",
    ),
    "batch.no-cluster": Text(
        "penjadwal {address} tidak dapat dihubungi atau tidak punya pekerja: {why}. Lihat docs/cluster.md.",
        "scheduler {address} cannot be reached or has no workers: {why}. See docs/cluster.md.",
    ),
    "batch.no-monev": Text(
        "pekerja di {address} tidak dapat memakai monev: {why}. Pasang monev yang sama di semua mesin.",
        "the workers at {address} cannot use monev: {why}. Install the same monev on all machines.",
    ),
    "batch.other-monev": Text(
        "pekerja ini memakai monev yang lain: {workers}. Pasang monev yang sama di semua mesin.",
        "these workers have another monev: {workers}. Install the same monev on all machines.",
    ),
    "batch.no-root": Text("folder {root} tidak ada", "folder {root} does not exist"),
    "batch.begin": Text("menyusun {count} laporan", "building {count} reports"),
    "batch.built": Text("selesai", "built"),
    "batch.unchanged": Text("tidak berubah", "unchanged"),
    "batch.inputs-wrong": Text("masukan salah", "faulty inputs"),
    "batch.failed": Text("gagal", "failed"),
    "batch.lost-worker": Text("pekerja hilang", "worker lost"),
    "batch.programme": Text("Program", "Programme"),
    "batch.edition": Text("Edisi", "Edition"),
    "batch.result": Text("Hasil", "Result"),
    "batch.seconds": Text("Detik", "Seconds"),
    "batch.sum": Text(
        "{good} dari {count} laporan ada ({built} disusun, {unchanged} tidak berubah), {bad} tidak.",
        "{good} of {count} reports are there ({built} built, {unchanged} unchanged), {bad} are not.",
    ),
    "preview.unknown": Text(
        "bagian '{part}' tidak ada.{hint} Yang ada: {known}.", "there is no part '{part}'.{hint} There are: {known}."
    ),
    "preview.done": Text("Pratinjau: {path}", "Preview: {path}"),
    "build.wait": Text(
        "menunggu: edisi {edition} sedang disusun proses lain", "waiting: another process is building {edition}"
    ),
    "build.unchanged": Text(
        "Tidak ada yang berubah sejak hasil terakhir; tidak ada yang disusun ulang (paksa dengan --no-cache).",
        "Nothing has changed since the last outputs; nothing was built again (--no-cache forces it).",
    ),
    "build.changed-meanwhile": Text(
        "buku kerja atau params berubah selama laporan disusun; jalankan perintah yang sama sekali lagi",
        "the workbooks or params changed while the report was being built; run the same command again",
    ),
    "build.notebooks": Text(
        "menjalankan {count} buku catatan ({reused} dipakai lagi)", "running {count} notebooks ({reused} reused)"
    ),
    "step.ran": Text("{name}: dijalankan, {why}", "{name}: ran, {why}"),
    "step.reused": Text("{name}: dipakai lagi, {why}", "{name}: reused, {why}"),
    "step.sum": Text("{ran} langkah dijalankan, {reused} dipakai lagi.", "{ran} steps ran, {reused} were reused."),
    "step.no-cache": Text("simpanan tidak dipakai (--no-cache)", "the cache is not used (--no-cache)"),
    "step.first": Text("belum pernah dijalankan", "it has not run before"),
    "step.same": Text("semua yang dibacanya sama", "all that it reads is the same"),
    "step.unreadable": Text("simpanannya rusak atau bukan buatan sendiri", "its cache is broken or not our own"),
    "step.notebook": Text("buku catatannya berubah", "its notebook has changed"),
    "step.parameters": Text("parameternya berubah", "its parameters have changed"),
    "step.code": Text("kode monev berubah", "monev's code has changed"),
    "step.tools": Text("versi perkakas berubah", "the versions of the tools have changed"),
    "step.value": Text("isi {name} berubah", "the content of {name} has changed"),
    "step.read": Text("{path} berubah", "{path} has changed"),
    "step.unknowable": Text(
        "ia melakukan hal yang hasilnya tidak dapat diketahui lagi ({what})",
        "it does something whose result cannot be known again ({what})",
    ),
    "build.assemble": Text("menyusun laporan", "assembling the report"),
    "build.render": Text("membuat PDF dan HTML ({engine})", "making PDF and HTML ({engine})"),
    "build.warned": Text("peringatan {engine}: {said}", "{engine} warns: {said}"),
    "stage.done": Text(
        "Naskah siap untuk Quarto: {path}\nSusun dengan: cd {path} && quarto render laporan.qmd",
        "Ready for Quarto: {path}\nRender it with: cd {path} && quarto render laporan.qmd",
    ),
    "stage.no-folder": Text(
        "{path} bukan folder biasa. Sebut folder yang kosong atau yang belum ada.",
        "{path} is no ordinary folder. Name one that is empty, or not there yet.",
    ),
    "stage.foreign": Text(
        "{path} berisi berkas yang tidak dibuat monev, jadi tidak ditulisi. Sebut folder kosong, atau yang belum ada.",
        "{path} holds files that monev has not made, so nothing is written. Name an empty folder, or a new one.",
    ),
    "stage.changed": Text(
        "{path} berisi perubahan yang akan hilang: {files}. Sebut folder lain, atau pindahkan berkas itu dahulu.",
        "{path} holds changes that would be lost: {files}. Name another folder, or move these files first.",
    ),
    "build.publish": Text("menerbitkan hasil", "publishing the outputs"),
    "build.made": Text("Selesai: {pages} halaman; {files}", "Done: {pages} pages; {files}"),
    "build.made-folder": Text("{name}/ ({count} berkas)", "{name}/ ({count} files)"),
    "build.incomplete": Text("BELUM LENGKAP ({done} dari {due} dinilai)", "NOT COMPLETE ({done} of {due} assessed)"),
    "build.not-assessed": Text("  belum dinilai: {count}, di {cells}", "  not assessed: {count}, in {cells}"),
    "build.not-reported": Text("  belum dilaporkan: {count}, di {cells}", "  not reported: {count}, in {cells}"),
    "build.warnings": Text(
        "{count} peringatan; {run} check {edition} menyebut semuanya",
        "warnings: {count}; {run} check {edition} names all of them",
    ),
    "build.done": Text("Laporan: {path}", "Report: {path}"),
    "build.word": Text("membuat naskah Word", "making the document for Word"),
    "build.slot-twice": Text(
        "{notebook}: bagian '{slot}' sudah diisi buku catatan lain",
        "{notebook}: another notebook has filled section '{slot}' already",
    ),
    "build.unwritable": Text(
        "folder {path} tidak dapat ditulisi: {why}. Periksa izinnya dan apakah folder itu masih ada.",
        "folder {path} cannot be written: {why}. Check its permissions and whether it is still there.",
    ),
    "build.vanished": Text(
        "folder kerja {path} hilang selama penyusunan. Jangan pindahkan isi outputs/ saat menyusun; jalankan lagi.",
        "the working folder {path} is gone. Move nothing out of outputs/ while a report is being built; run again.",
    ),
    "build.outputs-foreign": Text(
        "{path} berisi berkas yang tidak dibuat monev, jadi tidak diganti. Pindahkan isinya ke tempat lain, "
        "lalu jalankan lagi.",
        "{path} holds files that monev has not made, so it is not replaced. Move them elsewhere and run again.",
    ),
    "root.leads-out": Text(
        "{path} adalah tautan atau kaitan (mount) yang dapat keluar dari folder proyek, jadi tidak ditulisi dan tidak "
        "dihapus. Ganti dengan folder biasa, atau tunjuk folder tujuannya dengan --root.",
        "{path} is a link or a mount, which may lead out of the project's folder, so nothing there is written or "
        "removed. Put an ordinary folder in its place, or name where it leads with --root.",
    ),
    "root.bad-name": Text("nama folder '{name}' tidak sah", "the folder name '{name}' is not valid"),
    "build.disk-full": Text(
        "disk penuh saat menulis {path}: {why}. Kosongkan ruang, lalu jalankan lagi; hasil terakhir tidak berubah.",
        "the disk is full while writing {path}: {why}. Free some space and run again; the last outputs are unchanged.",
    ),
    "build.outputs-held": Text(
        "outputs/{edition}/ tidak dapat diganti: {why}. Tutup berkas yang masih terbuka.",
        "outputs/{edition}/ cannot be replaced: {why}. Close files that are still open.",
    ),
    "build.render-failed": Text("laporan tidak dapat dibuat: {why}", "the report cannot be made: {why}"),
    "build.memory": Text(
        "{count} komitmen dalam satu laporan memerlukan sekitar {need} GB memori; bila kurang, bagi menjadi beberapa"
        " program dan susun dengan ./monev batch (batasnya: batas.memori_megabita di params)",
        "{count} commitments in one report need about {need} GB of memory; where that is too much, make several"
        " programmes of them and build those by ./monev batch (the limit: batas.memori_megabita in params)",
    ),
    "watch.wait": Text(
        "menunggu perubahan di inputs/ dan params/ (Ctrl-C untuk berhenti)",
        "waiting for changes in inputs/ and params/ (Ctrl-C to stop)",
    ),
    "watch.end": Text("berhenti memantau", "no longer watching"),
    "watch.code": Text(
        "monev sendiri berubah sementara memantau. Jalankan perintah ini sekali lagi.",
        "monev itself has changed while watching. Start this command again.",
    ),
    "build.last-stays": Text("laporan terakhir tidak berubah: {path}", "the last report is as it was: {path}"),
    "build.stopped": Text("dihentikan; hasil terakhir tidak berubah", "stopped; the last outputs are as they were"),
    # notebooks
    "notebook.no-parameters": Text(
        "notebooks/{name}: tidak ada sel bertanda 'parameters'. Tambahkan tanda itu pada sel parameter.",
        "notebooks/{name}: no cell is tagged 'parameters'. Give the cell of parameters that tag.",
    ),
    "notebook.unreadable": Text(
        "notebooks/{name}: bukan buku catatan yang sah ({error})", "notebooks/{name}: not a valid notebook ({error})"
    ),
    "notebook.missing": Text("notebooks/{name}: buku catatan tidak ada", "notebooks/{name}: there is no such notebook"),
    "notebook.unknown-parameter": Text(
        "notebooks/{name}: parameter '{parameter}' tidak dikenal.{hint}",
        "notebooks/{name}: parameter '{parameter}' is unknown.{hint}",
    ),
    "notebook.missing-parameter": Text(
        "notebooks/{name}: parameter '{parameter}' belum diberikan",
        "notebooks/{name}: parameter '{parameter}' is not given",
    ),
    "notebook.cell": Text("{where}, sel {cell}: {why}", "{where}, cell {cell}: {why}"),
    "notebook.failed": Text("{where}: {why}", "{where}: {why}"),
    "notebook.no-parent": Text(
        "proses induk buku catatan tidak berjalan ({error})", "the parent process of notebooks does not run ({error})"
    ),
    "short.files": Text(
        "terlalu sedikit berkas yang boleh terbuka sekaligus; naikkan batasnya (ulimit -n)",
        "too few files may be open at once; raise the limit (ulimit -n)",
    ),
    "short.processes": Text(
        "terlalu sedikit proses yang boleh berjalan sekaligus; naikkan batasnya (ulimit -u)",
        "too few processes may run at once; raise the limit (ulimit -u)",
    ),
    "short.memory": Text("memori tidak cukup", "there is not enough memory"),
    "kernel.exit": Text("sel menutup kernel (exit)", "the cell closed the kernel (exit)"),
    "kernel.sys-exit": Text("sel menghentikan dirinya (sys.exit)", "the cell ended itself (sys.exit)"),
    "kernel.time": Text("tidak selesai dalam {seconds} detik", "not done within {seconds} seconds"),
    "kernel.output": Text("keluarannya melebihi {size} MB", "its output exceeds {size} MB"),
    "kernel.silent": Text("kernel tidak menjawab lagi", "the kernel no longer answers"),
    "kernel.code": Text(
        "kernel keluar dengan kode {code} (os._exit?)", "the kernel ended with code {code} (os._exit?)"
    ),
    "kernel.killed": Text("kernel dihentikan paksa ({name})", "the kernel was killed ({name})"),
    "kernel.killed-memory": Text(
        "kernel dihentikan paksa ({name}; mungkin memori habis)", "the kernel was killed ({name}; memory may be short)"
    ),
    # rendering
    "render.unknown-engine": Text("mesin penyusun {name!r} tidak dikenal", "engine {name!r} is unknown"),
    "render.choices": Text("pilihan: {choices}", "choices: {choices}"),
    "render.no-quarto": Text(
        "Quarto {version} atau lebih baru tidak ada di PATH; pasang Quarto, atau pakai --engine embedded",
        "there is no Quarto {version} or newer on PATH; install Quarto, or use --engine embedded",
    ),
    "render.sources": Text("naskah laporan tidak dapat disatukan", "the report's sources cannot be put together"),
    "render.includes": Text("{file} memuat {name}", "{file} includes {name}"),
    "render.unreadable": Text("{name} tidak dapat dibaca", "{name} cannot be read"),
    "render.typst": Text("Typst tidak dapat membuat PDF", "Typst cannot make the PDF"),
    "render.no-file": Text("Quarto tidak menghasilkan berkas", "Quarto made no file"),
    "render.cannot-run": Text("{program} tidak dapat dijalankan", "{program} cannot be run"),
    "render.failed": Text("{program} tidak dapat menyusun laporan", "{program} cannot make the report"),
    # doctor
    "doctor.packages": Text("Paket:", "Packages:"),
    "doctor.engines": Text("Mesin penyusun:", "Engines:"),
    "doctor.no-quarto": Text(
        "tidak ada di PATH (tidak wajib; laporan disusun oleh mesin embedded)",
        "not on PATH (not required; the embedded engine makes the report)",
    ),
    "doctor.chosen": Text(
        "dipakai bila --engine auto: {name}; standar PDF: {standards}",
        "used with --engine auto: {name}; PDF standards: {standards}",
    ),
    "doctor.no-engine": Text("pandoc atau Typst ({error})", "pandoc or Typst ({error})"),
    "doctor.fonts": Text("Huruf:", "Fonts:"),
    "doctor.root": Text("Folder data: {root}; edisi: {editions}", "Data folder: {root}; editions: {editions}"),
    "doctor.space": Text("Ruang disk: {free} MB", "Disk space: {free} MB"),
    "doctor.missing": Text(
        "KURANG: {names}. Hapus folder .venv lalu jalankan ./monev lagi.",
        "MISSING: {names}. Delete the folder .venv and run ./monev again.",
    ),
    "doctor.complete": Text("Lengkap.", "Complete."),
    # why a workbook cannot be read
    "why.old-format": Text("formatnya lama (.xls)", "its format is old (.xls)"),
    "why.old-broken": Text(
        "isinya rusak atau belum utuh sebagai .xls, mungkin masih disalin",
        "it is damaged or incomplete as .xls, perhaps still being copied",
    ),
    "why.open-broken": Text(
        "isinya rusak atau belum utuh sebagai .ods, mungkin masih disalin",
        "it is damaged or incomplete as .ods, perhaps still being copied",
    ),
    "why.open-large": Text("isinya lebih dari {size} MB setelah dibuka", "it unpacks to more than {size} MB"),
    "why.password": Text(
        "dilindungi kata sandi; hapus kata sandinya di Excel (File, Info, Protect Workbook)",
        "it is protected by a password; remove that in Excel (File, Info, Protect Workbook)",
    ),
    "why.cannot-open": Text("tidak dapat dibuka", "it cannot be opened"),
    "why.empty-file": Text("berkasnya kosong", "the file is empty"),
    "why.plain-text": Text("isinya teks biasa, mungkin CSV", "it holds plain text, perhaps CSV"),
    "why.no-workbook": Text("isinya bukan berkas .xlsx, atau terpotong", "it holds no .xlsx file, or is cut off"),
    "why.binary": Text("formatnya biner (.xlsb)", "its format is binary (.xlsb)"),
    "why.opendocument": Text("formatnya OpenDocument (.ods)", "its format is OpenDocument (.ods)"),
    "why.other-document": Text(
        "isinya bukan buku kerja Excel; mungkin dokumen lain yang berganti nama",
        "it holds no Excel workbook; perhaps another document that was renamed",
    ),
    "why.part-damaged": Text("bagian {part} rusak", "part {part} is damaged"),
    "why.part-twice": Text("bagian {part} ada dua kali", "part {part} is there twice"),
    "why.doctype": Text(
        "bagian {part} memuat deklarasi tipe dokumen (DTD), yang tidak pernah ada dalam buku kerja Excel",
        "part {part} declares a document type (DTD), which no Excel workbook has",
    ),
    "why.strange-value": Text(
        "bagian {part} memuat '{value}' di sel ini, yang tidak mungkin ditulis Excel; ketik ulang selnya",
        "part {part} holds '{value}' in this cell, which Excel would not write; type the cell again",
    ),
    "why.large-part": Text(
        "bagian {part} lebih dari {size} MB, biasanya karena baris kosong yang diformat; bila isinya memang sebanyak "
        "itu, tulis di params, misalnya `batas: {{bagian_megabita: {more}}}`",
        "part {part} is over {size} MB, mostly because of formatted empty rows; if it does hold that much, write in "
        "the params for example `batas: {{bagian_megabita: {more}}}`",
    ),
    "why.many-cells": Text(
        "bagian {part} memuat lebih dari {most} baris dan sel, biasanya karena baris kosong yang diformat",
        "part {part} holds more than {most} rows and cells, mostly because of formatted empty rows",
    ),
    "why.spanned": Text(
        "sel gabungan atau tautan di bagian {part} mencakup lebih dari {most} sel",
        "merged cells or links in part {part} span more than {most} cells",
    ),
    "why.unpacked": Text("{parts} bagian, {size} MB setelah dibuka", "{parts} parts, {size} MB unpacked"),
    "why.ratio": Text(
        "bagian {part} mengembang lebih dari {ratio} kali", "part {part} unpacks to more than {ratio} times its size"
    ),
    "why.sheet-size": Text(
        "sel {cell} berisi, padahal satu lembar dibaca sampai {rows} baris dan {columns} kolom",
        "cell {cell} holds something, but a sheet is read up to {rows} rows and {columns} columns",
    ),
    # copies of workbooks with their findings
    "marked.done": Text("Salinan bertanda: {path}", "Marked copies: {path}"),
    "marked.failed": Text(
        "salinan bertanda tidak dapat ditulis ke {path}: {why}", "marked copies cannot be written to {path}: {why}"
    ),
    "marked.copy-of": Text("Temuan dalam {file}", "Findings in {file}"),
    "marked.fix-original": Text(
        "Salinan untuk dilihat: sel bermasalah diberi warna dan komentar. Perbaiki berkas aslinya, lalu periksa lagi.",
        "A copy to look at: cells with findings are coloured and commented. Correct the original, then check again.",
    ),
    "marked.summary": Text("Ringkasan temuan", "Summary of findings"),
    "marked.summary-about": Text(
        "Klik sel untuk membuka salinan bertanda. Perbaiki di berkas asli, lalu periksa lagi.",
        "Click a cell to open the marked copy. Correct the original, then check again.",
    ),
    "marked.file": Text("Berkas", "File"),
    "marked.weight": Text("Bobot", "Weight"),
    "marked.code": Text("Kode", "Code"),
    "marked.sheet": Text("Lembar", "Sheet"),
    "marked.cell": Text("Sel", "Cell"),
    "marked.text": Text("Temuan", "Finding"),
    # oddities of sheets
    "hygiene.blank": Text("sedangkan {columns} kosong", "but {columns} are blank"),
    "hygiene.repeated": Text("seperti judul kolomnya", "like the heading of its column"),
    "hygiene.more-gaps": Text(" Ada {count} celah lain di bawahnya.", " There are {count} more gaps below it."),
    "why.date": Text("tanggal {value}", "the date {value}"),
    "why.time": Text("tanggal atau waktu {value}", "the date or time {value}"),
    # why a value of the params is not valid
    "why.unreadable": Text("isinya tidak dapat dibaca", "its content cannot be read"),
    "why.no-text": Text(
        "isinya bukan teks biasa; mungkin dokumen Word atau Excel yang berganti nama. Simpan sebagai teks (UTF-8)",
        "it is no plain text, perhaps a renamed Word or Excel document. Save it as plain text (UTF-8)",
    ),
    "why.utf16": Text(
        "berkasnya tersimpan sebagai UTF-16. Simpan sebagai UTF-8 (di Notepad: File, Save As, Encoding: UTF-8)",
        "it is saved as UTF-16. Save it as UTF-8 (in Notepad: File, Save As, Encoding: UTF-8)",
    ),
    "why.not-utf8": Text(
        "baris ini memuat huruf yang tidak tersimpan sebagai UTF-8. Simpan berkasnya sebagai UTF-8 (di Notepad: File, "
        "Save As, Encoding: UTF-8), lalu periksa huruf di baris ini",
        "this line has a letter that is not saved as UTF-8. Save the file as UTF-8 (in Notepad: File, Save As, "
        "Encoding: UTF-8) and check the letters of this line",
    ),
    "why.control": Text(
        "baris ini memuat karakter yang tidak terlihat ({letter}). Ketik ulang barisnya",
        "this line has an invisible character ({letter}). Type the line again",
    ),
    "why.two-documents": Text(
        "ada garis pemisah --- di tengah berkas. Hapus garis itu, dan sisakan satu isi",
        "there is a separator --- within the file. Delete it and keep one content",
    ),
    "why.indent": Text(
        "indentasi baris ini tidak cocok dengan baris di atasnya. Samakan banyaknya spasi di depan dengan baris lain "
        "yang setingkat",
        "the indentation of this line does not fit the lines above. Begin it with as many spaces as its neighbours",
    ),
    "why.tab": Text(
        "baris ini diawali tab. Ganti tab dengan spasi", "this line begins with a tab. Use spaces instead of tabs"
    ),
    "why.no-space": Text(
        "sesudah titik dua harus ada spasi. Tulis {name}: lalu spasi, lalu isinya",
        "a colon must be followed by a space. Write {name}:, a space, and the value",
    ),
    "why.no-colon": Text(
        "baris '{text}' tidak memuat titik dua. Tulis kunci, titik dua, spasi, lalu isinya; bila lanjutan teks di "
        "atasnya, awali dengan lebih banyak spasi",
        "the line '{text}' has no colon. Write the key, a colon, a space and the value; begin it with more spaces if "
        "it goes on from the line above",
    ),
    "why.colon": Text(
        "ada titik dua di dalam teks. Apit teksnya dengan tanda kutip: {text}",
        "there is a colon within the text. Put quotation marks around it: {text}",
    ),
    "why.quote": Text(
        "tanda kutip {mark} dibuka tetapi tidak ditutup di akhir baris ini. Tutup dengan {mark}",
        "the quotation mark {mark} is opened and not closed at the end of this line. Close it with {mark}",
    ),
    "why.apostrophe": Text(
        "ada tanda kutip di dalam teks yang diapit tanda kutip yang sama. Pakai yang lain: {text}",
        "a quotation mark stands within the same quotation marks. Use the other ones: {text}",
    ),
    "why.backslash": Text(
        "garis miring terbalik di antara tanda kutip ganda dibaca lain. Pakai tanda kutip tunggal: {text}",
        "a backslash within double quotation marks means something else. Use single ones: {text}",
    ),
    "why.bracket": Text(
        "kurung di baris ini tidak berpasangan. Setiap [ ditutup ] dan setiap {{ ditutup }}",
        "the brackets of this line do not match. Close each [ with ] and each {{ with }}",
    ),
    "why.first-letter": Text(
        "isi yang diawali {letter} dibaca sebagai perintah YAML. Apit dengan tanda kutip: {text}",
        "a value that begins with {letter} is read as a command of YAML. Put quotation marks around it: {text}",
    ),
    "why.too-deep": Text(
        "kurung atau indentasinya bertingkat terlalu dalam", "brackets or indents are nested too deep"
    ),
    "why.light-dark": Text("pilihan: light, dark", "choices: light, dark"),
    "why.not-beside": Text("letaknya di luar folder proyek", "it lies outside of the project folder"),
    "why.other-kind": Text("jenisnya harus {kinds}", "its kind must be {kinds}"),
    "why.not-there": Text("tidak ada", "it is not there"),
    "why.large-file": Text("lebih dari {limit} MB", "it is larger than {limit} MB"),
    "why.no-picture": Text("isinya bukan gambar", "it holds no picture"),
    "why.no-utf8": Text("isinya bukan teks UTF-8", "it holds no UTF-8 text"),
    "why.isbn": Text(
        "bukan ISBN: sepuluh atau tiga belas angka, dan angka terakhirnya cocok dengan yang lain",
        "it is no ISBN: ten or thirteen digits, the last of which fits the others",
    ),
    "why.revisions": Text(
        "riwayatnya tidak bersambung sampai versi ini", "its revisions do not lead to this version one by one"
    ),
    "why.damaged-font": Text("isinya bukan huruf", "it holds no font"),
    "why.edition-name": Text(
        "nama edisi memakai huruf, angka, titik, garis bawah, atau tanda hubung, paling banyak 64, dan bukan nama "
        "folder lain di outputs/ (formulir, periksa, pratinjau)",
        "an edition's name takes letters, digits, dots, underscores or hyphens, at most 64, and is not another folder "
        "of outputs/ (formulir, periksa, pratinjau)",
    ),
    "why.pattern": Text(
        "bentuknya tidak sesuai; pakai huruf, angka, titik, garis bawah, atau tanda hubung",
        "its form does not fit; use letters, digits, dots, underscores or hyphens",
    ),
    "why.column-all": Text(
        "'kolom' harus ada pada semua pertanyaan, atau tidak pada satu pun", "all questions must have 'kolom', or none"
    ),
    "why.column-target": Text(
        "hanya instrumen tentang target dijawab dalam kolom Capaian",
        "only instruments about targets are answered in columns of Capaian",
    ),
    "why.column-taken": Text("judul itu sudah ada dalam lembar Capaian", "sheet Capaian has that heading already"),
    "why.cell-form": Text(
        "'{value}' tidak menyebut berkas, lembar, dan sel. Pisahkan ketiganya dengan tanda seru, seperti "
        "inputs/2022-S3/capaian-kl.xlsx!Capaian!H5",
        "'{value}' does not name file, sheet and cell. Put exclamation marks between them, as in "
        "inputs/2022-S3/capaian-kl.xlsx!Capaian!H5",
    ),
    "why.whole": Text("harus bilangan bulat", "must be a whole number"),
    "why.truth": Text(
        "yes, no, on, off, true, dan false bukan isinya; tulis angkanya, atau beri tanda kutip bila teks",
        "yes, no, on, off, true and false are no content of it; write the number, or put text in quotation marks",
    ),
    "why.text": Text("harus teks; beri tanda kutip", "must be text; put it in quotation marks"),
    "why.least": Text("terlalu kecil; batas bawahnya {ge}", "too small; the least is {ge}"),
    "why.most": Text("terlalu besar; batas atasnya {le}", "too large; the most is {le}"),
    "why.list": Text("harus daftar", "must be a list"),
    "why.pairs": Text("harus berisi pasangan kunci dan nilai", "must hold pairs of key and value"),
    "why.one-item": Text("harus berisi sekurang-kurangnya satu butir", "must hold at least one item"),
    "why.empty": Text("tidak boleh kosong", "must not be empty"),
    "why.either": Text("{some} atau {last}", "{some} or {last}"),
    "why.choices": Text("pilihan: {expected}", "choices: {expected}"),
    "why.heading-rows": Text(
        "tulis banyaknya baris di atas baris judul (0 sampai {most}), atau baris-baris judulnya, misalnya 1-2",
        "write how many rows stand above the headings (0 to {most}), or the rows of the headings, such as 1-2",
    ),
    "why.date-form": Text("harus tanggal seperti 2022-01-31", "must be a date such as 2022-01-31"),
    "why.number": Text("bukan angka", "not a number"),
    "why.one-value": Text(
        "harus satu nilai: teks, angka, tanggal, atau kosong (null)",
        "must be one value: text, a number, a date, or blank (null)",
    ),
    "why.thresholds": Text(
        "ambang kategori harus menurun dan berakhir pada 0", "thresholds of categories must fall and end at 0"
    ),
    "why.bands": Text(
        "kategori '{name}' harus berakhir pada {top} dan turun; kategori ditulis dari yang terbaik dan bersama-sama "
        "menutup 0 sampai 100 tanpa celah",
        "category '{name}' must end at {top} and go down; categories are given from the best on and together cover "
        "0 to 100 without a gap",
    ),
    "why.lowest": Text("kategori terendah harus mulai dari 0", "the lowest category must begin at 0"),
    "why.names": Text(
        "nama '{name}' dan '{other}' tidak dapat dibedakan dalam pengenal angka; pakai huruf atau angka yang berbeda",
        "names '{name}' and '{other}' cannot be told apart in the ids of figures; use other letters or digits",
    ),
    "why.weights": Text(
        "bobot harus diberikan untuk status {names}, masing-masing satu kali",
        "a weight must be given for each of the statuses {names}, and for no other",
    ),
    "why.published-number": Text(
        "'{value}' bukan angka; tulis seperti 14 atau \"72,06\"", "'{value}' is no number; write 14 or \"72,06\""
    ),
    "why.together": Text(
        "harus ada bersama-sama atau tidak sama sekali: {names}", "must be given together or not at all: {names}"
    ),
    "why.one-slot": Text(
        "'pola' harus memuat {slot} tepat satu kali, di tempat angkanya",
        "'pola' must hold {slot} exactly once, where the number is",
    ),
    "why.one-of": Text("pilih satu saja: {names}", "choose one only: {names}"),
    "why.same-id": Text("id '{id}' dipakai dua kali; beri id yang berbeda", "id '{id}' is used twice; give another"),
    "why.completion": Text(
        "tulis keempat tingkat dari yang terbaik ({names}), masing-masing dengan 'dari' yang menurun sampai 0",
        "give all four levels, best first ({names}), each with a 'dari' that falls down to 0",
    ),
    "why.after-own": Text(
        "'sesudah' hanya untuk naskah sendiri; bagian laporan diurutkan dalam daftarnya",
        "'sesudah' is for texts of your own; parts of the report are ordered by their list",
    ),
    "why.notebook-taken": Text(
        "nama '{name}' sudah dipakai bagian atau buku catatan laporan; ganti nama berkasnya",
        "the name '{name}' is that of a part or notebook of the report; rename the file",
    ),
    "why.no-notebook": Text("isinya bukan buku catatan Jupyter (nbformat 4)", "it is no Jupyter notebook (nbformat 4)"),
    "why.notebook-key": Text(
        "metadata 'monev' memuat '{name}'.{hint} Yang dikenal, masing-masing berupa teks: {choices}",
        "its metadata 'monev' hold '{name}'.{hint} Known, each a text: {choices}",
    ),
    "why.parameters-cell": Text(
        "sel bertanda 'parameters' ada {count}, seharusnya satu, yang memberi nilai '{name}'",
        "it has {count} cells tagged 'parameters' and should have one, which sets '{name}'",
    ),
    "why.parameters-plain": Text(
        "sel 'parameters' hanya boleh memberi nilai tetap (teks, bilangan), misalnya edisi = \"2021-S2\"",
        "the cell 'parameters' may only set plain values (texts, numbers), such as edisi = \"2021-S2\"",
    ),
    "why.no-edition": Text(
        "sel 'parameters' tidak memberi nilai '{name}'", "the cell 'parameters' does not set '{name}'"
    ),
    "why.no-title-yet": Text(
        "judulnya tidak ada; mulai dengan sel Markdown '# Judul', atau tulis 'judul' dalam metadata 'monev'",
        "it has no title; begin with a Markdown cell '# Title', or give 'judul' in its metadata 'monev'",
    ),
    "why.empty-table": Text("tabelnya kosong", "the table is empty"),
    "why.alt": Text("teks alternatif", "alternative text"),
    "why.caption": Text("keterangan", "caption"),
    "why.number-id": Text(
        "id angka '{name}' tidak sah atau dipakai dua kali", "the id '{name}' is not valid or is used twice"
    ),
    "why.by-cell": Text(
        "dalam buku catatan gambar ditampilkan oleh sel kode", "a notebook shows pictures by cells of code"
    ),
    "why.shown-already": Text(
        "bagian '{name}' sudah ada dalam laporan ini; keluarkan dari 'bagian' dalam params, atau dari buku catatan",
        "section '{name}' is in this report already; take it out of 'bagian' in the params, or of the notebook",
    ),
    "why.one-part": Text(
        "setiap butir menyebut satu bagian laporan (bagian: ...) atau satu naskah (naskah: ...)",
        "each item names one part of the report (bagian: ...) or one text of your own (naskah: ...)",
    ),
    "why.no-parts": Text(
        "laporan tanpa bagian; hapus kunci ini, atau pakai {choices}",
        "a report without parts; delete this key, or use {choices}",
    ),
    "why.part-twice-named": Text(
        "'{name}' sudah ada pada baris {line}; sisakan satu", "'{name}' stands on line {line} already; keep one"
    ),
    "why.part-needs": Text(
        "'{name}' menunjuk ke '{other}'; cantumkan juga '{other}', atau hapus '{name}'",
        "'{name}' leads to '{other}'; name '{other}' too, or delete '{name}'",
    ),
    "why.profile-title": Text(
        "'{name}' adalah kumpulan bagian dan tidak berjudul; sebut bagiannya satu per satu",
        "'{name}' stands for several parts and has no title; name the parts one by one",
    ),
    "why.no-title": Text(
        "'{name}' tidak berjudul sendiri di dalam babnya; ubah judul bagian perbandingan",
        "'{name}' has no title of its own in its chapter; change that of perbandingan",
    ),
    "why.opening": Text(
        "'{name}' hanya membuka bab; letakkan tepat sesudahnya salah satu dari {sections}, atau hapus",
        "'{name}' only opens a chapter; put one of {sections} right behind it, or delete it",
    ),
    "why.raw": Text("kode {form} mentah", "raw {form}"),
    "why.construct": Text("susunan {name}", "the construct {name}"),
    "why.runs": Text("kode yang dijalankan", "code that is run"),
    "why.include": Text(
        "perintah dalam kurung kurawal ganda, misalnya include",
        "a command in double braces, such as include",
    ),
    "why.metadata": Text("bagian metadata", "a block of metadata"),
    "why.filled": Text(
        "isi di dalam angka '{name}', yang diisi laporan sendiri",
        "words within figure '{name}', which the report fills",
    ),
    "why.id": Text(
        "nama '{name}'; nama judul diawali sec- dan nama tabel tbl-",
        "the name '{name}'; names of headings begin with sec-, those of tables with tbl-",
    ),
    "why.id-twice": Text("nama '{name}' yang dipakai dua kali", "the name '{name}', which is used twice"),
    "why.link": Text(
        "tautan '{name}', yang bukan alamat web dan bukan #bagian", "the link '{name}', no web address and no #part"
    ),
    "why.text-name": Text(
        "namanya hanya boleh huruf kecil, angka, dan tanda hubung",
        "its name may hold small letters, digits and hyphens",
    ),
    "why.picture-alone": Text(
        "gambar ditulis pada baris tersendiri, tanpa atribut",
        "a picture stands on a line of its own, without attributes",
    ),
    "why.picture-words": Text("tidak ada keterangan di dalam kurung siku", "it has no description within the brackets"),
    "why.and-more": Text(" dan {count} baris lain", " and {count} more lines"),
    "why.few-groups": Text(
        "{count} kelompok, sedangkan yang diperlukan {fewest} sampai {most}: skor, tabel, dan ko-kreasi membandingkan "
        "kelompok. Tambahkan kelompok lain, atau hapus kunci kelompok bila pelaksananya K/L dan OMS",
        "the number of groups is {count}, and {fewest} to {most} are needed: scores, tables and co-creation compare "
        "groups. Add another group, or delete the key kelompok where the actors are K/L and OMS",
    ),
    "why.many-groups": Text(
        "{count} kelompok, sedangkan yang termuat dalam tabel dan gambar paling banyak {most}. Gabungkan kelompok yang "
        "serupa",
        "the number of groups is {count}, and tables and charts hold at most {most}. Join groups that are alike",
    ),
    "why.group-taken": Text(
        "'{name}' dipakai laporan untuk hal lain; pilih nama lain", "the report uses '{name}' for something else"
    ),
    "why.groups-alike": Text(
        "'{name}' sama dengan milik kelompok {other}; beri nama yang berbeda",
        "'{name}' is the same as that of group {other}; give it another name",
    ),
    "why.book-taken": Text(
        "{name} adalah buku kerja lain; misalnya capaian-pemda.xlsx",
        "{name} is another workbook; for example capaian-pemda.xlsx",
    ),
    "why.books-alike": Text(
        "{name} adalah buku kerja kelompok {other}; setiap kelompok mempunyai buku kerja sendiri",
        "{name} is the workbook of group {other}; each group has one of its own",
    ),
    "why.no-group": Text(
        "tidak ada kelompok berkode {name}; yang ada: {choices}", "no group has the code {name}; groups: {choices}"
    ),
    "why.said-twice": Text(
        "'{name}' sudah dinyatakan pada '{other}'; sisakan satu", "'{name}' stands at '{other}' already; keep one"
    ),
    "why.periods": Text("kode periode tidak boleh berulang", "codes of periods must differ"),
    # why a correction or a map of headings does not fit
    "why.other-file": Text("berkas itu tidak dibaca edisi ini", "this edition does not read that file"),
    "why.no-sheet": Text("lembar '{sheet}' tidak ada di berkas itu", "that file has no sheet '{sheet}'"),
    "why.no-cell": Text("sel {cell} di luar isi lembarnya", "cell {cell} is outside of what its sheet holds"),
    "why.blank": Text("(kosong)", "(blank)"),
    "why.or-blank": Text("{choices}, atau kosong", "{choices}, or blank"),
    "why.not-known": Text("(tidak dapat dipastikan)", "(cannot be told)"),
    **{key: Text(*both) for key, both in PAGE.items()},
}
