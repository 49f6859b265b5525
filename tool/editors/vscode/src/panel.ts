// The layout panel: one record, as it is and in the suggested order, side by side.
import * as crypto from "crypto";
import * as vscode from "vscode";
import { Layout, Slot } from "./protocol";

const escapes: { [char: string]: string } = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => escapes[char]);
}

function isPadding(slot: Slot): boolean {
  return slot.kind === "hole" || slot.kind === "tail-padding";
}

function bytes(bits: number): string {
  return bits % 8 === 0 ? `${bits / 8}` : `${Math.floor(bits / 8)}:${bits % 8}`;
}

function size(slot: Slot): string {
  return slot.sizeBits % 8 !== 0 || slot.kind === "bit-field"
    ? `${slot.sizeBits} bits`
    : `${slot.sizeBits / 8}`;
}

/** The rows of a table; nested records open in place. */
function rows(slots: Slot[], layout: Layout, lineBytes: number, base: number, depth: number): string {
  let html = "";
  let line = Math.floor(base / 8 / lineBytes);
  for (const slot of slots) {
    const at = base + slot.offsetBits;
    const begins = Math.floor(at / 8 / lineBytes);
    if (begins > line) {
      html += `<tr class="line"><td colspan="4">cache line ${begins}</td></tr>`;
      line = begins;
    }
    const place = slot.range
      ? ` class="field" tabindex="0" data-line="${slot.range.start.line}" data-character="${slot.range.start.character}"`
      : isPadding(slot)
        ? ' class="padding"'
        : "";
    const name = isPadding(slot) ? "padding" : slot.name || `(${slot.kind})`;
    html +=
      `<tr${place}><td>${bytes(at)}</td><td>${size(slot)}</td>` +
      `<td>${escaped(slot.type)}</td><td>${escaped(name)}</td></tr>`;
    const child = slot.record ? layout.children[slot.record] : undefined;
    const inner = slot.slots ? { slots: slot.slots, base } : child ? { slots: child.slots, base: at } : undefined;
    if (inner && depth < 4) {
      html +=
        `<tr class="nested"><td colspan="4"><details><summary>${escaped(slot.type || slot.name)}</summary>` +
        `<table>${rows(inner.slots, layout, lineBytes, inner.base, depth + 1)}</table></details></td></tr>`;
    }
  }
  return html;
}

/** A colour for each part, the same in both orders. */
function coloursOf(layout: Layout): (slot: Slot) => string {
  const names = layout.slots.filter((slot) => !isPadding(slot)).map((slot) => slot.name);
  return (slot) => `part p${Math.max(0, names.indexOf(slot.name)) % 6}`;
}

/** One cell a byte; large records are scaled so that no strip has more than 512 cells. */
function strip(slots: Slot[], total: number, colour: (slot: Slot) => string): string {
  const scale = Math.max(1, Math.ceil(total / 512));
  let html = "";
  for (const slot of slots) {
    const cells = Math.max(slot.sizeBits > 0 ? 1 : 0, Math.round(slot.sizeBits / 8 / scale));
    const kind = isPadding(slot) ? "pad" : colour(slot);
    html += `<span class="${kind}" title="${escaped(isPadding(slot) ? "padding" : slot.name)}">${"&nbsp;".repeat(cells)}</span>`;
  }
  return `<div class="strip">${html}</div>`;
}

function table(title: string, slots: Slot[], total: number, layout: Layout): string {
  return (
    `<section><h2>${escaped(title)}</h2>${strip(slots, total, coloursOf(layout))}<table>` +
    `<tr><th>offset</th><th>size</th><th>type</th><th>name</th></tr>` +
    `${rows(slots, layout, layout.record.cacheLineBytes, 0, 0)}</table></section>`
  );
}

