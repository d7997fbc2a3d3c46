"""An executed notebook as one HTML page, by nbconvert."""

from __future__ import annotations

import functools
import re
from collections import Counter
from typing import Any

_PAGE = """<!DOCTYPE html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1c232b; }}
pre, code {{ font-family: ui-monospace, monospace; font-size: .9em; }}
pre {{ background: #f5f7fa; padding: .6rem .8rem; overflow-x: auto; }}
table {{ border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }}
th, td {{ border: 1px solid #c3ccd6; padding: .3rem .5rem; text-align: left; vertical-align: top; }}
figure {{ margin: 1rem 0; }}
img {{ max-width: 100%; height: auto; }}
</style>
</head>
<body>
<main>
{body}
</main>
</body>
</html>
"""


@functools.cache
def _exporter() -> Any:
    """Return nbconvert's exporter with the filters that it otherwise sets for each notebook."""
    from nbconvert import HTMLExporter
    from nbconvert.filters import Highlight2HTML
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    exporter = HTMLExporter(template_name="basic", extra_template_basedirs=[])  # none of the folder it is called in
    exporter.register_filter("highlight_code", Highlight2HTML(pygments_lexer="python", parent=exporter))
    exporter.register_filter("filter_data_type", WidgetsDataTypeFilter({}, parent=exporter))
    return exporter


def page(notebook: bytes, title: str) -> bytes:
    """Return a normalised notebook as one HTML page that loads nothing from elsewhere."""
    import nbformat
    from nbconvert import TemplateExporter

    # HTMLExporter's own method parses the page once more to mark what its other template has, which takes most of its
    # time; here is nothing to mark.
    found = nbformat.reads(notebook.decode("utf-8"), as_version=4)
    body, _ = TemplateExporter.from_notebook_node(_exporter(), found)
    return _PAGE.format(title=title, body=_valid(body)).encode("utf-8")


_CELL_ID = re.compile(r'(<div id=")cell-id=')
_HEADING = re.compile(r'(<h[1-6] id=")([^"]+)(">.*?<a class="anchor-link" href="#)\2(")')
_FRAME = re.compile(r'<style scoped>.*?</style>\s*<table border="1" (class="dataframe">)(.*?</table>)', re.DOTALL)


def _valid(body: str) -> str:
    """Return what nbconvert and pandas wrote as HTML without errors: each name once, heads of tables that say of what.

    The look of tables stands in the page's own style; `<style scoped>` never came to be.
    """
    names: Counter[str] = Counter()

    def once(found: re.Match[str]) -> str:
        names[found[2]] += 1
        name = found[2] if names[found[2]] == 1 else f"{found[2]}-{names[found[2]]}"
        return f"{found[1]}{name}{found[3]}{name}{found[4]}"

    body = _HEADING.sub(once, _CELL_ID.sub(r"\1", body))
    return _FRAME.sub(lambda found: f"<table {found[1]}{_headed(found[2])}", body)


def _headed(frame: str) -> str:
    """Return a table of pandas with heads that say whether they are of a column or a row; none of them is blank."""
    columns, end, rows = frame.partition("</thead>")
    columns = columns.replace('<tr style="text-align: right;">', "<tr>").replace("<th></th>", "<td></td>")
    return columns.replace("<th>", '<th scope="col">') + end + rows.replace("<th>", '<th scope="row">')
