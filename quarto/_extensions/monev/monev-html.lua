-- How the vocabulary is written in HTML: plain elements with classes and data-*; looks stand in monev.css.

local M = {}

local stringify = pandoc.utils.stringify

local function raw(text) return pandoc.RawBlock("html", text) end

local ESCAPES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;", ["'"] = "&#39;" }

local function attribute(text) return (text:gsub("[&<>\"']", ESCAPES)) end

local function span(content, classes, attributes) return pandoc.Span(content, pandoc.Attr("", classes, attributes or {})) end

-- What goes into the page as it is -----------------------------------------------------------------------------------

local HERE = pandoc.path.directory(debug.getinfo(1, "S").source:sub(2))
-- For the reader of the page, made by lib/monev/render/reader_data.py; without them the page has no search and no explanations.
local TARGETS, ORIGINS = "pembaca/target.json", "pembaca/angka.html"

--- Content of a file; nil when there is none.
local function content_of(path)
  local file = io.open(path, "rb")
  if not file then return nil end
  local text = file:read("a")
  file:close()
  return text
end

--- Content of a file of this extension.
local function own(name)
  return content_of(pandoc.path.join({ HERE, name })) or assert(false, "monev: berkas tidak ada: " .. name)
end

local origins = content_of(ORIGINS)
local explained = {}
for key in (origins or ""):gmatch('id="angka%.([^"]+)"') do explained[key] = true end

--- The colours and fonts of `_brand.yml` as variables of the style sheet.
local function look(brand)
  local result = {}
  for name, value in pairs(brand) do
    if stringify(value):match("^%x%x%x%x%x%x$") then table.insert(result, "--" .. name .. ": #" .. stringify(value) .. ";") end
  end
  table.sort(result)
  for _, name in ipairs({ "teks", "judul" }) do
    table.insert(result, "--" .. name .. ': "' .. stringify(brand["huruf-" .. name]):gsub('[\\"<]', "") .. '", var(--' .. name .. "-lain);")
  end
  return ":root { " .. table.concat(result, " ") .. " }\n"
end

local KINDS = { svg = "image/svg+xml", png = "image/png", jpg = "image/jpeg", jpeg = "image/jpeg" }

local function logo(path, alt)
  local content = content_of(path)
  if not content then assert(false, "monev: gambar tidak ada: " .. path) end
  local address = pandoc.mediabag.make_data_uri(KINDS[path:match("%.(%w+)$")], content)
  return '<img class="logo" src="' .. address .. '" alt="' .. attribute(alt) .. '">'
end

--- Style, script and data stand in the page itself, in both engines: nothing is left to be embedded.
function M.metadata(meta)
  local function put(name, text)
    if text then meta[name] = pandoc.MetaInlines({ pandoc.RawInline("html", text) }) end
  end
  put("html-gaya", look(meta.merek) .. own("monev.css"))
  put("html-logo", meta.merek.logo and logo(stringify(meta.merek.logo), stringify(meta.merek["logo-alt"])))
  put("html-skrip", own("monev.js"))
  put("html-target", content_of(TARGETS))
  put("html-asal", origins)
end

-- Inline -----------------------------------------------------------------------------------------------------------

--- A figure links to its explanation, where the page has one.
--- A file that is published beside the page.
function M.file(content, path) return pandoc.Link(content, path) end

function M.angka(content, key)
  if not explained[key] then return span(content, { "angka" }, { ["data-key"] = key }) end
  return pandoc.Link(content, "#angka." .. key, "", pandoc.Attr("", { "angka" }, { ["data-key"] = key }))
end

--- `data-sumber`, not `data-src`: pandoc would try to embed what a `data-src` names.
function M.cell(content, src)
  if not src or src == "" then return content end
  return span(content, { "sel" }, { ["data-sumber"] = src })
end

function M.label(tone, content) return span(content, { "label", "nada-" .. tone }) end

-- What an address may not hold as it is, and the marks that would end an attribute.
local URI_ESCAPED = '[<>"#%%{}|\\^`%[%] ]'
local function uri_escape(sign) return string.format("%%%02X", sign:byte()) end

--- An SVG as `data:` address: shorter than base64, and the page needs no other file. Coordinates of 1 and more keep two
--- decimals: a hundredth of a point cannot be seen, and is a third of the file. Small numbers are factors; they stay.
local function svg_address(svg)
  local text = svg:gsub("<!%-%-.-%-%->", ""):gsub("<metadata>.-</metadata>", ""):gsub("%s+", " ")
  text = text:gsub("(%d*[1-9]%d*%.%d%d)%d+", "%1"):gsub(URI_ESCAPED, uri_escape)
  return "data:image/svg+xml," .. text:gsub("&", "&amp;")
end