const style = `
body { font-family: var(--vscode-editor-font-family); color: var(--vscode-editor-foreground); }
h1, h2 { font-size: 1em; }
main { display: flex; flex-wrap: wrap; gap: 2em; }
table { border-collapse: collapse; }
td, th { padding: 0 0.7em 0 0; text-align: left; white-space: pre; }
td:nth-child(-n + 2) { min-width: 3.5em; }
.padding td { color: var(--vscode-editorWarning-foreground); }
.line td { color: var(--vscode-descriptionForeground); border-top: 1px dashed var(--vscode-descriptionForeground); }
.field { cursor: pointer; }
.field:hover, .field:focus { background: var(--vscode-list-hoverBackground); outline: none; }
.strip { margin: 0.5em 0; max-width: 64ch; word-break: break-all; line-height: 1.4; }
.pad { background: var(--vscode-editorWarning-foreground); opacity: 0.5; }
.p0 { background: var(--vscode-charts-blue); } .p1 { background: var(--vscode-charts-green); }
.p2 { background: var(--vscode-charts-purple); } .p3 { background: var(--vscode-charts-orange); }
.p4 { background: var(--vscode-charts-lines); } .p5 { background: var(--vscode-charts-foreground); }
`;

const script = `
const api = acquireVsCodeApi();
function go(target) {
  const row = target.closest(".field");
  if (row) api.postMessage({ line: Number(row.dataset.line), character: Number(row.dataset.character) });
}
document.addEventListener("click", (event) => go(event.target));
document.addEventListener("keydown", (event) => { if (event.key === "Enter") go(event.target); });
`;

/** The page for a layout. Nothing in it comes from elsewhere: a nonce lets this script and style run alone. */
export function pageOf(layout: Layout, nonce: string): string {
  const record = layout.record;
  const padding = record.padding.holes + record.padding.tail;
  const head =
    `${record.kind} ${record.name}: ${record.size} bytes, align ${record.align}, ` +
    `${padding} padding, ${record.cacheLines} cache line${record.cacheLines === 1 ? "" : "s"}` +
    (layout.stale ? " (stale: the text as it is now cannot be read)" : "");
  const after = layout.suggested
    ? table(
        `suggested order: ${layout.suggested.size} bytes (saves ${layout.suggested.saves})`,
        layout.suggested.slots,
        layout.suggested.size,
        layout,
      )
    : "";
  return (
    `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'">` +
    `<title>Layout</title><style nonce="${nonce}">${style}</style></head><body><h1>${escaped(head)}</h1>` +
    `<main>${table("current layout", layout.slots, record.size, layout)}${after}</main>` +
    `<script nonce="${nonce}">${script}</script></body></html>`
  );
}

export class LayoutPanel {
  private panel: vscode.WebviewPanel | undefined;
  private layout: Layout | undefined;

  /** True while there is a panel that wants to follow the cursor. */
  get open(): boolean {
    return this.panel !== undefined;
  }

  show(layout: Layout, reveal: boolean): void {
    this.layout = layout;
    if (this.panel === undefined) {
      this.panel = vscode.window.createWebviewPanel(
        "snug.layout",
        "Layout",
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableScripts: true, localResourceRoots: [] },
      );
      this.panel.onDidDispose(() => (this.panel = undefined));
      this.panel.webview.onDidReceiveMessage((place) => this.go(place));
    } else if (reveal) {
      this.panel.reveal(undefined, true);
    }
    this.panel.title = `Layout of ${layout.record.name}`;
    this.panel.webview.html = pageOf(layout, crypto.randomBytes(16).toString("base64"));
  }

  private async go(place: { line: unknown; character: unknown }): Promise<void> {
    const { line, character } = place;
    if (!this.layout || !Number.isInteger(line) || !Number.isInteger(character)) return;
    const at = new vscode.Position(line as number, character as number);
    await vscode.window.showTextDocument(vscode.Uri.parse(this.layout.uri), {
      selection: new vscode.Range(at, at),
      viewColumn: vscode.ViewColumn.One,
    });
  }
}
