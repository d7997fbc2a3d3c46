-- The Markdown vocabulary of monev (docs/architecture.md), for pandoc alone and under Quarto.
--
-- Passes, in order: conditions, inlines (figures of the register, references, marks), numbered tables and figures, blocks.
-- How each thing is written stands in one module per output: monev-typst, monev-html, monev-docx, monev-lain.
-- Both engines get the same pages: under Quarto (global `quarto`) this filter runs before Quarto's own, which then find
-- tables and figures numbered and references resolved.

-- Under Quarto, PANDOC_SCRIPT_FILE names Quarto's filter; a chunk knows its own file.
local HERE = pandoc.path.directory(debug.getinfo(1, "S").source:sub(2))
package.path = pandoc.path.join({ HERE, "?.lua" }) .. ";" .. package.path

local KINDS = { tbl = "Tabel", fig = "Gambar" }
local TARGET_PARTS = { "t-target", "t-capaian", "t-nilai", "t-kokreasi", "t-status" }
local BOXES = {
  "tabel-lepas", "sumber", "kembali", "uk", "tindak-lanjut", "sorotan", "temuan", "catatan", "lampiran-komitmen",
  "rapor", "sekilas", "kunci", "gambar-lepas", "judul-gambar", "dua-kolom",
}

local stringify = pandoc.utils.stringify

local function writer()
  if FORMAT:match("typst") then return require("monev-typst") end
  if FORMAT:match("html") then return require("monev-html") end
  if FORMAT:match("docx") then return require("monev-docx") end
  return require("monev-lain")
end

local out = writer()

--- Stop the render with one line that the caller can show. `monev:` marks it among the engine's own words. Under Quarto
--- `error` only writes a line and goes on; `assert` is Lua's own.
local function stop(message) assert(false, "monev: " .. message) end

-- Metadata ---------------------------------------------------------------------------------------------------------

--- Metadata value (Inlines, string or nil) as Inlines.
local function inlines(value)
  local kind = pandoc.utils.type(value)
  if kind == "Inlines" then return value end
  if kind == "Blocks" then return pandoc.utils.blocks_to_inlines(value) end
  return pandoc.Inlines({ pandoc.Str(stringify(value)) })
end

--- Look up `a.b` in nested metadata; nil when a step is missing.
local function lookup(meta, path)
  local value = meta
  for step in path:gmatch("[^.]+") do
    if type(value) ~= "table" then return nil end
    value = value[step]
  end
  return value
end

--- Title, author and attachments in the form that the templates take.
local function set_metadata(meta)
  local texts = meta.teks or {}
  local function text(key) return texts[key] and stringify(texts[key]) or "" end
  meta.lang = meta.lang or "id"
  meta.pagetitle = texts["judul-dokumen"] and text("judul-dokumen") or text("judul-lengkap")
  meta["author-meta"] = { text("sekretariat") }
  meta.keywords = { text("program"), text("rencana"), text("edisi") }
  for _, key in ipairs({ "nomor", "isbn", "lisensi" }) do
    if text(key) ~= "" then table.insert(meta.keywords, text(key)) end
  end
  out.metadata(meta)
  meta.title = meta.teks and meta.teks.judul or meta.title
  meta.subtitle = meta.teks and meta.teks.subjudul or meta.subtitle
  return meta
end

-- Conditions -------------------------------------------------------------------------------------------------------

local function is_true(value)
  return value == true or (value ~= nil and type(value) ~= "boolean" and stringify(value) == "true")
end

