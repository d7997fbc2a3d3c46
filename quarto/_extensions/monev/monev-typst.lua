-- How the vocabulary is written in Typst: calls of the functions in typst-template.typ, nothing about looks.

local M = {}

local stringify = pandoc.utils.stringify

-- A page holds about this many characters of table text in one line; columns are shared out in these units.
local LINE = 104
-- The same in one of two columns (class `setengah`).
local HALF_LINE = 48
local CELL_EDGE = 3
local SHORT, SHORT_LABELLED = 22, 32
local LABEL_EDGE = 4
local LEAST_ROOM = 0.3
local LONGEST_WORD = 24
-- A table (or one target) up to this size is kept on one page.
local KEEP_ROWS, KEEP_LINES = 14, 26
local KEEP_ROW_LINES = 14
-- The last rows stay together: so many, and more until they fill these lines, or those of a long list.
local LAST_ROWS, LAST_LINES, LAST_LINES_LONG = 3, 9, 24
-- A table begins where so many rows fit, or at least these lines of them.
local FIRST_ROWS, FIRST_LINES = 3, 14
-- Longer lists are dense.
local KEEP_LOOSE_ROWS = 24
-- The summary has no room for tables that wait for the next page, unless they are this short.
local KEEP_DENSE_ROWS = 6
-- One of so few rows stays with the table after it where few commitments leave room for that (class `pendek`).
local KEEP_FEW_ROWS = 2
local KEEP_TARGET_LINES = 16
local TARGET_LINE, MIDDLE_LINE = 30, 58
-- A box up to this many letters is kept on one page; a grid up to this many lines moves to the page of the follow-up.
local KEEP_BOX = 1600
local KEEP_GRID_LINES = 30
-- A scorecard up to this many rows does not need a page of its own.
local KEEP_SCORECARD = 8
-- A paragraph up to this many letters stays with the list, table or figure that it announces.
local KEEP_WORDS = 500
-- A list up to this many letters stays on one page.
local KEEP_LIST = 300
local ANNOUNCED = {
  ["figure"] = true, ["monev-ruang"] = true, ["monev-padat"] = true, ["monev-berdampingan"] = true, ["monev-tabel-lepas"] = true,
  ["monev-lekat"] = true,
}

local function raw(text) return pandoc.RawBlock("typst", text) end
local function raw_inline(text) return pandoc.RawInline("typst", text) end

--- Typst string literal of any text.
local function literal(text)
  return '"' .. text:gsub("\\", "\\\\"):gsub('"', '\\"'):gsub("%s+", " ") .. '"'
end

local function extend(list, ...)
  for _, part in ipairs({ ... }) do
    local kind = pandoc.utils.type(part)
    if kind == "Blocks" or kind == "List" then list:extend(part) else list:insert(part) end
  end
  return list
end

local function blocks(...) return extend(pandoc.Blocks({}), ...) end

local function inline_call(name, arguments, content)
  local result = pandoc.Inlines({ raw_inline("#" .. name .. arguments .. "[") })
  result:extend(content)
  result:insert(raw_inline("]"))
  return result
end

local function block_call(name, arguments, content)
  return blocks(raw("#" .. name .. arguments .. "["), content, raw("]"))
end

local function anchor(identifier)
  return raw('#metadata("' .. identifier .. '") <' .. identifier .. ">")
end

-- Metadata ---------------------------------------------------------------------------------------------------------

local function raw_text(value) return pandoc.MetaInlines({ raw_inline(literal(stringify(value or ""))) }) end

local function raw_texts(values)
  local result = pandoc.MetaList({})
  for _, value in ipairs(values or {}) do
    if stringify(value) ~= "" then result:insert(raw_text(value)) end
  end
  return result
end

