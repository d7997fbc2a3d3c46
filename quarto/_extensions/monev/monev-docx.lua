-- How the vocabulary is written for Word: styles by name (word.yml says how they look), captions with fields that Word
-- counts itself, tables with a heading row.

local M = {}

local stringify = pandoc.utils.stringify

-- Widths are counted in digits of a wide font: a line of a table, what the edges of a cell take, a word that may be
-- broken when it is longer; and letters that are wider or narrower, and those of headings.
local LINE, EDGES, LONGEST = 74, 2.2, 16
local WIDE, CAPITAL, NARROW, STRONG = 1.55, 1.15, 0.65, 1.1
local PAGE_WIDTH, PAGE_HEIGHT = 16, 21 -- centimetres that a picture may take

local function styled(style, content) return pandoc.Div(content, pandoc.Attr("", {}, { ["custom-style"] = style })) end

local function letters(style, content) return pandoc.Span(content, pandoc.Attr("", {}, { ["custom-style"] = style })) end

local function openxml(text) return pandoc.RawInline("openxml", text) end

--- A field of Word: what it computes, and what stands there until it does.
local function field_start(instruction)
  return openxml('<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> ' .. instruction
    .. ' </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>')
end

local function field_end() return openxml('<w:r><w:fldChar w:fldCharType="end"/></w:r>') end

-- Metadata ---------------------------------------------------------------------------------------------------------

--- Only what Word shows as properties of the file: anything else would become one of its custom properties.
function M.metadata(meta)
  local texts = meta.teks or {}
  meta.author = texts.sekretariat
  meta.description = texts.rencana
  meta.angka, meta.ada, meta["lampiran-berkas"], meta["author-meta"], meta.pagetitle = nil, nil, nil, nil, nil
end

-- Inline -----------------------------------------------------------------------------------------------------------

function M.angka(content) return content end
function M.cell(content) return content end

function M.label(tone, content)
  local inner = pandoc.Inlines({ pandoc.Str("\u{a0}") })
  inner:extend(content)
  inner:insert(pandoc.Str("\u{a0}"))
  return letters("Label " .. tone:sub(1, 1):upper() .. tone:sub(2), inner)
end

--- Width in centimetres of a picture that shall fit the page, by the proportions of the SVG that it was drawn from.
local function width_of(svg)
  local file = io.open(svg, "rb")
  local head = file and file:read(2000) or ""
  if file then file:close() end
  local width, height = head:match('<svg[^>]-%swidth="([%d.]+)'), head:match('<svg[^>]-%sheight="([%d.]+)')
  if not (width and height) then return PAGE_WIDTH end
  return math.min(PAGE_WIDTH, PAGE_HEIGHT * tonumber(width) / tonumber(height))
end

function M.image(image, alt)
  image.attributes.width = image.attributes.width or string.format("%.2fcm", width_of(image.src))
  image.attributes["fig-alt"], image.attributes.sempit = nil, nil
  image.src = image.src:gsub("%.svg$", ".png")
  image.caption = pandoc.Inlines({ pandoc.Str(alt) })
  image.title = ""
  return image
end

function M.reference(id, name, number) return pandoc.Link(name .. "\u{a0}" .. number, "#" .. id) end

-- Tables and figures -----------------------------------------------------------------------------------------------

--- Width of a word in a wide font, which stands for whichever the reader has, in widths of a digit.
local function width_of_word(word, strong)
  local width = 0
  for _, code in utf8.codes(word, true) do
    local letter = utf8.char(code)
    width = width + (letter:match("[mwMW%%@]") and WIDE or letter:match("[A-Z]") and CAPITAL or letter:match("[iljtfrI.,;:'|!()]") and NARROW or 1)
  end
  return width * (strong and STRONG or 1)
end