--- Keep or drop `.content-visible`/`.content-hidden` divs with `when-meta`/`unless-meta`; other conditions stay.
local function resolve_conditions(blocks, meta)
  --- What stands in the place of a div or span: its content, nothing, or (nil) itself.
  local function resolved(node)
    local shown = node.classes:includes("content-visible")
    if not shown and not node.classes:includes("content-hidden") then return nil end
    local when, unless = node.attributes["when-meta"], node.attributes["unless-meta"]
    if not when and not unless then return nil end
    local match = true
    if when then match = is_true(lookup(meta, when)) end
    if unless then match = match and not is_true(lookup(meta, unless)) end
    if match == shown then return node.content end
    return {}
  end
  return blocks:walk({
    Div = resolved,
    Inlines = function(list)
      local result = pandoc.Inlines({})
      for _, node in ipairs(list) do
        local content = node.t == "Span" and resolved(node)
        if not content then
          result:insert(node)
        elseif #content > 0 then
          result:extend(content)
        elseif #result > 0 and (result[#result].t == "Space" or result[#result].t == "SoftBreak") then
          result:remove()  -- what is left out takes the blank before it along
        end
      end
      return result
    end,
  })
end

-- Headings ---------------------------------------------------------------------------------------------------------

local LISTED, NAME_LENGTH = 2, 30

--- A name made of a heading's words, with a number where it is taken.
local function free_name(words, taken)
  local slug = pandoc.text.lower(words):gsub("[^0-9a-z]+", "-"):gsub("^%-+", ""):gsub("%-+$", "")
  local base = "bagian-" .. slug:sub(1, NAME_LENGTH)
  local name, count = base, 1
  while taken[name] do
    count = count + 1
    name = base .. "-" .. count
  end
  return name
end

--- Name the headings of the contents list that have no name, as lib/monev/render/tree_structure.py does.
local function name_headings(blocks, taken)
  taken = taken or {}
  for index, block in ipairs(blocks) do
    if block.t == "Header" then
      if block.identifier == "" and block.level <= LISTED then block.identifier = free_name(stringify(block), taken) end
      taken[block.identifier] = true
    elseif block.t == "Div" then
      block.content = name_headings(block.content, taken)
    end
    blocks[index] = block
  end
  return blocks
end

-- References -------------------------------------------------------------------------------------------------------

--- Number of every table and figure, and title of every heading: id -> {kind, number} or {title}. Both stand in the
--- document or in its divs, never deeper, so nothing else is looked into.
local function collect_targets(blocks, targets, counts)
  targets, counts = targets or {}, counts or { tbl = 0, fig = 0 }
  for _, block in ipairs(blocks) do
    if block.t == "Header" then
      targets[block.identifier] = { title = block.content }
    elseif block.t == "Div" then
      local kind = block.identifier:match("^(%a+)%-")
      if kind and KINDS[kind] then
        counts[kind] = counts[kind] + 1
        targets[block.identifier] = { kind = kind, number = counts[kind] }
      end
      collect_targets(block.content, targets, counts)
    end
  end
  return targets
end

--- The same as far as pieces of a report need it, told by whoever has cut it (lib/monev/render/written_pieces.py).
local function told_targets(told)
  local targets = {}
  for id, target in pairs(told) do
    targets[id] = target.judul and { title = inlines(target.judul) }
      or { kind = stringify(target.jenis), number = tonumber(stringify(target.nomor)) }
  end
  return targets
end

--- A preview (metadata `pratinjau`) holds one part: what leads out of it is told as such, or is no link.
local preview = false
--- A report may leave parts out (metadata `ada.sebagian`): what would lead to them is no link.
local partial = false

local function reference(id, targets)
  local target = targets[id]
  if not target and preview then return pandoc.Emph({ pandoc.Str("(laporan"), pandoc.Space(), pandoc.Str("lengkap)") }) end
  if not target then stop("rujukan tidak dikenal: " .. id) end
  if target.title then return pandoc.Link(target.title, "#" .. id) end
  return out.reference(id, KINDS[target.kind], target.number)
end

local function is_reference(id)
  return id:match("^tbl%-") or id:match("^fig%-") or id:match("^sec%-")
end

local function join_references(citations, targets)
  local result = pandoc.Inlines({})
  for index, citation in ipairs(citations) do
    if index > 1 then result:extend({ pandoc.Str(","), pandoc.Space() }) end
    result:insert(reference(citation.id, targets))
  end
  return result
end

