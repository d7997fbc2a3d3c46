// The report as a page to work with: search and filters over targets, tables to sort, explanations of figures, contents
// that follow the reader. Without this script the whole report can still be read; nothing here loads anything.
(() => {
  "use strict";

  const root = document.documentElement;
  const byId = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const narrow = window.matchMedia("(max-width: 62rem)");
  root.classList.add("berskrip");

  /** Make an element: its properties, then its content. */
  const make = (tag, properties = {}, ...content) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...content);
    return element;
  };

  /** Letters only, without accents and case: `Édisi` is found by `edisi`. */
  const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  const number = new Intl.NumberFormat("id");

  /** Tell people who do not see the page. Emptied first, so that the same words are told twice. */
  const tell = (words, place = byId("monev-kabar")) => {
    place.textContent = "";
    window.setTimeout(() => { place.textContent = words; }, 50);
  };

  // Links to be copied -------------------------------------------------------------------------------------------------

  const copied = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const field = make("textarea", { value: text, readOnly: true, className: "tersembunyi" });
      (document.querySelector("dialog[open]") ?? document.body).append(field);
      field.select();
      const done = document.execCommand("copy");
      field.remove();
      return done;
    }
  };

  const addressOf = (id) => `${location.href.replace(/#.*$/, "")}#${id}`;

  const copyLink = async (id, place) => {
    const done = await copied(addressOf(id));
    tell(done ? "Tautan disalin." : "Tautan tidak dapat disalin; alamatnya ada pada bilah alamat.", place);
    return done;
  };

  const startPermalinks = () => {
    for (const section of all("main section[id^='sec-'], main section[id^='bagian-']")) {
      const heading = section.querySelector(":scope > h1, :scope > h2");
      if (!heading) continue;
      const link = make("a", { className: "tautan", href: `#${section.id}` });
      link.setAttribute("aria-label", `Tautan ke ${heading.textContent.trim()}`);
      heading.append(" ", link);
    }
    document.addEventListener("click", async (event) => {
      const link = event.target.closest?.("a.tautan");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      history.replaceState(history.state, "", link.getAttribute("href"));
      const done = await copyLink(decodeURIComponent(link.hash.slice(1)));
      link.classList.toggle("disalin", done);
      window.setTimeout(() => link.classList.remove("disalin"), 1500);
    });
  };

  // Tables to sort -----------------------------------------------------------------------------------------------------

  const words = new Intl.Collator("id", { numeric: true, sensitivity: "base" });
  const NUMBER = /^[+−-]?\d+(?:\.\d{3})*(?:,\d+)?/;

  /** The number that a text begins with, in Indonesian form: `87,8%` is 87.8, `2.928` is 2928, `60 (100%)` is 60. */
  const numberOf = (text) => {
    const found = text.match(NUMBER);
    return found ? Number(found[0].replaceAll(".", "").replace(",", ".").replace("−", "-")) : null;
  };

  const isBlank = (text) => text === "" || text === "–" || text === "-";

  /** Compare by number where every filled cell but the odd `N/A` begins with one, else by words; blanks come last. */
  const orderOf = (texts, direction) => {
    const filled = texts.filter((text) => !isBlank(text));
    const numbers = filled.filter((text) => numberOf(text) !== null);
    const odd = filled.filter((text) => numberOf(text) === null);
    const numeric = numbers.length > 0 && odd.every((text) => text === odd[0]);
    const rank = (text) => (isBlank(text) ? 2 : numeric && numberOf(text) === null ? 1 : 0);
    return (a, b) => {
      const apart = rank(a) - rank(b);
      if (apart !== 0) return apart;
      const difference = numeric ? (numberOf(a) ?? 0) - (numberOf(b) ?? 0) : words.compare(a, b);
      return direction * difference;
    };
  };

  /** What a cell is sorted by: its text without the labels in it, or a label where there is nothing else. */
  const textOf = (row, column) => {
    const cell = row.cells[column];
    if (!cell?.querySelector(".label")) return cell?.textContent.trim() ?? "";
    const bare = cell.cloneNode(true);
    for (const label of all(".label", bare)) label.remove();
    return bare.textContent.trim() || cell.textContent.trim();
  };

  /** Bring the rows of a table into the order that its heading says; rows of totals stay below. */
  const sortRows = (table) => {
    const body = table.tBodies[0];
    const heads = [...table.tHead.rows[0].cells];
    const column = heads.findIndex((head) => head.hasAttribute("aria-sort"));
    const rows = [...body.rows];
    rows.forEach((row, place) => { row.dataset.urutan ??= String(place); });
    const total = (row) => Number(row.classList.contains("jumlah"));
    const first = (a, b) => Number(a.dataset.urutan) - Number(b.dataset.urutan);
    let order = first;
    if (column >= 0) {
      const direction = heads[column].getAttribute("aria-sort") === "ascending" ? 1 : -1;
      const texts = new Map(rows.map((row) => [row, textOf(row, column)]));
      const compare = orderOf(rows.filter((row) => !total(row)).map((row) => texts.get(row)), direction);
      order = (a, b) => compare(texts.get(a), texts.get(b)) || first(a, b);
    }
    rows.sort((a, b) => total(a) - total(b) || order(a, b));
    body.append(...rows);
  };

  const NEXT = { none: "ascending", ascending: "descending", descending: "none" };
  const SORTED = { none: "urutan semula", ascending: "dari kecil ke besar", descending: "dari besar ke kecil" };

  const sortBy = (table, head) => {
    const next = NEXT[head.getAttribute("aria-sort") ?? "none"];
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    if (next !== "none") head.setAttribute("aria-sort", next);
    sortRows(table);
    tell(`Tabel diurutkan menurut ${head.textContent.trim()}: ${SORTED[next]}.`);
  };

  const isSortable = (table, rowsNeeded) =>
    table.tHead?.rows.length === 1 && table.tBodies.length === 1 && table.tBodies[0].rows.length >= rowsNeeded &&
    !table.querySelector("tbody [rowspan], tbody [colspan]");

  const makeSortable = (table, rowsNeeded = 3) => {
    if (!isSortable(table, rowsNeeded)) return;
    for (const head of table.tHead.rows[0].cells) {
      if (head.textContent.trim() === "" || head.querySelector("a, button")) continue;
      const button = make("button", { type: "button", className: "urut" }, ...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => sortBy(table, head));
    }
  };

  /** A box that scrolls is a stop of the keyboard only while there is something to scroll. */
  const watchScrolling = () => {
    const boxes = all(".gulir");
    const look = () => {
      for (const box of boxes) {
        if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
        else box.removeAttribute("tabindex");
      }
    };
    look();
    let waiting = 0;
    window.addEventListener("resize", () => {
      window.clearTimeout(waiting);
      waiting = window.setTimeout(look, 150);
    });
  };

  // Contents -----------------------------------------------------------------------------------------------------------

  const startContents = () => {
    const contents = document.querySelector(".daftar-isi");
    if (!contents) return;
    const folding = contents.querySelector("details");
    const places = [];
    for (const link of all("a[href^='#']", folding)) {
      const place = byId(decodeURIComponent(link.hash.slice(1)));
      if (place) places.push({ link, place });
    }
    const fold = () => { folding.open = !narrow.matches; };
    fold();
    narrow.addEventListener("change", fold);
    folding.addEventListener("click", (event) => {
      if (event.target.closest("a") && narrow.matches) folding.open = false;
    });

    let current = null;
    const follow = () => {
      const edge = window.innerHeight * 0.25;
      let here = null;
      for (const each of places) {
        if (each.place.getClientRects().length === 0) continue;
        if (each.place.getBoundingClientRect().top > edge) break;
        here = each;
      }
      if (here === current) return;
      current?.link.removeAttribute("aria-current");
      current = here;
      if (!here) return;
      here.link.setAttribute("aria-current", "true");
      if (narrow.matches) return;
      const box = contents.getBoundingClientRect();
      const line = here.link.getBoundingClientRect();
      if (line.top < box.top + 40 || line.bottom > box.bottom - 40) {
        contents.scrollTop += line.top - box.top - box.height / 3;
      }
    };
    let asked = false;
    const ask = () => {
      if (asked) return;
      asked = true;
      window.requestAnimationFrame(() => { asked = false; follow(); });
    };
    window.addEventListener("scroll", ask, { passive: true });
    window.addEventListener("resize", ask);
    follow();
  };

  // Where a figure comes from ------------------------------------------------------------------------------------------

  const startExplanations = () => {
    const dialog = byId("monev-penjelasan");
    if (!dialog?.showModal) return { open: () => false };
    const content = dialog.querySelector(".penjelasan-isi");
    const back = dialog.querySelector(".kembali");
    const title = byId("monev-penjelasan-judul");
    const list = byId("monev-daftar-angka");
    const folded = list.closest("details");
    let trail = [];
    let entries = null;

    // With a script at work a browser keeps what is in <noscript> as text: the long list costs nothing until it is asked for.
    const figures = () => {
      if (!entries) {
        const holder = make("template", { innerHTML: list.textContent });
        entries = holder.content;
      }
      return entries;
    };
    folded.addEventListener("toggle", () => {
      if (folded.open && !folded.querySelector(".asal")) folded.append(figures().cloneNode(true));
    });

    const fill = (id) => {
      const entry = figures().getElementById(id).cloneNode(true);
      entry.removeAttribute("id");
      content.replaceChildren(entry);
      content.scrollTop = 0;
      back.hidden = trail.length < 2;
      dialog.querySelector(".penjelasan-kabar").textContent = "";
    };
    const show = (id) => {
      if (!figures().getElementById(id)) return false;
      if (!dialog.open) {
        trail = [];
        dialog.showModal();
      }
      trail.push(id);
      fill(id);
      title.focus();
      return true;
    };
    back.addEventListener("click", () => {
      trail.pop();
      fill(trail.at(-1));
      if (back.hidden) title.focus();
    });
    dialog.querySelector(".tutup").addEventListener("click", () => dialog.close());
    dialog.querySelector(".salin").addEventListener("click", () =>
      copyLink(trail.at(-1), dialog.querySelector(".penjelasan-kabar")));
    // A click beside the dialog closes it, as Escape does.
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.("a[href^='#angka.']");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      if (show(decodeURIComponent(link.hash.slice(1)))) event.preventDefault();
    });
    return { open: show };
  };

  // Search and filters -------------------------------------------------------------------------------------------------

  const SHOWN = 40;

  const startSearch = () => {
    const panel = byId("monev-cari");
    if (!panel) return null;
    const data = JSON.parse(byId("monev-data-target").textContent);
    if (data.target.length === 0) return null;
    const form = panel.querySelector("form");
    const results = byId("monev-cari-hasil");
    const table = results.querySelector("table");
    const more = byId("monev-cari-semua");
    const notice = byId("monev-tersaring");
    const fields = ["kata", "komitmen", "kelompok", "pelaksana", "periode", "kategori", "status"];
    const field = (name) => form.elements.namedItem(name);
    // Instruments about targets, commitments or actors: one more filter each, by the level nearest to the score.
    for (const { nama, judul, nilai } of data.saringan ?? []) {
      const id = `monev-cari-${nama}`;
      const select = make("select", { id, name: nama }, new Option("Semua", ""), ...nilai.map((name) => new Option(name, name)));
      form.querySelector(".saringan-isi").append(make("div", { className: "isian isian-lebar" }, make("label", { htmlFor: id }, judul), select));
      fields.push(nama);
    }
    const shortened = (text) => (text.length > 80 ? `${text.slice(0, 79).trimEnd()}…` : text);
    const actors = new Map(data.pelaksana.map(([name, full]) => [name, full]));
    const titles = new Map(data.komitmen);
    const periods = new Map(data.periode);

    const offer = (name, pairs) => {
      for (const [value, text] of pairs) field(name).append(new Option(shortened(text), value));
    };
    offer("komitmen", data.komitmen.map(([n, title]) => [n, `${n}. ${title}`]));
    offer("kelompok", data.kelompok.map((group) => [group, group]));
    for (const group of data.kelompok) {
      const options = make("optgroup", { label: group });
      for (const [name, full, own] of data.pelaksana) {
        if (own === group) options.append(new Option(shortened(full === name ? name : `${name} – ${full}`), name));
      }
      field("pelaksana").append(options);
    }
    offer("periode", data.periode);
    offer("kategori", data.kategori.map((name) => [name, name]));
    offer("status", data.status.map((name) => [name, name]));

    const targets = data.target
      .map((row) => ({ ...row, komitmen: String(row.komitmen), place: byId(row.id) }))
      .filter((row) => row.place);

    /** All that a target can be found by, the texts of its cells and the names around it; made when first asked for. */
    const haystack = (row) => row.text ??= plain([
      ...all(".sel", row.place).map((cell) => cell.textContent), row.pelaksana, actors.get(row.pelaksana) ?? "", row.kelompok,
      titles.get(Number(row.komitmen)) ?? "", data.ukuran[row.ukuran] ?? "", periods.get(row.periode) ?? "",
    ].join(" "));

    const wished = () => Object.fromEntries(fields.map((name) => [name, field(name).value.trim()]));
    const isAsked = (wish) => fields.some((name) => wish[name] !== "");
    const matches = (row, wish, parts) =>
      fields.every((name) => name === "kata" || wish[name] === "" || row[name] === wish[name]) &&
      parts.every((part) => haystack(row).includes(part));

    const heads = [...table.tHead.rows[0].cells].map((head) => head.textContent);
    const cell = (content, column) => {
      const made = make("td", {}, content);
      made.dataset.nama = heads[column];
      return made;
    };
    const labelOf = (row, part) => row.place.querySelector(`${part} .label`)?.cloneNode(true) ?? "–";
    const line = (row) => {
      const text = row.place.querySelector(".t-target .sel")?.textContent.trim() ?? "";
      const name = text || row.place.querySelector(".t-target strong")?.textContent || row.id;
      const actor = actors.get(row.pelaksana) ?? row.pelaksana;
      const short = make("abbr", { title: actor }, row.pelaksana);
      return make("tr", {}, ...[
        row.komitmen, String(row.uk), actor === row.pelaksana ? row.pelaksana : short, row.periode,
        make("a", { href: `#${row.id}` }, name), row.nilai, labelOf(row, ".t-nilai"), labelOf(row, ".t-status"),
      ].map(cell));
    };

    const list = (found, limit) => {
      table.tBodies[0].replaceChildren(...found.slice(0, limit).map(line));
      sortRows(table);
      more.hidden = found.length <= limit;
      more.textContent = `Tampilkan semua ${number.format(found.length)} target yang cocok`;
    };

    // In the appendices: what does not match is hidden, and with it the headings that nothing is left under.
    const appendices = all(".lampiran-komitmen");
    const hideOthers = (kept) => {
      for (const row of targets) row.place.hidden = kept !== null && !kept.has(row.id);
      for (const appendix of appendices) {
        for (const box of [appendix, ...all("section", appendix)]) {
          const own = all("tbody.target", box);
          const left = kept === null || own.some((body) => !body.hidden);
          box.hidden = !left && (own.length > 0 || box === appendix);
        }
      }
      notice.hidden = kept === null;
      if (kept !== null) {
        notice.firstElementChild.textContent = kept.size === 0
          ? "Lampiran disaring: tidak ada target yang cocok."
          : `Lampiran disaring: ${number.format(kept.size)} dari ${number.format(targets.length)} target.`;
      }
      // What stands fixed at the top must not cover the place that a link leads to.
      root.style.scrollPaddingTop = kept === null ? "" : `${notice.offsetHeight + (narrow.matches ? 64 : 24)}px`;
    };

    const markIn = (cell, parts, marks) => {
      const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = node.data.toLowerCase();
        if (text.length !== node.length) continue;
        for (const part of parts) {
          for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + part.length);
            marks.add(range);
          }
        }
      }
    };

    // Only browsers that can mark words know this selector, and checkers of style sheets do not.
    if (window.CSS?.highlights) {
      const look = new CSSStyleSheet();
      look.insertRule("::highlight(monev-kata) { background: var(--sedang); color: var(--sedang-teks); }");
      document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];
    }

    /** Mark the words that were searched for, where the browser can do it without touching the text. */
    const mark = (found, parts) => {
      if (!window.CSS?.highlights) return;
      CSS.highlights.delete("monev-kata");
      if (parts.length === 0) return;
      const marks = new Highlight();
      for (const row of found.slice(0, 200)) {
        for (const cell of all(".sel", row.place)) markIn(cell, parts, marks);
      }
      CSS.highlights.set("monev-kata", marks);
    };

    let told = "";
    const show = () => {
      const wish = wished();
      const asked = isAsked(wish);
      const parts = plain(wish.kata).split(/\s+/).filter(Boolean);
      const found = asked ? targets.filter((row) => matches(row, wish, parts)) : targets;
      results.hidden = !asked || found.length === 0;
      if (asked) list(found, SHOWN);
      else { more.hidden = true; table.tBodies[0].replaceChildren(); }
      more.onclick = () => {
        list(found, found.length);
        table.querySelector(`tbody tr:nth-child(${SHOWN + 1}) a`)?.focus();
      };
      const filtering = asked && field("lampiran").checked;
      hideOthers(filtering ? new Set(found.map((row) => row.id)) : null);
      mark(asked ? found : [], parts);
      const sum = `${number.format(found.length)} dari ${number.format(targets.length)} target cocok.`;
      const count = !asked ? `${number.format(targets.length)} target dalam laporan ini.`
        : found.length === 0 ? "Tidak ada target yang cocok. Kurangi kata atau saringan." : sum;
      if (count !== told) byId("monev-cari-jumlah").textContent = count;
      told = count;
    };

    // The address keeps what was asked for: `#?kata=data&komitmen=7`.
    const stateOf = (wish) => {
      const kept = fields.filter((name) => wish[name] !== "").map((name) => [name, wish[name]]);
      if (kept.length > 0 && !field("lampiran").checked) kept.push(["lampiran", "semua"]);
      return kept.length > 0 ? `#?${new URLSearchParams(kept)}` : "";
    };
    const keep = () => {
      const state = stateOf(wished());
      if (state || location.hash.startsWith("#?")) {
        history.replaceState(history.state, "", state || location.href.replace(/#.*$/, ""));
      }
    };
    const restore = (hash) => {
      const state = new URLSearchParams(hash.slice(2));
      for (const name of fields) {
        field(name).value = state.get(name) ?? "";
        if (field(name).selectedIndex === -1) field(name).value = "";
      }
      field("lampiran").checked = state.get("lampiran") !== "semua";
      show();
    };
    const clear = () => {
      form.reset();
      offerActors();
      show();
    };

    /** With a group chosen, the actors of the other cannot be. */
    const offerActors = () => {
      const group = field("kelompok").value;
      for (const options of all("optgroup", field("pelaksana"))) options.disabled = group !== "" && options.label !== group;
      if (field("pelaksana").selectedOptions[0]?.parentElement.disabled) field("pelaksana").value = "";
    };

    let waiting = 0;
    form.addEventListener("input", (event) => {
      offerActors();
      window.clearTimeout(waiting);
      waiting = window.setTimeout(() => { show(); keep(); }, event.target.name === "kata" ? 150 : 0);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      window.clearTimeout(waiting);
      show();
      keep();
      if (!results.hidden) results.scrollIntoView({ block: "nearest" });
    });
    form.addEventListener("reset", () => window.setTimeout(() => { offerActors(); show(); keep(); }));
    notice.querySelector("button").addEventListener("click", () => {
      field("lampiran").checked = false;
      show();
      keep();
      byId("isi").focus({ preventScroll: true });
      tell("Semua target ditampilkan.");
    });

    panel.hidden = false;
    for (const link of all(".ke-cari")) link.hidden = false;
    if (narrow.matches) panel.querySelector("details").open = false;
    makeSortable(table, 0);
    for (const link of all("a.ke-cari")) {
      link.addEventListener("click", (event) => {
        event.preventDefault();
        panel.scrollIntoView();
        field("kata").focus({ preventScroll: true });
      });
    }
    show();

    return {
      restore,
      /** A place that the filter hides is shown again, with all the others. */
      reveal: (place) => {
        if (!place.closest("[hidden]")) return false;
        clear();
        tell("Saringan dihapus untuk menampilkan tempat yang dituju.");
        return true;
      },
    };
  };

  // Addresses ----------------------------------------------------------------------------------------------------------

  const startAddresses = (search, explanations) => {
    const arrive = (first) => {
      const hash = location.hash;
      if (hash.startsWith("#?")) {
        search?.restore(hash);
        return;
      }
      let id = hash.slice(1);
      try { id = decodeURIComponent(id); } catch { /* not an address of ours */ }
      if (!id) return;
      if (id.startsWith("angka.") && explanations.open(id)) return;
      const place = byId(id);
      if (!place) return;
      const moved = search?.reveal(place);
      if (place.matches("tbody.target")) {
        place.tabIndex = -1;
        place.focus({ preventScroll: true });
      }
      if (first || moved) place.scrollIntoView();
    };
    window.addEventListener("hashchange", () => arrive(false));
    arrive(true);
  };

  // Start --------------------------------------------------------------------------------------------------------------

  const start = () => {
    startPermalinks();
    for (const table of all(".float-tbl table, .quarto-float-tbl table")) makeSortable(table);
    startContents();
    const explanations = startExplanations();
    const search = startSearch();
    watchScrolling();
    startAddresses(search, explanations);
  };

  start();
})();