--- Strings for `set document` and `pdf.attach` must be literals, not markup.
function M.metadata(meta)
  local texts = meta.teks or {}
  meta["typst-penulis"] = raw_text(texts.sekretariat)
  meta["typst-kata-kunci"] = raw_texts(meta.keywords)
  for _, name in ipairs({ "huruf-teks", "huruf-judul", "logo", "logo-alt" }) do
    if meta.merek[name] then meta["typst-" .. name] = raw_text(name == "logo" and "/" .. stringify(meta.merek[name]) or meta.merek[name]) end
  end
  local files = pandoc.MetaList({})
  for _, file in ipairs(meta["lampiran-berkas"] or {}) do
    files:insert({
      path = raw_text("/" .. stringify(file.path)),
      uraian = raw_text(file.uraian),
      mime = raw_text(file.mime),
    })
  end
  meta["typst-berkas"] = files
  for key, value in pairs(texts) do
    if pandoc.utils.type(value) == "Inlines" then texts[key] = value:walk({ Str = M.text }) end
  end
  meta.teks = texts
end

-- Inline -----------------------------------------------------------------------------------------------------------

function M.angka(content) return inline_call("monev-angka", "", content) end
function M.cell(content) return content end
function M.label(tone, content) return inline_call("monev-label", '("' .. tone:gsub("%W", "") .. '")', content) end

function M.image(image, alt)
  local width = image.attributes.width or "100%"
  return raw_inline("#image(" .. literal(image.src) .. ", width: " .. width .. ", alt: " .. literal(alt) .. ")")
end

--- The number is known here; asking Typst for it would cost a round of layout.
function M.reference(id, name, number) return raw_inline("#link(<" .. id .. ">)[" .. name .. "~" .. number .. "]") end

--- `N/A` and `K/L` stay on one line: a word of two letters and a stroke, with the marks around it.
local function short_stroke(text)
  local before, word, after = text:match("^([(\"']*)(%u/%u)([%p]*)$")
  if not word or after:find("[.][.]") or after:find("[-=+/]") then return nil end
  return pandoc.Inlines({ pandoc.Str(before), raw_inline("#monev-kata[" .. word .. "]"), pandoc.Str(after) })
end