--- `@tbl-x`; any other citation is just its text.
local function resolved_citations(cite, targets)
  for _, citation in ipairs(cite.citations) do
    if not is_reference(citation.id) then return cite.content end
  end
  return join_references(cite.citations, targets)
end

-- Inlines ----------------------------------------------------------------------------------------------------------

--- Content of `[]{.angka key=...}` or `[]{.teks key=...}`: its own, else what the metadata have; nil for an unknown key.
local function filled(span, values, unknown)
  local key = span.attributes.key or ""
  local value = (values or {})[key]
  if value == nil then
    table.insert(unknown, key)
    return nil
  end
  return #span.content > 0 and span.content or inlines(value)
end

local SPANS = {
  sel = function(span) return out.cell(span.content, span.attributes.src) end,
  baris = function() return pandoc.LineBreak() end,
  ketik = function(span) return span.content end,
  kode = function(span) return pandoc.Code(stringify(span.content)) end,
  label = function(span) return out.label(span.attributes.nada or "netral", span.content) end,
}

--- Figures, texts, references, marks and images, in one walk: a walk is what costs. All unknown keys are told at once.
local function write_inlines(blocks, meta, targets)
  local unknown = { angka = {}, teks = {} }
  local spans = {
    angka = function(span)
      local content = filled(span, meta.angka, unknown.angka)
      return content and out.angka(content, span.attributes.key)
    end,
    teks = function(span) return filled(span, meta.teks, unknown.teks) end,
    berkas = function(span) return out.file and out.file(span.content, span.attributes.href) or span.content end,
  }
  local written = blocks:walk({
    Span = function(span)
      local class = span.classes[1]
      local write = SPANS[class] or spans[class]
      return write and write(span)
    end,
    Link = function(link)
      local id = link.target:match("^#(.+)")
      if link.classes:includes("rujuk") then return reference(id or link.target, targets) end
      if (preview or partial) and id and not targets[id] then return link.content end
    end,
    Cite = function(cite) return resolved_citations(cite, targets) end,
    Image = function(image)
      return out.image(image, image.attributes["fig-alt"] or stringify(image.caption))
    end,
  })
  if #unknown.angka > 0 then stop("angka tidak dikenal: " .. table.concat(unknown.angka, ", ")) end
  if #unknown.teks > 0 then stop("teks tidak dikenal: " .. table.concat(unknown.teks, ", ")) end
  return written
end

-- Numbered tables and figures --------------------------------------------------------------------------------------

