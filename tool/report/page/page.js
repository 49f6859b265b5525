// The script of the HTML report. Everything that comes from the code is put into the page as text
// (textContent), never as markup. Rows and drawings are made when they are asked for, so that a
// report of thousands of records opens at once.
(function () {
  "use strict";

  const report = JSON.parse(document.getElementById("report").textContent);
  const PAGE = 200; // rows that are added to the table at once
  const MOST_LINES = 64; // cache lines that are drawn of one record
  const MOST_OPEN = 60; // rows of a layout: longer ones begin with their parts closed
  const MOST_AREAS = 60; // records in the map
  const MOST_LANES = 6; // parts that overlap are drawn below each other, this many
  const PART = 0, GROUP = 1, FREE = 2;

  const byId = (id) => document.getElementById(id);

  function element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }

  function append(parent, ...children) {
    for (const child of children) parent.appendChild(child);
    return parent;
  }

  const number = (value) => value.toLocaleString("en-US");
  const plural = (count, what) => number(count) + " " + what + (count === 1 ? "" : "s");
  const placeText = (place) => (place ? report.strings[place[0]] + ":" + place[1] : "");

  // A place as a link where the source is on the web, else as text.
  function placeNode(place) {
    const text = placeText(place);
    const file = place ? report.strings[place[0]] : "";
    if (!report.source_url || !file || file.startsWith("/") || file.startsWith("..")) {
      return document.createTextNode(text);
    }
    const link = element("a", "", text);
    const encoded = file.split("/").map(encodeURIComponent).join("/");
    link.href = report.source_url.split("{file}").join(encoded).split("{line}").join(String(place[1]));
    link.rel = "noreferrer noopener";
    return link;
  }

  function meterOf(value, most) {
    const meter = element("meter");
    meter.max = most;
    meter.value = value;
    return meter;
  }

  // ----- the records, ready to be searched and sorted

  const KEYS = ["name", "kind", "place", "size", "align", "holes", "tail", "bitHoles", "traits", "rows", "better",
    "id"];

  const records = report.records.map((fields, index) => {
    const record = { index: index, findings: [], saved: 0, objects: 0, haystack: "" };
    KEYS.forEach((key, i) => { record[key] = fields[i]; });
    record.padding = record.holes + record.tail;
    return record;
  });
  const others = [];
  for (const finding of report.findings) {
    const record = records[finding.record];
    if (!record) {
      others.push(finding);
      continue;
    }
    record.findings.push(finding);
    if (finding.saved > record.saved) {
      record.saved = finding.saved;
      record.objects = finding.instances || 0;
    }
  }
  for (const record of records) record.waste = record.saved * Math.max(record.objects, 1);
  const mostWaste = records.reduce((most, record) => Math.max(most, record.waste), 0);
  const byName = new Map(records.map((record) => [record.name, record]));
  const byLink = new Map(records.map((record) => ["r-" + record.id, record]));

  // Lower case of everything that a search looks at; made at the first search.
  function haystackOf(record) {
    if (!record.haystack) {
      const words = [record.name, placeText(record.place)];
      for (const row of record.rows) words.push(row[6], report.strings[row[5]]);
      for (const finding of record.findings) words.push(finding.check, finding.message);
      record.haystack = words.join("\n").toLowerCase();
    }
    return record.haystack;
  }

  // ----- drawing of a layout

  const COLORS = 6;

  function partTitle(row) {
    const bits = row[4];
    const size = bits % 8 === 0 ? plural(bits / 8, "byte") : plural(bits, "bit");
    const at = row[3] % 8 === 0 ? row[3] / 8 : Math.floor(row[3] / 8) + " bit " + (row[3] % 8);
    const type = report.strings[row[5]];
    return row[6] + (type ? ": " + type : "") + "\n" + size + " at " + at;
  }

  function offsetText(bits) {
    return bits % 8 === 0 ? String(bits / 8) : Math.floor(bits / 8) + ":" + (bits % 8);
  }

  function sizeText(row) {
    const bits = row[4];
    return row[1] === "bit-field" || bits % 8 !== 0 ? plural(bits, "bit") : String(bits / 8);
  }

  // The parts in a line, each in the first lane where it overlaps nothing.
  function lanesOf(parts) {
    const lanes = [];
    for (const part of parts) {
      let lane = lanes.find((other) => other.end <= part.row[3]);
      if (!lane) {
        if (lanes.length === MOST_LANES) continue;
        lane = { end: 0, parts: [] };
        lanes.push(lane);
      }
      lane.parts.push(part);
      lane.end = Math.max(lane.end, part.row[3] + part.row[4]);
    }
    return lanes;
  }

  function drawPart(part, begin, lineBits) {
    const row = part.row;
    const from = Math.max(row[3], begin);
    const to = Math.min(row[3] + row[4], begin + lineBits);
    const free = row[0] === FREE;
    const made = element("div", "part " + (free ? "free" : "c" + (part.color % COLORS)), free ? "" : row[6]);
    made.title = partTitle(row);
    made.style.left = (100 * (from - begin)) / lineBits + "%";
    made.style.width = (100 * (to - from)) / lineBits + "%";
    return made;
  }

  function drawLine(parts, begin, lineBits, endBits) {
    const line = element("div", "line");
    line.style.setProperty("--bytes", lineBits / 8);
    for (const lane of lanesOf(parts)) {
      const made = element("div", "lane");
      for (const part of lane.parts) made.appendChild(drawPart(part, begin, lineBits));
      if (begin + lineBits > endBits) {
        const after = element("div", "part after");
        after.title = "behind the record";
        after.style.left = (100 * (endBits - begin)) / lineBits + "%";
        after.style.right = "0";
        made.appendChild(after);
      }
      line.appendChild(made);
    }
    return line;
  }

  // Lines in which a part begins or ends; between two of them every line looks the same.
  function linesThatDiffer(parts, lineBits) {
    const lines = new Set();
    for (const part of parts) {
      lines.add(Math.floor(part.row[3] / lineBits));
      lines.add(Math.floor((part.row[3] + part.row[4] - 1) / lineBits));
    }
    return Array.from(lines).sort((a, b) => a - b);
  }

  function skipped(text) {
    return element("div", "skipped", text);
  }

  // Both orders of a record give a field the same colour.
  function colorsOf(rows) {
    const colors = new Map();
    for (const row of rows) {
      if (row[0] === PART && !colors.has(row[6])) colors.set(row[6], colors.size);
    }
    return colors;
  }

  function drawLines(rows, sizeBytes, scale) {
    const parts = [];
    for (const row of rows) {
      if (row[0] !== GROUP && row[4] > 0) parts.push({ row: row, color: scale.colors.get(row[6]) || 0 });
    }
    parts.sort((a, b) => a.row[3] - b.row[3]);
    const lineBytes = scale.lineBytes;
    const lineBits = lineBytes * 8;
    const made = element("div", "lines");
    made.setAttribute("role", "img");
    made.setAttribute("aria-label", "Drawing of " + plural(sizeBytes, "byte") + "; the table below says the same");
    let before = -1;
    let left = MOST_LINES;
    for (const line of linesThatDiffer(parts, lineBits)) {
      const begin = line * lineBits;
      if (left-- === 0) {
        made.appendChild(skipped("the lines behind byte " + number(begin / 8) + " are not drawn"));
        break;
      }
      if (line > before + 1) {
        made.appendChild(skipped(plural(line - before - 1, "line") + " more of the same"));
      }
      const inside = parts.filter((part) => part.row[3] < begin + lineBits && part.row[3] + part.row[4] > begin);
      made.appendChild(element("div", "label", number(begin / 8)));
      made.appendChild(drawLine(inside, begin, lineBits, sizeBytes * 8));
      before = line;
    }
    return made;
  }

  function layoutTable(rows) {
    const table = element("table", "layout");
    const head = element("tr");
    for (const title of ["Offset", "Size", "Type", "Name"]) {
      const cell = element("th", "", title);
      cell.scope = "col";
      head.appendChild(cell);
    }
    append(table, append(element("thead"), head));
    const body = element("tbody");
    const lineBits = report.abi.cache_line_bytes * 8;
    let line = 0;
    for (const row of rows) {
      const here = Math.floor(row[3] / lineBits);
      const made = element("tr", (row[0] === FREE ? "free " : "") + (here > line ? "border" : ""));
      line = Math.max(line, here);
      const indent = "\u00a0".repeat(2 * row[2]);
      made.dataset.depth = row[2];
      const type = element("td", "", indent);
      const known = byName.get(report.strings[row[5]]);
      if (known) {
        const link = element("a", "", known.name);
        link.href = "#r-" + known.id;
        type.appendChild(link);
      } else {
        type.append(report.strings[row[5]]);
      }
      const name = element("td", "", indent);
      if (row[0] === GROUP) name.appendChild(twistOf(made));
      name.append(row[6]);
      append(made, element("td", "number", offsetText(row[3])), element("td", "number", sizeText(row)), type, name);
      body.appendChild(made);
    }
    if (rows.length > MOST_OPEN) for (const twist of body.querySelectorAll(".twist")) twist.click();
    return append(table, body);
  }

  // The button of a part that has parts: shows them and hides them.
  function twistOf(row) {
    const button = element("button", "twist", "\u25be");
    button.type = "button";
    button.title = "show or hide the parts";
    button.setAttribute("aria-expanded", "true");
    button.addEventListener("click", () => {
      const open = button.getAttribute("aria-expanded") !== "true";
      button.setAttribute("aria-expanded", String(open));
      button.textContent = open ? "\u25be" : "\u25b8";
      const depth = Number(row.dataset.depth);
      let closed = open ? Infinity : depth;  // parts below a part of this depth are hidden
      for (let next = row.nextElementSibling; next && Number(next.dataset.depth) > depth; next = next.nextElementSibling) {
        const at = Number(next.dataset.depth);
        if (at <= closed) closed = open ? Infinity : depth;
        next.hidden = at > closed;
        const inner = next.querySelector(".twist");
        if (open && !next.hidden && inner && inner.getAttribute("aria-expanded") !== "true") closed = at;
      }
    });
    return button;
  }

  // What the drawings of one record have in common, so that they compare at a glance.
  function scaleOf(record) {
    let lineBytes = report.abi.cache_line_bytes;
    while (lineBytes > 8 && record.size <= lineBytes / 2) lineBytes /= 2;
    return { lineBytes: lineBytes, colors: colorsOf(record.rows) };
  }

  function drawOrder(title, rows, size, padding, scale) {
    const lines = Math.ceil(size / report.abi.cache_line_bytes);
    const text = plural(size, "byte") + ", " + number(padding) + " of them padding, " + plural(lines, "cache line");
    return append(element("div", "order"), element("h3", "", title), element("p", "faint", text),
      drawLines(rows, size, scale), layoutTable(rows));
  }

  // ----- findings

  function drawDiff(diff) {
    const made = element("pre");
    for (const hunk of diff[1]) {
      made.appendChild(element("span", "hunk", "@@ " + report.strings[diff[0]] + ":" + hunk[0] + "\n"));
      for (const line of hunk[1]) {
        const kind = { "+": "added", "-": "removed" }[line[0]] || "same";
        made.appendChild(element("span", kind, line + "\n"));
      }
    }
    return made;
  }

  function drawFix(fix) {
    const made = element("li");
    made.appendChild(element("strong", "safety-" + fix.safety, fix.headline));
    if (fix.notes.length) {
      const notes = element("ul");
      for (const note of fix.notes) notes.appendChild(element("li", "", note));
      made.appendChild(notes);
    }
    for (const diff of fix.diff) made.appendChild(drawDiff(diff));
    return made;
  }

  function explain(check) {
    const rule = report.rules[check];
    const made = element("details", "why");
    made.appendChild(element("summary", "", check + (rule ? ": " + rule[0] : "")));
    if (rule) made.appendChild(element("div", "prose", rule[1]));
    return made;
  }

  function drawFinding(finding) {
    const made = element("div", "finding " + finding.level);
    made.appendChild(element("div", "message", finding.level + ": " + finding.message));
    made.appendChild(append(element("div", "place"), placeNode(finding.place)));
    const list = element("ul");
    for (const fact of finding.evidence) {
      const item = element("li");
      if (fact[1]) item.append(placeNode(fact[1]), ": ");
      item.append(fact[0]);
      list.appendChild(item);
    }
    for (const fix of finding.fixes) list.appendChild(drawFix(fix));
    return append(made, list, explain(finding.check));
  }

  // ----- the table

  const state = { key: "waste", descending: true, words: [], show: "all", shown: 0, found: [], chosen: { check: new Set(), safety: new Set() } };

  const VALUES = {
    name: (r) => r.name,
    place: (r) => placeText(r.place),
    findings: (r) => r.findings.length,
  };
  const valueOf = (key) => VALUES[key] || ((r) => r[key]);

  function compare(a, b) {
    return a < b ? -1 : a > b ? 1 : 0;
  }

  function sorted(list) {
    const value = valueOf(state.key);
    const sign = state.descending ? -1 : 1;
    return list.sort((a, b) => sign * compare(value(a), value(b)) || b.padding - a.padding ||
      compare(a.name, b.name) || a.index - b.index);
  }

  function matches(record) {
    if (state.show === "findings" && record.findings.length === 0) return false;
    if (state.show === "padding" && record.padding === 0 && record.bitHoles === 0) return false;
    const { check, safety } = state.chosen;
    if (check.size + safety.size > 0 && !record.findings.some((finding) =>
      (check.size === 0 || check.has(finding.check)) && (safety.size === 0 || safety.has(safetyOf(finding))))) {
      return false;
    }
    return state.words.every((word) => haystackOf(record).includes(word));
  }

  const safetyOf = (finding) => (finding.fixes.length ? finding.fixes[0].safety : "no fix");

  // A button for each check and each safety of a fix; those that are pressed choose.
  function fillChips() {
    for (const [kind, valueOfFinding] of [["check", (f) => f.check], ["safety", safetyOf]]) {
      const counts = new Map();
      for (const record of records) {
        for (const finding of record.findings) {
          const value = valueOfFinding(finding);
          counts.set(value, (counts.get(value) || 0) + 1);
        }
      }
      for (const value of Array.from(counts.keys()).sort()) {
        const chip = element("button", "chip " + kind + (kind === "safety" ? " safety-" + value.replace(" ", "-") : ""),
          value + " " + number(counts.get(value)));
        chip.type = "button";
        chip.setAttribute("aria-pressed", "false");
        chip.addEventListener("click", () => {
          const chosen = state.chosen[kind];
          if (!chosen.delete(value)) chosen.add(value);
          chip.setAttribute("aria-pressed", String(chosen.has(value)));
          refresh();
        });
        byId("chips").appendChild(chip);
      }
    }
  }

  // ----- the map: areas as square as they get (Bruls, Huizing, van Wijk: Squarified Treemaps)

  function areasOf(items, box) {
    const areas = [];
    let rest = items.slice();
    let { left, top, width, height } = box;
    let sum = rest.reduce((all, item) => all + item.weight, 0);
    while (rest.length) {
      const along = Math.min(width, height);
      const scale = (width * height) / sum;
      const worst = (row, total) => {
        const depth = (total * scale) / along;
        return row.reduce((most, item) => {
          const side = (item.weight * scale) / depth;
          return Math.max(most, side / depth, depth / side);
        }, 0);
      };
      const row = [rest[0]];
      let total = rest[0].weight;
      while (row.length < rest.length) {
        const next = rest[row.length];
        if (worst(row.concat(next), total + next.weight) > worst(row, total)) break;
        row.push(next);
        total += next.weight;
      }
      const depth = (total * scale) / along;
      let at = 0;
      for (const item of row) {
        const side = (item.weight * scale) / depth;
        areas.push(width >= height
          ? { item: item, left: left, top: top + at, width: depth, height: side }
          : { item: item, left: left + at, top: top, width: side, height: depth });
        at += side;
      }
      if (width >= height) {
        left += depth;
        width -= depth;
      } else {
        top += depth;
        height -= depth;
      }
      sum -= total;
      rest = rest.slice(row.length);
    }
    return areas;
  }

  function fillMap() {
    const items = records.map((record) => ({ record: record, weight: record.size * Math.max(record.objects, 1) }))
      .filter((item) => item.weight > 0 && item.record.padding + item.record.findings.length > 0)
      .sort((a, b) => b.weight - a.weight || a.record.index - b.record.index).slice(0, MOST_AREAS);
    if (items.length < 2) return;
    byId("map-section").hidden = false;
    for (const area of areasOf(items, { left: 0, top: 0, width: 400, height: 100 })) {
      const record = area.item.record;
      const made = element("button", "area c" + (record.index % COLORS));
      made.type = "button";
      made.title = record.name + "\n" + plural(record.size, "byte") + (record.objects ? ", " +
        plural(record.objects, "object") : "") + "; " + plural(record.padding, "byte") + " of padding";
      made.style.left = area.left / 4 + "%";
      made.style.width = area.width / 4 + "%";
      made.style.top = area.top + "%";
      made.style.height = area.height + "%";
      const free = element("span", "share");
      free.style.height = (100 * record.padding) / record.size + "%";
      append(made, free, element("span", "what", record.name));
      made.addEventListener("click", () => { location.hash = "r-" + record.id; });
      byId("map").appendChild(made);
    }
  }

  // ----- links to records

  function openRecord(record) {
    if (!state.found.includes(record)) {
      byId("search").value = "";
      byId("show").value = state.show = "all";
      state.words = [];
      for (const chosen of Object.values(state.chosen)) chosen.clear();
      for (const chip of document.querySelectorAll(".chip")) chip.setAttribute("aria-pressed", "false");
      refresh();
    }
    while (!byId("r-" + record.id)) showMore();
    const row = byId("r-" + record.id);
    const button = row.querySelector(".name");
    if (button.getAttribute("aria-expanded") !== "true") toggle(record, row, button);
    row.scrollIntoView({ block: "start" });
    button.focus({ preventScroll: true });
  }

  function openLinked() {
    const record = byLink.get(location.hash.slice(1));
    if (record) openRecord(record);
  }

  function detailOf(record) {
    const cell = element("td");
    cell.colSpan = 8;
    const orders = element("div", "orders");
    const scale = scaleOf(record);
    orders.appendChild(drawOrder("Current layout", record.rows, record.size, record.padding, scale));
    if (record.better) {
      const better = record.better;
      orders.appendChild(drawOrder("Suggested layout (" + better.proof + ")", better.rows, better.size, better.padding,
        scale));
    }
    const facts = [record.kind, "aligned to " + plural(record.align, "byte")].concat(record.traits);
    const link = element("a", "", "link to this record");
    link.href = "#r-" + record.id;
    append(cell, append(element("p", "faint", facts.join(", ") + "; "), link), orders);
    for (const finding of record.findings) cell.appendChild(drawFinding(finding));
    return append(element("tr", "detail"), cell);
  }

  function toggle(record, row, button) {
    const open = button.getAttribute("aria-expanded") === "true";
    if (open) {
      row.nextElementSibling.remove();
    } else {
      row.after(detailOf(record));
    }
    button.setAttribute("aria-expanded", String(!open));
  }

  function rowOf(record) {
    const row = element("tr");
    row.id = "r-" + record.id;
    const button = element("button", "name", record.name);
    button.type = "button";
    button.setAttribute("aria-expanded", "false");
    button.addEventListener("click", () => toggle(record, row, button));
    const head = append(element("th"), button);
    head.scope = "row";
    const cell = (label, value, most) => {
      const made = element("td", "number", value ? number(value) : "");
      made.dataset.label = label;
      if (most && value) made.prepend(meterOf(value, most));
      return made;
    };
    return append(row, head, cell("Size", record.size), cell("Padding", record.padding, record.size),
      cell("Saved/object", record.saved), cell("Objects", record.objects), cell("Waste", record.waste, mostWaste),
      cell("Findings", record.findings.length), append(element("td", "place"), placeNode(record.place)));
  }

  function showMore() {
    const rows = document.createDocumentFragment();
    const end = Math.min(state.shown + PAGE, state.found.length);
    for (; state.shown < end; ++state.shown) rows.appendChild(rowOf(state.found[state.shown]));
    byId("rows").appendChild(rows);
    const left = state.found.length - state.shown;
    byId("more").hidden = left === 0;
    byId("more").textContent = "Show " + number(Math.min(left, PAGE)) + " more of " + number(left);
  }

  function refresh() {
    state.found = sorted(records.filter(matches));
    state.shown = 0;
    byId("rows").replaceChildren();
    showMore();
    byId("count").textContent = number(state.found.length) + " of " + plural(records.length, "record");
  }

  function sortBy(button) {
    const key = button.dataset.key;
    const words = key === "name" || key === "place";
    state.descending = state.key === key ? !state.descending : !words;
    state.key = key;
    for (const other of document.querySelectorAll("#records th[aria-sort]")) other.setAttribute("aria-sort", "none");
    button.parentElement.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
    refresh();
  }

  // ----- keys

  function moveFocus(step) {
    const buttons = Array.from(document.querySelectorAll("#rows .name"));
    const at = buttons.indexOf(document.activeElement);
    const next = buttons[at === -1 ? (step > 0 ? 0 : -1) : at + step];
    if (next) next.focus();
    return Boolean(next);
  }

  function onKey(event) {
    const inField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "/" && !inField) {
      event.preventDefault();
      byId("search").focus();
    } else if (event.key === "ArrowDown" && event.target !== byId("show")) {
      if (moveFocus(1)) event.preventDefault();
    } else if (event.key === "ArrowUp" && !inField) {
      if (moveFocus(-1)) event.preventDefault();
    }
  }

  // ----- start

  function fillHead() {
    byId("made-by").textContent = "snug " + report.tool.version + ", libclang " + report.tool.libclang +
      ", target " + report.abi.target + ", cache lines of " + plural(report.abi.cache_line_bytes, "byte") + ".";
    for (const unit of report.units) {
      const item = append(element("li"), element("code", "", unit[0]));
      item.appendChild(element("span", "", " (" + unit[1] + ")"));
      for (const problem of unit[2]) item.appendChild(element("div", "faint", problem));
      byId("unit-list").appendChild(item);
    }
    byId("units").hidden = report.units.length === 0;
    for (const finding of others) byId("other-list").appendChild(drawFinding(finding));
    byId("others").hidden = others.length === 0;
  }

  fillHead();
  let timer = 0;
  byId("search").addEventListener("input", (event) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      state.words = event.target.value.toLowerCase().split(/\s+/).filter(Boolean);
      refresh();
    }, 60);
  });
  byId("show").addEventListener("change", (event) => {
    state.show = event.target.value;
    refresh();
  });
  byId("controls").addEventListener("submit", (event) => event.preventDefault());
  byId("more").addEventListener("click", showMore);
  for (const button of document.querySelectorAll("#records thead button")) {
    button.addEventListener("click", () => sortBy(button));
  }
  document.addEventListener("keydown", onKey);
  fillChips();
  fillMap();
  refresh();
  openLinked();
  addEventListener("hashchange", openLinked);
  document.documentElement.dataset.ready = "true";
})();
