// The extension in VS Code itself: code-server, driven by Chromium.
//   node browser_test.mjs SNUG SOURCE_DIR [FOLDER_FOR_SCREENSHOTS]
// Screenshots are taken only if a folder for them is named.
//
// SNUG_CODE_SERVER names a node_modules with code-server and playwright-core, SNUG_NODE_MODULES one
// with the extension's packages (else tool/editors/vscode/node_modules), SNUG_VSIX a packed
// extension. Exits with 77 and the reason where they or Chromium are absent. An installation by an
// ordinary user, without what its scripts would fetch from elsewhere:
//   npm install --ignore-scripts code-server@4.100.3 playwright-core
//   for part in . extensions; do (cd node_modules/code-server/lib/vscode/$part &&
//     npm install --omit=dev --ignore-scripts); done
//   npm_config_nodedir=/usr npm rebuild argon2
import { execFileSync, spawn, spawnSync } from "node:child_process";
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

const [snug, sources, pictures] = process.argv.slice(2);

function skip(reason) {
  console.log("skipped:", reason);
  process.exit(77);
}

const extension = path.join(sources, "tool/editors/vscode");
const own = process.env.SNUG_NODE_MODULES ?? path.join(extension, "node_modules");
const modules = [process.env.SNUG_CODE_SERVER, own].find(
  (place) => place && fs.existsSync(path.join(place, "code-server/out/node/entry.js")),
);
if (!modules) skip("code-server is not installed (npm install code-server playwright-core)");
let chromium;
try {
  ({ chromium } = createRequire(path.join(modules, "x.js"))("playwright-core"));
} catch {
  skip("playwright-core is not installed beside code-server");
}
const browserPath = ["chromium", "chromium-browser", "google-chrome"]
  .flatMap((name) => (process.env.PATH ?? "").split(":").map((folder) => path.join(folder, name)))
  .find((file) => fs.existsSync(file));
if (!browserPath) skip("there is no chromium");
if (!process.env.SNUG_VSIX && !fs.existsSync(path.join(own, ".bin/vsce"))) {
  skip("npm's packages are not installed (npm ci in tool/editors/vscode)");
}

const top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "snug-browser-")));
const project = path.join(top, "book");
const profile = path.join(top, "profile");
const extensions = path.join(top, "extensions");
const home = path.join(top, "home");
for (const folder of [project, path.join(profile, "User"), extensions, home]) {
  fs.mkdirSync(folder, { recursive: true });
}
fs.writeFileSync(path.join(project, ".snug.toml"), "");
fs.writeFileSync(
  path.join(project, "order.hpp"),
  `#pragma once
#include <cstdint>

struct Price {
  bool negative;
  std::int64_t ticks;
};

struct Order {
  bool live;
  Price price;
  std::uint16_t venue;
  std::uint64_t quantity;
  bool hidden;
};
`,
);
fs.writeFileSync(
  path.join(project, "book.cpp"),
  '#include "order.hpp"\n\nOrder orders[4096];\n\nstd::uint64_t all() {\n  std::uint64_t sum = 0;\n' +
    "  for (const Order& order : orders) sum += order.quantity;\n  return sum;\n}\n",
);
fs.writeFileSync(
  path.join(project, "compile_commands.json"),
  JSON.stringify([{ directory: project, file: "book.cpp", command: "c++ -std=c++20 -c book.cpp" }]),
);
fs.writeFileSync(
  path.join(profile, "User/settings.json"),
  JSON.stringify({
    "snug.path": snug,
    "snug.arguments": ["--log", path.join(top, "snug.log")],
    "editor.inlayHints.enabled": "on",
    "editor.minimap.enabled": false,
    "editor.fontSize": 13,
    "security.workspace.trust.enabled": false,
    "workbench.startupEditor": "none",
    "workbench.tips.enabled": false,
    "workbench.colorTheme": "Default Light Modern",
    "extensions.autoUpdate": false,
    "extensions.autoCheckUpdates": false,
    "extensions.ignoreRecommendations": true,
    "telemetry.telemetryLevel": "off",
  }),
);

/** The packed extension. */
function vsix() {
  const packed = path.join(top, "snug.vsix");
  if (process.env.SNUG_VSIX) {
    fs.copyFileSync(process.env.SNUG_VSIX, packed);
    return packed;
  }
  const copy = path.join(top, "vscode");
  fs.cpSync(extension, copy, {
    recursive: true,
    filter: (file) => !/\/(node_modules|dist)$/.test(file),
  });
  fs.symlinkSync(own, path.join(copy, "node_modules"));
  execFileSync("npm", ["run", "package"], { cwd: copy, stdio: "ignore" });
  fs.copyFileSync(path.join(copy, "snug.vsix"), packed);
  return packed;
}

/** code-server does not want to be root: an ordinary user runs it then. */
const nobody = 65534;
const user = process.getuid() === 0 ? { uid: nobody, gid: nobody } : {};
const environment = { PATH: process.env.PATH, HOME: home };
const entry = path.join(modules, "code-server/out/node/entry.js");
const common = [entry, "--user-data-dir", profile, "--extensions-dir", extensions];

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function until(what, condition) {
  for (const end = Date.now() + 120000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`waited in vain for ${what}`);
}

let server;
let browser;

