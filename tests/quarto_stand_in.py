"""What stands in for Quarto where none is installed: a program that does to a report what Quarto 1.9 and 1.10 do.

Written for the tests, after what real versions were seen to do: filters are loaded by a main filter under whose name
required modules run; a filter that fails is passed over with a warning, and `error` only writes a line; tables and
figures are numbered, captioned and referred to anew unless a filter has done so before (`at: pre-ast`); a picture's
caption is printed and its `fig-alt` alone is its alternative text; without `tbl-colwidths: true` a table's cells lose
their attributes; headings are named by pandoc unless `from` says otherwise; 1.9 takes one PDF standard, and writes
hyphens as they are. An error comes last, after the metadata.

    quarto_stand_in.py VERSION --version | render ... | typst compile ...
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

VERSIONS = ("1.9.38", "1.10.18")

MAIN = r"""
local options = pandoc.json.decode(os.getenv("STAND_IN"), false)
quarto = {}
function error(message) io.stderr:write("ERROR ([C]:-1) " .. tostring(message) .. "\n") end
local stringify = pandoc.utils.stringify
local NAMES = { tbl = "Tabel", fig = "Gambar" }

-- A filter sees its own file as PANDOC_SCRIPT_FILE; what it requires sees this one.
local function load_filter(path)
  local chunk = assert(loadfile(path, "bt", setmetatable({ PANDOC_SCRIPT_FILE = path }, { __index = _G })))
  return chunk()
end

local function apply(doc, at)
  for _, filter in ipairs(options.filters) do
    if (filter.at or "pre-quarto") == at then
      local done, result = pcall(function()
        for _, step in ipairs(load_filter(filter.path)) do doc = step.Pandoc and step.Pandoc(doc) or doc:walk(step) end
        return doc
      end)
      if done then doc = result else io.stderr:write("WARNING (main.lua) " .. tostring(result):sub(1, 40) .. "\n") end
    end
  end
  return doc
end

local function pictures(doc)
  return doc:walk({
    Image = function(image)
      local caption = image.caption
      image.caption = pandoc.Inlines({ pandoc.Str(image.attributes["fig-alt"] or "") })
      return #caption > 0 and { image, pandoc.Space(), pandoc.Emph(caption) } or image
    end,
  })
end

local function floats(doc, known)
  local counts = { tbl = 0, fig = 0 }
  return doc:walk({
    traverse = "topdown",
    Div = function(div)
      local kind = div.identifier:match("^(%a+)%-")
      if not NAMES[kind] then return nil end
      counts[kind] = counts[kind] + 1
      known[div.identifier] = NAMES[kind] .. "\u{a0}" .. counts[kind]
      local caption = #div.content > 1 and div.content:remove().content or {}
      table.insert(caption, 1, pandoc.Str(known[div.identifier] .. ": "))
      div.content:insert(1, pandoc.Para(caption))
      div.classes = { "quarto-float" }
      return div
    end,
  })
end

local function references(doc, known)
  return doc:walk({
    Header = function(header) known[header.identifier] = stringify(header) end,
    Cite = function(cite)
      local id = cite.citations[1].id
      if not id:match("^tbl%-") and not id:match("^fig%-") and not id:match("^sec%-") then return nil end
      if known[id] then return pandoc.Link(known[id], "#" .. id) end
      io.stderr:write("WARNING (main.lua) Unable to resolve crossref @" .. id .. "\n")
      return pandoc.Strong("?@" .. id)
    end,
  })
end

local function tables(doc)
  if options.colwidths == true or not FORMAT:match("html") then return doc end
  return doc:walk({
    Table = function(tbl)
      for _, row in ipairs(tbl.head.rows) do
        for _, cell in ipairs(row.cells) do cell.attr = pandoc.Attr() end
      end
      return tbl
    end,
  })
end

-- The writer of pandoc 3.8 escapes no hyphens.
local function hyphens(doc)
  if not options.old or not FORMAT:match("typst") then return doc end
  return doc:walk({
    Str = function(str)
      if not str.text:find("-", 1, true) then return nil end
      local parts = pandoc.Inlines({})
      for text, hyphen in str.text:gmatch("([^-]*)(-?)") do
        if text ~= "" then parts:insert(pandoc.Str(text)) end
        if hyphen ~= "" then parts:insert(pandoc.RawInline("typst", "-")) end
      end
      return parts
    end,
  })
