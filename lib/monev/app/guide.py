"""The guide, as pages of the page: `docs/` read by pandoc, links between its files kept."""

from __future__ import annotations

import functools
import re
import subprocess
import tempfile
from pathlib import Path

from monev.io.folders import REPOSITORY
from monev.io.own_environment import own_environment

DOCS = REPOSITORY / "docs"
FIRST = "mulai"
PAGES = (
    "mulai", "windows", "panduan-analis", "putaran-pelaporan", "panduan-terbit", "panduan-pembaca",
    "panduan-auditor", "temuan", "params", "instrumen", "data", "glossary",
)  # fmt: skip
PICTURES = re.compile(r"[a-z0-9-]+\.(?:png|svg)")
_LINK = re.compile(r'(href|src)="([^":#?/][^":#?]*)(#[^"]*)?"')


def title(name: str) -> str:
    """Return the heading of a page of the guide."""
    for line in (DOCS / f"{name}.md").read_text("utf-8").splitlines():
        if line.startswith("# "):
            return line.removeprefix("# ").strip()
    return name


@functools.cache
def page(name: str, base: str) -> str:
    """Return a page as HTML; links to other pages lead below `base`, those to anything else become plain text."""
    import pypandoc

    text = (DOCS / f"{name}.md").read_text("utf-8")
    with tempfile.TemporaryDirectory() as empty:
        command = [
            pypandoc.get_pandoc_path(), "--sandbox", f"--data-dir={empty}", "--from=gfm-raw_html", "--to=html5",
            "--wrap=none", "--no-highlight",
        ]  # fmt: skip
        done = subprocess.run(command, input=text.encode(), capture_output=True, env=own_environment(), check=True)
    html = _LINK.sub(lambda found: _led(found, base), done.stdout.decode("utf-8"))
    html = re.sub(r' style="[^"]*"', "", html)
    return re.sub(r"<table>", '<div class="lebar" tabindex="0"><table>', html).replace("</table>", "</table></div>")


def _led(found: re.Match[str], base: str) -> str:
    kind, target, anchor = found[1], found[2], found[3] or ""
    name = Path(target).name
    if kind == "src":
        return f'src="{base}/bantuan/gambar/{name}"'
    if target == f"{name.removesuffix('.md')}.md" and name.removesuffix(".md") in PAGES:
        return f'href="{base}/bantuan/{name.removesuffix(".md")}{anchor}"'
    return f'href="{base}/bantuan"'
