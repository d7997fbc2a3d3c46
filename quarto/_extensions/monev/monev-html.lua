-- How the vocabulary is written in HTML: plain elements with classes and data-*; looks stand in monev.css.

local M = {}

local function raw(text) return pandoc.RawBlock("html", text) end

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function attribute(text) return (text:gsub("[&<>\"']", ESCAPES)) end

local function span(content, classes, attributes) return pandoc.Span(content, pandoc.Attr("", classes, attributes or {})) end

function M.metadata(_) end

-- Inline -----------------------------------------------------------------------------------------------------------

function M.angka(content, key) return span(content, { "angka" }, { ["data-key"] = key }) end

--- `data-sumber`, not `data-src`: pandoc would try to embed what a `data-src` names.
function M.cell(content, src)
  if not src or src == "" then return content end
  return span(content, { "sel" }, { ["data-sumber"] = src })
end

function M.label(tone, content) return span(content, { "label", "nada-" .. tone }) end

function M.image(image, alt)
  image.caption = pandoc.Inlines({ pandoc.Str(alt) })
  image.attributes["fig-alt"] = nil
  image.title = ""
  return image
end

function M.reference(id, name, number)
  return pandoc.Link(name .. "\u{a0}" .. number, "#" .. id, "", pandoc.Attr("", { "rujuk" }))
end

-- Tables and figures -----------------------------------------------------------------------------------------------

--- The browser shares out the columns; the widths of a pipe table depend on how it happens to be written.
function M.table(tbl)
  for index, spec in ipairs(tbl.colspecs) do tbl.colspecs[index] = { spec[1], nil } end
  return tbl
end

local function caption_block(name, number, caption)
  local content = pandoc.Inlines({ span({ pandoc.Str(name .. "\u{a0}" .. number) }, { "nomor" }), pandoc.Space() })
  content:extend(caption)
  return pandoc.Blocks({ raw("<figcaption>"), pandoc.Plain(content), raw("</figcaption>") })
end

function M.float(div, kind, name, number, content, caption)
  local recap = div.classes:includes("rekap") and " rekap" or ""
  local result = pandoc.Blocks({
    raw('<figure id="' .. attribute(div.identifier) .. '" class="float float-' .. kind .. recap .. '">'),
  })
  local caption_blocks = caption_block(name, number, caption)
  if kind == "tbl" then result:extend(caption_blocks) end
  if kind == "tbl" then result:insert(raw('<div class="gulir" tabindex="0" role="group" aria-label="' .. name .. " " .. number .. '">')) end
  result:extend(content)
  if kind == "tbl" then result:insert(raw("</div>")) end
  if kind == "fig" then result:extend(caption_blocks) end
  result:insert(raw("</figure>"))
  return result
end

-- Blocks -----------------------------------------------------------------------------------------------------------

function M.strip(items)
  local result = pandoc.Blocks({ raw('<dl class="strip">') })
  for _, item in ipairs(items) do
    result:extend({
      raw("<div><dt>"), pandoc.Plain(item.name), raw("</dt><dd>"), pandoc.Plain(item.value), raw("</dd></div>"),
    })
  end
  result:insert(raw("</dl>"))
  return result
end

--- One cell: `name` is what the cell holds; the style sheet shows it where the column alone does not tell.
local function cell(tag, attributes, name, content)
  local named = #content > 0 and ' data-nama="' .. name .. '"' or ""
  local result = pandoc.Blocks({ raw("<" .. tag .. " " .. attributes .. named .. ">") })
  result:extend(content)
  result:insert(raw("</" .. tag .. ">"))
  return result
end

local function target(row, result)
  local empty = #row["t-kokreasi"] == 0 and #row["t-status"] == 0
  local span_rows = empty and "" or ' rowspan="2"'
  result:insert(raw('<tbody class="target" role="rowgroup" data-key="' .. attribute(row.key) .. '"><tr role="row">'))
  result:extend(cell("th", 'class="t-target" scope="rowgroup" role="rowheader"' .. span_rows, "Target", row["t-target"]))
  result:extend(cell("td", 'class="t-capaian" role="cell"', "Capaian", row["t-capaian"]))
  result:extend(cell("td", 'class="t-nilai" role="cell"', "Nilai", row["t-nilai"]))
  result:insert(raw("</tr>"))
  if not empty then
    result:insert(raw('<tr role="row">'))
    result:extend(cell("td", 'class="t-kokreasi" role="cell"', "Ko-Kreasi", row["t-kokreasi"]))
    result:extend(cell("td", 'class="t-status" role="cell"', "Status", row["t-status"]))
    result:insert(raw("</tr>"))
  end
  result:insert(raw("</tbody>"))
end

function M.targets(rows, heading)
  local caption = heading ~= "" and "Target " .. attribute(heading) or "Target"
  local result = pandoc.Blocks({
    raw('<table class="daftar-target" role="table"><caption>' .. caption .. "</caption>"),
    raw('<thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">Target</th>'
      .. '<th scope="col" role="columnheader">Capaian dan Ko-Kreasi</th>'
      .. '<th scope="col" role="columnheader">Nilai dan Status</th></tr></thead>'),
  })
  for _, row in ipairs(rows) do target(row, result) end
  result:insert(raw("</table>"))
  return result
end

function M.box(_, _) return nil end

function M.plain_div(_) return nil end

return M