end

function Pandoc(doc)
  local known = {}
  doc = floats(apply(doc, "pre-ast"), known)
  return hyphens(tables(pictures(references(apply(doc, "pre-quarto"), known))))
end
"""
TEMPLATE = "$typst-template.typ()$\n\n$typst-show.typ()$\n\n$body$\n"


def program(folder: Path, version: str) -> Path:
    """Write a program called `quarto` into a folder; it notes in `panggilan.txt` how it is called."""
    file = folder / "quarto"
    lines = (
        "#!/bin/sh",
        f'echo "$*" >> "{folder}/panggilan.txt"',
        f'exec "{sys.executable}" "{__file__}" {version} "$@"',
    )
    file.write_text("\n".join([*lines, ""]), "utf-8")
    file.chmod(0o755)
    return file


def main(version: str, *arguments: str) -> int:
    """Do what Quarto does with these arguments; return its exit code."""
    if arguments == ("--version",):
        print(version)
        return 0
    if arguments[0] == "typst":
        options = dict(zip(arguments[2:-2:2], arguments[3:-2:2], strict=True))
        return _compile(version, *arguments[-2:], options.get("--pdf-standard", "").split(","))
    to, output = (arguments[arguments.index(name) + 1] for name in ("--to", "--output"))
    return _render(version, arguments[1], to.removeprefix("monev-"), output, "--fail-if-warnings" in arguments)


def _render(version: str, source: str, kind: str, output: str, strict: bool) -> int:
    import pypandoc
    import yaml

    extension = Path("_extensions/monev").absolute()
    formats = yaml.safe_load((extension / "_extension.yml").read_text("utf-8"))["contributes"]["formats"]
    own = {**formats["common"], **formats[kind], **yaml.safe_load(Path("_angka.yml").read_text("utf-8"))}
    print(f"pandoc\n  to: {kind}\n  output: {output}\n\nmetadata\n  title: ...\n", file=sys.stderr)
    filters = [{**f, "path": str(extension / f["path"])} for f in own.pop("filters")]
    told = {"filters": filters, "colwidths": own.pop("tbl-colwidths", "auto"), "old": version.startswith("1.9")}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.lua").write_text(MAIN, "utf-8")
        (folder / "meta.yml").write_text(json.dumps(own), "utf-8")
        text = re.sub(r"\A---\n.*?\n---\n", "", _whole(source), flags=re.DOTALL)
        if kind == "typst":
            (folder / "template.typ").write_text(TEMPLATE, "utf-8")
            for partial in own["template-partials"]:
                shutil.copy(extension / partial, folder)
            shape = [f"--template={folder}/template.typ"]
        else:
            shape = [f"--template={extension}/template.html", "--section-divs", "--toc", "--toc-depth=2"]
        made = "laporan.typ" if kind == "typst" else output
        command = [pypandoc.get_pandoc_path(), f"--from={own.pop('from', 'markdown')}", f"--to={kind}", "--standalone"]
        command += ["--wrap=none", f"--lua-filter={folder}/main.lua", f"--metadata-file={folder}/meta.yml", *shape]
        command += ["--fail-if-warnings"] * strict
        around = {**os.environ, "STAND_IN": json.dumps(told)}
        code = subprocess.run([*command, f"--output={made}"], input=text, text=True, env=around, check=False).returncode
    return code or (_compile(version, made, output, own.get("pdf-standard", [])) if kind == "typst" else 0)


def _whole(source: str) -> str:
    text = Path(source).read_text("utf-8")
    return re.sub(r"^\{\{< include (\S+) >\}\}$", lambda found: _whole(found[1]), text, flags=re.MULTILINE)


def _compile(version: str, source: str, output: str, standards: list[str]) -> int:
    import typst

    asked: Any = [name for name in standards if name]
    if version.startswith("1.9") and len(asked) > 1:
        print("ERROR: invalid value for '--pdf-standard': one standard at a time", file=sys.stderr)
        return 1
    try:
        moment = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
        typst.compile(
            source, output=output, root=".", font_paths=["fonts"], ignore_system_fonts=True, pdf_standards=asked,
            timestamp=moment,
        )  # fmt: skip
    except typst.TypstError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