--- What the columns of a table hold: all their text, and the widest word (and whether it is a number).
local function measured(tbl)
  local columns = {}
  for index = 1, #tbl.colspecs do columns[index] = { held = 1, word = 1, number = false } end
  local function measure(row, strong)
    for index, cell in ipairs(row.cells) do
      local column, text = columns[index], stringify(cell.contents)
      if column then column.held = column.held + (utf8.len(text) or #text) end
      for word in text:gmatch("%S+") do
        local number = word:match("^[%d.,%%+%-–/]+$") ~= nil
        local width = math.min(width_of_word(word, strong), number and LINE or LONGEST)
        if column and width > column.word then column.word, column.number = width, number end
      end
    end
  end
  for _, row in ipairs(tbl.head.rows) do measure(row, true) end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do measure(row, false) end
  end
  return columns
end

--- Share out the line: to each column its widest word, and what is left by the square root of what the columns hold,
--- which keeps rows low. Where the words alone do not fit, numbers keep their room.
local function share(tbl)
  local columns = measured(tbl)
  local words, numbers, weight = 0, 0, 0
  for _, column in ipairs(columns) do
    column.word = column.word + EDGES
    words, weight = words + column.word, weight + math.sqrt(column.held)
    if column.number then numbers = numbers + column.word end
  end
  local widths, total = {}, 0
  for index, column in ipairs(columns) do
    local wished = math.max(column.word, LINE * math.sqrt(column.held) / weight)
    local beyond = math.max(wished - column.word, 0)
    widths[index] = { column.word, beyond }
    total = total + beyond
  end
  local squeezed = words > LINE and math.max(LINE - numbers, 0) / math.max(words - numbers, 1) or 1
  local room = math.max(LINE - words, 0)
  for index, column in ipairs(columns) do
    local word, beyond = table.unpack(widths[index])
    local more = total > 0 and room * beyond / total or room / #columns
    widths[index] = ((column.number and word or word * squeezed) + more) / LINE
  end
  return widths
end

--- Content of a cell in the letters of tables.
local function small(content)
  if #content == 0 then return content end
  return pandoc.Blocks({ styled("Isi Tabel", content:walk({ Plain = function(plain) return pandoc.Para(plain.content) end })) })
end

function M.table(tbl)
  local widths = share(tbl)
  for index, spec in ipairs(tbl.colspecs) do tbl.colspecs[index] = { spec[1], widths[index] } end
  local function shrink(row)
    for _, each in ipairs(row.cells) do each.contents = small(each.contents) end
  end
  for _, row in ipairs(tbl.head.rows) do shrink(row) end
  for _, body in ipairs(tbl.bodies) do
    for _, row in ipairs(body.body) do shrink(row) end
  end
  return tbl
end

--- `Tabel 1` counted by Word (a SEQ field) under a bookmark that references lead to.
local function numbered(id, name, number, caption)
  local count = pandoc.Inlines({ pandoc.Str(name .. "\u{a0}"), field_start("SEQ " .. name .. " \\* ARABIC") })
  count:extend({ pandoc.Str(tostring(number)), field_end() })
  local line = pandoc.Inlines({ pandoc.Span(count, pandoc.Attr(id)), pandoc.Str("."), pandoc.Space() })
  line:extend(caption)
  return pandoc.Para(line)
end

function M.float(div, kind, name, number, content, caption)
  local line = numbered(div.identifier, name, number, caption)
  local result = pandoc.Blocks({})
  if kind == "tbl" then result:insert(styled("Table Caption", { line })) end
  if kind == "fig" then result:insert(styled("Captioned Figure", content)) else result:extend(content) end
  if kind == "fig" then result:insert(styled("Image Caption", { line })) end
  return result
end

-- Blocks -----------------------------------------------------------------------------------------------------------

local function cell(content, rows)
  return pandoc.Cell(small(pandoc.Blocks(content)), "AlignDefault", rows or 1, 1, pandoc.Attr())
end

local function row_of(cells) return pandoc.Row(cells, pandoc.Attr()) end

local function grid(heads, rows, widths)
  local specs, named = {}, {}
  for index, head in ipairs(heads) do
    specs[index] = { "AlignLeft", widths[index] }
    named[index] = cell({ pandoc.Plain(head) })
  end
  local body = { attr = pandoc.Attr(), body = rows, head = {}, row_head_columns = 0 }
  return pandoc.Table(pandoc.Caption(), specs, pandoc.TableHead({ row_of(named) }), { body }, pandoc.TableFoot())
end

function M.strip(items)
  local heads, values, widths = {}, {}, {}
  for index, item in ipairs(items) do
    heads[index], values[index] = item.name, cell({ pandoc.Plain(item.value) })
    widths[index] = 1 / #items
  end
  return #items > 0 and grid(heads, { row_of(values) }, widths) or pandoc.Blocks({})
end

--- What a cell of the grid holds, under the name of the workbook's column.
local function under(name, content)
  if #content == 0 then return content end
  local result = pandoc.Blocks({ styled("Nama Isian", { pandoc.Para(name) }) })
  result:extend(content)
  return result
end

--- A mark that stays when the text around it is edited: comments are known by it (lib/monev/build/publication/remarks.py).
local function marked(blocks, key)
  local first = blocks[1]
  if first and (first.t == "Para" or first.t == "Plain") then
    first.content:insert(1, pandoc.Span({}, pandoc.Attr("t-" .. pandoc.utils.sha1(key):sub(1, 12))))
  end
  return blocks
end

function M.targets(rows)
  local body = pandoc.List({})
  for _, row in ipairs(rows) do
    local more = #row["t-kokreasi"] > 0 or #row["t-status"] > 0
    local achievement = under("Capaian", row["t-capaian"])
    body:insert(row_of({ cell(marked(row["t-target"], row.key), more and 2 or 1), cell(achievement), cell(row["t-nilai"]) }))
    if more then body:insert(row_of({ cell(under("Ko-Kreasi", row["t-kokreasi"])), cell(row["t-status"]) })) end
  end
  local heads = { "Target", "Capaian dan Ko-Kreasi", "Nilai dan Status" }
  for index, head in ipairs(heads) do heads[index] = pandoc.Inlines(head) end
  return grid(heads, body, { 0.28, 0.53, 0.19 })
end

local STYLES = { sumber = "Sumber", kembali = "Sumber", ["judul-gambar"] = "Judul Gambar", uk = "Ukuran Keberhasilan", catatan = "Catatan", temuan = "Catatan" }
local NEW_PAGE = pandoc.RawBlock("openxml", '<w:p><w:pPr><w:pStyle w:val="Compact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>')

function M.box(name, div)
  if STYLES[name] then return styled(STYLES[name], div.content) end
  if name == "gambar-lepas" then return styled("Captioned Figure", div.content) end
  if name == "lampiran-komitmen" or name == "rapor" then
    local result = pandoc.Blocks({ NEW_PAGE, pandoc.Div({}, pandoc.Attr(div.identifier)) })
    result:extend(div.content)
    return result
  end
end

function M.plain_div(_) return nil end

-- The document -----------------------------------------------------------------------------------------------------

--- Contents that can be read at once, and that Word renews with page numbers when asked to.
local function contents(blocks)
  local entries = pandoc.Blocks({})
  local function collect(list)
    for _, block in ipairs(list) do
      if block.t == "Header" and block.level <= 2 and block.identifier ~= "" then
        local link = pandoc.Link(stringify(block.content), "#" .. block.identifier)
        entries:insert(styled("TOC " .. block.level, { pandoc.Para({ link }) }))
      elseif block.t == "Div" then
        collect(block.content)
      end
    end
  end
  collect(blocks)
  if #entries == 0 then return entries end
  entries[1].content[1].content:insert(1, field_start('TOC \\o "1-2" \\h \\z \\u'))
  entries[#entries].content[1].content:insert(field_end())
  entries:insert(1, styled("TOC Heading", { pandoc.Para("Daftar Isi") }))
  return entries
end

--- What the templates of the other outputs print around the report.
function M.document(blocks, meta)
  local texts = meta.teks or {}
  local result = pandoc.Blocks({})
  if texts.draf then result:insert(styled("Keterangan Sampul", { pandoc.Para({ pandoc.Strong(texts.draf) }) })) end
  if texts.keadaan then result:insert(styled("Keterangan Sampul", { pandoc.Para({ pandoc.Strong(texts.keadaan) }) })) end
  local edition = texts.edisi and { "Edisi ", texts.edisi }
  local last_day = texts.sampai and { "Data sampai dengan ", texts.sampai }
  for _, line in ipairs({ texts.program, texts.rencana, last_day or {}, edition or {}, texts.terbitan or {}, texts.keterangan }) do
    local inlines = pandoc.Inlines({})
    for _, part in ipairs(pandoc.utils.type(line) == "table" and line or { line }) do inlines:extend(pandoc.Inlines(part)) end
    if stringify(inlines) ~= "" then result:insert(styled("Keterangan Sampul", { pandoc.Para(inlines) })) end
  end
  result:extend(contents(blocks))
  result:extend(blocks)
  if texts.sidik then
    result:insert(pandoc.Header(1, "Sidik Edisi"))
    result:insert(pandoc.Para({ pandoc.Code(stringify(texts.sidik)) }))
  end
  return result
end

return M