--- Typst reads `...`, `--`, `-?` and `-1` as an ellipsis, a dash, a soft hyphen and a minus sign, and `=`, `+`, `/` and `1.` at the start
--- of any content, such as a table cell, as headings and lists. Pandoc sees to that for paragraphs only; here they stay
--- what they are everywhere. -> Inlines, or nil when the text holds none of them
function M.text(str)
  local text = str.text
  local short = short_stroke(text)
  if short then return short end
  local starts = text:find("^[=+/]") or text:find("^%d+%.$")
  if not (starts or text:find("...", 1, true) or text:find("-[-%d?]") or text:find("-$")) then return nil end
  local result = pandoc.Inlines({})
  local rest = 1
  for place, sign in text:gmatch("()([.=+/-])") do
    local literal_start = starts and (place == 1 or (sign == "." and place == #text))
    local literal_dot = sign == "." and text:sub(place, place + 2) == "..."
    local literal_dash = sign == "-" and text:sub(place + 1, place + 1):match("^[-%d?]?$")
    if literal_start or literal_dot or literal_dash then
      if place > rest then result:insert(pandoc.Str(text:sub(rest, place - 1))) end
      result:insert(raw_inline("\\" .. sign))
      rest = place + 1
    end
  end
  if rest <= #text then result:insert(pandoc.Str(text:sub(rest))) end
  return result
end

-- Tables -----------------------------------------------------------------------------------------------------------

local function rows_of(tbl)
  local rows = pandoc.List({})
  rows:extend(tbl.head.rows)
  for _, body in ipairs(tbl.bodies) do rows:extend(body.body) end
  return rows
end

local function size_of(text) return utf8.len(text) or #text end

local function longest_word(text)
  local longest = 0
  for word in text:gmatch("%S+") do longest = math.max(longest, math.min(size_of(word), LONGEST_WORD)) end
  return longest
end

--- The words of labels, which never break, and whatever else the cell holds. -> longest label and all edges, in characters
local function label_room(contents)
  local longest, room, depth = 0, 0, nil
  contents:walk({
    traverse = "topdown",
    Inline = function(inline)
      if inline.t == "RawInline" and inline.text:match("^#monev%-label") then
        depth, room = 0, room + LABEL_EDGE
      elseif inline.t == "RawInline" and inline.text == "]" then
        depth = nil
      elseif depth and (inline.t == "Str" or inline.t == "Space") then
        depth = depth + (inline.t == "Str" and size_of(inline.text) or 1)
        longest = math.max(longest, depth + LABEL_EDGE)
      end
    end,
  })
  return longest, room
end

--- What a heading needs: its longest word, and two lines at most.
local function heading_room(text)
  return math.max(longest_word(text), math.min(size_of(text), math.ceil(size_of(text) / 2) + 2))
end

--- For each column: its longest text and longest word, and all of its text, in characters. A heading may wrap, so
--- only its words and half of its length count; a label may not, nor part from the number beside it.
local function measure(tbl)
  local columns = {}
  for index = 1, #tbl.colspecs do columns[index] = { text = 1, word = 1, sum = 1, short = SHORT } end
  for number, row in ipairs(rows_of(tbl)) do
    for index, cell in ipairs(row.cells) do
      local column = columns[index]
      if column and cell.col_span == 1 then
        local text = stringify(cell.contents)
        local is_heading = number <= #tbl.head.rows
        local label, room = label_room(cell.contents)
        if label > 0 then column.short = SHORT_LABELLED end
        column.word = math.max(column.word, longest_word(text), label)
        column.text = math.max(column.text, is_heading and heading_room(text) or size_of(text) + room)
        column.sum = column.sum + (is_heading and 0 or size_of(text))
      end
    end
  end
  return columns
end

--- Only short columns, which share the line: the first as it is and the others alike, or, where the widest of them would
--- take what another needs, each what it needs and the rest in equal parts.
local function even(widths, line)
  local widest, total = 0, 0
  for index, width in ipairs(widths) do
    total = total + width
    if index > 1 then widest = math.max(widest, width) end
  end
  local alike = widths[1] + widest * (#widths - 1)
  local spare = math.max(line - total, 0) / #widths
  for index, width in ipairs(widths) do
    local own = alike <= line and (index == 1 and width or widest) or width + spare
    widths[index] = own / (alike <= line and alike or total + spare * #widths)
  end
  return widths
end

--- Widths that fill the line (those of a pipe table depend on how it happens to be written): short columns as wide as
--- their text, the others by the square root of what they hold, which keeps the rows low.
local function share(columns, line)
  local widths, fixed, weight = {}, 0, 0
  for index, column in ipairs(columns) do
    if column.text <= column.short then
      widths[index] = column.text + CELL_EDGE
      fixed = fixed + widths[index]
    else
      weight = weight + math.sqrt(column.sum)
    end
  end
  if weight == 0 then return even(widths, line) end
  local room = math.max(line - fixed, line * LEAST_ROOM)
  local total = 0
  for index, column in ipairs(columns) do
    widths[index] = widths[index] or math.max(room * math.sqrt(column.sum) / weight, column.word + CELL_EDGE)
    total = total + widths[index]
  end
  for index in ipairs(columns) do widths[index] = widths[index] / total end
  return widths
end

--- What stands in brackets in a heading, such as a unit, stays on one line.
local function keep_brackets(tbl)
  for _, row in ipairs(tbl.head.rows) do
    for _, cell in ipairs(row.cells) do
      local open = false
      cell.contents = cell.contents:walk({
        traverse = "topdown",
        Inline = function(inline)
          if inline.t == "Str" and inline.text:find("(", 1, true) then open = true end
          if inline.t == "Str" and inline.text:find(")", 1, true) then open = false end
          if open and (inline.t == "Space" or inline.t == "SoftBreak") then return pandoc.Str("\u{a0}") end
        end,
      })
    end
  end
end

local ROW_EDGES = 0.6

--- Lines that a row will take, roughly, without its edges.
local function row_lines(tbl, row)
  local tallest = 1
  for index, cell in ipairs(row.cells) do
    local width = tbl.colspecs[index] and tbl.colspecs[index][2] or 1
    tallest = math.max(tallest, math.ceil(size_of(stringify(cell.contents)) / math.max(width * LINE - CELL_EDGE, 4)))
  end
  return tallest
end

--- Lines that a table will take, and those of its tallest row.
local function height(tbl)
  local lines, most = 0, 0
  for _, row in ipairs(rows_of(tbl)) do
    local own = row_lines(tbl, row)
    lines, most = lines + own + ROW_EDGES, math.max(most, own)
  end
  return lines, most
end

--- Lines of the heading row and the first few others: what has to fit where the table begins.
local function first_lines(tbl)
  local lines, rows = 0, rows_of(tbl)
  for index = 1, math.min(#rows, #tbl.head.rows + FIRST_ROWS) do
    local more = lines + row_lines(tbl, rows[index]) + ROW_EDGES
    if index > #tbl.head.rows + 1 and more > FIRST_LINES then break end
    lines = more
  end
  return lines
end

--- How many rows at the end stay together: three, and as many as do not look forlorn at the head of a page.
local function last_rows(tbl, rows)
  local enough = #rows > KEEP_LOOSE_ROWS and LAST_LINES_LONG or LAST_LINES
  local count, lines = 0, 0
  while count < #rows // 2 and (count < LAST_ROWS or lines < enough) do
    lines = lines + row_lines(tbl, rows[#rows - count]) + ROW_EDGES
    count = count + 1
  end
  return count
end

--- The last rows as a foot, which Typst does not part: none of them stands alone on a page.
local function with_last_rows(tbl, in_summary)
  local body = tbl.bodies[#tbl.bodies]
  if not body or #body.body < 2 * LAST_ROWS or #tbl.foot.rows > 0 then return tbl end
  local count = in_summary and LAST_ROWS or last_rows(tbl, body.body)
  local first, last = pandoc.List({}), pandoc.List({})
  for index, row in ipairs(body.body) do (index <= #body.body - count and first or last):insert(row) end
  body.body = first
  tbl.bodies[#tbl.bodies] = body
  tbl.foot = pandoc.TableFoot(last)
  return tbl
end

--- A label for the low rows of a dense table.
local function low_label(inline)
  local low, count = inline.text:gsub("^#monev%-label%(", "#monev-label(rapat: true, ")
  if count > 0 then return raw_inline(low) end
end

local function in_summary(div) return div.classes:includes("daftar-komitmen") end

function M.table(tbl, div)
  keep_brackets(tbl)
  local widths = share(measure(tbl), div.classes:includes("setengah") and HALF_LINE or LINE)
  for index, spec in ipairs(tbl.colspecs) do tbl.colspecs[index] = { spec[1], widths[index] } end
  tbl.classes:insert("typst:no-figure")
  local lines, tallest = height(tbl)
  local rows = #rows_of(tbl)
  if rows <= KEEP_ROWS and lines <= KEEP_LINES then return blocks(raw("#monev-utuh["), tbl, raw("]")) end
  if tallest > KEEP_ROW_LINES then return tbl end
  local dense = rows > KEEP_LOOSE_ROWS
  if dense then tbl = tbl:walk({ RawInline = low_label }) end
  return blocks(raw("#monev-baris-utuh" .. (dense and "(rapat: true)" or "") .. "["), with_last_rows(tbl, in_summary(div)), raw("]"))
end

--- The same call that Quarto writes, so that one show rule serves both.
local function float_call(kind, name, identifier, position, content, caption)
  return blocks(
    raw("#figure(["),
    content,
    raw("], caption: figure.caption(position: " .. position .. ", ["),
    pandoc.Plain(caption),
    raw(']), kind: "quarto-float-' .. kind .. '", supplement: "' .. name .. '")<' .. identifier .. ">")
  )
end

function M.float(div, kind, name, _, content, caption)
  local position = kind == "tbl" and "top" or "bottom"
  local first = kind == "tbl" and content[1]
  local breaks = first and (first.t == "Table" or first.t == "RawBlock" and first.text:match("^#monev%-baris%-utuh"))
  local dense = in_summary(div)
  local start = blocks()
  if breaks and not dense then
    local room = first_lines(first.t == "Table" and first or content[2])
    start = blocks(raw(string.format("#monev-ruang(%.1f)", room)))
  end
  local whole = first and first.t == "RawBlock" and first.text:match("^#monev%-utuh")
  if dense and whole and #rows_of(content[2]) > KEEP_DENSE_ROWS then
    content = blocks(raw("#monev-baris-utuh["), with_last_rows(content[2], true), raw("]"))
  end
  if whole and #content > 3 then content = block_call("monev-utuh", "", content) end -- its source stays below it
  local made = float_call(kind, name, div.identifier, position, content, caption)
  if whole and div.classes:includes("berpenjelas") then return block_call("monev-lekat", "", made) end
  local few = div.classes:includes("pendek") and whole and content[2] and content[2].t == "Table" and #rows_of(content[2]) <= KEEP_FEW_ROWS
  return dense and block_call("monev-padat", few and "(pendek: true)" or "", made) or extend(start, made)
end

-- Blocks -----------------------------------------------------------------------------------------------------------

--- A value and, behind its first line break, what explains it. -> Inlines, Inlines
local function value_parts(value)
  for index, inline in ipairs(value) do
    if inline.t == "LineBreak" then
      local first, rest = pandoc.Inlines({}), pandoc.Inlines({})
      for place, other in ipairs(value) do
        if place < index then first:insert(other) elseif place > index then rest:insert(other) end
      end
      return first, rest
    end
  end
  return value, pandoc.Inlines({})
end

function M.strip(items)
  local result = blocks(raw("#monev-strip("))
  for _, item in ipairs(items) do
    local value, rest = value_parts(item.value)
    extend(result, raw("(["), pandoc.Plain(item.name), raw("], ["), pandoc.Plain(value))
    extend(result, raw("], ["), pandoc.Plain(rest), raw("]),"))
  end
  return extend(result, raw(")"))
end

local function lines(content, width)
  return math.ceil((utf8.len(stringify(content)) or 0) / width)
end

--- Whether a target may break over pages: a short one may not.
local function may_break(row)
  local left = lines(row["t-target"], TARGET_LINE)
  local middle = lines(row["t-capaian"], MIDDLE_LINE) + lines(row["t-kokreasi"], MIDDLE_LINE)
  return math.max(left, middle) > KEEP_TARGET_LINES
end

local function grid_lines(rows)
  local sum = 0
  for _, row in ipairs(rows) do
    local middle = lines(row["t-capaian"], MIDDLE_LINE) + lines(row["t-kokreasi"], MIDDLE_LINE)
    sum = sum + math.max(lines(row["t-target"], TARGET_LINE), middle + 3)
  end
  return sum
end

local function grid(rows, options)
  local result = blocks(raw("#monev-target(" .. options))
  for _, row in ipairs(rows) do
    extend(result, raw("(pecah: " .. tostring(may_break(row)) .. ", target: ["), row["t-target"])
    extend(result, raw("], capaian: ["), row["t-capaian"], raw("], nilai: ["), row["t-nilai"])
    extend(result, raw("], kokreasi: ["), row["t-kokreasi"], raw("], status: ["), row["t-status"], raw("]),"))
  end
  return extend(result, raw(")"))
end

--- `last`: `lekat` where what follows should not be alone on its page, `utuh` where the grid itself ends an appendix. Of a
--- grid too long for that, the last target does it.
function M.targets(rows, _, last)
  if not last then return grid(rows, "") end
  if grid_lines(rows) <= KEEP_GRID_LINES then return grid(rows, last .. ": true, ") end
  local ending = { rows[#rows] }
  if #rows == 1 or grid_lines(ending) > KEEP_GRID_LINES then return grid(rows, "") end
  return extend(grid({ table.unpack(rows, 1, #rows - 1) }, "bersambung: true, "), grid(ending, last .. ": true, "))
end

--- Names with the places whose pages stand behind them.
function M.index(entries)
  local result = blocks(raw("#monev-indeks("))
  for _, entry in ipairs(entries) do
    local labels = {}
    for _, id in ipairs(entry.ids) do table.insert(labels, "<" .. id .. ">, ") end
    extend(result, raw("(["), pandoc.Plain(entry.name), raw("], (" .. table.concat(labels) .. ")),"))
  end
  return extend(result, raw(")"))
end

local function scorecard_rows(div)
  local count = 0
  div:walk({ Table = function(tbl) count = count + #rows_of(tbl) end })
  return count
end

function M.box(name, div)
  local start = div.identifier ~= "" and blocks(anchor(div.identifier)) or blocks()
  if name == "lampiran-komitmen" then return blocks(raw("#monev-lampiran["), start, div.content, raw("]")) end
  local whole = name == "tindak-lanjut" and utf8.len(stringify(div.content)) <= KEEP_BOX
  if whole then return extend(start, blocks(raw("#monev-utuh[")), block_call("monev-" .. name, "", div.content), raw("]")) end
  if name == "rapor" then
    local call = scorecard_rows(div) <= KEEP_SCORECARD and "#monev-rapor[" or "#monev-lampiran[#show: tabel-rapat"
    return blocks(raw(call), start, div.content, raw("]"))
  end
  if name == "gambar-lepas" then return extend(start, block_call("monev-utuh", "", div.content)) end
  if name == "kunci" then return extend(start, div.content) end
  if name == "sorotan" then return extend(start, div.content) end
  return extend(start, block_call("monev-" .. name, "", div.content))
end

--- Figures beside each other; each begins with a call of its own.
local function beside(content)
  local result = blocks(raw("#monev-berdampingan("))
  local open = false
  for _, block in ipairs(content) do
    local starts = block.t == "RawBlock" and block.text == "#figure(["
    if starts then
      extend(result, raw(open and "], [" or "["))
      open = true
    end
    result:insert(block)
  end
  return extend(result, raw("])"))
end

--- A div without a meaning of its own leaves no block behind: a heading in a block would not stick to what follows.
function M.plain_div(div)
  if div.classes:includes("berdampingan") then return beside(div.content) end
  if div.identifier ~= "" then return extend(blocks(anchor(div.identifier)), div.content) end
  return div.content
end

function M.piece(boundary, _, content) return blocks(raw("// " .. boundary), content) end

local function is_list(block) return block.t == "BulletList" or block.t == "OrderedList" end

--- Whether a block is what a paragraph announces: a list, or the beginning of a table or figure.
local function is_announced(block)
  if is_list(block) then return true end
  local call = block.t == "RawBlock" and block.text:match("^#([%a-]+)[%[(]")
  return call and ANNOUNCED[call]
end

--- Words that announce a list, table or figure stay with it, and a short list is not parted.
function M.document(report)
  return report:walk({
    Blocks = function(list)
      local result = pandoc.Blocks({})
      for index, block in ipairs(list) do
        local follower = list[index + 1]
        local announces = block.t == "Para" and follower and is_announced(follower) and size_of(stringify(block)) <= KEEP_WORDS
        local whole = is_list(block) and size_of(stringify(block)) <= KEEP_LIST
        local call = announces and "monev-pengantar" or whole and "monev-butir"
        extend(result, call and block_call(call, "", blocks(block)) or block)
      end
      return result
    end,
  })
end

return M
