"""What is wrong with the inputs: kinds of findings, and the findings themselves.

Each kind stands once in `KINDS`; the place (file, sheet, cell) is added by `Finding.line`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from monev.words.kinds import Kind, OfKind, table
from monev.words.messages import Language, Words, tell

Weight = Literal["error", "warning", "hint"]
"""A hint is an assistant's word: it is told apart from findings, and never in a report."""

_E: Weight = "error"
_W: Weight = "warning"
_H: Weight = "hint"

KINDS: Mapping[str, Kind[Weight]] = table(
    (
        # files
        Kind("F01", _E, "berkas tidak ada.{hint} Letakkan berkas itu di sana, atau perbaiki jalurnya di {where}.",
             "the file is missing.{hint} Put it there, or correct its path in {where}."),
        Kind("F02", _E, "berkas tidak dapat dibaca sebagai buku kerja Excel (.xlsx): {why}. Buka di Excel lalu simpan ulang sebagai .xlsx.",
             "the file cannot be read as an Excel workbook (.xlsx): {why}. Open it in Excel and save it as .xlsx."),
        Kind("F03", _E, "isi berkas melampaui batas: {why}. Hapus baris, kolom, atau gambar yang tidak dipakai.",
             "the file exceeds a limit: {why}. Delete unused rows, columns or pictures."),
        Kind("F04", _E, "jalur keluar dari folder proyek. Tulis jalur di dalam folder proyek.",
             "the path leaves the project folder. Give a path inside it."),
        Kind("F05", _W, "buku kerja ini tampaknya sedang terbuka di program lain ({lock}), jadi isinya mungkin belum tersimpan. Simpan dan tutup, lalu periksa lagi.",
             "the workbook seems to be open in another program ({lock}), so its content may not be saved. Save and close it, then check again."),
        Kind("F06", _E, "berkas memuat makro ({part}), yang tidak diterima. Simpan sebagai Excel Workbook (.xlsx) tanpa makro.",
             "the file holds macros ({part}), which are not accepted. Save it as an Excel Workbook (.xlsx) without macros."),
        Kind("F07", _W, "di sampingnya ada {names}, yang tampaknya salinan dan tidak dibaca. Bila salinan itu yang benar, ganti namanya; bila tidak, pindahkan ke folder lain.",
             "beside it is {names}, which looks like a copy and is not read. Rename it if it is the right one, or move it elsewhere."),
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
        Kind("S06", _E, "baris judul ada di baris {row}, bukan baris {expected}. Hapus baris di atasnya, atau petakan lewat params/pemetaan/.",
             "the heading row is row {row}, not row {expected}. Delete the rows above it, or map it in params/pemetaan/."),
        Kind("S07", _E, "ada dua lembar yang namanya hanya berbeda huruf besar atau spasi: '{sheet}' dan '{other}'. Sisakan satu.",
             "two sheet names differ in case or spaces only: '{sheet}' and '{other}'. Keep one."),
        Kind("S08", _E, "sel {range} digabung, jadi hanya sel pertama yang berisi. Pisahkan (Unmerge Cells), lalu isi tiap barisnya.",
             "cells {range} are merged, so only the first holds anything. Unmerge them and fill each row."),
        Kind("S09", _W, "baris {rows} tersembunyi tetapi tetap dibaca. Tampilkan (Unhide) dan periksa isinya, atau hapus.",
             "rows {rows} are hidden but read all the same. Unhide and check them, or delete them."),
        Kind("S10", _W, "saringan (filter) menyembunyikan baris {rows}, yang tetap dibaca. Hapus saringannya (Clear) dan periksa barisnya.",
             "a filter hides rows {rows}, which are read all the same. Clear the filter and check them."),
        Kind("S11", _W, "kolom '{column}' tersembunyi tetapi tetap dibaca. Tampilkan (Unhide) dan periksa isinya.",
             "column '{column}' is hidden but read all the same. Unhide and check it."),
        Kind("S12", _W, "lembar '{sheet}' tersembunyi tetapi tetap dibaca. Tampilkan (Unhide) dan periksa isinya.",
             "sheet '{sheet}' is hidden but read all the same. Unhide and check it."),
        Kind("S13", _W, "baris ini di bawah {blank} baris kosong, dan tetap dibaca.{hint} Hapus baris kosong di atasnya, atau baris ini bila bukan data.",
             "the row stands below {blank} blank rows and is read all the same.{hint} Delete the blank rows, or this one if it is no data."),
        Kind("S14", _W, "ada isi di kolom {column}, yang tidak berjudul, sehingga tidak dibaca. Beri judul atau hapus isinya.",
             "column {column} holds something but has no heading, so it is not read. Give it a heading or clear it."),
        Kind("S15", _W, "lembar '{sheet}' berisi data seperti lembar '{other}' tetapi tidak dibaca. Pindahkan datanya ke '{other}' atau hapus lembar ini.",
             "sheet '{sheet}' holds data like sheet '{other}' but is not read. Move the data to '{other}' or delete the sheet."),
        Kind("S16", _E, "baris ini tampaknya bukan data: berisi '{value}', {lacking}. Hapus seluruh barisnya bila bukan data, atau lengkapi.",
             "the row seems to be no data: it holds '{value}', {lacking}. Delete the whole row if it is none, or fill it."),
        # cells
        Kind("C01", _E, "sel kosong; kolom {column} wajib diisi: {about}", "the cell is blank; column {column} must be filled."),
        Kind("C02", _E, "Nilai '{value}' bukan angka 0 sampai 100, N/A, atau -. Tulis salah satunya, atau kosongkan bila belum dinilai.",
             "Nilai '{value}' is not a number from 0 to 100, N/A or -. Write one of these, or leave it blank while not assessed."),
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
        Kind("C08", _E, "Nilai berisi {value}. Tulis angka 0 sampai 100, N/A, atau -.",
             "Nilai holds {value}. Write a number from 0 to 100, N/A or -."),
        Kind("C09", _E, "teks panjangnya {length} karakter; batasnya {limit}. Ringkaskan.",
             "the text has {length} characters; the limit is {limit}. Shorten it."),
        Kind("C10", _W, "angka tersimpan sebagai teks '{value}'; dibaca {read}. Ubah menjadi angka (Convert to Number).",
             "a number is stored as text '{value}'; read as {read}. Convert it to a number."),
        Kind("C11", _W, "angka desimal tersimpan sebagai teks '{value}'; dibaca {read}. Tulis sebagai angka, dengan tanda desimal yang dikenal Excel Anda.",
             "a decimal number is stored as text '{value}'; read as {read}. Write it as a number, with the decimal mark of your Excel."),
        Kind("C12", _W, "sel mengambil nilai dari buku kerja lain ({value}); yang dibaca nilai simpanan terakhir, '{read}'. Tulis nilainya.",
             "the cell takes its value from another workbook ({value}); the last stored one, '{read}', is read. Write the value."),
        Kind("C13", _E, "'{value}' memuat {letter}, yang mirip '{like}' tetapi huruf atau tanda lain. Ketik ulang: {right}",
             "'{value}' holds {letter}, which looks like '{like}' but is another character. Type it again: {right}"),
        Kind("C14", _W, "ada spasi di awal, di akhir, atau berlebih di tengah; dibaca '{read}'. Hapus spasinya.",
             "there are spaces before, after or too many within the text; read as '{read}'. Delete them."),
        Kind("C15", _W, "ada karakter yang tidak terlihat ({letter}); dibaca '{read}'. Ketik ulang isi sel ini.",
             "there is an invisible character ({letter}); read as '{read}'. Type the cell again."),
        Kind("C16", _W, "angka {value} mungkin tanggal {date} yang berubah menjadi angka. Periksa, lalu tulis seperti yang dimaksud.",
             "the number {value} may be the date {date} turned into a number. Check it and write what is meant."),
        Kind("C17", _E, "sel berisi {value}, tetapi Excel menampilkan '{shown}' (format {format}). Pilih format General, lalu tulis yang dimaksud.",
             "the cell holds {value}, but Excel shows '{shown}' (format {format}). Choose the format General, then write what is meant."),
        Kind("C18", _W, "format sel ini ({format}) menampilkan '{shown}'; dibaca '{read}'. Pilih format General atau Text, lalu periksa isinya.",
             "the cell's format ({format}) shows '{shown}'; read as '{read}'. Choose the format General or Text and check the cell."),
        Kind("C19", _E, "Nilai di {cells} antara 0 dan 1 tanpa format persen: {value} itu {percent}% atau {value}%? Beri format Percentage, atau tulis 0 sampai 100.",
             "scores in {cells} lie between 0 and 1 without a percent format: is {value} {percent}% or {value}%? Format them as Percentage, or write 0 to 100."),
        Kind("C20", _W, "Nilai di {cells} tepat 1 tanpa format persen; dibaca 1%. Bila maksudnya 100%, tulis 100.",
             "scores in {cells} are exactly 1 without a percent format; read as 1%. If 100% is meant, write 100."),
        Kind("C21", _W, "ada isi yang dicoret: '{value}'; tetap dibaca. Hapus bila tidak berlaku lagi, atau hapus coretannya.",
             "there is struck-through content: '{value}'; read all the same. Delete it if it no longer holds, or remove the stroke."),
        Kind("C22", _W, "alamat tautan di sel ini ({value}) tidak tampil dan tidak ikut dibaca. Tulis alamatnya bila perlu dicetak.",
             "the address of the link in this cell ({value}) does not show and is not read. Write it out if it is to be printed."),
        Kind("C23", _W, "Data Dukung '{value}' berbunyi seperti tidak atau belum ada, tetapi dihitung sebagai ada. Tulis Tidak dikumpulkan bila memang belum ada.",
             "evidence '{value}' sounds like none or not yet, but counts as given. Write Tidak dikumpulkan if there is none yet."),
        Kind("C24", _E, "{column} '{value}' bukan angka. Tulis angka saja, misalnya 1250, 12,5, atau 45%; satuannya di kolom Satuan.",
             "{column} '{value}' is not a number. Write the number alone, such as 1250, 12,5 or 45%; its unit goes into column Satuan."),
        Kind("C25", _E, "{column} '{value}' bukan tanggal yang dikenal. Tulis seperti 2022-06-30 atau 30 Juni 2022.",
             "{column} '{value}' is not a date that is understood. Write it as 2022-06-30 or 30 Juni 2022."),
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
        Kind("K10", _E, "Pelaksana '{value}' dan '{other}' tidak dapat dibedakan dalam pengenal angka. Pakai nama singkat dengan huruf Latin atau angka yang berbeda.",
             "actors '{value}' and '{other}' cannot be told apart in the ids of figures. Use short names that differ in Latin letters or digits."),
        Kind("K11", _E, "tidak ada baris Capaian pada Komitmen {commitment} dengan {key}. Perbaiki kuncinya, atau kosongkan yang tidak berlaku.",
             "no row of Capaian of commitment {commitment} has {key}. Correct the key, or leave blank what does not apply."),
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
        Kind("M08", _W, "Nilai N/A tetapi Status Ko-Kreasi '{value}'. Periksa keduanya: target yang bergantung pada pelaksana lain jarang berproses ko-kreasi aktif.",
             "the score is N/A but the co-creation status is '{value}'. Check both: a target that waits for others is seldom co-created actively."),
        Kind("M09", _W, "Nilai - berarti tidak ada target, tetapi Capaian menceritakan pekerjaan: '{value}'. Beri nilai, atau jelaskan mengapa target tidak ada.",
             "Nilai - means no target, but Capaian tells of work: '{value}'. Give a score, or say why there is no target."),
        Kind("M10", _W, "judul sorotan menyebut {dimension} {value}, sedangkan Komitmen {commitment} berkategori {category}. Samakan judul, atau pindahkan komitmennya.",
             "the highlight's title says {dimension} {value}, but commitment {commitment} is {category}. Correct the title or move the commitment."),
        Kind("M11", _W, "Target berbunyi '{value}', tetapi ada Nilai {score}. Tulis Nilai -, atau tulis targetnya.",
             "the target reads '{value}', but the score is {score}. Write Nilai -, or the target."),
        Kind("M12", _W, "usulan sorotan '{value}' diterima, tetapi tidak ada komitmen yang memenuhinya, jadi tidak tercetak. Hapus dari `sorotan`.",
             "the suggested highlight '{value}' is accepted, but no commitment meets it, so nothing is printed. Delete it from `sorotan`."),
        Kind("M13", _W, "Nilai {value} tetapi Capaian dan Data Dukung kosong. Isi apa yang dicapai, atau periksa nilainya.",
             "the score is {value} but neither achievement nor evidence is given. Say what was achieved, or check the score."),
        # the plan's targets
        Kind("A01", _E, "target yang berubah ini ({key}) tidak ada dalam lembar Target. Salin kuncinya dari sana.",
             "the target that changes here ({key}) is not in sheet Target. Copy its key from there."),
        Kind("A02", _W, "target {change} tanpa Keputusan. Sebut surat, rapat, atau nomor keputusannya.",
             "the target is changed ({change}) without a decision. Name the letter, meeting or number."),
        Kind("A03", _E, "target {change} tetapi Menjadi kosong. Isi bunyi target yang baru, atau kode periode barunya bila ditunda.",
             "the target is {change} but Menjadi is blank. Give its new words, or the code of its new period if it is put off."),
        Kind("A04", _W, "Menjadi '{value}' sama dengan yang direncanakan semula, jadi tidak ada yang berubah. Perbaiki, atau hapus barisnya.",
             "Menjadi '{value}' is what was planned before, so nothing changes. Correct it, or delete the row."),
        Kind("A05", _W, "Tenggat {value} jatuh sesudah periode {period} berakhir ({last}). Perbaiki Tenggat atau Periode.",
             "the due day {value} falls after the end of period {period} ({last}). Correct Tenggat or Periode."),
        Kind("A06", _W, "Periode '{value}' tidak dapat dibandingkan dengan periode kini ({current}), jadi tidak diketahui kapan target ini jatuh tempo. Isi Tenggat, atau perbaiki kodenya.",
             "period '{value}' cannot be compared with the current one ({current}), so it is not known when this target falls due. Give Tenggat, or correct the code."),
        Kind("A07", _W, "'pernyataan.jumlah_target' menyatakan {stated} target, sedangkan lembar Target memuat {counted}; yang dipakai hitungannya. Hapus pernyataan itu, atau lengkapi registernya.",
             "'pernyataan.jumlah_target' declares {stated} targets, but sheet Target has {counted}; the count is used. Delete the declaration, or complete the register."),
        # forms that came back
        Kind("D01", _E, "periode {code} membaca {read}, tetapi {present} juga ada, jadi tidak jelas mana yang berlaku. Pindahkan salah satunya, atau ubah 'masukan' di {params}.",
             "period {code} reads {read}, but {present} is there as well, so it is not clear which one holds. Move one away, or change 'masukan' in {params}."),
        Kind("D02", _E, "kiriman {actor} ini pertama kali terlihat bersamaan dengan {names}, jadi urutannya tidak diketahui. Tulis Ya di Dipakai pada versi yang berlaku.",
             "this file of {actor} was first seen together with {names}, so their order is not known. Write Ya in Dipakai of the version that holds."),
        Kind("D03", _E, "Dipakai berisi Ya pada lebih dari satu kiriman {actor} (juga {names}). Sisakan satu.",
             "Dipakai is Ya for more than one file of {actor} (also {names}). Keep one."),
        Kind("D04", _E, "formulir ini milik edisi {value}, bukan {edition}. Minta formulir edisi ini; supaya berkas ini dilewati, tulis Tidak di Dipakai pada penerimaan.xlsx.",
             "this form is of edition {value}, not {edition}. Ask for the form of this edition; to pass over the file, write Tidak in Dipakai of penerimaan.xlsx."),
        Kind("D05", _E, "semua baris berperiode {value}, bukan {period}, dan berkas ini tidak bertanda edisi. Minta formulir periode ini; supaya dilewati, tulis Tidak di Dipakai pada penerimaan.xlsx.",
             "all rows are of period {value}, not {period}, and the file bears no edition. Ask for this period's form; to pass over it, write Tidak in Dipakai of penerimaan.xlsx."),
        Kind("D06", _W, "tanda formulir hilang (lembar tersembunyi dan baris pertama), jadi berkas ini dikenali dari kolom Pelaksana: {actor}. Pastikan benar.",
             "the form's marks are gone (hidden sheet and first lines), so the file was recognised by column Pelaksana: {actor}. Make sure that this is right."),
        Kind("D07", _E, "baris ini milik '{value}', sedangkan formulir ini milik {actor}; barisnya tidak dibaca. Minta {value} mengirim formulirnya sendiri, atau hapus dari penerimaan lewat Dipakai.",
             "this row belongs to '{value}', but the form is of {actor}; the row is not read. Have {value} send its own form, or set Dipakai in penerimaan.xlsx."),
        Kind("D08", _E, "baris ini berperiode {value}, bukan {period}; barisnya tidak dibaca. Minta diperbaiki di formulirnya.",
             "this row is of period {value}, not {period}; it is not read. Have it corrected in the form."),
        Kind("D09", _E, "{column} baris ini '{value}', padahal pada formulir yang dikirimkan '{before}': kuncinya berubah. Minta dikembalikan, atau koreksi lewat params/koreksi/.",
             "{column} of this row is '{value}', but '{before}' in the form that was sent out: its key was altered. Have it restored, or correct it in params/koreksi/."),
        Kind("D10", _W, "{count} baris formulir hilang: {keys}. Targetnya dibaca sebagai belum dilaporkan; tanyakan apakah dihapus dengan sengaja.",
             "{count} rows of the form are gone: {keys}. Their targets count as not reported; ask whether they were deleted on purpose."),
        Kind("D11", _W, "baris ditambahkan pelaksana: Komitmen {commitment}, UK {measure}, No {no} tidak direncanakan. Barisnya dibaca; daftarkan targetnya di register bila disetujui.",
             "a row that the actor added: commitment {commitment}, UK {measure}, No {no} is not planned. It is read; add the target to the register if it is agreed to."),
        Kind("D12", _W, "bunyi Target diubah menjadi '{value}'. Laporan memakai bunyi menurut register; perubahan yang disetujui dicatat di lembar Perubahan Target.",
             "the words of the target were changed to '{value}'. The report uses those of the register; a change that was agreed to goes into sheet Perubahan Target."),
        Kind("D13", _E, "kiriman '{name}' tidak dikenali pelaksananya. Isi Pelaksana pada baris ini, atau tulis Tidak di Dipakai.",
             "it is not known whose file '{name}' is. Give Pelaksana in this row, or write Tidak in Dipakai."),
        Kind("D14", _E, "Pelaksana '{value}' tidak ada di register. Perbaiki namanya di baris ini.", "actor '{value}' is not in the register. Correct the name in this row."),
        Kind("D15", _E, "kiriman '{name}' yang dipakai tidak ada lagi di {folder}, atau isinya berubah sejak diterima. Kembalikan berkasnya, atau jalankan ./monev collect {edition}.",
             "the file '{name}' that is used is no longer in {folder}, or has changed since it was received. Put it back, or run ./monev collect {edition}."),
        Kind("D16", _W, "belum ada kiriman yang diterima. Letakkan berkasnya di {folder}, lalu jalankan ./monev collect {edition}.",
             "no file has been received yet. Put the files into {folder} and run ./monev collect {edition}."),
        Kind("D17", _W, "{count} berkas di {folder} belum dicatat, jadi belum dibaca: {names}. Jalankan ./monev collect {edition}.",
             "{count} files in {folder} are not registered yet and so not read: {names}. Run ./monev collect {edition}."),
        Kind("D18", _W, "{count} target dilaporkan dan belum dinilai, jadi tidak ikut dihitung dalam nilai mana pun.",
             "{count} targets are reported and not assessed, so they count in no score."),
        Kind("D19", _W, "belum melapor: {names}.", "no report from: {names}."),
        Kind("D20", _E, "kunci yang sama sudah dilaporkan dalam {other}. Sisakan satu.", "the same key is reported in {other} already. Keep one."),
        Kind("D21", _W, "Realisasi {value} berbentuk persen, sedangkan satuan targetnya '{unit}'. Periksa angkanya.",
             "Realisasi {value} is a percentage, but the target's unit is '{unit}'. Check the number."),
        Kind("D22", _W, "formulir ini versi {value}; yang terakhir dibuat {version}, karena register berubah sesudahnya. Periksa apakah ada target yang terlewat.",
             "this form is version {value}; the last one made is {version}, as the register changed since. See whether a target was missed."),
        Kind("D23", _E, "edisi {edition} tidak membaca formulir. Tulis masukan: kiriman pada periode {code}, lalu pindahkan buku kerja capaiannya.",
             "edition {edition} reads no forms. Write masukan: kiriman for period {code}, and move its achievements workbooks away."),
        # evidence
        Kind("B01", _W, "berkas '{name}' disebut sebagai data dukung tetapi tidak ada di {folder}. Minta berkasnya, atau perbaiki namanya.",
             "the file '{name}' is named as evidence but is not in {folder}. Ask for it, or correct its name."),
        Kind("B02", _W, "berkas ini kosong. Minta kiriman ulang.", "this file is empty. Ask for it again."),
        Kind("B03", _W, "berkas ini sama isinya dengan {other}. Periksa apakah keduanya memang bukti yang sama.",
             "this file holds the same as {other}. See whether both are meant to be the same evidence."),
        Kind("B04", _W, "jenis berkas ini tidak biasa untuk data dukung ({why}). Periksa isinya sebelum dibuka.",
             "this kind of file is unusual as evidence ({why}). Look at it with care before opening it."),
        Kind("B05", _W, "tautan '{value}' tidak berbentuk alamat yang utuh. Minta alamat lengkapnya.", "the link '{value}' is no whole address. Ask for the whole one."),
        Kind("B06", _W, "beberapa berkas bernama '{name}' di {folder}: {names}. Sebut jalurnya di Data Dukung, atau ganti namanya.",
             "several files in {folder} are called '{name}': {names}. Give the path in Data Dukung, or rename them."),
        Kind("B07", _E, "'{name}' tidak ada di {folder}. Perbaiki namanya, atau hapus dari daftar ini.", "'{name}' is not in {folder}. Correct its name, or delete it from this list."),
        # covering letters
        Kind("G01", _E, "templat surat tidak dapat dibaca sebagai dokumen Word (.docx). Simpan ulang dari Word, atau hapus untuk memakai surat bawaan.",
             "the letter's template cannot be read as a Word document (.docx). Save it again from Word, or delete it to use the built-in letter."),
        Kind("G02", _E, "templat surat memuat nama '{value}' yang tidak dikenal.{hint} Nama yang ada: {choices}.", "the letter's template names '{value}', which is unknown.{hint} Names: {choices}."),
        # hints at the wording of targets
        Kind("H01", _H, "hasil yang dapat diukur belum tampak: sebut jumlahnya, atau kriterianya.", "no measurable result shows: give an amount, or criteria."),
        Kind("H02", _H, "Nilai Sasaran dan Satuan belum berpasangan: isi keduanya.", "goal and unit do not go together: give both."),
        Kind("H03", _H, "belum ada tanggal: isi Tenggat.", "there is no date: give Tenggat."),
        Kind("H04", _H, "berbunyi seperti proses, bukan keluaran: sebut hasilnya, atau kriteria prosesnya.",
             "this reads as a process, not an output: name its result, or criteria for the process."),
        Kind("H05", _H, "tampaknya memuat dua target: pertimbangkan satu baris untuk tiap target.", "this seems to hold two targets: consider a row for each."),
        Kind("H06", _H, "pelaksananya koalisi dan tidak satu anggota pun disebut: sebut siapa yang mengerjakan.",
             "it is carried by a coalition and names none of its members: say who does it."),
        # completeness
        Kind("R01", _W, "belum dilaporkan: Capaian dan Nilai kosong, jadi barisnya tidak ikut dihitung. Isi barisnya, atau tulis - pada Target dan Nilai bila tidak ada target.",
             "not reported: Capaian and Nilai are blank, so the row does not count. Fill the row, or write - in Target and Nilai if there is no target."),
        Kind("R02", _W, "belum dinilai: Capaian terisi tetapi Nilai kosong, jadi tidak ikut dihitung. Isi Nilai dengan 0 sampai 100, atau N/A.",
             "not assessed: Capaian is filled but Nilai is blank, so the row does not count. Fill Nilai with 0 to 100, or N/A."),
        # a new edition
        Kind("N01", _E, "sudah ada dan tidak ditimpa. Pakai nama edisi lain, atau pindahkan dahulu yang lama.",
             "already exists and is not overwritten. Choose another name, or move the old one away first."),
        Kind("N02", _E, "nama edisi '{value}' tidak sah. Pakai huruf, angka, titik, garis bawah, atau tanda hubung, misalnya {example}.",
             "edition name '{value}' is not valid. Use letters, digits, dots, underscores or hyphens, such as {example}."),
        Kind("N03", _E, "{what} periode baru tidak dapat diturunkan dari '{value}'. Berikan dengan {option}.",
             "{what} of the new period cannot be derived from '{value}'. Give it with {option}."),
        Kind("N04", _E, "periode baru tidak sah: {why}. Perbaiki {option}.", "the new period is not valid: {why}. Correct {option}."),
        Kind("N05", _E, "susunan kunci '{value}' tidak dikenali, jadi params baru tidak dapat disiapkan. Tulis seperti contoh di params/ lain, lalu ulangi.",
             "the layout of key '{value}' is not recognised, so new params cannot be prepared. Write it as in other params and try again."),
        # workbooks brought up to their register
        Kind("U01", _E, "sedang dibuka (ada {lock} di sampingnya), jadi tidak diperbarui. Simpan dan tutup berkasnya; bila tidak ada yang membukanya, hapus {lock}.",
             "is open ({lock} stands beside it), so it is not updated. Save and close it; delete {lock} if nobody has it open."),
        Kind("U02", _E, "memuat yang tidak dapat dipertahankan bila barisnya ditambah: {parts}. Hapus dari buku kerja ini, atau tambahkan barisnya sendiri.",
             "holds what cannot be kept when rows are added: {parts}. Remove it from this workbook, or add the rows by hand."),
        # params
        Kind("P01", _E, "kunci '{value}' tidak dikenal.{hint} Kunci yang ada: {choices}.", "key '{value}' is unknown.{hint} Known keys: {choices}."),
        Kind("P02", _E, "kunci '{value}' belum diisi. Tambahkan: {about}", "key '{value}' is missing. Add it: {about}"),
        Kind("P03", _E, "isi '{value}' tidak sah: {why}", "the value of '{value}' is not valid: {why}"),
        Kind("P04", _E, "berkas ini tidak dapat dibaca: {why}.", "the file cannot be read: {why}."),
        Kind("P05", _E, "edisi '{value}' tidak ada.{hint} Edisi yang ada: {choices}.", "edition '{value}' does not exist.{hint} Editions: {choices}."),
        Kind("P06", _E, "kunci '{value}' ditulis dua kali. Sisakan satu.", "key '{value}' is given twice. Keep one."),
        Kind("P07", _E, "edisi di dalam berkas adalah '{value}', sedangkan nama berkasnya {expected}. Samakan keduanya.",
             "the edition in the file is '{value}' but the file is called {expected}. Make them equal."),
        Kind("P08", _E, "tag YAML '{value}' tidak diterima. Hapus tag itu dan tulis isinya saja.",
             "the YAML tag '{value}' is not accepted. Delete it and write the plain value."),
        Kind("P09", _E, "'{value}' dibaca YAML sebagai rujukan, yang tidak diterima. Tulis isinya di tempat ini; bila itu bagian teks, apit teksnya dengan tanda kutip.",
             "YAML reads '{value}' as an anchor or alias, which is not accepted. Write out what it stands for; put quotation marks around text."),
        Kind("P10", _E, "berkas berukuran {size} KB, terlalu besar untuk params (batas {limit} KB). Periksa isinya.",
             "the file has {size} KB, too large for params (limit {limit} KB). Look at what it holds."),
        Kind("P11", _E, "angka '{value}' dibaca lain dari tampaknya (021 menjadi 17, 1:30 menjadi 90). Tulis angka biasa seperti 21 atau 0.7; bila teks, beri tanda kutip: '{value}'.",
             "the number '{value}' is read as another one than it looks (021 as 17, 1:30 as 90). Write a plain number such as 21 or 0.7; put quotation marks around text: '{value}'."),
        # corrections of workbooks
        Kind("E01", _E, "koreksi menunjuk {cell}, tetapi {why}. Perbaiki 'sel'; tulis seperti inputs/2021-S2/capaian-kl.xlsx!Capaian!H14.",
             "the correction names {cell}, but {why}. Mend 'sel'; write it as inputs/2021-S2/capaian-kl.xlsx!Capaian!H14."),
        Kind("E02", _E, "sel {cell} kini berisi '{held}', bukan '{written}' seperti tertulis dalam koreksi ini. Periksa buku kerjanya, lalu perbarui atau hapus koreksi ini.",
             "cell {cell} now holds '{held}', not '{written}' as this correction says. Look at the workbook, then renew or delete the correction."),
        Kind("E03", _E, "sel {cell} sudah dikoreksi pada baris {first}. Sisakan satu koreksi untuk tiap sel.",
             "cell {cell} is corrected in line {first} already. Keep one correction for each cell."),
        Kind("E04", _E, "koreksi sel {cell} tidak perlu: 'tertulis' dan 'benar' sama, yaitu '{value}'. Hapus koreksi ini.",
             "the correction of cell {cell} is needless: 'tertulis' and 'benar' are both '{value}'. Delete it."),
        # maps of headings
        Kind("J01", _E, "judul '{heading}' tidak ada pada baris {row} lembar '{lembar}' dalam {workbook}.{hint} Perbaiki peta ini, atau 'baris_judul' dan 'lembar'.",
             "heading '{heading}' is not in row {row} of sheet '{lembar}' in {workbook}.{hint} Correct the map, or its 'baris_judul' and 'lembar'."),
        Kind("J02", _E, "kolom wajib '{column}' tidak dipetakan, dan {workbook} tidak punya judul itu. Tambahkan judul yang memuatnya di bawah 'kolom'.",
             "required column '{column}' is not mapped, and {workbook} has no such heading. Add the heading that holds it below 'kolom'."),
        Kind("J03", _E, "judul '{heading}' dan '{first}' sama-sama dipetakan ke kolom '{column}'. Sisakan satu, dan taruh yang lain di bawah 'abaikan'.",
             "headings '{heading}' and '{first}' are both mapped to column '{column}'. Keep one, and put the other below 'abaikan'."),
        Kind("J04", _E, "kolom '{column}' tidak dikenal.{hint} Kolom yang ada: {choices}.", "column '{column}' is unknown.{hint} Columns: {choices}."),
        Kind("J05", _E, "peta judul '{value}' tidak ada.{hint} Peta yang ada di params/pemetaan/: {choices}.",
             "there is no map of headings '{value}'.{hint} Maps in params/pemetaan/: {choices}."),
        # texts of one's own
        Kind("W01", _E, "naskah tidak dapat dipakai: {why}. Letakkan berkasnya di folder naskah/ sebagai teks UTF-8, atau hapus dari 'bagian' dalam params.",
             "the text cannot be used: {why}. Put the file into the folder naskah/ as UTF-8 text, or take it out of 'bagian' in the params."),
        Kind("W02", _E, "naskah memuat {what}, yang tidak diterima. Hapus, atau tulis sebagai kalimat, daftar, atau tabel biasa.",
             "the text holds {what}, which is not accepted. Delete it, or write plain sentences, lists or tables."),
        Kind("W03", _E, "angka '{value}' tidak ada dalam register.{hint} Daftar angka: ./monev explain EDISI.",
             "there is no figure '{value}'.{hint} All figures: ./monev explain EDITION."),
        Kind("W04", _E, "rujukan '{value}' tidak menuju ke mana pun dalam laporan ini.{hint} Perbaiki namanya, atau cantumkan bagian yang memuatnya.",
             "the reference '{value}' leads nowhere in this report.{hint} Correct the name, or include the part that holds it."),
        Kind("W05", _E, "judul '{value}' bertingkat {level}, seharusnya {least}. Naskah dibuka dengan satu judul bertanda #, dan tingkatnya tidak melompat.",
             "heading '{value}' has level {level}, and should have {least}. A text opens with one heading marked #, and levels do not leap."),
        Kind("W06", _E, "gambar '{value}' tidak dapat dipakai: {why}.", "the picture '{value}' cannot be used: {why}."),
        Kind("W07", _W, "bilangan diketik sendiri pada baris {lines}{more}; laporan tidak memeriksanya. Untuk angka yang ada dalam register, tulis pengenalnya dalam rentang .angka seperti dalam panduan.",
             "numerals are typed on line {lines}{more}; the report does not check them. For figures of the register write their id in a span .angka, as the guide shows."),
        # instruments
        Kind("I01", _E, "responden '{value}' tidak dikenal.{hint} Pilihan: {choices}.", "respondent '{value}' is unknown.{hint} Choices: {choices}."),
        Kind("I02", _E, "skala {kind} ini punya {count} tingkat bernilai. Beri sekurang-kurangnya dua; skala ya-tidak tepat dua.",
             "this {kind} scale has {count} levels with a value. Give two at least; one of yes and no has exactly two."),
        Kind("I03", _E, "tingkat '{value}' bernilai {number}, sehingga urutannya tidak naik atau turun terus sesudah '{before}'. Urutkan tingkatnya, tiap nilai satu kali.",
             "level '{value}' has the value {number}, so that values do not keep rising or falling after '{before}'. Put the levels in order, each value once."),
        Kind("I04", _E, "ada celah dalam skala: '{value}' bernilai {number}, padahal sesudah '{before}' seharusnya {wanted}. Samakan jarak semua tingkat, atau tambahkan tingkat yang kurang.",
             "the scale has a gap: '{value}' is {number}, but {wanted} should follow '{before}'. Make all steps equal, or add the level that is missing."),
        Kind("I05", _E, "agregasi bagian memerlukan 'ambang' berupa tingkat yang bernilai, bukan '{value}'.{hint} Pilihan: {choices}.",
             "aggregation 'bagian' needs an 'ambang' that is a level with a value, not '{value}'.{hint} Choices: {choices}."),
        Kind("I06", _E, "'{key}' hanya berarti bila agregasi: {rule}. Hapus '{key}', atau ganti agregasinya.",
             "'{key}' means something with agregasi: {rule} only. Delete '{key}' or change agregasi."),
        Kind("I07", _E, "'{value}' sama dengan nama atau kode di baris {first}, atau hanya berbeda tanda dan huruf besar. Beri nama lain.",
             "'{value}' is the name or code of line {first}, or differs in signs and capitals only. Give another one."),
        Kind("I08", _E, "pertanyaan '{value}' sudah diajukan di baris {first}. Hapus salah satu, atau bedakan bunyinya.",
             "question '{value}' is asked in line {first} already. Delete one of them or word them differently."),
        Kind("I09", _E, "'subjek' hanya untuk instrumen tentang program; ini tentang {about}. Hapus 'subjek', atau ganti 'tentang'.",
             "'subjek' is for instruments about the programme only; this one is about {about}. Delete 'subjek' or change 'tentang'."),
        Kind("I10", _E, "bobot {what} berjumlah {total}. Ubah sehingga jumlahnya 1 (atau 100).",
             "the weights of {what} add up to {total}. Change them so that they add up to 1 (or 100)."),
        Kind("I11", _E, "agregasi rata-rata berbobot memerlukan 'bobot' pada setiap {what}. Tambahkan, atau hapus semuanya di situ.",
             "a weighted mean needs 'bobot' in every {what}. Add it, or delete all of them there."),
        Kind("I12", _E, "kolom pertanyaan '{value}' tidak dapat dipakai: {why}.", "the column of question '{value}' cannot be used: {why}."),
        Kind("I13", _E, "kode di dalam berkas adalah '{value}', sedangkan nama berkasnya {expected}. Samakan keduanya.",
             "the code in the file is '{value}' but the file is called {expected}. Make them equal."),
        Kind("I14", _E, "'pengenal' hanya untuk instrumen yang disertakan, dengan isi yang sama; di sini '{value}'. Hapus baris ini, atau kembalikan isinya.",
             "'pengenal' is for the instruments of the package, as they have it; here it is '{value}'. Delete the line or restore it."),
        Kind("I15", _E, "instrumen '{value}' tidak ada.{hint} Instrumen yang ada: {choices}.", "there is no instrument '{value}'.{hint} Instruments: {choices}."),
        Kind("I16", _E, "kolom '{value}' juga dipakai instrumen {other}. Beri judul kolom lain.",
             "column '{value}' is used by instrument {other} as well. Give the column another heading."),
        Kind("I17", _E, "instrumen {instrument} memerlukan {count} baris untuk {who}: {questions} pertanyaan tentang {subjects} hal; batasnya {limit}. Kurangi pertanyaan, atau naikkan batas.baris di params.",
             "instrument {instrument} takes {count} rows for {who}: {questions} questions about {subjects} things; the limit is {limit}. Ask less, or raise batas.baris in params."),
        Kind("I20", _W, "{who} belum menjawab instrumen {instrument}: buku kerjanya belum ada. Jalankan ./monev update {edition}, lalu isi.",
             "{who} has not answered instrument {instrument}: the workbook is not there. Run ./monev update {edition}, then fill it."),
        Kind("I21", _E, "pertanyaan '{value}' tidak ada dalam instrumen {instrument}.{hint} Pakai kode yang ada, atau hapus barisnya.",
             "question '{value}' is not in instrument {instrument}.{hint} Use one of its codes or delete the row."),
        Kind("I22", _E, "tidak ada target dengan kunci {value} dalam Capaian. Perbaiki kuncinya, atau hapus baris ini.",
             "there is no target with the key {value} in Capaian. Correct the key or delete the row."),
        Kind("I23", _E, "subjek '{value}' tidak ada dalam instrumen ini.{hint} Pakai kode yang ada.", "subject '{value}' is not in this instrument.{hint} Use one of its codes."),
        Kind("I24", _W, "belum ada jawaban untuk instrumen {instrument}. Isi kolom Jawaban; tanpa itu responden ini tidak ikut dihitung.",
             "there is no answer to instrument {instrument}. Fill column Jawaban; without it this respondent does not count."),
        Kind("I25", _W, "{count} dari {all} pertanyaan belum dijawab (baris {rows}), jadi tidak ikut dihitung. Isi kolom Jawaban.",
             "{count} of {all} questions are not answered (rows {rows}), so they do not count. Fill column Jawaban."),
        # the published edition
        # the look
        Kind("L01", _E, "'{key}' berisi '{value}', yang bukan warna.{hint} Tulis seperti \"#14375e\" (dengan tanda kutip), nama warna CSS, atau nama dalam color.palette.",
             "'{key}' holds '{value}', which is no colour.{hint} Write one such as \"#14375e\" (in quotation marks), a CSS colour name, or a name in color.palette."),
        Kind("L02", _E, "warna {names} saling merujuk. Tulis salah satunya seperti \"#14375e\".",
             "the colours {names} refer to each other. Write one of them such as \"#14375e\"."),
        Kind("L03", _W, "{text} di atas {ground} sukar dibaca: kontrasnya {ratio} : 1, seharusnya sekurang-kurangnya {least} : 1. Pakai warna yang lebih tua atau lebih muda.",
             "{text} on {ground} is hard to read: its contrast is {ratio} : 1, and should be {least} : 1 at least. Use a darker or lighter colour."),
        Kind("L04", _W, "{one} dan {other} hampir sama dalam cetakan hitam-putih. Pakai warna yang lebih tua atau lebih muda.",
             "{one} and {other} are nearly the same in black and white. Use a darker or lighter colour."),
        Kind("L05", _E, "berkas '{value}' tidak dapat dipakai: {why}. Letakkan berkasnya di folder yang memuat _brand.yml, dan tulis jalurnya dari sana.",
             "the file '{value}' cannot be used: {why}. Put it into the folder that holds _brand.yml, and write its path from there."),
        Kind("L06", _E, "huruf '{value}' tidak disertakan; laporan tidak memakai huruf dari komputer atau internet. Sertakan berkasnya di typography.fonts dengan source: file, atau pakai {choices}.",
             "the font '{value}' is not provided; reports take no fonts from the machine or the internet. Give its files in typography.fonts with source: file, or use {choices}."),
        Kind("L07", _E, "berkas '{value}' berisi huruf '{held}', bukan '{family}'. Samakan nama 'family' dengan isi berkasnya.",
             "the file '{value}' holds the font '{held}', not '{family}'. Give 'family' the name that the file has."),
        Kind("T01", _W, "angka terbit '{value}' ({published}) berbeda dari data ({computed}) dan belum dijelaskan. Tulis 'menurut_data' dan 'penjelasan'.",
             "published '{value}' ({published}) differs from the data ({computed}) and is not explained. Give menurut_data and penjelasan."),
        Kind("T02", _W, "penjelasan '{value}' ditulis untuk hasil hitungan lain; sekarang data memberi {computed} (terbit {published}). Periksa dan perbarui 'menurut_data' dan 'penjelasan'.",
             "the explanation of '{value}' was written for another result; the data now give {computed} (published {published}). Check it and renew menurut_data and penjelasan."),
        Kind("T03", _W, "penjelasan '{value}' tidak perlu: angka terbit {published} sama dengan data. Hapus 'menurut_data' dan 'penjelasan'.",
             "the explanation of '{value}' is needless: published {published} equals the data. Delete menurut_data and penjelasan."),
        Kind("T04", _W, "pembanding '{value}' (terbit {published}) tidak ada lagi di buku kerja. Periksa 'pola', nomor komitmen, atau nama yang dirujuk.",
             "what '{value}' (published {published}) is compared with is no longer in the workbooks. Check pola, the commitment or the name."),
    )
)  # fmt: skip


