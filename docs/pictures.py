"""Make the pictures of README.md and the site from a built report: `python docs/pictures.py outputs/2021-S2`.

The pages are found by what stands on them. Run it after a change of the layout, and look at the pictures.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps

FOLDER = Path(__file__).parent / "gambar"
PAGES = {  # picture: words that stand on its page, words that do not
    "sampul": (("Edisi",), ()),
    "sekilas": (("Sekilas", "Skor seluruh target"), ("Daftar Isi", "Daftar Tabel", "Ringkasan Eksekutif")),
    "ringkasan": (("Ringkasan Eksekutif", "Gambar 1"), ("Daftar Isi", "Daftar Tabel")),
    "lampiran": (("Komitmen 1 Lampiran", "Skor administratif"), ()),
}
WIDTH = 560  # pixels
EDGE = "#c3ccd6"


def main(output: Path) -> None:
    """Write one picture per entry of PAGES."""
    document = pypdfium2.PdfDocument(output / "laporan.pdf")
    texts = [page.get_textpage().get_text_range() for page in document]
    FOLDER.mkdir(exist_ok=True)
    for name, (wanted, unwanted) in PAGES.items():
        fits = (n for n, text in enumerate(texts) if _holds(text, wanted, unwanted))
        number = next(fits, None)
        if number is None:
            sys.exit(f"no page for {name}")
        page = document[number]
        made = page.render(scale=2 * WIDTH / page.get_width()).to_pil().convert("RGB")
        small = made.resize((WIDTH, round(made.height * WIDTH / made.width)), Image.Resampling.LANCZOS)
        framed = ImageOps.expand(small, border=1, fill=EDGE)
        framed.quantize(240, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)


def _holds(text: str, wanted: tuple[str, ...], unwanted: tuple[str, ...]) -> bool:
    return all(words in text for words in wanted) and not any(words in text for words in unwanted)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