async function main() {
  const packed = vsix();
  if (user.uid !== undefined) execFileSync("chown", ["-R", `${nobody}:${nobody}`, top]);
  const options = { cwd: project, env: environment, ...user };
  const installed = spawnSync(process.execPath, [...common, "--install-extension", packed], options);
  assert.match(String(installed.stdout), /successfully installed/, String(installed.stderr));
  const port = await freePort();
  server = spawn(
    process.execPath,
    [...common, "--auth", "none", "--disable-telemetry", "--disable-update-check",
      "--disable-getting-started-override", "--bind-addr", `127.0.0.1:${port}`, project],
    { ...options, stdio: "ignore", detached: true },
  );
  await until("code-server", () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then((answer) => answer.ok, () => false));
  browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1180, height: 640 } });
  page.setDefaultTimeout(120000);
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(project)}`);
  await page.waitForSelector(".monaco-workbench");
  const shot = async (name, clip) => {
    if (pictures) await page.screenshot({ path: path.join(pictures, name), clip });
  };
  const text = async (selector) => (await page.locator(selector).allInnerTexts()).join("\n").replaceAll("\u00a0", " ");

  // The tree of files is in the way of the pictures.
  await page
    .locator(".explorer-folders-view .monaco-list-row", { hasText: "order.hpp" })
    .first()
    .dblclick();
  await page.waitForSelector(".editor-instance .view-lines");
  await page.keyboard.press("Control+B");

  await until("the lens", async () => /reorder saves \d+/.test(await text(".codelens-decoration")));
  const lens = await text(".codelens-decoration");
  console.log("lens:", lens.split("\n").find((line) => line.includes("saves")));
  await until("the inlay hints", async () => (await text(".view-lines")).includes("+7 padding"));
  console.log("inlay hints");
  await shot("editor.png");

  const name = page.locator(".view-line span", { hasText: /^Order$/ }).first();
  await page.locator(".view-line span", { hasText: /^Price$/ }).first().hover();
  await until("the hover", async () => /16 bytes, align 8/.test(await text(".monaco-hover")));
  assert.match(await text(".monaco-hover"), /cache line/);
  console.log("hover");
  await shot("hover.png");

  await name.click();
  await page.keyboard.press("Escape");
  await until("the problems", async () =>
    (await page.locator(".squiggly-hint, .squiggly-warning, .squiggly-info").count()) > 0);
  await page.waitForSelector(".codicon-light-bulb, .codicon-gutter-lightbulb, .lightBulbWidget");
  await page.keyboard.press("Control+.");
  await until("the actions", async () => /Reorder .*Order/.test(await text(".action-widget")));
  console.log("light bulb");
  await shot("actions.png");
  await page.keyboard.press("Escape");

  await page.keyboard.press("F1");
  await page.keyboard.type("snug: Show Layout");
  await until("the command", async () => /Show Layout/.test(await text(".quick-input-list")));
  await page.keyboard.press("Enter");
  let panel;
  await until("the layout panel", async () => {
    for (const frame of page.frames()) {
      const shown = await frame.locator("body").innerText({ timeout: 1000 }).catch(() => "");
      if (/current layout/.test(shown) && /suggested order/.test(shown)) panel = frame;
    }
    return panel !== undefined;
  });
  assert.match(await panel.locator("body").innerText(), /struct Order: \d+ bytes/);
  console.log("layout panel");
  await panel.locator("summary", { hasText: "Price" }).first().click();
  await until("the nested record", async () => /ticks/.test(await panel.locator("details[open]").first().innerText()));
  await shot("panel.png");

  // A click in the panel goes to the field.
  await panel.locator("tr.field", { hasText: "venue" }).first().click();
  await until("the field", async () => /Ln 12,/.test(await text(".statusbar")));
  console.log("the panel goes to the field");

  // The fix is applied to the buffer, and what was promised holds.
  await name.click();
  await page.keyboard.press("Control+.");
  await until("the actions", async () => /Reorder .*Order/.test(await text(".action-widget")));
  await page.keyboard.press("Enter");
  const reordered = (lines) => lines.indexOf("bool hidden") < lines.indexOf("Price price");
  await until("the fix", async () => reordered(await text(".editor-instance .view-lines")));
  await page.keyboard.press("Control+S");
  const header = path.join(project, "order.hpp");
  await until("the saved file", () => reordered(fs.readFileSync(header, "utf8")));
  const probe = path.join(top, "probe.cpp");
  fs.writeFileSync(probe, `#include "${header}"\nstatic_assert(sizeof(Order) == 32);\n`);
  execFileSync("c++", ["-std=c++20", "-fsyntax-only", probe]);
  console.log("fix applied and saved");
}

let status = 0;
try {
  await main();
  console.log("ok");
} catch (error) {
  console.error(error);
  status = 1;
  if (browser && pictures) {
    const [page] = browser.contexts()[0]?.pages() ?? [];
    await page?.screenshot({ path: path.join(pictures, "failed.png") }).catch(() => undefined);
  }
  const log = path.join(top, "snug.log");
  if (fs.existsSync(log)) console.error(fs.readFileSync(log, "utf8").slice(-3000));
} finally {
  await browser?.close().catch(() => undefined);
  if (server) {
    try {
      process.kill(-server.pid, "SIGKILL");
    } catch {
      // It is gone.
    }
  }
  fs.rmSync(top, { recursive: true, force: true });
  process.exit(status);
}