--- Split a float into its content and its caption (the last paragraph).
local function split_caption(div)
  local content = div.content:clone()
  local last = content[#content]
  if last and last.t == "Para" and #content > 1 then
    content:remove()
    return content, last.content
  end
  return content, pandoc.Inlines({})
end

local function is_numeric(text) return text == "" or text:match("^[%d.,%%+%-–—/ ]+$") ~= nil or text == "N/A" end

--- Numbers of a recap stand right; a last row that begins with Total or Jumlah is strong.
local function shape_recap(tbl)
  for index, spec in ipairs(tbl.colspecs) do
    local numeric = index > 1
    for _, body in ipairs(tbl.bodies) do
      for _, row in ipairs(body.body) do
        numeric = numeric and row.cells[index] ~= nil and is_numeric(stringify(row.cells[index].contents))
      end
    end
    if numeric then tbl.colspecs[index] = { "AlignRight", spec[2] } end
  end
  for _, body in ipairs(tbl.bodies) do
    local last = body.body[#body.body]
    local first = last and stringify(last.cells[1].contents) or ""
    if first:match("^Total") or first:match("^Jumlah") then
      last.attr.classes:insert("jumlah")
      for _, cell in ipairs(last.cells) do
        cell.contents = cell.contents:walk({
          Plain = function(plain) return pandoc.Plain({ pandoc.Strong(plain.content) }) end,
        })
      end
    end
  end
  return tbl
end

--- The tables of a float as this output wants them.
local function shape_tables(div)
  local recap = div.classes:includes("rekap")
  return div.content:walk({
    Table = function(tbl)
      if recap then tbl = shape_recap(tbl) end
      return out.table(tbl, div)
    end,
  })
end

--- A source line directly under a table belongs to it: it goes in before the caption, which stands last. What explains
--- a table stands under it, and the table knows of it.
local function adopt_sources(blocks)
  local result = pandoc.Blocks({})
  for _, block in ipairs(blocks) do
    local before = result[#result]
    local is_div = block.t == "Div"
    if is_div and block.classes:includes("sumber") and before and before.t == "Div"
      and before.identifier:match("^tbl%-") and #before.content > 1 then
      before.content:insert(#before.content, block)
    else
      if is_div and block.classes:includes("penjelas") and before and before.t == "Div" then before.classes:insert("berpenjelas") end
      if is_div and not block.classes:includes("daftar-target") then block.content = adopt_sources(block.content) end
      result:insert(block)
    end
  end
  return result
end

--- An image alone in a paragraph is a figure of its own to pandoc; inside ours it is just the image.
local function unwrap_figures(blocks)
  return blocks:walk({
    Div = function(div)
      if not div.identifier:match("^fig%-") and not div.classes:includes("gambar-lepas") then return nil end
      div.content = div.content:walk({
        Figure = function(figure) return pandoc.Para(pandoc.utils.blocks_to_inlines(figure.content)) end,
      })
      return div
    end,
  })
end

local function number_floats(blocks, targets)
  return blocks:walk({
    Div = function(div)
      local target = targets[div.identifier]
      local numbered = target and target.kind
      if not numbered and not div.classes:includes("tabel-lepas") then return nil end
      div.content = shape_tables(div)
      if not numbered then return div end
      local content, caption = split_caption(div)
      return out.float(div, target.kind, KINDS[target.kind], target.number, content, caption)
    end,
  })
end

-- Blocks -----------------------------------------------------------------------------------------------------------

--- `.strip`: one bullet list; each item begins with a `.strip-nama` span. -> list of {name, value}
local function strip_items(div)
  local items = {}
  div:walk({
    BulletList = function(list)
      for _, blocks in ipairs(list.content) do
        local value = pandoc.utils.blocks_to_inlines(blocks)
        local name = pandoc.Inlines({})
        if value[1] and value[1].t == "Span" and value[1].classes:includes("strip-nama") then
          name = value[1].content
          value:remove(1)
          while value[1] and value[1].t == "Space" do value:remove(1) end
        end
        table.insert(items, { name = name, value = value })
      end
    end,
  })
  return items
end

--- `.daftar-target`: list of {key, t-target = Blocks, t-capaian = Blocks, ...}
local function target_rows(div)
  local rows = {}
  for _, child in ipairs(div.content) do
    if child.t == "Div" and child.classes:includes("target") then
      local row = { key = child.attributes.key or "" }
      for _, part in ipairs(TARGET_PARTS) do row[part] = pandoc.Blocks({}) end
      for _, grandchild in ipairs(child.content) do
        for _, part in ipairs(TARGET_PARTS) do
          if grandchild.t == "Div" and grandchild.classes:includes(part) then row[part] = grandchild.content end
        end
      end
      table.insert(rows, row)
    end
  end
  return rows
end

--- `.indeks`: one bullet list; each item is a name, then links to where it stands. -> list of {name, ids}
local function index_entries(div)
  local entries = {}
  div:walk({
    BulletList = function(list)
      for _, blocks in ipairs(list.content) do
        local entry = { name = pandoc.Inlines({}), ids = {} }
        for _, inline in ipairs(pandoc.utils.blocks_to_inlines(blocks)) do
          if inline.t == "Link" and inline.target:match("^#") then
            table.insert(entry.ids, (inline.target:gsub("^#", "")))
          elseif #entry.ids == 0 then
            entry.name:insert(inline)
          end
        end
        while #entry.name > 0 and stringify(entry.name[#entry.name]):match("^[,%s]*$") do entry.name:remove() end
        table.insert(entries, entry)
      end
    end,
  })
  return entries
end

local function box_name(div)
  for _, name in ipairs(BOXES) do
    if div.classes:includes(name) then return name end
  end
end

--- The grids of targets of an appendix, in order, and whether a follow-up ends it.
local function grids_of(div)
  local grids, followed = {}, false
  for index, block in ipairs(div.content) do
    if block.t == "Div" and block.classes:includes("daftar-target") then table.insert(grids, index) end
    followed = followed or (block.t == "Div" and block.classes:includes("tindak-lanjut"))
  end
  return grids, followed
end

--- Mark the grid that takes an appendix's end along instead of leaving it alone on its last page: the one before the
--- follow-up, or where there is none, the last but one (unless it is the first), and then the last does not break either.
local function mark_last_grids(blocks)
  return blocks:walk({
    Div = function(div)
      if not div.classes:includes("lampiran-komitmen") then return nil end
      local grids, followed = grids_of(div)
      if followed or #grids == 0 then return nil end
      if #grids > 2 then div.content[grids[#grids - 1]].attributes.terakhir = "lekat" end
      div.content[grids[#grids]].attributes.terakhir = "utuh"
      return div
    end,
    Blocks = function(list)
      for index = 2, #list do
        local before, block = list[index - 1], list[index]
        local follows = block.t == "Div" and block.classes:includes("tindak-lanjut")
        if follows and before.t == "Div" and before.classes:includes("daftar-target") then
          before.attributes.terakhir = "lekat"
        end
      end
      return list
    end,
  })
end

--- The heading that stands over a block names its grid for people who cannot see the page.
local function write_blocks(blocks)
  local heading = ""
  return mark_last_grids(blocks):walk({
    traverse = "topdown",
    Header = function(header) heading = stringify(header) end,
    Div = function(div)
      if div.classes:includes("strip") then return out.strip(strip_items(div)), false end
      if div.classes:includes("indeks") and out.index then return out.index(index_entries(div)), false end
      if div.classes:includes("daftar-target") then return out.targets(target_rows(div), heading, div.attributes.terakhir), false end
    end,
  }):walk({
    Div = function(div)
      local name = box_name(div)
      if name then return out.box(name, div) end
      return out.plain_div(div)
    end,
  })
end

-- The document -----------------------------------------------------------------------------------------------------

local function written(blocks, meta, targets)
  blocks = write_inlines(unwrap_figures(adopt_sources(blocks)), meta, targets)
  blocks = write_blocks(number_floats(blocks, targets))
  if out.text then blocks = blocks:walk({ Str = out.text }) end
  return out.document and out.document(blocks, meta) or blocks
end

--- A report cut into pieces (metadata `monev-potongan`): each is written as if it stood alone, behind a boundary.
local function written_pieces(doc, targets)
  local boundary = stringify(doc.meta["monev-potongan"])
  local result = pandoc.Blocks({})
  for number, div in ipairs(doc.blocks) do
    result:extend(out.piece(boundary, number, written(div.content, doc.meta, targets)))
  end
  return pandoc.Pandoc(result, {})
end

local function document(doc)
  preview = is_true(doc.meta.pratinjau)
  partial = is_true(lookup(doc.meta, "ada.sebagian"))
  local told = doc.meta["monev-rujukan"]
  if doc.meta["monev-potongan"] then return written_pieces(doc, told_targets(told)) end
  local blocks = name_headings(resolve_conditions(doc.blocks, doc.meta))
  local targets = told and told_targets(told) or collect_targets(blocks)
  return pandoc.Pandoc(written(blocks, doc.meta, targets), set_metadata(doc.meta))
end

--- Quarto catches errors of filters and goes on without their work, so there the whole program ends.
local function document_or_end(doc)
  local done, result = pcall(document, doc)
  if done then return result end
  io.stderr:write(tostring(result) .. "\n")
  os.exit(1)
end

return { { Pandoc = quarto and document_or_end or document } }
