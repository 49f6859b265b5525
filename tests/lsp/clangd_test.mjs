// clangd and snug on the same buffer: both answer, with the same encoding, and no text comes twice.
//   node clangd_test.mjs SNUG   (SNUG_NODE_MODULES names node_modules)
// Exits with 77 and the reason where clangd 22 or the protocol library is absent.
import { spawn, spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import * as assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { pathToFileURL } from "node:url";

const here = path.dirname(new URL(import.meta.url).pathname);
const modules = process.env.SNUG_NODE_MODULES ?? path.join(here, "../../tool/editors/vscode/node_modules");

function skip(reason) {
  console.log("skipped:", reason);
  process.exit(77);
}

let protocol;
try {
  protocol = createRequire(path.join(modules, "x.js"))("vscode-languageserver-protocol/node");
} catch {
  skip("vscode-languageserver-protocol is not installed (npm ci in tool/editors/vscode)");
}
const clangd = ["clangd-22", "clangd"].find((name) =>
  / 2[2-9]\./.test(spawnSync(name, ["--version"], { encoding: "utf8" }).stdout ?? ""),
);
if (!clangd) skip("clangd 22 is not installed");

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "snug-clangd-")));
const text =
  "#include <cstdint>\nstruct Order {\n  bool live;\n  /* \u{1F418} */ double price;\n  bool hidden;\n" +
  "  double amount;\n};\nOrder orders[64];\nint unused() { int same = 1; return 2; }\n";
fs.writeFileSync(path.join(folder, ".snug.toml"), "");
fs.writeFileSync(path.join(folder, "order.cpp"), text);
fs.writeFileSync(
  path.join(folder, "compile_commands.json"),
  JSON.stringify([{ directory: folder, file: "order.cpp", command: "c++ -std=c++20 -Wall -c order.cpp" }]),
);
const root = pathToFileURL(folder).href;
const document = { uri: pathToFileURL(path.join(folder, "order.cpp")).href };

/** A server with the document open in it. */
async function start(command, encodings) {
  const server = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "ignore"] });
  const connection = protocol.createMessageConnection(
    new protocol.StreamMessageReader(server.stdout),
    new protocol.StreamMessageWriter(server.stdin),
  );
  let tell;
  const diagnostics = new Promise((resolve) => (tell = resolve));
  connection.onNotification(protocol.PublishDiagnosticsNotification.type, (params) => {
    if (params.uri === document.uri && params.diagnostics.length > 0) tell(params.diagnostics);
  });
  connection.onRequest(() => null);
  connection.listen();
  const { capabilities } = await connection.sendRequest(protocol.InitializeRequest.type, {
    processId: process.pid,
    rootUri: root,
    capabilities: {
      general: { positionEncodings: encodings },
      offsetEncoding: encodings,
      textDocument: {
        hover: { contentFormat: ["markdown"] },
        codeAction: {
          codeActionLiteralSupport: { codeActionKind: { valueSet: ["quickfix", "refactor"] } },
          resolveSupport: { properties: ["edit"] },
        },
        publishDiagnostics: {},
      },
    },
    initializationOptions: { coexist: true },
  });
  await connection.sendNotification(protocol.InitializedNotification.type, {});
  await connection.sendNotification(protocol.DidOpenTextDocumentNotification.type, {
    textDocument: { ...document, languageId: "cpp", version: 1, text },
  });
  return { server, connection, encoding: capabilities.positionEncoding ?? "utf-16", diagnostics };
}

/** Lines of a text without the marks of Markdown, blanks and what is no word. */
function phrases(value) {
  return value
    .split("\n")
    .map((line) => line.replace(/^```.*$/, "").replace(/[`*#]|^---$/g, "").trim())
    .filter((line) => /\w/.test(line));
}

function assertDisjoint(what, ones, others) {
  const common = ones.filter((one) => others.includes(one));
  assert.deepEqual(common, [], `${what} of both: ${common.join(" | ")}`);
}

async function compare(encodings, column) {
  const both = await Promise.all([
    start([clangd, "--background-index=false", "--clang-tidy=false"], encodings),
    start([process.argv[2], "lsp", "--cache", "off"], encodings),
  ]);
  const [other, own] = both;
  try {
    assert.equal(own.encoding, other.encoding);
    assert.equal(own.encoding, encodings[0]);
    const ask = (type, params) =>
      Promise.all(both.map((one) => one.connection.sendRequest(type, { textDocument: document, ...params })));
    for (const position of [
      { line: 1, character: 8 },
      { line: 3, character: column },
    ]) {
      const [theirs, ours] = await ask(protocol.HoverRequest.type, { position });
      assert.ok(theirs && ours, "both answer");
      assert.deepEqual(ours.range, theirs.range);
      const words = phrases(ours.contents.value);
      assertDisjoint("hovers", words, phrases(theirs.contents.value));
      // clangd says size, alignment, offset and the padding behind a field.
      assert.match(theirs.contents.value, /Size: \d+ bytes/);
      assert.doesNotMatch(ours.contents.value, /align|offset|behind it|^\d+ bytes,/m);
      assert.match(ours.contents.value, /cache line/);
    }
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const [theirHints, ourHints] = await ask(protocol.InlayHintRequest.type, { range });
    const label = (hint) => (typeof hint.label === "string" ? hint.label : hint.label.map((part) => part.value).join(""));
    assert.ok(ourHints.length > 0);
    assertDisjoint("inlay hints", ourHints.map(label), (theirHints ?? []).map(label));
    const [theirFindings, ourFindings] = await Promise.all(both.map((one) => one.diagnostics));
    assert.ok(theirFindings.some((one) => /unused variable/i.test(one.message)), JSON.stringify(theirFindings));
    assertDisjoint("diagnostics", ourFindings.map((one) => one.message), theirFindings.map((one) => one.message));
    assert.ok(ourFindings.every((one) => one.source === "snug"));
    const [theirActions, ourActions] = await ask(protocol.CodeActionRequest.type, {
      range: { start: { line: 1, character: 7 }, end: { line: 1, character: 12 } },
      context: { diagnostics: [] },
    });
    const titles = (actions) => (actions ?? []).map((action) => action.title);
    assert.ok(titles(ourActions).some((title) => title.startsWith("Reorder")));
    assertDisjoint("actions", titles(ourActions), titles(theirActions));
  } finally {
    for (const one of both) one.server.kill();
  }
}

let status = 0;
try {
  await compare(["utf-16", "utf-8"], 18);
  await compare(["utf-8", "utf-16"], 20);
  console.log("ok");
} catch (error) {
  console.error(error);
  status = 1;
}
fs.rmSync(folder, { recursive: true, force: true });
process.exit(status);