@dataclass(frozen=True)
class Finding(OfKind[Weight]):
    """One finding: its kind's code, its place, and the details that fill the kind's text. An error stops a build."""

    kinds = KINDS

    code: str
    file: str
    sheet: str = ""
    cell: str = ""
    details: Mapping[str, object] = field(default_factory=dict)

    def place(self, language: Language = "id") -> str:
        """Return the place in words: file, sheet, cell."""
        words = {"id": ("lembar", "sel", "baris"), "en": ("sheet", "cell", "line")}[language]
        parts = [self.file]
        if self.sheet:
            parts.append(f"{words[0]} '{self.sheet}'")
        if self.cell:
            parts.append(f"{words[2] if self.cell.isdigit() else words[1]} {self.cell}")
        return ", ".join(parts)

    def record(self, language: Language = "id") -> dict[str, str]:
        """Return the finding as it is told to other programs."""
        return {
            "kode": self.code,
            "bobot": self.weight,
            "berkas": self.file,
            "lembar": self.sheet,
            "sel": self.cell,
            "temuan": self.text(language),
        }

    def line(self, language: Language = "id") -> str:
        """Return the whole finding on one line."""
        return f"{self.place(language)}: {self.text(language)} [{self.code}]"


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings that stop a build."""
    return tuple(finding for finding in findings if finding.weight == "error")


def nearest(word: str, known: Iterable[str]) -> Words:
    """Return ` Maksudnya 'x'?` for the known word nearest to `word`, else an empty text."""
    from difflib import get_close_matches  # only a mistake needs it: start-up does without

    by_fold = {name.casefold(): name for name in known}
    near = get_close_matches(word.casefold(), list(by_fold), n=1, cutoff=0.6)
    return tell("findings.nearest", word=by_fold[near[0]]) if near else ""
