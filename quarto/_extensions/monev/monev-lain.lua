-- Other outputs (docx, plain text, ...): pandoc's own elements, so that nothing is lost.

local M = {}


function M.metadata(_) end
function M.angka(content) return content end
function M.cell(content) return content end
function M.label(_, content) return pandoc.Strong(content) end

function M.image(image, alt)
  image.caption = pandoc.Inlines({ pandoc.Str(alt) })
  return image
end

function M.reference(id, name, number) return pandoc.Link(name .. "\u{a0}" .. number, "#" .. id) end

function M.table(tbl) return tbl end

function M.float(div, kind, name, number, content, caption)
  local line = pandoc.Inlines({ pandoc.Strong(name .. "\u{a0}" .. number .. "."), pandoc.Space() })
  line:extend(caption)
  if kind == "tbl" then content:insert(1, pandoc.Para(line)) else content:insert(pandoc.Para(line)) end
  div.content = content
  return div
end

function M.strip(items)
  local list = pandoc.List({})
  for _, item in ipairs(items) do
    local line = pandoc.Inlines({ pandoc.Strong(item.name), pandoc.Str(":"), pandoc.Space() })
    line:extend(item.value)
    list:insert({ pandoc.Plain(line) })
  end
  return pandoc.BulletList(list)
end

local function row_of(cells)
  return pandoc.Row(cells, pandoc.Attr())
end

local function cell(content, rows)
  return pandoc.Cell(content, "AlignDefault", rows or 1, 1, pandoc.Attr())
end

function M.targets(rows)
  local body = pandoc.List({})
  for _, row in ipairs(rows) do
    body:insert(row_of({ cell(row["t-target"], 2), cell(row["t-capaian"]), cell(row["t-nilai"]) }))
    body:insert(row_of({ cell(row["t-kokreasi"]), cell(row["t-status"]) }))
  end
  local function heading(text) return cell({ pandoc.Plain(pandoc.Str(text)) }) end
  local head = pandoc.TableHead({
    row_of({ heading("Target"), heading("Capaian dan Ko-Kreasi"), heading("Nilai dan Status") }),
  })
  local specs = { { "AlignLeft", 0.28 }, { "AlignLeft", 0.54 }, { "AlignLeft", 0.18 } }
  local bodies = { { attr = pandoc.Attr(), body = body, head = {}, row_head_columns = 0 } }
  return pandoc.Table(pandoc.Caption(), specs, head, bodies, pandoc.TableFoot())
end

function M.box(_, _) return nil end
function M.plain_div(_) return nil end

return M
