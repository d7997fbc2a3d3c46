"""What the page in the browser says, and what is told about it: Indonesian, English. Part of `messages.MESSAGES`."""

from __future__ import annotations

from collections.abc import Mapping

PAGE: Mapping[str, tuple[str, str]] = {
    "help.app": ("buka halaman monev di peramban", "open monev's page in the browser"),
    "help.app.more": (
        "Halaman itu hanya untuk komputer ini dan untuk Anda; tidak ada yang dikirim ke mana pun. Selesai dengan Ctrl-C "
        "atau tombol di halamannya.\nDijalankan lagi, perintah ini membuka halaman yang sudah berjalan.",
        "The page is for this machine and for you only; nothing is sent anywhere. It ends with Ctrl-C or with the "
        "button on it.\nRun again, this command opens the page that is running.",
    ),
    "help.app.no-browser": (
        "jangan buka peramban; alamatnya dicetak pada barisnya sendiri",
        "open no browser; the address is printed on a line of its own",
    ),
    "help.app.port": ("porta yang dipakai (baku: yang bebas)", "the port to use (default: a free one)"),
    # in the terminal
    "page.serving": ("halaman untuk {root} siap di alamat ini:", "the page for {root} is ready at this address:"),
    "page.how-to-end": ("selesai dengan Ctrl-C, atau tombol di halamannya", "end it with Ctrl-C, or with its button"),
    "page.found": (
        "halaman untuk folder ini sudah berjalan; alamat barunya:",
        "the page for this folder is running already; a new address for it:",
    ),
    "page.stale-start": (
        "halaman yang terakhir dijalankan di sini tidak lagi menjawab; dimulai yang baru",
        "the page that ran here last does not answer any more; a new one begins",
    ),
    "page.no-browser": (
        "peramban tidak dapat dibuka; buka alamat di atas sendiri",
        "no browser could be opened; open the address above yourself",
    ),
    "page.ended": ("Halaman monev sudah selesai", "monev's page has ended"),
    "page.ended-about": (
        "Jendela ini boleh ditutup. Untuk membukanya lagi, jalankan monev sekali lagi.",
        "This window may be closed. To open the page again, start monev once more.",
    ),
    "page.port-taken": (
        "porta {port} sedang dipakai program lain. Pilih porta lain, atau hapus --port: yang bebas dicari sendiri",
        "port {port} is in use by another program. Choose another, or leave out --port: a free one is found",
    ),
    "page.no-port": ("porta {port} tidak dapat dipakai ({why})", "port {port} cannot be used ({why})"),
    "page.no-server": (
        "halaman tidak dapat dimulai. Jalankan perintah yang sama sekali lagi",
        "the page could not be started. Run the same command again",
    ),
    # refusals
    "page.refused": (
        "Ditolak: permintaan ini tidak berasal dari halaman monev di komputer ini.",
        "Refused: this request does not come from monev's page on this machine.",
    ),
    "page.no-key": (
        "Ditolak: peramban ini belum dikenal. Jalankan monev sekali lagi; alamat baru akan dibuka.",
        "Refused: this browser is not known. Start monev once more; it opens a new address.",
    ),
    "page.stale-key": (
        "Alamat ini sudah dipakai atau bukan dari monev yang sedang berjalan. Jalankan monev sekali lagi; alamat baru "
        "akan dibuka.",
        "This address has been used, or is not of the monev that is running. Start monev once more; it opens a new one.",
    ),
    "page.bad-field": (
        "isian '{name}' tidak dapat dipakai. Muat ulang halamannya lalu coba lagi",
        "field '{name}' cannot be used. Load the page again and try once more",
    ),
    "page.bad-form": (
        "isiannya tidak dapat dibaca. Muat ulang halamannya lalu coba lagi",
        "the form cannot be read. Load the page again and try once more",
    ),
    "page.too-large": (
        "berkasnya lebih dari {limit} MB, jadi tidak diterima. Hapus gambar atau lembar yang tidak dipakai",
        "the file is larger than {limit} MB and was not taken. Remove pictures or sheets that are not used",
    ),
    "page.other-kind": (
        "'{name}' tidak diterima: jenisnya harus {kinds}. Simpan sebagai jenis itu lalu coba lagi",
        "'{name}' was not taken: its kind must be {kinds}. Save it as that and try again",
    ),
    "page.one-file": ("pilih berkasnya dahulu", "choose the file first"),
    "page.no-edition": ("tidak ada edisi '{name}' di folder ini", "there is no edition '{name}' in this folder"),
    "page.no-job": ("pekerjaan itu sudah tidak diingat", "that command is not remembered any more"),
    "page.nothing": ("halaman atau berkas itu tidak ada", "there is no such page or file"),
    "page.internal": (
        "kesalahan di dalam monev sendiri; keterangannya ada di jendela terminal. Hasil terakhir tetap utuh",
        "a fault in monev itself; the terminal window tells of it. The last outputs stay as they were",
    ),
    "page.at-work": (
        "{name} di {machine} sedang menjalankan {doing}. Tunggu sampai selesai, lalu coba lagi",
        "{name} on {machine} is running {doing}. Wait until it has ended, then try again",
    ),
    "page.inputs-wrong": (
        "buku kerjanya masih memuat kesalahan ({count} temuan); angka dan pratinjau ada setelah diperbaiki",
        "the workbooks still have errors ({count} findings); figures and previews are there once they are mended",
    ),
    # the frame
    "page.name": ("Halaman", "Page"),
    "page.skip": ("Langsung ke isi", "Skip to content"),
    "page.nav": ("Halaman utama", "Main pages"),
    "page.editions": ("Edisi", "Editions"),
    "page.inputs": ("Isi dan periksa", "Fill and check"),
    "page.making": ("Susun dan laporan", "Build and report"),
    "page.publishing": ("Terbit", "Publish"),
    "page.help": ("Bantuan", "Help"),
    "page.root": ("Folder", "Folder"),
    "page.end": ("Selesai dan tutup", "End and close"),
    "page.busy": ("Sedang berjalan:", "Running:"),
    "page.other": (
        "{name} di {machine} juga membuka folder ini (sejak {since}).",
        "{name} on {machine} has this folder open too (since {since}).",
    ),
    "page.other-doing": ("Di sana sedang berjalan: {doing}.", "Running there: {doing}."),
    "page.back": ("Kembali", "Back"),
    "page.go-on": ("Lanjut: {where}", "Go on: {where}"),
    "page.same-as": ("Sama dengan perintah", "The same as the command"),
    "page.optional": ("(boleh kosong)", "(may be empty)"),
    "page.done": ("Selesai", "Done"),
    "page.not-done": ("Tidak dikerjakan", "Not done"),
    # Edisi
    "page.editions-none": (
        "Belum ada edisi di folder ini. Panduan ada di halaman Bantuan.",
        "There is no edition in this folder yet. The guide is on the page Help.",
    ),
    "page.state-current": ("Laporan sesuai isi sekarang", "Report fits the inputs"),
    "page.state-stale": ("Isi berubah sejak disusun", "Inputs changed since it was built"),
    "page.state-none": ("Belum disusun", "Not built yet"),
    "page.made-at": ("Disusun {when}", "Built {when}"),
    "page.release-short": ("Terbitan {number}", "Release {number}"),
    "page.next-edition": ("Edisi berikutnya", "The next edition"),
    "page.next-about": (
        "Menyiapkan params dan buku kerja periode berikutnya dari edisi yang ada. Yang sudah ada tidak pernah ditimpa.",
        "Prepares params and workbooks of the next period from an edition. What is there is never overwritten.",
    ),
    "page.field-name": ("Nama edisi baru", "Name of the new edition"),
    "page.field-name-example": ("misalnya 2022-S3", "for example 2022-S3"),
    "page.field-from": ("Dari edisi", "From edition"),
    "page.field-code": ("Kode periode", "Code of the period"),
    "page.field-label": ("Nama periode", "Name of the period"),
    "page.field-year": ("Tahun", "Year"),
    "page.field-forms": ("Laporan masuk lewat formulir", "Reports come in by forms"),
    "page.do-new": ("Siapkan edisi", "Prepare the edition"),
    # Isi dan periksa
    "page.books": ("Buku kerja", "Workbooks"),
    "page.books-about": (
        "Isi di Excel, simpan, lalu muat ulang halaman ini. Atau letakkan buku kerja yang sudah diisi di kotak di "
        "kanannya: isinya diperiksa dahulu, dan yang lama disimpan di folder cadangan.",
        "Fill them in Excel, save, and load this page again. Or drop a filled workbook on the box to its right: it is "
        "checked first, and the old one is kept in the folder cadangan.",
    ),
    "page.books-earlier": ("Buku kerja periode terdahulu", "Workbooks of earlier periods"),
    "page.saved-at": ("disimpan {when}, {size} kB", "saved {when}, {size} kB"),
    "page.book-open": ("sedang terbuka", "open just now"),
    "page.open-excel": ("Buka di Excel", "Open in Excel"),
    "page.open-in": ("Buka {file} di Excel", "Open {file} in Excel"),
    "page.open-at": ("Buka {file} di Excel, sel {cell}", "Open {file} in Excel, cell {cell}"),
    "page.download": ("Unduh", "Download"),
    "page.download-of": ("Unduh {file}", "Download {file}"),
    "page.replace-of": ("Berkas pengganti untuk {file}", "File to replace {file}"),
    "page.replace-by": ("Ganti {file}", "Replace {file}"),
    "page.do-replace": ("Ganti", "Replace"),
    "page.not-there": ("tidak ada", "not there"),
    "page.opened": ("{file} dibuka di program yang dipakai komputer ini.", "{file} opens in this machine's program."),
    "page.opened-at": ("Selnya: {cell}", "The cell: {cell}"),
    "page.not-opened": (
        "{file} tidak dapat dibuka dari sini; bukalah sendiri, atau pakai Unduh.",
        "{file} cannot be opened from here; open it yourself, or use Download.",
    ),
    "page.findings": ("Temuan", "Findings"),
    "page.errors": ("kesalahan", "errors"),
    "page.warnings": ("peringatan", "warnings"),
    "page.errors-about": (
        "Laporan baru dapat disusun setelah semua kesalahan diperbaiki. Laporan terakhir tetap utuh.",
        "A report can be built once all errors are mended. The last report stays as it is.",
    ),
    "page.check-again": ("Periksa lagi", "Check again"),
    "page.do-copies": ("Tulis salinan bertanda", "Write marked copies"),
    "page.do-update": ("Samakan dengan register", "Bring up to the register"),
    "page.do-forms": ("Tulis formulir", "Write forms"),
    "page.do-collect": ("Catat yang kembali", "Register what came back"),
    "page.show-warnings": ("Tampilkan {count} peringatan", "Show {count} warnings"),
    "page.row-of": ("Baris di sekitar sel {cell}", "The row around cell {cell}"),
    "page.completeness": ("Kelengkapan {period}", "Completeness of {period}"),
    "page.group": ("Kelompok", "Group"),
    "page.targets": ("Target", "Targets"),
    "page.reported": ("Dilaporkan", "Reported"),
    "page.with-evidence": ("Data dukung", "With evidence"),
    "page.silent-actors": ("Belum melapor", "Silent actors"),
    "page.share": ("Bagian yang dilaporkan", "Share reported"),
    "page.share-of": ("Bagian yang dilaporkan {group}", "Share reported by {group}"),
    "page.silent": ("Belum melapor", "Nothing reported"),
    "page.partial": ("Baru sebagian", "Partly reported"),
    "page.unscored": ("Belum dinilai", "Not assessed yet"),
    # a command
    "page.at-it": ("Sedang dikerjakan", "Under way"),
    "page.result": ("Hasil", "Result"),
    "page.job-waiting": ("Menunggu giliran ({count} di depan)", "Waiting ({count} before it)"),
    "page.job-running": ("Sedang berjalan", "Running"),
    "page.job-done": ("Selesai dalam {seconds} detik", "Done in {seconds} s"),
    "page.job-wrong": ("Ada yang perlu diperbaiki", "Something needs to be mended"),
    "page.job-stopped": ("Dihentikan; hasil terakhir tetap utuh", "Stopped; the last outputs stay as they were"),
    "page.job-failed": ("Gagal; hasil terakhir tetap utuh", "Failed; the last outputs stay as they were"),
    "page.job-said": ("Yang dikatakan perintah", "What the command said"),
    "page.cancel": ("Hentikan", "Stop"),
    # Susun dan laporan
    "page.do-build": ("Susun laporan", "Build the report"),
    "page.field-docx": ("juga naskah Word (laporan.docx)", "the Word file too (laporan.docx)"),
    "page.report": ("Laporan", "Report"),
    "page.beside": ("PDF dan HTML berdampingan", "PDF and HTML side by side"),
    "page.preview": ("Pratinjau satu bagian", "Preview of one part"),
    "page.preview-about": (
        "Satu bagian sebagai PDF tersendiri, segera sesudah buku kerja disimpan. Bukan untuk diterbitkan.",
        "One part as a PDF of its own, soon after a workbook is saved. Not to be published.",
    ),
    "page.part": ("Bagian", "Part"),
    "page.field-automatic": ("buat lagi setiap kali isian disimpan", "make it again whenever inputs are saved"),
    "page.do-preview": ("Buat pratinjau", "Make the preview"),
    "page.stop-automatic": ("Berhenti", "Stop"),
    "page.explain": ("Dari mana sebuah angka", "Where a figure comes from"),
    "page.field-search": ("Cari angka: nama, arti, komitmen, pelaksana", "Search: name, meaning, commitment, actor"),
    "page.do-search": ("Cari", "Search"),
    "page.none-found": ("Tidak ada angka yang cocok.", "No figure fits."),
    "page.figure": ("Angka", "Figure"),
    "page.printed": ("Tercetak", "Printed"),
    "page.meaning": ("Arti", "Meaning"),
    "page.and-more": ("dan {count} angka lain; tambahkan kata", "and {count} more; add words"),
    "page.formula": ("Rumus", "Formula"),
    "page.made-of": ("Terdiri dari {count} angka", "Made of {count} figures"),
    "page.cells": ("{count} sel asal", "{count} cells"),
    "page.cell": ("Sel", "Cell"),
    "page.content": ("Isi", "Content"),
    "page.row": ("Baris", "Row"),
    "page.difference": ("Yang berubah", "What has changed"),
    "page.field-old": ("Dibandingkan dengan", "Compared with"),
    "page.do-diff": ("Bandingkan", "Compare"),
    # Terbit
    "page.comments": ("Tanggapan atas draf", "Comments on the draft"),
    "page.comments-about": (
        "Kumpulkan naskah Word dan PDF yang kembali. Jawabannya ditulis di tanggapan.xlsx, yang ada di Isi dan periksa.",
        "Gather Word and PDF files that came back. Answers are written in tanggapan.xlsx, which is in Fill and check.",
    ),
    "page.comments-all": ("tanggapan", "comments"),
    "page.comments-open": ("belum dijawab", "without answer"),
    "page.comments-show": ("Tampilkan {count} yang belum dijawab", "Show the {count} without answer"),
    "page.field-comments": ("Naskah yang kembali (.docx, .pdf)", "Files that came back (.docx, .pdf)"),
    "page.do-comments": ("Kumpulkan tanggapan", "Gather comments"),
    "page.sender": ("Dari", "From"),
    "page.section": ("Bagian", "Section"),
    "page.comment": ("Tanggapan", "Comment"),
    "page.do-release": ("Terbitkan", "Release"),
    "page.release-about": (
        "Yang terbit ialah yang sudah dilihat: laporannya harus sesuai isi sekarang, tanpa kesalahan, dan semua "
        "tanggapan dijawab. Terbitan bernomor, terkunci, dan tidak pernah ditulis lagi.",
        "What is released is what was seen: the report must fit the inputs, without errors, and all comments answered. "
        "A release has a number, is locked, and is never written again.",
    ),
    "page.field-number": ("Nomor", "Number"),
    "page.field-by": ("Diterbitkan oleh", "Released by"),
    "page.field-reason": ("Alasan revisi", "Reason of the revision"),
    "page.field-reason-when": ("(sejak terbitan kedua)", "(from the second release on)"),
    "page.field-open": ("Alasan membiarkan tanggapan terbuka", "Why comments are left open"),
    "page.field-sheet": ("dengan lembar persetujuan", "with an approval sheet"),
    "page.sign": ("Tanda tangan digital", "Digital signature"),
    "page.sign-about": (
        "Kunci dan frasa sandinya hanya dipakai untuk terbitan ini dan tidak disimpan.",
        "Key and passphrase are used for this release only and not kept.",
    ),
    "page.field-key": ("Kunci (.p12, .pfx)", "Key (.p12, .pfx)"),
    "page.field-passphrase": ("Frasa sandi", "Passphrase"),
    "page.field-tsa": ("Alamat cap waktu", "Address of a time-stamp service"),
    "page.releases": ("Terbitan", "Releases"),
    "page.fingerprint": ("Sidik", "Fingerprint"),
    "page.do-verify": ("Buktikan", "Verify"),
    # a workbook that takes the place of another
    "replace.no-book": ("{file} bukan buku kerja edisi {edition}", "{file} is no workbook of edition {edition}"),
    "replace.changed": (
        "{file} sudah berubah sejak halaman ini dibuka, jadi tidak diganti. Muat ulang halamannya, lihat yang baru, lalu "
        "ganti lagi bila masih perlu",
        "{file} has changed since this page was opened, so it was not replaced. Load the page again, look at what is "
        "new, and replace it again if that is still wanted",
    ),
    "replace.other-book": (
        "berkas itu tidak memuat lembar {sheets} dari {file}, jadi tidak diganti. Pilih buku kerja yang sama",
        "that file lacks sheet {sheets} of {file}, so it was not replaced. Choose the same workbook",
    ),
    "replace.unwritable": ("{file} tidak dapat ditulis ({why})", "{file} cannot be written ({why})"),
    "replace.done": ("{file} diganti dengan berkas yang dikirim.", "{file} was replaced by the file that was sent."),
    "replace.aside": ("Yang lama disimpan di {path}.", "The old one is kept at {path}."),
}
"""The texts by their ids, each in both languages."""