--- A given picture: a signature.
local function given(image, alt)
  local content = content_of(image.src)
  if not content then assert(false, "monev: gambar tidak ada: " .. image.src) end
  local address = pandoc.mediabag.make_data_uri(KINDS[image.src:match("%.(%w+)$")], content)
  local style = 'style="width:' .. attribute(image.attributes.width) .. ';max-width:100%"'
  return pandoc.RawInline("html", '<img src="' .. address .. '" alt="' .. attribute(alt) .. '" ' .. style .. ">")
end

local function picture(src)
  local kind = src:match("^gambar/[%w._-]+%.(%a+)$")
  local content = KINDS[kind] and content_of(src)
  if not content then assert(false, "monev: gambar tidak ada: " .. src) end
  return kind == "svg" and svg_address(content) or pandoc.mediabag.make_data_uri(KINDS[kind], content)
end

--- A chart that has a picture for narrow screens shows that there; a list of addresses holds no blanks.
function M.image(image, alt)
  if image.attributes.width then return given(image, alt) end
  local shown = '<img src="' .. picture(image.src) .. '" alt="' .. attribute(alt) .. '">'
  local narrow = image.attributes.sempit
  if narrow then
    local source = '<source media="screen and (max-width: 40rem)" srcset="' .. picture(narrow):gsub(" ", "%%20") .. '">'
    shown = "<picture>" .. source .. shown .. "</picture>"
  end
  return pandoc.RawInline("html", '<span class="gulir" tabindex="0" role="group" aria-label="Diagram">' .. shown .. "</span>")
end

function M.reference(id, name, number)
  return pandoc.Link(name .. "\u{a0}" .. number, "#" .. id, "", pandoc.Attr("", { "rujuk" }))
end

-- Tables and figures -----------------------------------------------------------------------------------------------

--- The browser shares out the columns; the widths of a pipe table depend on how it happens to be written.
function M.table(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do cell.attr.attributes.scope = "col" end
  end
  for index, spec in ipairs(tbl.colspecs) do tbl.colspecs[index] = { spec[1], nil } end
  return tbl
end

local function caption_block(name, number, caption)
  local content = pandoc.Inlines({ span({ pandoc.Str(name .. "\u{a0}" .. number .. ".") }, { "nomor" }), pandoc.Space() })
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

--- Link of a target to itself, to be copied.
local function permalink(row, heading)
  local title = row["t-target"][1] and pandoc.utils.stringify(row["t-target"][1]) or "target"
  local name = attribute("Tautan ke " .. title .. (heading ~= "" and ", " .. heading or ""))
  return raw('<a class="tautan" href="#' .. attribute(row.key) .. '" aria-label="' .. name .. '"></a>')
end

local function target(row, heading, result)
  if row.key ~= "" then row["t-target"]:insert(1, permalink(row, heading)) end
  local empty = #row["t-kokreasi"] == 0 and #row["t-status"] == 0
  local span_rows = empty and "" or ' rowspan="2"'
  result:insert(raw('<tbody class="target" id="' .. attribute(row.key) .. '" data-key="' .. attribute(row.key) .. '"><tr>'))
  result:extend(cell("th", 'class="t-target" scope="rowgroup"' .. span_rows, "Target", row["t-target"]))
  result:extend(cell("td", 'class="t-capaian"', "Capaian", row["t-capaian"]))
  result:extend(cell("td", 'class="t-nilai"', "Nilai", row["t-nilai"]))
  result:insert(raw("</tr>"))
  if not empty then
    result:insert(raw('<tr>'))
    result:extend(cell("td", 'class="t-kokreasi"', "Ko-Kreasi", row["t-kokreasi"]))
    result:extend(cell("td", 'class="t-status"', "Status", row["t-status"]))
    result:insert(raw("</tr>"))
  end
  result:insert(raw("</tbody>"))
end

function M.targets(rows, heading)
  local caption = heading ~= "" and "Target " .. attribute(heading) or "Target"
  local result = pandoc.Blocks({
    raw('<table class="daftar-target"><caption>' .. caption .. "</caption>"),
    raw('<thead><tr><th scope="col">Target</th>'
      .. '<th scope="col">Capaian dan Ko-Kreasi</th>'
      .. '<th scope="col">Nilai dan Status</th></tr></thead>'),
  })
  for _, row in ipairs(rows) do target(row, heading, result) end
  result:insert(raw("</table>"))
  return result
end

--- A piece of the report stands in a div of its own: a boundary between pieces would end up in a section of one of them.
function M.piece(boundary, number, content)
  return pandoc.Blocks({ pandoc.Div(content, pandoc.Attr(boundary .. "-" .. number)) })
end

function M.box(_, _) return nil end

function M.plain_div(_) return nil end

return M
